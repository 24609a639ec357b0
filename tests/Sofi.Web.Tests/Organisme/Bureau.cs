using Sofi.Core.Journal;
using Sofi.Core.Organismes;
using Sofi.Testing;

namespace Sofi.Web.Tests.Organisme;

/// <summary>The desk of an organisation on the site of a test class: its gestionnaire, a rédacteur who reads, the administrateur who keeps all.</summary>
internal sealed class Bureau : IAsyncDisposable
{
    private Bureau(SofiApp app, BureauScene scene) => (App, Scene) = (app, scene);

    public SofiApp App { get; }

    public BureauScene Scene { get; }

    public Navigateur Gestionnaire { get; private set; } = null!;

    public Navigateur Redacteur { get; private set; } = null!;

    public Navigateur Administrateur { get; private set; } = null!;

    public int Etablissement => Scene.Etablissement;

    public Contact Contact => Scene.Offre.Contact;

    public Lieu Lieu => Scene.Offre.Lieu;

    public static async Task<Bureau> OpenAsync(DatabaseKind kind, Type testClass)
    {
        var app = await SofiApp.ForAsync(kind, testClass);
        var bureau = new Bureau(app, await BureauScene.SetAsync(app.Database));
        bureau.Gestionnaire = await app.SignInAsync(bureau.Scene.Gestionnaire);
        bureau.Redacteur = await app.SignInAsync(bureau.Scene.Offre.Redacteur);
        bureau.Administrateur = await app.SignInAsync(bureau.Scene.Administrateur);
        return bureau;
    }

    /// <summary>Types of the events of the journal on an object, in order.</summary>
    public async Task<List<string>> EventsAsync(string objet, int cle) => (await Scene.EventsAsync(objet, cle)).ConvertAll(e => e.Type);

    /// <summary>The last event of the journal on an object.</summary>
    public async Task<Evenement> LastEventAsync(string objet, int cle) => (await Scene.EventsAsync(objet, cle))[^1];

    /// <summary>Queries that a page costs to the gestionnaire.</summary>
    public async Task<int> QueriesAsync(string address)
    {
        using var counter = QueryCounter.Start();
        (await Gestionnaire.GetAsync(address)).AssertOk();
        return counter.Count;
    }

    public ValueTask DisposeAsync() => Scene.DisposeAsync();
}
