using LeadDesk.App.Leads.Grid;
using LeadDesk.App.Storage;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Leads.Grid;

public sealed class ColumnLayoutTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Fact]
    public void Nothing_stored_and_nonsense_are_the_standard()
    {
        Assert.Equal(ColumnLayout.Standard, ColumnLayout.Read(null));
        Assert.Equal(ColumnLayout.Standard, ColumnLayout.Read("not json"));
        Assert.Equal(ColumnLayout.Standard, ColumnLayout.Read("{}"));
        Assert.Equal("lead", ColumnLayout.Standard.Places[0].Key);
    }

    [Fact]
    public void What_was_stored_comes_back()
    {
        var chosen = ColumnLayout.Standard.Show("city", true).Show("pool", false).Move("value", 1).Resize("lead", 333).Freeze("value", true).WithDensity(true);

        Assert.Equal(chosen, ColumnLayout.Read(chosen.ToJson()));
        Assert.NotEqual(ColumnLayout.Standard, chosen);
    }

    [Fact]
    public void A_column_that_is_gone_is_dropped_and_one_that_came_since_stands_at_its_standard_place()
    {
        var layout = ColumnLayout.Read("""{"columns":[{"key":"lead","shown":true,"width":200},{"key":"mood","shown":true,"width":90},{"key":"value","shown":true,"width":90},{"key":"left","shown":false,"width":90}],"frozen":2}""");

        Assert.DoesNotContain(layout.Places, p => p.Key == "mood");
        Assert.Equal(GridColumn.All.Select(c => c.Key).Order(), layout.Places.Select(p => p.Key).Order());
        Assert.Equal(["lead", "value"], layout.Shown.Take(2).Select(c => c.Column.Key));
        Assert.Equal("stage", layout.Places[layout.Places.ToList().FindIndex(p => p.Key == "left") + 1].Key);
        Assert.Equal(2, layout.Frozen);
    }

    [Fact]
    public void The_lead_stays_first_shown_and_frozen()
    {
        var layout = ColumnLayout.Read("""{"columns":[{"key":"value","shown":true,"width":9000},{"key":"lead","shown":false,"width":1}],"frozen":0}""");

        Assert.Equal("lead", layout.Places[0].Key);
        Assert.Equal((true, ColumnLayout.Narrowest), (layout.Places[0].Shown, layout.Places[0].Width));
        Assert.Equal(ColumnLayout.Widest, layout.Places.Single(p => p.Key == "value").Width);
        Assert.Equal(1, layout.Frozen);
        Assert.Same(layout, layout.Show("lead", false));
        Assert.Same(layout, layout.Move("lead", 3));
        Assert.Equal("lead", layout.Move("left", 0).Places[0].Key);
    }

    [Fact]
    public void A_column_steps_over_the_shown_ones_only()
    {
        var layout = ColumnLayout.Standard.Show("stage", false);

        Assert.Equal(["lead", "activity", "left"], layout.Step("left", 1).Shown.Take(3).Select(c => c.Column.Key));
        Assert.Equal(["lead", "activity", "left"], layout.Step("activity", -1).Shown.Take(3).Select(c => c.Column.Key));
        Assert.Same(layout, layout.Step("left", -1));
        Assert.Same(layout, layout.Step("created", 1));
    }

    [Fact]
    public void Freezing_goes_up_to_a_column_and_no_further_than_leaves_room()
    {
        Assert.Equal(3, ColumnLayout.Standard.Freeze("stage", true).Frozen);
        Assert.Equal(2, ColumnLayout.Standard.Freeze("stage", true).Freeze("stage", false).Frozen);
        Assert.Equal(ColumnLayout.MostFrozen, ColumnLayout.Standard.Freeze("value", true).Frozen);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Columns_are_kept_per_person(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (keep, query, mine) = (desk.Get<KeepColumns>(), desk.Get<ColumnsQuery>(), ColumnLayout.Standard.Show("city", true));

        await keep.RunAsync(ColumnLayout.Standard.Show("email", true), await desk.As(desk.Asha));
        await keep.RunAsync(mine, await desk.As(desk.Asha));

        Assert.Equal(mine, await query.ForAsync(await desk.As(desk.Asha)));
        Assert.Equal(ColumnLayout.Standard, await query.ForAsync(await desk.As(desk.Ravi)));
    }
}
