using System.Globalization;
using System.Text.Json;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.Domain.Leads;

public sealed partial class Lead
{
    /// <summary>
    /// An import brings the lead again and may change it: one event that names every changed field, the further details among them.
    /// Needs the contacts loaded. Owner, pool, stage and source stay.
    /// </summary>
    /// <param name="score">None where the import says nothing about it.</param>
    /// <param name="further">The further details that the import changes; whoever stores them changes them with a done outcome.</param>
    public Outcome TakeFromImport(LeadDetails details, int? score, IReadOnlyList<FieldChange> further, Actor by, DateTimeOffset at, BatchId? batch)
    {
        if (MayNotWork(by, at) is { } refusal)
        {
            return refusal;
        }

        details = details.Tidied();
        if (details.Check() is { } unacceptable)
        {
            return unacceptable;
        }

        var changes = Changes(Details(), details);
        if (score is not null && score != Score)
        {
            changes.Add(new("Score", Score?.ToString(CultureInfo.InvariantCulture), score.Value.ToString(CultureInfo.InvariantCulture)));
        }

        changes.AddRange(further);
        if (changes.Count == 0)
        {
            return Outcome.NothingToDo;
        }

        Take(details);
        SetScore(score ?? Score);
        Record(LeadEventKind.DetailsEdited, by, Cause.Import, at, batch).Text = JsonSerializer.Serialize(changes);
        return Outcome.Done;
    }
}
