using System.Net;
using Sofi.Core.Comptes;
using Sofi.Testing;

namespace Sofi.Web.Tests.Extranet;

/// <summary>What every page of the entry, of the desk and of the Région owes, whatever its address carries.</summary>
public class AdressesTests
{
    private static readonly string[] WildQueries =
    [
        "page=abc&taille=7&tri=rien&recherche=%00%F0%9F%98%80", "certifinfo=99999999999&ouvrir=true&reference=oui&suite=true", "lot=abc&lieu=-1&mandataire=99999999999&porte=autre&reference=oui",
        "equipementRang=abc&informationRang=9999999999&periodeRang=-3", "equipementRang=99&informationRang=99&periodeRang=99", "choix=lot-abc", "choix=code-99999999999", "choix=", "choix=lot-1",
        "handler=Rien", "handler=Envoyer", "handler=Valider", "rubrique=rien", "Fiche.DateDebut=32/13/2025&Version=x&Jeton=x", "infos-page=-1&sessions-taille=x&blocs-tri=-&actions-page=2147483647",
    ];

    [Theory, EveryDatabase]
    public async Task Every_page_has_a_title_and_one_heading(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        foreach (var (browser, address) in await PagesAsync(poste))
        {
            var page = await browser.GetAsync(address);
            page.AssertOk();
            Assert.EndsWith(" – Sofi, formation en Pays de la Loire", page.Title);
            Assert.False(page.Title.StartsWith('–') || page.Title.StartsWith("Erreur", StringComparison.Ordinal), page.Title);
            Assert.NotEqual("", PageHtml.Clean(page.One("h1").TextContent));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_wild_address_never_fails(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        foreach (var (browser, address) in await PagesAsync(poste))
        {
            foreach (var query in WildQueries)
            {
                var page = await browser.GetAsync($"{address}{(address.Contains('?') ? '&' : '?')}{query}");
                Assert.True(page.Status is HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{page.Address}: {page.Status}");
            }
        }
    }

    [Theory, EveryDatabase]
    public async Task A_form_sent_where_there_is_none_is_refused(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        foreach (var (browser, address) in await PagesAsync(poste))
        {
            foreach (var query in new[] { "handler=Rien", "" })
            {
                var page = await browser.PostAsync($"{address}{(address.Contains('?') ? '&' : '?')}{query}", []);
                Assert.True((int)page.Status < 500, $"{page.Address}: {page.Status}");
            }
        }
    }

    [Theory, EveryDatabase]
    public async Task The_object_of_a_page_is_that_of_its_path_alone(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var other = await poste.NeighbourAsync();
        var mine = await poste.Scene.CreateFullOffreAsync();
        var theirs = await other.Scene.CreateFullOffreAsync();
        await other.Scene.SaisieAsync(s => s.SaveActionAsync(other.Scene.Redacteur, theirs.Action, 0, new() { Objectifs = "secret d’un autre" }, null));
        var named = new Dictionary<string, string> { ["f"] = $"{theirs.Formation}", ["a"] = $"{theirs.Action}", ["s"] = $"{theirs.Session}", ["d"] = $"{theirs.Dispositif}" };
        var query = string.Join('&', named.Select(pair => pair.Key + "=" + pair.Value));
        foreach (var address in EntryPages(mine))
        {
            var read = await poste.GetAsync($"{address}{(address.Contains('?') ? '&' : '?')}{query}");
            Assert.DoesNotContain("secret d’un autre", read.Html);
            Assert.DoesNotContain($"{other.Scene.Etablissement.Siret}", read.Html);
            if (address.EndsWith("suppression", StringComparison.Ordinal)) continue;
            foreach (var handler in new[] { "", "?handler=Envoyer", "?handler=MettreDeCote", "?handler=Reprendre" })
            {
                var posted = await poste.Redacteur.PostAsync(address.Split('?')[0] + handler, new(named) { ["session"] = $"{theirs.Session}" });
                Assert.DoesNotContain("secret d’un autre", posted.Html);
                Assert.DoesNotContain($"{other.Scene.Etablissement.Siret}", posted.Html);
            }
        }

        Assert.Equal(["ActionCreee", "ActionModifiee"], await other.EventsAsync("action", theirs.Action));
        Assert.False((await other.SessionAsync(theirs.Session)).MiseDeCote);
    }

    /// <summary>Every page, with whom it opens for.</summary>
    private static async Task<List<(Navigateur Browser, string Address)>> PagesAsync(Poste poste)
    {
        var offre = await poste.Scene.CreateFullOffreAsync();
        var sent = await poste.SendAsync((await poste.Scene.CreateFullOffreAsync()).Action);
        var (valideur, region) = (await poste.App.SignInAsync(poste.Scene.Valideur), await poste.SignInAsync(Role.Region));
        return
        [
            .. EntryPages(offre).Select(address => (poste.Redacteur, address)),
            (valideur, "/cariforef/validations"), (valideur, $"/cariforef/validations/{sent.Id}"), (region, "/region"), (region, $"/region/actions/{sent.ActionNumero}"),
        ];
    }

    private static string[] EntryPages((int Formation, int Action, int Session, int Dispositif) offre)
    {
        var (formation, action, session, dispositif) = offre;
        return
        [
            "/sofi", "/sofi/sessions", "/sofi/actions", "/sofi/ressources", "/sofi/formations/nouvelle", "/sofi/formations/nouvelle?porte=autre",
            "/sofi/formations/nouvelle/fiche", $"/sofi/formations/{formation}", $"/sofi/formations/{formation}/actions/nouvelle",
            $"/sofi/actions/{action}", $"/sofi/actions/{action}/etat", $"/sofi/actions/{action}/suppression", $"/sofi/actions/{action}/sessions/nouvelle",
            $"/sofi/sessions/{session}", $"/sofi/sessions/{session}/suppression", $"/sofi/sessions/{session}/dispositifs/nouveau",
            $"/sofi/sessions/{session}/dispositifs/nouveau?choix=code-9", $"/sofi/sessions/{session}/dispositifs/{dispositif}", $"/sofi/sessions/{session}/dispositifs/{dispositif}/suppression",
        ];
    }
}
