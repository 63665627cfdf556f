using System.Text.Encodings.Web;
using System.Text.Json;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Imports;

namespace LeadDesk.App.Imports;

/// <summary>A mapping as a file that a person reads and corrects: columns by header, in the words of the product.</summary>
public static class MappingFile
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        PropertyNameCaseInsensitive = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        // Headers are read by people, and the file is no part of a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(ImportMapping mapping) => JsonSerializer.Serialize(
        new Content(mapping.Columns.ToDictionary(c => c.Header, c => c.Target.Word()), mapping.MeansNothing, mapping.SourceOfTheRest), _json);

    /// <summary>Corrects the guess: what the text is silent about stays as guessed, unless the text gives its place to another column.</summary>
    public static Outcome<ImportMapping> Read(string text, ImportMapping guess)
    {
        Content? content;
        try
        {
            content = JsonSerializer.Deserialize<Content>(text, _json);
        }
        catch (JsonException e)
        {
            return new NotAList($"The mapping is no JSON: line {e.LineNumber + 1}.");
        }

        var said = new Dictionary<string, ColumnTarget>(StringComparer.OrdinalIgnoreCase);
        foreach (var (header, word) in content?.Columns ?? [])
        {
            if (!guess.Columns.Any(c => string.Equals(c.Header, header.Trim(), StringComparison.OrdinalIgnoreCase)))
            {
                return new NotAList($"The mapping names a column “{header}” that the file does not have.");
            }

            if (ColumnTargets.Of(word ?? "") is not { } target)
            {
                return new NotAList($"The mapping makes “{header}” a “{word}”. A column becomes one of: {string.Join(", ", ColumnTargets.All.Select(t => t.Word()))}.");
            }

            said[header.Trim()] = target;
        }

        var taken = said.Values.Where(t => !t.TakesSeveral() || t is ColumnTarget.Name).ToHashSet();
        var mapping = guess with
        {
            Columns = [.. guess.Columns.Select(c => said.TryGetValue(c.Header, out var target) ? c with { Target = target } : taken.Contains(c.Target) ? c with { Target = ColumnTarget.FurtherDetail } : c)],
            MeansNothing = content?.MeansNothing ?? guess.MeansNothing,
            SourceOfTheRest = content?.SourceOfTheRest ?? guess.SourceOfTheRest,
        };
        return mapping.Check() is { } refusal ? refusal : mapping;
    }

    private sealed record Content(Dictionary<string, string>? Columns, IReadOnlyList<string>? MeansNothing, string? SourceOfTheRest);
}
