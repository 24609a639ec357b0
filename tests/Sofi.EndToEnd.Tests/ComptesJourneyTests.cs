using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Sofi.Core.Comptes;
using Sofi.Core.Courriels;
using Sofi.Core.Organismes;
using Sofi.Testing;

namespace Sofi.EndToEnd.Tests;

/// <summary>A new colleague is invited, signs in with a second factor, sees only her two SIRET.</summary>
public class ComptesJourneyTests
{
    private const string Password = "Marée-haute-2025";

    [Theory]
    [InlineData(1280)]
    [InlineData(375)]
    public async Task A_new_colleague_is_invited_and_signs_in_with_a_second_factor(int width)
    {
        var site = await SofiSite.ForAsync(GetType());
        var (gestionnaire, sirets) = await OrganisationAsync(site);
        var email = $"collegue{width}@exemple.test";
        await using (var visite = await site.VisitAsync(gestionnaire, width))
        {
            await visite.GoAsync("/sofi/organisme/comptes");
            await visite.PressAsync("Inviter une personne");
            await visite.ArriveAsync("/sofi/organisme/comptes/nouveau");
            await visite.FillAsync("Prénom et nom", "Jeanne Hébert");
            await visite.FillAsync("Email", email);
            foreach (var siret in sirets.Take(2)) await visite.Page.Locator($"input[value='{siret}']").CheckAsync();
            await visite.PressAsync("Envoyer l’invitation");
            await Assertions.Expect(visite.Page.Locator(".annonce")).ToContainTextAsync("Jeanne Hébert est invité");
            Assert.Empty(await visite.JudgeAsync("comptes-invite"));
        }

        await using var colleague = await site.VisitAsync(width: width);
        await colleague.GoAsync(await LinkAsync(site, email));
        await colleague.FillAsync("Mot de passe", Password);
        await colleague.PressAsync("Entrer dans Sofi");
        await colleague.ArriveAsync("/sofi");
        await colleague.GoAsync("/compte/second-facteur");
        Assert.Empty(await colleague.JudgeAsync("comptes-second-facteur"));
        var key = (await colleague.Page.Locator(".cle-totp").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await colleague.FillAsync("Code", Code(site, key));
        await colleague.PressAsync("Activer");
        await Assertions.Expect(colleague.Page.Locator(".codes-secours li")).ToHaveCountAsync(CodeSecours.Nombre);
        Assert.Empty(await colleague.JudgeAsync("comptes-codes-secours"));
        await colleague.PressAsync("J’ai noté mes codes");
        await colleague.ArriveAsync("/compte");
        await colleague.PressAsync("Déconnecter partout");
        await colleague.ArriveAsync("/connexion");

        site.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await colleague.FillAsync("Email", email);
        await colleague.FillAsync("Mot de passe", Password);
        await colleague.PressAsync("Se connecter");
        await colleague.ArriveAsync("/connexion/code");
        Assert.Empty(await colleague.JudgeAsync("comptes-code"));
        await colleague.FillAsync("Code", Code(site, key));
        await colleague.PressAsync("Se connecter");
        await colleague.ArriveAsync("/sofi");
        await colleague.GoAsync("/compte");
        await colleague.Page.Locator(".identite-site").ClickAsync();
        var seen = await colleague.Page.Locator("#etablissements button").AllInnerTextsAsync();
        Assert.Equal(2, seen.Count);
        Assert.DoesNotContain(seen, text => text.Replace("\u00A0", "", StringComparison.Ordinal).Contains(sirets[2], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(375)]
    public async Task The_Cariforef_reads_the_desk_of_an_organisation(int width)
    {
        var site = await SofiSite.ForAsync(GetType());
        var (_, sirets) = await OrganisationAsync(site);
        await using var visite = await site.VisitAsync(await AddAsync(site, Role.Valideur), width);
        await visite.GoAsync($"/cariforef/postes?recherche={sirets[0]}");
        await visite.PressAsync($"Lire le poste de ORGANISME DE TEST, {sirets[0]}");
        await visite.ArriveAsync("/sofi");
        await Assertions.Expect(visite.Page.Locator(".poste")).ToContainTextAsync("Rien ne peut y être changé");
        Assert.Empty(await visite.JudgeAsync("poste-lecture"));
        await visite.PressAsync("Quitter ce poste");
        await visite.ArriveAsync("/cariforef");
    }

    private static string Code(SofiSite site, string key) => Totp.CodeOf(key, Totp.StepOf(site.Host.Clock.GetUtcNow()));

    private static async Task<(int Gestionnaire, List<string> Sirets)> OrganisationAsync(SofiSite site)
    {
        await using var db = site.CreateContext();
        var first = await OffreScene.AddEtablissementAsync(db);
        var sirets = new List<string> { first.Siret, TestSiret.Sibling(first.Siret, 2), TestSiret.Sibling(first.Siret, 3) };
        db.AddRange(sirets.Skip(1).Select(siret => new Etablissement { Siret = siret, RaisonSociale = "ORGANISME DE TEST", Adresse = new() { Commune = "Angers" } }));
        await db.SaveChangesAsync();
        return (await AddAsync(site, Role.Gestionnaire, first.Numero), sirets);
    }

    private static async Task<int> AddAsync(SofiSite site, Role role, params int[] etablissements)
    {
        await using var db = site.CreateContext();
        var compte = OffreScene.NewCompte($"{Guid.NewGuid():N}@exemple.test", role);
        compte.Etablissements.AddRange(etablissements.Select(numero => new CompteEtablissement { EtablissementNumero = numero }));
        db.Add(compte);
        await db.SaveChangesAsync();
        return compte.Id;
    }

    private static async Task<string> LinkAsync(SofiSite site, string email)
    {
        await using var db = site.CreateContext();
        var text = await db.Set<Courriel>().Where(c => c.Destinataire == email).Select(c => c.Texte).SingleAsync();
        return new Uri(text!.Split("\n\n").Single(paragraph => paragraph.StartsWith("http", StringComparison.Ordinal))).AbsolutePath;
    }
}
