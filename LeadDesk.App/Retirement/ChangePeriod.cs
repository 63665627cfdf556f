using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using Microsoft.Extensions.Options;

namespace LeadDesk.App.Retirement;

/// <summary>For admins. A shorter period is in force only after the grace period; a longer one or "off" at once.</summary>
public sealed class ChangePeriod(Transactor transactor, IOptions<RetirementOptions> options)
{
    /// <param name="period">None turns retirement off.</param>
    /// <param name="seen">The policy that the form was filled from.</param>
    public Task<Outcome> RunAsync(TimeSpan? period, TimeSpan window, RetirementPolicy seen, Actor by, CancellationToken ct = default) =>
        transactor.RunAsync(by, work =>
        {
            if (!work.By.MaySetRetirement)
            {
                return Task.FromResult<Outcome>(new NotAllowed("Only admins set the inactivity period."));
            }

            if (work.Desk.Policy != seen)
            {
                return Task.FromResult<Outcome>(new NotAcceptable("Period", "Somebody changed the period while you looked. Open the page again to see theirs."));
            }

            if (period is { } p && (p < TimeSpan.FromMinutes(1) || p > TimeSpan.FromDays(3650)))
            {
                return Task.FromResult<Outcome>(new NotAcceptable("Period", "A period is between 1 minute and 10 years."));
            }

            if (window < TimeSpan.Zero)
            {
                return Task.FromResult<Outcome>(new NotAcceptable("Window", "A warning window is not below zero."));
            }

            var next = seen.Change(period, window, options.Value.GracePeriod, work.Now);
            if (next == seen)
            {
                return Task.FromResult(Outcome.NothingToDo);
            }

            work.Db.RetirementSettings.Add(RetirementSetting.Of(next, work.By.Id, work.Now));
            work.Db.DeskEvents.Add(new(work.Now, work.By.Id, "Inactivity period", seen.Period?.ToString(), period?.ToString()));
            return Task.FromResult(Outcome.Done);
        }, ct);
}
