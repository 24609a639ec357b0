using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Offre.Regles;
using Sofi.Core.Validation;
using Sofi.Testing;

namespace Sofi.Core.Tests.Offre;

public class SaisieTests
{
    [Theory, EveryDatabase]
    public async Task A_fiche_is_saved_with_blanks(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var action = await scene.CreateActionAsync(await scene.CreateFormationAsync());
        Assert.True(await scene.CreateSessionAsync(action, new FicheSession()) > 0);
    }

    [Theory, EveryDatabase]
    public async Task A_coherence_fault_is_saved_and_an_impossible_value_is_not(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var action = await scene.CreateActionAsync(await scene.CreateFormationAsync());
        var session = await scene.CreateSessionAsync(action);
        var endBeforeStart = scene.FullSession() with { DateFin = new DateOnly(2025, 2, 28) };
        Assert.True((await scene.SaisieAsync(s => s.SaveSessionAsync(scene.Redacteur, session, 0, endBeforeStart, null, null))).Enregistre);

        var tooLong = endBeforeStart with { CommentaireDuree = new string('a', 501) };
        var refused = await scene.SaisieAsync(s => s.SaveSessionAsync(scene.Redacteur, session, 1, tooLong, null, null));
        Assert.Equal("SES-COMMENTAIRE-DUREE-02", Assert.Single(refused.Impossibles).Regle.Code);
        await using var db = scene.Database.CreateContext();
        Assert.Null((await db.Set<SessionFormation>().SingleAsync(s => s.Numero == session)).Fiche.CommentaireDuree);
    }

    [Theory, EveryDatabase]
    public async Task A_place_or_contact_of_another_organisation_is_no_value(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        await using var other = await SceneAsync(kind);
        var action = await scene.CreateActionAsync(await scene.CreateFormationAsync());
        var stolen = scene.FullSession() with { LieuId = other.Lieu.Id, ReferentPmr = other.Contact.Numero };
        var result = await scene.SaisieAsync(s => s.CreateSessionAsync(scene.Redacteur, action, stolen, null, null, Guid.NewGuid()));
        Assert.Equal(["SES-REFERENT-PMR-03", "SES-SITE-LIEU-03"], result.Impossibles.Select(c => c.Regle.Code).Order());
    }

    [Theory, EveryDatabase]
    public async Task Nobody_writes_in_another_organisation(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        await using var other = await SceneAsync(kind);
        var (formation, action, session, dispositif) = await scene.CreateFullOffreAsync();
        foreach (var intruder in new[] { other.Redacteur, scene.Valideur, scene.Redacteur with { Role = Role.Region } })
        {
            Assert.Same(ResultatSaisie.Introuvable, await scene.SaisieAsync(s => s.SaveFormationAsync(intruder, formation, 0, new FicheFormation())));
            Assert.Same(ResultatSaisie.Introuvable, await scene.SaisieAsync(s => s.CreateActionAsync(intruder, formation, null, null, new FicheAction(), null, Guid.NewGuid())));
            Assert.Same(ResultatSaisie.Introuvable, await scene.SaisieAsync(s => s.SaveActionAsync(intruder, action, 0, new FicheAction(), null)));
            Assert.Same(ResultatSaisie.Introuvable, await scene.SaisieAsync(s => s.CreateSessionAsync(intruder, action, scene.FullSession(), null, null, Guid.NewGuid())));
            Assert.Same(ResultatSaisie.Introuvable, await scene.SaisieAsync(s => s.SaveSessionAsync(intruder, session, 0, new FicheSession(), null, null)));
            Assert.Same(ResultatSaisie.Introuvable, await scene.SaisieAsync(s => s.SaveDispositifAsync(intruder, dispositif, 1, new FicheDispositif())));
            Assert.Same(ResultatSaisie.Introuvable, await scene.SaisieAsync(s => s.DeleteActionAsync(intruder, action)));
            Assert.False((await scene.DoAsync((EnvoiService s) => s.SendAsync(intruder, action, 3, 0))).Envoyee);
        }
    }

    [Theory, EveryDatabase]
    public async Task A_double_click_creates_once(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var formation = await scene.CreateFormationAsync();
        var token = Guid.NewGuid();
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            scene.SaisieAsync(s => s.CreateActionAsync(scene.Redacteur, formation, scene.Lot.Id, scene.Lieu.Id, new FicheAction(), null, token))));
        Assert.Single(results.Select(r => r.Numero).Distinct());
        await using var db = scene.Database.CreateContext();
        Assert.Equal(1, await db.Set<ActionFormation>().CountAsync(a => a.FormationNumero == formation));
    }

    [Theory, EveryDatabase]
    public async Task A_certifinfo_code_has_one_formation_per_etablissement(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var numbers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.CreateFormationAsync()));
        Assert.Single(numbers.Distinct());
    }

    [Theory, EveryDatabase]
    public async Task What_the_certification_gives_cannot_be_posted(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var formation = await scene.CreateFormationAsync();
        await scene.SaisieAsync(s => s.SaveFormationAsync(scene.Redacteur, formation, 0, new FicheFormation { Intitule = "Autre", Objectif = "Autre", NiveauSortie = "18" }));
        await using var db = scene.Database.CreateContext();
        var fiche = (await db.Set<Formation>().SingleAsync(f => f.Numero == formation)).Fiche;
        Assert.Equal(("Certification de test", "Objectif.", "1"), (fiche.Intitule, fiche.Objectif, fiche.NiveauSortie));
        Assert.Equal((Listes.Non, Listes.Totale), (fiche.IndividualiserBlocs, fiche.ValidationFormation));
    }

    [Theory, EveryDatabase]
    public async Task Two_people_never_overwrite_each_other(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var action = await scene.CreateActionAsync(await scene.CreateFormationAsync());
        var first = await scene.SaisieAsync(s => s.SaveActionAsync(scene.Redacteur, action, 0, new FicheAction { Objectifs = "le mien" }, null));
        var second = await scene.SaisieAsync(s => s.SaveActionAsync(scene.Redacteur, action, 0, new FicheAction { Objectifs = "le vôtre" }, null));
        Assert.True(first.Enregistre);
        Assert.Equal("le mien", Assert.IsType<FicheAction>(second.Conflit!.Actuelle).Objectifs);
        Assert.Equal(1, second.Conflit.Version);
    }

    [Theory, EveryDatabase]
    public async Task What_each_alone_changed_is_merged_and_only_what_both_changed_is_a_conflict(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var action = await scene.CreateActionAsync(await scene.CreateFormationAsync());
        var start = Depart.Read(Depart.Write(new FicheAction()));
        var hers = new FicheAction { Objectifs = "les siens", Prerequis = ["permis-b"] };
        await scene.SaisieAsync(s => s.SaveActionAsync(scene.Redacteur, action, 0, hers, null));

        var mine = new FicheAction { UrlAction = "https://exemple.test" };
        var merged = await scene.SaisieAsync(s => s.SaveActionAsync(scene.Redacteur, action, 0, mine, null, depart: start));
        Assert.True(merged.Enregistre);
        Assert.Equal((scene.Redacteur.Nom, "Objectifs, Pré-requis"), (merged.Fusion!.Auteur, string.Join(", ", merged.Fusion.Champs)));
        Assert.Equal(hers with { UrlAction = "https://exemple.test" }, await FicheAsync());

        var both = await scene.SaisieAsync(s => s.SaveActionAsync(scene.Redacteur, action, 0, mine with { Objectifs = "les miens" }, null, depart: start));
        Assert.Equal("les siens", Assert.IsType<FicheAction>(both.Conflit!.Actuelle).Objectifs);
        Assert.Null((await scene.SaisieAsync(s => s.SaveActionAsync(scene.Redacteur, action, 2, mine with { Objectifs = "les miens" }, null, depart: start))).Fusion);
        Assert.Equal(mine with { Objectifs = "les miens" }, await FicheAsync());

        async Task<FicheAction> FicheAsync()
        {
            await using var db = scene.Database.CreateContext();
            return (await db.Set<ActionFormation>().AsNoTracking().SingleAsync(a => a.Numero == action)).Fiche;
        }
    }

    [Fact]
    public void A_fiche_comes_back_whole_from_the_form_that_carried_it()
    {
        var session = new FicheSession
        {
            LieuId = 3,
            DateDebut = new DateOnly(2025, 3, 10),
            PeriodesFormation = ["96414", "96412"],
            CommentaireDuree = "« A » < b & c\nd",
            EtatRecrutement = null,
        };
        var meeting = new FicheInformationCollective { HeureDebut = new TimeOnly(9, 30), Lieu = "Nantes" };
        var start = Depart.Read(Depart.Write(session, meeting, new FichePeriodeInscription()))!;
        Assert.Equal(session, start.Of<FicheSession>());
        Assert.Equal(meeting, start.Of<FicheInformationCollective>());
        Assert.Equal(new FichePeriodeInscription(), start.Of<FichePeriodeInscription>());
        Assert.Null(start.Of<FicheEquipement>());
        var fees = new FicheDispositif { FraisHt = 12.50m, TauxTva = null, Publics = ["82025"] };
        Assert.Equal(fees, Depart.Read(Depart.Write(fees))!.Of<FicheDispositif>());
        Assert.All(new[] { null, "", "{", "[]", "3", "null" }, text => Assert.Null(Depart.Read(text)?.Of<FicheSession>()));
    }

    [Theory, EveryDatabase]
    public async Task A_resent_form_is_no_conflict_and_adds_no_line_twice(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var session = await scene.CreateSessionAsync(await scene.CreateActionAsync(await scene.CreateFormationAsync()));
        var (fiche, token) = (scene.FullSession() with { DureeHebdo = 35 }, Guid.NewGuid());
        var period = new LigneModifiee<FichePeriodeInscription>(null, new FichePeriodeInscription { Type = "inscription" });
        for (var sending = 0; sending < 3; sending++)
            Assert.True((await scene.SaisieAsync(s => s.SaveSessionAsync(scene.Redacteur, session, 0, fiche, null, period, token))).Enregistre);
        Assert.True((await scene.SaisieAsync(s => s.SaveSessionAsync(scene.Redacteur, session, 0, fiche, null, null))).Enregistre);
        await using var db = scene.Database.CreateContext();
        Assert.Equal(1, await db.Set<PeriodeInscription>().CountAsync(p => p.SessionNumero == session));
    }

    [Theory, EveryDatabase]
    public async Task A_retired_certifinfo_code_creates_nothing(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        await using (var db = scene.Database.CreateContext())
            await db.Set<Core.Referentiels.Certification>().Where(c => c.Code == scene.Certifinfo).ExecuteUpdateAsync(set => set.SetProperty(c => c.Publiee, false));
        var result = await scene.SaisieAsync(s => s.CreateFormationAsync(scene.Redacteur, scene.Certifinfo, new FicheFormation(), Guid.NewGuid()));
        Assert.Contains("n’est plus publié", result.Refus);
    }

    [Theory, EveryDatabase]
    public async Task Lines_keep_a_code_that_is_never_reused(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var session = await scene.CreateSessionAsync(await scene.CreateActionAsync(await scene.CreateFormationAsync()));
        var meeting = new FicheInformationCollective { Date = new DateOnly(2025, 2, 20), HeureDebut = new TimeOnly(9, 30), Lieu = "Nantes" };
        for (var version = 0; version < 2; version++)
            await scene.SaisieAsync(s => s.SaveSessionAsync(scene.Redacteur, session, version, scene.FullSession(), new(null, meeting with { NbPlaces = version + 1 }), null));
        await scene.SaisieAsync(s => s.RemoveInformationAsync(scene.Redacteur, session, 2));
        await scene.SaisieAsync(s => s.SaveSessionAsync(scene.Redacteur, session, 2, scene.FullSession(), new(null, meeting), null));
        await using var db = scene.Database.CreateContext();
        var codes = await db.Set<InformationCollective>().Where(i => i.SessionNumero == session).OrderBy(i => i.Rang).ToListAsync();
        Assert.Equal([$"01_{session}", $"03_{session}"], codes.Select(i => i.Code));
    }

    [Theory, EveryDatabase]
    public async Task A_session_through_a_lot_gets_its_dispositif_and_its_presets(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var action = await scene.CreateActionAsync(await scene.CreateFormationAsync());
        var loaded = (await scene.DoAsync((OffreLoader l) => l.ActionAsync(action)))!;
        var blank = await scene.SaisieAsync(s => s.NouvelleSessionAsync(loaded));
        Assert.Equal((scene.Lieu.Id, "0", "4", scene.Contact.Numero), (blank.Fiche.LieuId, blank.Fiche.Esp, blank.Fiche.TypeParcours, blank.Fiche.ReferentPmr));
        Assert.Null(blank.Fiche.DateDebut);
        var dispositif = Assert.Single(blank.Dispositifs);
        Assert.Equal(("PROGRAMME REGION - Programme de test", "4259", "386", "1"),
            (dispositif.Libelle, dispositif.Lot!.IdActionCr, dispositif.Lot.CodeMandataireCr, dispositif.Fiche.PriseEnCharge));
        Assert.Equal(["82025"], dispositif.Fiche.Publics);
    }

    [Theory, EveryDatabase]
    public async Task A_whole_offer_is_sent_validated_and_published(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var (formation, action, session, _) = await scene.CreateFullOffreAsync();
        var etat = (await scene.DoAsync((EnvoiService s) => s.EtatAsync(action)))!;
        Assert.Empty(etat.Bloquants);
        Assert.Contains(etat.Constats, c => c.Regle.Code == "SES-INFO-10" && c.Regle.Gravite == Gravite.Canal);

        var sent = await scene.DoAsync((EnvoiService s) => s.SendAsync(scene.Redacteur, action, etat.Action.Revision, etat.Action.Offre.Formation.Version));
        Assert.True(sent.Envoyee);
        Assert.Contains("attente de validation", (await scene.SaisieAsync(s => s.SaveSessionAsync(scene.Redacteur, session, 0, new FicheSession(), null, null))).Refus);

        var soumission = (await scene.DoAsync((ValidationService s) => s.LastOfAsync(action)))!;
        Assert.Null(await scene.DoAsync((ValidationService s) => s.ValidateAsync(scene.Valideur, soumission.Id, soumission.Version)));
        Assert.Contains("déjà répondu", await scene.DoAsync((ValidationService s) => s.RefuseAsync(scene.Valideur, soumission.Id, soumission.Version, "trop tard")));

        var published = (await scene.DoAsync((PublicationService s) => s.FindAsync(action)))!;
        Assert.Equal(OffreSerializer.Write(etat.Action.Offre.Sessions), OffreSerializer.Write(published.Offre.Sessions));
        Assert.Equal("auto saisie", published.Contacts[scene.Contact.Numero].Nom);
        await using var db = scene.Database.CreateContext();
        var line = await db.Set<SessionPubliee>().SingleAsync(s => s.SessionNumero == session);
        Assert.Equal($"{formation}-{action}-{session}", line.CodeFas);
        var log = await db.Set<EntreePublication>().OrderBy(e => e.Numero).Select(e => e.Numero).ToListAsync();
        Assert.Equal(Enumerable.Range(1, log.Count).Select(i => (long)i), log);
        var events = await db.Set<Evenement>().Where(e => e.ActionNumero == action).OrderBy(e => e.Id).Select(e => e.Type).ToListAsync();
        Assert.Equal(["ActionCreee", "SessionCreee", "DispositifModifie", "ActionEnvoyee", "ActionValidee"], events);
        var counts = await scene.DoAsync((TableauDeBordService s) => s.CountAsync(scene.Etablissement.Numero));
        Assert.Equal((1, 1, 0), (counts["actives"], counts["programme-region"], counts["en-cours"]));
    }

    [Theory, EveryDatabase]
    public async Task A_refused_action_comes_back_to_its_organisation_with_the_reason(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var (_, action, session, _) = await scene.CreateFullOffreAsync();
        await SendAsync(scene, action);
        var soumission = (await scene.DoAsync((ValidationService s) => s.LastOfAsync(action)))!;
        Assert.Null(await scene.DoAsync((ValidationService s) => s.RefuseAsync(scene.Valideur, soumission.Id, 0, "Précisez la salle.")));
        Assert.Equal("Précisez la salle.", (await scene.DoAsync((ValidationService s) => s.LastOfAsync(action)))!.Motif);
        Assert.True((await scene.SaisieAsync(s => s.SaveSessionAsync(scene.Redacteur, session, 0, scene.FullSession() with { DureeCentre = 210 }, null, null))).Enregistre);
        Assert.Null((await scene.DoAsync((PublicationService s) => s.FindAsync(action))));
        Assert.Contains("déjà été envoyée", (await scene.SaisieAsync(s => s.DeleteActionAsync(scene.Redacteur, action))).Refus);
    }

    [Theory, EveryDatabase]
    public async Task What_changed_since_the_recapitulatif_is_not_sent(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var (_, action, session, _) = await scene.CreateFullOffreAsync();
        var etat = (await scene.DoAsync((EnvoiService s) => s.EtatAsync(action)))!;
        await scene.SaisieAsync(s => s.SaveSessionAsync(scene.Redacteur, session, 0, scene.FullSession() with { DureeCentre = 1 }, null, null));
        Assert.True((await scene.DoAsync((EnvoiService s) => s.SendAsync(scene.Redacteur, action, etat.Action.Revision, 0))).Change);
    }

    [Theory, EveryDatabase]
    public async Task Sends_among_saves_never_store_another_offer_than_the_saisie(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var (_, action, session, _) = await scene.CreateFullOffreAsync();
        var saves = Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            await using var db = scene.Database.CreateContext();
            var version = await db.Set<SessionFormation>().Where(s => s.Numero == session).Select(s => s.Version).SingleAsync();
            await scene.SaisieAsync(s => s.SaveSessionAsync(scene.Redacteur, session, version, scene.FullSession() with { DureeCentre = i }, null, null));
        }));
        var sends = Task.WhenAll(Enumerable.Range(0, 10).Select(_ => SendAsync(scene, action)));
        await Task.WhenAll(saves, sends);
        if (!(await sends).Any(sent => sent)) Assert.True(await SendAsync(scene, action));
        var snapshot = (await scene.DoAsync((ValidationService s) => s.LastOfAsync(action)))!.Contenu;
        var saisie = (await scene.DoAsync((OffreLoader l) => l.ActionAsync(action)))!.Offre;
        Assert.Equal(OffreSerializer.Write(saisie), snapshot);
    }

    [Theory, EveryDatabase]
    public async Task A_faulty_session_set_aside_lets_its_sisters_go(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var (_, action, session, _) = await scene.CreateFullOffreAsync();
        var faulty = await scene.CreateSessionAsync(action, new FicheSession());
        Assert.False(await SendAsync(scene, action));
        await scene.SaisieAsync(s => s.SetAsideAsync(scene.Redacteur, faulty, true));
        Assert.True(await SendAsync(scene, action));
        var sent = OffreSerializer.ReadOffre((await scene.DoAsync((ValidationService s) => s.LastOfAsync(action)))!.Contenu);
        Assert.Equal([session], sent.Sessions.Select(s => s.Numero));
        Assert.True((await scene.SaisieAsync(s => s.SaveSessionAsync(scene.Redacteur, faulty, 0, scene.FullSession(), null, null))).Enregistre);
        Assert.NotNull((await scene.SaisieAsync(s => s.SaveSessionAsync(scene.Redacteur, session, 0, scene.FullSession(), null, null))).Refus);
    }

    [Theory, EveryDatabase]
    public async Task Closed_entry_refuses_creating_and_sending_and_allows_saving(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var (formation, action, session, _) = await scene.CreateFullOffreAsync();
        await using (var db = scene.Database.CreateContext())
        {
            var settings = await db.Set<Core.Programmes.ReglagesProgramme>().SingleAsync(r => r.CodeProgramme == scene.Lot.CodeProgramme);
            settings.Attentes = settings.Attentes with { FermetureSaisie = new DateOnly(2025, 2, 11) };
            await db.SaveChangesAsync();
        }

        Assert.Contains("n’est pas ouverte", (await scene.SaisieAsync(s => s.CreateActionAsync(scene.Redacteur, formation, scene.Lot.Id, null, new FicheAction(), null, Guid.NewGuid()))).Refus);
        Assert.True((await scene.SaisieAsync(s => s.SaveSessionAsync(scene.Redacteur, session, 0, scene.FullSession() with { DureeHebdo = 35 }, null, null))).Enregistre);
        var etat = (await scene.DoAsync((EnvoiService s) => s.EtatAsync(action)))!;
        Assert.Equal("DIS-PROGRAMME-10", Assert.Single(etat.Bloquants).Regle.Code);
    }

    [Theory, EveryDatabase]
    public async Task A_lot_that_left_the_file_of_the_Region_takes_nothing_new_and_its_saisie_can_still_be_saved(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var (formation, action, session, _) = await scene.CreateFullOffreAsync();
        await using (var db = scene.Database.CreateContext())
            await db.Set<Core.Programmes.Lot>().Where(l => l.Id == scene.Lot.Id).ExecuteUpdateAsync(set => set.SetProperty(l => l.Present, false));

        Assert.Equal(ResultatSaisie.Introuvable, await scene.SaisieAsync(s =>
            s.CreateActionAsync(scene.Redacteur, formation, scene.Lot.Id, null, new FicheAction(), null, Guid.NewGuid())));
        Assert.Contains("n’ouvre plus ce lot", (await scene.SaisieAsync(s =>
            s.CreateSessionAsync(scene.Redacteur, action, scene.FullSession(), null, null, Guid.NewGuid()))).Refus);
        Assert.True((await scene.SaisieAsync(s => s.SaveSessionAsync(scene.Redacteur, session, 0, scene.FullSession() with { DureeHebdo = 35 }, null, null))).Enregistre);
    }

    [Theory, EveryDatabase]
    public async Task A_never_sent_draft_is_deleted_with_all_it_holds(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var (_, action, session, dispositif) = await scene.CreateFullOffreAsync();
        Assert.True((await scene.SaisieAsync(s => s.DeleteActionAsync(scene.Redacteur, action))).Enregistre);
        await using var db = scene.Database.CreateContext();
        Assert.False(await db.Set<SessionFormation>().AnyAsync(s => s.Numero == session));
        Assert.False(await db.Set<DispositifSession>().AnyAsync(d => d.Id == dispositif));
    }

    [Theory, EveryDatabase]
    public async Task Validating_a_changed_formation_publishes_its_sisters_anew(DatabaseKind kind)
    {
        await using var scene = await SceneAsync(kind);
        var (formation, first, _, _) = await scene.CreateFullOffreAsync();
        await SendAsync(scene, first);
        await ValidateAsync(scene, first);
        await using (var db = scene.Database.CreateContext())
        {
            var sheet = await db.Set<Core.Referentiels.FicheCertifinfo>().SingleAsync(f => f.Code == scene.Certifinfo);
            sheet.Objectif = "Objectif revu.";
            await db.SaveChangesAsync();
        }

        var (_, second, _, _) = await scene.CreateFullOffreAsync();
        await SendAsync(scene, second);
        var review = (await scene.DoAsync((ValidationService s) => LastReview(s, second)))!;
        Assert.Equal([first], review.Soeurs);
        await ValidateAsync(scene, second);
        var sister = (await scene.DoAsync((PublicationService s) => s.FindAsync(first)))!;
        Assert.Equal((2, "Objectif revu."), (sister.VersionContenu, sister.Offre.Formation.Fiche.Objectif));
        Assert.Equal(formation, sister.Offre.Formation.Numero);
    }

    private static async Task<Revue?> LastReview(ValidationService service, int action) => await service.ReviewAsync((await service.LastOfAsync(action))!.Id);

    private static async Task<bool> SendAsync(OffreScene scene, int action)
    {
        var etat = (await scene.DoAsync((EnvoiService s) => s.EtatAsync(action)))!;
        return (await scene.DoAsync((EnvoiService s) => s.SendAsync(scene.Redacteur, action, etat.Action.Revision, etat.Action.Offre.Formation.Version))).Envoyee;
    }

    private static async Task ValidateAsync(OffreScene scene, int action)
    {
        var soumission = (await scene.DoAsync((ValidationService s) => s.LastOfAsync(action)))!;
        Assert.Null(await scene.DoAsync((ValidationService s) => s.ValidateAsync(scene.Valideur, soumission.Id, soumission.Version)));
    }

    private async Task<OffreScene> SceneAsync(DatabaseKind kind) => await OffreScene.SetAsync(await TestDatabase.ForAsync(kind, GetType()));
}
