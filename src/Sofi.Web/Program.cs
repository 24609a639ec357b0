using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.WebEncoders;
using Serilog;
using Serilog.Events;
using Sofi.Core.Data;
using Sofi.Core.Installation;
using Sofi.Core.Installation.Demonstration;
using Sofi.Data.PostgreSql;
using Sofi.Data.Sqlite;
using Sofi.Web.Composants;
using Sofi.Web.Composants.Saisie;
using Sofi.Web.Pages.Extranet;
using Sofi.Web.Securite;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");

var builder = WebApplication.CreateBuilder(args);
builder.Host.UseSerilog((context, logging) => logging
    .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
    .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
    .ReadFrom.Configuration(context.Configuration)
    .WriteTo.Console(formatProvider: CultureInfo.InvariantCulture));
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = Limits.Form;
});
SofiSettings settings;
try
{
    settings = SofiSettings.From(key => builder.Configuration[key]);
}
catch (FormatException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 1;
}

IDatabaseEngine engine = settings.IsPostgreSql ? new PostgreSqlEngine(settings.Database) : new SqliteEngine(settings.Database);
builder.Services.AddSofiCore(engine, settings);
builder.Services.AddSofiSecurity(settings, builder.Environment);
builder.Services.AddRazorPages(options =>
    {
        SecurityConventions.Apply(options);
        Adresses.Add(options.Conventions);
    })
    .AddMvcOptions(SaisieOptions.Apply);
builder.Services.AddSofiComponents();
builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("base");
builder.Services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
builder.Services.Configure<FormOptions>(options => options.MultipartBodyLengthLimit = Limits.Form);
// Over HTTPS too: the one secret of a page, its antiforgery token, is drawn anew at each answer.
builder.Services.AddResponseCompression(options =>
{
    options.EnableForHttps = true;
    options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"];
});

var app = builder.Build();
if (!app.Environment.IsDevelopment())
{
    app.UseExceptionHandler(new ExceptionHandlerOptions
    {
        ExceptionHandlingPath = "/erreur/500",
        StatusCodeSelector = exception => exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
    });
    app.UseHsts();
}

app.UseSecurityHeaders();
app.UseRequestLocalization(options => options.SetDefaultCulture("fr-FR").AddSupportedCultures("fr-FR").AddSupportedUICultures("fr-FR"));
app.UseStatusCodePagesWithReExecute("/erreur/{0}");
app.UseResponseCompression();
app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = StaticFileCaching.Apply });
app.UseRouting();
app.UseAuthentication();
app.UseUtilisateur();
app.UseAuthorization();
app.MapRazorPages();
app.MapSecurityTxt();
app.MapHealthChecks("/sante").AllowAnonymous();
app.MapFallback("{**path}", () => Results.NotFound()).AllowAnonymous();

await using (var scope = app.Services.CreateAsyncScope())
{
    var demonstration = scope.ServiceProvider.GetRequiredService<DemonstrationSet>();
    if (app.Environment.IsDevelopment())
    {
        await scope.ServiceProvider.GetRequiredService<FirstStart>().RunAsync(demonstration: true);
        var accounts = demonstration.Describe();
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(accounts));
    }
    else if (await RefusalAsync(scope.ServiceProvider.GetRequiredService<SofiDbContext>(), demonstration) is { } refusal)
    {
        await Console.Error.WriteLineAsync(refusal);
        return 1;
    }
}

await app.RunAsync();
return 0;

// In service only « sofi migrer » changes the schema: a node that starts must find it ready.
static async Task<string?> RefusalAsync(SofiDbContext db, DemonstrationSet demonstration) =>
    (await db.Database.GetPendingMigrationsAsync()).Any() ? "La base n’est pas prête. Lancez d’abord : ./sofi migrer"
    : await demonstration.IsInstalledAsync() ? DemonstrationSet.RefusEnProduction
    : null;

/// <summary>Entry point of the web site; public so that the tests can host it.</summary>
public partial class Program;
