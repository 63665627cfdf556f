namespace LeadDesk.Tests.Kit;

/// <summary>The checkout that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Files of the checkout with this ending, build output left out, as paths relative to the root with forward slashes.</summary>
    public static IEnumerable<string> Files(string folder, string ending) =>
        from file in Directory.EnumerateFiles(At(folder), "*" + ending, SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules")
        orderby path
        select path;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LeadDesk.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No LeadDesk.sln above {AppContext.BaseDirectory}.");
    }
}
