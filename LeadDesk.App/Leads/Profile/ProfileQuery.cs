using System.Text.Json;
using LeadDesk.App.Leads.Profile.Events;
using LeadDesk.App.Requests;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Leads.Profile;

/// <summary>
/// Everything about one lead, for whoever may see it, and for ten minutes for whoever just lost it: what was so until the moment it left.
/// </summary>
public sealed class ProfileQuery(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory, TimeProvider clock)
{
    public const int PageSize = 50;
    public const int LongestLedger = 200;

    /// <summary>So much of a history is shown at most on one screen.</summary>
    public const int LongestHistory = 2_000;

    /// <summary>None where the lead is not there, or the actor may not know that it is.</summary>
    /// <param name="shown">How many events of the history to read, newest first.</param>
    public async Task<LeadProfile?> AskAsync(LeadId id, Actor actor, int shown = PageSize, CancellationToken ct = default)
    {
        var desk = await directory.GetAsync(ct);
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await FindAsync(db, id, actor, now, ct) is not { } lead)
        {
            return null;
        }

        var reading = new Reading(db, desk, actor, lead, now);
        var history = db.LeadEvents.AsNoTracking().Where(e => e.LeadId == id);
        Left? left = null;
        if (!lead.MayBeSeenBy(actor))
        {
            if ((left = await LeftAsync(reading, history, ct)) is null)
            {
                return null;
            }

            var (last, me) = (left.EventId, actor.Id);
            history = history.Where(e => e.Id <= last || (e.ActorId == me && e.Verdict == ClockVerdict.AfterLeaving));
        }

        var take = Math.Clamp(shown, PageSize, LongestHistory);
        var newest = await history.OrderByDescending(e => e.Id).Take(take + 1).ToListAsync(ct);
        var words = new EventWords(desk, reading.Zone, now);
        var lines = newest.Select((e, i) => words.Line(e, newest.ElementAtOrDefault(i + 1), actor.Id));
        var ledger = await LedgerAsync(reading, history, newest, left, ct);
        return new()
        {
            Facts = left is { ChangedSince: true } ? ProfileParts.Bare(lead, left.Name, left.Company) : ProfileParts.Facts(lead, desk, actor, left is null),
            Clock = left is null ? ProfileParts.Clock(lead, desk, now) : ProfileParts.Clock(lead, desk, now) with { State = ClockState.Left, Countdown = null, RetiredAt = null },
            Ledger = ledger.Lines,
            LedgerIsCut = ledger.IsCut,
            History = new([.. lines.Take(take)]),
            HistoryCount = newest.Count <= take ? newest.Count : await history.CountAsync(ct),
            Further = left is { ChangedSince: true } ? new Listed<NamedText>([]) : await FurtherAsync(db, id, ct),
            AlsoSeenFrom = await AlsoSeenFromAsync(reading, history, ct),
            Choices = ProfileParts.Choices(desk, actor),
            Left = left?.Leaving,
            MayWork = lead.MayBeWorkedBy(actor),
            MayAssign = actor.MayAssign,
            AsksForTags = !actor.MayUseNonModifiableTags,
            Waiting = new([.. left is null ? (await WaitingTag.OfAsync(db, desk, [id], ct))[id] : []]),
            IsUntouched = !newest.Exists(IsWork) && (newest.Count <= take || !await history.AnyAsync(
                e => e.Kind == LeadEventKind.Commented || e.Kind == LeadEventKind.Called || e.Kind == LeadEventKind.StageChanged || e.Kind == LeadEventKind.CallTagApplied, ct)),
        };
    }

    private static bool IsWork(LeadEvent e) => e.Kind is LeadEventKind.Commented or LeadEventKind.Called or LeadEventKind.StageChanged or LeadEventKind.CallTagApplied;

    private static async Task<Lead?> FindAsync(LeadDeskDb db, LeadId id, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        var leads = db.Leads.AsNoTracking().Include(l => l.Tags).Include(l => l.Contacts).AsSingleQuery();
        if (await leads.VisibleTo(actor).FirstOrDefaultAsync(l => l.Id == id, ct) is { } seen)
        {
            return seen;
        }

        var (me, from, since) = (actor.Id, actor.Id?.Value, now - Lead.LastWords);
        var lost = me is null ? null : await leads.FirstOrDefaultAsync(
            l => l.Id == id && l.LeftAt > since && (l.LeftId == me || db.LeadEvents.Any(e => e.LeadId == id && e.FromId == from && e.At > since)), ct);
        if (lost is null)
        {
            return null;
        }

        await Leavings.RecallAsync(db, lost, actor, now, ct);
        return lost.JustLeft(actor, now) ? lost : null;
    }

    private static async Task<Left?> LeftAsync(Reading reading, IQueryable<LeadEvent> history, CancellationToken ct)
    {
        var lead = reading.Lead;
        var ((at, why), me) = (lead.LeavingOf(reading.Actor)!.Value, reading.Actor.Id);
        var since = await history.Where(e => e.At >= at).OrderBy(e => e.Id).ToListAsync(ct);
        if (since.Find(e => e.At == at && e.FromId == me?.Value && (e.Kind is LeadEventKind.Retired or LeadEventKind.Unassigned or LeadEventKind.Reassigned)) is not { } leave)
        {
            return null;
        }

        var later = since.Where(e => e.Id > leave.Id && !(e.ActorId == me && e.Verdict is ClockVerdict.AfterLeaving)).ToList();
        var edits = later.Where(e => e is { Kind: LeadEventKind.DetailsEdited, Text: not null }).SelectMany(e => JsonSerializer.Deserialize<List<FieldChange>>(e.Text!) ?? []).ToList();
        return new(
            leave.Id,
            new(why, at, reading.Desk.Employee(leave.ActorId)?.FirstName,
                leave is { Kind: LeadEventKind.Reassigned, ToId: { } to } ? reading.Desk.Employee(new EmployeeId(to))?.FirstName : null),
            later.Count > 0,
            AsItWas("Name", lead.Name),
            AsItWas("Company", lead.Company),
            later.FirstOrDefault(e => e.Kind is LeadEventKind.StageChanged)?.FromId is { } stage ? new(stage) : lead.StageId);

        string? AsItWas(string field, string? current) => edits.Find(c => c.Field == field) is { } first ? first.From : current;
    }

    private static async Task<(Listed<EventLine> Lines, bool IsCut)> LedgerAsync(
        Reading reading, IQueryable<LeadEvent> history, List<LeadEvent> newest, Left? left, CancellationToken ct)
    {
        // Whoever lost the lead is shown the time that it was theirs.
        var end = left?.EventId ?? long.MaxValue;
        var start = newest.Find(e => e.Verdict is ClockVerdict.NewOwner && e.Id < end)?.Id
            ?? await history.Where(e => e.Verdict == ClockVerdict.NewOwner && e.Id < end).MaxAsync(e => (long?)e.Id, ct);
        if (start is not { } first)
        {
            return (new Listed<EventLine>([]), false);
        }

        var events = newest[^1].Id <= first
            ? newest.TakeWhile(e => e.Id >= first).Take(LongestLedger + 1).ToList()
            : await history.Where(e => e.Id >= first).OrderByDescending(e => e.Id).Take(LongestLedger + 1).ToListAsync(ct);
        var policies = await reading.Db.RetirementSettings.AsNoTracking().OrderByDescending(s => s.Id).ToListAsync(ct);
        var words = new EventWords(reading.Desk, reading.Zone, reading.Now);
        var stage = left?.Stage ?? reading.Lead.StageId;
        var lines = new List<EventLine>();
        foreach (var (e, before) in events.Take(LongestLedger).Zip(events.Skip(1).Append(null)))
        {
            var isCurrent = left is null && e.ClockStart == reading.Lead.ClockStart;
            var policy = isCurrent ? reading.Desk.Policy : policies.Find(s => s.SavedAt <= e.At)?.Policy ?? reading.Desk.Policy;
            lines.Add(words.Line(e, before, reading.Actor.Id) with
            {
                Until = e.Verdict.StartsTheClock() && e.Id < end
                    ? InactivityClock.Read(policy, e.ClockStart, reading.Desk.Retires(stage), isCurrent ? reading.Now : e.At)?.RetiresAt : null,
            });
            stage = e is { Kind: LeadEventKind.StageChanged, FromId: { } from } ? new(from) : stage;
        }

        return (new(lines), events.Count > LongestLedger);
    }

    private static async Task<Listed<NamedText>> FurtherAsync(LeadDeskDb db, LeadId id, CancellationToken ct) =>
        new(await db.FurtherDetails.AsNoTracking().Where(d => d.LeadId == id).OrderBy(d => d.Name).Take(200).Select(d => new NamedText(d.Name, d.Text)).ToListAsync(ct));

    private static async Task<Listed<string>> AlsoSeenFromAsync(Reading reading, IQueryable<LeadEvent> history, CancellationToken ct)
    {
        var ids = await history.Where(e => e.Kind == LeadEventKind.AlsoSeenFrom).Select(e => e.ToId).Distinct().ToListAsync(ct);
        return new([.. ids.Select(i => i is { } id ? reading.Desk.Source(new(id))?.Name : null).OfType<string>().Order(StringComparer.CurrentCultureIgnoreCase)]);
    }

    private sealed record Reading(LeadDeskDb Db, Desk Desk, Actor Actor, Lead Lead, DateTimeOffset Now)
    {
        public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(Actor.TimeZone);
    }

    /// <param name="Name">As it was when the lead left.</param>
    private sealed record Left(long EventId, Leaving Leaving, bool ChangedSince, string? Name, string? Company, StageId Stage);
}
