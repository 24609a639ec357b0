using static Microsoft.Playwright.Assertions;

namespace Sofi.EndToEnd.Tests;

/// <summary>What is typed in a fiche is never lost, however one leaves it, with script.</summary>
public class SaisieJourneyTests
{
    [Fact]
    public async Task What_was_typed_a_moment_before_leaving_by_a_link_is_offered_again()
    {
        var world = await World.OfAsync(GetType());
        await using var visite = await world.Site.VisitAsync(world.Scene.Redacteur);
        var session = world.InProgress.Fill("/sofi/sessions/{s:int}");
        foreach (var (link, text) in new[] { (".fil a", "Parti par le fil d’Ariane."), (".fasd a", "Parti par l’échelle.") })
        {
            await visite.GoAsync(session);
            await visite.FillAsync("Commentaire durée", text);
            await visite.Page.Locator(link).First.ClickAsync();
            await Expect(visite.Page.Locator("h1")).Not.ToHaveTextAsync("Fiche Session");
            // The draft was sent while the page was being left: its answer comes when nobody waits for it.
            for (var i = 0; i < 20 && await visite.Page.Locator("#brouillon").CountAsync() == 0; i++) await visite.GoAsync(session + "?infos-taille=25");
            await Expect(visite.Page.Locator("#brouillon")).ToBeVisibleAsync();
            await visite.PressAsync("Reprendre");
            await Expect(visite.Field("Commentaire durée")).ToHaveValueAsync(text);
        }
    }

    [Fact]
    public async Task A_saved_fiche_leaves_no_draft_behind()
    {
        var world = await World.OfAsync(GetType());
        await using var visite = await world.Site.VisitAsync(world.Scene.Redacteur);
        await visite.GoAsync(world.InProgress.Fill("/sofi/sessions/{s:int}"));
        await visite.FillAsync("Commentaire durée", "Enregistré aussitôt.");
        await visite.PressAsync("Enregistrer");
        await Expect(visite.Page.Locator(".annonce")).ToBeVisibleAsync();
        await visite.Page.ReloadAsync();
        await Expect(visite.Field("Commentaire durée")).ToHaveValueAsync("Enregistré aussitôt.");
        await Expect(visite.Page.Locator("#brouillon")).ToHaveCountAsync(0);
    }
}
