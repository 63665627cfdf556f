using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Imports;
using LeadDesk.Domain.People;

namespace LeadDesk.App.Imports;

/// <summary>An uploaded file that was looked at: what it holds, and what its columns would become.</summary>
/// <param name="Samples">Up to three values for each column.</param>
/// <param name="IsRemembered">The choices are those of the last file with the same columns.</param>
public sealed record ImportDraft(string Token, string Path, ImportOrder Order, IReadOnlyList<IReadOnlyList<string>> Samples, bool IsRemembered);

/// <summary>For whoever uploaded the file. A bad one gets its sentence and is thrown away.</summary>
public sealed class OpenDraft(WaitingFiles waiting, ImportsQuery imports)
{
    public async Task<Outcome<ImportDraft>> RunAsync(string token, Actor by, CancellationToken ct = default)
    {
        if (!by.MayImport || by.Id is not { } me || waiting.Find(me, token) is not { } file)
        {
            return new NotAList("This file is no longer here. Choose it again.");
        }

        var path = waiting.PathOf(me, token);
        var inspected = await Task.Run(() => ImportFile.Inspect(path), ct);
        if (inspected.Value is not { } shape)
        {
            waiting.Remove(me, token);
            return inspected.Refusal!;
        }

        var last = file.Order is null ? await imports.LastLikeAsync(shape.Headers, by, ct) : null;
        var order = file.Order is { } chosen ? ImportOrder.Of(chosen)
            : last is not null ? last with { FileName = file.FileName, Shape = shape }
            : new ImportOrder(file.FileName, shape, ImportMapping.Guess(shape.Headers), null, OnDuplicate.Skip);
        try
        {
            return new ImportDraft(token, path, order, FileSamples.Take(path, shape, order.Mapping.MeansNothing), last is not null);
        }
        catch (UnreadableFileException e)
        {
            waiting.Remove(me, token);
            return new NotAList(e.Message);
        }
    }
}
