using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Testing;

namespace Sofi.Web.Tests.Extranet;

/// <summary>Fiche Session (procedure, page 10).</summary>
public class FicheSessionTests
{
    private const string Saved = "Votre saisie est sauvegardée dans la rubrique Actions de formation en cours de saisie de votre tableau de bord.";

    [Theory, EveryDatabase]
    public async Task The_sections_and_fields_are_those_of_the_procedure(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var page = await poste.GetAsync($"/sofi/actions/{await ActionAsync(poste)}/sessions/nouvelle");
        page.AssertOk();
        Assert.Equal("Fiche Session", page.Text("h1"));
        Assert.Equal(
            ["Description", "Durées", "Organisme Responsable", "Recrutement", "Informations collectives", "Périodes d’inscription", "Contacts référents", "Dispositifs"],
            page.Texts("#fiche section h2"));
        Assert.Equal(
            ["Site lieu *", "Date début *", "Date fin *", "ESP *", "Rythmes *", "Périodes de formations *", "Type de parcours *", "Modalités pédagogiques *", "Modalités d’enseignement *"],
            Labels(page, "#description"));
        Assert.Equal(
            ["Durée en centre (en h) *", "Durée en entreprise (en h) *", "Durée hebdo", "Durée totale", "Commentaire durée", "Cycle de l’alternance", "Unité entreprise *", "Unité centre"],
            Labels(page, "#durees"));
        Assert.Equal(["Organisme responsable *"], Labels(page, "#organisme"));
        Assert.Equal(["Recrutement *", "Modalité de recrutement *"], Labels(page, "#recrutement"));
        Assert.Equal(["Référent PMR *", "Référent PRF", "Mail de liaison", "Référent mobilité *", "Contact de la session"], Labels(page, "#contacts"));
        Assert.Equal("La fiche Session permet notamment de définir les dates et le lieu de réalisation de la session.", page.Text("#description > .aide"));
        Assert.StartsWith("Sélectionnez le Site lieu dans le menu déroulant", page.Text("#Fiche_LieuId-aide"));
        Assert.StartsWith("La session doit obligatoirement débuter en 2025.", page.Text("#Fiche_DateDebut-aide"));
        Assert.StartsWith("L’organisme responsable est le mandataire", page.Text("#organisme .aide"));
        Assert.Equal("La saisie est obligatoire pour que l’offre puisse alimenter Kairos, Ouiform et les sites régionaux.", page.Text("#informations > .aide"));
        Assert.Equal("Candidature individuelle, recrutement ou inscription.", page.Text("#inscriptions > .aide"));
        Assert.Equal(["Code", "Lieu", "Date", "Horaires", "Places", "Agir sur la ligne"], page.Texts("#informations th"));
        Assert.Equal(["Code", "Type", "Date Début", "Date Fin", "Agir sur la ligne"], page.Texts("#inscriptions th"));
    }

    [Theory, EveryDatabase]
    public async Task A_new_session_is_preset_by_its_place_its_contact_and_its_programme_and_never_dated(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var page = await poste.GetAsync($"/sofi/actions/{await ActionAsync(poste)}/sessions/nouvelle");
        Assert.Equal($"{poste.Scene.Lieu.Id}", page.Value("Site lieu"));
        Assert.Equal(("", ""), (page.Value("Date début"), page.Value("Date fin")));
        Assert.Equal(
            (Listes.EspDatesFixes, "4", "0", "1", "0", "0"),
            (page.Value("ESP"), page.Value("Type de parcours"), page.Value("Fiche.ModalitesEnseignement"), page.Value("Recrutement"), page.Value("Unité entreprise"), page.Value("Unité centre")));
        var contact = $"{poste.Scene.Contact.Numero}, auto saisie - {poste.Scene.Etablissement.Numero}, ORGANISME DE TEST, SIRET {poste.Scene.Etablissement.Siret}";
        Assert.Equal(contact, page.Text("#Fiche_ReferentPmr option[selected]"));
        Assert.Equal(contact, page.Text("#Fiche_ReferentMobilite option[selected]"));
        Assert.Equal(("", "", ""), (page.Value("Référent PRF"), page.Value("Mail de liaison"), page.Value("Contact de la session")));
        Assert.Equal($"{poste.Scene.Etablissement.Numero} - ORGANISME DE TEST - Principal", page.Text("#organisme .valeur"));
        Assert.Equal("–", page.Text("#durees output"));
        Assert.Equal(["8 | PROGRAMME REGION - Programme de test | Créé avec la session"], page.Rows("#dispositifs"));

        var other = (await poste.Scene.SaisieAsync(async s => await s.CreateActionAsync(
            poste.Scene.Redacteur, await poste.Scene.CreateFormationAsync(), null, null, new FicheAction(), null, Guid.NewGuid()))).Numero;
        page = await poste.GetAsync($"/sofi/actions/{other}/sessions/nouvelle");
        Assert.Equal(("", "", Listes.ParcoursInconnu), (page.Value("Site lieu"), page.Value("ESP"), page.Value("Type de parcours")));
        Assert.DoesNotContain("doit obligatoirement débuter", page.Text("#description"));
        Assert.Contains("Hors programme régional, l’organisme responsable est le Site dispensateur.", page.Text("#organisme"));
        Assert.Null(page.Document.GetElementById("dispositifs"));
    }

    [Theory, EveryDatabase]
    public async Task The_organisme_responsable_is_the_mandataire_of_the_lot(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var mandataire = await poste.NeighbourAsync();
        await mandataire.AddFormateurAsync(poste.Scene.Etablissement.Numero);
        var action = (await poste.Scene.SaisieAsync(async s => await s.CreateActionAsync(
            poste.Scene.Redacteur, await poste.Scene.CreateFormationAsync(), mandataire.Scene.Lot.Id, poste.Scene.Lieu.Id, new FicheAction(), null, Guid.NewGuid()))).Numero;
        var responsable = $"{mandataire.Scene.Etablissement.Numero} - ORGANISME DE TEST - Principal";
        Assert.Equal(responsable, (await poste.GetAsync($"/sofi/actions/{action}/sessions/nouvelle")).Text("#organisme .valeur"));
        var page = await poste.GetAsync($"/sofi/sessions/{await poste.Scene.CreateSessionAsync(action)}");
        Assert.Equal(responsable, page.Text("#organisme .valeur"));
        Assert.Equal($"L’organisme responsable est le mandataire du lot {mandataire.Scene.Lot.Numero}.", page.Text("#organisme .aide"));
    }

    [Theory, EveryDatabase]
    public async Task It_is_saved_with_blanks_with_the_dispositif_of_its_lot(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await ActionAsync(poste);
        var page = await (await poste.GetAsync($"/sofi/actions/{action}/sessions/nouvelle")).PressAsync("Enregistrer", ".barre-bas");
        var session = (await poste.ActionAsync(action)).Sessions.Single();
        Assert.Equal($"/sofi/sessions/{session.Numero}", page.Address);
        Assert.Equal([Saved], page.Annonces);
        Assert.Equal(["SessionCreee"], await poste.EventsAsync("session", session.Numero));
        var dispositif = Assert.Single((await poste.SessionAsync(session.Numero)).Dispositifs);
        Assert.Equal((8, poste.Scene.Lot.Id), (dispositif.CodeDispositif, dispositif.LotId));
        page = await page.FollowAsync("PROGRAMME REGION - Programme de test");
        Assert.Equal("Fiche Dispositif", page.Text("h1"));
    }

    [Theory, EveryDatabase]
    public async Task The_same_creating_form_sent_twice_creates_once_with_its_lines(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await ActionAsync(poste);
        var form = (await poste.GetAsync($"/sofi/actions/{action}/sessions/nouvelle")).Fill("Date de l’information collective", "13/02/2025").Fill("Type de période", "inscription");
        var first = await form.PressAsync("Ajouter à la liste", "#informations", follow: false);
        var second = await form.PressAsync("Ajouter à la liste", "#informations", follow: false);
        Assert.Equal(first.Location, second.Location);
        var session = await poste.SessionAsync((await poste.ActionAsync(action)).Sessions.Single().Numero);
        Assert.Equal(($"01_{session.Numero}", $"P01_{session.Numero}"), (Assert.Single(session.InformationsCollectives).Code, Assert.Single(session.PeriodesInscription).Code));
    }

    [Theory, EveryDatabase]
    public async Task Every_field_is_saved_and_shown_again(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste), new FicheSession());
        var typed = poste.Scene.FullSession() with
        {
            Rythmes = "7",
            PeriodesFormation = ["96414", "96412"],
            ModalitesPedagogiques = ["etablissement", "96129"],
            ModalitesEnseignement = "1",
            DureeHebdo = 35,
            CommentaireDuree = "Trois semaines",
            CycleAlternance = "3",
            UniteEntreprise = 2,
            UniteCentre = 1,
            DureeEntreprise = 35,
            EtatRecrutement = "3",
            ModalitesRecrutement = ["9", "3"],
            ReferentPrf = poste.Scene.Contact.Numero,
            MailLiaison = "liaison@exemple.test",
            ContactSession = poste.Scene.Contact.Numero,
        };
        var page = Type(await poste.GetAsync($"/sofi/sessions/{session}"), typed);
        page = await page.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal([Saved], page.Annonces);
        Assert.Equal(typed, (await poste.SessionAsync(session)).Fiche);
        Assert.Equal(("10/03/2025", "28/03/2025", "235 h"), (page.Value("Date début"), page.Value("Date fin"), page.Text("#durees output")));
        Assert.Equal("96414|96412", page.Value("Périodes de formations"));
        Assert.Equal(["SessionCreee", "SessionModifiee"], await poste.EventsAsync("session", session));
        (await page.PressAsync("Enregistrer", ".barre-bas")).AssertOk();
        Assert.Equal(["SessionCreee", "SessionModifiee"], await poste.EventsAsync("session", session));
    }

    [Theory, EveryDatabase]
    public async Task All_that_cannot_be_stored_is_told_at_once(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        var page = await (await poste.GetAsync($"/sofi/sessions/{session}")).Fill("Mail de liaison", "abc").Fill("Durée en entreprise (en h)", "-3")
            .Fill("Durée en centre (en h)", "99999999999").Fill("Date début", "32/13/2025").Fill("Lien de connexion", "visio").PressAsync("Enregistrer", ".barre-bas");
        page.AssertErrors(
            "Date début : « 32/13/2025 » n'est pas une date : écrivez JJ/MM/AAAA.",
            "Durée en centre (en h) : « 99999999999 » est un nombre trop grand : vérifiez-le.", "Durée en entreprise (en h) : -3 ne convient pas ; écrivez un nombre de 0 à 99 999.",
            "Mail de liaison : « abc » ne convient pas ; écrivez une adresse complète, par exemple nom@organisme.fr.", "Lien de connexion : « visio » ne convient pas ; écrivez une adresse qui commence par https:// ou http://.");
        Assert.DoesNotContain("À compléter", page.Text("#recrutement") + page.Text("#durees"));
    }

    [Theory, EveryDatabase]
    public async Task The_count_of_what_remains_is_the_same_on_the_fiche_and_on_the_recapitulatif(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, session, _) = await poste.Scene.CreateFullOffreAsync();
        var blank = await poste.Scene.CreateSessionAsync(action, new FicheSession());
        Assert.NotEmpty((await poste.GetAsync($"/sofi/sessions/{session}")).Texts(".barre-bas .pastille"));
        await poste.Scene.SaisieAsync(s => s.SetAsideAsync(poste.Scene.Redacteur, blank, true));
        Assert.Empty((await poste.GetAsync($"/sofi/sessions/{session}")).Texts(".barre-bas .pastille"));
        Assert.Contains("Rien ne manque : vous pouvez envoyer.", (await poste.GetAsync($"/sofi/actions/{action}/etat")).Text("#pourquoi"));
    }

    [Theory]
    [EveryDatabase("Fiche.DateDebut", "32/13/2025", "Date début : « 32/13/2025 » n’est pas une date : écrivez JJ/MM/AAAA.")]
    [EveryDatabase("Fiche.DateFin", "demain", "Date fin : « demain » n’est pas une date : écrivez JJ/MM/AAAA.")]
    [EveryDatabase("Fiche.DureeCentre", "deux cents", "Durée en centre (en h) : « deux cents » n’est pas un nombre entier : écrivez-le en chiffres, par exemple 12.")]
    [EveryDatabase("Fiche.DureeHebdo", "101", "Durée hebdo : ")]
    [EveryDatabase("Fiche.DureeEntreprise", "-1", "Durée en entreprise (en h) : ")]
    [EveryDatabase("Fiche.MailLiaison", "nom.organisme.fr", "Mail de liaison : ")]
    [EveryDatabase("Fiche.CommentaireDuree", "501", "Commentaire durée : ")]
    [EveryDatabase("Information.Date", "30/02/2025", "Date de l’information collective : « 30/02/2025 » n’est pas une date")]
    [EveryDatabase("Information.HeureDebut", "25 h", "Heure de début : « 25 h » n’est pas une heure")]
    [EveryDatabase("Information.Url", "visio", "Lien de connexion : ")]
    [EveryDatabase("Periode.Fin", "31/02/2025", "Fin de la période : « 31/02/2025 » n’est pas une date")]
    public async Task A_value_that_cannot_be_stored_is_refused_on_its_field_and_all_is_kept(DatabaseKind kind, string field, string value, string message)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        if (value == "501") value = new string('a', 501);
        var page = (await poste.GetAsync($"/sofi/sessions/{session}")).Fill("Lieu", "Gardé").Fill(field, value);
        page = await page.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.StartsWith("Erreur : Fiche Session", page.Title);
        Assert.StartsWith(message, Assert.Single(page.Errors).Replace('\'', '’'));
        var id = field.Replace('.', '_');
        Assert.Equal("#" + id, page.One(".resume-erreurs a").GetAttribute("href"));
        Assert.Equal("true", page.One("#" + id).GetAttribute("aria-invalid"));
        Assert.Equal((value, "Gardé"), (page.Value(field), page.Value("Lieu")));
        Assert.All(page.Document.QuerySelectorAll("#fiche details.ajout-repli"), fold => Assert.True(fold.HasAttribute("open")));
        var stored = await poste.SessionAsync(session);
        Assert.Equal(poste.Scene.FullSession(), stored.Fiche);
        Assert.Empty(stored.InformationsCollectives);
        Assert.Equal(["SessionCreee"], await poste.EventsAsync("session", session));
    }

    [Theory, EveryDatabase]
    public async Task Several_faults_are_listed_in_the_order_of_the_screen(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        var page = (await poste.GetAsync($"/sofi/sessions/{session}")).Fill("Périodes de formations", []).Fill("Date fin", "x").Fill("Date début", "x").Fill("Durée hebdo", "x").Fill("Début de la période", "x");
        page = await page.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(["#Fiche_DateDebut", "#Fiche_DateFin", "#Fiche_DureeHebdo", "#Periode_Debut"], page.Document.QuerySelectorAll(".resume-erreurs a").Select(a => a.GetAttribute("href")));
        Assert.Equal("", page.Value("Périodes de formations"));
    }

    [Theory, EveryDatabase]
    public async Task An_end_before_the_start_is_saved_and_shown_at_once(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        var page = await (await poste.GetAsync($"/sofi/sessions/{session}")).Fill("Date fin", "28/02/2025").PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal([Saved], page.Annonces);
        Assert.Contains("28/02/2025", page.Text("#Fiche_DateFin-faire"));
        Assert.Equal("28/02/2025", page.Value("Date fin"));
        Assert.Contains("1 à compléter", page.Text(".fasd [aria-current=page]"));
        Assert.Equal(new DateOnly(2025, 2, 28), (await poste.SessionAsync(session)).Fiche.DateFin);
    }

    [Theory, EveryDatabase]
    public async Task A_start_outside_the_year_of_the_programme_is_saved_and_blocks_the_sending(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await ActionAsync(poste);
        var session = await poste.Scene.CreateSessionAsync(action);
        var page = await (await poste.GetAsync($"/sofi/sessions/{session}")).Fill("Date début", "05/01/2026").Fill("Date fin", "30/01/2026").PressAsync("Enregistrer", ".barre-bas");
        Assert.Contains("2025", page.Text("#Fiche_DateDebut-faire"));
        Assert.Contains("SES-DATE-DEBUT-10", (await poste.GetAsync($"/sofi/actions/{action}/etat")).Text());
    }

    [Theory, EveryDatabase]
    public async Task Hours_are_added_up_as_soon_as_one_is_known(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste), new FicheSession());
        var page = await (await poste.GetAsync($"/sofi/sessions/{session}")).Fill("Durée en entreprise (en h)", "1 035 h").PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal("1035 h", page.Text("#durees output"));
        Assert.Equal("Fiche_DureeCentre Fiche_DureeEntreprise", page.One("#durees output").GetAttribute("data-somme"));
        Assert.Equal(1035, (await poste.SessionAsync(session)).Fiche.DureeEntreprise);
    }

    [Theory, EveryDatabase]
    public async Task Informations_collectives_are_added_changed_and_removed_and_keep_their_code(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        var page = (await poste.GetAsync($"/sofi/sessions/{session}")).Fill("Durée hebdo", "35").Fill("Date de l’information collective", "20/02/2025").Fill("Heure de début", "9h30")
            .Fill("Heure de fin", "11 h").Fill("Nombre de places", "15").Fill("Lieu", "1 rue de l’Exemple, 44000 Nantes").Fill("Périmètre de recrutement", "Région").Fill("Commentaire", "Sur inscription");
        page = await page.PressAsync("Ajouter à la liste", "#informations");
        Assert.Equal([$"01_{session} | 1 rue de l’Exemple, 44000 Nantes | 20/02/2025 | 9 h 30 - 11 h | 15"], page.Rows("#informations"));
        Assert.Equal(("35", ""), (page.Value("Durée hebdo"), page.Value("Lieu")));

        page = (await page.PressAsync($"Modifier l’information collective 01_{session}")).Fill("À distance", "Oui").Fill("Lien de connexion", "https://exemple.test/visio").Fill("Durée hebdo", "28");
        page = await page.PressAsync("Enregistrer la ligne", "#informations");
        var stored = await poste.SessionAsync(session);
        Assert.Equal((28, "1", "https://exemple.test/visio"), (stored.Fiche.DureeHebdo, stored.InformationsCollectives[0].Fiche.ADistance, stored.InformationsCollectives[0].Fiche.Url));
        Assert.Equal([$"01_{session} | À distance : https://exemple.test/visio | 20/02/2025 | 9 h 30 - 11 h | 15"], page.Rows("#informations"));

        page = await page.Fill("Durée hebdo", "30").Fill("Date de l’information collective", "21/02/2025").PressAsync($"Retirer l’information collective 01_{session}");
        stored = await poste.SessionAsync(session);
        Assert.Equal((30, $"02_{session}"), (stored.Fiche.DureeHebdo, Assert.Single(stored.InformationsCollectives).Code));
        Assert.Equal([$"02_{session} 2 à compléter | 21/02/2025"], page.Rows("#informations"));
        Assert.Equal(
            ["SessionCreee", "SessionModifiee", "InformationCollectiveAjoutee", "SessionModifiee", "InformationCollectiveModifiee", "SessionModifiee", "InformationCollectiveAjoutee", "InformationCollectiveRetiree"],
            await poste.EventsAsync("session", session));
    }

    [Theory, EveryDatabase]
    public async Task The_pencil_of_a_line_saves_what_was_typed_then_opens_it(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        var page = await (await poste.GetAsync($"/sofi/sessions/{session}")).Fill("Date de l’information collective", "20/02/2025").Fill("Heure de début", "9h30").Fill("Lieu", "Nantes")
            .PressAsync("Ajouter à la liste", "#informations");
        page = await page.Fill("Type de période", "Inscription").Fill("Début de la période", "13/02/2025").Fill("Fin de la période", "07/03/2025").PressAsync("Ajouter à la liste", "#inscriptions");
        var opened = await page.Fill("Commentaire durée", "Tapé").PressAsync($"Modifier l’information collective 01_{session}", follow: false);
        Assert.Equal($"/sofi/sessions/{session}?informationRang=1#informations", opened.Location);
        page = await poste.GetAsync($"/sofi/sessions/{session}?informationRang=1");
        Assert.Equal(("Tapé", "Nantes", "Modifier l’information collective"), (page.Value("Commentaire durée"), page.Value("Lieu"), page.Text("#informations summary")));

        opened = await page.Fill("Lieu", "Laval").PressAsync($"Modifier la période P01_{session}", follow: false);
        Assert.Equal($"/sofi/sessions/{session}?periodeRang=1#inscriptions", opened.Location);
        Assert.Equal("Laval", Assert.Single((await poste.SessionAsync(session)).InformationsCollectives).Fiche.Lieu);

        page = await page.Fill("Durée hebdo", "x").PressAsync($"Modifier la période P01_{session}");
        Assert.Equal((HttpStatusCode.BadRequest, "x"), (page.Status, page.Value("Durée hebdo")));
    }

    [Theory, EveryDatabase]
    public async Task A_half_filled_line_saved_with_the_fiche_stays_open(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        var saved = await (await poste.GetAsync($"/sofi/sessions/{session}")).Fill("Lieu", "Nantes").PressAsync("Enregistrer", ".barre-bas", follow: false);
        Assert.Equal($"/sofi/sessions/{session}?informationRang=1#informations", saved.Location);
        var page = await poste.GetAsync($"/sofi/sessions/{session}?informationRang=1");
        Assert.Equal("Nantes", page.Value("Lieu"));
        Assert.Contains("Date de l’information collective", page.Text("#informations .champ-faire, #informations .champ:has(.champ-marque)"));

        saved = await page.Fill("Début de la période", "13/02/2025").PressAsync("Enregistrer", ".barre-bas", follow: false);
        Assert.Equal($"/sofi/sessions/{session}?informationRang=1&periodeRang=1#informations", saved.Location);
        page = (await poste.GetAsync($"/sofi/sessions/{session}?informationRang=1")).Fill("Date de l’information collective", "20/02/2025").Fill("Heure de début", "9h30");
        Assert.Equal($"/sofi/sessions/{session}", (await page.PressAsync("Enregistrer", ".barre-bas", follow: false)).Location);
    }

    [Theory, EveryDatabase]
    public async Task What_was_typed_and_not_saved_is_offered_wherever_one_comes_back_to_the_fiche(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        await poste.Scene.SaisieAsync(s => s.SaveSessionAsync(poste.Scene.Redacteur, session, 0, poste.Scene.FullSession(), new(null, new FicheInformationCollective { Lieu = "Nantes" }), null));
        var page = await poste.GetAsync($"/sofi/sessions/{session}?informationRang=1");
        Assert.Equal($"/sofi/sessions/{session}", page.One("#fiche").GetAttribute("data-brouillon"));
        Assert.Equal(HttpStatusCode.BadRequest, (await page.Fill("Commentaire durée", "Tapé").Fill("Date fin", "demain").Fill("Lieu", "Laval").PressAsync("Enregistrer", ".barre-bas")).Status);

        page = await poste.GetAsync($"/sofi/sessions/{session}?infos-taille=25");
        Assert.Contains("n’a pas été enregistrée", page.Text("#brouillon"));
        page = await page.PressAsync("Reprendre");
        Assert.Equal(("Tapé", "demain", "Laval"), (page.Value("Commentaire durée"), page.Value("Date fin"), page.Value("Lieu")));
        Assert.Contains("n’a pas été enregistrée", (await poste.GetAsync($"/sofi/sessions/{session}")).Text("#brouillon"));
        (await page.Fill("Date fin", "28/03/2025").PressAsync("Enregistrer", ".barre-bas")).AssertOk();
        Assert.Equal(("Tapé", "Laval"), ((await poste.SessionAsync(session)).Fiche.CommentaireDuree, Assert.Single((await poste.SessionAsync(session)).InformationsCollectives).Fiche.Lieu));
        Assert.Empty((await poste.GetAsync($"/sofi/sessions/{session}")).Document.QuerySelectorAll("#brouillon"));
    }

    [Theory, EveryDatabase]
    public async Task New_fiches_keep_their_drafts_apart(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await KeptUnderAsync($"/sofi/formations/nouvelle/fiche?certifinfo={poste.Scene.Certifinfo}&lot={poste.Scene.Lot.Id}&lieu={poste.Scene.Lieu.Id}");
        await KeptUnderAsync("/sofi/formations/nouvelle/fiche");
        var formation = await poste.Scene.CreateFormationAsync();
        await KeptUnderAsync($"/sofi/formations/{formation}/actions/nouvelle?lot={poste.Scene.Lot.Id}&lieu={poste.Scene.Lieu.Id}");
        var session = await poste.Scene.CreateSessionAsync(await poste.Scene.CreateActionAsync(formation));
        await KeptUnderAsync($"/sofi/sessions/{session}/dispositifs/nouveau?choix=code-9");
        Assert.Equal($"/sofi/formations/{formation}", (await poste.GetAsync($"/sofi/formations/{formation}?lot={poste.Scene.Lot.Id}")).One("#fiche").GetAttribute("data-brouillon"));

        async Task KeptUnderAsync(string address) => Assert.Equal(address, (await poste.GetAsync(address)).One("#fiche").GetAttribute("data-brouillon"));
    }

    [Theory, EveryDatabase]
    public async Task Periodes_d_inscription_are_added_changed_and_removed_and_keep_their_code(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        var page = (await poste.GetAsync($"/sofi/sessions/{session}")).Fill("Type de période", "Inscription").Fill("Début de la période", "13/02/2025").Fill("Fin de la période", "07/03/2025");
        page = await page.PressAsync("Ajouter à la liste", "#inscriptions");
        Assert.Equal([$"P01_{session} | Inscription | 13/02/2025 | 07/03/2025"], page.Rows("#inscriptions"));
        page = (await page.PressAsync($"Modifier la période P01_{session}")).Fill("Type de période", "Candidature individuelle").Fill("Fin de la période", "01/02/2025");
        page = await page.PressAsync("Enregistrer la ligne", "#inscriptions");
        Assert.Equal([$"P01_{session} 1 à compléter | Candidature individuelle | 13/02/2025 | 01/02/2025"], page.Rows("#inscriptions"));
        page = await page.Fill("Type de période", "Recrutement").PressAsync($"Retirer la période P01_{session}");
        Assert.Equal($"P02_{session}", Assert.Single((await poste.SessionAsync(session)).PeriodesInscription).Code);
        Assert.Equal(["SessionCreee", "PeriodeInscriptionAjoutee", "PeriodeInscriptionModifiee", "PeriodeInscriptionAjoutee", "PeriodeInscriptionRetiree"], await poste.EventsAsync("session", session));
    }

    [Theory, EveryDatabase]
    public async Task A_place_or_referent_of_another_etablissement_is_refused(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var other = await poste.NeighbourAsync();
        var session = await poste.Scene.CreateSessionAsync(await ActionAsync(poste));
        foreach (var (field, value) in new[]
        {
            ("LieuId", other.Scene.Lieu.Id), ("ReferentPmr", other.Scene.Contact.Numero), ("ReferentPrf", other.Scene.Contact.Numero),
            ("ReferentMobilite", other.Scene.Contact.Numero), ("ContactSession", other.Scene.Contact.Numero),
        })
        {
            var page = await poste.Redacteur.PostAsync($"/sofi/sessions/{session}", new() { ["Version"] = "0", [$"Fiche.{field}"] = $"{value}", ["action"] = "enregistrer" });
            Assert.Equal(HttpStatusCode.BadRequest, page.Status);
            Assert.Equal("#Fiche_" + field, page.One(".resume-erreurs a").GetAttribute("href"));
        }

        Assert.Equal(poste.Scene.FullSession(), (await poste.SessionAsync(session)).Fiche);
    }

    [Theory, EveryDatabase]
    public async Task Its_dispositifs_stand_at_the_foot_and_one_click_opens_them(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, _, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        var page = await poste.GetAsync($"/sofi/sessions/{session}");
        Assert.Equal(["Code", "Dispositif", "Places", "État"], page.Texts("#dispositifs th[scope=col]"));
        Assert.Equal(["8 | PROGRAMME REGION - Programme de test | 12 | Complète"], page.Rows("#dispositifs"));
        Assert.Equal("Pour passer à l’étape suivante, cliquez sur le dispositif.", page.Text("#dispositifs > .aide"));
        Assert.Equal("dispositifs", page.Document.QuerySelectorAll("#fiche section")[^1].Id);
        Assert.Equal($"/sofi/sessions/{session}/dispositifs/{dispositif}", (await page.FollowAsync("PROGRAMME REGION - Programme de test")).Address);
        Assert.Equal($"/sofi/sessions/{session}/dispositifs/nouveau", (await page.FollowAsync("Ajouter un dispositif")).Address);
    }

    [Theory, EveryDatabase]
    public async Task The_next_step_is_a_new_dispositif_the_only_one_or_the_table(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, _, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        Assert.Equal($"/sofi/sessions/{session}/dispositifs/{dispositif}", await NextAsync());
        await poste.Scene.SaisieAsync(s => s.CreateDispositifAsync(poste.Scene.Redacteur, session, 9, null, new FicheDispositif(), Guid.NewGuid()));
        Assert.Equal($"/sofi/sessions/{session}#dispositifs", await NextAsync());
        await poste.WriteAsync(db => db.Set<DispositifSession>().Where(d => d.SessionNumero == session).ExecuteDeleteAsync());
        Assert.Equal($"/sofi/sessions/{session}/dispositifs/nouveau", await NextAsync());

        async Task<string?> NextAsync() => (await (await poste.GetAsync($"/sofi/sessions/{session}")).PressAsync("Étape suivante", follow: false)).Response.Headers.Location?.ToString();
    }

    [Theory, EveryDatabase]
    public async Task While_its_action_waits_only_a_session_set_aside_may_be_changed(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, session, _) = await poste.Scene.CreateFullOffreAsync();
        var aside = await poste.Scene.CreateSessionAsync(action, new FicheSession());
        await poste.Scene.SaisieAsync(s => s.SetAsideAsync(poste.Scene.Redacteur, aside, true));
        var form = await poste.GetAsync($"/sofi/sessions/{session}");
        await poste.SendAsync(action);

        var page = await poste.GetAsync($"/sofi/sessions/{session}");
        Assert.Contains("en attente de validation par le Cariforef", page.Text(".message"));
        Assert.Empty(page.Document.QuerySelectorAll("#fiche [name^='Fiche.'], #fiche [name^='Information.'], .barre-bas button, main a[href$=suppression]"));
        page = await form.Fill("Durée hebdo", "35").PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("en attente de validation", Assert.Single(page.Errors));

        page = await (await poste.GetAsync($"/sofi/sessions/{aside}")).Fill("Durée hebdo", "35").Fill("Type de période", "Inscription").PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(["Votre saisie est sauvegardée. La session mise de côté partira avec un prochain envoi."], page.Annonces);
        Assert.Equal(35, (await poste.SessionAsync(aside)).Fiche.DureeHebdo);
        Assert.Single((await poste.SessionAsync(aside)).PeriodesInscription);

        page = await poste.GetAsync($"/sofi/actions/{action}/sessions/nouvelle");
        Assert.Empty(page.Document.QuerySelectorAll("#fiche [name^='Fiche.'], .barre-bas button"));
        page = await poste.Redacteur.PostAsync($"/sofi/actions/{action}/sessions/nouvelle", new() { ["action"] = "enregistrer" });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal(2, (await poste.ActionAsync(action)).Sessions.Count);
    }

    [Theory, EveryDatabase]
    public async Task A_validated_session_is_read_only(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, session, _) = await poste.Scene.CreateFullOffreAsync();
        await poste.ValidateAsync(action);
        var page = await poste.GetAsync($"/sofi/sessions/{session}");
        Assert.Contains("validée et en ligne", page.Text(".message"));
        Assert.Empty(page.Document.QuerySelectorAll("#fiche [name^='Fiche.'], #fiche [name^='Periode.'], .barre-bas button"));
        Assert.Contains("10/03/2025", page.Texts("#description .valeur"));
        Assert.Equal(HttpStatusCode.BadRequest, (await poste.Redacteur.PostAsync($"/sofi/sessions/{session}", new() { ["Version"] = "0" })).Status);
    }

    [Theory, EveryDatabase]
    public async Task A_closed_programme_refuses_a_new_session_and_saves_those_it_has(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await ActionAsync(poste);
        var session = await poste.Scene.CreateSessionAsync(action);
        var form = (await poste.GetAsync($"/sofi/actions/{action}/sessions/nouvelle")).Fill("Date début", "10/03/2025");
        await poste.SetAttentesAsync(attentes => attentes with { FermetureSaisie = new DateOnly(2025, 2, 11) });
        var page = await form.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("n’est pas ouverte aujourd’hui", Assert.Single(page.Errors));
        Assert.Equal("10/03/2025", page.Value("Date début"));
        (await (await poste.GetAsync($"/sofi/sessions/{session}")).Fill("Durée hebdo", "35").PressAsync("Enregistrer", ".barre-bas")).AssertOk();
        Assert.Equal(35, (await poste.SessionAsync(session)).Fiche.DureeHebdo);
    }

    [Theory, EveryDatabase]
    public async Task What_is_missing_or_another_organisations_is_not_found(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var other = await poste.NeighbourAsync();
        var (_, action, session, _) = await other.Scene.CreateFullOffreAsync();
        foreach (var address in new[] { $"/sofi/sessions/{session}", "/sofi/sessions/999999999", $"/sofi/actions/{action}/sessions/nouvelle", "/sofi/actions/999999999/sessions/nouvelle" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await poste.GetAsync(address)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await poste.Redacteur.PostAsync(address, new() { ["Fiche.DureeHebdo"] = "1" })).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await poste.GetAsync("/sofi/sessions/abc")).Status);
        Assert.Null((await other.SessionAsync(session)).Fiche.DureeHebdo);
    }

    [Theory, EveryDatabase]
    public async Task The_fiche_costs_the_same_queries_whatever_its_lines_and_sisters(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await ActionAsync(poste);
        var session = await poste.Scene.CreateSessionAsync(action);
        await AddAsync(1);
        var before = await CountAsync("1");
        await AddAsync(29);
        Assert.Equal(before, await CountAsync("2"));

        async Task AddAsync(int count)
        {
            for (var i = 0; i < count; i++) await poste.Scene.CreateSessionAsync(action);
            await poste.WriteAsync(async db =>
            {
                var first = await db.Set<InformationCollective>().CountAsync(i => i.SessionNumero == session);
                db.AddRange(Enumerable.Range(first + 1, count).Select(rank => new InformationCollective { SessionNumero = session, Rang = rank }));
                db.AddRange(Enumerable.Range(first + 1, count).Select(rank => new PeriodeInscription { SessionNumero = session, Rang = rank }));
                await db.SaveChangesAsync();
            });
        }

        async Task<(int Read, int Saved)> CountAsync(string hours)
        {
            var read = await poste.QueriesAsync($"/sofi/sessions/{session}");
            var form = (await poste.GetAsync($"/sofi/sessions/{session}")).Fill("Durée hebdo", hours);
            using var counter = QueryCounter.Start();
            Assert.Equal(HttpStatusCode.Redirect, (await form.PressAsync("Enregistrer", ".barre-bas", follow: false)).Status);
            return (read, counter.Count);
        }
    }

    /// <summary>An action on the lot of the organisation.</summary>
    private static async Task<int> ActionAsync(Poste poste) => await poste.Scene.CreateActionAsync(await poste.Scene.CreateFormationAsync());

    private static IEnumerable<string> Labels(PageHtml page, string section) =>
        page.Texts($"{section} > .champs > .champ > .libelle, {section} > .champs > .champ > label, {section} > .champs > fieldset > legend")
            .Select(label => label.Replace(" (nécessaire à l’envoi)", "", StringComparison.Ordinal));

    private static PageHtml Type(PageHtml page, FicheSession fiche)
    {
        foreach (var champ in Champ.Of<FicheSession>())
        {
            page.Fill("Fiche." + champ.Nom, champ.Read(fiche) switch
            {
                Codes codes => [.. codes],
                DateOnly date => [date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)],
                var value => [Convert.ToString(value, CultureInfo.InvariantCulture)!],
            });
        }

        return page;
    }
}
