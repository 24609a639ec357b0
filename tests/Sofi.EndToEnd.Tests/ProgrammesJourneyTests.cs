using Microsoft.Playwright;
using Sofi.Core.Comptes;
using Sofi.Testing;

namespace Sofi.EndToEnd.Tests;

/// <summary>The administrator of the Cariforef takes in the Région's file of a year and settles what a programme expects.</summary>
public class ProgrammesJourneyTests
{
    [Theory]
    [InlineData(1280, 2025)]
    [InlineData(375, 2026)]
    public async Task The_file_of_the_region_is_previewed_applied_and_settled(int width, int year)
    {
        var site = await SofiSite.ForAsync(GetType());
        await using var visite = await site.VisitAsync(await AddAdministratorAsync(site, width), width);
        await visite.GoAsync("/cariforef/imports/programme");
        await LookAsync(visite, "import-region");
        await visite.Page.GetByLabel("Fichier de la Région",
            new() { Exact = true }).SetInputFilesAsync(new FilePayload
            {
                Name = "faux.zip",
                MimeType = "application/zip",
                Buffer = "PK"u8.ToArray()
            });
        await visite.PressAsync("Voir l’aperçu");
        await visite.SeeRefusalAsync();
        await LookAsync(visite, "import-region-refuse");
        await visite.Page.GetByLabel("Fichier de la Région", new() { Exact = true })
            .SetInputFilesAsync(Path.Combine(AppContext.BaseDirectory, "reference", "programmes", $"region-{year}.zip"));
        await visite.PressAsync("Voir l’aperçu");
        await Assertions.Expect(visite.Page.GetByRole(AriaRole.Heading, new() { Name = "Ce que l’import ferait" })).ToBeVisibleAsync();
        await LookAsync(visite, "import-region-apercu");
        await visite.PressAsync("Appliquer");
        await Assertions.Expect(visite.Page.GetByRole(AriaRole.Heading, new() { Name = "Ce que l’import a fait" })).ToBeVisibleAsync();

        await visite.GoAsync("/cariforef/programmes");
        await LookAsync(visite, "programmes");
        await visite.PressAsync($"PE{year}");
        await LookAsync(visite, "programme-reglages");
        await visite.Page.GetByLabel("Rythmes, Temps partiel : attendue").CheckAsync();
        await visite.PressAsync("Enregistrer");
        await Assertions.Expect(visite.Page.Locator(".annonce")).ToContainTextAsync("sont enregistrés");

        await visite.GoAsync("/cariforef/dispositifs?code=8");
        await LookAsync(visite, "dispositifs");
    }

    private static async Task LookAsync(Visite visite, string name)
    {
        await visite.AssertAccessibleAsync();
        await visite.AssertFitsAsync();
        await visite.CaptureAsync(name);
    }

    private static async Task<int> AddAdministratorAsync(SofiSite site, int width)
    {
        var compte = OffreScene.NewCompte($"administrateur{width}@exemple.test", Role.Administrateur);
        await using var db = site.CreateContext();
        db.Add(compte);
        await db.SaveChangesAsync();
        return compte.Id;
    }
}
