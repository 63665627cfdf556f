using System.Collections.Concurrent;
using System.Diagnostics;
using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Requests;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Bench.Soak;

/// <summary>People who work without a pause longer than a breath, through the desk's own intents; what was said to be done is remembered.</summary>
internal sealed class Writers(IServiceProvider services)
{
    private const int Count = 30;
    private const int ManagerEach = 6;

    private readonly ConcurrentDictionary<(LeadId Lead, LeadEventKind Kind, EmployeeId By), int> _told = new();
    private readonly ConcurrentQueue<double> _times = new();
    private CancellationTokenSource _end = new();
    private Task _working = Task.CompletedTask;
    private long _first = -1;
    private int _refused;
    private int _failed;

    public double P95 => new Times(_times).At(0.95);

    public int Done => _told.Values.Sum();

    /// <summary>Refused, or nothing to do: others are faster sometimes.</summary>
    public int Refused => _refused;

    public int Failed => _failed;

    public async Task StartAsync()
    {
        await using var db = await Databases.CreateDbContextAsync();
        _first = _first >= 0 ? _first : await db.LeadEvents.MaxAsync(e => e.Id);
        var desk = await services.GetRequiredService<DeskDirectory>().GetAsync();
        var managers = desk.Employees.Where(e => desk.Actor(e.Id) is { MayAssign: true }).ToList();
        var agents = desk.Employees.Where(e => e.Roles == Roles.Agent).ToList();
        _end = new();
        _working = Task.WhenAll(Enumerable.Range(0, Count).Select(n =>
            Task.Run(() => WorkAsync(n, n % ManagerEach == 0 ? managers[n / ManagerEach % managers.Count].Id : agents[n % agents.Count].Id))));
    }

    public async Task StopAsync()
    {
        await _end.CancelAsync();
        await _working;
        _end.Dispose();
    }

    /// <summary>How many acts that were said to be done have no history row.</summary>
    public async Task<int> LostAsync()
    {
        await using var db = await Databases.CreateDbContextAsync();
        var rows = await db.LeadEvents.AsNoTracking().Where(e => e.Id > _first && e.ActorId != null).Select(e => new { e.LeadId, e.Kind, By = e.ActorId!.Value }).ToListAsync();
        var there = rows.GroupBy(r => (r.LeadId, r.Kind, r.By)).ToDictionary(g => g.Key, g => g.Count());
        foreach (var lost in _told.Where(t => t.Value > there.GetValueOrDefault(t.Key)).GroupBy(t => t.Key.Kind))
        {
            await Console.Error.WriteLineAsync($"    lost: {lost.Key} of {lost.Count()} leads, {lost.First().Key.Lead} by {lost.First().Key.By}");
        }

        return _told.Sum(t => Math.Max(0, t.Value - there.GetValueOrDefault(t.Key)));
    }

    private IDbContextFactory<LeadDeskDb> Databases => services.GetRequiredService<IDbContextFactory<LeadDeskDb>>();

    private async Task WorkAsync(int number, EmployeeId me)
    {
        var random = new Random(number);
        for (var act = number; !_end.IsCancellationRequested; act++)
        {
            await Task.Delay(random.Next(500, 1_500));
            var from = Stopwatch.GetTimestamp();
            try
            {
                var actor = (await services.GetRequiredService<DeskDirectory>().ActorAsync(me))!;
                if (await (actor.MayAssign ? ManageAsync(actor, act, random) : SellAsync(actor, act, random)) is { } told)
                {
                    _told.AddOrUpdate((told.Lead, told.Kind, me), 1, (_, n) => n + 1);
                }
                else
                {
                    Interlocked.Increment(ref _refused);
                }
            }
            catch (Exception e)
            {
                Interlocked.Increment(ref _failed);
                await Console.Error.WriteLineAsync($"    a writer failed: {e.Message}");
            }

            _times.Enqueue(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
        }
    }

    /// <summary>What an agent does to a lead of their own.</summary>
    private async Task<(LeadId Lead, LeadEventKind Kind)?> SellAsync(Actor me, int act, Random random)
    {
        await using var db = await Databases.CreateDbContextAsync();
        var (desk, mine) = (await services.GetRequiredService<DeskDirectory>().GetAsync(), db.Leads.AsNoTracking().Where(l => l.OwnerId == me.Id));
        if (await mine.OrderBy(l => l.Id).Skip(random.Next(Math.Max(1, await mine.CountAsync()))).Select(l => new { l.Id, l.StageId }).FirstOrDefaultAsync() is not { } lead)
        {
            return null;
        }

        var open = desk.Stages.Where(s => s.Kind is StageKind.Open).Select(s => s.Id).ToList();
        var (free, locked) = (desk.Tags.First(t => t.IsModifiable).Id, desk.Tags.First(t => !t.IsModifiable).Id);
        var only = LeadSelection.Of(lead.Id);
        var (kind, outcome) = (act % 7) switch
        {
            0 or 1 => (LeadEventKind.StageChanged, (await services.GetRequiredService<SetLeadStage>().RunAsync(lead.Id, open[(open.IndexOf(lead.StageId) + 1) % open.Count], lead.StageId, me)).Kind),
            2 => (LeadEventKind.Commented, (await services.GetRequiredService<AddComment>().RunAsync(lead.Id, $"Spoke about offer {act}.", me)).Kind),
            3 => (LeadEventKind.Called, (await services.GetRequiredService<LogCall>().RunAsync(lead.Id, new(desk.CallTags[act % desk.CallTags.Count].Id, $"Call {act}", null, null, null, null), me)).Kind),
            4 => (act % 2 == 0 ? LeadEventKind.Tagged : LeadEventKind.Untagged, await ActAsync(act % 2 == 0 ? new TagLeads(only, free) : new UntagLeads(only, free), me)),
            5 => (LeadEventKind.FollowUpSet, await ActAsync(new SetLeadsFollowUp(only, new DateOnly(2030, 1, 1).AddDays(act % 300), null), me)),
            _ => (LeadEventKind.TagRequested, (await services.GetRequiredService<RequestTagChange>().RunAsync(lead.Id, locked, true, "The customer asks for it.", me)).Kind),
        };
        return outcome is OutcomeKind.Done ? (lead.Id, kind) : null;
    }

    /// <summary>An act on leads is done too where it found nothing to do.</summary>
    private async Task<OutcomeKind> ActAsync(LeadOrder order, Actor me)
    {
        var outcome = await services.GetRequiredService<ActOnLeads>().RunAsync(order, me);
        return outcome.Value is { Done: 0 } ? OutcomeKind.NothingToDo : outcome.Kind;
    }

    /// <summary>What a manager does: hand out, give again what retired, decide.</summary>
    private async Task<(LeadId Lead, LeadEventKind Kind)?> ManageAsync(Actor me, int act, Random random)
    {
        await using var db = await Databases.CreateDbContextAsync();
        var desk = await services.GetRequiredService<DeskDirectory>().GetAsync();
        if (act % 3 == 0)
        {
            var request = await db.Requests.AsNoTracking().Where(r => r.State == RequestState.Waiting).OrderBy(r => r.Id).Skip(random.Next(20)).FirstOrDefaultAsync();
            var approves = act % 2 == 0;
            return request is not null && (await services.GetRequiredService<DecideRequest>().RunAsync(request.Id, approves, approves ? null : "Not yet.", me)).Kind is OutcomeKind.Done
                ? (request.LeadId, !approves ? LeadEventKind.RequestRejected : request.PutsOn ? LeadEventKind.Tagged : LeadEventKind.Untagged) : null;
        }

        var isRetired = act % 3 == 1;
        var waiting = db.Leads.AsNoTracking().Where(l => l.OwnerId == null && l.RetiredAt != null == isRetired && l.PoolId != null);
        if (await waiting.OrderBy(l => l.Id).Skip(random.Next(50)).Select(l => new { l.Id, l.PoolId }).FirstOrDefaultAsync() is not { } lead
            || desk.Eligible(desk.Pool(lead.PoolId)!).ToList() is not [_, ..] agents)
        {
            return null;
        }

        var (only, to) = (LeadSelection.Of(lead.Id), agents[random.Next(agents.Count)].Id);
        LeadOrder order = isRetired ? new ReassignLeads(only, to) : new AssignLeads(only, to);
        return await ActAsync(order, me) is OutcomeKind.Done ? (lead.Id, isRetired ? LeadEventKind.Reassigned : LeadEventKind.Assigned) : null;
    }
}
