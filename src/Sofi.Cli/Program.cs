using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sofi.Cli.Commandes;
using Sofi.Core.Data;
using Sofi.Core.Installation;
using Sofi.Data.PostgreSql;
using Sofi.Data.Sqlite;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");

var settings = SofiSettings.FromEnvironment();
IDatabaseEngine engine = settings.IsPostgreSql ? new PostgreSqlEngine(settings.Database) : new SqliteEngine(settings.Database);
await using var services = new ServiceCollection().AddLogging().AddSofiCore(engine, settings).BuildServiceProvider();

var migrer = new Command("migrer", "Prépare la base : schéma et données de référence.");
migrer.SetAction(async (_, cancellation) =>
{
    await using var scope = services.CreateAsyncScope();
    await scope.ServiceProvider.GetRequiredService<FirstStart>().RunAsync(cancellation: cancellation);
    return 0;
});

var root = new RootCommand("Sofi : l'offre de formation professionnelle d'une région.")
{
    migrer,
    Compte.Build(services, Console.In, Environment.GetEnvironmentVariable(Compte.VariableMotDePasse)),
};

// The contract: 0 done, 1 refused with the reasons on stderr, 2 bad usage.
var parsed = root.Parse(args);
var code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? 2 : code;
