using Bunit;
using LeadDesk.App.Ui;

namespace LeadDesk.Tests.Ui;

public sealed class FilterChipTests : IAsyncLifetime
{
    private static readonly FilterOption<long?>[] Few = [new(1, "Ana Costa"), new(2, "José Núñez"), new(3, "Ben Hartmann")];

    private readonly UiPage _page = new();
    private readonly List<long?> _chosen = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _page.DisposeAsync();

    [Fact]
    public void A_chip_shows_its_label_and_the_word_for_all()
    {
        var chip = Show(Few, null);

        Assert.Equal("Owner Everyone", string.Join(' ', chip.FindAll(".ld-chip span").Select(s => s.TextContent)));
        Assert.Empty(chip.FindAll(".ld-chip-clear"));
        Assert.Empty(chip.FindAll("[role=option]"));
    }

    [Fact]
    public void Choosing_closes_the_list_and_says_what_was_chosen()
    {
        var chip = Show(Few, null);
        chip.Find(".ld-chip").Click();
        Assert.Equal(["Everyone", "Ana Costa", "José Núñez", "Ben Hartmann"], chip.FindAll("[role=option]").Select(o => o.TextContent));
        Assert.Equal("true", chip.Find("[role=option]").GetAttribute("aria-selected"));

        chip.FindAll("[role=option]")[2].Click();

        Assert.Equal([2L], _chosen);
        Assert.Empty(chip.FindAll("[role=option]"));
        Assert.Equal("false", chip.Find(".ld-chip").GetAttribute("aria-expanded"));
    }

    [Fact]
    public void Choosing_what_is_chosen_already_says_nothing()
    {
        var chip = Show(Few, 1);
        chip.Find(".ld-chip").Click();
        chip.FindAll("[role=option]")[1].Click();

        Assert.Empty(_chosen);
    }

    [Fact]
    public void An_active_chip_can_be_cleared()
    {
        var chip = Show(Few, 3);
        Assert.Contains("on", chip.Find(".ld-chip").ClassList);
        Assert.Contains("Ben Hartmann", chip.Markup, StringComparison.Ordinal);

        chip.Find("[aria-label='Clear owner']").Click();

        Assert.Equal([null], _chosen);
    }

    [Fact]
    public void A_chip_that_always_has_a_value_cannot_be_cleared()
    {
        var chip = _page.Render<FilterChip<string>>(p => p.Add(c => c.Label, "Sort").Add(c => c.Options, [new("due", "Soonest"), new("value", "Value")]).Add(c => c.Selected, "value"));

        Assert.DoesNotContain("on", chip.Find(".ld-chip").ClassList);
        Assert.Empty(chip.FindAll(".ld-chip-clear"));
        chip.Find(".ld-chip").Click();
        Assert.Equal(2, chip.FindAll("[role=option]").Count);
    }

    [Fact]
    public void Twelve_options_can_be_searched_without_accents_eleven_need_not()
    {
        FilterOption<long?>[] many = [.. Few, .. Enumerable.Range(4, 9).Select(n => new FilterOption<long?>(n, $"Agent {n}"))];
        var eleven = Show(many[..11], null);
        eleven.Find(".ld-chip").Click();
        Assert.Empty(eleven.FindAll("input"));

        var twelve = Show(many, null);
        twelve.Find(".ld-chip").Click();
        twelve.Find("input").Input("nunez");

        Assert.Equal(["José Núñez"], twelve.FindAll("[role=option]").Select(o => o.TextContent));

        twelve.Find("input").Input("zzz");
        Assert.Contains("No owner is called \"zzz\".", twelve.Find(".ld-options").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<FilterChip<long?>> Show(FilterOption<long?>[] options, long? selected) => _page.Render<FilterChip<long?>>(p => p
        .Add(c => c.Label, "Owner").Add(c => c.Any, "Everyone").Add(c => c.Options, options).Add(c => c.Selected, selected).Add(c => c.OnSelected, v => _chosen.Add(v)));
}
