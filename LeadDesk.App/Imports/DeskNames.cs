using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Imports;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Pools;
using LeadDesk.Domain.Tags;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Imports;

/// <summary>What the rows of an import name, as the database has it now: sources, pools, tags and owners, found without regard to case.</summary>
internal sealed class DeskNames
{
    private readonly Dictionary<string, Source> _sources = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Pool> _pools = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Tag> _tags = new(StringComparer.OrdinalIgnoreCase);
    private ILookup<string, Employee> _owners = Enumerable.Empty<Employee>().ToLookup(e => e.Name);

    private DeskNames() { }

    /// <summary>Where new leads stand; none on a desk without an open stage.</summary>
    public StageId? FirstStage { get; private set; }

    public static async Task<DeskNames> ReadAsync(LeadDeskDb db, ImportMapping mapping, CancellationToken ct)
    {
        var names = new DeskNames();
        Keep(names._sources, await db.Sources.AsNoTracking().OrderBy(s => s.Id).ToListAsync(ct), s => s.Name);
        Keep(names._pools, await db.Pools.AsNoTracking().Include(p => p.Members).OrderBy(p => p.Id).ToListAsync(ct), p => p.Name);
        Keep(names._tags, await db.Tags.AsNoTracking().OrderBy(t => t.Id).ToListAsync(ct), t => t.Name);
        names.FirstStage = (await db.Stages.AsNoTracking().Where(s => s.Kind == StageKind.Open).OrderBy(s => s.Position).ThenBy(s => s.Id).FirstOrDefaultAsync(ct))?.Id;
        if (mapping.Maps(ColumnTarget.Owner))
        {
            var employees = await db.Employees.AsNoTracking().ToListAsync(ct);
            names._owners = employees.SelectMany(e => new[] { (Key: e.Email, Who: e), (Key: e.Name, Who: e) }).ToLookup(e => e.Key, e => e.Who, StringComparer.OrdinalIgnoreCase);
        }

        return names;
    }

    /// <summary>For a preview: as if these were there already. They have no members, so they can have no owners yet.</summary>
    public DeskNames With(NewNames created)
    {
        Keep(_sources, created.Sources.Select((n, i) => Source.Create(new(-1 - i), n).Value).OfType<Source>(), s => s.Name);
        Keep(_pools, created.Pools.Select((n, i) => Pool.Create(new(-1 - i), n).Value).OfType<Pool>(), p => p.Name);
        Keep(_tags, created.Tags.Select((n, i) => Tag.Create(new(-1 - i), n).Value).OfType<Tag>(), t => t.Name);
        return this;
    }

    public Outcome<Source> SourceOf(string name) => _sources.TryGetValue(name, out var source) ? source : new NotFound($"No source is called “{name}”.");

    public Outcome<Pool> PoolOf(string? name) =>
        name is null ? new NotFound("The row names no pool.") : _pools.TryGetValue(name, out var pool) ? pool : new NotFound($"No pool is called “{name}”.");

    public Outcome<Tag> TagOf(string name) => _tags.TryGetValue(name, out var tag) ? tag : new NotFound($"No tag is called “{name}”.");

    public Outcome<Employee> OwnerOf(string text) => _owners[text].Distinct().ToList() switch
    {
        [] => new NotFound($"No employee is called “{text}”."),
        [var one] => one,
        _ => new NotFound($"More than one employee is called “{text}”. Name them by e-mail."),
    };

    private static void Keep<T>(Dictionary<string, T> names, IEnumerable<T> things, Func<T, string> name)
    {
        foreach (var thing in things)
        {
            names.TryAdd(name(thing), thing);
        }
    }
}
