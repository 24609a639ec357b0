using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sofi.Core.Comptes;
using Sofi.Testing;
using Sofi.Web.Securite;

namespace Sofi.Web.Tests.Securite;

public class ConnexionTests
{
    private const string Password = "Sterne-44-Loire";

    [Theory]
    [EveryDatabase(Role.Redacteur, "/sofi")]
    [EveryDatabase(Role.Gestionnaire, "/sofi")]
    [EveryDatabase(Role.Valideur, "/cariforef")]
    [EveryDatabase(Role.Administrateur, "/cariforef")]
    [EveryDatabase(Role.Region, "/region")]
    public async Task Signing_in_leads_to_the_dashboard_of_ones_role(DatabaseKind kind, Role role, string home)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var compte = await AddAsync(app, role);
        var answer = await SignInAsync(app, compte.Email!, Password);
        Assert.Equal(home, answer.Location);
        Assert.Equal(["ConnexionReussie"], await app.JournalAsync(compte.Id));
    }

    [Theory, EveryDatabase]
    public async Task The_public_home_leads_to_the_sign_in(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var home = await app.Browse().GetAsync("/");
        home.AssertOk();
        var page = await home.FollowAsync("Formation / Sofi, organismes de formation");
        Assert.Equal("Connexion – Sofi, formation en Pays de la Loire", page.Title);
        Assert.Equal(["Email", "Mot de passe"], page.Texts("main label"));
        Assert.Equal("Se connecter", page.Text("main button"));
    }

    [Theory, EveryDatabase]
    public async Task One_comes_back_to_the_page_that_one_wanted(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var compte = await AddAsync(app, Role.Valideur);
        var browser = app.Browse();
        var page = await browser.GetAsync("/compte?de=ici");
        Assert.Equal("/connexion?retour=%2Fcompte%3Fde%3Dici", page.Address);
        page = await page.Fill("Email", compte.Email!).Fill("Mot de passe", Password).PressAsync("Se connecter");
        Assert.Equal("/compte?de=ici", page.Address);
        page.AssertOk();
    }

    [Theory]
    [EveryDatabase("https://ailleurs.test/")]
    [EveryDatabase("//ailleurs.test")]
    [EveryDatabase("/\\ailleurs.test")]
    public async Task Signing_in_never_leads_to_another_site(DatabaseKind kind, string elsewhere)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var compte = await AddAsync(app, Role.Region);
        var answer = await SignInAsync(app, compte.Email!, Password, "/connexion?retour=" + Uri.EscapeDataString(elsewhere));
        Assert.Equal("/region", answer.Location);
    }

    [Theory, EveryDatabase]
    public async Task A_refusal_says_the_same_whether_the_account_exists_or_not(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var compte = await AddAsync(app, Role.Redacteur);
        var wrong = await SignInAsync(app, compte.Email!, "faux");
        var unknown = await SignInAsync(app, "inconnu@exemple.test", "faux");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.Status);
        Assert.StartsWith("Erreur : Connexion", wrong.Title);
        Assert.Equal(wrong.Text(".resume-erreurs"), unknown.Text(".resume-erreurs"));
        Assert.Equal(compte.Email, wrong.Value("Email"));
        Assert.Equal("", wrong.Value("Mot de passe"));
        Assert.Equal(["ConnexionRefusee"], await app.JournalAsync(compte.Id));
    }

    [Theory, EveryDatabase]
    public async Task A_refusal_takes_one_hashing_whether_the_account_exists_or_not(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var compte = await AddAsync(app, Role.Redacteur);
        foreach (var email in new[] { compte.Email!, "inconnu@exemple.test", "" })
        {
            await using var scope = app.Host.Services.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<Compte>>();
            var hasher = new CountingHasher(users.PasswordHasher);
            users.PasswordHasher = hasher;
            Assert.Null(await scope.ServiceProvider.GetRequiredService<ConnexionService>().SignInAsync(email, "faux"));
            Assert.Equal(1, hasher.Verifications);
        }
    }

    [Theory, EveryDatabase]
    public async Task Five_wrong_passwords_lock_the_account_for_fifteen_minutes(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var compte = await AddAsync(app, Role.Redacteur);
        for (var i = 0; i < 5; i++) await SignInAsync(app, compte.Email!, "faux" + i);
        Assert.Equal(HttpStatusCode.BadRequest, (await SignInAsync(app, compte.Email!, Password)).Status);
        Assert.Equal(["ConnexionRefusee", "ConnexionRefusee", "ConnexionRefusee", "ConnexionRefusee", "ConnexionRefusee", "CompteVerrouille"], await app.JournalAsync(compte.Id));
        app.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(HttpStatusCode.BadRequest, (await SignInAsync(app, compte.Email!, Password)).Status);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("/sofi", (await SignInAsync(app, compte.Email!, Password)).Location);
    }

    [Theory, EveryDatabase]
    public async Task A_right_password_forgets_the_wrong_ones(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var compte = await AddAsync(app, Role.Redacteur);
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 4; i++) await SignInAsync(app, compte.Email!, "faux");
            Assert.Equal("/sofi", (await SignInAsync(app, compte.Email!, Password)).Location);
        }
    }

    [Theory, EveryDatabase]
    public async Task Guessing_all_at_once_gives_no_more_tries(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var compte = await AddAsync(app, Role.Redacteur);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => SignInAsync(app, compte.Email!, "faux" + i)));
        Assert.Equal(5, (await app.JournalAsync(compte.Id)).Count(type => type == "ConnexionRefusee"));
    }

    [Theory, EveryDatabase]
    public async Task Guesses_by_others_never_close_an_open_session(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var compte = await AddAsync(app, Role.Valideur);
        var browser = await app.SignInAsync(compte);
        for (var i = 0; i < 6; i++) await SignInAsync(app, compte.Email!, "faux");
        (await browser.GetWithoutFollowingAsync("/compte")).AssertOk();
    }

    [Theory, EveryDatabase]
    public async Task Signing_out_closes_the_session(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var compte = await AddAsync(app, Role.Valideur);
        var browser = await app.SignInAsync(compte);
        var home = await (await browser.GetAsync("/compte")).PressAsync("Se déconnecter");
        Assert.Equal("/", home.Address);
        Assert.Equal("/connexion?retour=%2Fcompte", (await browser.GetAsync("/compte")).Address);
        Assert.Equal(["Deconnexion"], await app.JournalAsync(compte.Id));
    }

    [Theory, EveryDatabase]
    public async Task A_signed_in_person_who_opens_the_sign_in_goes_to_her_dashboard(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var browser = await app.SignInAsync(await app.AddCompteAsync(Role.Region));
        Assert.Equal("/region", (await browser.GetWithoutFollowingAsync("/connexion")).Location);
    }

    [Theory, EveryDatabase]
    public async Task A_new_password_opens_the_account_and_closes_its_other_sessions(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var compte = await AddAsync(app, Role.Valideur);
        var (here, elsewhere) = (await app.SignInAsync(compte), await app.SignInAsync(compte));
        var page = await here.GetAsync("/compte");
        page = await page.Fill("Mot de passe actuel", Password).Fill("Nouveau mot de passe", "Marée-haute-2025").PressAsync("Changer le mot de passe");
        page.AssertOk();
        Assert.Equal(["Votre mot de passe est changé. Vos autres connexions sont fermées."], page.Annonces);
        Assert.Equal("/connexion?retour=%2Fcompte", (await elsewhere.GetAsync("/compte")).Address);
        Assert.Equal("/cariforef", (await SignInAsync(app, compte.Email!, "Marée-haute-2025")).Location);
        Assert.Equal(["MotDePasseChange", "ConnexionReussie"], await app.JournalAsync(compte.Id));
    }

    [Theory, EveryDatabase]
    public async Task A_weak_password_or_a_wrong_present_one_changes_nothing(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var compte = await AddAsync(app, Role.Valideur);
        var browser = await app.SignInAsync(compte);
        var page = await browser.GetAsync("/compte");
        page = await page.Fill("Mot de passe actuel", Password).Fill("Nouveau mot de passe", "loire44").PressAsync("Changer le mot de passe");
        page.AssertErrors([.. RegleMotDePasse.Faults("loire44", compte.Nom, compte.Email).Select(fault => "Nouveau mot de passe : l" + PageHtml.Clean(fault)[1..])]);
        page = await page.Fill("Mot de passe actuel", "faux").Fill("Nouveau mot de passe", "Marée-haute-2025").PressAsync("Changer le mot de passe");
        page.AssertErrors("Mot de passe actuel : le mot de passe actuel ne correspond pas. Après 5 essais, il est refusé pendant 15 minutes.");
        Assert.Equal("/cariforef", (await SignInAsync(app, compte.Email!, Password)).Location);
    }

    [Theory, EveryDatabase]
    public async Task A_withdrawn_account_is_out_at_the_next_click(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var compte = await app.AddCompteAsync(Role.Valideur);
        var browser = await app.SignInAsync(compte);
        (await browser.GetAsync("/compte")).AssertOk();
        await using (var db = app.CreateContext())
            await db.Set<Compte>().Where(c => c.Id == compte.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.SecurityStamp, "autre"));
        Assert.Equal("/connexion?retour=%2Fcompte", (await browser.GetAsync("/compte")).Address);
    }

    private static async Task<Compte> AddAsync(SofiApp app, Role role)
    {
        var compte = await app.AddCompteAsync(role);
        await using var db = app.CreateContext();
        db.Attach(compte).Entity.PasswordHash = new PasswordHasher<Compte>().HashPassword(compte, Password);
        await db.SaveChangesAsync();
        return compte;
    }

    private static async Task<PageHtml> SignInAsync(SofiApp app, string email, string password, string address = "/connexion")
    {
        var page = (await app.Browse().GetAsync(address)).Fill("Email", email).Fill("Mot de passe", password);
        return await page.PressAsync("Se connecter", follow: false);
    }

    private sealed class CountingHasher(IPasswordHasher<Compte> hasher) : IPasswordHasher<Compte>
    {
        public int Verifications { get; private set; }

        public string HashPassword(Compte user, string password) => hasher.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(Compte user, string hashedPassword, string providedPassword)
        {
            Verifications++;
            return hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
