using AngleSharp.Dom;
using Sofi.Testing;

namespace Sofi.Web.Tests.Composants;

/// <summary>Each component against its reference HTML, then what a person does with it, without script.</summary>
public class ComposantsTests
{
    [Theory]
    [InlineData("Ligne")]
    [InlineData("Courriel")]
    [InlineData("Date")]
    [InlineData("Heure")]
    [InlineData("Entier")]
    [InlineData("Montant")]
    [InlineData("Niveau")]
    [InlineData("Parcours")]
    [InlineData("Lieu")]
    [InlineData("Recrutement")]
    [InlineData("Modalites")]
    [InlineData("Publics")]
    [InlineData("Texte")]
    [InlineData("Verrouille")]
    public async Task A_field_is_rendered_as_its_reference(string field)
    {
        var page = await OpenAsync();
        ReferenceHtml.AssertSame("champ-" + field, Champ(page, field));
    }

    [Fact]
    public async Task The_other_components_are_rendered_as_their_reference()
    {
        var page = await OpenAsync();
        ReferenceHtml.AssertSame("fasd", page.One(".fasd").ParentElement!);
        ReferenceHtml.AssertSame("barre-bas", page.One(".barre-bas"));
        ReferenceHtml.AssertSame("etat", page.Document.QuerySelector("span.etat-attente")!);
        ReferenceHtml.AssertSame("liste", page.One("#autre-liste"));
        ReferenceHtml.AssertSame("liste-formulaire", page.One("#autre-liste-formulaire"));
    }

    [Fact]
    public async Task Impossible_values_are_refused_on_their_fields_with_what_was_typed()
    {
        var page = (await OpenAsync()).Fill("Date début", "32/13/2025").Fill("Durée en centre (en h)", "12,5").Fill("Heure de début", "25 h").Fill("Frais HT", "mille");
        page = await page.Fill("Intitulé", "Créer son entreprise").PressAsync("Enregistrer");
        page.AssertErrors(
            "Date début : « 32/13/2025 » n'est pas une date : écrivez JJ/MM/AAAA.",
            "Heure de début : « 25 h » n'est pas une heure : écrivez par exemple 9 h 30 ou 14:15.",
            "Durée en centre (en h) : « 12,5 » n'est pas un nombre entier : écrivez-le en chiffres, par exemple 12.",
            "Frais HT : « mille » n'est pas un nombre : écrivez-le en chiffres, par exemple 1 234,50.");
        Assert.Equal("4 valeurs sont à corriger pour enregistrer", page.Text(".resume-erreurs h2"));
        Assert.Equal(["32/13/2025", "25 h", "12,5", "mille", "Créer son entreprise"], new[] { "Date début", "Heure de début", "Durée en centre (en h)", "Frais HT", "Intitulé" }.Select(page.Value));
        ReferenceHtml.AssertSame("champ-refuse", Champ(page, "Date"));
        ReferenceHtml.AssertSame("resume-erreurs", page.One(".resume-erreurs"));
    }

    [Fact]
    public async Task What_is_typed_as_in_French_is_understood()
    {
        var page = (await OpenAsync()).Fill("Date début", "10/3/2025").Fill("Heure de début", "9h30").Fill("Durée en centre (en h)", "1 200 h").Fill("Frais HT", "1 234,50 €");
        page = await page.Fill("Niveau d'entrée", "Niveau 4 (Baccalauréat, BP)").Fill("Recrutement", "Suspendu").Fill("Modalité de recrutement", "Dossier", "Concours")
            .Fill("Objectifs", "Une ligne\r\n\r\nUne autre").PressAsync("Enregistrer");
        page.AssertOk();
        var saved = Assert.Single(page.Annonces);
        foreach (var value in new[] { "Date = 10/03/2025", "Heure = 09:30", "Entier = 1200", "Montant = 1234,50", "Niveau = 14", "Recrutement = 3", "Modalites = 3|2", "Texte = Une ligne Une autre" })
            Assert.Contains(value, saved, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blank_is_no_value_even_where_a_value_was_preset()
    {
        var page = await (await OpenAsync()).PressAsync("Enregistrer");
        Assert.Contains("Ligne = , Courriel = , Date = , Heure = , Entier = , Montant = , Niveau = , Parcours = inconnu", Assert.Single(page.Annonces), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cleaned_text_is_shown_clean_and_the_person_is_told()
    {
        const string Pasted = "<table><tr><td>Créer 🚀</td><td>reprendre</td></tr></table>";
        var page = await (await OpenAsync()).Fill("Objectifs", Pasted).Fill("Date début", "jamais").PressAsync("Enregistrer");
        Assert.Equal("Créer reprendre", page.Value("Objectifs"));
        Assert.Equal("Retiré de votre texte : la mise en forme et les émojis.", page.Text("#Fiche_Texte-nettoye"));
        page = await page.Fill("Objectifs", Pasted).Fill("Date début", "").PressAsync("Enregistrer");
        Assert.Equal("Objectifs – Retiré de votre texte : la mise en forme et les émojis.", page.Annonces[1]);
    }

    [Fact]
    public async Task A_long_list_is_searched_and_what_is_chosen_keeps_its_order()
    {
        var page = await (await OpenAsync()).Fill("RecherchePublics", "créa").PressAsync("Rechercher");
        page.AssertOk();
        Assert.Equal(["Créateur d’entreprise"], page.Texts("#Fiche_Publics .form-check-label"));
        page.Fill("Publics", "Créateur d’entreprise").Fill("RecherchePublics", "demandeur");
        page = await page.PressAsync("Rechercher");
        page = await page.Fill("Publics", "Créateur d’entreprise", "Demandeur d’emploi").PressAsync("Enregistrer");
        Assert.Contains("Publics = 81042|82025", Assert.Single(page.Annonces), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_finds_nothing_says_so()
    {
        var page = await (await OpenAsync()).Fill("RechercheFormacodes", "zzz").PressAsync("Rechercher", "#Fiche_Formacodes");
        Assert.Equal("Aucun résultat trouvé", page.Text("#Fiche_Formacodes [role=status]"));
        Assert.Equal("zzz", page.Value("RechercheFormacodes"));
    }

    [Fact]
    public async Task A_list_counts_pages_sorts_and_searches_by_its_address()
    {
        var page = await OpenAsync();
        Assert.Equal("Voir 1 à 10 sur 42 résultats", page.Text("#liste-etendue"));
        Assert.Equal(["Précédente", "Page 1", "Page 2", "Page 3", "Page 4", "Page 5", "Suivante"], page.Texts("#liste-pages li"));
        page = await page.FollowAsync("Suivante");
        Assert.Equal("Voir 11 à 20 sur 42 résultats", page.Text("#liste-etendue"));
        page = await page.FollowAsync("Nom");
        Assert.Equal("Voir 1 à 10 sur 42 résultats", page.Text("#liste-etendue"));
        Assert.Equal("ascending", page.One("#liste [aria-sort]").GetAttribute("aria-sort"));
        Assert.Equal("Ligne n° 01 é", page.Text("#liste tbody td"));
        page = await page.FollowAsync("Nom");
        Assert.Equal("descending", page.One("#liste [aria-sort]").GetAttribute("aria-sort"));
        Assert.Equal("Ligne n° 42 é", page.Text("#liste tbody td"));
        page = await page.Fill("recherche", "n° 4 É").Fill("taille", "25").PressAsync("Rechercher", "#liste");
        Assert.Equal("Voir 1 à 13 sur 13 résultats", page.Text("#liste-etendue"));
        Assert.Equal("descending", page.One("#liste [aria-sort]").GetAttribute("aria-sort"));
    }

    [Fact]
    public async Task Lines_without_a_value_come_last_both_ways()
    {
        var page = await OpenAsync("/essai?taille=100&tri=nom");
        Assert.Equal("42", page.Text("#liste tbody tr:last-child th"));
        page = await OpenAsync("/essai?taille=100&tri=-nom");
        Assert.Equal("42", page.Text("#liste tbody tr:last-child th"));
    }

    [Fact]
    public async Task Two_lists_on_a_page_keep_each_its_state()
    {
        var page = await OpenAsync("/essai?page=2&tri=-code");
        page = await page.Fill("autre-recherche", "07").PressAsync("Rechercher", "#autre-liste");
        Assert.Equal("Voir 1 à 1 sur 1 résultat", page.Text("#autre-liste-etendue"));
        Assert.Equal("Voir 11 à 20 sur 42 résultats", page.Text("#liste-etendue"));
    }

    [Fact]
    public async Task A_list_is_filtered_under_its_columns_and_keeps_the_state_of_the_others()
    {
        var page = await OpenAsync("/essai?page=2&tri=-code&autre-tri=-nom");
        page = await page.Fill("Filtrer : Nom", "é").Fill("Filtrer : Parité", "Impaire").PressAsync("Rechercher", "#autre-liste");
        Assert.Equal("Voir 1 à 2 sur 2 résultats", page.Text("#autre-liste-etendue"));
        Assert.Equal(["Ligne n° 21 é", "Ligne n° 07 é"], page.Texts("#autre-liste tbody th"));
        Assert.Equal("Voir 11 à 20 sur 42 résultats", page.Text("#liste-etendue"));
        Assert.Equal(("é", "impaire"), (page.Value("Filtrer : Nom"), page.Value("Filtrer : Parité")));
        page = await page.Fill("Filtrer : Nom", "zzz").PressAsync("Rechercher", "#autre-liste");
        Assert.Equal(["Aucun résultat trouvé", "Effacer les filtres"], page.Texts("#autre-liste tbody p"));
        page = await page.FollowAsync("Effacer les filtres");
        Assert.Equal("Voir 1 à 3 sur 3 résultats", page.Text("#autre-liste-etendue"));
        Assert.Equal("descending", page.One("#autre-liste [aria-sort]").GetAttribute("aria-sort"));
    }

    [Fact]
    public async Task An_empty_list_says_so_and_how_to_come_back()
    {
        var page = await OpenAsync("/essai?recherche=introuvable");
        Assert.Equal("Voir 0 sur 0 du 0 résultats", page.Text("#liste-etendue"));
        Assert.Equal(["Aucun résultat trouvé", "Effacer la recherche"], page.Texts("#liste tbody p"));
        page = await page.FollowAsync("Effacer la recherche");
        Assert.Equal("Voir 1 à 10 sur 42 résultats", page.Text("#liste-etendue"));
    }

    [Theory]
    [InlineData("page=-3&taille=7&tri=absente")]
    [InlineData("page=999999999999&taille=abc&tri=-")]
    [InlineData("page=99")]
    [InlineData("filtre-nom=absente&filtre-=x&filtre-zzz=1")]
    public async Task An_address_that_makes_no_sense_shows_the_list(string query)
    {
        var page = await OpenAsync("/essai?" + query);
        page.AssertOk();
        Assert.Contains("sur 42 résultats", page.Text("#liste-etendue"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_fails_says_so_in_French_under_the_same_guard()
    {
        var app = await SofiApp.ForAsync(DatabaseKind.Sqlite, GetType(), components: true);
        await using var scene = await OffreScene.SetAsync(app.Database);
        var page = await (await app.SignInAsync(scene.Redacteur)).GetAsync("/essai/500");
        Assert.Equal(System.Net.HttpStatusCode.InternalServerError, page.Status);
        Assert.Equal("Une erreur s’est produite", page.Text("h1"));
        Assert.True(page.Response.Headers.Contains("Content-Security-Policy"));
        Assert.DoesNotContain("as the test wants", page.Html, StringComparison.Ordinal);
    }

    private static IElement Champ(PageHtml page, string field) => page.Document.GetElementById("Fiche_" + field)!.Closest(".champ")!;

    private async Task<PageHtml> OpenAsync(string address = "/essai")
    {
        var app = await SofiApp.ForAsync(DatabaseKind.Sqlite, GetType(), components: true);
        await using var scene = await OffreScene.SetAsync(app.Database);
        var page = await (await app.SignInAsync(scene.Redacteur)).GetAsync(address);
        page.AssertOk();
        return page;
    }
}
