using System.Text.Json;
using System.Text.Json.Serialization;
using LeadDesk.Domain.Imports;

namespace LeadDesk.App.Imports;

/// <summary>What a person asks of an import; stored with its batch.</summary>
/// <param name="FileName">As the person knows the file.</param>
/// <param name="Pool">For rows that name none; null where every row has to.</param>
public sealed record ImportOrder(string FileName, ImportShape Shape, ImportMapping Mapping, string? Pool, OnDuplicate OnDuplicate)
{
    private static readonly JsonSerializerOptions _json = new() { Converters = { new JsonStringEnumConverter() } };

    public string ToJson() => JsonSerializer.Serialize(this, _json);

    public static ImportOrder Of(string json) => JsonSerializer.Deserialize<ImportOrder>(json, _json)!;
}

/// <summary>How far an import came; the mark that its batch keeps.</summary>
/// <param name="Row">The last row that was handled, as a spreadsheet counts.</param>
public sealed record ImportMark(int Row, int Created, int Updated)
{
    public static ImportMark Start { get; } = new(1, 0, 0);

    public string ToJson() => JsonSerializer.Serialize(this);

    public static ImportMark Of(string? json) => json is null ? Start : JsonSerializer.Deserialize<ImportMark>(json)!;
}
