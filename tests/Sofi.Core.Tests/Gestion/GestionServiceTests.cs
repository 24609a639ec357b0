using Microsoft.EntityFrameworkCore;
using Sofi.Core.Gestion;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Validation;
using Sofi.Testing;

namespace Sofi.Core.Tests.Gestion;

/// <summary>The desk of an organisation: who writes, what is refused, what is journalled, what is published at once.</summary>
public class GestionServiceTests
{
    [Theory, EveryDatabase]
    public async Task Only_the_gestionnaire_and_the_administrateur_write(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        await using var other = await SetAsync(kind);
        var fiche = new FicheContact { Nom = "Accueil", Courriel = "accueil@exemple.test" };
        foreach (var refused in new[] { scene.Offre.Redacteur, scene.Offre.Valideur, other.Gestionnaire })
        {
            Assert.Equal(ResultatSaisie.Introuvable, await scene.GestionAsync(g => g.CreateContactAsync(refused, scene.Etablissement, fiche, Guid.NewGuid())));
            Assert.Equal(ResultatSaisie.Introuvable, await scene.GestionAsync(g => g.SaveContactAsync(refused, scene.Offre.Contact.Numero, 0, fiche)));
            Assert.Equal(ResultatSaisie.Introuvable, await scene.GestionAsync(g => g.SaveLieuAsync(refused, scene.Offre.Lieu.Id, 0, new FicheLieu { Nom = "X" })));
            Assert.Equal(ResultatSaisie.Introuvable, await scene.GestionAsync(g => g.SaveEtablissementAsync(refused, scene.Etablissement, 0, new FicheEtablissement())));
        }

        foreach (var writer in new[] { scene.Gestionnaire, scene.Administrateur })
            Assert.True((await scene.GestionAsync(g => g.CreateContactAsync(writer, scene.Etablissement, fiche, Guid.NewGuid()))).Enregistre);
    }

    [Theory, EveryDatabase]
    public async Task A_contact_is_created_once_for_its_form_and_journalled(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var fiche = new FicheContact { Civilite = "Mme", Nom = "Tanguy", Prenom = "Maëlle", Portable = "06 39 98 00 05", Types = ["1", "3"] };
        var token = Guid.NewGuid();
        var first = await scene.GestionAsync(g => g.CreateContactAsync(scene.Gestionnaire, scene.Etablissement, fiche, token));
        Assert.Equal(first, await scene.GestionAsync(g => g.CreateContactAsync(scene.Gestionnaire, scene.Etablissement, fiche, token)));
        var contact = await scene.ReadAsync(db => db.Set<Contact>().SingleAsync(c => c.Numero == first.Numero));
        Assert.Equal((fiche, "Maëlle Tanguy", true), (contact.ToFiche(), contact.NomComplet, contact.Actif));
        var created = Assert.Single(await scene.EventsAsync("contact", first.Numero));
        Assert.Equal("ContactCree", created.Type);
        Assert.Contains(new Changement("Types", null, "1|3"), created.Changements);
    }

    [Theory, EveryDatabase]
    public async Task A_blocking_rule_holds_back_the_save(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var result = await scene.GestionAsync(g => g.SaveContactAsync(scene.Gestionnaire, scene.Offre.Contact.Numero, 0, new FicheContact { Telephone = "poste 12" }));
        Assert.False(result.Enregistre);
        Assert.Equal(["CON-NOM-01", "CON-TELEPHONE-03"], result.Impossibles.Select(c => c.Regle.Code));
        result = await scene.GestionAsync(g => g.CreateLieuAsync(scene.Gestionnaire, scene.Etablissement, new FicheLieu { Nom = "Ailleurs", Commune = ["99999"] }, Guid.NewGuid()));
        Assert.Equal(["LIE-COMMUNE-03"], result.Impossibles.Select(c => c.Regle.Code));
    }

    [Theory, EveryDatabase]
    public async Task Two_people_on_one_contact_see_both_values(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var number = await scene.AddContactAsync();
        var hers = new FicheContact { Nom = "Maëlle", Courriel = "hers@exemple.test" };
        Assert.True((await scene.GestionAsync(g => g.SaveContactAsync(scene.Administrateur, number, 0, hers))).Enregistre);
        var mine = hers with { Courriel = "mine@exemple.test" };
        var conflict = (await scene.GestionAsync(g => g.SaveContactAsync(scene.Gestionnaire, number, 0, mine))).Conflit!;
        Assert.Equal((hers, 1, "Marc Ollivier"), (conflict.Actuelle, conflict.Version, conflict.Trace.ModifiePar));
        // The same form sent twice is no conflict; resent knowingly, mine is written.
        Assert.True((await scene.GestionAsync(g => g.SaveContactAsync(scene.Administrateur, number, 0, hers))).Enregistre);
        Assert.True((await scene.GestionAsync(g => g.SaveContactAsync(scene.Gestionnaire, number, 1, mine))).Enregistre);
        Assert.Equal(["ContactCree", "ContactModifie", "ContactModifie"], (await scene.EventsAsync("contact", number)).Select(e => e.Type));
    }

    [Theory, EveryDatabase]
    public async Task A_changed_contact_is_published_at_once_through_the_log(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var (action, _) = await scene.PublishAsync();
        var contact = scene.Offre.Contact.Numero;
        var before = await LastAsync(scene);
        Assert.True((await scene.GestionAsync(g => g.SaveContactAsync(scene.Gestionnaire, contact, 0,
            new FicheContact { Nom = "Roy", Prenom = "Émile", Courriel = "emile@exemple.test", Portable = "06 39 98 00 01" }))).Enregistre);

        var published = (await scene.DoAsync((PublicationService p) => p.FindAsync(action)))!.Contacts[contact];
        Assert.Equal(("Émile Roy", "emile@exemple.test", "06 39 98 00 01"), (published.Nom, published.Courriel, published.Telephone));
        var entries = await EntriesAsync(scene, before);
        Assert.Equal([(before + 1, action, NaturePublication.Contact, 1, 1)], entries);
        var events = await scene.EventsAsync("contact", contact);
        Assert.Equal(["ContactModifie", "ContactRepublie"], events.Select(e => e.Type));
        Assert.Equal([new Changement("Actions", null, "1")], events[1].Changements);
        Assert.Contains(new Changement("Courriel", "contact@exemple.test", "emile@exemple.test"), events[0].Changements);
    }

    [Theory, EveryDatabase]
    public async Task A_contact_that_nothing_shows_is_saved_without_publishing(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        await scene.PublishAsync();
        var (number, before) = (await scene.AddContactAsync(), await LastAsync(scene));
        await scene.GestionAsync(g => g.SaveContactAsync(scene.Gestionnaire, number, 0, new FicheContact { Nom = "Autre", Courriel = "maelle@exemple.test" }));
        Assert.Equal(before, await LastAsync(scene));
        Assert.False(await scene.ReadAsync(db => db.Set<ContactPublie>().AnyAsync(c => c.Numero == number)));
    }

    [Theory, EveryDatabase]
    public async Task A_new_principal_contact_is_published_for_the_sessions_without_contact(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var (action, _) = await scene.PublishAsync();
        var (next, before) = (await scene.AddContactAsync(), await LastAsync(scene));
        var fiche = (await scene.ReadAsync(db => db.Set<Etablissement>().SingleAsync(e => e.Numero == scene.Etablissement))).ToFiche();
        Assert.True((await scene.GestionAsync(g => g.SaveEtablissementAsync(scene.Gestionnaire, scene.Etablissement, 0, fiche with { ContactPrincipal = next }))).Enregistre);
        Assert.Equal([(before + 1, action, NaturePublication.Contact, 1, 1)], await EntriesAsync(scene, before));
        Assert.True(await scene.ReadAsync(db => db.Set<ContactPublie>().AnyAsync(c => c.Numero == next)));
    }

    [Theory, EveryDatabase]
    public async Task The_sheet_is_tidied_checked_and_moves_the_place_Principal(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var (action, session) = await scene.PublishAsync();
        var before = await LastAsync(scene);
        var fiche = new FicheEtablissement
        {
            Siret = "forged",
            RaisonSociale = "ORGANISME RENOMMÉ",
            NomCommercial = "Le Renommé",
            Nda = "52 44 99900 4",
            Uai = " 0681761v ",
            Qualiopi = ["formation"],
            QualiopiJusquAu = new DateOnly(2027, 1, 31),
            Voie = "2 rue de l’Exemple",
            Commune = ["49007"],
            SiteWeb = "https://exemple.test",
            ContactPrincipal = scene.Offre.Contact.Numero,
        };
        Assert.Equal(["ETA-NDA-10"], (await scene.GestionAsync(g => g.SaveEtablissementAsync(scene.Gestionnaire, scene.Etablissement, 0, fiche))).Impossibles.Select(c => c.Regle.Code));
        fiche = fiche with { Nda = "52 44 99900 44" };
        Assert.True((await scene.GestionAsync(g => g.SaveEtablissementAsync(scene.Gestionnaire, scene.Etablissement, 0, fiche))).Enregistre);
        var stored = await scene.ReadAsync(db => db.Set<Etablissement>().Include(e => e.Lieux).SingleAsync(e => e.Numero == scene.Etablissement));
        Assert.Equal((scene.Offre.Etablissement.Siret, "52449990044", "0681761V", "49000", "Angers"),
            (stored.Siret, stored.Nda, stored.Uai, stored.Adresse.CodePostal, stored.Adresse.Commune));
        Assert.Equal(stored.Adresse, Assert.Single(stored.Lieux).Adresse);
        Assert.Equal("Angers", await scene.ReadAsync(db => db.Set<SessionPubliee>().Where(s => s.SessionNumero == session).Select(s => s.CommuneLieu).SingleAsync()));
        Assert.Equal([(before + 1, action, NaturePublication.Lieu, 1, 1)], await EntriesAsync(scene, before));
        Assert.Contains(new Changement("RaisonSociale", "ORGANISME DE TEST", "ORGANISME RENOMMÉ"), (await scene.EventsAsync("etablissement", scene.Etablissement))[^1].Changements);
    }

    [Theory, EveryDatabase]
    public async Task The_administrateur_alone_creates_an_etablissement_by_its_siret(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var fiche = new FicheEtablissement { Siret = TestSiret.Next(), RaisonSociale = "NOUVEL ORGANISME", Commune = ["44131"] };
        Assert.Equal(ResultatSaisie.Introuvable, await scene.GestionAsync(g => g.CreateEtablissementAsync(scene.Gestionnaire, fiche, Guid.NewGuid())));
        var created = await scene.GestionAsync(g => g.CreateEtablissementAsync(scene.Administrateur, fiche, Guid.NewGuid()));
        var places = await scene.DoAsync((OrganismeService o) => o.LieuxAsync(created.Numero));
        Assert.Equal(("Principal", "44210", "Pornic"), (places[0].Nom, places[0].Adresse.CodePostal, places[0].Adresse.Commune));
        Assert.Contains("existe déjà", (await scene.GestionAsync(g => g.CreateEtablissementAsync(scene.Administrateur, fiche, Guid.NewGuid()))).Refus, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Principal_keeps_its_name_and_address_and_two_places_never_share_a_name(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        Assert.True((await scene.GestionAsync(g => g.SaveLieuAsync(scene.Gestionnaire, scene.Offre.Lieu.Id, 0,
            new FicheLieu { Nom = "Autre", Commune = ["49007"], Transport = "Bus 23", Latitude = 47.218371m, Longitude = -1.553621m }))).Enregistre);
        var principal = await scene.ReadAsync(db => db.Set<Lieu>().SingleAsync(l => l.Id == scene.Offre.Lieu.Id));
        Assert.Equal(("Principal", "Nantes", "Bus 23", 47.218371m, -1.553621m), (principal.Nom, principal.Adresse.Commune, principal.Transport, principal.Latitude, principal.Longitude));
        await scene.AddLieuAsync();
        var twin = await scene.GestionAsync(g => g.CreateLieuAsync(scene.Gestionnaire, scene.Etablissement, new FicheLieu { Nom = "ANTENNE DE PORNIC", Commune = ["44131"] }, Guid.NewGuid()));
        Assert.Equal("Un lieu de l’établissement s’appelle déjà « ANTENNE DE PORNIC » : donnez-lui un autre nom.", twin.Refus);
    }

    [Theory, EveryDatabase]
    public async Task Open_days_are_made_together_and_archived_by_their_date(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var today = new DateOnly(2025, 2, 12);
        var fiche = new FichePorteOuverte { Titre = "Portes ouvertes", HeureDebut = new TimeOnly(9, 30), LieuId = scene.Offre.Lieu.Id };
        var token = Guid.NewGuid();
        var dates = new[] { today.AddDays(-1), today, today.AddDays(7) };
        var first = await scene.GestionAsync(g => g.CreatePortesAsync(scene.Gestionnaire, scene.Etablissement, fiche, dates, token));
        Assert.Equal(first, await scene.GestionAsync(g => g.CreatePortesAsync(scene.Gestionnaire, scene.Etablissement, fiche, dates, token)));
        Task<int> CountAsync(bool archived) => scene.ReadAsync(db => db.Set<PorteOuverte>().Where(p => p.EtablissementNumero == scene.Etablissement).At(today, archived).CountAsync());
        Assert.Equal((2, 1), (await CountAsync(false), await CountAsync(true)));
        Assert.Equal(["PorteOuverteCreee"], (await scene.EventsAsync("porte-ouverte", first.Numero)).Select(e => e.Type));

        await using var other = await SetAsync(kind);
        var elsewhere = await scene.GestionAsync(g => g.SavePorteAsync(scene.Gestionnaire, first.Numero, 0, fiche with { Date = today, LieuId = other.Offre.Lieu.Id }));
        Assert.Equal(["POR-LIEU-03"], elsewhere.Impossibles.Select(c => c.Regle.Code));
        Assert.True((await scene.GestionAsync(g => g.SavePorteAsync(scene.Gestionnaire, first.Numero, 0, fiche with { Date = today, ADistance = "1", LieuId = null, Url = "https://exemple.test" }))).Enregistre);
        Assert.True((await scene.GestionAsync(g => g.DeletePorteAsync(scene.Gestionnaire, first.Numero))).Enregistre);
        Assert.Equal(ResultatSaisie.Introuvable, await scene.GestionAsync(g => g.DeletePorteAsync(scene.Gestionnaire, first.Numero)));
    }

    [Fact]
    public void Recurring_dates_keep_their_weekday()
    {
        var saturday = new DateOnly(2025, 3, 15);
        Assert.Equal([saturday], Recurrence.Dates(saturday, Rythme.Unique, 5));
        Assert.Equal([saturday, new(2025, 3, 22), new(2025, 3, 29)], Recurrence.Dates(saturday, Rythme.Semaine, 3));
        Assert.Equal([saturday, new(2025, 4, 19), new(2025, 5, 17)], Recurrence.Dates(saturday, Rythme.Mois, 3));
        // A fifth Saturday is not in every month.
        Assert.Equal([new(2025, 3, 29), new(2025, 5, 31), new(2025, 8, 30)], Recurrence.Dates(new DateOnly(2025, 3, 29), Rythme.Mois, 3));
        Assert.Equal(Recurrence.MostDates, Recurrence.Dates(new DateOnly(2025, 3, 29), Rythme.Mois, 1000).Count);
    }

    [Theory, EveryDatabase]
    public async Task New_sessions_take_the_default_referents(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var (pmr, prf) = (await scene.AddContactAsync("PMR"), await scene.AddContactAsync("PRF"));
        Task<string?> AddAsync(string role, int contact, bool byDefault) =>
            scene.DoAsync((ReferentService r) => r.AddAsync(scene.Gestionnaire, scene.Etablissement, role, contact, byDefault));
        Assert.Null(await AddAsync(Listes.TypeHandicap, scene.Offre.Contact.Numero, true));
        Assert.Null(await AddAsync(Listes.TypeHandicap, pmr, false));
        Assert.Null(await AddAsync(Listes.RolePrf, prf, false));
        var action = await scene.Offre.CreateActionAsync(await scene.Offre.CreateFormationAsync());
        async Task<FicheSession> NewAsync()
        {
            var loaded = (await scene.DoAsync((OffreLoader l) => l.ActionAsync(action)))!;
            return (await scene.Offre.SaisieAsync(async s => await s.NouvelleSessionAsync(loaded))).Fiche;
        }

        var blank = await NewAsync();
        // Without a référent of its own, mobilité falls back on the principal contact.
        Assert.Equal((scene.Offre.Contact.Numero, prf, scene.Offre.Contact.Numero), (blank.ReferentPmr, blank.ReferentPrf, blank.ReferentMobilite));
        var rows = await scene.DoAsync((ReferentService r) => r.ListAsync(scene.Etablissement));
        Assert.Null(await scene.DoAsync((ReferentService r) => r.SetDefaultAsync(scene.Gestionnaire, scene.Etablissement, rows.Single(r => r.ContactNumero == pmr).Id)));
        Assert.Equal(pmr, (await NewAsync()).ReferentPmr);
        Assert.Single(await scene.DoAsync((ReferentService r) => r.ListAsync(scene.Etablissement)), r => r.Role == Listes.TypeHandicap && r.ParDefaut);

        await using var other = await SetAsync(kind);
        Assert.Equal("Contact : choisissez un contact de la liste.", await AddAsync(Listes.TypeHandicap, other.Offre.Contact.Numero, true));
        Assert.Equal("Rôle : choisissez un rôle de la liste.", await AddAsync("99", pmr, true));
        Assert.NotNull(await scene.DoAsync((ReferentService r) => r.RemoveAsync(scene.Offre.Redacteur, scene.Etablissement, rows[0].Id)));
        Assert.Equal(["ReferentAjoute", "ReferentParDefaut", "ReferentAjoute", "ReferentAjoute", "ReferentParDefaut", "ReferentParDefaut"],
            (await scene.EventsAsync("etablissement", scene.Etablissement)).Select(e => e.Type));
    }

    internal static Task<long> LastAsync(BureauScene scene) => scene.ReadAsync(async db => await db.Set<EntreePublication>().MaxAsync(e => (long?)e.Numero) ?? 0);

    internal static Task<List<(long, int, NaturePublication, int, int)>> EntriesAsync(BureauScene scene, long after) => scene.ReadAsync(async db =>
        (await db.Set<EntreePublication>().Where(e => e.Numero > after).OrderBy(e => e.Numero).ToListAsync())
            .Select(e => (e.Numero, e.ActionNumero, e.Nature, e.VersionContenu, e.RevisionFaits)).ToList());

    private async Task<BureauScene> SetAsync(DatabaseKind kind) => await BureauScene.SetAsync(await TestDatabase.ForAsync(kind, GetType()));
}
