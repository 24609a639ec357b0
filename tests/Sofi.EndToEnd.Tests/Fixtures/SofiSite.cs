using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Testing;
using Sofi.Web.Tests;

namespace Sofi.EndToEnd.Tests;

/// <summary>
/// The web site of one test class served over HTTPS to Debian's Chromium, as in production, on 12 February 2025.
/// <code>
/// var site = await SofiSite.ForAsync(GetType());
/// await using var visite = await site.VisitAsync(compte, width: 375);
/// await visite.GoAsync("/sofi");
/// </code>
/// </summary>
public sealed class SofiSite
{
    private static readonly ConcurrentDictionary<Type, Lazy<Task<SofiSite>>> Sites = new();
    private static readonly Lazy<Task<IBrowser>> Browser = new(LaunchAsync);

    private SofiSite(SofiHost host)
    {
        Host = host;
        host.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(SelfSigned())));
        host.StartServer();
        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Address = new UriBuilder(address) { Host = "localhost" }.Uri;
    }

    public SofiHost Host { get; }

    public Uri Address { get; }

    /// <param name="testClass">The test class: tests inside it share the site and make their own organisations.</param>
    /// <param name="kind">Database.</param>
    /// <param name="components">True to serve the pages that show the components.</param>
    public static Task<SofiSite> ForAsync(Type testClass, DatabaseKind kind = DatabaseKind.Sqlite, bool components = false) =>
        Sites.GetOrAdd(testClass, _ => new(async () => new SofiSite(new SofiHost(await TestDatabase.ForAsync(kind, testClass), components)))).Value;

    public SofiDbContext CreateContext() => Host.Database.CreateContext();

    /// <summary>A browser window of its own, signed in when an account is given.</summary>
    /// <param name="compteId">Account, or <c>null</c> for nobody.</param>
    /// <param name="width">Width in CSS pixels: 1280 or 375.</param>
    /// <param name="script">False for a browser that runs no script.</param>
    public async Task<Visite> VisitAsync(int? compteId = null, int width = 1280, bool script = true)
    {
        var context = await (await Browser.Value).NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address.ToString(),
            IgnoreHTTPSErrors = true,
            Locale = "fr-FR",
            TimezoneId = "Europe/Paris",
            ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 740 : 900 },
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = script,
        });
        context.SetDefaultTimeout(15_000);
        if (compteId is { } id)
        {
            var cookie = await Host.MintCookieAsync(id);
            await context.AddCookiesAsync([new() { Name = cookie.Name, Value = cookie.Value, Domain = "localhost", Path = "/", Secure = true, HttpOnly = true }]);
        }

        return new Visite(context, await context.NewPageAsync());
    }

    public Task<Visite> VisitAsync(Utilisateur utilisateur, int width = 1280) => VisitAsync(utilisateur.CompteId, width);

    private static async Task<IBrowser> LaunchAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = FindChromium(),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
    }

    private static string FindChromium() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("Chromium is missing: ./test installs it, or install the package chromium.");

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(SofiHost.Start.AddYears(-1), SofiHost.Start.AddYears(20));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
