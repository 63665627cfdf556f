using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using LeadDesk.Domain.Basics;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Architecture;

public sealed partial class WordsTests
{
    private static readonly string Words = File.ReadAllText(Repository.At("docs", "words.md"));

    [Theory]
    [InlineData("lead"), InlineData("employee"), InlineData("team"), InlineData("owner"), InlineData("actor"), InlineData("source"), InlineData("campaign")]
    [InlineData("pool"), InlineData("stage"), InlineData("tag"), InlineData("call tag"), InlineData("data change request"), InlineData("tag workflow")]
    [InlineData("activity"), InlineData("inactivity period"), InlineData("clock start"), InlineData("due"), InlineData("going stale"), InlineData("sweep")]
    [InlineData("assign"), InlineData("unassign"), InlineData("reassign"), InlineData("claim"), InlineData("revoke"), InlineData("retire"), InlineData("handover")]
    [InlineData("fresh"), InlineData("follow-up"), InlineData("batch"), InlineData("intent"), InlineData("refusal")]
    public void The_word_has_its_row(string word) =>
        Assert.Single(Words.Split('\n'), line => line.StartsWith($"| {word} |", StringComparison.Ordinal));

    [Fact]
    public void Every_row_says_what_it_means_how_code_calls_it_and_what_it_is_not()
    {
        var rows = Words.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal));

        Assert.All(rows, row =>
        {
            var cells = row.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries);
            Assert.Equal(4, cells.Length);
            Assert.DoesNotContain("", cells);
        });
    }

    [Fact]
    public void No_type_is_named_with_a_word_that_means_something_else()
    {
        var refused = RefusedIn(Words);
        var types = new[] { "LeadDesk.Domain", "LeadDesk.App" }.SelectMany(name => Assembly.Load(name).GetTypes());

        Assert.Contains("Prospect", refused);
        Found.Nothing(from type in types
                      where type.Namespace?.StartsWith("LeadDesk", StringComparison.Ordinal) == true && !type.Namespace.Contains(".Migrations", StringComparison.Ordinal)
                      where !type.IsSubclassOf(typeof(Refusal)) // named by its sentence: a sales manager is needed
                      where !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !type.Name.Contains('<', StringComparison.Ordinal)
                      from word in PartsOf(type.Name)
                      where refused.Contains(word)
                      select $"{type.FullName}: not {word}");
    }

    [Fact]
    public void A_name_is_read_word_by_word() =>
        Assert.Equal(["Lead", "Manager", "2"], PartsOf("LeadManager2`1"));

    private static HashSet<string> RefusedIn(string words) =>
        [.. Ticked().Matches(words[words.IndexOf("## Not in the name of a type", StringComparison.Ordinal)..]).Select(match => match.Groups["word"].Value)];

    private static IEnumerable<string> PartsOf(string name) =>
        Part().Matches(name.Split('`')[0]).Select(match => match.Value);

    [GeneratedRegex("`(?<word>\\w+)`")]
    private static partial Regex Ticked();

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z][a-z]*|[0-9]+")]
    private static partial Regex Part();
}
