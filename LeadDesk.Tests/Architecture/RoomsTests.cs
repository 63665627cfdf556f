using System.Text.RegularExpressions;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Architecture;

public sealed partial class RoomsTests
{
    private static readonly (string Path, string Text)[] Sources =
        [.. new[] { "LeadDesk.Domain", "LeadDesk.App" }
            .SelectMany(project => new[] { ".cs", ".razor" }.SelectMany(ending => Repository.Files(project, ending)))
            .Where(path => !path.Contains("/Migrations/", StringComparison.Ordinal))
            .Select(path => (path, File.ReadAllText(Repository.At(path))))];

    [Fact]
    public void Every_room_has_its_place_in_the_plan() =>
        Found.Nothing(from source in Sources
                      let room = Rooms.RoomOf(source.Path)!.Value
                      where room.Room.Length > 0 && !Rooms.IsKnown(room.Project, room.Room)
                      select $"{room.Project}/{room.Room} is not in Architecture/Rooms.cs: {source.Path}");

    [Fact]
    public void No_room_looks_where_it_may_not() =>
        Found.Nothing(Sources.SelectMany(source => Rooms.Breaches(source.Path, source.Text)));

    [Theory]
    [InlineData("LeadDesk.Domain/Leads/Lead.cs", "using LeadDesk.Domain.Batches;")]
    [InlineData("LeadDesk.Domain/Tags/Tag.cs", "using LeadDesk.Domain.Pools;")]
    [InlineData("LeadDesk.App/Storage/Transactor.cs", "using LeadDesk.App.Board;")]
    [InlineData("LeadDesk.App/Live/ChangeFeed.cs", "using LeadDesk.App.Storage;")]
    [InlineData("LeadDesk.App/Board/Board.razor", "@using LeadDesk.App.Shell")]
    [InlineData("LeadDesk.App/Board/Board.razor.cs", "    var layout = new LeadDesk.App.Shell.MainLayout();")]
    [InlineData("LeadDesk.App/Ui/Chip.razor", "@using LeadDesk.Domain.Leads")]
    [InlineData("LeadDesk.App/_Imports.razor", "@using LeadDesk.App.Leads")]
    public void A_look_where_it_may_not_is_seen(string path, string text) =>
        Assert.Single(Rooms.Breaches(path, text));

    [Theory]
    [InlineData("LeadDesk.Domain/Leads/Lead.cs", "namespace LeadDesk.Domain.Leads;\nusing LeadDesk.Domain.Tags;")]
    [InlineData("LeadDesk.App/Storage/Transactor.cs", "using LeadDesk.App.Live;\nusing LeadDesk.Domain.Leads;")]
    [InlineData("LeadDesk.App/Board/Board.razor.cs", "using LeadDesk.App.Leads;")]
    [InlineData("LeadDesk.App/Shell/MainLayout.razor", "@using LeadDesk.App.Board")]
    [InlineData("LeadDesk.App/Program.cs", "using LeadDesk.App.Shell;")]
    [InlineData("LeadDesk.App/Live/ChangeFeed.cs", "/// <see cref=\"LeadDesk.App.Shell.App\"/>")]
    public void A_look_where_it_may_is_not_a_breach(string path, string text) =>
        Assert.Empty(Rooms.Breaches(path, text));

    [Fact]
    public void A_feature_keeps_its_components_and_queries_to_itself()
    {
        var own = from source in Sources
                  let room = FeatureOf(source.Path)
                  where room is not null
                  from name in NamesKeptPrivateBy(source.Path, source.Text)
                  select (Room: room, Name: name);

        Found.Nothing(from owned in own.Distinct().ToList()
                      from source in Sources
                      let room = FeatureOf(source.Path)
                      where room is not null && room != owned.Room && source.Text.Contains(owned.Name, StringComparison.Ordinal) && Uses(source.Text, owned.Name)
                      select $"{source.Path} uses {owned.Name} of {owned.Room}");
    }

    [Theory]
    [InlineData("<BoardCard Lead=\"lead\" />", "BoardCard", true)]
    [InlineData("await dialogs.ShowAsync<AssignDialog>(title)", "AssignDialog", true)]
    [InlineData("public sealed class Page(BoardQuery query)", "BoardQuery", true)]
    [InlineData("List<BoardCardData> cards", "BoardCard", false)]
    [InlineData("// as BoardQuery does", "BoardQuery", false)]
    public void What_belongs_to_another_feature_is_seen(string text, string name, bool seen) =>
        Assert.Equal(seen, Uses(text, name));

    [Fact]
    public void Components_never_see_a_database() =>
        Found.Nothing(from source in Sources
                      where source.Path.EndsWith(".razor", StringComparison.Ordinal) || source.Path.EndsWith(".razor.cs", StringComparison.Ordinal)
                      where Database().IsMatch(source.Text)
                      select source.Path);

    [Fact]
    public void Only_Storage_knows_which_database_it_is() =>
        Found.Nothing(from source in Sources
                      where !source.Path.StartsWith("LeadDesk.App/Storage/", StringComparison.Ordinal)
                      where Engine().IsMatch(source.Text)
                      select source.Path);

    [Fact]
    public void Neither_Live_nor_Ui_knows_a_database() =>
        Found.Nothing(from source in Sources
                      where source.Path.StartsWith("LeadDesk.App/Live/", StringComparison.Ordinal) || source.Path.StartsWith("LeadDesk.App/Ui/", StringComparison.Ordinal)
                      where source.Text.Contains("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
                      select source.Path);

    private static string? FeatureOf(string path) =>
        Rooms.RoomOf(path) is ("App", var room) && Rooms.IsFeature(room) ? room : null;

    private static IEnumerable<string> NamesKeptPrivateBy(string path, string text)
    {
        if (path.EndsWith(".razor", StringComparison.Ordinal) && !path.EndsWith("_Imports.razor", StringComparison.Ordinal) && !Rooms.LendsComponents(FeatureOf(path) ?? ""))
            yield return Path.GetFileNameWithoutExtension(path);
        foreach (Match match in QueryClass().Matches(text))
            yield return match.Groups["name"].Value;
    }

    private static bool Uses(string text, string name)
    {
        var use = name.EndsWith("Query", StringComparison.Ordinal)
            ? $@"^(?!\s*//).*\b{name}\b"
            : $@"<{name}[\s/>]|typeof\({name}\)|ShowAsync<{name}>";
        return Regex.IsMatch(text, use, RegexOptions.Multiline);
    }

    [GeneratedRegex(@"\bclass (?<name>\w+Query)\b")]
    private static partial Regex QueryClass();

    [GeneratedRegex(@"Microsoft\.EntityFrameworkCore|\bDbContext\b|\bI?DbContextFactory\b|\bLeadDeskDb\b")]
    private static partial Regex Database();

    [GeneratedRegex(@"\bNpgsql\b|Microsoft\.Data\.Sqlite|\.IsSqlite\(|\.IsNpgsql\(")]
    private static partial Regex Engine();
}
