using Microsoft.AspNetCore.Identity;
using Microsoft.Playwright;
using Sofi.Core.Comptes;
using Sofi.Core.Organismes;
using Sofi.Testing;

namespace Sofi.EndToEnd.Tests;

/// <summary>From the public home to one's account, and out again.</summary>
public class ConnexionJourneyTests
{
    private const string Password = "Sterne-44-Loire";
    private static int last;

    [Theory]
    [InlineData(1280)]
    [InlineData(375)]
    public async Task A_person_signs_in_changes_etablissement_and_signs_out(int width)
    {
        var site = await SofiSite.ForAsync(GetType());
        var (compte, etablissements) = await AddAsync(site, Role.Redacteur);
        await using var visite = await site.VisitAsync(width: width);
        await visite.GoAsync("/");
        await visite.AssertAccessibleAsync();
        await visite.AssertFitsAsync();
        await visite.CaptureAsync("accueil");
        await visite.PressAsync("Formation / Sofi, organismes de formation");
        await visite.ArriveAsync("/connexion");
        await visite.FillAsync("Email", compte.Email!);
        await visite.FillAsync("Mot de passe", "faux");
        await visite.PressAsync("Se connecter");
        await visite.SeeRefusalAsync();
        await visite.AssertAccessibleAsync();
        await visite.AssertFitsAsync();
        await visite.CaptureAsync("connexion-refusee");
        await visite.GoAsync("/connexion?retour=/compte");
        await visite.FillAsync("Email", compte.Email!);
        await visite.FillAsync("Mot de passe", Password);
        await visite.Page.Keyboard.PressAsync("Enter");
        await visite.ArriveAsync("/compte");
        await visite.AssertAccessibleAsync();
        await visite.AssertFitsAsync();
        await visite.CaptureAsync("compte");
        await visite.Page.Locator(".identite-site").ClickAsync();
        await visite.AssertAccessibleAsync();
        await visite.CaptureAsync("etablissements");
        await visite.Page.Locator($"#etablissements button[value='{etablissements[1].Numero}']").ClickAsync();
        await Assertions.Expect(visite.Page.Locator($"#etablissements button[value='{etablissements[1].Numero}']")).ToHaveAttributeAsync("aria-current", "true");
        Assert.Equal("/compte", visite.Address);
        await visite.Page.Locator(".identite-nom").ClickAsync();
        await visite.PressAsync("Se déconnecter");
        await visite.ArriveAsync("/");
    }

    [Fact]
    public async Task The_keyboard_alone_signs_in()
    {
        var site = await SofiSite.ForAsync(GetType());
        var (compte, _) = await AddAsync(site, Role.Valideur);
        await using var visite = await site.VisitAsync();
        await visite.GoAsync("/connexion?retour=/compte");
        var keyboard = visite.Page.Keyboard;
        foreach (var _ in Enumerable.Range(0, 3)) await keyboard.PressAsync("Tab");
        await keyboard.TypeAsync(compte.Email!);
        await keyboard.PressAsync("Tab");
        await keyboard.TypeAsync(Password);
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Space");
        await visite.ArriveAsync("/compte");
    }

    [Theory]
    [InlineData(Role.Valideur)]
    [InlineData(Role.Region)]
    public async Task Each_space_has_its_banner(Role role)
    {
        var site = await SofiSite.ForAsync(GetType());
        var (compte, _) = await AddAsync(site, role);
        foreach (var width in new[] { 1280, 375 })
        {
            await using var visite = await site.VisitAsync(compte.Id, width);
            await visite.GoAsync("/compte");
            await visite.AssertAccessibleAsync();
            await visite.AssertFitsAsync();
            await visite.CaptureAsync("compte-" + role);
        }
    }

    private static async Task<(Compte Compte, List<Etablissement> Etablissements)> AddAsync(SofiSite site, Role role)
    {
        await using var db = site.CreateContext();
        var etablissements = new List<Etablissement>();
        var compte = OffreScene.NewCompte($"personne{Interlocked.Increment(ref last)}@exemple.test", role);
        compte.PasswordHash = new PasswordHasher<Compte>().HashPassword(compte, Password);
        if (role == Role.Redacteur)
        {
            foreach (var _ in Enumerable.Range(0, 3)) etablissements.Add(await OffreScene.AddEtablissementAsync(db));
            compte.Etablissements.AddRange(etablissements.Select(e => new CompteEtablissement { EtablissementNumero = e.Numero }));
        }

        db.Add(compte);
        await db.SaveChangesAsync();
        return (compte, etablissements);
    }
}
