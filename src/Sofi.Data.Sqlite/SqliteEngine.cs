using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Sofi.Core.Data;

namespace Sofi.Data.Sqlite;

/// <summary>SQLite as the embedded database: WAL, foreign keys, busy timeout; migrations guarded by a file lock.</summary>
/// <param name="path">Path of the database file; its folder is created when missing.</param>
public sealed class SqliteEngine(string path) : IDatabaseEngine
{
    /// <inheritdoc/>
    public void Configure(DbContextOptionsBuilder options)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 30 };
        options.UseSqlite(connection.ConnectionString, sqlite => sqlite.MigrationsAssembly(typeof(SqliteEngine).Assembly.GetName().Name))
            .AddInterceptors(PragmaInterceptor.Instance);
    }

    /// <inheritdoc/>
    public async Task MigrateAsync(SofiDbContext db, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        await using var guard = await LockAsync(path + ".migration", cancellation);
        // EF's own lock is a row: a start killed half-way would leave it for ever. The file lock above replaces it.
        await db.Database.OpenConnectionAsync(cancellation);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL; DROP TABLE IF EXISTS __EFMigrationsLock;", cancellation);
        await db.Database.MigrateAsync(cancellation);
        await db.Database.CloseConnectionAsync();
    }

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
            var connection = (SqliteConnection)db.Database.GetDbConnection();
            var ambient = db.Database.CurrentTransaction?.GetDbTransaction() as SqliteTransaction;
            var local = ambient is null ? (SqliteTransaction)await connection.BeginTransactionAsync(cancellation) : null;
            await using var command = connection.CreateCommand();
            command.Transaction = ambient ?? local;
            var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
            command.CommandText = $"INSERT INTO \"{table}\" ({names}) VALUES ({string.Join(", ", columns.Select((_, i) => "$" + i))})";
            foreach (var (_, i) in columns.Select((c, i) => (c, i))) command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i });
            long count = 0;
            foreach (var row in batch)
            {
                cancellation.ThrowIfCancellationRequested();
                for (var i = 0; i < columns.Count; i++) command.Parameters[i].Value = columns[i].Read(row) ?? DBNull.Value;
                await command.ExecuteNonQueryAsync(cancellation);
                count++;
            }

            if (local is not null)
            {
                await local.CommitAsync(cancellation);
                await local.DisposeAsync();
            }

            return count;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <inheritdoc/>
    /// <remarks>Nothing to do: SQLite's AUTOINCREMENT follows every number inserted.</remarks>
    public Task AdvanceIdentityAsync<TEntity>(SofiDbContext db, CancellationToken cancellation = default)
        where TEntity : class => Task.CompletedTask;

    private static async Task<FileStream> LockAsync(string file, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (attempt < 600)
            {
                await Task.Delay(100, cancellation);
            }
        }
    }

    private sealed class PragmaInterceptor : DbConnectionInterceptor
    {
        public static readonly PragmaInterceptor Instance = new();

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Apply(connection);
            return Task.CompletedTask;
        }

        private static void Apply(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA busy_timeout = 30000; PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;";
            command.ExecuteNonQuery();
        }
    }
}
