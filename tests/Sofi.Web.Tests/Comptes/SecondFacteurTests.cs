using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Testing;

namespace Sofi.Web.Tests.Comptes;

/// <summary>The second factor and the open sessions, from enrolment to "Déconnecter partout".</summary>
public class SecondFacteurTests
{
    private const string Password = "Sterne-44-Loire";

    [Theory, EveryDatabase]
    public async Task A_code_of_the_telephone_turns_the_second_factor_on_and_is_asked_at_the_next_sign_in(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (compte, key, codes) = await EnrolAsync(app, Role.Redacteur);
        Assert.Equal(10, codes.Distinct().Count());
        var browser = app.Browse();
        var step = await PasswordAsync(browser, compte);
        Assert.Equal("/connexion/code?retour=%2Fcompte", step.Address);
        Assert.StartsWith("/connexion", (await browser.GetAsync("/compte")).Address, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var home = await step.Fill("Code", Code(app, key)).PressAsync("Se connecter");
        Assert.Equal("/compte", home.Address);
        Assert.Contains("Activé", home.Text(), StringComparison.Ordinal);
        Assert.Equal(["SecondFacteurActive", "ConnexionReussie"], await app.JournalAsync(compte.Id));
    }

    [Theory, EveryDatabase]
    public async Task The_drawing_and_the_key_say_the_same_and_a_wrong_code_keeps_them(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var compte = await AddAsync(app, Role.Redacteur);
        var page = await (await app.SignInAsync(compte)).GetAsync("/compte/second-facteur");
        var key = page.Text(".cle-totp");
        Assert.Matches("^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$", key);
        Assert.StartsWith("M4 4h1v1h-1z", page.One(".qr path").GetAttribute("d"), StringComparison.Ordinal);
        page = await page.Fill("Code", "000000").PressAsync("Activer");
        page.AssertErrors("Code : ce code ne convient pas : attendez le suivant, et vérifiez que le téléphone est à l’heure.");
        Assert.Equal(key, page.Text(".cle-totp"));
        Assert.Equal([], await app.JournalAsync(compte.Id));
    }

    [Theory, EveryDatabase]
    public async Task A_code_is_accepted_once(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (compte, key, _) = await EnrolAsync(app, Role.Redacteur);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var code = Code(app, key);
        var steps = new[] { await PasswordAsync(app.Browse(), compte), await PasswordAsync(app.Browse(), compte) };
        var answers = await Task.WhenAll(steps.Select(step => step.Fill("Code", code).PressAsync("Se connecter", follow: false)));
        Assert.Equal([HttpStatusCode.Found, HttpStatusCode.BadRequest], answers.Select(answer => answer.Status).Order());
        Assert.Equal("Code refusé", answers.Single(answer => answer.Status == HttpStatusCode.BadRequest).Text(".resume-erreurs h2"));
    }

    [Theory, EveryDatabase]
    public async Task A_recovery_code_replaces_the_telephone_once(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (compte, _, codes) = await EnrolAsync(app, Role.Redacteur);
        var typed = codes[3].Replace("-", " ", StringComparison.Ordinal).ToUpperInvariant();
        var home = await (await PasswordAsync(app.Browse(), compte)).Fill("Code", typed).PressAsync("Se connecter");
        Assert.Equal("/compte", home.Address);
        var again = await (await PasswordAsync(app.Browse(), compte)).Fill("Code", typed).PressAsync("Se connecter");
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.Contains("Il vous reste 9 codes de secours.", (await home.FollowAsync("Gérer le second facteur")).Text(), StringComparison.Ordinal);
        Assert.Contains("CodeSecoursUtilise", await app.JournalAsync(compte.Id));
    }

    [Theory, EveryDatabase]
    public async Task With_the_keys_of_the_web_lost_recovery_codes_still_open(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (compte, key, codes) = await EnrolAsync(app, Role.Redacteur);
        await using (var db = app.CreateContext())
            await db.Set<Compte>().Where(c => c.Id == compte.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.CleTotp, "illisible"));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var step = await (await PasswordAsync(app.Browse(), compte)).Fill("Code", Code(app, key)).PressAsync("Se connecter");
        Assert.Equal(HttpStatusCode.BadRequest, step.Status);
        Assert.Equal("/compte", (await step.Fill("Code", codes[0]).PressAsync("Se connecter")).Address);
    }

    [Theory, EveryDatabase]
    public async Task Who_knows_the_password_cannot_guess_codes_without_end(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (compte, key, _) = await EnrolAsync(app, Role.Redacteur);
        for (var i = 0; i < 5; i++)
        {
            var step = await PasswordAsync(app.Browse(), compte);
            Assert.Equal(HttpStatusCode.BadRequest, (await step.Fill("Code", $"00000{i}").PressAsync("Se connecter")).Status);
        }

        Assert.Equal("Connexion", (await PasswordAsync(app.Browse(), compte)).Text("h1"));
        Assert.Equal("CompteVerrouille", (await app.JournalAsync(compte.Id))[^1]);
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        var home = await (await PasswordAsync(app.Browse(), compte)).Fill("Code", Code(app, key)).PressAsync("Se connecter");
        Assert.Equal("/compte", home.Address);
    }

    [Theory, EveryDatabase]
    public async Task The_password_is_asked_to_turn_it_off_or_to_draw_new_codes(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (compte, _, codes) = await EnrolAsync(app, Role.Gestionnaire);
        var browser = await app.SignInAsync(compte);
        var page = await browser.GetAsync("/compte/second-facteur");
        page = await page.Fill("Mot de passe actuel", "faux").PressAsync("Désactiver le second facteur");
        page.AssertErrors("Mot de passe actuel : le mot de passe actuel ne correspond pas. Après 5 essais, il est refusé pendant 15 minutes.");
        page = await page.Fill("Mot de passe actuel", Password).PressAsync("Tirer dix nouveaux codes de secours");
        Assert.Empty(page.Texts(".codes-secours li").Intersect(codes));
        page = await browser.GetAsync("/compte/second-facteur");
        page = await page.Fill("Mot de passe actuel", Password).PressAsync("Désactiver le second facteur");
        Assert.Equal(["Le second facteur est désactivé."], page.Annonces);
        Assert.Equal("/compte", (await PasswordAsync(app.Browse(), compte)).Address);
        Assert.Equal(["SecondFacteurActive", "ConnexionRefusee", "CodesSecoursRenouveles", "SecondFacteurDesactive", "ConnexionReussie"], await app.JournalAsync(compte.Id));
    }

    [Theory]
    [EveryDatabase(Role.Valideur)]
    [EveryDatabase(Role.Administrateur)]
    [EveryDatabase(Role.Region)]
    public async Task Where_it_is_mandatory_enrolment_comes_before_anything_else(DatabaseKind kind, Role role)
    {
        var app = await MandatoryAsync(kind);
        var compte = await AddAsync(app, role);
        var browser = await app.SignInAsync(compte);
        foreach (var address in new[] { "/", "/compte", "/cariforef", "/region" })
            Assert.Equal("/compte/second-facteur", (await browser.GetAsync(address)).Address);
        var page = await browser.GetAsync("/compte/second-facteur");
        Assert.Contains("obligatoire", page.Text(".message"), StringComparison.Ordinal);
        page = await page.Fill("Code", Code(app, page.Text(".cle-totp"))).PressAsync("Activer");
        (await page.FollowAsync("J’ai noté mes codes")).AssertOk();
        Assert.DoesNotContain("Désactiver", (await browser.GetAsync("/compte/second-facteur")).Text(), StringComparison.Ordinal);
        await browser.PostAsync("/compte/second-facteur?handler=Desactiver", new() { ["MotDePasse"] = Password });
        Assert.DoesNotContain("SecondFacteurDesactive", await app.JournalAsync(compte.Id));
    }

    [Theory, EveryDatabase]
    public async Task An_organisme_is_never_obliged(DatabaseKind kind)
    {
        var app = await MandatoryAsync(kind);
        (await (await app.SignInAsync(await app.AddCompteAsync(Role.Redacteur))).GetWithoutFollowingAsync("/sofi")).AssertOk();
    }

    [Theory, EveryDatabase]
    public async Task One_sees_ones_open_sessions_and_closes_them_all(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var compte = await AddAsync(app, Role.Redacteur);
        var (here, there) = (await app.SignInAsync(compte), await app.SignInAsync(compte));
        await here.GetAsync("/compte");
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        var page = await here.GetAsync("/compte");
        Assert.Equal(2, page.Document.QuerySelectorAll("[aria-labelledby=t-sessions] tbody tr").Length);
        Assert.Equal("cette connexion", page.Text("[aria-labelledby=t-sessions] tbody tr:first-child .etiquette"));
        page = await page.PressAsync("Déconnecter partout");
        Assert.Equal("/connexion", page.Address);
        Assert.Equal(["Toutes vos connexions sont fermées, celle-ci comprise."], page.Annonces);
        foreach (var browser in new[] { here, there }) Assert.Equal("/connexion?retour=%2Fcompte", (await browser.GetAsync("/compte")).Address);
        Assert.Equal(["DeconnexionPartout"], await app.JournalAsync(compte.Id));
    }

    [Theory, EveryDatabase]
    public async Task A_session_unseen_for_ten_hours_is_over_even_if_its_cookie_was_stolen(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var browser = await app.SignInAsync(await AddAsync(app, Role.Redacteur));
        app.Clock.Advance(TimeSpan.FromHours(10));
        Assert.Equal("/connexion?retour=%2Fcompte", (await browser.GetAsync("/compte")).Address);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox sur Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge sur Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1", "Safari sur iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome sur Android")]
    [InlineData("curl/8.0", "Navigateur inconnu")]
    [InlineData(null, "Navigateur inconnu")]
    public void A_browser_is_named_by_its_family(string? userAgent, string name) => Assert.Equal(name, Web.Securite.Navigateurs.NameOf(userAgent));

    private static Task<SofiApp> MandatoryAsync(DatabaseKind kind) =>
        SofiApp.ForAsync(kind, typeof(Mandatory), settings: new Dictionary<string, string> { ["SOFI_SECOND_FACTEUR"] = "obligatoire" });

    private static string Code(SofiApp app, string key) => Totp.CodeOf(key.Replace(" ", "", StringComparison.Ordinal), Totp.StepOf(app.Clock.GetUtcNow()));

    private static async Task<(Compte Compte, string Key, IReadOnlyList<string> Codes)> EnrolAsync(SofiApp app, Role role)
    {
        var compte = await AddAsync(app, role);
        var page = await (await app.SignInAsync(compte)).GetAsync("/compte/second-facteur");
        var key = page.Text(".cle-totp");
        page = await page.Fill("Code", Code(app, key)).PressAsync("Activer");
        page.AssertOk();
        return (compte, key, page.Texts(".codes-secours li"));
    }

    private static async Task<Compte> AddAsync(SofiApp app, Role role)
    {
        var compte = await app.AddCompteAsync(role);
        await using var db = app.CreateContext();
        db.Attach(compte).Entity.PasswordHash = new PasswordHasher<Compte>().HashPassword(compte, Password);
        await db.SaveChangesAsync();
        return compte;
    }

    private static async Task<PageHtml> PasswordAsync(Navigateur browser, Compte compte) =>
        await (await browser.GetAsync("/connexion?retour=/compte")).Fill("Email", compte.Email!).Fill("Mot de passe", Password).PressAsync("Se connecter");

    /// <summary>Names the databases of the sites where the second factor is mandatory.</summary>
    private sealed class Mandatory;
}
