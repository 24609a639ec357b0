using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Sofi.Core.Data;

namespace Sofi.Data.PostgreSql;

/// <summary>PostgreSQL 15 or later as the service database: migrations under EF's own table lock, COPY for bulk inserts.</summary>
/// <param name="connectionString">Npgsql connection string.</param>
public sealed class PostgreSqlEngine(string connectionString) : IDatabaseEngine
{
    /// <inheritdoc/>
    public void Configure(DbContextOptionsBuilder options) =>
        options.UseNpgsql(connectionString, npgsql => npgsql.MigrationsAssembly(typeof(PostgreSqlEngine).Assembly.GetName().Name));

    /// <inheritdoc/>
    public Task MigrateAsync(SofiDbContext db, CancellationToken cancellation = default) => db.Database.MigrateAsync(cancellation);

    /// <inheritdoc/>
    public async Task<long> BulkInsertAsync<TEntity>(SofiDbContext db, IEnumerable<TEntity> rows, string? table, CancellationToken cancellation)
        where TEntity : class
    {
        var batch = rows as IReadOnlyCollection<TEntity> ?? rows.ToList();
        var columns = BulkColumn.Of(db, batch, out var own);
        table ??= own;
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
            await using var copy = await connection.BeginBinaryImportAsync($"COPY \"{table}\" ({names}) FROM STDIN (FORMAT BINARY)", cancellation);
            var types = columns.Select(c => TypeOf(c.StoreType)).ToArray();
            foreach (var row in batch)
            {
                await copy.StartRowAsync(cancellation);
                for (var i = 0; i < columns.Count; i++)
                {
                    if (columns[i].Read(row) is { } value) await copy.WriteAsync(value, types[i], cancellation);
                    else await copy.WriteNullAsync(cancellation);
                }
            }

            return (long)await copy.CompleteAsync(cancellation);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <inheritdoc/>
    /// <remarks>The lock holds back other insertions until the commit, so that no number drawn meanwhile is given twice.</remarks>
    public Task AdvanceIdentityAsync<TEntity>(SofiDbContext db, CancellationToken cancellation = default)
        where TEntity : class
    {
        var entity = db.Model.FindEntityType(typeof(TEntity)) ?? throw new InvalidOperationException($"{typeof(TEntity).Name} is not mapped.");
        var (table, column) = (entity.GetTableName()!, entity.FindPrimaryKey()!.Properties.Single().GetColumnName());
        var generator = $"pg_get_serial_sequence('\"{table}\"', '{column}')::regclass";
        var advance = $"""
            LOCK TABLE "{table}" IN SHARE ROW EXCLUSIVE MODE;
            SELECT setval({generator}, GREATEST(MAX("{column}"), pg_sequence_last_value({generator}), 1)) FROM "{table}";
            """;
        return db.InTransactionAsync(() => db.Database.ExecuteSqlRawAsync(advance, cancellation), cancellation);
    }

    private static NpgsqlDbType TypeOf(string storeType) => storeType.Split('(')[0] switch
    {
        "integer" => NpgsqlDbType.Integer,
        "bigint" => NpgsqlDbType.Bigint,
        "boolean" => NpgsqlDbType.Boolean,
        "double precision" => NpgsqlDbType.Double,
        "numeric" => NpgsqlDbType.Numeric,
        "date" => NpgsqlDbType.Date,
        "uuid" => NpgsqlDbType.Uuid,
        "bytea" => NpgsqlDbType.Bytea,
        "timestamp with time zone" => NpgsqlDbType.TimestampTz,
        "time without time zone" => NpgsqlDbType.Time,
        _ => NpgsqlDbType.Text,
    };
}
