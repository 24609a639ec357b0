using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.Extensions.Time.Testing;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Testing;

namespace Sofi.Web.Tests;

/// <summary>
/// The web site of one test class on one database: started once, never stopped by a test.
/// <code>
/// var app = await SofiApp.ForAsync(kind, GetType());
/// var browser = await app.SignInAsync(await app.AddCompteAsync(Role.Valideur));
/// var page = await browser.GetAsync("/cariforef");
/// </code>
/// </summary>
public sealed class SofiApp
{
    private static readonly ConcurrentDictionary<(Type, DatabaseKind), Lazy<Task<SofiApp>>> Apps = new();
    private static int lastCompte;

    private SofiApp(SofiHost host)
    {
        Host = host;
        // Queries of a request count for the test that sent it.
        host.Server.PreserveExecutionContext = true;
    }

    public SofiHost Host { get; }

    public TestDatabase Database => Host.Database;

    public FakeTimeProvider Clock => Host.Clock;

    /// <param name="kind">Database.</param>
    /// <param name="testClass">The test class: tests inside it share the site and make their own organisations.</param>
    /// <param name="components">True to serve the pages of this assembly too, which show the components.</param>
    public static Task<SofiApp> ForAsync(DatabaseKind kind, Type testClass, bool components = false) =>
        Apps.GetOrAdd((testClass, kind), _ => new(async () => new SofiApp(new SofiHost(await TestDatabase.ForAsync(kind, testClass), components)))).Value;

    public SofiDbContext CreateContext() => Database.CreateContext();

    /// <summary>An account of the test's own, attached to these établissements.</summary>
    public async Task<Compte> AddCompteAsync(Role role, params int[] etablissements)
    {
        var compte = OffreScene.NewCompte($"personne{Interlocked.Increment(ref lastCompte)}@exemple.test", role);
        compte.Etablissements.AddRange(etablissements.Select(numero => new CompteEtablissement { EtablissementNumero = numero }));
        await using var db = CreateContext();
        db.Add(compte);
        await db.SaveChangesAsync();
        return compte;
    }

    /// <summary>A browser that nobody signed in.</summary>
    public Navigateur Browse() => new(CreateClient(new CookieContainer()));

    public Task<Navigateur> SignInAsync(Compte compte) => SignInAsync(compte.Id);

    public Task<Navigateur> SignInAsync(Utilisateur utilisateur) => SignInAsync(utilisateur.CompteId);

    private async Task<Navigateur> SignInAsync(int compteId)
    {
        var cookies = new CookieContainer();
        cookies.Add(await Host.MintCookieAsync(compteId));
        return new Navigateur(CreateClient(cookies));
    }

    private HttpClient CreateClient(CookieContainer cookies) => Host.CreateDefaultClient(new Uri("https://localhost"), new CookieContainerHandler(cookies));
}
