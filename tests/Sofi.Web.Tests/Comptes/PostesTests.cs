using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Journal;
using Sofi.Testing;

namespace Sofi.Web.Tests.Comptes;

/// <summary>The Cariforef at the desk of an organisation: it sees what the organisation sees, and nothing is done under one name alone.</summary>
public class PostesTests
{
    [Theory]
    [EveryDatabase(Role.Valideur)]
    [EveryDatabase(Role.Administrateur)]
    public async Task The_desk_is_read_under_a_banner_and_changes_nothing(DatabaseKind kind, Role role)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        await using var scene = await OffreScene.SetAsync(app.Database);
        var (formation, action, session, _) = await scene.CreateFullOffreAsync();
        var compte = await app.AddCompteAsync(role);
        var browser = await app.SignInAsync(compte);
        var page = await (await browser.GetAsync($"/cariforef/postes?recherche={scene.Etablissement.Siret}"))
            .PressAsync($"Lire le poste de ORGANISME DE TEST, {scene.Etablissement.Siret}");
        Assert.Equal("/sofi", page.Address);
        Assert.StartsWith("Vous lisez le poste de ORGANISME DE TEST. Rien ne peut y être changé.", page.Text(".poste"), StringComparison.Ordinal);
        foreach (var address in new[] { $"/sofi/formations/{formation}", $"/sofi/actions/{action}", $"/sofi/sessions/{session}", "/sofi/organisme/comptes" })
            (await browser.GetAsync(address)).AssertOk();
        foreach (var address in new[] { $"/sofi/sessions/{session}", $"/sofi/actions/{action}/etat", "/sofi/formations/nouvelle", "/sofi/organisme/comptes/nouveau", "/compte/etablissement" })
        {
            var refused = await browser.PostAsync(address, []);
            Assert.Equal((HttpStatusCode.Forbidden, "Lecture seule"), (refused.Status, refused.Text("h1")));
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/cariforef")).Status);
        page = await (await browser.GetAsync("/sofi")).PressAsync("Quitter ce poste");
        Assert.StartsWith("/cariforef", page.Address, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll(".poste"));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/sofi")).Status);
        Assert.Equal(["PosteOuvert", "PosteQuitte"], await app.JournalAsync(compte.Id));
    }

    [Theory, EveryDatabase]
    public async Task A_desk_gives_nothing_of_another_organisation(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        await using var scene = await OffreScene.SetAsync(app.Database);
        await using var other = await OffreScene.SetAsync(app.Database);
        var (formation, _, _, _) = await other.CreateFullOffreAsync();
        var browser = await OpenAsync(app, Role.Valideur, scene, ecriture: false);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/sofi/formations/{formation}")).Status);
    }

    [Theory, EveryDatabase]
    public async Task What_an_administrateur_does_for_an_organisation_is_signed_by_both_names(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        await using var scene = await OffreScene.SetAsync(app.Database);
        var browser = await OpenAsync(app, Role.Administrateur, scene, ecriture: true);
        var page = await browser.GetAsync("/sofi/organisme/comptes/nouveau");
        Assert.StartsWith("Vous agissez pour ORGANISME DE TEST.", page.Text(".poste"), StringComparison.Ordinal);
        page = await page.Fill("Prénom et nom", "Jeanne Hébert").Fill("Email", $"poste-{kind}@exemple.test").PressAsync("Envoyer l’invitation");
        page.AssertOk();
        await using var db = app.CreateContext();
        var id = (await db.Set<Compte>().SingleAsync(c => c.Email == $"poste-{kind}@exemple.test")).Id.ToString(CultureInfo.InvariantCulture);
        var author = await db.Set<Processus>().Where(p => p.Evenements.Any(e => e.Type == "CompteInvite" && e.Cle == id)).Select(p => p.Auteur).SingleAsync();
        Assert.Equal("Personne de test (Cariforef), pour ORGANISME DE TEST", author);
    }

    [Theory, EveryDatabase]
    public async Task A_valideur_never_acts_for_an_organisation(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        await using var scene = await OffreScene.SetAsync(app.Database);
        var compte = await app.AddCompteAsync(Role.Valideur);
        var browser = await app.SignInAsync(compte);
        Assert.DoesNotContain("Agir", (await browser.GetAsync("/cariforef/postes")).Text("main"), StringComparison.Ordinal);
        var values = new Dictionary<string, string> { ["etablissement"] = scene.Etablissement.Numero.ToString(CultureInfo.InvariantCulture), ["ecriture"] = "true" };
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync("/cariforef/postes", values)).Status);
        Assert.Equal([], await app.JournalAsync(compte.Id));
    }

    [Theory, EveryDatabase]
    public async Task An_administrateur_who_becomes_valideur_only_reads_from_the_next_click_on(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        await using var scene = await OffreScene.SetAsync(app.Database);
        var compte = await app.AddCompteAsync(Role.Administrateur);
        var browser = await OpenAsync(app, compte, scene, ecriture: true);
        await using (var db = app.CreateContext())
            await db.Set<Compte>().Where(c => c.Id == compte.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Role, Role.Valideur));
        Assert.StartsWith("Vous lisez", (await browser.GetAsync("/sofi")).Text(".poste"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/sofi/organisme/comptes/nouveau", [])).Status);
    }

    [Theory, EveryDatabase]
    public async Task Ones_own_account_stays_ones_own(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        await using var scene = await OffreScene.SetAsync(app.Database);
        var browser = await OpenAsync(app, Role.Valideur, scene, ecriture: false);
        var page = await browser.GetAsync("/compte");
        Assert.Contains("Valideur du Cariforef", page.Text(".faits"), StringComparison.Ordinal);
        Assert.StartsWith("Vous lisez", page.Text(".poste"), StringComparison.Ordinal);
        Assert.Equal("/connexion", (await page.PressAsync("Déconnecter partout")).Address);
    }

    private static async Task<Navigateur> OpenAsync(SofiApp app, Role role, OffreScene scene, bool ecriture) =>
        await OpenAsync(app, await app.AddCompteAsync(role), scene, ecriture);

    private static async Task<Navigateur> OpenAsync(SofiApp app, Compte compte, OffreScene scene, bool ecriture)
    {
        var browser = await app.SignInAsync(compte);
        var page = await browser.GetAsync($"/cariforef/postes?recherche={scene.Etablissement.Siret}");
        var button = ecriture ? "Agir pour" : "Lire le poste de";
        (await page.PressAsync($"{button} ORGANISME DE TEST, {scene.Etablissement.Siret}")).AssertOk();
        return browser;
    }
}
