using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace LeadDesk.App.Storage;

/// <summary>One column of an insert past the change tracker, with the value of a row as the database takes it.</summary>
internal sealed record InsertColumn(string Name, RelationalTypeMapping Mapping, Func<object, object?> ValueOf);

/// <summary>
/// How rows of an entity are inserted by the thousand without the change tracker: table, columns and conversions are read from the model, so
/// this cannot differ from what EF would write. Numbers that the database gives are left to it.
/// </summary>
internal sealed record InsertPlan(string Table, IReadOnlyList<InsertColumn> Columns)
{
    public static InsertPlan For(DbContext db, Type entity)
    {
        var type = db.Model.FindEntityType(entity) ?? throw new ArgumentException($"{entity.Name} is no entity.", nameof(entity));
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        var columns = type.GetProperties().Where(p => !p.IsShadowProperty() && !(p.IsPrimaryKey() && p.ValueGenerated is ValueGenerated.OnAdd))
            .Select(p => Column(p, table));
        return new(table.Name, [.. columns]);
    }

    private static InsertColumn Column(IProperty property, StoreObjectIdentifier table)
    {
        var (getter, mapping) = (property.GetGetter(), property.GetRelationalTypeMapping());
        var convert = mapping.Converter?.ConvertToProvider;
        return new(property.GetColumnName(table)!, mapping, convert is null ? getter.GetClrValue : row => getter.GetClrValue(row) is { } value ? convert(value) : null);
    }
}
