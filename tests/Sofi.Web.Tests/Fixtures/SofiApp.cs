using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Sofi.Core.Comptes;
using Sofi.Core.Courriels;
using Sofi.Core.Data;
using Sofi.Core.Journal;
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
    /// <param name="settings">Further settings of the site.</param>
    public static Task<SofiApp> ForAsync(
        DatabaseKind kind, Type testClass, bool components = false, IReadOnlyDictionary<string, string>? settings = null) =>
        Apps.GetOrAdd((testClass, kind), _ => new(async () => new SofiApp(new SofiHost(await TestDatabase.ForAsync(kind, testClass), components, settings)))).Value;

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
    /// <param name="address">Network address from which it comes; without one its forms are not limited.</param>
    public Navigateur Browse(string? address = null)
    {
        var client = CreateClient(new CookieContainer());
        if (address is not null) client.DefaultRequestHeaders.Add(SofiHost.AddressHeader, address);
        return new Navigateur(client);
    }

    /// <summary>The last mail written to this address, and how many there were; its text is there until it is sent.</summary>
    public async Task<(Courriel? Last, int Count)> MailsAsync(string address)
    {
        await using var db = CreateContext();
        var mails = await db.Set<Courriel>().AsNoTracking().Where(c => c.Destinataire == address).OrderBy(c => c.Id).ToListAsync();
        return (mails.LastOrDefault(), mails.Count);
    }

    /// <summary>Path of the link in the last mail written to this address.</summary>
    public async Task<string> LinkAsync(string address)
    {
        var text = (await MailsAsync(address)).Last?.Texte ?? throw new InvalidOperationException($"No mail waits for {address}.");
        return new Uri(text.Split("\n\n").Single(paragraph => paragraph.StartsWith("http", StringComparison.Ordinal))).AbsolutePath;
    }

    /// <summary>Types of the journal's events on an account, in order.</summary>
    public async Task<List<string>> JournalAsync(int compte)
    {
        await using var db = CreateContext();
        var key = compte.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return await db.Set<Evenement>().Where(e => e.Objet == "compte" && e.Cle == key).OrderBy(e => e.Id).Select(e => e.Type).ToListAsync();
    }

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
