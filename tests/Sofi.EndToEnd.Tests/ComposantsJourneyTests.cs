using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;
using Sofi.Testing;

namespace Sofi.EndToEnd.Tests;

/// <summary>The components before a real browser: with script, by keyboard, on a small screen.</summary>
public class ComposantsJourneyTests
{
    [Theory]
    [InlineData(1280)]
    [InlineData(375)]
    public async Task The_components_are_accessible_and_fit_the_screen(int width)
    {
        await using var visite = await OpenAsync(width);
        await visite.AssertAccessibleAsync();
        await visite.AssertFitsAsync();
        await visite.CaptureAsync("composants");
        await visite.FillAsync("Date début", "32/13/2025");
        await visite.PressAsync("Enregistrer");
        await visite.SeeRefusalAsync();
        Assert.StartsWith("Erreur : ", await visite.Page.TitleAsync());
        await visite.AssertAccessibleAsync();
        await visite.AssertFitsAsync();
        await visite.CaptureAsync("composants-refus");
    }

    [Fact]
    public async Task A_list_is_refreshed_in_place_and_what_was_typed_stays()
    {
        await using var visite = await OpenAsync();
        var (page, range) = (visite.Page, visite.Page.Locator("#liste-etendue"));
        await visite.FillAsync("Intitulé", "Créer son entreprise");
        await page.Locator("#liste-suivante").ClickAsync();
        await Assertions.Expect(range).ToHaveTextAsync("Voir 11 à 20 sur 42 résultats");
        await Assertions.Expect(page.Locator("#liste-suivante")).ToBeFocusedAsync();
        await page.Locator("#liste-tri-nom").ClickAsync();
        await Assertions.Expect(page.Locator("#liste tbody td").First).ToHaveTextAsync("Ligne n° 01 é");
        await page.Locator("#liste-recherche").PressSequentiallyAsync("n° 4");
        await Assertions.Expect(range).ToHaveTextAsync("Voir 1 à 10 sur 13 résultats");
        await Assertions.Expect(page.Locator("#liste-recherche")).ToBeFocusedAsync();
        await page.Locator("#liste-taille").SelectOptionAsync("25");
        await Assertions.Expect(range).ToHaveTextAsync("Voir 1 à 13 sur 13 résultats");
        var state = QueryHelpers.ParseQuery(new Uri(page.Url).Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        Assert.Equal(new Dictionary<string, string> { ["tri"] = "nom", ["taille"] = "25", ["recherche"] = "n° 4" }, state);
        await Assertions.Expect(visite.Field("Intitulé")).ToHaveValueAsync("Créer son entreprise");
        await page.ReloadAsync();
        await Assertions.Expect(range).ToHaveTextAsync("Voir 1 à 13 sur 13 résultats");
        await visite.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Enter_searches_a_list_of_values_and_saves_elsewhere()
    {
        await using var visite = await OpenAsync();
        var page = visite.Page;
        await visite.FillAsync("Intitulé", "Créer son entreprise");
        await visite.FillAsync("Rechercher : Publics", "créa");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Créateur d’entreprise").CheckAsync();
        await visite.FillAsync("Rechercher : Publics", "demandeur");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByLabel("Créateur d’entreprise")).ToBeCheckedAsync();
        await page.GetByLabel("Demandeur d’emploi").CheckAsync();
        await Assertions.Expect(visite.Field("Intitulé")).ToHaveValueAsync("Créer son entreprise");
        await visite.Field("Intitulé").PressAsync("Enter");
        await Assertions.Expect(page.Locator(".annonce")).ToContainTextAsync("Publics = 81042|82025");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(375)]
    public async Task The_menu_opens_its_group_by_keyboard_and_closes_with_Escape(int width)
    {
        await using var visite = await OpenAsync(width);
        var page = visite.Page;
        if (width < 600) await visite.PressAsync("Menu");
        var group = page.Locator(".sous-menu > summary").First;
        await group.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Formations publiques" })).ToBeVisibleAsync();
        await visite.AssertAccessibleAsync();
        await visite.CaptureAsync("menu");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Formations publiques" })).ToBeHiddenAsync();
        if (width > 600) await Assertions.Expect(group).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_counter_follows_what_is_typed()
    {
        await using var visite = await OpenAsync();
        var counter = visite.Page.Locator("#Fiche_Texte-compte");
        await visite.FillAsync("Objectifs", "Créer");
        await Assertions.Expect(counter).ToHaveTextAsync("Il reste 2 995 caractères");
        await visite.FillAsync("Objectifs", new string('a', 3001));
        await Assertions.Expect(counter).ToHaveTextAsync("1 caractère de trop");
    }

    [Fact]
    public async Task A_line_of_the_summary_leads_to_its_field()
    {
        await using var visite = await OpenAsync();
        await visite.FillAsync("Date début", "jamais");
        await visite.PressAsync("Enregistrer");
        await visite.SeeRefusalAsync();
        await visite.Page.Keyboard.PressAsync("Tab");
        await visite.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visite.Field("Date début")).ToBeFocusedAsync();
    }

    private async Task<Visite> OpenAsync(int width = 1280)
    {
        var site = await SofiSite.ForAsync(GetType(), components: true);
        await using var scene = await OffreScene.SetAsync(site.Host.Database);
        var visite = await site.VisitAsync(scene.Redacteur, width);
        await visite.GoAsync("/essai");
        return visite;
    }
}
