using System.Net;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Testing;

namespace Sofi.Web.Tests.Securite;

/// <summary>What every page owes: banner, switcher, status pages, headers.</summary>
public class PagesTests
{
    [Theory, EveryDatabase]
    public async Task The_etablissement_is_chosen_under_ones_name_and_one_stays_on_the_page(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (first, second, _) = await ThreeEtablissementsAsync(app);
        var compte = await app.AddCompteAsync(Role.Redacteur, first, second);
        var browser = await app.SignInAsync(compte);
        var page = await browser.GetAsync("/compte?x=1");
        Assert.StartsWith("Mon compte : Personne de test", page.Text(".identite-nom"));
        Assert.Equal(2, page.Document.QuerySelectorAll("#etablissements button").Length);
        var other = page.Document.QuerySelectorAll("#etablissements button").Single(b => b.GetAttribute("aria-current") is null);
        page = await page.PressAsync(PageHtml.Clean(other.TextContent));
        Assert.Equal("/compte?x=1", page.Address);
        Assert.Equal(other.GetAttribute("value"), page.One("#etablissements button[aria-current=true]").GetAttribute("value"));
        await using var db = app.CreateContext();
        var chosen = (await db.Set<Compte>().SingleAsync(c => c.Id == compte.Id)).EtablissementCourant;
        Assert.Equal(other.GetAttribute("value"), $"{chosen}");
    }

    [Theory, EveryDatabase]
    public async Task An_etablissement_of_another_organisation_cannot_be_chosen(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (first, second, third) = await ThreeEtablissementsAsync(app);
        var browser = await app.SignInAsync(await app.AddCompteAsync(Role.Redacteur, first, second));
        var page = await browser.PostAsync("/compte/etablissement", new() { ["etablissement"] = third.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
    }

    [Theory, EveryDatabase]
    public async Task The_switcher_never_leads_to_another_site(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (first, second, _) = await ThreeEtablissementsAsync(app);
        var browser = await app.SignInAsync(await app.AddCompteAsync(Role.Redacteur, first, second));
        var values = new Dictionary<string, string> { ["etablissement"] = second.ToString(System.Globalization.CultureInfo.InvariantCulture), ["retour"] = "https://ailleurs.test" };
        Assert.Equal("/sofi", (await browser.PostAsync("/compte/etablissement", values)).Location);
    }

    [Theory, EveryDatabase]
    public async Task One_etablissement_leaves_no_choice(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (first, _, _) = await ThreeEtablissementsAsync(app);
        var page = await (await app.SignInAsync(await app.AddCompteAsync(Role.Redacteur, first))).GetAsync("/compte");
        Assert.Matches(@"^Nantes · SIRET \d{3} \d{3} \d{3} \d{5}$", page.Text(".identite-site"));
        Assert.Empty(page.Document.QuerySelectorAll("#etablissements"));
    }

    [Theory]
    [EveryDatabase(Role.Redacteur, "espace-travail", "Aucun établissement rattaché")]
    [EveryDatabase(Role.Valideur, "espace-travail cariforef", "Valideur · toute la région")]
    [EveryDatabase(Role.Region, "espace-travail region", "Région Pays de la Loire")]
    public async Task The_banner_says_where_one_is(DatabaseKind kind, Role role, string @class, string quality)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var page = await (await app.SignInAsync(await app.AddCompteAsync(role))).GetAsync("/compte");
        Assert.Equal(@class, page.Document.Body!.ClassName);
        Assert.Equal(quality, page.Text(".identite-site"));
    }

    [Theory, EveryDatabase]
    public async Task A_page_costs_the_same_queries_whatever_the_number_of_etablissements(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var (first, second, third) = await ThreeEtablissementsAsync(app);
        var few = await app.SignInAsync(await app.AddCompteAsync(Role.Redacteur, first));
        var many = await app.SignInAsync(await app.AddCompteAsync(Role.Redacteur, first, second, third));
        Assert.Equal(5, await CountAsync(few));
        Assert.Equal(5, await CountAsync(many));

        async Task<int> CountAsync(Navigateur browser)
        {
            using var counter = QueryCounter.Start();
            (await browser.GetAsync("/compte")).AssertOk();
            return counter.Count;
        }
    }

    [Theory, EveryDatabase]
    public async Task What_is_not_there_says_so_in_French(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        foreach (var address in new[] { "/nulle-part", "/erreur/500", "/images/absente.svg" })
        {
            var page = await app.Browse().GetWithoutFollowingAsync(address);
            Assert.Equal(HttpStatusCode.NotFound, page.Status);
            Assert.Equal("Page introuvable", page.Text("h1"));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_form_without_its_token_is_refused_in_French(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var browser = await app.SignInAsync(await app.AddCompteAsync(Role.Valideur));
        foreach (var address in new[] { "/connexion", "/compte", "/compte/etablissement", "/deconnexion" })
        {
            var page = await browser.PostAsync(address, new() { ["x"] = "y" }, antiforgery: false);
            Assert.Equal(HttpStatusCode.BadRequest, page.Status);
            Assert.Equal("Demande non reçue", page.Text("h1"));
        }
    }

    [Theory, EveryDatabase]
    public async Task Every_answer_is_guarded_and_nothing_private_is_kept(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var browser = await app.SignInAsync(await app.AddCompteAsync(Role.Valideur));
        foreach (var address in new[] { "/compte", "/nulle-part", "/" })
        {
            var headers = (await browser.GetAsync(address)).Response.Headers;
            Assert.StartsWith("default-src 'none'; script-src 'self';", Assert.Single(headers.GetValues("Content-Security-Policy")));
            Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-store", headers.CacheControl?.ToString());
        }
    }

    [Theory, EveryDatabase]
    public async Task Cookies_are_for_the_server_of_this_site_over_HTTPS_only(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var page = await app.Browse().GetAsync("/connexion");
        var cookie = Assert.Single(page.Response.Headers.GetValues("Set-Cookie"), value => value.StartsWith("sofi-formulaire=", StringComparison.Ordinal));
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, EveryDatabase]
    public async Task A_list_refreshed_after_the_session_ended_takes_the_whole_page_to_the_sign_in(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var request = new HttpRequestMessage(HttpMethod.Get, "/compte?page=2");
        request.Headers.Add("HX-Request", "true");
        request.Headers.Add("HX-Current-URL", "https://localhost/compte?page=1");
        var answer = await app.Browse().SendAsync(request, follow: false);
        Assert.Equal("/connexion?retour=%2Fcompte%3Fpage%3D1", Assert.Single(answer.Response.Headers.GetValues("HX-Redirect")));
    }

    [Theory, EveryDatabase]
    public async Task Vulnerabilities_have_an_address(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var page = await app.Browse().GetAsync("/.well-known/security.txt");
        Assert.Equal("Contact: mailto:offre@cariforef-pdl.org\nExpires: 2025-08-11T00:00:00Z\nPreferred-Languages: fr, en\n", page.Html);
        Assert.Equal("text/plain", page.Response.Content.Headers.ContentType?.MediaType);
    }

    [Theory, EveryDatabase]
    public async Task The_site_says_when_it_is_ready(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        Assert.Equal("Healthy", (await app.Browse().GetAsync("/sante")).Html);
    }

    private static async Task<(int First, int Second, int Third)> ThreeEtablissementsAsync(SofiApp app)
    {
        await using var db = app.CreateContext();
        return ((await OffreScene.AddEtablissementAsync(db)).Numero, (await OffreScene.AddEtablissementAsync(db)).Numero, (await OffreScene.AddEtablissementAsync(db)).Numero);
    }
}
