using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Retirement;
using LeadDesk.Domain.Tags;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LeadDesk.App.Settings;

/// <summary>What a new database starts with: a pipeline, call tags, a few sources and the inactivity period of the settings file. Does nothing to one that has them.</summary>
public sealed class NewDesk(Transactor transactor, IdSource ids, IOptions<RetirementOptions> retirement)
{
    private static readonly (string Name, StageKind Kind)[] _stages =
    [
        ("New", StageKind.Open), ("Contacted", StageKind.Open), ("Qualified", StageKind.Open), ("Proposal", StageKind.Open),
        ("Negotiation", StageKind.Open), ("Won", StageKind.Won), ("Lost", StageKind.Lost),
    ];

    private static readonly string[] _callTags = ["No answer", "Call back", "Interested", "Not interested", "Wrong number"];

    private static readonly string[] _sources = ["Web form", "Phone", "E-mail", "Referral"];

    public async Task RunAsync(CancellationToken ct = default)
    {
        await ids.ReserveAsync<StageId>(_stages.Length, ct);
        await ids.ReserveAsync<CallTagId>(_callTags.Length, ct);
        await ids.ReserveAsync<SourceId>(_sources.Length, ct);
        await transactor.RunAsync(Actor.System("set-up"), async work =>
        {
            if (await work.Db.RetirementSettings.AnyAsync(work.Ct))
            {
                return Outcome.NothingToDo;
            }

            work.Db.Stages.AddRange(_stages.Select((s, i) => Stage.Create(work.NewId<StageId>(), s.Name, i, s.Kind).Value!));
            work.Db.CallTags.AddRange(_callTags.Select((name, i) => CallTag.Create(work.NewId<CallTagId>(), name, i).Value!));
            work.Db.Sources.AddRange(_sources.Select(name => Source.Create(work.NewId<SourceId>(), name).Value!));
            var policy = new RetirementPolicy(retirement.Value.InactivityPeriod, retirement.Value.WarningWindow);
            work.Db.RetirementSettings.Add(RetirementSetting.Of(policy, new(retirement.Value.BrakeShare, retirement.Value.BrakeFloor), false, null, work.Now));
            return Outcome.Done;
        }, ct);
    }
}
