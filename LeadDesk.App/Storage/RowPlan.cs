using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace LeadDesk.App.Storage;

/// <summary>One column of a row that is written past the change tracker, with its value as the database takes it.</summary>
/// <param name="Property">Null for rows that are no entities.</param>
internal sealed record RowColumn(string Name, RelationalTypeMapping Mapping, Func<object, object?> ValueOf, IProperty? Property = null);

/// <summary>
/// How rows of an entity are written by the thousand without the change tracker: table, columns and conversions are read from the model, so
/// this cannot differ from what EF would write. Numbers that the database gives are left to it.
/// </summary>
internal sealed record RowPlan(string Table, IReadOnlyList<RowColumn> Columns)
{
    private static readonly ConcurrentDictionary<(IModel Model, Type Entity), RowPlan> _known = [];

    public static RowPlan For(DbContext db, Type entity) => _known.GetOrAdd((db.Model, entity), static of => Read(of.Model, of.Entity));

    /// <summary>The columns in which a tracked row differs from what was read.</summary>
    public IReadOnlyList<RowColumn> ChangedOf(EntityEntry row) => [.. Columns.Where(c => row.Property(c.Property!).IsModified)];

    private static RowPlan Read(IModel model, Type entity)
    {
        var type = model.FindEntityType(entity) ?? throw new ArgumentException($"{entity.Name} is no entity.", nameof(entity));
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        var columns = type.GetProperties().Where(p => !p.IsShadowProperty() && !(p.IsPrimaryKey() && p.ValueGenerated is ValueGenerated.OnAdd))
            .Select(p => Column(p, table));
        return new(table.Name, [.. columns]);
    }

    private static RowColumn Column(IProperty property, StoreObjectIdentifier table)
    {
        var (getter, mapping) = (property.GetGetter(), property.GetRelationalTypeMapping());
        var convert = mapping.Converter?.ConvertToProvider;
        return new(property.GetColumnName(table)!, mapping, convert is null ? getter.GetClrValue : row => getter.GetClrValue(row) is { } value ? convert(value) : null, property);
    }
}
