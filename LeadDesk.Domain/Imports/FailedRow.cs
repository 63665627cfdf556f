using LeadDesk.Domain.Basics;

namespace LeadDesk.Domain.Imports;

/// <summary>A row that no lead came of, and why. Stored in the transaction of its chunk, so that a crash neither loses nor doubles it.</summary>
public sealed class FailedRow
{
    private FailedRow() { }

    public FailedRow(BatchId batchId, int row, string reason, string cells) => (BatchId, Row, Reason, Cells) = (batchId, row, reason, cells);

    public BatchId BatchId { get; private set; }

    /// <summary>As a spreadsheet counts: the header is row 1.</summary>
    public int Row { get; private set; }

    public string Reason { get; private set; } = "";

    /// <summary>The cells as they stand in the file, as a JSON array.</summary>
    public string Cells { get; private set; } = "[]";
}
