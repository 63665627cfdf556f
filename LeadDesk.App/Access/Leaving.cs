using Microsoft.JSInterop;

namespace LeadDesk.App.Access;

/// <summary>
/// Sends the browser of someone who was put out to the page that says so. Its answer is not heard any more, so this waits for none:
/// the framework's own navigation would report the missing answer as a broken screen.
/// </summary>
internal static class Leaving
{
    public static async Task SendAsync(IJSRuntime js)
    {
        try
        {
            await js.InvokeVoidAsync("location.assign", "account/signed-out");
        }
        catch (Exception e) when (e is OperationCanceledException or JSException or ObjectDisposedException)
        {
            // The browser left, or had left before.
        }
    }
}
