using Microsoft.JSInterop;

namespace LeadDesk.App.Ui;

/// <summary>One script module of a component. A browser that answers nothing, or has left, is no error: programs open circuits without one.</summary>
public sealed class BrowserModule : IAsyncDisposable
{
    private readonly IJSObjectReference? _module;

    private BrowserModule(IJSObjectReference? module) => _module = module;

    /// <summary>Opens a module of wwwroot/js by its file name, from OnAfterRenderAsync.</summary>
    public static async Task<BrowserModule> OpenAsync(IJSRuntime js, string file)
    {
        try
        {
            return new BrowserModule(await js.InvokeAsync<IJSObjectReference?>("import", $"./js/{file}"));
        }
        catch (Exception e) when (IsAway(e))
        {
            return new BrowserModule(null);
        }
    }

    public async Task CallAsync(string name, params object?[] args)
    {
        if (_module is null) return;
        try
        {
            await _module.InvokeVoidAsync(name, args);
        }
        catch (Exception e) when (IsAway(e))
        {
        }
    }

    /// <summary>The default where the browser answers nothing.</summary>
    public Task<T?> AskAsync<T>(string name, params object?[] args) => AskAsync<T>(Timeout.InfiniteTimeSpan, name, args);

    /// <summary>The default also where no answer came in time.</summary>
    public async Task<T?> AskAsync<T>(TimeSpan patience, string name, params object?[] args)
    {
        if (_module is null) return default;
        try
        {
            return await (patience == Timeout.InfiniteTimeSpan ? _module.InvokeAsync<T?>(name, args) : _module.InvokeAsync<T?>(name, patience, args));
        }
        catch (Exception e) when (IsAway(e))
        {
            return default;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_module is null) return;
        try
        {
            await _module.DisposeAsync();
        }
        catch (Exception e) when (IsAway(e))
        {
        }
    }

    private static bool IsAway(Exception e) => e is JSDisconnectedException or OperationCanceledException or ObjectDisposedException or System.Text.Json.JsonException;
}
