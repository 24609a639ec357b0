using System.Globalization;
using Serilog;
using Sofi.Core.Data;
using Sofi.Core.Installation;
using Sofi.Core.Installation.Demonstration;
using Sofi.Data.PostgreSql;
using Sofi.Data.Sqlite;
using Sofi.Web.Securite;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");

var builder = WebApplication.CreateBuilder(args);
builder.Host.UseSerilog((context, logging) => logging.ReadFrom.Configuration(context.Configuration).WriteTo.Console(formatProvider: CultureInfo.InvariantCulture));
var settings = SofiSettings.FromEnvironment();
IDatabaseEngine engine = settings.IsPostgreSql ? new PostgreSqlEngine(settings.Database) : new SqliteEngine(settings.Database);
builder.Services.AddSofiCore(engine, settings);
builder.Services.AddSofiSecurity(settings);
builder.Services.AddRazorPages(SecurityConventions.Apply);
builder.Services.AddHealthChecks();

var app = builder.Build();
app.UseRequestLocalization(options => options.SetDefaultCulture("fr-FR").AddSupportedCultures("fr-FR").AddSupportedUICultures("fr-FR"));
app.UseSecurityHeaders();
app.UseStaticFiles();
app.UseRouting();
app.UseAuthentication();
app.UseUtilisateur();
app.UseAuthorization();
app.MapRazorPages();
app.MapHealthChecks("/sante").AllowAnonymous();

await using (var scope = app.Services.CreateAsyncScope())
{
    await scope.ServiceProvider.GetRequiredService<FirstStart>().RunAsync(demonstration: app.Environment.IsDevelopment());
    var demonstration = scope.ServiceProvider.GetRequiredService<DemonstrationSet>();
    if (app.Environment.IsProduction() && await demonstration.IsInstalledAsync())
    {
        await Console.Error.WriteLineAsync(DemonstrationSet.RefusEnProduction);
        return 1;
    }

    if (app.Environment.IsDevelopment())
    {
        var accounts = demonstration.Describe();
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(accounts));
    }
}

await app.RunAsync();
return 0;

/// <summary>Entry point of the web site; public so that the tests can host it.</summary>
public partial class Program;
