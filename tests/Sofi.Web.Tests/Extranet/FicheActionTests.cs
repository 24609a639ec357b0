using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Core.Referentiels;
using Sofi.Core.Validation;
using Sofi.Testing;

namespace Sofi.Web.Tests.Extranet;

/// <summary>Fiche Action (procedure, page 9).</summary>
public class FicheActionTests
{
    private const string Saved = "Votre saisie est sauvegardée dans la rubrique Actions de formation en cours de saisie de votre tableau de bord.";

    [Theory, EveryDatabase]
    public async Task The_sections_and_fields_are_those_of_the_procedure(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var formation = await poste.Scene.CreateFormationAsync();
        var page = await poste.GetAsync(NewAction(poste, formation));
        page.AssertOk();
        Assert.Equal("Fiche Action", page.Text("h1"));
        Assert.Equal(["Infos générales", "Marketer l’action", "Equipement", "Pré-requis"], page.Texts("#fiche section h2"));
        Assert.Equal(
            ["Site dispensateur *", "Complément intitulé", "Complément programme", "Objectifs", "Résultats attendus", "Mon + formation", "URL Vidéo", "URL PDF", "URL Action",
             "Type d’équipement *", "Coût indicatif", "Commentaire équipement", "Niveau d’entrée *", "Pré-requis", "Commentaire Pré-requis"],
            page.Texts("#fiche .champs > .champ > .libelle, #fiche .champs > .champ > label, #fiche .champs > fieldset > legend"));
        Assert.Equal(poste.Scene.Etablissement.LibelleDispensateur, page.Text("#site-dispensateur .valeur"));
        Assert.Equal(Listes.SansNiveau, page.Value("Niveau d’entrée"));
        Assert.Equal("Public visé : Demandeurs d'emploi.", page.Value("Commentaire Pré-requis"));
        foreach (var (id, limit) in new[] { ("ComplementProgramme", 3000), ("Objectifs", 3000), ("ResultatsAttendus", 3000), ("PlusFormation", 250), ("CommentairePrerequis", 3000) })
        {
            Assert.Equal($"{limit}", page.One($"#Fiche_{id}").GetAttribute("data-longueur"));
            Assert.StartsWith("Il reste ", page.Text($"#Fiche_{id}-compte"));
        }

        Assert.StartsWith("À remplir uniquement si", page.Text("#Fiche_ComplementIntitule-aide"));
        Assert.StartsWith("Intégrer les informations complémentaires", page.Text("#Fiche_ComplementProgramme-aide"));
        Assert.Contains("Ne pas insérer de tableaux, caractères spéciaux, images, documents", page.Text("#Fiche_Objectifs-aide"));
        Assert.StartsWith("À compléter pour mettre en avant", page.Text("#Fiche_PlusFormation-aide"));
        Assert.StartsWith("À renseigner si votre offre est présentée sous format vidéo", page.Text("#Fiche_UrlVideo-aide"));
        Assert.StartsWith("À renseigner si vous souhaitez communiquer", page.Text("#Fiche_UrlPdf-aide"));
        Assert.StartsWith("Lien vers la page de votre site Internet", page.Text("#Fiche_UrlAction-aide"));
        Assert.StartsWith("Précisez les équipements nécessaires", page.Text("#Equipement_Type-aide"));
        Assert.Equal(["enregistrer", "etat", "suivante"], page.Document.QuerySelectorAll(".barre-bas button").Select(button => button.GetAttribute("value")));
        Assert.Null(page.Document.GetElementById("sessions"));
    }

    [Theory, EveryDatabase]
    public async Task It_is_saved_with_blanks_and_says_where_to_find_it(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var formation = await poste.Scene.CreateFormationAsync();
        var page = await (await poste.GetAsync(NewAction(poste, formation))).PressAsync("Enregistrer", ".barre-bas");
        var action = await poste.ReadAsync(db => db.Set<ActionFormation>().SingleAsync(a => a.FormationNumero == formation));
        Assert.Equal($"/sofi/actions/{action.Numero}", page.Address);
        Assert.Equal([Saved], page.Annonces);
        Assert.Equal("/sofi/actions?rubrique=en-cours", page.One(".annonce a").GetAttribute("href"));
        Assert.Equal((poste.Scene.Lot.Id, poste.Scene.Lieu.Id), (action.LotId, action.LieuId));
        Assert.Equal(["ActionCreee"], await poste.EventsAsync("action", action.Numero));
        Assert.Contains($"-{action.Numero}", (await page.FollowAsync("Actions de formation en cours de saisie")).Text("tbody"));
    }

    [Theory, EveryDatabase]
    public async Task Every_field_is_saved_and_shown_again(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await poste.Scene.CreateActionAsync(await poste.Scene.CreateFormationAsync());
        var typed = new FicheAction
        {
            ComplementIntitule = "Œuvre d’été – 12 €",
            ComplementProgramme = "Ligne 1\nLigne 2",
            Objectifs = "« Objectifs »",
            ResultatsAttendus = "Résultats",
            PlusFormation = "Nos points forts",
            UrlVideo = "https://www.youtube.com/watch?v=abc",
            UrlPdf = "https://exemple.test/plaquette.pdf",
            UrlAction = "http://exemple.test/action",
            NiveauEntree = "13",
            Prerequis = ["projet-creation", "permis-b"],
            CommentairePrerequis = "Commentaire",
        };
        var page = await poste.GetAsync($"/sofi/actions/{action}");
        foreach (var champ in Champ.Of<FicheAction>())
            page.Fill("Fiche." + champ.Nom, champ.Read(typed) is Codes codes ? [.. codes] : [(string)champ.Read(typed)!]);
        page = await page.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal([Saved], page.Annonces);
        Assert.Equal(typed, (await poste.ActionAsync(action)).Fiche);
        Assert.Equal("Ligne 1\nLigne 2", page.Value("Complément programme"));
        Assert.Equal(("13", "projet-creation|permis-b"), (page.Value("Niveau d’entrée"), page.Value("Pré-requis")));
        Assert.Equal("Il reste 2 985 caractères", page.Text("#Fiche_ComplementProgramme-compte"));
        Assert.Equal(["ActionCreee", "ActionModifiee"], await poste.EventsAsync("action", action));

        var revision = (await poste.ActionAsync(action)).Revision;
        (await page.PressAsync("Enregistrer", ".barre-bas")).AssertOk();
        Assert.Equal(["ActionCreee", "ActionModifiee"], await poste.EventsAsync("action", action));
        Assert.Equal(revision, (await poste.ActionAsync(action)).Revision);
    }

    [Theory, EveryDatabase]
    public async Task A_pasted_table_becomes_text_and_the_person_is_told(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await poste.Scene.CreateActionAsync(await poste.Scene.CreateFormationAsync());
        var page = await poste.GetAsync($"/sofi/actions/{action}");
        page.Fill("Objectifs", "<table><tr><td>Jour 1</td><td>Projet</td></tr><tr><td>Jour 2</td><td><img src=\"x\">Plan</td></tr></table> 🎉").Fill("Complément intitulé", "<b>Été</b>");
        page = await page.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(
            ["Complément intitulé – Retiré de votre texte : la mise en forme.", "Objectifs – Retiré de votre texte : la mise en forme et les émojis.", Saved],
            page.Annonces.Order(StringComparer.Ordinal));
        var fiche = (await poste.ActionAsync(action)).Fiche;
        Assert.Equal(("Été", "Jour 1 Projet\nJour 2 Plan"), (fiche.ComplementIntitule, fiche.Objectifs));
    }

    [Theory]
    [EveryDatabase("Fiche.UrlVideo", "https://exemple.test/video.avi")]
    [EveryDatabase("Fiche.UrlVideo", "youtube")]
    [EveryDatabase("Fiche.UrlPdf", "plaquette.pdf")]
    [EveryDatabase("Fiche.UrlAction", "javascript:alert(1)")]
    [EveryDatabase("Equipement.CoutIndicatif", "cent euros")]
    [EveryDatabase("Equipement.CoutIndicatif", "100000")]
    [EveryDatabase("Fiche.PlusFormation", "251")]
    public async Task A_value_that_cannot_be_stored_is_refused_on_its_field_and_all_is_kept(DatabaseKind kind, string field, string value)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await poste.Scene.CreateActionAsync(await poste.Scene.CreateFormationAsync());
        if (value == "251") value = new string('é', 251);
        var page = (await poste.GetAsync($"/sofi/actions/{action}")).Fill("Objectifs", "Gardé").Fill("Commentaire équipement", "Gardé aussi").Fill(field, value);
        page = await page.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Single(page.Errors);
        var id = field.Replace('.', '_');
        Assert.Equal("#" + id, page.One(".resume-erreurs a").GetAttribute("href"));
        Assert.Equal("true", page.One("#" + id).GetAttribute("aria-invalid"));
        Assert.Contains(id + "-erreur", page.One("#" + id).GetAttribute("aria-describedby"));
        Assert.Equal((value, "Gardé", "Gardé aussi"), (page.Value(field), page.Value("Objectifs"), page.Value("Commentaire équipement")));
        Assert.Equal("Non enregistré", page.Text(".barre-bas-fait"));
        var stored = await poste.ActionAsync(action);
        Assert.Null(stored.Fiche.Objectifs);
        Assert.Empty(stored.Equipements);
        Assert.Equal(0, stored.Revision);
    }

    [Theory]
    [EveryDatabase("https://youtu.be/abc")]
    [EveryDatabase("https://m.youtube.com/watch?v=1")]
    [EveryDatabase("https://exemple.test/film.MP4")]
    public async Task YouTube_and_MP4_are_videos(DatabaseKind kind, string address)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await poste.Scene.CreateActionAsync(await poste.Scene.CreateFormationAsync());
        (await (await poste.GetAsync($"/sofi/actions/{action}")).Fill("URL Vidéo", address).PressAsync("Enregistrer", ".barre-bas")).AssertOk();
        Assert.Equal(address, (await poste.ActionAsync(action)).Fiche.UrlVideo);
    }

    [Theory, EveryDatabase]
    public async Task Equipments_are_added_changed_and_removed_with_the_fiche_and_nothing_typed_is_lost(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await poste.Scene.CreateActionAsync(await poste.Scene.CreateFormationAsync());
        var page = await poste.GetAsync($"/sofi/actions/{action}");
        page.Fill("Objectifs", "Un").Fill("Type d’équipement", "11").Fill("Coût indicatif", "1 200 €").Fill("Commentaire équipement", "Ordinateur");
        page = await page.PressAsync("Ajouter à la liste", "#equipement");
        Assert.Equal($"/sofi/actions/{action}", page.Address);
        Assert.Equal(["Équipement numérique | 1200 € | Ordinateur"], page.Rows("#equipement"));
        Assert.Equal(("Un", ""), (page.Value("Objectifs"), page.Value("Commentaire équipement")));

        page = await page.PressAsync("Modifier Équipement numérique");
        Assert.Equal(("1200", "Ordinateur"), (page.Value("Coût indicatif"), page.Value("Commentaire équipement")));
        Assert.True(page.One("#equipement details").HasAttribute("open"));
        page = await page.Fill("Objectifs", "Deux").Fill("Coût indicatif", "900").PressAsync("Enregistrer la ligne", "#equipement");
        var stored = await poste.ActionAsync(action);
        Assert.Equal(("Deux", 900), (stored.Fiche.Objectifs, Assert.Single(stored.Equipements).Fiche.CoutIndicatif));

        page = await page.Fill("Objectifs", "Trois").Fill("Type d’équipement", "1").PressAsync("Retirer Équipement numérique");
        Assert.Equal([Saved], page.Annonces);
        stored = await poste.ActionAsync(action);
        Assert.Equal(("Trois", "1"), (stored.Fiche.Objectifs, Assert.Single(stored.Equipements).Fiche.Type));
        Assert.Equal(
            ["ActionCreee", "ActionModifiee", "EquipementAjoutee", "ActionModifiee", "EquipementModifiee", "ActionModifiee", "EquipementAjoutee", "EquipementRetire"],
            await poste.EventsAsync("action", action));
    }

    [Theory, EveryDatabase]
    public async Task A_line_is_added_once_however_often_the_form_is_sent_and_removed_once(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await poste.Scene.CreateActionAsync(await poste.Scene.CreateFormationAsync());
        var form = (await poste.GetAsync($"/sofi/actions/{action}")).Fill("Objectifs", "Une fois").Fill("Type d’équipement", "1");
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => form.PressAsync("Ajouter à la liste", "#equipement", follow: false))))
            Assert.Equal($"/sofi/actions/{action}#equipement", answer.Location);
        Assert.Single((await poste.ActionAsync(action)).Equipements);
        form = await poste.GetAsync($"/sofi/actions/{action}");
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.Redirect, (await form.PressAsync("Retirer Protection de la tête", follow: false)).Status);
        Assert.Empty((await poste.ActionAsync(action)).Equipements);
    }

    [Theory, EveryDatabase]
    public async Task A_line_that_is_gone_is_added_anew_with_what_was_typed(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await poste.Scene.CreateActionAsync(await poste.Scene.CreateFormationAsync());
        await poste.Scene.SaisieAsync(s => s.SaveActionAsync(poste.Scene.Redacteur, action, 0, new FicheAction(), new(null, new FicheEquipement { Type = "1" })));
        var line = (await poste.ActionAsync(action)).Equipements[0].Id;
        var form = (await poste.GetAsync($"/sofi/actions/{action}?equipementRang={line}")).Fill("Commentaire équipement", "Tapé");
        await poste.Scene.SaisieAsync(s => s.RemoveEquipementAsync(poste.Scene.Redacteur, action, line));
        (await form.PressAsync("Enregistrer", ".barre-bas")).AssertOk();
        Assert.Equal("Tapé", Assert.Single((await poste.ActionAsync(action)).Equipements).Fiche.Commentaire);
        var page = await poste.GetAsync($"/sofi/actions/{action}?equipementRang={line}");
        Assert.Equal("Ajouter un équipement", page.Text("#equipement summary"));
        Assert.Equal("", page.Value("Commentaire équipement"));
    }

    [Theory, EveryDatabase]
    public async Task An_unfinished_line_says_so_in_its_row(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await poste.Scene.CreateActionAsync(await poste.Scene.CreateFormationAsync());
        var page = (await poste.GetAsync($"/sofi/actions/{action}")).Fill("Commentaire équipement", "Sans type");
        page = await page.PressAsync("Ajouter à la liste", "#equipement");
        Assert.Equal(["équipement sans type 1 à compléter | Sans type"], page.Rows("#equipement"));
    }

    [Theory, EveryDatabase]
    public async Task The_pencil_of_a_line_saves_what_was_typed_and_an_unfinished_line_stays_open(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await poste.Scene.CreateActionAsync(await poste.Scene.CreateFormationAsync());
        var saved = await (await poste.GetAsync($"/sofi/actions/{action}")).Fill("Commentaire équipement", "Sans type").PressAsync("Enregistrer", ".barre-bas", follow: false);
        var line = Assert.Single((await poste.ActionAsync(action)).Equipements).Id;
        Assert.Equal($"/sofi/actions/{action}?equipementRang={line}#equipement", saved.Location);
        var page = await poste.GetAsync($"/sofi/actions/{action}");
        saved = await page.Fill("Objectifs", "Tapé").PressAsync("Modifier équipement sans type", follow: false);
        Assert.Equal($"/sofi/actions/{action}?equipementRang={line}#equipement", saved.Location);
        Assert.Equal("Tapé", (await poste.ActionAsync(action)).Fiche.Objectifs);
    }

    [Theory, EveryDatabase]
    public async Task Prerequis_are_those_of_the_programme_and_a_chosen_one_stays(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await poste.Scene.CreateActionAsync(await poste.Scene.CreateFormationAsync());
        var all = (await poste.GetAsync($"/sofi/actions/{action}")).Texts("#Fiche_Prerequis .form-check");
        Assert.Equal(await poste.ReadAsync(db => db.Set<Prerequis>().Where(p => p.Actif).OrderBy(p => p.Ordre).Select(p => p.Libelle).ToListAsync()), all);
        await poste.Scene.SaisieAsync(s => s.SaveActionAsync(poste.Scene.Redacteur, action, 0, new FicheAction { Prerequis = ["permis-b"] }, null));
        await poste.SetAttentesAsync(attentes => attentes with { Prerequis = ["projet-creation"] });
        var page = await poste.GetAsync($"/sofi/actions/{action}");
        Assert.Equal(["permis-b", "projet-creation"], page.Document.QuerySelectorAll("#Fiche_Prerequis input").Select(box => box.GetAttribute("value")!).Order());
    }

    [Theory, EveryDatabase]
    public async Task A_text_that_certifinfo_lacks_is_to_be_completed_here(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await poste.WriteAsync(db => db.Set<FicheCertifinfo>().Where(f => f.Code == poste.Scene.Certifinfo).ExecuteUpdateAsync(set => set.SetProperty(f => f.Objectif, (string?)null)));
        var action = await poste.Scene.CreateActionAsync(await poste.Scene.CreateFormationAsync());
        var page = await poste.GetAsync($"/sofi/actions/{action}");
        Assert.NotEqual("", page.Text("#Fiche_Objectifs-faire"));
        Assert.Equal("", page.Text("#Fiche_ResultatsAttendus-faire"));
    }

    [Theory, EveryDatabase]
    public async Task Its_sessions_are_listed_and_opened(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, session, _) = await poste.Scene.CreateFullOffreAsync();
        var blank = await poste.Scene.CreateSessionAsync(action, new FicheSession());
        await poste.Scene.SaisieAsync(s => s.SetAsideAsync(poste.Scene.Redacteur, blank, true));
        var page = await poste.GetAsync($"/sofi/actions/{action}");
        Assert.Equal(["Session", "Site lieu", "Date début", "Date fin", "Code dispositif", "Envoi"], page.Texts("#sessions th[scope=col]"));
        Assert.Equal([$"{session} | {poste.Scene.Etablissement.Numero} - ORGANISME DE TEST - Principal | 10/03/2025 | 28/03/2025 | 8", $"{blank} | 8 | Mise de côté"], page.Rows("#sessions"));
        Assert.Equal([$"{session}"], (await poste.GetAsync($"/sofi/actions/{action}?sessions-recherche=28/03/2025")).Heads("#sessions"));
        Assert.Equal([$"{session}", $"{blank}"], (await poste.GetAsync($"/sofi/actions/{action}?sessions-tri=debut")).Heads("#sessions"));
        Assert.Equal($"/sofi/sessions/{session}", (await page.FollowAsync($"{session}")).Address);
    }

    [Theory, EveryDatabase]
    public async Task The_next_step_is_a_new_session_the_only_one_or_the_table(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await poste.Scene.CreateActionAsync(await poste.Scene.CreateFormationAsync());
        Assert.Equal($"/sofi/actions/{action}/sessions/nouvelle", await NextAsync());
        var session = await poste.Scene.CreateSessionAsync(action);
        Assert.Equal($"/sofi/sessions/{session}", await NextAsync());
        await poste.Scene.CreateSessionAsync(action);
        Assert.Equal($"/sofi/actions/{action}#sessions", await NextAsync());
        var page = await poste.GetAsync($"/sofi/actions/{action}");
        Assert.Equal($"/sofi/actions/{action}/etat", (await page.PressAsync(PageHtml.Clean(page.One("button[value=etat]").TextContent), follow: false)).Location);

        async Task<string?> NextAsync() => (await (await poste.GetAsync($"/sofi/actions/{action}")).PressAsync("Étape suivante", follow: false)).Response.Headers.Location?.ToString();
    }

    [Theory, EveryDatabase]
    public async Task The_lot_or_place_of_another_is_no_choice(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var other = await poste.NeighbourAsync();
        var formation = await poste.Scene.CreateFormationAsync();
        foreach (var query in new[] { $"lot={other.Scene.Lot.Id}", $"lieu={other.Scene.Lieu.Id}", "lot=99999999" })
        {
            var address = $"/sofi/formations/{formation}/actions/nouvelle?{query}";
            Assert.Equal(HttpStatusCode.NotFound, (await poste.GetAsync(address)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await poste.Redacteur.PostAsync(address, [])).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await poste.GetAsync($"/sofi/formations/{formation}/actions/nouvelle?lot=abc")).Status);
        Assert.Equal(0, await poste.ReadAsync(db => db.Set<ActionFormation>().CountAsync(a => a.FormationNumero == formation)));
    }

    [Theory, EveryDatabase]
    public async Task A_closed_programme_refuses_a_new_action_with_the_reason_and_keeps_what_was_typed(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var formation = await poste.Scene.CreateFormationAsync();
        var form = (await poste.GetAsync(NewAction(poste, formation))).Fill("Objectifs", "Gardé");
        await poste.SetAttentesAsync(attentes => attentes with { FermetureSaisie = new DateOnly(2025, 2, 11) });
        var page = await form.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("« Programme de test » n’est pas ouverte aujourd’hui", Assert.Single(page.Errors));
        Assert.Equal("Gardé", page.Value("Objectifs"));
    }

    [Theory, EveryDatabase]
    public async Task While_it_waits_or_is_validated_it_is_read_only_and_says_why(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, _, _) = await poste.Scene.CreateFullOffreAsync();
        var form = (await poste.GetAsync($"/sofi/actions/{action}")).Fill("Objectifs", "Trop tard");
        var soumission = await poste.SendAsync(action);
        var page = await poste.GetAsync($"/sofi/actions/{action}");
        Assert.Contains("en attente de validation par le Cariforef", page.Text(".message"));
        Assert.Empty(page.Document.QuerySelectorAll("#fiche [name^='Fiche.'], #fiche button[name=action][value^=retirer], .barre-bas button, a[href$=suppression]"));
        Assert.Equal($"/sofi/actions/{action}/etat", page.One(".barre-bas a").GetAttribute("href"));
        page = await form.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("en attente de validation", Assert.Single(page.Errors));
        Assert.Contains("Trop tard", page.Text("#infos"));
        Assert.Null((await poste.ActionAsync(action)).Fiche.Objectifs);

        Assert.Null(await poste.Scene.DoAsync((ValidationService s) => s.ValidateAsync(poste.Scene.Valideur, soumission.Id, soumission.Version)));
        page = await poste.GetAsync($"/sofi/actions/{action}");
        Assert.Contains("validée et en ligne", page.Text(".message"));
        Assert.Equal(["Validée", "En ligne depuis le 12/02/2025"], page.Texts(".tete-page .etat"));
        Assert.Empty(page.Document.QuerySelectorAll("#fiche [name^='Fiche.'], .barre-bas button"));
    }

    [Theory, EveryDatabase]
    public async Task A_mandataire_reads_its_own_sessions_and_changes_nothing(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var mandataire = await poste.NeighbourAsync();
        await mandataire.AddFormateurAsync(poste.Scene.Etablissement.Numero);
        var formation = await poste.Scene.CreateFormationAsync();
        var action = (await poste.Scene.SaisieAsync(s => s.CreateActionAsync(
            poste.Scene.Redacteur, formation, mandataire.Scene.Lot.Id, poste.Scene.Lieu.Id, new FicheAction(), null, Guid.NewGuid()))).Numero;
        var shared = await poste.Scene.CreateSessionAsync(action);
        var own = await poste.Scene.CreateSessionAsync(action);
        await poste.WriteAsync(db => db.Set<DispositifSession>().Where(d => d.SessionNumero == own).ExecuteUpdateAsync(set => set.SetProperty(d => d.LotId, poste.Scene.Lot.Id)));
        foreach (var address in new[] { $"/sofi/actions/{action}", $"/sofi/actions/{action}/etat", $"/sofi/sessions/{shared}" })
        {
            var page = await mandataire.GetAsync(address);
            page.AssertOk();
            Assert.DoesNotContain($"/sofi/sessions/{own}\"", page.Html);
            Assert.DoesNotContain($"<strong>{own}</strong>", page.Html);
            Assert.Empty(page.Document.QuerySelectorAll("#fiche [name^='Fiche.'], .barre-bas button, main a[href*='suppression'], main a[href*='nouvelle']"));
            Assert.Equal(HttpStatusCode.NotFound, (await mandataire.Redacteur.PostAsync(address, new() { ["action"] = "enregistrer" })).Status);
        }

        foreach (var address in new[] { $"/sofi/sessions/{own}", $"/sofi/actions/{action}/suppression", $"/sofi/sessions/{shared}/suppression" })
            Assert.Equal(HttpStatusCode.NotFound, (await mandataire.GetAsync(address)).Status);
    }

    [Theory, EveryDatabase]
    public async Task The_fiche_costs_the_same_queries_whatever_its_lines_and_sessions(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await poste.Scene.CreateActionAsync(await poste.Scene.CreateFormationAsync());
        await AddAsync(1);
        var before = await CountAsync();
        await AddAsync(29);
        Assert.Equal(before, await CountAsync());

        async Task AddAsync(int count)
        {
            for (var i = 0; i < count; i++) await poste.Scene.CreateSessionAsync(action);
            await poste.WriteAsync(db =>
            {
                db.AddRange(Enumerable.Range(0, count).Select(_ => new Equipement { ActionNumero = action, Fiche = new FicheEquipement { Type = "1" } }));
                return db.SaveChangesAsync();
            });
        }

        async Task<(int Read, int Saved)> CountAsync()
        {
            var read = await poste.QueriesAsync($"/sofi/actions/{action}");
            var form = (await poste.GetAsync($"/sofi/actions/{action}")).Fill("Objectifs", Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture));
            using var counter = QueryCounter.Start();
            Assert.Equal(HttpStatusCode.Redirect, (await form.PressAsync("Enregistrer", ".barre-bas", follow: false)).Status);
            return (read, counter.Count);
        }
    }

    private static string NewAction(Poste poste, int formation) => $"/sofi/formations/{formation}/actions/nouvelle?lot={poste.Scene.Lot.Id}&lieu={poste.Scene.Lieu.Id}";
}
