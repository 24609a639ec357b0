using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sofi.Core.Comptes;
using Sofi.Core.Courriels;
using Sofi.Core.Gestion;
using Sofi.Core.Installation.Demonstration;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Validation;
using Sofi.Testing;

namespace Sofi.EndToEnd.Tests;

/// <summary>An offer, by the numbers that addresses carry.</summary>
public sealed record Offer(string Nom, int Formation, int Action, int Session, int Dispositif, int Soumission = 0)
{
    /// <summary>The address of a page about this offer, from its route.</summary>
    public string Fill(string template) => template
        .Replace("{f:int}", $"{Formation}", StringComparison.Ordinal).Replace("{a:int}", $"{Action}", StringComparison.Ordinal)
        .Replace("{s:int}", $"{Session}", StringComparison.Ordinal).Replace("{d:int}", $"{Dispositif}", StringComparison.Ordinal);
}

/// <summary>A site with the demonstration set, and one organisation more whose offers are in every state.</summary>
public sealed class World
{
    private static readonly ConcurrentDictionary<Type, Lazy<Task<World>>> Worlds = new();

    private World(SofiSite site, OffreScene scene) => (Site, Scene) = (site, scene);

    public SofiSite Site { get; }

    public OffreScene Scene { get; }

    public Offer InProgress { get; private set; } = null!;

    public Offer Waiting { get; private set; } = null!;

    public Offer Validated { get; private set; } = null!;

    public Offer Refused { get; private set; } = null!;

    /// <param name="testClass">Tests of a class share the world: each leaves its offers in the state where it found them.</param>
    public static Task<World> OfAsync(Type testClass) => Worlds.GetOrAdd(testClass, _ => new(() => SetAsync(testClass))).Value;

    private static async Task<World> SetAsync(Type testClass)
    {
        var site = await SofiSite.ForAsync(testClass);
        await using (var scope = site.Host.Services.CreateAsyncScope()) await scope.ServiceProvider.GetRequiredService<DemonstrationSet>().RunAsync();
        var world = new World(site, await OffreScene.SetAsync(site.Host.Database));
        world.Validated = await world.SendAsync("validee");
        world.Refused = await world.SendAsync("refusee");
        world.Waiting = await world.SendAsync("en-attente");
        world.InProgress = await world.AddAsync("en-cours");
        await world.Scene.DoAsync<ValidationService, string?>(s => s.ValidateAsync(world.Scene.Valideur, world.Validated.Soumission, 0));
        await world.Scene.DoAsync<ValidationService, string?>(s => s.RefuseAsync(world.Scene.Valideur, world.Refused.Soumission, 0, "Les horaires manquent : ajoutez-les au commentaire de durée."));
        return world;
    }

    /// <summary>The demonstration account of a role.</summary>
    public async Task<int> AccountAsync(Role role)
    {
        await using var db = Site.CreateContext();
        return await db.Set<Compte>().Where(c => c.Role == role && c.Email!.EndsWith("@demo.test")).Select(c => c.Id).FirstAsync();
    }

    /// <summary>A request for access that waits for its answer.</summary>
    public async Task<int> AskForAccessAsync()
    {
        var demand = new AccesDemande("ATELIERS DU LARGE", TestSiret.Next(), "52440000044", "Jeanne Hébert", "jeanne@exemple.test", "02 61 91 00 00", "Deux sites.");
        Assert.Empty(await Scene.DoAsync<DemandeAccesService, IReadOnlyList<Faute>>(s => s.ReceiveAsync(demand)));
        return await FirstAsync<DemandeAcces>(d => d.Id);
    }

    /// <summary>A link of this nature to an account, as its mail holds it.</summary>
    public async Task<string> LinkAsync(int compte, NatureLien nature)
    {
        await using var db = Site.CreateContext();
        var address = await new LienService(db, new ReglagesCourriel(""), Scene.Clock).CreateAsync(compte, nature);
        await db.SaveChangesAsync();
        return new Uri(address).AbsolutePath;
    }

    /// <summary>A value of the first row of a table.</summary>
    public async Task<int> FirstAsync<T>(Expression<Func<T, int>> value)
        where T : class
    {
        await using var db = Site.CreateContext();
        return await db.Set<T>().Select(value).OrderBy(v => v).FirstAsync();
    }

    /// <summary>The desk of the Cariforef's own établissement, with an open day: an address for each of its pages.</summary>
    public async Task<Dictionary<string, string>> DeskAsync()
    {
        const int Desk = 36364;
        await using var db = Site.CreateContext();
        var lieu = await db.Set<Lieu>().Where(l => l.EtablissementNumero == Desk).Select(l => l.Id).FirstAsync();
        var porte = await db.Set<PorteOuverte>().Where(p => p.EtablissementNumero == Desk).Select(p => p.Numero).FirstAsync();
        var pages = new Dictionary<string, string>
        {
            ["/sofi/organisme/sites/{e:int}"] = $"/sofi/organisme/sites/{Desk}",
            ["/sofi/organisme/sites/{e:int}/lieux/nouveau"] = $"/sofi/organisme/sites/{Desk}/lieux/nouveau",
            ["/sofi/organisme/sites/{e:int}/lieux/{l:int}"] = $"/sofi/organisme/sites/{Desk}/lieux/{lieu}",
            ["/sofi/organisme/sites/{e:int}/lieux/{l:int}/utilisation"] = $"/sofi/organisme/sites/{Desk}/lieux/{lieu}/utilisation",
            ["/sofi/organisme/contacts/{c:int}"] = "/sofi/organisme/contacts/1902",
            ["/sofi/organisme/contacts/{c:int}/utilisation"] = "/sofi/organisme/contacts/1902/utilisation",
            ["/sofi/organisme/portes-ouvertes/{p:int}"] = $"/sofi/organisme/portes-ouvertes/{porte}",
        };
        foreach (var page in new[] { "contacts", "contacts/nouveau", "referents", "portes-ouvertes", "portes-ouvertes/nouvelle", "import" })
            pages["/sofi/organisme/" + page] = $"/sofi/organisme/{page}?etablissement={Desk}";
        return pages;
    }

    /// <summary>A colleague changes an offer meanwhile.</summary>
    public async Task ChangeAsync(Offer offer)
    {
        await using var db = Site.CreateContext();
        var version = await db.Set<SessionFormation>().Where(s => s.Numero == offer.Session).Select(s => s.Version).SingleAsync();
        var saved = await Scene.SaisieAsync(s => s.SaveSessionAsync(Scene.Redacteur, offer.Session, version, Scene.FullSession() with { DureeHebdo = 35 }, null, null));
        Assert.True(saved.Enregistre);
    }

    private async Task<Offer> AddAsync(string name)
    {
        var (formation, action, session, dispositif) = await Scene.CreateFullOffreAsync();
        return new Offer(name, formation, action, session, dispositif);
    }

    private async Task<Offer> SendAsync(string name)
    {
        var offer = await AddAsync(name);
        var etat = (await Scene.DoAsync<EnvoiService, EtatSaisie?>(s => s.EtatAsync(offer.Action)))!;
        var sent = await Scene.DoAsync<EnvoiService, ResultatEnvoi>(s => s.SendAsync(Scene.Redacteur, offer.Action, etat.Action.Revision, etat.Action.Offre.Formation.Version));
        Assert.True(sent.Envoyee, string.Join('\n', sent.Bloquants));
        return offer with { Soumission = (await Scene.DoAsync<ValidationService, Soumission?>(s => s.LastOfAsync(offer.Action)))!.Id };
    }
}
