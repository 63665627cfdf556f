namespace LeadDesk.App.Imports;

/// <summary>How a file of rows is written.</summary>
/// <param name="Encoding">None where the file is UTF-8 or says by its first bytes what it is.</param>
public sealed record ImportShape(string? Encoding, char Separator, IReadOnlyList<string> Headers)
{
    /// <summary>"windows-1252", for files that are no valid UTF-8.</summary>
    public const string Western = "windows-1252";

    /// <summary>Whether a mapping of the one fits the other.</summary>
    public bool HasHeadersOf(IReadOnlyList<string> headers) => Headers.SequenceEqual(headers, StringComparer.OrdinalIgnoreCase);
}
