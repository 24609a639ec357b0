using System.Net;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Journal;
using Sofi.Testing;

namespace Sofi.Web.Tests.Comptes;

/// <summary>"Ressources et contact": shipped from the procedure, kept by the Cariforef, read by the organismes.</summary>
public class RessourcesTests
{
    [Theory, EveryDatabase]
    public async Task The_Cariforef_adds_changes_and_takes_away_a_dated_guide(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, typeof(Guides));
        var admin = await app.SignInAsync(await app.AddCompteAsync(Role.Administrateur));
        var reader = await app.SignInAsync(await app.AddCompteAsync(Role.Gestionnaire));
        Assert.Empty((await reader.GetAsync("/sofi/ressources")).Document.QuerySelectorAll("#t-guides"));
        var page = await admin.GetAsync("/cariforef/ressources");
        page = await page.Fill("Titre", "Saisir une session").Fill("Date", "1/2/2025").Fill("Programme", "PREPA AVENIR").Fill("Adresse", "https://exemple.test/guide.pdf")
            .PressAsync("Enregistrer le guide");
        Assert.Equal(["Le guide est enregistré."], page.Annonces);
        page = await (await page.FollowAsync("Saisir une session")).Fill("Titre", "Saisir une session, pas à pas").PressAsync("Enregistrer le guide");
        var read = await reader.GetAsync("/sofi/ressources");
        Assert.Equal("PREPA AVENIR", read.Text("[aria-labelledby=t-guides] h3"));
        Assert.Equal("Saisir une session, pas à pas 01/02/2025", read.Text("[aria-labelledby=t-guides] li"));
        page = await page.PressAsync("Retirer Saisir une session, pas à pas");
        Assert.Equal(["Le guide est retiré."], page.Annonces);
        Assert.Empty((await reader.GetAsync("/sofi/ressources")).Document.QuerySelectorAll("#t-guides"));
        Assert.Equal(["GuideAjoute", "GuideModifie", "GuideRetire"], await JournalAsync(app, "guide"));
    }

    [Theory, EveryDatabase]
    public async Task A_faulty_guide_or_contact_is_kept_on_the_screen_and_not_stored(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var admin = await app.SignInAsync(await app.AddCompteAsync(Role.Administrateur));
        var page = await (await admin.GetAsync("/cariforef/ressources")).Fill("Titre", "Guide").Fill("Adresse", "javascript:alert(1)").PressAsync("Enregistrer le guide");
        page.AssertErrors("Date : écrivez la date du guide.", "Adresse : écrivez une adresse qui commence par https://.");
        Assert.Equal("Guide", page.Value("Titre"));
        page = await (await admin.GetAsync("/cariforef/ressources")).Fill("Email", "offre").Fill("Téléphone", "").PressAsync("Enregistrer le contact");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("offre", page.Value("Email"));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/cariforef/ressources?guide=9999999")).Status);
        Assert.Equal([], await JournalAsync(app, "guide"));
    }

    [Theory, EveryDatabase]
    public async Task Two_people_never_overwrite_each_other(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, typeof(Contacts));
        var admin = await app.SignInAsync(await app.AddCompteAsync(Role.Administrateur));
        var (first, second) = (await admin.GetAsync("/cariforef/ressources"), await admin.GetAsync("/cariforef/ressources"));
        Assert.Equal(["Le contact est enregistré."], (await first.Fill("Horaires", "de 9 h à 17 h").PressAsync("Enregistrer le contact")).Annonces);
        var refused = await second.Fill("Horaires", "jamais").PressAsync("Enregistrer le contact");
        Assert.Equal(["Quelqu’un a changé cette page pendant votre saisie : relisez-la, puis recommencez."], refused.Errors);
        await (await admin.GetAsync("/cariforef/ressources")).PressAsync("Enregistrer le contact");
        Assert.Equal(["ContactCariforefModifie"], await JournalAsync(app, "ressource"));
    }

    private static async Task<List<string>> JournalAsync(SofiApp app, string objet)
    {
        await using var db = app.CreateContext();
        return await db.Set<Evenement>().Where(e => e.Objet == objet).OrderBy(e => e.Id).Select(e => e.Type).ToListAsync();
    }

    /// <summary>Names the databases of the test of guides.</summary>
    private sealed class Guides;

    /// <summary>Names the databases of the test of the contact.</summary>
    private sealed class Contacts;
}
