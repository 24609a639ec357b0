using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sofi.Cli.Commandes;
using Sofi.Core.Data;
using Sofi.Core.Installation;
using Sofi.Data.PostgreSql;
using Sofi.Data.Sqlite;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
var settings = SofiSettings.FromEnvironment();
IDatabaseEngine engine = settings.IsPostgreSql ? new PostgreSqlEngine(settings.Database) : new SqliteEngine(settings.Database);
await using var services = new ServiceCollection().AddLogging().AddSofiCore(engine, settings).BuildServiceProvider();
return await Racine.RunAsync(args, services, Console.Out, Console.Error);
