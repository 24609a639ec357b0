using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Sofi.Core.Data;
using Sofi.Core.Installation;
using Sofi.Data.PostgreSql;
using Sofi.Data.Sqlite;

var settings = SofiSettings.FromEnvironment();
IDatabaseEngine engine = settings.IsPostgreSql ? new PostgreSqlEngine(settings.Database) : new SqliteEngine(settings.Database);
await using var services = new ServiceCollection().AddLogging().AddSofiCore(engine, settings).BuildServiceProvider();

var migrer = new Command("migrer", "Prépare la base : schéma et données de référence.");
migrer.SetAction(async (_, cancellation) =>
{
    await using var scope = services.CreateAsyncScope();
    await scope.ServiceProvider.GetRequiredService<FirstStart>().RunAsync(cancellation);
    return 0;
});

var root = new RootCommand("Sofi : l'offre de formation professionnelle d'une région.") { migrer };
return await root.Parse(args).InvokeAsync();
