using System.Net;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Courriels;
using Sofi.Testing;

namespace Sofi.Web.Tests.Comptes;

/// <summary>From the invitation to the first page, and a password forgotten on the way.</summary>
public class InvitationTests
{
    private const string Password = "Marée-haute-2025";
    private static int last;

    [Theory, EveryDatabase]
    public async Task An_invited_person_chooses_her_password_and_is_in(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (gestionnaire, siret) = await GestionnaireAsync(app);
        var email = NewAddress();
        var page = await (await app.SignInAsync(gestionnaire)).GetAsync("/sofi/organisme/comptes");
        page = await page.FollowAsync("Inviter une personne");
        page = await page.Fill("Prénom et nom", "Jeanne Hébert").Fill("Email", email).Fill("Rôle", "Redacteur").Fill("Établissements", siret).PressAsync("Envoyer l’invitation");
        page.AssertOk();
        Assert.Equal([$"Jeanne Hébert est invité : le lien envoyé à {email} s’ouvre pendant sept jours."], page.Annonces);
        Assert.Equal("Invité", page.Text(".tete-page .etat"));

        var mail = (await app.MailsAsync(email)).Last!;
        Assert.Equal("Votre accès à Sofi", mail.Objet);
        Assert.StartsWith("Bonjour Jeanne Hébert,\n\nPersonne de test vous ouvre un compte Sofi", mail.Texte, StringComparison.Ordinal);
        var browser = app.Browse();
        var welcome = await browser.GetAsync(await app.LinkAsync(email));
        Assert.Equal("Bienvenue, Jeanne Hébert", welcome.Text("h1"));
        welcome = await welcome.Fill("Mot de passe", "Jeanne44").PressAsync("Entrer dans Sofi");
        welcome.AssertErrors("Mot de passe : le mot de passe ne contient pas votre nom.");
        var home = await welcome.Fill("Mot de passe", Password).PressAsync("Entrer dans Sofi");
        Assert.Equal("/sofi", home.Address);
        Assert.Equal(["Bienvenue dans Sofi, Jeanne Hébert."], home.Annonces);

        var compte = await FindAsync(app, email);
        Assert.Equal(["CompteInvite", "InvitationAcceptee", "ConnexionReussie"], await app.JournalAsync(compte.Id));
        Assert.Equal(siret, Assert.Single(compte.Etablissements).Etablissement.Siret);
        Assert.Equal("/sofi", (await SignInAsync(app, email, Password)).Location);
    }

    [Theory, EveryDatabase]
    public async Task A_link_serves_once_and_for_seven_days(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (first, second) = (await InviteAsync(app), await InviteAsync(app));
        var link = await app.LinkAsync(first);
        var (here, there) = (await app.Browse().GetAsync(link), await app.Browse().GetAsync(link));
        await here.Fill("Mot de passe", Password).PressAsync("Entrer dans Sofi");
        var late = await there.Fill("Mot de passe", "Autre-passe-2025").PressAsync("Entrer dans Sofi");
        Assert.Equal((HttpStatusCode.Gone, "Ce lien n’ouvre plus rien"), (late.Status, late.Text("h1")));
        Assert.Equal("/sofi", (await SignInAsync(app, first, Password)).Location);

        var other = await app.LinkAsync(second);
        app.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        (await app.Browse().GetAsync(other)).AssertOk();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Gone, (await app.Browse().GetAsync(other)).Status);
    }

    [Theory, EveryDatabase]
    public async Task An_invitation_sent_again_replaces_the_former_one(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var email = await InviteAsync(app);
        var former = await app.LinkAsync(email);
        var compte = await FindAsync(app, email);
        var admin = await app.SignInAsync(await app.AddCompteAsync(Role.Administrateur));
        var page = await (await admin.GetAsync($"/cariforef/comptes/{compte.Id}")).PressAsync("Renvoyer l’invitation");
        Assert.Equal(["L’invitation est renvoyée ; le lien précédent n’ouvre plus rien."], page.Annonces);
        Assert.Equal(HttpStatusCode.Gone, (await app.Browse().GetAsync(former)).Status);
        (await app.Browse().GetAsync(await app.LinkAsync(email))).AssertOk();
    }

    [Theory, EveryDatabase]
    public async Task The_database_holds_no_link(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var email = await InviteAsync(app);
        var token = (await app.LinkAsync(email)).Split('/')[^1];
        var compte = await FindAsync(app, email);
        await using var db = app.CreateContext();
        var link = await db.Set<LienCompte>().SingleAsync(l => l.CompteId == compte.Id);
        Assert.DoesNotContain(token, link.Empreinte, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(64, link.Empreinte.Length);
    }

    [Theory, EveryDatabase]
    public async Task What_is_wrong_is_said_on_its_field_and_nothing_is_sent(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (gestionnaire, _) = await GestionnaireAsync(app);
        var page = await (await app.SignInAsync(gestionnaire)).GetAsync("/sofi/organisme/comptes/nouveau");
        page = await page.Fill("Prénom et nom", "").Fill("Email", "jeanne").Fill("Établissements").PressAsync("Envoyer l’invitation");
        page.AssertErrors(
            "Prénom et nom : le nom compte de 1 à 100 caractères.",
            "Email : « jeanne » n’est pas une adresse e-mail.",
            "Un compte d’organisme de formation est rattaché à un établissement au moins : donnez son SIRET.");
        Assert.Equal("jeanne", page.Value("Email"));

        page = await page.Fill("Prénom et nom", "Jeanne").Fill("Email", gestionnaire.Email!).PressAsync("Envoyer l’invitation");
        Assert.Contains($"Email : un compte existe déjà pour « {gestionnaire.Email} » : ouvrez sa fiche.", page.Errors);
        Assert.Equal(0, (await app.MailsAsync(gestionnaire.Email!)).Count);
    }

    [Theory, EveryDatabase]
    public async Task A_gestionnaire_gives_neither_a_role_nor_an_etablissement_that_is_not_hers(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (gestionnaire, own) = await GestionnaireAsync(app);
        var (_, other) = await GestionnaireAsync(app);
        var browser = await app.SignInAsync(gestionnaire);
        foreach (var (role, siret) in new[] { ("Administrateur", own), ("Valideur", own), ("Redacteur", other) })
        {
            var email = NewAddress();
            var page = await browser.PostAsync("/sofi/organisme/comptes/nouveau", new() { ["Nom"] = "Jeanne", ["Courriel"] = email, ["Role"] = role, ["Sirets"] = siret });
            Assert.Equal(HttpStatusCode.BadRequest, page.Status);
            Assert.Equal(0, (await app.MailsAsync(email)).Count);
        }
    }

    [Theory]
    [EveryDatabase(Role.Valideur, "/cariforef")]
    [EveryDatabase(Role.Region, "/region")]
    public async Task The_administrateur_invites_anyone(DatabaseKind kind, Role role, string home)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var email = NewAddress();
        var admin = await app.SignInAsync(await app.AddCompteAsync(Role.Administrateur));
        var page = await admin.GetAsync("/cariforef/comptes/nouveau");
        (await page.Fill("Prénom et nom", "Jeanne").Fill("Email", email).Fill("Rôle", role.ToString()).PressAsync("Envoyer l’invitation")).AssertOk();
        var welcome = await app.Browse().GetAsync(await app.LinkAsync(email));
        Assert.Equal(home, (await welcome.Fill("Mot de passe", Password).PressAsync("Entrer dans Sofi", follow: false)).Location);
    }

    [Theory, EveryDatabase]
    public async Task A_forgotten_password_is_replaced_through_a_mail_and_every_session_closes(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var email = await JoinAsync(app);
        var compte = await FindAsync(app, email);
        var open = await app.SignInAsync(compte);
        await AskAsync(app, email);
        var link = await app.LinkAsync(email);
        Assert.StartsWith("/mot-de-passe/", link, StringComparison.Ordinal);
        var page = await app.Browse().GetAsync(link);
        page = await page.Fill("Nouveau mot de passe", "court").PressAsync("Changer le mot de passe");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        page = await page.Fill("Nouveau mot de passe", "Basse-mer-2025").PressAsync("Changer le mot de passe");
        Assert.Equal("/connexion", page.Address);
        Assert.Equal(["Votre mot de passe est changé. Connectez-vous."], page.Annonces);
        Assert.Equal("/connexion?retour=%2Fcompte", (await open.GetAsync("/compte")).Address);
        Assert.Equal(HttpStatusCode.BadRequest, (await SignInAsync(app, email, Password)).Status);
        Assert.Equal("/sofi", (await SignInAsync(app, email, "Basse-mer-2025")).Location);
        Assert.Equal(HttpStatusCode.Gone, (await app.Browse().GetAsync(link)).Status);
        Assert.Contains("MotDePasseReinitialise", await app.JournalAsync(compte.Id));
    }

    [Theory, EveryDatabase]
    public async Task Its_link_opens_for_one_hour(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var email = await JoinAsync(app);
        await AskAsync(app, email);
        var link = await app.LinkAsync(email);
        app.Clock.Advance(TimeSpan.FromMinutes(59));
        (await app.Browse().GetAsync(link)).AssertOk();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Gone, (await app.Browse().GetAsync(link)).Status);
    }

    [Theory, EveryDatabase]
    public async Task The_answer_is_the_same_whether_the_account_exists_or_not(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var email = await JoinAsync(app);
        var (known, unknown) = (await AskAsync(app, email), await AskAsync(app, NewAddress()));
        Assert.Equal(known.Text(), unknown.Text());
        Assert.Equal("Regardez vos mails", known.Text("h1"));
        var wrong = await (await app.Browse().GetAsync("/mot-de-passe-oublie")).Fill("Email", "jeanne").PressAsync("Recevoir le lien");
        wrong.AssertErrors("Email : écrivez une adresse e-mail.");
    }

    [Theory, EveryDatabase]
    public async Task Nobody_fills_the_mailbox_of_another(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var email = await JoinAsync(app);
        var before = (await app.MailsAsync(email)).Count;
        for (var i = 0; i < 5; i++) Assert.Equal("Regardez vos mails", (await AskAsync(app, i % 2 == 0 ? email : email.ToUpperInvariant())).Text("h1"));
        Assert.Equal(before + 3, (await app.MailsAsync(email)).Count);
        app.Clock.Advance(TimeSpan.FromHours(1));
        await AskAsync(app, email);
        Assert.Equal(before + 4, (await app.MailsAsync(email)).Count);
    }

    [Theory, EveryDatabase]
    public async Task A_deactivated_account_receives_nothing_and_its_links_open_nothing(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var email = await JoinAsync(app);
        await AskAsync(app, email);
        var link = await app.LinkAsync(email);
        await using (var db = app.CreateContext())
            await db.Set<Compte>().Where(c => c.Email == email).ExecuteUpdateAsync(set => set.SetProperty(c => c.DesactiveLe, DateTime.UnixEpoch));
        Assert.Equal(HttpStatusCode.Gone, (await app.Browse().GetAsync(link)).Status);
        var before = (await app.MailsAsync(email)).Count;
        await AskAsync(app, email);
        Assert.Equal(before, (await app.MailsAsync(email)).Count);
        Assert.Equal(HttpStatusCode.BadRequest, (await SignInAsync(app, email, Password)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Mails_wait_in_the_outbox_and_their_links_lead_to_the_address_of_the_site(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var mail = (await app.MailsAsync(await InviteAsync(app))).Last!;
        Assert.Contains("\n\nhttp://localhost:5080/invitation/", mail.Texte, StringComparison.Ordinal);
        await using var db = app.CreateContext();
        Assert.True(await db.Set<Courriel>().AnyAsync(c => c.Id == mail.Id && c.ProchainEssai != null && c.EnvoyeLe == null));
    }

    private static string NewAddress() => $"invite{Interlocked.Increment(ref last)}@exemple.test";

    private static async Task<(Compte Gestionnaire, string Siret)> GestionnaireAsync(SofiApp app)
    {
        await using var db = app.CreateContext();
        var etablissement = await OffreScene.AddEtablissementAsync(db);
        return (await app.AddCompteAsync(Role.Gestionnaire, etablissement.Numero), etablissement.Siret);
    }

    private static async Task<string> InviteAsync(SofiApp app)
    {
        var (gestionnaire, siret) = await GestionnaireAsync(app);
        var email = NewAddress();
        var page = await (await app.SignInAsync(gestionnaire)).GetAsync("/sofi/organisme/comptes/nouveau");
        (await page.Fill("Prénom et nom", "Jeanne Hébert").Fill("Email", email).Fill("Établissements", siret).PressAsync("Envoyer l’invitation")).AssertOk();
        return email;
    }

    private static async Task<string> JoinAsync(SofiApp app)
    {
        var email = await InviteAsync(app);
        await (await app.Browse().GetAsync(await app.LinkAsync(email))).Fill("Mot de passe", Password).PressAsync("Entrer dans Sofi");
        return email;
    }

    private static async Task<PageHtml> AskAsync(SofiApp app, string email) =>
        await (await app.Browse().GetAsync("/mot-de-passe-oublie")).Fill("Email", email).PressAsync("Recevoir le lien");

    private static async Task<PageHtml> SignInAsync(SofiApp app, string email, string password) =>
        await (await app.Browse().GetAsync("/connexion")).Fill("Email", email).Fill("Mot de passe", password).PressAsync("Se connecter", follow: false);

    private static async Task<Compte> FindAsync(SofiApp app, string email)
    {
        await using var db = app.CreateContext();
        return await db.Set<Compte>().AsNoTracking().Include(c => c.Etablissements).ThenInclude(a => a.Etablissement).SingleAsync(c => c.Email == email);
    }
}
