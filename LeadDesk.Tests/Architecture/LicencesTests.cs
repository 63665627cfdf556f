using System.Text.Json;
using System.Xml.Linq;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Architecture;

public sealed class LicencesTests
{
    private static readonly string[] Allowed = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PostgreSQL", "MS-PL"];

    /// <summary>Fit for a test tool, which we do not hand on.</summary>
    private static readonly string[] AllowedInTests = [.. Allowed, "MPL-2.0"];

    [Theory]
    [InlineData("LeadDesk.Domain", false)]
    [InlineData("LeadDesk.App", false)]
    [InlineData("LeadDesk.Tests", true)]
    public void Every_package_has_a_licence_that_goes_with_ours(string project, bool tests)
    {
        var packages = PackagesOf(project).ToList();

        Assert.NotEmpty(packages);
        Found.Nothing(from package in packages
                      let licence = LicenceOf(package.Id, package.Version)
                      where !IsAllowed(licence, tests ? AllowedInTests : Allowed)
                      select $"{package.Id} {package.Version}: {licence}");
    }

    [Theory]
    [InlineData("MIT", true)]
    [InlineData("MS-PL OR Apache-2.0", true)]
    [InlineData("GPL-3.0-only OR MIT", true)]
    [InlineData("GPL-3.0-only", false)]
    [InlineData("MIT AND GPL-3.0-only", false)]
    [InlineData("file: LICENSE.txt", false)]
    public void A_choice_of_licences_is_fine_when_one_of_them_is(string licence, bool allowed) =>
        Assert.Equal(allowed, IsAllowed(licence, Allowed));

    private static bool IsAllowed(string licence, string[] allowed) =>
        licence.Split(" OR ").Any(choice => choice.Trim('(', ')').Split(" AND ").All(part => allowed.Contains(part.Trim('(', ')'))));

    private static IEnumerable<(string Id, string Version)> PackagesOf(string project)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Repository.At(project, "packages.lock.json")));
        return [.. from framework in file.RootElement.GetProperty("dependencies").EnumerateObject()
                   from package in framework.Value.EnumerateObject()
                   where package.Value.TryGetProperty("resolved", out _)
                   select (package.Name, package.Value.GetProperty("resolved").GetString()!)];
    }

    private static string LicenceOf(string id, string version)
    {
        var name = id.ToLowerInvariant();
        var nuspec = PackageFolders().Select(folder => Path.Combine(folder, name, version.ToLowerInvariant(), name + ".nuspec")).FirstOrDefault(File.Exists);
        if (nuspec is null)
            return "not in a package folder: restore first";

        var metadata = XDocument.Load(nuspec).Root!.Elements().First(element => element.Name.LocalName == "metadata");
        var licence = metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "license");
        return licence switch
        {
            null => "address: " + metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "licenseUrl")?.Value,
            _ when licence.Attribute("type")?.Value == "expression" => licence.Value,
            _ => "file: " + licence.Value
        };
    }

    private static IEnumerable<string> PackageFolders()
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Repository.At("LeadDesk.Tests", "obj", "project.assets.json")));
        return [.. assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
    }
}
