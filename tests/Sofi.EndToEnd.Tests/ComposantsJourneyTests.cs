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

    private async Task<Visite> OpenAsync(int width = 1280)
    {
        var site = await SofiSite.ForAsync(GetType(), components: true);
        await using var scene = await OffreScene.SetAsync(site.Host.Database);
        var visite = await site.VisitAsync(scene.Redacteur, width);
        await visite.GoAsync("/essai");
        return visite;
    }
}
