using Microsoft.EntityFrameworkCore;

namespace Sofi.Core.Data;

/// <summary>Updates many rows at once, by the same road on both databases: a temporary table filled in bulk, then one UPDATE.</summary>
public static class BulkUpdate
{
    private const string Staging = "maj";

    /// <summary>
    /// Writes every column of these rows, found by their primary key, inside the context's current transaction. An entity with a concurrency
    /// token is written only where the token is still the one of the row, and the token moves on.
    /// </summary>
    /// <returns>The number of rows written: fewer than given when some are gone or were changed meanwhile.</returns>
    public static async Task<int> BulkUpdateAsync<TEntity>(
        this IDatabaseEngine engine, SofiDbContext db, IReadOnlyCollection<TEntity> rows, CancellationToken cancellation = default)
        where TEntity : class
    {
        if (rows.Count == 0) return 0;
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("A bulk update needs a transaction.");
        var columns = BulkColumn.Of(db, rows, out var table);
        var entity = db.Model.FindEntityType(typeof(TEntity))!;
        var keys = entity.FindPrimaryKey()!.Properties.Select(property => property.GetColumnName()).ToList();
        var token = entity.GetProperties().FirstOrDefault(property => property.IsConcurrencyToken)?.GetColumnName();
        var set = columns.Where(column => !keys.Contains(column.Name)).Select(column =>
            column.Name == token ? $"\"{token}\" = {Staging}.\"{token}\" + 1" : $"\"{column.Name}\" = {Staging}.\"{column.Name}\"");
        var match = keys.Append(token).OfType<string>().Select(column => $"\"{table}\".\"{column}\" = {Staging}.\"{column}\"");
        var names = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));

        await RunAsync($"CREATE TEMPORARY TABLE {Staging} AS SELECT {names} FROM \"{table}\" WHERE 1 = 0");
        await engine.BulkInsertAsync(db, rows, Staging, cancellation);
        var written = await RunAsync($"UPDATE \"{table}\" SET {string.Join(", ", set)} FROM {Staging} WHERE {string.Join(" AND ", match)}");
        await RunAsync($"DROP TABLE {Staging}");
        return written;

        // Only names of the EF model are put together here, never a value.
        Task<int> RunAsync(string sql) => db.Database.ExecuteSqlRawAsync(sql, cancellation);
    }
}
