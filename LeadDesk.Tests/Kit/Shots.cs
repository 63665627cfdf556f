namespace LeadDesk.Tests.Kit;

/// <summary>Pictures of the screens, for the documentation: <c>docs/screens/NAME-{wide|narrow}-{light|dark}.png</c>.</summary>
public static class Shots
{
    /// <summary>Saves what the person sees now and returns the file.</summary>
    public static async Task<string> TakeAsync(Person person, string name)
    {
        var file = Repository.At("docs", "screens", $"{name}-{person.Look}.png");
        await person.Page.EvaluateAsync("() => document.fonts.ready.then(() => true)");
        await person.Page.ScreenshotAsync(new() { Path = file });
        return file;
    }
}
