using LeadDesk.App.Live;
using LeadDesk.Domain.Basics;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Live;

public sealed class PresenceTests
{
    private static readonly LeadId _lead = new(7);
    private static readonly EmployeeId _asha = new(1);
    private static readonly EmployeeId _ravi = new(2);
    private static readonly EmployeeId _tara = new(3);
    private static readonly EmployeeId _omar = new(4);

    private readonly ChangeFeed _feed = new(NullLogger<ChangeFeed>.Instance, TimeProvider.System);
    private readonly Presence _presence;

    public PresenceTests() => _presence = new(_feed);

    [Fact]
    public void The_others_are_named_on_a_call_before_looking_and_nobody_is_told_about_themselves()
    {
        using var call = _presence.Enter(_lead, _asha, PresenceKind.OnACall);
        using var look = _presence.Enter(_lead, _tara, PresenceKind.Looking);

        Assert.Equal([("Asha is on a call", "call"), ("Tara is looking", "eye")], Others(_ravi));
        Assert.Equal([("Tara is looking", "eye")], Others(_asha));
        Assert.Empty(_presence.OthersAt(new(8), _ravi, Name));
    }

    [Fact]
    public void Two_are_named_and_more_are_counted()
    {
        using var one = _presence.Enter(_lead, _asha, PresenceKind.Looking);
        using var two = _presence.Enter(_lead, _ravi, PresenceKind.Looking);
        Assert.Equal("Asha and Ravi are looking", Others(_tara).Single().Words);

        using var three = _presence.Enter(_lead, _omar, PresenceKind.Looking);
        Assert.Equal("Asha and 2 others are looking", Others(_tara).Single().Words);
    }

    [Fact]
    public void Whoever_has_the_lead_open_twice_is_there_until_both_are_shut()
    {
        var first = _presence.Enter(_lead, _asha, PresenceKind.Looking);
        var second = _presence.Enter(_lead, _asha, PresenceKind.OnACall);
        Assert.Equal("Asha is on a call", Others(_tara).Single().Words);

        second.Dispose();
        second.Dispose();
        Assert.Equal("Asha is looking", Others(_tara).Single().Words);
        first.Dispose();
        Assert.Empty(Others(_tara));
    }

    [Fact]
    public void Whoever_lost_the_connection_is_seen_nowhere_and_again_where_they_were_once_they_are_back()
    {
        var here = new PresenceHere(_presence);
        using var look = here.Enter(_lead, _asha, PresenceKind.Looking);
        var call = here.Enter(new(8), _asha, PresenceKind.OnACall);
        Assert.Equal("Asha is looking", Others(_tara).Single().Words);

        here.SetAway(true);
        here.SetAway(true);
        Assert.Empty(Others(_tara));
        call.Dispose();
        using var later = here.Enter(new(9), _asha, PresenceKind.Looking);
        Assert.Empty(_presence.OthersAt(new(9), _tara, Name));

        here.SetAway(false);
        Assert.Equal("Asha is looking", Others(_tara).Single().Words);
        Assert.Single(_presence.OthersAt(new(9), _tara, Name));
        Assert.Empty(_presence.OthersAt(new(8), _tara, Name));
        look.Dispose();
        Assert.Empty(Others(_tara));
    }

    [Fact]
    public async Task Coming_and_going_wakes_who_listens_to_the_lead_and_nobody_at_another_one()
    {
        var heard = new SemaphoreSlim(0);
        var elsewhere = 0;
        using var here = _feed.Subscribe([Topic.PresenceAt(_lead)], _ => Task.FromResult(heard.Release()));
        using var there = _feed.Subscribe([Topic.PresenceAt(new(8))], _ => Task.FromResult(elsewhere++));

        var stay = _presence.Enter(_lead, _asha, PresenceKind.Looking);
        await heard.WaitAsync(TestContext.Current.CancellationToken);
        stay.Dispose();
        await heard.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, elsewhere);
    }

    private List<(string Words, string Icon)> Others(EmployeeId me) => [.. _presence.OthersAt(_lead, me, Name).Select(o => (o.Words, o.Icon))];

    private static string? Name(EmployeeId id) => id == _asha ? "Asha" : id == _ravi ? "Ravi" : id == _tara ? "Tara" : "Omar";
}
