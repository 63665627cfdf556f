using System.Globalization;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Imports;

namespace LeadDesk.App.Imports;

/// <summary>The words of the import's screens and of its command.</summary>
public static class ImportWords
{
    /// <summary>What becomes of a lead that is there already, as it is offered.</summary>
    public static readonly (OnDuplicate Choice, string Word, string Means)[] OnDuplicate =
    [
        (Domain.Imports.OnDuplicate.Skip, "Skip the row", "The lead stays as it is."),
        (Domain.Imports.OnDuplicate.Update, "Update the lead", "Changed fields are taken over and tags added; owner, pool and stage stay."),
        (Domain.Imports.OnDuplicate.Create, "Create another", "Every row becomes a lead."),
    ];

    /// <summary>"9,240 created, 0 updated, 0 skipped, 0 failed": how the command ends.</summary>
    public static string Result(Batch batch)
    {
        var mark = ImportMark.Of(batch.Cursor);
        return string.Create(CultureInfo.InvariantCulture, $"{mark.Created:N0} created, {mark.Updated:N0} updated, {batch.Unchanged:N0} skipped, {batch.Refused:N0} failed");
    }

    public static string Figure(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    public static string Leads(int count) => count == 1 ? "1 lead" : $"{Figure(count)} leads";

    /// <summary>As a column's choice: "Name", "External id".</summary>
    public static string Choice(ColumnTarget target) => target switch
    {
        ColumnTarget.FurtherDetail => "Further detail",
        ColumnTarget.Ignore => "Leave it out",
        _ => string.Concat(char.ToUpperInvariant(target.Word()[0]).ToString(), target.Word().AsSpan(1)),
    };

    /// <summary>Over the figure of all such rows.</summary>
    public static string Of(RowVerdict verdict) => verdict switch
    {
        RowVerdict.New => "New leads",
        RowVerdict.Update => "Updated",
        RowVerdict.AlreadyThere => "There already, left alone",
        RowVerdict.Fails => "Fail",
    };

    /// <summary>Of one row.</summary>
    public static string OfOne(RowVerdict verdict) => verdict switch
    {
        RowVerdict.New => "New lead",
        RowVerdict.Update => "Updates",
        RowVerdict.AlreadyThere => "There already",
        RowVerdict.Fails => "Fails",
    };

    public static string Icon(RowVerdict verdict) => verdict switch
    {
        RowVerdict.New => "plus",
        RowVerdict.Update => "edit",
        RowVerdict.AlreadyThere => "check",
        RowVerdict.Fails => "warn",
    };

    /// <summary>The class that colours it.</summary>
    public static string Tone(RowVerdict verdict) => verdict switch
    {
        RowVerdict.New => "won",
        RowVerdict.Update => "plain",
        RowVerdict.AlreadyThere => "quiet",
        RowVerdict.Fails => "due",
    };

    /// <summary>"98,412 created, 1,204 updated, 384 failed."</summary>
    public static string Over(ImportView run)
    {
        (int Count, string Word)[] parts = [(run.Created, "created"), (run.Updated, "updated"), (run.AlreadyThere, "there already"), (run.Failed, "failed")];
        var said = string.Join(", ", parts.Where(p => p.Count > 0).Select(p => $"{Figure(p.Count)} {p.Word}"));
        var sentence = said.Length == 0 ? "Nothing was imported." : $"{said}.";
        return run.State switch
        {
            BatchState.Stopped => $"Stopped. {sentence}",
            BatchState.Failed => $"{run.Trouble} {sentence}",
            _ => sentence,
        };
    }

    public static Tone ToneOf(ImportView run) => run switch
    {
        { State: BatchState.Failed } => Ui.Tone.Failed,
        { State: BatchState.Stopped } or { Failed: > 0 } or { IsOver: false } => Ui.Tone.Kept,
        _ => Ui.Tone.Done,
    };

    /// <summary>In the list of imports.</summary>
    public static string State(ImportView run) => run.State switch
    {
        BatchState.Waiting => "Waits",
        BatchState.Running => $"Runs, {run.PerCent} %",
        BatchState.Done => "Done",
        BatchState.Stopped => $"Stopped at {run.PerCent} %",
        BatchState.Failed => $"Broke off at {run.PerCent} %",
    };

    public static string FailedAddress(ImportView run) => $"import/{run.Id.Value}/failed.csv";
}
