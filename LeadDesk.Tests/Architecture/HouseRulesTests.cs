using System.Text.RegularExpressions;
using System.Xml.Linq;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Architecture;

public sealed class HouseRulesTests
{
    /// <summary>Where the rule looks (folder and ending), what it may not find there, and what to do instead.</summary>
    public static TheoryData<string, string, string, string> Refused { get; } = new()
    {
        { "LeadDesk.Tests", ".cs", @"\bTask\.Delay\(|\bThread\.Sleep\(|WaitForTimeoutAsync", "Wait for the condition, or move the fake clock" },
        { "LeadDesk.Tests", ".cs", @"\bSkip\s*=\s*""", "Mend the test or delete it" },
        { "LeadDesk.App", ".razor", @"(?<![\w-])[sS]tyle\s*=\s*[""@]", "Use a class and the component's own .razor.css" },
        { "LeadDesk.App", ".razor.css", "!important", "Be more specific instead" },
        { "LeadDesk.App", ".razor.css", @"#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])|\brgba?\(|\bhsla?\(", "Take the colour from a variable" },
        { "LeadDesk.App", ".cs", @"\basync\s+void\b", "Return the Task" },
        { "LeadDesk.App", ".razor", @"\basync\s+void\b|@\(\(MarkupString\)", "Return the Task; show text encoded" },
        { "LeadDesk.Domain", ".cs", @"\basync\b|\bTimeProvider\b|\bGuid\.NewGuid\(", "The domain has no I/O, no clock and no chance: hand it in" },
        { "LeadDesk.Domain", ".cs", @"^\s*#(region|pragma)", "Split the class" },
        { "LeadDesk.App", ".cs", @"^\s*#region", "Split the class" }
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void The_house_has_none_of_this(string folder, string ending, string pattern, string instead)
    {
        var found = from path in Repository.Files(folder, ending)
                    where !path.EndsWith(nameof(HouseRulesTests) + ".cs", StringComparison.Ordinal) && !path.Contains("/Migrations/", StringComparison.Ordinal)
                    from Match match in Regex.Matches(File.ReadAllText(Repository.At(path)), pattern, RegexOptions.Multiline)
                    select $"{path}: {match.Value}. {instead}.";

        Found.Nothing(found);
    }

    [Theory]
    [InlineData("await Task.Delay(5);", 0)]
    [InlineData("[Fact(Skip = \"later\")]", 1)]
    [InlineData("<div style=\"display:flex\">", 2)]
    [InlineData("color: #1a2b3c;", 4)]
    [InlineData("private async void Save()", 5)]
    [InlineData("var id = Guid.NewGuid();", 7)]
    public void The_rule_sees_what_it_is_for(string text, int rule) =>
        Assert.Matches(Refused.ElementAt(rule).Data.Item3, text);

    [Theory]
    [InlineData("<div data-style=\"plain\">", 2)]
    [InlineData("#feed { color: var(--text); }", 4)]
    public void The_rule_does_not_see_what_it_is_not_for(string text, int rule) =>
        Assert.DoesNotMatch(Refused.ElementAt(rule).Data.Item3, text);

    [Fact]
    public void The_domain_references_no_package_and_no_project()
    {
        var project = XDocument.Load(Repository.At("LeadDesk.Domain", "LeadDesk.Domain.csproj"));

        Assert.DoesNotContain(project.Descendants(), element => element.Name.LocalName is "PackageReference" or "ProjectReference" or "FrameworkReference");
    }

    [Fact]
    public void No_folder_is_a_drawer_for_everything()
    {
        string[] drawers = ["Common", "Shared", "Helpers", "Utils", "Services", "Models", "Extensions", "Managers", "Repositories"];

        Found.Nothing(from project in new[] { "LeadDesk.Domain", "LeadDesk.App", "LeadDesk.Tests" }
                      from path in Repository.Files(project, ".cs").Concat(Repository.Files(project, ".razor"))
                      where path.Split('/').Intersect(drawers).Any()
                      select path);
    }
}
