using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Gestion;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Referentiels;
using Sofi.Core.Validation;

namespace Sofi.Testing;

/// <summary>The desk of an organisation: an <see cref="OffreScene"/>, its gestionnaire, the communes it needs, and the gestures made there.</summary>
public sealed class BureauScene : IAsyncDisposable
{
    private BureauScene(OffreScene offre) => Offre = offre;

    public OffreScene Offre { get; }

    public int Etablissement => Offre.Etablissement.Numero;

    public Utilisateur Gestionnaire { get; private set; } = null!;

    public Utilisateur Administrateur { get; private set; } = null!;

    public static async Task<BureauScene> SetAsync(TestDatabase database)
    {
        var scene = new BureauScene(await OffreScene.SetAsync(database));
        await using var db = database.CreateContext();
        foreach (var (code, name, postal) in new[] { ("44109", "Nantes", "44000|44100"), ("44131", "Pornic", "44210"), ("49007", "Angers", "49000") })
            if (!await db.Set<Commune>().AnyAsync(c => c.CodeInsee == code))
                db.Add(new Commune { CodeInsee = code, Nom = name, Departement = code[..2], Region = "52", CodesPostaux = Codes.Parse(postal), Recherche = Texte.Fold($"{name} {postal}") });
        var accounts = new[] { Role.Gestionnaire, Role.Administrateur }.Select(role => OffreScene.NewCompte($"{Guid.NewGuid():N}@exemple.test", role)).ToList();
        (accounts[0].Nom, accounts[1].Nom) = ("Nadia Le Bihan", "Marc Ollivier");
        accounts[0].Etablissements.Add(new CompteEtablissement { EtablissementNumero = scene.Etablissement });
        db.AddRange(accounts);
        await db.SaveChangesAsync();
        scene.Gestionnaire = new Utilisateur(accounts[0].Id, "Nadia Le Bihan", Role.Gestionnaire, [scene.Etablissement], scene.Etablissement);
        scene.Administrateur = new Utilisateur(accounts[1].Id, "Marc Ollivier", Role.Administrateur, [], null);
        return scene;
    }

    public Task<T> DoAsync<TService, T>(Func<TService, Task<T>> gesture)
        where TService : notnull => Offre.DoAsync(gesture);

    public Task<ResultatSaisie> GestionAsync(Func<GestionService, Task<ResultatSaisie>> gesture) => Offre.DoAsync(gesture);

    public async Task<int> AddContactAsync(string nom = "Maëlle", string? courriel = "maelle@exemple.test") =>
        (await GestionAsync(g => g.CreateContactAsync(Gestionnaire, Etablissement, new FicheContact { Nom = nom, Courriel = courriel }, Guid.NewGuid()))).Numero;

    public async Task<int> AddLieuAsync(string nom = "Antenne de Pornic") =>
        (await GestionAsync(g => g.CreateLieuAsync(Gestionnaire, Etablissement, new FicheLieu { Nom = nom, Commune = ["44131"] }, Guid.NewGuid()))).Numero;

    public async Task<int> AddPorteAsync(DateOnly date, int? lieu = null) =>
        (await GestionAsync(g => g.CreatePortesAsync(Gestionnaire, Etablissement,
            new FichePorteOuverte { Titre = "Portes ouvertes", Date = date, HeureDebut = new TimeOnly(9, 30), LieuId = lieu ?? Offre.Lieu.Id }, [date], Guid.NewGuid()))).Numero;

    /// <summary>A whole action, sent and validated: it is published.</summary>
    public async Task<(int Action, int Session)> PublishAsync()
    {
        var (_, action, session, _) = await Offre.CreateFullOffreAsync();
        var etat = (await DoAsync((EnvoiService s) => s.EtatAsync(action)))!;
        await DoAsync((EnvoiService s) => s.SendAsync(Offre.Redacteur, action, etat.Action.Revision, etat.Action.Offre.Formation.Version));
        var soumission = (await DoAsync((ValidationService s) => s.LastOfAsync(action)))!;
        if (await DoAsync((ValidationService s) => s.ValidateAsync(Offre.Valideur, soumission.Id, soumission.Version)) is { } reason) throw new InvalidOperationException(reason);
        return (action, session);
    }

    public async Task<T> ReadAsync<T>(Func<SofiDbContext, Task<T>> read)
    {
        await using var db = Offre.Database.CreateContext();
        return await read(db);
    }

    /// <summary>Events of the journal on an object, in order.</summary>
    public Task<List<Evenement>> EventsAsync(string objet, int cle) => ReadAsync(db =>
    {
        var key = cle.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return db.Set<Evenement>().AsNoTracking().Where(e => e.Objet == objet && e.Cle == key).OrderBy(e => e.Id).ToListAsync();
    });

    public ValueTask DisposeAsync() => Offre.DisposeAsync();
}
