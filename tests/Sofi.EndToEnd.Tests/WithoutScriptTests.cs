using Microsoft.Playwright;
using Sofi.Core.Comptes;
using static Microsoft.Playwright.Assertions;

namespace Sofi.EndToEnd.Tests;

/// <summary>The whole saisie in a browser that runs no script: more presses, nothing missing.</summary>
public class WithoutScriptTests
{
    [Fact]
    public async Task A_lot_is_chosen_list_after_list()
    {
        var world = await World.OfAsync(GetType());
        await using var visite = await world.Site.VisitAsync(await world.AccountAsync(Role.Redacteur), script: false);
        await visite.GoAsync("/sofi/formations/nouvelle?porte=publique");
        await Expect(visite.Field("Intitulé du lot")).ToBeDisabledAsync();
        await visite.ChooseAsync("Programme", "PROGRAMME REGION - Pass entreprendre Pays de la Loire - Formation");
        await visite.PressAsync("Suivant");
        await Expect(visite.Field("Intitulé du lot")).ToBeEnabledAsync();
        await visite.Field("Intitulé du lot").SelectOptionAsync("PE2025_12");
        await visite.PressAsync("Suivant");
        await visite.FillAsync("Code Certifinfo", "93561");
        await visite.PressAsync("Rechercher");
        await Expect(visite.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Fiche Formation" })).ToBeVisibleAsync();
        await Expect(visite.Page.Locator(".tete-page")).ToContainTextAsync("CertifInfo 93561");
    }

    [Fact]
    public async Task A_Formacode_is_searched_on_a_free_formation()
    {
        await using var visite = await OpenAsync(_ => "/sofi/formations/nouvelle?porte=autre");
        await visite.Page.GetByLabel("Non", new() { Exact = true }).CheckAsync();
        await visite.PressAsync("Rechercher");
        await visite.FillAsync("Intitulé", "Initiation à la vannerie");
        var formacodes = visite.Page.Locator("#Fiche_Formacodes");
        await visite.FillAsync("Rechercher : Formacodes", "creation entreprise");
        await formacodes.GetByRole(AriaRole.Button, new() { Name = "Rechercher" }).ClickAsync();
        await formacodes.GetByLabel("32047 Création entreprise").CheckAsync();
        await Expect(visite.Field("Intitulé")).ToHaveValueAsync("Initiation à la vannerie");
        await visite.PressAsync("Enregistrer");
        await Expect(visite.Page.Locator(".annonce")).ToContainTextAsync("est enregistrée");
        await Expect(formacodes.GetByLabel("32047 Création entreprise")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task A_line_is_added_changed_and_removed()
    {
        await using var visite = await OpenAsync(w => w.InProgress.Fill("/sofi/sessions/{s:int}"));
        var section = visite.Page.Locator("#informations");
        await Unfold(section);
        await visite.FillAsync("Date de l’information collective", "27/02/2025");
        await visite.FillAsync("Lieu", "1 rue de l’Exemple, 44000 Nantes");
        await section.GetByRole(AriaRole.Button, new() { Name = "Ajouter à la liste" }).ClickAsync();
        await Expect(visite.Page.Locator(".annonce")).ToContainTextAsync("Votre saisie est sauvegardée");
        await visite.FillAsync("Commentaire durée", "Tapé avant le crayon.");
        await section.GetByRole(AriaRole.Button, new() { Name = "Modifier l’information collective" }).ClickAsync();
        await Expect(visite.Field("Commentaire durée")).ToHaveValueAsync("Tapé avant le crayon.");
        await visite.FillAsync("Date de l’information collective", "28/02/2025");
        await section.GetByRole(AriaRole.Button, new() { Name = "Enregistrer la ligne" }).ClickAsync();
        await Expect(section.GetByRole(AriaRole.Table)).ToContainTextAsync("28/02/2025");
        await section.GetByRole(AriaRole.Button, new() { Name = "Retirer l’information collective" }).ClickAsync();
        await Expect(section.GetByRole(AriaRole.Table)).ToContainTextAsync("Aucun résultat trouvé");
    }

    [Fact]
    public async Task An_action_is_sent()
    {
        await using var visite = await OpenAsync(w => w.Refused.Fill("/sofi/actions/{a:int}/etat"));
        await visite.PressAsync("Envoyer en validation");
        await Expect(visite.Page.GetByText("Envoyée au Cariforef le 12/02/2025")).ToBeVisibleAsync();
    }

    private static async Task Unfold(ILocator section)
    {
        if (!await section.Locator("details .repli-corps").IsVisibleAsync()) await section.Locator("summary").ClickAsync();
    }

    private async Task<Visite> OpenAsync(Func<World, string> address)
    {
        var world = await World.OfAsync(GetType());
        var visite = await world.Site.VisitAsync(world.Scene.Redacteur.CompteId, script: false);
        await visite.GoAsync(address(world));
        return visite;
    }
}
