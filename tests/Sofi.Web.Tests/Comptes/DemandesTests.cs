using System.Net;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Journal;
using Sofi.Testing;

namespace Sofi.Web.Tests.Comptes;

/// <summary>"Demander un accès": from the public form to the answer of the Cariforef.</summary>
public class DemandesTests
{
    private static int last;

    [Theory, EveryDatabase]
    public async Task An_unknown_organisme_asks_and_is_invited_to_its_new_etablissement(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (siret, email) = (TestSiret.Next(), NewAddress());
        var page = await (await app.Browse().GetAsync("/connexion")).FollowAsync("Demander un accès pour mon organisme");
        page = await Fill(page, siret.Insert(9, " "), email).PressAsync("Envoyer la demande");
        Assert.Equal("Votre demande est reçue", page.Text("h1"));
        Assert.Equal(0, (await app.MailsAsync(email)).Count);

        var admin = await app.SignInAsync(await app.AddCompteAsync(Role.Administrateur));
        var demand = await (await admin.GetAsync($"/cariforef/demandes?recherche={siret}")).FollowAsync("ATELIERS DU LARGE");
        Assert.Contains("accepter crée l’établissement", demand.Text(".message"), StringComparison.Ordinal);
        var done = await demand.PressAsync("Accepter et inviter");
        Assert.Equal(["Jeanne Hébert est invité pour ATELIERS DU LARGE."], done.Annonces);
        await using var db = app.CreateContext();
        var compte = await db.Set<Compte>().Include(c => c.Etablissements).ThenInclude(a => a.Etablissement).SingleAsync(c => c.Email == email);
        Assert.Equal((Role.Gestionnaire, siret, "52440000044"), (compte.Role, compte.Etablissements[0].Etablissement.Siret, compte.Etablissements[0].Etablissement.Nda));
        Assert.Equal("Bienvenue, Jeanne Hébert", (await app.Browse().GetAsync(await app.LinkAsync(email))).Text("h1"));
        Assert.Equal(["AccesDemande", "AccesAccorde"], await JournalAsync(app, email));
        Assert.StartsWith("Acceptée", (await admin.GetAsync(demand.Address)).Text(".tete-page .etat"), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task One_who_has_an_account_is_attached_and_told(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        await using var db = app.CreateContext();
        var (own, wanted) = (await OffreScene.AddEtablissementAsync(db), await OffreScene.AddEtablissementAsync(db));
        var compte = await app.AddCompteAsync(Role.Redacteur, own.Numero);
        var admin = await AskAsync(app, wanted.Siret, compte.Email!);
        Assert.Contains("Sofi connaît ce SIRET", admin.Text(".message"), StringComparison.Ordinal);
        await admin.PressAsync("Accepter et inviter");
        Assert.Equal(2, await db.Set<CompteEtablissement>().CountAsync(a => a.CompteId == compte.Id));
        Assert.Contains("ouvre désormais aussi", (await app.MailsAsync(compte.Email!)).Last!.Texte, StringComparison.Ordinal);
        Assert.Equal(["EtablissementsChanges"], await app.JournalAsync(compte.Id));
    }

    [Theory, EveryDatabase]
    public async Task An_account_of_another_nature_is_left_as_it_is_and_nothing_is_created(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (siret, compte) = (TestSiret.Next(), await app.AddCompteAsync(Role.Region));
        var page = await (await AskAsync(app, siret, compte.Email!)).PressAsync("Accepter et inviter");
        Assert.Contains("a un compte d’une autre nature", Assert.Single(page.Errors), StringComparison.Ordinal);
        await using var db = app.CreateContext();
        Assert.False(await db.Set<Core.Organismes.Etablissement>().AnyAsync(e => e.Siret == siret));
        Assert.True(await db.Set<DemandeAcces>().AnyAsync(d => d.Siret == siret && d.Etat == EtatDemande.EnAttente));
    }

    [Theory, EveryDatabase]
    public async Task A_refusal_needs_its_reason_which_the_person_receives(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var email = NewAddress();
        var page = await AskAsync(app, TestSiret.Next(), email);
        page = await page.PressAsync("Refuser et envoyer le motif");
        page.AssertErrors("Motif : écrivez le motif, en 1000 caractères au plus : la personne le recevra.");
        var demand = page.Address.Split('?')[0];
        page = await page.Fill("Motif", "Hors de la région.").PressAsync("Refuser et envoyer le motif");
        Assert.Equal([$"La demande est refusée, le motif envoyé à {email}."], page.Annonces);
        Assert.Contains("\n\nHors de la région.\n\n", (await app.MailsAsync(email)).Last!.Texte, StringComparison.Ordinal);
        Assert.Equal(["AccesDemande", "AccesRefuse"], await JournalAsync(app, email));
        var admin = await app.SignInAsync(await app.AddCompteAsync(Role.Administrateur));
        var late = await admin.PostAsync(demand + "?handler=Accepter", new() { ["role"] = "Redacteur" });
        Assert.Equal(["Cette demande a déjà reçu sa réponse."], late.Errors);
        Assert.Equal(1, (await app.MailsAsync(email)).Count);
    }

    [Theory, EveryDatabase]
    public async Task What_is_wrong_is_said_on_its_field_and_the_rest_is_kept(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var page = await app.Browse().GetAsync("/demander-un-acces");
        page = await page.Fill("SIRET", "13000511900031").Fill("NDA", "12").Fill("Votre email", "jeanne").PressAsync("Envoyer la demande");
        page.AssertErrors(
            "Raison sociale : écrivez la raison sociale, en 255 caractères au plus.",
            "SIRET : le SIRET compte 14 chiffres, dont la clé est juste : recopiez-le d’un document officiel.",
            "NDA : le NDA compte 11 chiffres ; laissez vide s’il est en cours.",
            "Votre prénom et votre nom : écrivez votre prénom et votre nom.",
            "Votre email : « jeanne » n’est pas une adresse e-mail.");
        Assert.Equal("13000511900031", page.Value("SIRET"));
    }

    [Theory, EveryDatabase]
    public async Task A_machine_is_thanked_and_not_heard_and_a_request_sent_twice_is_kept_once(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (siret, email) = (TestSiret.Next(), NewAddress());
        var page = await Fill(await app.Browse().GetAsync("/demander-un-acces"), siret, email).Fill("site", "https://spam.test").PressAsync("Envoyer la demande");
        Assert.Equal("Votre demande est reçue", page.Text("h1"));
        Assert.Equal(0, await CountAsync());
        for (var i = 0; i < 2; i++) await Fill(await app.Browse().GetAsync("/demander-un-acces"), siret, email).PressAsync("Envoyer la demande");
        Assert.Equal(1, await CountAsync());

        async Task<int> CountAsync()
        {
            await using var db = app.CreateContext();
            return await db.Set<DemandeAcces>().CountAsync(d => d.Courriel == email);
        }
    }

    [Theory, EveryDatabase]
    public async Task The_list_costs_the_same_queries_whatever_the_requests(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var admin = await app.SignInAsync(await app.AddCompteAsync(Role.Administrateur));
        var few = await CountAsync();
        for (var i = 0; i < 11; i++) await Fill(await app.Browse().GetAsync("/demander-un-acces"), TestSiret.Next(), NewAddress()).PressAsync("Envoyer la demande");
        Assert.Equal(few, await CountAsync());

        async Task<int> CountAsync()
        {
            using var counter = QueryCounter.Start();
            (await admin.GetAsync("/cariforef/demandes")).AssertOk();
            return counter.Count;
        }
    }

    private static string NewAddress() => $"demande{Interlocked.Increment(ref last)}@exemple.test";

    private static PageHtml Fill(PageHtml page, string siret, string email) => page.Fill("Raison sociale", "ATELIERS DU LARGE").Fill("SIRET", siret)
        .Fill("NDA", "52 44 00000 44").Fill("Votre prénom et votre nom", "Jeanne Hébert").Fill("Votre email", email);

    private static async Task<PageHtml> AskAsync(SofiApp app, string siret, string email)
    {
        Assert.Equal(HttpStatusCode.OK, (await Fill(await app.Browse().GetAsync("/demander-un-acces"), siret, email).PressAsync("Envoyer la demande")).Status);
        var admin = await app.SignInAsync(await app.AddCompteAsync(Role.Administrateur));
        return await (await admin.GetAsync($"/cariforef/demandes?recherche={siret}")).FollowAsync("ATELIERS DU LARGE");
    }

    private static async Task<List<string>> JournalAsync(SofiApp app, string email)
    {
        await using var db = app.CreateContext();
        var key = (await db.Set<DemandeAcces>().SingleAsync(d => d.Courriel == email)).Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return await db.Set<Evenement>().Where(e => e.Objet == "demande" && e.Cle == key).OrderBy(e => e.Id).Select(e => e.Type).ToListAsync();
    }
}
