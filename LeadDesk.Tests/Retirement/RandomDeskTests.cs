using CsCheck;
using LeadDesk.App.Storage;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Retirement;

/// <summary>What happens on a random desk.</summary>
internal enum DeskStep
{
    Wait,
    ToStale,
    ToDue,
    Sweep,
    Comment,
    SameComment,
    Call,
    Move,
    Win,
    FollowUp,
    Tag,
    Nudge,
    Reassign,
    Unassign,
    BulkMove,
    Shelve,
    ShorterPeriod,
    LongerPeriod,
    Off,
    Down,
    Restart,
}

/// <summary>
/// Random desks under a fake clock: people work, managers hand out, settings change, sweeps come and stay away. After every step the countdown,
/// the colour, the warning and the sweep have to agree about every lead, with each other and with <see cref="DeskByTheBook"/>.
/// </summary>
public sealed class RandomDeskTests(PostgresCluster cluster)
{
    private static readonly Gen<(DeskStep Step, int Lead, int Amount)[]> _days =
        Gen.Select(Gen.Int[0, 99], Gen.Int[0, 3], Gen.Int[1, 40]).Select(t => (Pick(t.Item1), t.Item2, t.Item3)).Array[8, 16];

    [Fact]
    public Task Three_hundred_desks_on_SQLite() => RunAsync(DatabaseProvider.Sqlite, 300);

    [Fact]
    public Task Fifty_desks_on_PostgreSQL() => RunAsync(DatabaseProvider.Postgres, 50);

    private static DeskStep Pick(int number) => number switch
    {
        < 18 => DeskStep.Wait,
        < 24 => DeskStep.ToStale,
        < 36 => DeskStep.ToDue,
        < 44 => DeskStep.Sweep,
        < 48 => DeskStep.Comment,
        < 51 => DeskStep.SameComment,
        < 53 => DeskStep.Call,
        < 57 => DeskStep.Move,
        < 60 => DeskStep.Win,
        < 64 => DeskStep.FollowUp,
        < 66 => DeskStep.Tag,
        < 68 => DeskStep.Nudge,
        < 73 => DeskStep.Reassign,
        < 75 => DeskStep.Unassign,
        < 79 => DeskStep.BulkMove,
        < 82 => DeskStep.Shelve,
        < 87 => DeskStep.ShorterPeriod,
        < 90 => DeskStep.LongerPeriod,
        < 91 => DeskStep.Off,
        < 97 => DeskStep.Down,
        _ => DeskStep.Restart,
    };

    private async Task RunAsync(DatabaseProvider provider, int desks)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var seen = new RandomDesk.Figures();
        await _days.SampleAsync(plan => RandomDesk.LiveAsync(desk, plan, seen), iter: desks, threads: 1);

        TestContext.Current.TestOutputHelper?.WriteLine($"{seen}");
        Assert.True(seen.Warned > desks / 2 && seen.Retired > desks / 2, $"The desks have to see something happen: {seen}");
        Assert.True(seen.Unwarned >= desks / 100 && seen.WarnedLate >= desks / 100, $"Some were down, and some leads came to retire late: {seen}");
    }
}
