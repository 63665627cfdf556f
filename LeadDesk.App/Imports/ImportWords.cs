using System.Globalization;
using LeadDesk.Domain.Batches;

namespace LeadDesk.App.Imports;

/// <summary>What an import did, in one sentence.</summary>
public static class ImportWords
{
    /// <summary>"9,240 created, 0 updated, 0 skipped, 0 failed".</summary>
    public static string Result(Batch batch)
    {
        var mark = ImportMark.Of(batch.Cursor);
        return string.Create(CultureInfo.InvariantCulture, $"{mark.Created:N0} created, {mark.Updated:N0} updated, {batch.Unchanged:N0} skipped, {batch.Refused:N0} failed");
    }
}
