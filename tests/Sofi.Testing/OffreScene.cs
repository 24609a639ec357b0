using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Programmes;
using Sofi.Core.Referentiels;

namespace Sofi.Testing;

/// <summary>
/// One organisation of a test's own, with a place, a contact, an account, and a lot of a 2025 programme of the Région;
/// and the gestures of its secretary, in the words of the procedure.
/// </summary>
public sealed class OffreScene : IAsyncDisposable
{
    private static int next = 10_000_000;
    private readonly ServiceProvider services;

    private OffreScene(TestDatabase database, FakeTimeProvider clock)
    {
        Database = database;
        Clock = clock;
        services = database.CreateServices(clock);
    }

    public TestDatabase Database { get; }

    public FakeTimeProvider Clock { get; }

    public Etablissement Etablissement { get; private set; } = null!;

    public Lieu Lieu { get; private set; } = null!;

    public Contact Contact { get; private set; } = null!;

    public Lot Lot { get; private set; } = null!;

    public Utilisateur Redacteur { get; private set; } = null!;

    public Utilisateur Valideur { get; private set; } = null!;

    public int Certifinfo { get; private set; }

    /// <summary>Sets the scene on 12 February 2025, the month of the procedure.</summary>
    public static async Task<OffreScene> SetAsync(TestDatabase database)
    {
        var scene = new OffreScene(database, new FakeTimeProvider(new DateTimeOffset(2025, 2, 12, 9, 0, 0, TimeSpan.Zero)));
        await using var db = database.CreateContext();
        scene.Etablissement = await AddEtablissementAsync(db);
        scene.Lieu = scene.Etablissement.Lieux[0];
        scene.Contact = new Contact { EtablissementNumero = scene.Etablissement.Numero, Nom = "auto saisie", Courriel = "contact@exemple.test" };
        db.Add(scene.Contact);
        await db.SaveChangesAsync();
        scene.Etablissement.ContactPrincipalNumero = scene.Contact.Numero;
        var id = Interlocked.Increment(ref next);
        var scheme = await db.Set<Dispositif>().FirstOrDefaultAsync(d => d.Code == 8);
        if (scheme is null) db.Add(new Dispositif { Code = 8, Libelle = "Programme régional", Nature = NatureDispositif.ProgrammeRegional });
        if (!await db.Set<Dispositif>().AnyAsync(d => d.Code == 9)) db.Add(new Dispositif { Code = 9, Libelle = "Autre financement", Nature = NatureDispositif.Autre });
        if (!await db.Set<Formacode>().AnyAsync(f => f.Code == "82025")) db.Add(new Formacode { Code = "82025", Libelle = "Public de test", Liste = ListesFormacode.Public });
        var programme = new Programme { Code = $"T{id}", Intitule = "Programme de test", Annee = 2025, CodeDispositif = 8, Publics = ["82025"] };
        db.Add(programme);
        db.Add(new ReglagesProgramme
        {
            CodeProgramme = programme.Code,
            ApplicableLe = new DateOnly(2025, 1, 1),
            Attentes = new Attentes
            {
                Champs =
                [
                    new AttenteChamp("Session.Esp", ["0"], ["0", "cadencees"], ["0", "cadencees"]),
                    new AttenteChamp("Session.TypeParcours", ["4"], ["4", "3"], []),
                    new AttenteChamp("Dispositif.PriseEnCharge", ["1"], ["1"], []),
                ],
                TextesProposes = new Dictionary<string, string> { ["Action.CommentairePrerequis"] = "Public visé : Demandeurs d'emploi." },
            },
        });
        scene.Lot = new Lot
        {
            Numero = $"LOT{id}",
            CodeMandataireCr = "386",
            Intitule = "Lot de test",
            CodeProgramme = programme.Code,
            IdActionCr = "4259",
            MandataireNumero = scene.Etablissement.Numero,
            NbPlaces = 20,
        };
        db.Add(scene.Lot);
        scene.Certifinfo = id;
        var type = await db.Set<TypeCertification>().AnyAsync(t => t.Code == 999);
        if (!type) db.Add(new TypeCertification { Code = 999, Libelle = "Autre certification sans niveau spécifique", SansCertification = true });
        db.Add(new Certification { Code = id, Libelle = "Certification de test", CodeType = 999, NiveauSortie = "1", Recherche = "certification de test" });
        if (!await db.Set<Formacode>().AnyAsync(f => f.Code == "32047")) db.Add(new Formacode { Code = "32047", Libelle = "Création entreprise", Liste = ListesFormacode.Domaine });
        db.Add(new FicheCertifinfo { Code = id, Objectif = "Objectif.", Programme = "Programme.", ResultatsAttendus = "Résultats.", Formacodes = ["32047"] });
        var redacteur = NewCompte($"redacteur{id}@exemple.test", Role.Redacteur);
        redacteur.Etablissements.Add(new CompteEtablissement { EtablissementNumero = scene.Etablissement.Numero });
        var valideur = NewCompte($"valideur{id}@exemple.test", Role.Valideur);
        db.AddRange(redacteur, valideur);
        await db.SaveChangesAsync();
        scene.Redacteur = new Utilisateur(redacteur.Id, redacteur.Nom, Role.Redacteur, [scene.Etablissement.Numero], scene.Etablissement.Numero);
        scene.Valideur = new Utilisateur(valideur.Id, valideur.Nom, Role.Valideur, [], null);
        return scene;
    }

    /// <summary>A new établissement with its place "Principal" in Nantes; its SIRET is valid and fictitious.</summary>
    public static async Task<Etablissement> AddEtablissementAsync(SofiDbContext db)
    {
        var etablissement = new Etablissement { Siret = NewSiret(), RaisonSociale = "ORGANISME DE TEST", Nda = "52440000044", Adresse = Nantes };
        etablissement.Lieux.Add(new Lieu { Nom = "Principal", Adresse = Nantes });
        db.Add(etablissement);
        await db.SaveChangesAsync();
        return etablissement;
    }

    public static Compte NewCompte(string email, Role role) => new()
    {
        Nom = "Personne de test",
        Role = role,
        Email = email,
        UserName = email,
        NormalizedEmail = email.ToUpperInvariant(),
        NormalizedUserName = email.ToUpperInvariant(),
        SecurityStamp = Guid.NewGuid().ToString("N"),
    };

    /// <summary>Runs a gesture with its own services, as one request does.</summary>
    public async Task<T> DoAsync<TService, T>(Func<TService, Task<T>> gesture)
        where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await gesture(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task<T> SaisieAsync<T>(Func<SaisieService, Task<T>> gesture) => DoAsync(gesture);

    /// <summary>A complete fiche of a session in 2025.</summary>
    public FicheSession FullSession() => new()
    {
        LieuId = Lieu.Id,
        DateDebut = new DateOnly(2025, 3, 10),
        DateFin = new DateOnly(2025, 3, 28),
        Esp = "0",
        Rythmes = "5",
        PeriodesFormation = ["96414"],
        TypeParcours = "4",
        ModalitesPedagogiques = ["etablissement"],
        ModalitesEnseignement = "0",
        DureeCentre = 200,
        DureeEntreprise = 0,
        EtatRecrutement = "1",
        ModalitesRecrutement = ["9"],
        ReferentPmr = Contact.Numero,
        ReferentMobilite = Contact.Numero,
    };

    public async Task<int> CreateFormationAsync() =>
        (await SaisieAsync(s => s.CreateFormationAsync(Redacteur, Certifinfo, new FicheFormation(), Guid.NewGuid()))).Numero;

    public async Task<int> CreateActionAsync(int formation) =>
        (await SaisieAsync(s => s.CreateActionAsync(Redacteur, formation, Lot.Id, Lieu.Id, new FicheAction(), null, Guid.NewGuid()))).Numero;

    public async Task<int> CreateSessionAsync(int action, FicheSession? fiche = null) =>
        (await SaisieAsync(s => s.CreateSessionAsync(Redacteur, action, fiche ?? FullSession(), null, null, Guid.NewGuid()))).Numero;

    /// <summary>A whole action that nothing holds back: formation, action, one session with its dispositif.</summary>
    public async Task<(int Formation, int Action, int Session, int Dispositif)> CreateFullOffreAsync()
    {
        var formation = await CreateFormationAsync();
        var action = await CreateActionAsync(formation);
        var session = await CreateSessionAsync(action);
        await using var db = Database.CreateContext();
        var dispositif = await db.Set<DispositifSession>().Where(d => d.SessionNumero == session).Select(d => d.Id).SingleAsync();
        await SaisieAsync(s => s.SaveDispositifAsync(Redacteur, dispositif, 0, new FicheDispositif { NbPlaces = 12, PriseEnCharge = "1" }));
        return (formation, action, session, dispositif);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static readonly Adresse Nantes = new() { Voie = "1 rue de l’Exemple", CodePostal = "44000", Commune = "Nantes", CodeInsee = "44109" };

    private static string NewSiret()
    {
        var siren = Complete(Interlocked.Increment(ref next).ToString(System.Globalization.CultureInfo.InvariantCulture));
        return Complete(siren + "0001");
    }

    /// <summary>Appends the digit that makes the Luhn key right.</summary>
    private static string Complete(string digits)
    {
        for (var key = 0; ; key++)
        {
            var number = digits + key;
            if (number.Length == 9 ? Identifiants.IsSiren(number) : Identifiants.IsSiret(number)) return number;
        }
    }
}
