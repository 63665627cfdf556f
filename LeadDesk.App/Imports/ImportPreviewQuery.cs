using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Imports;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;
using Phones = LeadDesk.App.Leads.PhoneNumbers;

namespace LeadDesk.App.Imports;

/// <summary>One row of the preview.</summary>
/// <param name="Why">Why it fails; what an update changes; which row is the same lead.</param>
public sealed record PreviewRow(int Number, string Name, RowVerdict Verdict, string? Why);

/// <summary>What an import would do: the whole file counted, the first rows shown, and the first that fail.</summary>
public sealed record ImportPreview(int New, int Update, int AlreadyThere, int Fails, IReadOnlyList<PreviewRow> First, IReadOnlyList<PreviewRow> Failing)
{
    public const int RowsShown = 100;
}

/// <summary>Decides every row as the import itself would, and stores nothing. For managers.</summary>
public sealed class ImportPreviewQuery(IDbContextFactory<LeadDeskDb> databases, Phones phones, TimeProvider clock)
{
    /// <param name="create">What would be created first.</param>
    /// <param name="progress">Hears of the number of rows that were read, about every thousand.</param>
    public async Task<ImportPreview> RunAsync(string path, ImportOrder order, NewNames create, Actor actor, IProgress<int>? progress = null, CancellationToken ct = default)
    {
        if (!actor.MayImport)
        {
            throw new UnauthorizedAccessException("Only managers import leads.");
        }

        using var pass = new ImportPass(path, order, ImportMark.Start, phones);
        var (counts, first, failing, seen, total) = (new int[4], new List<PreviewRow>(), new List<PreviewRow>(), new RowsSeen(), 0);
        while (await pass.TakeAsync(Batch.ChunkSize) is { Count: > 0 } rows)
        {
            ct.ThrowIfCancellationRequested();
            await using var db = await databases.CreateDbContextAsync(ct);
            var names = (await DeskNames.ReadAsync(db, order.Mapping, ct)).With(create);
            var (chunk, next) = (new ImportChunk(db, names, order, actor, clock.GetUtcNow(), null, ct), -1L);
            await chunk.DecideAsync(rows, () => new LeadId(next--), seen.Find);
            foreach (var outcome in chunk.Outcomes)
            {
                counts[(int)outcome.Verdict]++;
                seen.Note(outcome);
                if (first.Count < ImportPreview.RowsShown)
                {
                    first.Add(Show(outcome, chunk));
                }

                if (outcome.Verdict is RowVerdict.Fails && failing.Count < ImportPreview.RowsShown)
                {
                    failing.Add(Show(outcome, chunk));
                }
            }

            total += rows.Count;
            progress?.Report(total);
        }

        return new(counts[(int)RowVerdict.New], counts[(int)RowVerdict.Update], counts[(int)RowVerdict.AlreadyThere], counts[(int)RowVerdict.Fails], first, failing);
    }

    private static PreviewRow Show(RowOutcome outcome, ImportChunk chunk)
    {
        var details = outcome.Row.Details;
        string?[] names = [details.Name, details.Company, .. details.Emails, .. details.Phones.Select(p => p.Typed), details.ExternalId, .. outcome.Row.Cells];
        return new(outcome.Row.Number, names.First(n => !string.IsNullOrWhiteSpace(n))!.Trim(), outcome.Verdict, outcome.Why ?? (outcome.Verdict is RowVerdict.Update ? chunk.WhatChanges(outcome.Row) : null));
    }
}
