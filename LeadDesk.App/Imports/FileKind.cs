using System.Text;

namespace LeadDesk.App.Imports;

/// <summary>Recognises by its first bytes what is no list of rows, and says what it is.</summary>
internal static class FileKind
{
    private const string Again = "Save it as CSV and try again.";

    public static NotAList? Refuse(ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8) ? new(Packed(head))
        : head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) ? new($"This is an old Excel or Word file. {Again}")
        : head.StartsWith("%PDF"u8) ? new("This is a PDF file. A list of rows is needed, as CSV.")
        : head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) || head.StartsWith("BZh"u8) || head.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF]) || head.StartsWith("Rar!"u8)
            ? new("This is a packed file. Unpack it and import the CSV in it.")
        : head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || head.StartsWith("GIF8"u8)
            ? new("This is a picture. A list of rows is needed, as CSV.")
        : IsMarkup(head) ? new($"This is a web page or XML. {Again}")
        : !HasWideMark(head) && head.Contains((byte)0) ? new("This is not a text file. A list of rows is needed, as CSV.")
        : null;

    /// <summary>Names of the parts stand in the clear; nothing is unpacked to find them.</summary>
    private static string Packed(ReadOnlySpan<byte> head) =>
        head.IndexOf("xl/"u8) >= 0 ? $"This is an Excel workbook. {Again}"
        : head.IndexOf("word/"u8) >= 0 ? $"This is a Word file. {Again}"
        : head.IndexOf("ppt/"u8) >= 0 ? $"This is a PowerPoint file. {Again}"
        : head.IndexOf("opendocument.spreadsheet"u8) >= 0 ? $"This is a spreadsheet in OpenDocument form. {Again}"
        : head.IndexOf("opendocument"u8) >= 0 ? $"This is an OpenDocument file. {Again}"
        : "This is a packed file. Unpack it and import the CSV in it.";

    private static bool IsMarkup(ReadOnlySpan<byte> head)
    {
        var start = Encoding.Latin1.GetString(head[..Math.Min(head.Length, 256)]).TrimStart('\u00ef', '\u00bb', '\u00bf', ' ', '\r', '\n', '\t');
        return start.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase);
    }

    private static bool HasWideMark(ReadOnlySpan<byte> head) => head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
}
