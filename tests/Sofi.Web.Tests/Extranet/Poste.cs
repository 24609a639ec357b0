using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Programmes;
using Sofi.Core.Validation;
using Sofi.Testing;

namespace Sofi.Web.Tests.Extranet;

/// <summary>The site of a test class, one organisation of the test's own, and the browser of its rédacteur.</summary>
internal sealed class Poste : IAsyncDisposable
{
    private Poste(SofiApp app, OffreScene scene, Navigateur redacteur) => (App, Scene, Redacteur) = (app, scene, redacteur);

    public SofiApp App { get; }

    public OffreScene Scene { get; }

    public Navigateur Redacteur { get; }

    public static async Task<Poste> OpenAsync(DatabaseKind kind, Type testClass)
    {
        var app = await SofiApp.ForAsync(kind, testClass);
        var scene = await OffreScene.SetAsync(app.Database);
        return new Poste(app, scene, await app.SignInAsync(scene.Redacteur));
    }

    /// <summary>Another organisation on the same site.</summary>
    public async Task<Poste> NeighbourAsync()
    {
        var scene = await OffreScene.SetAsync(App.Database);
        return new Poste(App, scene, await App.SignInAsync(scene.Redacteur));
    }

    /// <summary>A colleague of the rédacteur, on the same établissement.</summary>
    public async Task<(Compte Compte, Navigateur Browser)> ColleagueAsync(string nom)
    {
        var compte = await App.AddCompteAsync(Role.Redacteur, Scene.Etablissement.Numero);
        await WriteAsync(db => db.Set<Compte>().Where(c => c.Id == compte.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Nom, nom)));
        return (compte, await App.SignInAsync(compte));
    }

    public async Task<Navigateur> SignInAsync(Role role) => await App.SignInAsync(await App.AddCompteAsync(role));

    public Task<PageHtml> GetAsync(string address) => Redacteur.GetAsync(address);

    /// <summary>Makes an établissement a formateur of this organisation's lot.</summary>
    public Task AddFormateurAsync(int etablissement) => WriteAsync(db =>
    {
        db.Add(new LotFormateur { LotId = Scene.Lot.Id, EtablissementNumero = etablissement });
        return db.SaveChangesAsync();
    });

    public Task SetAttentesAsync(Func<Attentes, Attentes> change) => WriteAsync(async db =>
    {
        var settings = await db.Set<ReglagesProgramme>().SingleAsync(r => r.CodeProgramme == Scene.Lot.CodeProgramme);
        settings.Attentes = change(settings.Attentes);
        await db.SaveChangesAsync();
    });

    /// <summary>Sends an action that nothing holds back.</summary>
    public async Task<Soumission> SendAsync(int action)
    {
        var etat = (await Scene.DoAsync((EnvoiService s) => s.EtatAsync(action)))!;
        var sent = await Scene.DoAsync((EnvoiService s) => s.SendAsync(Scene.Redacteur, action, etat.Action.Revision, etat.Action.Offre.Formation.Version));
        Assert.True(sent.Envoyee, string.Join(' ', sent.Bloquants.Select(c => c.Message)) + sent.Refus);
        return (await Scene.DoAsync((ValidationService s) => s.LastOfAsync(action)))!;
    }

    public async Task ValidateAsync(int action)
    {
        var soumission = await SendAsync(action);
        Assert.Null(await Scene.DoAsync((ValidationService s) => s.ValidateAsync(Scene.Valideur, soumission.Id, soumission.Version)));
    }

    public async Task RefuseAsync(int action, string motif)
    {
        var soumission = await SendAsync(action);
        Assert.Null(await Scene.DoAsync((ValidationService s) => s.RefuseAsync(Scene.Valideur, soumission.Id, soumission.Version, motif)));
    }

    public async Task<T> ReadAsync<T>(Func<SofiDbContext, Task<T>> read)
    {
        await using var db = App.CreateContext();
        return await read(db);
    }

    public async Task WriteAsync(Func<SofiDbContext, Task> write)
    {
        await using var db = App.CreateContext();
        await write(db);
    }

    /// <summary>Events of the journal on an object, in order.</summary>
    public Task<List<string>> EventsAsync(string objet, int cle) => ReadAsync(db =>
    {
        var key = cle.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return db.Set<Evenement>().Where(e => e.Objet == objet && e.Cle == key).OrderBy(e => e.Id).Select(e => e.Type).ToListAsync();
    });

    public Task<SessionFormation> SessionAsync(int numero) => ReadAsync(db =>
        db.Set<SessionFormation>().Include(s => s.InformationsCollectives).Include(s => s.PeriodesInscription).Include(s => s.Dispositifs).SingleAsync(s => s.Numero == numero));

    public Task<ActionFormation> ActionAsync(int numero) => ReadAsync(db => db.Set<ActionFormation>().Include(a => a.Equipements).Include(a => a.Sessions).SingleAsync(a => a.Numero == numero));

    public Task<Formation> FormationAsync(int numero) => ReadAsync(db => db.Set<Formation>().SingleAsync(f => f.Numero == numero));

    public Task<DispositifSession> DispositifAsync(int id) => ReadAsync(db => db.Set<DispositifSession>().SingleAsync(d => d.Id == id));

    /// <summary>Queries that a page costs.</summary>
    public async Task<int> QueriesAsync(string address, Navigateur? browser = null)
    {
        using var counter = QueryCounter.Start();
        (await (browser ?? Redacteur).GetAsync(address)).AssertOk();
        return counter.Count;
    }

    public ValueTask DisposeAsync() => Scene.DisposeAsync();
}
