using System.Net;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Organismes;
using Sofi.Testing;

namespace Sofi.Web.Tests.Comptes;

/// <summary>The screens of accounts: a gestionnaire keeps her organisation, the administrateur everyone, nobody herself.</summary>
public class ComptesPagesTests
{
    [Theory, EveryDatabase]
    public async Task A_gestionnaire_sees_the_accounts_of_her_SIREN_and_no_other(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (first, sister, stranger) = await SirenAsync(app);
        var gestionnaire = await app.AddCompteAsync(Role.Gestionnaire, first.Numero);
        var colleague = await app.AddCompteAsync(Role.Redacteur, sister.Numero);
        var other = await app.AddCompteAsync(Role.Redacteur, stranger.Numero);
        var browser = await app.SignInAsync(gestionnaire);
        var page = await browser.GetAsync("/sofi/organisme/comptes");
        Assert.Equal(new[] { colleague.Email!, gestionnaire.Email! }.Order(), Emails(page).Order());
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/sofi/organisme/comptes/{other.Id}")).Status);
        foreach (var handler in new[] { "Role", "Etablissements", "Debloquer", "Desactiver", "Reactiver", "Renvoyer", "SecondFacteur" })
            Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync($"/sofi/organisme/comptes/{other.Id}?handler={handler}", [])).Status);
        Assert.Equal([], await app.JournalAsync(other.Id));
    }

    [Theory, EveryDatabase]
    public async Task She_changes_a_role_and_the_etablissements(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (first, sister, _) = await SirenAsync(app);
        var colleague = await app.AddCompteAsync(Role.Redacteur, first.Numero);
        var browser = await app.SignInAsync(await app.AddCompteAsync(Role.Gestionnaire, first.Numero));
        var page = await browser.GetAsync($"/sofi/organisme/comptes/{colleague.Id}");
        page = await page.Fill("Rôle", "Gestionnaire").PressAsync("Changer le rôle");
        Assert.Equal(["Le rôle est changé."], page.Annonces);
        page = await page.Fill("Établissements", sister.Siret).PressAsync("Enregistrer les établissements");
        Assert.Equal(["Les établissements sont enregistrés."], page.Annonces);
        Assert.Equal(sister.Siret, page.Value("Établissements"));
        Assert.Equal(["RoleChange", "EtablissementsChanges"], await app.JournalAsync(colleague.Id));
        Assert.Contains("Rédacteur → Gestionnaire", page.Text("[aria-labelledby=t-journal]"), StringComparison.Ordinal);
        page = await page.Fill("Établissements").PressAsync("Enregistrer les établissements");
        page.AssertErrors("Un compte d’organisme de formation est rattaché à un établissement au moins : donnez son SIRET.");
        page = await (await browser.GetAsync($"/sofi/organisme/comptes/{colleague.Id}")).PressAsync("Enregistrer les établissements");
        Assert.Equal(["RoleChange", "EtablissementsChanges"], await app.JournalAsync(colleague.Id));
    }

    [Theory, EveryDatabase]
    public async Task A_leaver_is_out_at_the_next_click_and_her_history_stays(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (first, _, _) = await SirenAsync(app);
        var colleague = await app.AddCompteAsync(Role.Redacteur, first.Numero);
        var leaver = await app.SignInAsync(colleague);
        (await leaver.GetAsync("/sofi")).AssertOk();
        var browser = await app.SignInAsync(await app.AddCompteAsync(Role.Gestionnaire, first.Numero));
        var page = await (await browser.GetAsync($"/sofi/organisme/comptes/{colleague.Id}")).PressAsync("Désactiver le compte");
        Assert.Equal("Désactivé", page.Text(".tete-page .etat"));
        Assert.Equal("/connexion?retour=%2Fsofi", (await leaver.GetAsync("/sofi")).Address);
        page = await page.PressAsync("Réactiver");
        Assert.Equal(["Le compte est réactivé."], page.Annonces);
        Assert.Equal(["CompteDesactive", "CompteReactive"], await app.JournalAsync(colleague.Id));
    }

    [Theory, EveryDatabase]
    public async Task A_lockout_is_released(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (first, _, _) = await SirenAsync(app);
        var colleague = await app.AddCompteAsync(Role.Redacteur, first.Numero);
        await using (var db = app.CreateContext())
        {
            DateTimeOffset? end = app.Clock.GetUtcNow().AddMinutes(10);
            await db.Set<Compte>().Where(c => c.Id == colleague.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.LockoutEnd, end).SetProperty(c => c.PasswordHash, "x"));
        }

        var browser = await app.SignInAsync(await app.AddCompteAsync(Role.Gestionnaire, first.Numero));
        var page = await (await browser.GetAsync($"/sofi/organisme/comptes/{colleague.Id}")).PressAsync("Débloquer maintenant");
        Assert.Equal("Actif", page.Text(".tete-page .etat"));
        Assert.Equal(["CompteDeverrouille"], await app.JournalAsync(colleague.Id));
    }

    [Theory, EveryDatabase]
    public async Task Nobody_changes_her_own_account(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (first, _, _) = await SirenAsync(app);
        foreach (var (compte, list) in new[]
        {
            (await app.AddCompteAsync(Role.Gestionnaire, first.Numero), "/sofi/organisme/comptes"),
            (await app.AddCompteAsync(Role.Administrateur), "/cariforef/comptes"),
        })
        {
            var browser = await app.SignInAsync(compte);
            Assert.DoesNotContain("Désactiver", (await browser.GetAsync($"{list}/{compte.Id}")).Text(), StringComparison.Ordinal);
            foreach (var handler in new[] { "Desactiver", "Role", "SecondFacteur" })
            {
                var page = await browser.PostAsync($"{list}/{compte.Id}?handler={handler}", new() { ["role"] = "Redacteur" });
                Assert.Equal(["C’est votre propre compte : demandez à quelqu’un d’autre de le changer."], page.Errors);
            }

            Assert.Equal([], await app.JournalAsync(compte.Id));
        }
    }

    [Theory, EveryDatabase]
    public async Task The_last_administrateur_remains(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, typeof(Alone));
        var (actor, target) = (await app.AddCompteAsync(Role.Administrateur), await app.AddCompteAsync(Role.Administrateur));
        await using (var db = app.CreateContext())
            await db.Set<Compte>().Where(c => c.Id == target.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.PasswordHash, "x"));
        var browser = await app.SignInAsync(actor);
        var page = await (await browser.GetAsync($"/cariforef/comptes/{target.Id}")).PressAsync("Désactiver le compte");
        page.AssertErrors("C’est le dernier administrateur du Cariforef : nommez-en un autre d’abord.");
        page = await (await browser.GetAsync($"/cariforef/comptes/{target.Id}")).Fill("Rôle", "Valideur").PressAsync("Changer le rôle");
        Assert.Equal(["C’est le dernier administrateur du Cariforef : nommez-en un autre d’abord."], page.Errors);
        await using (var db = app.CreateContext())
            await db.Set<Compte>().Where(c => c.Id == actor.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.PasswordHash, "x"));
        Assert.Equal("Désactivé", (await (await browser.GetAsync($"/cariforef/comptes/{target.Id}")).PressAsync("Désactiver le compte")).Text(".tete-page .etat"));
    }

    [Theory, EveryDatabase]
    public async Task An_account_of_two_organisations_is_changed_as_a_whole_by_the_Cariforef_only(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (first, sister, stranger) = await SirenAsync(app);
        var shared = await app.AddCompteAsync(Role.Redacteur, first.Numero, stranger.Numero);
        var browser = await app.SignInAsync(await app.AddCompteAsync(Role.Gestionnaire, first.Numero));
        var page = await browser.GetAsync($"/sofi/organisme/comptes/{shared.Id}");
        Assert.DoesNotContain("Désactiver", page.Text(), StringComparison.Ordinal);
        Assert.StartsWith("Cette personne travaille aussi pour un autre organisme", (await browser.PostAsync($"/sofi/organisme/comptes/{shared.Id}?handler=Desactiver", [])).Errors[0]);
        page = await page.Fill("Établissements", sister.Siret).PressAsync("Enregistrer les établissements");
        page.AssertOk();
        await using var db = app.CreateContext();
        var attached = await db.Set<CompteEtablissement>().Where(a => a.CompteId == shared.Id).Select(a => a.EtablissementNumero).ToListAsync();
        Assert.Equal([sister.Numero, stranger.Numero], attached.OrderBy(numero => numero == stranger.Numero));
        page = await page.Fill("Établissements").PressAsync("Enregistrer les établissements");
        Assert.Equal("/sofi/organisme/comptes", page.Address);
        Assert.Equal(stranger.Numero, (await db.Set<CompteEtablissement>().AsNoTracking().SingleAsync(a => a.CompteId == shared.Id)).EtablissementNumero);
    }

    [Theory, EveryDatabase]
    public async Task The_administrateur_writes_SIRETs_and_is_told_which_one_is_wrong(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (first, sister, _) = await SirenAsync(app);
        var compte = await app.AddCompteAsync(Role.Redacteur, first.Numero);
        var browser = await app.SignInAsync(await app.AddCompteAsync(Role.Administrateur));
        var page = await browser.GetAsync($"/cariforef/comptes/{compte.Id}");
        page = await page.Fill("SIRET des établissements", "123").PressAsync("Enregistrer les établissements");
        page.AssertErrors("« 123 » n’est pas un SIRET : 14 chiffres, dont la clé est juste.");
        Assert.Equal("123", page.Value("SIRET des établissements"));
        page = await page.Fill("SIRET des établissements", $"{first.Siret[..9]} {first.Siret[9..]}\n{sister.Siret}").PressAsync("Enregistrer les établissements");
        Assert.Equal(2, page.Value("SIRET des établissements").Split('\n').Length);
        Assert.Equal(["EtablissementsChanges"], await app.JournalAsync(compte.Id));
    }

    [Theory, EveryDatabase]
    public async Task The_list_is_searched_filtered_and_sorted_in_the_same_queries_whatever_the_accounts(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (first, sister, _) = await SirenAsync(app);
        var browser = await app.SignInAsync(await app.AddCompteAsync(Role.Administrateur));
        var few = await CountAsync();
        var comptes = new List<Compte>();
        for (var i = 0; i < 12; i++) comptes.Add(await app.AddCompteAsync(Role.Redacteur, first.Numero, sister.Numero));
        Assert.Equal(few, await CountAsync());

        var page = await browser.GetAsync($"/cariforef/comptes?recherche={first.Siret}&tri=-email");
        Assert.Equal("Voir 1 à 10 sur 12 résultats", page.Text("#liste-etendue"));
        Assert.Equal(comptes.Select(c => c.Email!).OrderDescending(StringComparer.Ordinal).Take(10), Emails(page));
        Assert.Contains("et 1 autre", page.Text("tbody tr"), StringComparison.Ordinal);
        Assert.Equal([comptes[3].Email!], Emails(await browser.GetAsync($"/cariforef/comptes?role=Redacteur&etat=Invite&recherche={Uri.EscapeDataString(comptes[3].Email!)}")));
        Assert.Empty(Emails(await browser.GetAsync($"/cariforef/comptes?role=Valideur&recherche={first.Siret}")));
        Assert.Empty(Emails(await browser.GetAsync($"/cariforef/comptes?etat=Desactive&recherche={first.Siret}")));

        async Task<int> CountAsync()
        {
            using var counter = QueryCounter.Start();
            (await browser.GetAsync("/cariforef/comptes")).AssertOk();
            return counter.Count;
        }
    }

    [Theory, EveryDatabase]
    public async Task A_second_factor_is_taken_by_the_administrateur(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var compte = await app.AddCompteAsync(Role.Valideur);
        await using (var db = app.CreateContext())
            await db.Set<Compte>().Where(c => c.Id == compte.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.TwoFactorEnabled, true).SetProperty(c => c.CleTotp, "x"));
        var browser = await app.SignInAsync(await app.AddCompteAsync(Role.Administrateur));
        var page = await (await browser.GetAsync($"/cariforef/comptes/{compte.Id}")).PressAsync("Retirer le second facteur");
        Assert.Contains("Non activé", page.Text(".faits"), StringComparison.Ordinal);
        Assert.Equal(["SecondFacteurRetire"], await app.JournalAsync(compte.Id));
    }

    private static List<string> Emails(PageHtml page) => [.. page.Texts("td[data-nom=Email]")];

    private static async Task<(Etablissement First, Etablissement Sister, Etablissement Stranger)> SirenAsync(SofiApp app)
    {
        await using var db = app.CreateContext();
        var first = await OffreScene.AddEtablissementAsync(db);
        var sister = new Etablissement { Siret = TestSiret.Sibling(first.Siret, 2), RaisonSociale = "ORGANISME DE TEST" };
        db.Add(sister);
        await db.SaveChangesAsync();
        return (first, sister, await OffreScene.AddEtablissementAsync(db));
    }

    /// <summary>Names the databases of the test that needs all the administrateurs.</summary>
    private sealed class Alone;
}
