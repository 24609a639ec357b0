using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Sofi.Core.Data;
using Sofi.Core.Installation;
using Sofi.Data.PostgreSql;
using Sofi.Data.Sqlite;

namespace Sofi.Testing;

/// <summary>The two databases on which every test that touches data runs.</summary>
public enum DatabaseKind
{
    Sqlite,
    PostgreSql,
}

/// <summary>
/// A clone of the migrated, seeded template for one test class and one kind of database. Never dropped by a test:
/// tests inside a class make their own organisations.
/// </summary>
public sealed class TestDatabase
{
    private static readonly ConcurrentDictionary<DatabaseKind, Lazy<Task<string>>> Templates = new();
    private static readonly ConcurrentDictionary<(string, DatabaseKind), Lazy<Task<TestDatabase>>> Clones = new();
    private static readonly SemaphoreSlim Cloning = new(1);
    private static readonly string Folder = Directory.CreateTempSubdirectory("sofi-tests-").FullName;

    static TestDatabase() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);

    private TestDatabase(DatabaseKind kind, string database)
    {
        Kind = kind;
        Settings = SettingsOf(database);
        Engine = EngineOf(kind, database);
    }

    public DatabaseKind Kind { get; }

    public SofiSettings Settings { get; }

    public IDatabaseEngine Engine { get; }

    /// <summary>Connection string of the tests' PostgreSQL server, started by <c>./test</c>.</summary>
    private static string Server => Environment.GetEnvironmentVariable("SOFI_TEST_PG") is { Length: > 0 } server
        ? server
        : throw new InvalidOperationException("SOFI_TEST_PG is not set: run the tests through ./test, which starts a PostgreSQL server.");

    /// <summary>The clone of a test class.</summary>
    public static Task<TestDatabase> ForAsync(DatabaseKind kind, Type testClass) =>
        Clones.GetOrAdd((testClass.FullName!, kind), key => new(() => CloneAsync(key.Item2))).Value;

    /// <summary>A new database without any table, for tests of migrations and first starts.</summary>
    public static async Task<TestDatabase> EmptyAsync(DatabaseKind kind)
    {
        var name = NewName();
        if (kind == DatabaseKind.Sqlite) return new TestDatabase(kind, Path.Combine(Folder, name + ".db"));
        await ExecuteAsync($"CREATE DATABASE {name}");
        return new TestDatabase(kind, ConnectionString(name));
    }

    /// <summary>A fresh context on this database.</summary>
    public SofiDbContext CreateContext()
    {
        var options = new DbContextOptionsBuilder<SofiDbContext>();
        Engine.Configure(options);
        return new SofiDbContext(options.Options);
    }

    /// <summary>The services of Core over this database, with a clock of the test's own.</summary>
    public ServiceProvider CreateServices(TimeProvider? clock = null)
    {
        var services = new ServiceCollection().AddLogging().AddSofiCore(Engine, Settings)
            .ConfigureDbContext<SofiDbContext>(options => options.AddInterceptors(QueryCounter.Interceptor));
        if (clock is not null) services.Replace(ServiceDescriptor.Singleton(clock));
        return services.BuildServiceProvider(validateScopes: true);
    }

    public override string ToString() => Kind.ToString();

    private static async Task<TestDatabase> CloneAsync(DatabaseKind kind)
    {
        var template = await Templates.GetOrAdd(kind, k => new(() => BuildTemplateAsync(k))).Value;
        await Cloning.WaitAsync();
        try
        {
            var name = NewName();
            if (kind == DatabaseKind.Sqlite)
            {
                var copy = Path.Combine(Folder, name + ".db");
                File.Copy(template, copy);
                return new TestDatabase(kind, copy);
            }

            await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
            return new TestDatabase(kind, ConnectionString(name));
        }
        finally
        {
            Cloning.Release();
        }
    }

    private static async Task<string> BuildTemplateAsync(DatabaseKind kind)
    {
        var name = NewName();
        var database = kind == DatabaseKind.Sqlite ? Path.Combine(Folder, name + ".db") : ConnectionString(name) + ";Pooling=false";
        await using var services = new ServiceCollection().AddLogging().AddSofiCore(EngineOf(kind, database), SettingsOf(database)).BuildServiceProvider();
        await using (var scope = services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<FirstStart>().RunAsync();
        if (kind == DatabaseKind.PostgreSql) return name;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        return database;
    }

    private static IDatabaseEngine EngineOf(DatabaseKind kind, string database) =>
        kind == DatabaseKind.Sqlite ? new SqliteEngine(database) : new PostgreSqlEngine(database);

    private static SofiSettings SettingsOf(string database) => new(database, Folder, Path.Combine(AppContext.BaseDirectory, "reference"));

    private static string ConnectionString(string database) => new NpgsqlConnectionStringBuilder(Server) { Database = database, MaxPoolSize = 20 }.ConnectionString;

    private static string NewName() => "sofi_" + Guid.NewGuid().ToString("N")[..12];

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server) { Database = "postgres" }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
