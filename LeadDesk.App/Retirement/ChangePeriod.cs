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

/// <summary>All that is set about retirement, as it was when a form was filled from it.</summary>
public sealed record RetirementRule(RetirementPolicy Policy, Brake Brake, bool ManagersMaySet)
{
    public RetirementForm Form => new(Policy.Period, Policy.WarningWindow, Brake.Share, Brake.Floor, ManagersMaySet);

    /// <summary>What it is once the form is saved. A period that was saved before and is not in force yet keeps its moment where the form leaves it.</summary>
    /// <param name="mayGrant">Whether whoever saves may also say who else may.</param>
    public RetirementRule After(RetirementForm form, bool mayGrant, TimeSpan grace, DateTimeOffset at) => new(
        form.Period == Policy.Period ? Policy with { WarningWindow = form.Window } : Policy.Change(form.Period, form.Window, grace, at),
        new(form.BrakeShare, form.BrakeFloor), mayGrant ? form.ManagersMaySet : ManagersMaySet);

    public static RetirementRule Of(Desk desk) => new(desk.Policy, desk.Brake, desk.ManagersMaySetRetirement);
}

/// <summary>For admins, and for Sales Managers where granted. A shorter period is in force only after the grace period; a longer one or "off" at once.</summary>
public sealed class ChangePeriod(Transactor transactor, IOptions<RetirementOptions> options)
{
    /// <param name="seen">What the form was filled from; refused where it has been changed since.</param>
    public Task<Outcome> RunAsync(RetirementForm form, RetirementRule seen, Actor by, CancellationToken ct = default) =>
        transactor.RunAsync(by, work => Task.FromResult(Change(work, form, seen)), ct);

    private Outcome Change(Work work, RetirementForm form, RetirementRule seen)
    {
        if (!work.Desk.MaySetRetirement(work.By))
        {
            return new NotAllowed("Only admins set the inactivity period, and Sales Managers where an admin granted it.");
        }

        if (RetirementRule.Of(work.Desk) != seen)
        {
            return new NotAcceptable(nameof(form.Period), "Somebody changed this while you looked. Take theirs or keep yours.");
        }

        if (Check(form) is { } refusal)
        {
            return refusal;
        }

        var next = seen.After(form, work.By.MaySetRetirement, options.Value.GracePeriod, work.Now);
        if (next == seen)
        {
            return Outcome.NothingToDo;
        }

        work.Db.RetirementSettings.Add(RetirementSetting.Of(next.Policy, next.Brake, next.ManagersMaySet, work.By.Id, work.Now));
        work.Db.DeskEvents.Add(new(work.Now, work.By.Id, "Retirement", Words(seen), Words(next)));
        return Outcome.Done;
    }

    private static NotAcceptable? Check(RetirementForm form) =>
        form.Period is { } p && (p < TimeSpan.FromMinutes(1) || p > TimeSpan.FromDays(3650)) ? new(nameof(form.Period), "A period is between 1 minute and 10 years.")
        : form.Window < TimeSpan.Zero ? new(nameof(form.Window), "A warning window is not below zero.")
        : form.BrakeShare is < 0 or > 1 ? new(nameof(form.BrakeShare), "A share is between 0 and 100 %.")
        : form.BrakeFloor < 0 ? new(nameof(form.BrakeFloor), "A number of leads is not below zero.")
        : null;

    private static string Words(RetirementRule rule) => FormattableString.Invariant(
        $"period {rule.Policy.Period?.ToString() ?? "off"}, window {rule.Policy.WarningWindow}, brake {rule.Brake.Share:0.####} from {rule.Brake.Floor}, managers {(rule.ManagersMaySet ? "may" : "may not")} set it");
}
