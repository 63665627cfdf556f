using LeadDesk.App.Storage;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pools;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Settings;

/// <summary>Pools and who belongs to them.</summary>
public sealed partial class PoolsPage
{
    private const int Named = 6;

    [Inject] public required AddPool Add { get; init; }
    [Inject] public required EditPool Edit { get; init; }
    [Inject] public required DeletePool Delete { get; init; }

    protected override async Task<IReadOnlyList<SettingRow>> RowsAsync(Desk desk, Actor actor)
    {
        var uses = await Uses.OfPoolsAsync(actor);
        return [.. desk.Pools.Select(p => new SettingRow(p.Id.Value, p.Name, Words(p, desk), uses.GetValueOrDefault(p.Id.Value)))];
    }

    private static string Words(Pool pool, Desk desk)
    {
        var names = desk.Employees.Where(e => pool.Has(e.Id)).Select(e => e.Name).ToList();
        return names.Count == 0 ? "nobody, so its leads cannot be assigned"
            : names.Count <= Named + 1 ? $"{names.Count}: {string.Join(", ", names)}"
            : $"{names.Count}: {string.Join(", ", names.Take(Named))} and {names.Count - Named} more";
    }

    private SettingDraft DraftOf(SettingRow? row) =>
        row is not null && Desk.Pool(new(row.Id)) is { } pool ? new() { Name = pool.Name, Members = [.. pool.Members.Select(m => m.EmployeeId)] } : new();
}
