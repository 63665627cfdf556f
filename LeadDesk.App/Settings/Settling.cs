using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Settings;

/// <summary>What every act on the desk's small lists has in common: who may, names that differ, and a row in the history.</summary>
internal static class Settling
{
    private static readonly NotAllowed _notAllowed = new("Only managers set up the desk.");

    public static async Task<Outcome> SettleAsync(this Transactor transactor, Domain.People.Actor by, Func<Work, Task<Outcome>> act, CancellationToken ct) =>
        await transactor.RunAsync(by, work => work.By.MaySetUpDesk ? act(work) : Task.FromResult<Outcome>(_notAllowed), ct);

    /// <summary>Two names that differ only in case are one.</summary>
    public static NotAcceptable? Taken(string noun, string name, IEnumerable<string> others) =>
        others.FirstOrDefault(o => string.Equals(o, name.Trim(), StringComparison.OrdinalIgnoreCase)) is { } other
            ? new("Name", $"There is a {noun} called {other} already.") : null;

    public static void Note(this Work work, string what, string? from, string? to) => work.Db.DeskEvents.Add(new(work.Now, work.By.Id, what, from, to));

    public static NotFound Gone(string noun) => new($"This {noun} is gone by now.");
}
