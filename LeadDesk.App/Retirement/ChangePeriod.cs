using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using Microsoft.Extensions.Options;

namespace LeadDesk.App.Retirement;

/// <summary>What the retirement form holds.</summary>
/// <param name="Period">None turns retirement off.</param>
/// <param name="ManagersMaySet">Whether Sales Managers may set all this too; only an Admin changes it.</param>
public sealed record RetirementForm(TimeSpan? Period, TimeSpan Window, double BrakeShare, int BrakeFloor, bool ManagersMaySet);

/// <summary>For admins, and for Sales Managers where granted. A shorter period is in force only after the grace period; a longer one or "off" at once.</summary>
public sealed class ChangePeriod(Transactor transactor, IOptions<RetirementOptions> options)
{
    /// <param name="seen">The policy that the form was filled from.</param>
    public Task<Outcome> RunAsync(RetirementForm form, RetirementPolicy seen, Actor by, CancellationToken ct = default) =>
        transactor.RunAsync(by, work => Task.FromResult(Change(work, form, seen)), ct);

    /// <summary>Leaves the brake and the grant as they are.</summary>
    public Task<Outcome> RunAsync(TimeSpan? period, TimeSpan window, RetirementPolicy seen, Actor by, CancellationToken ct = default) =>
        transactor.RunAsync(by, work => Task.FromResult(
            Change(work, new(period, window, work.Desk.Brake.Share, work.Desk.Brake.Floor, work.Desk.ManagersMaySetRetirement), seen)), ct);

    private Outcome Change(Work work, RetirementForm form, RetirementPolicy seen)
    {
        if (!work.Desk.MaySetRetirement(work.By))
        {
            return new NotAllowed("Only admins set the inactivity period, and Sales Managers where an admin granted it.");
        }

        if (work.Desk.Policy != seen)
        {
            return new NotAcceptable(nameof(form.Period), "Somebody changed the period while you looked. Take theirs or keep yours.");
        }

        if (Check(form) is { } refusal)
        {
            return refusal;
        }

        var managersMaySet = work.By.MaySetRetirement ? form.ManagersMaySet : work.Desk.ManagersMaySetRetirement;
        var brake = new Brake(form.BrakeShare, form.BrakeFloor);
        var next = seen.Change(form.Period, form.Window, options.Value.GracePeriod, work.Now);
        if ((next, brake, managersMaySet) == (seen, work.Desk.Brake, work.Desk.ManagersMaySetRetirement))
        {
            return Outcome.NothingToDo;
        }

        work.Db.RetirementSettings.Add(RetirementSetting.Of(next, brake, managersMaySet, work.By.Id, work.Now));
        work.Db.DeskEvents.Add(new(work.Now, work.By.Id, "Retirement", Words(seen, work.Desk.Brake, work.Desk.ManagersMaySetRetirement), Words(next, brake, managersMaySet)));
        return Outcome.Done;
    }

    private static NotAcceptable? Check(RetirementForm form) =>
        form.Period is { } p && (p < TimeSpan.FromMinutes(1) || p > TimeSpan.FromDays(3650)) ? new(nameof(form.Period), "A period is between 1 minute and 10 years.")
        : form.Window < TimeSpan.Zero ? new(nameof(form.Window), "A warning window is not below zero.")
        : form.BrakeShare is < 0 or > 1 ? new(nameof(form.BrakeShare), "A share is between 0 and 100 %.")
        : form.BrakeFloor < 0 ? new(nameof(form.BrakeFloor), "A number of leads is not below zero.")
        : null;

    private static string Words(RetirementPolicy policy, Brake brake, bool managersMaySet) =>
        FormattableString.Invariant($"period {policy.Period?.ToString() ?? "off"}, window {policy.WarningWindow}, brake {brake.Share:0.##} from {brake.Floor}, managers {(managersMaySet ? "may" : "may not")} set it");
}
