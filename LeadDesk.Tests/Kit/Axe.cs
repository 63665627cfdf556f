using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Kit;

/// <summary>Asks axe whether a page can be used by everyone.</summary>
public static class Axe
{
    /// <summary>Fails, with a list to read, when axe finds anything serious or critical on the page.</summary>
    public static async Task FindsNothingSeriousAsync(IPage page)
    {
        var found = await page.RunAxe();
        var serious = found.Violations.Where(violation => violation.Impact is "serious" or "critical").ToList();
        if (serious.Count > 0)
            Assert.Fail($"axe on {page.Url}:{Environment.NewLine}{string.Join(Environment.NewLine, serious.Select(Describe))}");
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Impact} {violation.Id}: {violation.Help} ({violation.HelpUrl})" +
        string.Concat(violation.Nodes.Select(node => $"{Environment.NewLine}    {node.Target}  {Shorten(node.Html)}"));

    private static string Shorten(string html) => html.Length > 200 ? html[..200] + "…" : html;
}
