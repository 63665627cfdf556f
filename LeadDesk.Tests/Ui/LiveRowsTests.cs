using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;

namespace LeadDesk.Tests.Ui;

public sealed class LiveRowsTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Comparison<Row> _falling = (a, b) => b.At.CompareTo(a.At);

    private readonly LiveRows<Row> _rows = new();

    [Fact]
    public void A_change_that_changes_nothing_shown_is_no_change()
    {
        _rows.Start(Rows(9, 8, 7), true, _falling);

        Assert.False(Merge([9, 8], 9, 8));
        Assert.False(Merge([3]));
        Assert.Equal([9, 8, 7], Shown());
    }

    [Fact]
    public void A_changed_fact_keeps_its_place_and_is_marked_for_a_while()
    {
        _rows.Start(Rows(9, 8, 7), true, _falling);

        Assert.True(_rows.Merge([new(8)], new Dictionary<LeadId, Row> { [new(8)] = new(new(8), "Renamed", 99) }, _ => null, _now));

        Assert.Equal([9, 8, 7], Shown());
        Assert.True(_rows.Shown[1] is { IsHit: true, Row.Name: "Renamed" });
        Assert.False(_rows.Clear(_now + LiveRows<Row>.Mourning - TimeSpan.FromTicks(1)));
        Assert.True(_rows.Clear(_now + LiveRows<Row>.Mourning));
        Assert.False(_rows.Shown[1].IsHit);
    }

    [Fact]
    public void Who_left_stays_as_a_tombstone_that_counts_as_nothing_and_closes_after_a_while()
    {
        _rows.Start(Rows(9, 8, 7), true, _falling);

        Assert.True(Merge([8], tomb: true));

        Assert.Equal([9, 7], _rows.Rows.Select(r => r.Id.Value));
        Assert.Equal("gone", _rows.Shown[1].Tomb!.Words);
        Assert.Equal(_now + LiveRows<Row>.Mourning, _rows.NextClearing);
        Assert.False(Merge([8], tomb: true));
        Assert.True(_rows.Clear(_now + LiveRows<Row>.Mourning));
        Assert.Equal([9, 7], Shown());
        Assert.Null(_rows.NextClearing);
    }

    [Fact]
    public void Who_left_without_a_word_is_gone_at_once()
    {
        _rows.Start(Rows(9, 8, 7), true, _falling);

        Assert.True(Merge([9]));

        Assert.Equal([8, 7], Shown());
    }

    [Fact]
    public void Who_comes_back_stands_where_the_tombstone_stood()
    {
        _rows.Start(Rows(9, 8, 7), true, _falling);
        Merge([8], tomb: true);

        Assert.True(Merge([8], 8));

        Assert.Null(_rows.Shown[1].Tomb);
        Assert.Equal([9, 8, 7], Shown());
    }

    [Fact]
    public void Who_comes_above_or_among_the_loaded_is_counted_and_not_put_in()
    {
        _rows.Start(Rows(9, 7, 5), false, _falling);

        Assert.True(Merge([10, 6], 10, 6));
        Assert.False(Merge([10], 10));
        Assert.False(Merge([1], 1));

        Assert.Equal(2, _rows.News);
        Assert.Equal([9, 7, 5], Shown());
        Assert.True(Merge([10]));
        Assert.Equal(1, _rows.News);
    }

    [Fact]
    public void Behind_the_last_row_of_a_whole_list_is_news_too()
    {
        _rows.Start(Rows(9, 7), true, _falling);

        Merge([1], 1);

        Assert.Equal(1, _rows.News);
    }

    [Fact]
    public void News_that_are_shown_are_marked_as_new()
    {
        _rows.Start(Rows(9, 8), true, _falling);
        Merge([10], 10);

        _rows.Start(Rows(10, 9, 8), true, _falling);

        Assert.Equal(0, _rows.News);
        Assert.Equal([true, false, false], _rows.Shown.Select(s => s.IsNew));
    }

    [Fact]
    public void A_long_list_lets_go_above_and_takes_back_when_asked()
    {
        _rows.Start(Rows([.. Enumerable.Range(0, 50).Select(n => 1_000L - n)]), false, _falling);
        for (var next = 950L; next > 500; next -= 50)
        {
            _rows.Append(Rows([.. Enumerable.Range(0, 50).Select(n => next - n)]), false);
        }

        Assert.Equal(LiveRows<Row>.Most, _rows.Shown.Count);
        Assert.Equal(100, _rows.Above);
        Assert.Equal(900, _rows.First!.Id.Value);
        Assert.Equal(501, _rows.Last!.Id.Value);

        _rows.Prepend(Rows([.. Enumerable.Range(0, 50).Select(n => 950L - n)]), false);

        Assert.Equal(LiveRows<Row>.Most, _rows.Shown.Count);
        Assert.Equal((50, 950, 551), (_rows.Above, _rows.First!.Id.Value, _rows.Last!.Id.Value));
        Assert.False(_rows.AtEnd);
    }

    [Fact]
    public void A_row_that_comes_with_two_pages_is_there_once()
    {
        _rows.Start(Rows(9, 8), false, _falling);

        _rows.Append(Rows(8, 7), true);

        Assert.Equal([9, 8, 7], Shown());
        Assert.True(_rows.AtEnd);
    }

    [Fact]
    public void Ticks_follow_what_becomes_of_their_leads()
    {
        var ticks = new LeadTicks<Row>();
        ticks.SetMany(Rows(1, 2, 3), true);
        ticks.Set(Rows(2)[0], false, []);

        Assert.Equal(1, ticks.Merge([new(1), new(2), new(3)], new Dictionary<LeadId, Row> { [new(3)] = new(new(3), "Renamed", 3) }));

        Assert.Equal("Renamed", Assert.Single(ticks.Rows).Name);
        Assert.False(ticks.Has(new(1)));
    }

    [Fact]
    public void Taking_one_off_all_leaves_the_loaded_others()
    {
        var ticks = new LeadTicks<Row>();
        ticks.TickAll();
        Assert.True(ticks.Has(new(77)));

        ticks.Set(Rows(2)[0], false, Rows(1, 2, 3));

        Assert.False(ticks.All);
        Assert.Equal([1, 3], ticks.Rows.Select(r => r.Id.Value));
    }

    private bool Merge(long[] changed, params long[] now) => Merge(changed, false, now);

    private bool Merge(long[] changed, bool tomb, params long[] now) =>
        _rows.Merge(changed.Select(id => new LeadId(id)), Rows(now).ToDictionary(r => r.Id), _ => tomb ? new("gone", _now) : null, _now);

    private long[] Shown() => [.. _rows.Shown.Select(s => s.Row.Id.Value)];

    private static List<Row> Rows(params long[] ids) => [.. ids.Select(id => new Row(new(id), $"Lead {id}", id))];

    private sealed record Row(LeadId Id, string Name, long At) : ILeadRow;
}
