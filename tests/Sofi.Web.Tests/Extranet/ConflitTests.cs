using System.Net;
using Sofi.Core.Offre;
using Sofi.Testing;

namespace Sofi.Web.Tests.Extranet;

/// <summary>
/// Two people on one fiche never overwrite each other silently: what each alone changed is kept, and the second chooses where both changed a field.
/// </summary>
public class ConflitTests
{
    [Theory, EveryDatabase]
    public async Task The_second_person_sees_both_values_and_exactly_the_mix_she_chose_is_saved(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        var (_, colleague) = await poste.ColleagueAsync("Claire Moreau");
        var mine = await poste.GetAsync($"/sofi/sessions/{session}");
        var hers = await colleague.GetAsync($"/sofi/sessions/{session}");
        (await hers.Fill("Date début", "17/03/2025").Fill("Durée hebdo", "35").Fill("Modalités pédagogiques", "entreprise").Fill("Commentaire durée", "De Claire").PressAsync("Enregistrer", ".barre-bas")).AssertOk();
        mine.Fill("Date début", "24/03/2025").Fill("Durée hebdo", "28").Fill("Modalités pédagogiques", "etablissement", "96129").Fill("Mail de liaison", "moi@exemple.test");

        var conflict = await mine.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal("Claire Moreau a enregistré cette fiche pendant votre saisie", conflict.Text("#t-conflit"));
        Assert.StartsWith("Le 12/02/2025 à 10 h 00.", conflict.Text("section .carton p, section p"));
        Assert.Equal(["Date début", "Modalités pédagogiques", "Durée hebdo"], conflict.Texts("fieldset legend"));
        Assert.Equal("Ses autres changements seront gardés avec les vôtres : Commentaire durée.", conflict.Text("section .aide"));
        Assert.Empty(conflict.Document.QuerySelectorAll("fieldset [checked]"));
        Assert.Equal(
            ["La valeur de Claire Moreau17/03/2025La vôtre24/03/2025",
             "La valeur de Claire MoreauEn entrepriseLa vôtreEn établissement de formation, FOAD (formation ouverte et à distance)",
             "La valeur de Claire Moreau35 hLa vôtre28 h"],
            conflict.Texts("fieldset .avant-apres").Select(text => text.Replace(" La vôtre", "La vôtre", StringComparison.Ordinal)));
        Assert.Single(conflict.Document.QuerySelectorAll("h1"));
        Assert.Equal("De Claire", (await poste.SessionAsync(session)).Fiche.CommentaireDuree);

        conflict.Fill("Garder.Fiche.DateDebut", "autre").Fill("Garder.Fiche.ModalitesPedagogiques", "mienne").Fill("Garder.Fiche.DureeHebdo", "mienne");
        var saved = await conflict.PressAsync("Enregistrer mes choix");
        Assert.Equal($"/sofi/sessions/{session}", saved.Address);
        Assert.Single(saved.Annonces);
        Assert.Equal(
            poste.Scene.FullSession() with
            {
                DateDebut = new DateOnly(2025, 3, 17),
                DureeHebdo = 28,
                ModalitesPedagogiques = ["etablissement", "96129"],
                CommentaireDuree = "De Claire",
                MailLiaison = "moi@exemple.test",
            },
            (await poste.SessionAsync(session)).Fiche);
        Assert.Equal(["SessionCreee", "SessionModifiee", "SessionModifiee"], await poste.EventsAsync("session", session));
    }

    [Theory, EveryDatabase]
    public async Task What_each_alone_changed_is_kept_without_asking_and_said(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        var (_, colleague) = await poste.ColleagueAsync("Claire Moreau");
        var mine = (await poste.GetAsync($"/sofi/sessions/{session}")).Fill("Commentaire durée", "Le mien").Fill("Périodes de formations", "96412");
        (await (await colleague.GetAsync($"/sofi/sessions/{session}")).Fill("Durée en centre (en h)", "77").Fill("Mail de liaison", "claire@exemple.test").PressAsync("Enregistrer", ".barre-bas")).AssertOk();

        var saved = await mine.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal($"/sofi/sessions/{session}", saved.Address);
        Assert.Equal(
            "Claire Moreau a enregistré cette fiche pendant votre saisie : ses changements sont gardés avec les vôtres (Durée en centre (en h), Mail de liaison).",
            saved.Annonces[0]);
        Assert.Equal(("77", "Le mien"), (saved.Value("Durée en centre (en h)"), saved.Value("Commentaire durée")));
        Assert.Equal(
            poste.Scene.FullSession() with { DureeCentre = 77, MailLiaison = "claire@exemple.test", CommentaireDuree = "Le mien", PeriodesFormation = ["96412"] },
            (await poste.SessionAsync(session)).Fiche);
    }

    [Theory, EveryDatabase]
    public async Task An_old_page_saved_untouched_takes_nothing_back(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (formation, action, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        var free = (await poste.Scene.SaisieAsync(s => s.CreateFormationAsync(poste.Scene.Redacteur, null, new FicheFormation { Intitule = "Avant" }, Guid.NewGuid()))).Numero;
        string[] addresses = [$"/sofi/formations/{free}", $"/sofi/formations/{formation}", $"/sofi/actions/{action}", $"/sofi/sessions/{session}", $"/sofi/sessions/{session}/dispositifs/{dispositif}"];
        var pages = new List<PageHtml>();
        foreach (var address in addresses) pages.Add(await poste.GetAsync(address));
        await poste.Scene.SaisieAsync(s => s.SaveFormationAsync(poste.Scene.Redacteur, free, 0, new FicheFormation { Intitule = "Après", Programme = "Écrit <12 h" }));
        await poste.Scene.SaisieAsync(s => s.SaveActionAsync(poste.Scene.Redacteur, action, 0, new FicheAction { Objectifs = "Après", Prerequis = ["permis-b"] }, new(null, new FicheEquipement { Type = "1" })));
        await poste.Scene.SaisieAsync(s => s.SaveSessionAsync(poste.Scene.Redacteur, session, 0, poste.Scene.FullSession() with { DureeHebdo = 30, ModalitesPedagogiques = ["entreprise"] }, null, null));
        await poste.Scene.SaisieAsync(s => s.SaveDispositifAsync(poste.Scene.Redacteur, dispositif, 1, new FicheDispositif { NbPlaces = 20, PriseEnCharge = "1", FraisHt = 12.5m }));
        foreach (var page in pages) Assert.Equal(HttpStatusCode.Redirect, (await page.PressAsync("Enregistrer", ".barre-bas", follow: false)).Status);
        Assert.Equal(("Après", "Écrit <12 h"), ((await poste.FormationAsync(free)).Fiche.Intitule, (await poste.FormationAsync(free)).Fiche.Programme));
        var stored = (await poste.ActionAsync(action)).Fiche;
        Assert.Equal(("Après", "permis-b"), (stored.Objectifs, Assert.Single(stored.Prerequis)));
        Assert.Equal(poste.Scene.FullSession() with { DureeHebdo = 30, ModalitesPedagogiques = ["entreprise"] }, (await poste.SessionAsync(session)).Fiche);
        Assert.Equal((20, 12.5m), ((await poste.DispositifAsync(dispositif)).Fiche.NbPlaces, (await poste.DispositifAsync(dispositif)).Fiche.FraisHt));
    }

    [Theory, EveryDatabase]
    public async Task A_field_without_an_answer_is_asked_again_and_nothing_is_written(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        var (_, colleague) = await poste.ColleagueAsync("Claire Moreau");
        var mine = (await poste.GetAsync($"/sofi/sessions/{session}")).Fill("Durée hebdo", "28").Fill("Commentaire durée", "Le mien").Fill("Mail de liaison", "moi@exemple.test");
        (await (await colleague.GetAsync($"/sofi/sessions/{session}")).Fill("Durée hebdo", "35").Fill("Commentaire durée", "Le sien").PressAsync("Enregistrer", ".barre-bas")).AssertOk();
        var conflict = await mine.PressAsync("Enregistrer", ".barre-bas");
        for (var i = 0; i < 2; i++)
        {
            conflict = await conflict.Fill("Garder.Fiche.DureeHebdo", "autre").PressAsync("Enregistrer mes choix");
            Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
            Assert.Equal(["Commentaire durée : choisissez la valeur à garder."], conflict.Errors);
            Assert.NotNull(conflict.Document.QuerySelector(conflict.One(".resume-erreurs a").GetAttribute("href")!));
            Assert.Equal(("autre", ""), (conflict.Value("Garder.Fiche.DureeHebdo"), conflict.Value("Garder.Fiche.CommentaireDuree")));
            Assert.Equal("Le sien", (await poste.SessionAsync(session)).Fiche.CommentaireDuree);
        }

        (await conflict.Fill("Garder.Fiche.CommentaireDuree", "mienne").PressAsync("Enregistrer mes choix")).AssertOk();
        var stored = (await poste.SessionAsync(session)).Fiche;
        Assert.Equal((35, "Le mien", "moi@exemple.test"), (stored.DureeHebdo, stored.CommentaireDuree, stored.MailLiaison));
    }

    [Theory]
    [EveryDatabase("")]
    [EveryDatabase("{")]
    [EveryDatabase("""{"Fiche":{"dureeCentre":"x"}}""")]
    public async Task Without_the_start_of_the_form_all_that_differs_is_asked(DatabaseKind kind, string start)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        var mine = (await poste.GetAsync($"/sofi/sessions/{session}")).Fill("Depart", start).Fill("Commentaire durée", "Le mien");
        await poste.Scene.SaisieAsync(s => s.SaveSessionAsync(poste.Scene.Redacteur, session, 0, poste.Scene.FullSession() with { DureeHebdo = 30 }, null, null));
        var conflict = await mine.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(["Durée hebdo", "Commentaire durée"], conflict.Texts("fieldset legend"));
        (await conflict.Fill("Garder.Fiche.DureeHebdo", "autre").Fill("Garder.Fiche.CommentaireDuree", "mienne").PressAsync("Enregistrer mes choix")).AssertOk();
        var stored = (await poste.SessionAsync(session)).Fiche;
        Assert.Equal((30, "Le mien"), (stored.DureeHebdo, stored.CommentaireDuree));
    }

    [Theory, EveryDatabase]
    public async Task A_third_save_meanwhile_is_shown_again_with_the_choices_already_made(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        var (_, colleague) = await poste.ColleagueAsync("Claire Moreau");
        var mine = (await poste.GetAsync($"/sofi/sessions/{session}")).Fill("Durée hebdo", "28").Fill("Commentaire durée", "Le mien");
        (await (await colleague.GetAsync($"/sofi/sessions/{session}")).Fill("Durée hebdo", "35").Fill("Commentaire durée", "Le sien").PressAsync("Enregistrer", ".barre-bas")).AssertOk();
        var conflict = (await mine.PressAsync("Enregistrer", ".barre-bas")).Fill("Garder.Fiche.DureeHebdo", "autre").Fill("Garder.Fiche.CommentaireDuree", "mienne");
        (await (await colleague.GetAsync($"/sofi/sessions/{session}")).Fill("Durée hebdo", "30").PressAsync("Enregistrer", ".barre-bas")).AssertOk();

        var again = await conflict.PressAsync("Enregistrer mes choix");
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Equal(["Durée hebdo", "Commentaire durée"], again.Texts("fieldset legend"));
        Assert.Contains("30 h", again.Text("fieldset"));
        Assert.Equal(("autre", "mienne"), (again.Value("Garder.Fiche.DureeHebdo"), again.Value("Garder.Fiche.CommentaireDuree")));
        Assert.Equal("Le sien", (await poste.SessionAsync(session)).Fiche.CommentaireDuree);
        (await again.PressAsync("Enregistrer mes choix")).AssertOk();
        var stored = (await poste.SessionAsync(session)).Fiche;
        Assert.Equal((30, "Le mien"), (stored.DureeHebdo, stored.CommentaireDuree));
    }

    [Theory, EveryDatabase]
    public async Task Two_people_on_one_line_of_a_table_choose_too(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        await poste.Scene.SaisieAsync(s => s.SaveSessionAsync(poste.Scene.Redacteur, session, 0, poste.Scene.FullSession(),
            new(null, new FicheInformationCollective { Date = new DateOnly(2025, 2, 20), Lieu = "Nantes" }), null));
        var (_, colleague) = await poste.ColleagueAsync("Claire Moreau");
        var mine = (await poste.GetAsync($"/sofi/sessions/{session}?informationRang=1")).Fill("Lieu", "Angers").Fill("Nombre de places", "12");
        (await (await colleague.GetAsync($"/sofi/sessions/{session}?informationRang=1")).Fill("Lieu", "Laval").PressAsync("Enregistrer la ligne", "#informations")).AssertOk();

        var conflict = await mine.PressAsync("Enregistrer la ligne", "#informations");
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal(["Lieu"], conflict.Texts("fieldset legend"));
        (await conflict.Fill("Garder.Information.Lieu", "autre").PressAsync("Enregistrer mes choix")).AssertOk();
        var line = Assert.Single((await poste.SessionAsync(session)).InformationsCollectives).Fiche;
        Assert.Equal(("Laval", 12), (line.Lieu, line.NbPlaces));
    }

    [Theory, EveryDatabase]
    public async Task A_line_that_was_only_opened_takes_nothing_back(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        await poste.Scene.SaisieAsync(s => s.SaveSessionAsync(poste.Scene.Redacteur, session, 0, poste.Scene.FullSession(),
            new(null, new FicheInformationCollective { Date = new DateOnly(2025, 2, 20), Lieu = "Nantes" }), null));
        var (_, colleague) = await poste.ColleagueAsync("Claire Moreau");
        var mine = (await poste.GetAsync($"/sofi/sessions/{session}?informationRang=1")).Fill("Durée hebdo", "28").Fill("Heure de début", "9h30");
        (await (await colleague.GetAsync($"/sofi/sessions/{session}?informationRang=1")).Fill("Lieu", "Laval").PressAsync("Enregistrer la ligne", "#informations")).AssertOk();
        var saved = await mine.PressAsync("Enregistrer", ".barre-bas");
        Assert.Contains("ses changements sont gardés avec les vôtres (Lieu)", saved.Annonces[0]);
        var stored = await poste.SessionAsync(session);
        var line = Assert.Single(stored.InformationsCollectives).Fiche;
        Assert.Equal((28, "Laval", new TimeOnly(9, 30)), (stored.Fiche.DureeHebdo, line.Lieu, line.HeureDebut));
    }

    [Theory, EveryDatabase]
    public async Task Each_may_add_a_line_at_the_same_time(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        var (_, colleague) = await poste.ColleagueAsync("Claire Moreau");
        var mine = (await poste.GetAsync($"/sofi/sessions/{session}")).Fill("Type de période", "Inscription");
        (await (await colleague.GetAsync($"/sofi/sessions/{session}")).Fill("Type de période", "Recrutement").PressAsync("Ajouter à la liste", "#inscriptions")).AssertOk();
        (await mine.PressAsync("Ajouter à la liste", "#inscriptions")).AssertOk();
        Assert.Equal(["recrutement", "inscription"], (await poste.SessionAsync(session)).PeriodesInscription.OrderBy(p => p.Rang).Select(p => p.Fiche.Type));
    }

    [Theory, EveryDatabase]
    public async Task The_same_form_sent_twice_is_no_conflict(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        var form = (await poste.GetAsync($"/sofi/sessions/{session}")).Fill("Durée hebdo", "28");
        for (var i = 0; i < 2; i++) Assert.Equal($"/sofi/sessions/{session}", (await form.PressAsync("Enregistrer", ".barre-bas", follow: false)).Location);
        Assert.Equal(["SessionCreee", "SessionModifiee"], await poste.EventsAsync("session", session));
    }

    [Theory, EveryDatabase]
    public async Task The_button_that_was_pressed_is_not_forgotten(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await ActionAsync(poste);
        var mine = (await poste.GetAsync($"/sofi/actions/{action}")).Fill("Objectifs", "Les miens").Fill("Commentaire équipement", "Ma ligne");
        await poste.Scene.SaisieAsync(s => s.SaveActionAsync(poste.Scene.Redacteur, action, 0, new FicheAction { Objectifs = "Les vôtres" }, null));
        var conflict = await mine.PressAsync("Étape suivante");
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal($"/sofi/actions/{action}/sessions/nouvelle", (await conflict.Fill("Garder.Fiche.Objectifs", "mienne").PressAsync("Enregistrer mes choix")).Address);
        var stored = await poste.ActionAsync(action);
        Assert.Equal(("Les miens", "Ma ligne"), (stored.Fiche.Objectifs, Assert.Single(stored.Equipements).Fiche.Commentaire));
    }

    [Theory, EveryDatabase]
    public async Task The_formation_and_the_dispositif_have_their_conflict_too(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, _, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        var seats = (await poste.GetAsync($"/sofi/sessions/{session}/dispositifs/{dispositif}")).Fill("Nb places dispositif", "9");
        await poste.Scene.SaisieAsync(s => s.SaveDispositifAsync(poste.Scene.Redacteur, dispositif, 1, new FicheDispositif { NbPlaces = 10, PriseEnCharge = "1" }));
        var conflict = await seats.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal((HttpStatusCode.Conflict, "Nb places dispositif"), (conflict.Status, Assert.Single(conflict.Texts("fieldset legend"))));
        (await conflict.Fill("Garder.Fiche.NbPlaces", "mienne").PressAsync("Enregistrer mes choix")).AssertOk();
        Assert.Equal(9, (await poste.DispositifAsync(dispositif)).Fiche.NbPlaces);

        var formation = (await poste.Scene.SaisieAsync(s => s.CreateFormationAsync(poste.Scene.Redacteur, null, new FicheFormation { Intitule = "Avant" }, Guid.NewGuid()))).Numero;
        var title = (await poste.GetAsync($"/sofi/formations/{formation}")).Fill("Intitulé", "Le mien").Fill("Objectif", "Le mien");
        await poste.Scene.SaisieAsync(s => s.SaveFormationAsync(poste.Scene.Redacteur, formation, 0, new FicheFormation { Intitule = "Le sien" }));
        conflict = await title.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(["Intitulé"], conflict.Texts("fieldset legend"));
        (await conflict.Fill("Garder.Fiche.Intitule", "autre").PressAsync("Enregistrer mes choix")).AssertOk();
        var fiche = (await poste.FormationAsync(formation)).Fiche;
        Assert.Equal(("Le sien", "Le mien"), (fiche.Intitule, fiche.Objectif));
    }

    private static async Task<int> ActionAsync(Poste poste) => await poste.Scene.CreateActionAsync(await poste.Scene.CreateFormationAsync());
}
