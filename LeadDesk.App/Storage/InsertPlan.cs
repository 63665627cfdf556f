using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace LeadDesk.App.Storage;

/// <summary>One column of a row that is written past the change tracker, with its value as the database takes it.</summary>
/// <param name="Property">Null for rows that are no entities.</param>
internal sealed record InsertColumn(string Name, RelationalTypeMapping Mapping, Func<object, object?> ValueOf, IProperty? Property = null);

/// <summary>
/// How rows of an entity are inserted by the thousand without the change tracker: table, columns and conversions are read from the model, so
/// this cannot differ from what EF would write. Numbers that the database gives are left to it.
/// </summary>
internal sealed record InsertPlan(string Table, IReadOnlyList<InsertColumn> Columns)
{
    private static readonly ConcurrentDictionary<(IModel Model, Type Entity), InsertPlan> _known = [];

    public static InsertPlan For(DbContext db, Type entity) => _known.GetOrAdd((db.Model, entity), static of => Read(of.Model, of.Entity));

    /// <summary>The columns in which a tracked row differs from what was read.</summary>
    public IReadOnlyList<InsertColumn> ChangedOf(EntityEntry row) => [.. Columns.Where(c => row.Property(c.Property!).IsModified)];

    private static InsertPlan Read(IModel model, Type entity)
    {
        var type = model.FindEntityType(entity) ?? throw new ArgumentException($"{entity.Name} is no entity.", nameof(entity));
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        var columns = type.GetProperties().Where(p => !p.IsShadowProperty() && !(p.IsPrimaryKey() && p.ValueGenerated is ValueGenerated.OnAdd))
            .Select(p => Column(p, table));
        return new(table.Name, [.. columns]);
    }

    private static InsertColumn Column(IProperty property, StoreObjectIdentifier table)
    {
        var (getter, mapping) = (property.GetGetter(), property.GetRelationalTypeMapping());
        var convert = mapping.Converter?.ConvertToProvider;
        return new(property.GetColumnName(table)!, mapping, convert is null ? getter.GetClrValue : row => getter.GetClrValue(row) is { } value ? convert(value) : null, property);
    }
}
