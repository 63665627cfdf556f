namespace LeadDesk.Tests.Architecture;

internal static class Found
{
    /// <summary>Fails with the whole list, one finding a line.</summary>
    public static void Nothing(IEnumerable<string> findings)
    {
        var list = findings.ToList();
        if (list.Count > 0)
            Assert.Fail(string.Join(Environment.NewLine, list));
    }
}
