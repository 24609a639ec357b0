using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Sofi.Core.Data;

/// <summary>One column of a bulk insert: its name, its provider type, and how to read it from an entity through the EF model.</summary>
/// <param name="Name">Column name.</param>
/// <param name="StoreType">Type of the column in the database, such as <c>text</c>.</param>
/// <param name="Read">Reads the converted value, <c>null</c> for NULL.</param>
public sealed record BulkColumn(string Name, string StoreType, Func<object, object?> Read)
{
    /// <summary>
    /// The insertable columns of an entity: computed columns are left out, and so is a store-generated integer key unless the
    /// rows carry one (all or none).
    /// </summary>
    public static IReadOnlyList<BulkColumn> Of<TEntity>(SofiDbContext db, IEnumerable<TEntity> rows, out string table)
        where TEntity : class
    {
        var entity = db.Model.FindEntityType(typeof(TEntity)) ?? throw new InvalidOperationException($"{typeof(TEntity).Name} is not mapped.");
        table = entity.GetTableName()!;
        var columns = new List<BulkColumn>();
        var key = entity.FindPrimaryKey()!.Properties;
        var withKeys = rows.FirstOrDefault() is { } first && key is [{ PropertyInfo: { } info }] && !Equals(info.GetValue(first), key[0].Sentinel);
        Collect(entity, row => row, columns, withKeys);
        return columns;
    }

    private static void Collect(ITypeBase type, Func<object, object?> reach, List<BulkColumn> columns, bool withKeys)
    {
        foreach (var property in type.GetProperties())
        {
            if (property.GetComputedColumnSql() is not null) continue;
            if (!withKeys && property.ValueGenerated == ValueGenerated.OnAdd && property.IsPrimaryKey()) continue;
            var mapping = property.GetRelationalTypeMapping();
            var convert = mapping.Converter?.ConvertToProvider;
            columns.Add(new BulkColumn(property.GetColumnName(), mapping.StoreType, row => Convert(property, reach(row), convert)));
        }

        foreach (var complex in type.GetComplexProperties())
            Collect(complex.ComplexType, row => reach(row) is { } owner ? complex.PropertyInfo!.GetValue(owner) : null, columns, withKeys);
    }

    private static object? Convert(IProperty property, object? owner, Func<object?, object?>? convert)
    {
        var value = owner is null ? null : property.PropertyInfo!.GetValue(owner);
        if (value is null) return null;
        return convert is null ? value : convert(value);
    }
}
