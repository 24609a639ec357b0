using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Testing;
using Sofi.Web.Securite;
using Sofi.Web.Taches;

namespace Sofi.Web.Tests;

/// <summary>
/// The web site as in production, over the database of a test class, on 12 February 2025, the month of the procedure.
/// With <paramref name="components"/> it also serves the pages of this assembly, which show the components.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="components">True to serve the pages of this assembly too.</param>
/// <param name="settings">Further settings, such as <c>SOFI_SECOND_FACTEUR</c>.</param>
public sealed class SofiHost(TestDatabase database, bool components = false, IReadOnlyDictionary<string, string>? settings = null) : WebApplicationFactory<Program>
{
    public static readonly DateTimeOffset Start = new(2025, 2, 12, 9, 0, 0, TimeSpan.Zero);

    static SofiHost()
    {
        // A site for each test class and database: watched by inotify, their files would go beyond what a user may watch.
        Environment.SetEnvironmentVariable("DOTNET_USE_POLLING_FILE_WATCHER", "true");
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
    }

    public TestDatabase Database { get; } = database;

    public FakeTimeProvider Clock { get; } = new(Start);

    /// <summary>The session cookie of an account, made without its password: only sign-in tests hash.</summary>
    public async Task<Cookie> MintCookieAsync(int compteId)
    {
        await using var db = Database.CreateContext();
        var compte = await db.Set<Compte>().SingleAsync(c => c.Id == compteId);
        var now = Clock.GetUtcNow().UtcDateTime;
        var session = new SessionCompte { Id = Guid.NewGuid(), CompteId = compteId, OuverteLe = now, VueLe = now, Navigateur = "Navigateur de test" };
        db.Add(session);
        await db.SaveChangesAsync();
        var identity = new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, compte.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new Claim(ClaimTypes.Name, compte.UserName!),
            new Claim(new ClaimsIdentityOptions().SecurityStampClaimType, compte.SecurityStamp!),
            new Claim(ConnexionService.SessionClaim, session.Id.ToString("N")),
        ], IdentityConstants.ApplicationScheme);
        var options = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var properties = new AuthenticationProperties { IssuedUtc = Clock.GetUtcNow(), ExpiresUtc = Clock.GetUtcNow() + options.ExpireTimeSpan };
        var ticket = new AuthenticationTicket(new ClaimsPrincipal(identity), properties, IdentityConstants.ApplicationScheme);
        return new Cookie(options.Cookie.Name!, options.TicketDataFormat.Protect(ticket), "/", "localhost") { Secure = true, HttpOnly = true };
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("SOFI_DB", Database.Settings.Database);
        builder.UseSetting("SOFI_DATA", Database.Settings.DataFolder);
        builder.UseSetting("Serilog:MinimumLevel:Default", "Error");
        builder.UseSetting("Serilog:MinimumLevel:Override:Microsoft", "Error");
        builder.UseSetting("Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime", "Error");
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) builder.UseSetting(name, value);
        builder.ConfigureTestServices(services =>
        {
            // Mails stay in the outbox, where the tests read them; their sending has its own tests.
            services.Remove(services.Single(service => service.ImplementationType == typeof(EnvoiCourriels)));
            services.AddSingleton<IStartupFilter, NetworkAddress>();
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            services.ConfigureDbContext<SofiDbContext>(options => options.AddInterceptors(QueryCounter.Interceptor));
            if (components) services.AddRazorPages().AddApplicationPart(typeof(SofiHost).Assembly);
        });
    }

    /// <summary>Name of the header by which a test says from where it comes; without it requests have no address, and are not limited.</summary>
    public const string AddressHeader = "X-Test-Address";

    private sealed class NetworkAddress : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, then) =>
            {
                if (context.Request.Headers.TryGetValue(AddressHeader, out var address)) context.Connection.RemoteIpAddress = IPAddress.Parse(address.ToString());
                return then(context);
            });
            next(app);
        };
    }
}
