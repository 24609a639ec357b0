using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Offre;
using Sofi.Core.Referentiels;
using Sofi.Testing;

namespace Sofi.Web.Tests.Extranet;

/// <summary>Fiche Formation (procedure, page 8).</summary>
public class FicheFormationTests
{
    private const string New = "/sofi/formations/nouvelle/fiche";

    [Theory, EveryDatabase]
    public async Task A_certification_is_taken_up_and_read_only(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var page = await poste.GetAsync($"{New}?certifinfo={poste.Scene.Certifinfo}");
        page.AssertOk();
        Assert.Equal("Fiche Formation", page.Text("h1"));
        Assert.Equal(["Formation 0", $"CertifInfo {poste.Scene.Certifinfo}"], page.Texts(".tete-page .code"));
        Assert.Equal(["Intitulé", "Description", "Blocs de compétences"], page.Texts("#fiche section h2"));
        Assert.StartsWith("Vous avez accès aux informations de la fiche CertifInfo : intitulé, objectif, programme, Formacodes, niveau de sortie… Ces éléments ne sont pas modifiables.",
            page.Text("#fiche .message"));
        Assert.Equal(
            ["Intitulé *", "Objectif général *", "Type de certification *", "Objectif", "Programme", "Résultats attendus", "Niveau de sortie *", "Formacodes *",
             "Souhaitez-vous individualiser le parcours par bloc de compétences *", "Validation de la formation *"],
            page.Texts("#fiche .libelle"));
        Assert.Equal(
            ["Certification de test", "Certification", "Autre certification sans niveau spécifique", "Objectif.", "Programme.", "Résultats.", "Sans niveau spécifique",
             "32047 Création entreprise", "Non", "Totale"],
            page.Texts("#fiche .valeur"));
        Assert.Empty(page.Document.QuerySelectorAll("#fiche [name^='Fiche.']"));
        Assert.Equal(["Choisir", "Type module", "Intitulé module", "Objectif", "Programme"], page.Texts("#blocs th"));
        Assert.Contains("Aucun résultat trouvé", page.Text("#blocs"));
        Assert.Equal(["Enregistrer", "Étape suivante"], page.Texts(".barre-bas button"));
    }

    [Theory, EveryDatabase]
    public async Task A_forged_post_changes_nothing_of_what_the_certification_gives(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var formation = await poste.Scene.CreateFormationAsync();
        var forged = new Dictionary<string, string>
        {
            ["Version"] = "0",
            ["Fiche.Intitule"] = "Autre",
            ["Fiche.Objectif"] = "Autre",
            ["Fiche.NiveauSortie"] = "18",
            ["Fiche.Formacodes"] = "15054",
            ["Fiche.ObjectifGeneral"] = "4",
            ["Fiche.TypeCertification"] = "196",
            ["Fiche.IndividualiserBlocs"] = "1",
            ["Fiche.BlocsChoisis"] = "RNCP1BC1",
            ["Certifinfo"] = "1",
            ["action"] = "enregistrer",
        };
        var page = await poste.Redacteur.PostAsync($"/sofi/formations/{formation}", forged);
        Assert.Equal($"/sofi/formations/{formation}", page.Location);
        var fiche = (await poste.FormationAsync(formation)).Fiche;
        Assert.Equal(("Certification de test", "Objectif.", "1", "6", "999", "0"),
            (fiche.Intitule, fiche.Objectif, fiche.NiveauSortie, fiche.ObjectifGeneral, fiche.TypeCertification, fiche.IndividualiserBlocs));
        Assert.Equal(["32047"], fiche.Formacodes);
        Assert.Empty(fiche.BlocsChoisis);
        Assert.Equal(["FormationCreee"], await poste.EventsAsync("formation", formation));
    }

    [Theory, EveryDatabase]
    public async Task A_first_save_gives_the_number_and_tells_the_next_step(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var page = await (await poste.GetAsync($"{New}?certifinfo={poste.Scene.Certifinfo}&lot={poste.Scene.Lot.Id}&lieu={poste.Scene.Lieu.Id}")).PressAsync("Enregistrer");
        var formation = await poste.ReadAsync(db => db.Set<Formation>().SingleAsync(f => f.EtablissementNumero == poste.Scene.Etablissement.Numero));
        Assert.Equal($"/sofi/formations/{formation.Numero}?lot={poste.Scene.Lot.Id}&lieu={poste.Scene.Lieu.Id}", page.Address);
        Assert.Equal([$"La formation {formation.Numero} est enregistrée. Passez à l’étape suivante pour décrire son action."], page.Annonces);
        Assert.Equal(["FormationCreee"], await poste.EventsAsync("formation", formation.Numero));
        Assert.Equal($"/sofi/formations/{formation.Numero}/actions/nouvelle?lot={poste.Scene.Lot.Id}&lieu={poste.Scene.Lieu.Id}",
            page.One("#actions a[href$='actions/nouvelle?lot=" + poste.Scene.Lot.Id + "&lieu=" + poste.Scene.Lieu.Id + "']").GetAttribute("href"));
        Assert.Contains("Passez à l’étape suivante pour décrire la première action.", page.Text("#actions"));
    }

    [Theory, EveryDatabase]
    public async Task The_same_creating_form_sent_twice_creates_once_and_lands_on_the_same_page(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var form = (await poste.GetAsync(New)).Fill("Intitulé", "Formation libre");
        Assert.Equal(["Objectif *", "Programme *", "Résultats attendus *"], form.Texts("#description .champ > label").Take(3));
        var answers = await Task.WhenAll(form.PressAsync("Enregistrer", follow: false), form.PressAsync("Enregistrer", follow: false));
        var again = await form.PressAsync("Enregistrer", follow: false);
        Assert.Single(answers.Append(again).Select(a => a.Location).Distinct());
        Assert.Equal(1, await poste.ReadAsync(db => db.Set<Formation>().CountAsync(f => f.EtablissementNumero == poste.Scene.Etablissement.Numero)));
    }

    [Theory, EveryDatabase]
    public async Task A_formation_is_created_for_the_etablissement_that_its_form_showed(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var second = await poste.ReadAsync(OffreScene.AddEtablissementAsync);
        var compte = await poste.App.AddCompteAsync(Role.Redacteur, poste.Scene.Etablissement.Numero, second.Numero);
        var browser = await poste.App.SignInAsync(compte);
        var form = (await browser.GetAsync(New)).Fill("Intitulé", "Commencée ici");
        var shown = form.One("input[name=Etablissement]").GetAttribute("value");
        await browser.PostAsync("/compte/etablissement", new() { ["etablissement"] = shown == $"{second.Numero}" ? $"{poste.Scene.Etablissement.Numero}" : $"{second.Numero}" });
        (await form.PressAsync("Enregistrer")).AssertOk();
        var saved = await poste.ReadAsync(db => db.Set<Formation>().SingleAsync(f => f.Fiche.Intitule == "Commencée ici" && (f.EtablissementNumero == second.Numero || f.EtablissementNumero == poste.Scene.Etablissement.Numero)));
        Assert.Equal(shown, $"{saved.EtablissementNumero}");
        await using var stranger = await poste.NeighbourAsync();
        var forged = await browser.PostAsync(New, new() { ["Etablissement"] = $"{stranger.Scene.Etablissement.Numero}", ["Fiche.Intitule"] = "Chez un autre" });
        Assert.Equal(HttpStatusCode.NotFound, forged.Status);
    }

    [Theory, EveryDatabase]
    public async Task A_free_formation_types_every_field(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var page = await poste.GetAsync(New);
        Assert.Equal(["Formation 0"], page.Texts(".tete-page .code"));
        Assert.Empty(page.Document.QuerySelectorAll("#fiche .message"));
        Assert.DoesNotContain(page.Texts("#Fiche_TypeCertification option"), type => type.StartsWith("CAP", StringComparison.OrdinalIgnoreCase));
        page.Fill("Intitulé", "Créer son entreprise").Fill("Objectif général", "4").Fill("Type de certification", "999").Fill("Objectif", "Objectif.\nDeux lignes.")
            .Fill("Programme", "Programme.").Fill("Résultats attendus", "Résultats.").Fill("Niveau de sortie", "Niveau 4 (Baccalauréat, BP)").Fill("RechercheFormacodes", "creation entreprise");
        page = await page.PressAsync("Rechercher", "#Fiche_Formacodes");
        page.AssertOk();
        Assert.Equal("Créer son entreprise", page.Value("Intitulé"));
        Assert.Equal("creation entreprise", page.Value("RechercheFormacodes"));
        page = await page.Fill("Formacodes", "32047 Création entreprise").PressAsync("Enregistrer", ".barre-bas");
        page.AssertOk();
        var fiche = (await poste.ReadAsync(db => db.Set<Formation>().SingleAsync(f => f.EtablissementNumero == poste.Scene.Etablissement.Numero))).Fiche;
        Assert.Equal(("Créer son entreprise", "4", "999", "Objectif.\nDeux lignes.", "Programme.", "Résultats.", "14"),
            (fiche.Intitule, fiche.ObjectifGeneral, fiche.TypeCertification, fiche.Objectif, fiche.Programme, fiche.ResultatsAttendus, fiche.NiveauSortie));
        Assert.Equal(["32047"], fiche.Formacodes);
        Assert.Equal("32047 Création entreprise", page.Text("#Fiche_Formacodes .form-check"));
        Assert.Equal(["Non", "Totale"], page.Texts("#blocs .valeur"));
    }

    [Theory, EveryDatabase]
    public async Task A_search_that_finds_nothing_says_so_and_keeps_what_was_typed(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var page = (await poste.GetAsync(New)).Fill("Intitulé", "Gardé").Fill("RechercheFormacodes", "zyxwvu");
        page = await page.PressAsync("Rechercher", "#Fiche_Formacodes");
        page.AssertOk();
        Assert.Equal("Aucun résultat trouvé", page.Text("#Fiche_Formacodes [role=status]"));
        Assert.Equal("Gardé", page.Value("Intitulé"));
    }

    [Theory, EveryDatabase]
    public async Task A_value_that_cannot_be_stored_is_refused_on_its_field_and_kept(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var page = (await poste.GetAsync(New)).Fill("Intitulé", new string('i', 256)).Fill("Objectif", new string('o', 3001));
        page = await page.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal(2, page.Errors.Count);
        Assert.All(page.Errors, (line, i) => Assert.StartsWith(i == 0 ? "Intitulé : 256 caractères" : "Objectif : 3 001 caractères", line));
        Assert.Equal(["#Fiche_Intitule", "#Fiche_Objectif"], page.Document.QuerySelectorAll(".resume-erreurs a").Select(a => a.GetAttribute("href")));
        Assert.Equal(new string('i', 256), page.Value("Intitulé"));
        Assert.Equal("1 caractère de trop", page.Text("#Fiche_Objectif-compte"));
        var forged = await poste.Redacteur.PostAsync(New, new() { ["Fiche.TypeCertification"] = "445", ["Fiche.ObjectifGeneral"] = "77", ["Fiche.Formacodes"] = "00000" });
        Assert.Equal(["#Fiche_ObjectifGeneral", "#Fiche_TypeCertification", "#Fiche_Formacodes"], forged.Document.QuerySelectorAll(".resume-erreurs a").Select(a => a.GetAttribute("href")));
        Assert.Equal(0, await poste.ReadAsync(db => db.Set<Formation>().CountAsync(f => f.EtablissementNumero == poste.Scene.Etablissement.Numero)));
    }

    [Theory, EveryDatabase]
    public async Task Blocs_ticked_on_another_page_of_the_list_are_kept(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await AddBlocsAsync(poste, 12);
        var formation = await poste.Scene.CreateFormationAsync();
        var first = await poste.GetAsync($"/sofi/formations/{formation}");
        Assert.Equal("Voir 1 à 10 sur 12 résultats", first.Text("#blocs [role=status]"));
        Assert.Equal(["", "Obligatoire", "RNCP9BC01 Bloc 1", "Objectif 1.", "Programme 1."], first.Document.QuerySelectorAll("#blocs tbody tr")[0].Children.Select(cell => PageHtml.Clean(cell.TextContent)));
        first.Fill("Souhaitez-vous individualiser le parcours par bloc de compétences", "1").Fill("Validation de la formation", "Partielle").Fill("Fiche.BlocsChoisis", "RNCP9BC01", "RNCP9BC03");
        (await first.PressAsync("Enregistrer", ".barre-bas")).AssertOk();
        var second = await poste.GetAsync($"/sofi/formations/{formation}?blocs-page=2");
        Assert.Equal(2, second.Document.QuerySelectorAll("#blocs tbody input[type=checkbox]").Length);
        Tick(second, "RNCP9BC11");
        (await second.PressAsync("Enregistrer", ".barre-bas")).AssertOk();
        var stored = await poste.FormationAsync(formation);
        Assert.Equal(["RNCP9BC01", "RNCP9BC03", "RNCP9BC11"], stored.Fiche.BlocsChoisis);
        Assert.Equal(("1", "partielle"), (stored.Fiche.IndividualiserBlocs, stored.Fiche.ValidationFormation));

        (await (await poste.GetAsync($"/sofi/formations/{formation}")).PressAsync("Enregistrer", ".barre-bas")).AssertOk();
        Assert.Equal(stored.Version, (await poste.FormationAsync(formation)).Version);
        Assert.Equal(["FormationCreee", "FormationModifiee", "FormationModifiee"], await poste.EventsAsync("formation", formation));
    }

    [Theory, EveryDatabase]
    public async Task A_partial_validation_of_every_bloc_is_saved_and_marked_at_once(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await AddBlocsAsync(poste, 2);
        var page = await poste.GetAsync($"{New}?certifinfo={poste.Scene.Certifinfo}");
        page = await page.Fill("Validation de la formation", "partielle").Fill("Fiche.BlocsChoisis", "RNCP9BC01", "RNCP9BC02").PressAsync("Enregistrer", ".barre-bas");
        page.AssertOk();
        Assert.Equal(1, page.Document.QuerySelectorAll("#Fiche_BlocsChoisis .champ-marque").Length);
        Assert.Equal("partielle", page.Value("Validation de la formation"));
        Assert.All(page.Document.QuerySelectorAll("#blocs tbody input"), box => Assert.True(box.HasAttribute("checked")));
    }

    [Theory, EveryDatabase]
    public async Task The_next_step_is_a_new_action_the_only_one_or_the_table(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var formation = await poste.Scene.CreateFormationAsync();
        Assert.Equal($"/sofi/formations/{formation}/actions/nouvelle", (await NextAsync()).Location);
        var action = await poste.Scene.CreateActionAsync(formation);
        Assert.Equal($"/sofi/actions/{action}", (await NextAsync()).Location);
        await poste.Scene.CreateActionAsync(formation);
        Assert.Equal($"/sofi/formations/{formation}#actions", (await NextAsync()).Response.Headers.Location?.ToString());

        async Task<PageHtml> NextAsync() => await (await poste.GetAsync($"/sofi/formations/{formation}")).PressAsync("Étape suivante", follow: false);
    }

    [Theory, EveryDatabase]
    public async Task Its_actions_are_listed_with_their_state_and_their_type(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (formation, action, _, _) = await poste.Scene.CreateFullOffreAsync();
        var other = (await poste.Scene.SaisieAsync(s => s.CreateActionAsync(
            poste.Scene.Redacteur, formation, null, null, new FicheAction { ComplementIntitule = "Été" }, null, Guid.NewGuid()))).Numero;
        await poste.SendAsync(action);
        var page = await poste.GetAsync($"/sofi/formations/{formation}");
        Assert.Equal(["Action", "Libellé", "Site dispensateur", "Etat", "Type"], page.Texts("#actions th[scope=col]"));
        var dispensateur = poste.Scene.Etablissement.LibelleDispensateur;
        Assert.Equal(
            [$"{action} | Certification de test | {dispensateur} | En attente de validation Hors ligne, jamais publiée | Publique",
             $"{other} | Été | {dispensateur} | En cours de saisie Hors ligne, jamais publiée | Autre"],
            page.Rows("#actions"));
        Assert.Equal([$"{other}"], (await poste.GetAsync($"/sofi/formations/{formation}?actions-recherche=ete")).Heads("#actions"));
        page = await page.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(["Votre saisie est sauvegardée dans la rubrique Actions de formation en cours de saisie de votre tableau de bord."], page.Annonces);
    }

    [Theory, EveryDatabase]
    public async Task A_mandataire_reads_what_is_entered_on_its_lots_alone_and_changes_nothing(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var mandataire = await poste.NeighbourAsync();
        await mandataire.AddFormateurAsync(poste.Scene.Etablissement.Numero);
        var formation = await poste.Scene.CreateFormationAsync();
        var own = await poste.Scene.CreateActionAsync(formation);
        await poste.Scene.CreateSessionAsync(own);
        Assert.Equal(HttpStatusCode.NotFound, (await mandataire.GetAsync($"/sofi/formations/{formation}")).Status);
        var shared = (await poste.Scene.SaisieAsync(s => s.CreateActionAsync(
            poste.Scene.Redacteur, formation, mandataire.Scene.Lot.Id, poste.Scene.Lieu.Id, new FicheAction(), null, Guid.NewGuid()))).Numero;
        await poste.Scene.CreateSessionAsync(shared);

        var page = await mandataire.GetAsync($"/sofi/formations/{formation}");
        page.AssertOk();
        Assert.Contains("au titre de mandataire", page.Text(".message"));
        Assert.Equal([$"{shared}"], page.Heads("#actions"));
        Assert.Empty(page.Document.QuerySelectorAll("#fiche [name^='Fiche.'], .barre-bas button"));
        Assert.Equal(HttpStatusCode.NotFound, (await mandataire.Redacteur.PostAsync($"/sofi/formations/{formation}", new() { ["action"] = "enregistrer" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await mandataire.GetAsync($"/sofi/formations/{formation}/actions/nouvelle")).Status);
    }

    [Theory, EveryDatabase]
    public async Task What_is_missing_or_another_organisations_is_not_found(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var other = await poste.NeighbourAsync();
        var formation = await other.Scene.CreateFormationAsync();
        foreach (var address in new[] { $"/sofi/formations/{formation}", "/sofi/formations/999999999", $"{New}?certifinfo=19999999", $"{New}?certifinfo=abc" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await poste.GetAsync(address)).Status);
            if (!address.Contains("abc", StringComparison.Ordinal)) Assert.Equal(HttpStatusCode.NotFound, (await poste.Redacteur.PostAsync(address, new() { ["Fiche.Intitule"] = "x" })).Status);
        }

        Assert.Equal("Certification de test", (await other.FormationAsync(formation)).Fiche.Intitule);
    }

    [Theory, EveryDatabase]
    public async Task The_fiche_costs_the_same_queries_whatever_its_actions(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var formation = await poste.Scene.CreateFormationAsync();
        await poste.Scene.CreateActionAsync(formation);
        var before = await poste.QueriesAsync($"/sofi/formations/{formation}");
        for (var i = 0; i < 29; i++) await poste.Scene.CreateActionAsync(formation);
        Assert.Equal(before, await poste.QueriesAsync($"/sofi/formations/{formation}?actions-taille=50"));
    }

    private static Task AddBlocsAsync(Poste poste, int count) => poste.WriteAsync(async db =>
    {
        var sheet = await db.Set<FicheCertifinfo>().SingleAsync(f => f.Code == poste.Scene.Certifinfo);
        sheet.Blocs.AddRange(Enumerable.Range(1, count).Select(i =>
            new BlocCertifinfo { Code = $"RNCP9BC{i:00}", TypeModule = "1", Intitule = $"Bloc {i}", Objectif = $"Objectif {i}.", Programme = $"Programme {i}." }));
        await db.SaveChangesAsync();
    });

    private static void Tick(PageHtml page, string code) =>
        page.Document.QuerySelectorAll<IHtmlInputElement>("#blocs input[type=checkbox]").Single(box => box.Value == code).IsChecked = true;
}
