using System.Net;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Offre;
using Sofi.Testing;
using Sofi.Web.Securite;

namespace Sofi.Web.Tests.Extranet;

/// <summary>What is being typed is kept without being saved, offered again to its author, and given up at her word.</summary>
public class BrouillonTests
{
    [Theory, EveryDatabase]
    public async Task What_was_typed_is_offered_again_and_taken_up(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (address, action) = await ActionAsync(poste);
        var before = await poste.ActionAsync(action);
        Assert.Equal(HttpStatusCode.NoContent,
            (await KeepAsync(poste.Redacteur, address, ("Fiche.Objectifs", "En cours de route"), ("Fiche.UrlVideo", "pas une adresse"))).Status);
        var after = await poste.ActionAsync(action);
        Assert.Equal((before.Fiche, before.Version, before.Revision), (after.Fiche, after.Version, after.Revision));
        Assert.Equal(["ActionCreee"], await poste.EventsAsync("action", action));

        var page = await poste.GetAsync(address);
        Assert.Equal("Une saisie du 12/02/2025 à 10 h 00 n’a pas été enregistrée.", page.Text("#brouillon strong"));
        Assert.Equal("", page.Value("Objectifs"));
        page = await page.PressAsync("Reprendre");
        Assert.Equal(("En cours de route", "pas une adresse"), (page.Value("Objectifs"), page.Value("URL Vidéo")));
        Assert.Null((await poste.ActionAsync(action)).Fiche.Objectifs);
        Assert.NotNull(await FindAsync(poste, address));
        (await page.Fill("URL Vidéo", "").PressAsync("Enregistrer", ".barre-bas")).AssertOk();
        Assert.Equal("En cours de route", (await poste.ActionAsync(action)).Fiche.Objectifs);
        Assert.Null(await FindAsync(poste, address));
        Assert.Null((await poste.GetAsync(address)).Document.GetElementById("brouillon"));
    }

    [Theory, EveryDatabase]
    public async Task A_draft_given_up_is_gone_and_the_fiche_stays_as_it_was(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (address, action) = await ActionAsync(poste);
        await KeepAsync(poste.Redacteur, address, ("Fiche.Objectifs", "Jamais"));
        var page = await (await poste.GetAsync(address)).PressAsync("Abandonner");
        Assert.Equal(address, page.Address);
        Assert.Null(page.Document.GetElementById("brouillon"));
        Assert.Equal("", page.Value("Objectifs"));
        Assert.Null((await poste.ActionAsync(action)).Fiche.Objectifs);
        Assert.Null(await FindAsync(poste, address));
        Assert.Equal(["ActionCreee"], await poste.EventsAsync("action", action));
    }

    [Theory, EveryDatabase]
    public async Task A_new_fiche_keeps_its_draft_under_the_choices_it_carries(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var formation = await poste.Scene.CreateFormationAsync();
        var address = $"/sofi/formations/{formation}/actions/nouvelle?lot={poste.Scene.Lot.Id}&lieu={poste.Scene.Lieu.Id}";
        await KeepAsync(poste.Redacteur, address, ("Fiche.PlusFormation", "Petit groupe"));
        Assert.Null((await poste.GetAsync($"/sofi/formations/{formation}/actions/nouvelle")).Document.GetElementById("brouillon"));
        var page = await (await poste.GetAsync(address)).PressAsync("Reprendre");
        Assert.Equal("Petit groupe", page.Value("Mon + formation"));
        (await page.PressAsync("Enregistrer", ".barre-bas")).AssertOk();
        Assert.Equal("Petit groupe",
            (await poste.ReadAsync(db => db.Set<ActionFormation>().SingleAsync(a => a.FormationNumero == formation))).Fiche.PlusFormation);
        Assert.Null(await FindAsync(poste, address));
    }

    [Theory, EveryDatabase]
    public async Task A_draft_belongs_to_its_author_alone_and_opens_no_door(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var neighbour = await poste.NeighbourAsync();
        var (address, action) = await ActionAsync(poste);
        var (_, colleague) = await poste.ColleagueAsync("Claire Moreau");
        await KeepAsync(poste.Redacteur, address, ("Fiche.Objectifs", "Le mien"));
        await KeepAsync(neighbour.Redacteur, address, ("Fiche.Objectifs", "D’un autre"));
        Assert.Null((await colleague.GetAsync(address)).Document.GetElementById("brouillon"));
        Assert.Equal(HttpStatusCode.NotFound, (await neighbour.GetAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await neighbour.Redacteur.PostAsync(address, new() { ["action"] = "reprendre" })).Status);
        foreach (var browser in new[] { colleague, neighbour.Redacteur })
            Assert.Equal(address, (await browser.PostAsync("/sofi/brouillon", new() { ["adresse"] = address, ["abandonner"] = "true" })).Location);
        Assert.Equal("Le mien", (await FindAsync(poste, address))!.Lire().Single(field => field.Key == "Fiche.Objectifs").Value);
        Assert.Null((await poste.ActionAsync(action)).Fiche.Objectifs);

    }

    [Theory, EveryDatabase]
    public async Task Two_windows_that_keep_the_same_fiche_at_once_keep_one_draft(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (address, _) = await ActionAsync(poste);
        (await poste.GetAsync(address)).AssertOk();
        var kept = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => KeepAsync(poste.Redacteur, address, ("Fiche.Objectifs", $"Fenêtre {i}"))));
        Assert.All(kept, answer => Assert.Equal(HttpStatusCode.NoContent, answer.Status));
        Assert.StartsWith("Fenêtre ", (await FindAsync(poste, address))!.Lire().Single().Value);
    }

    [Theory, EveryDatabase]
    public async Task A_draft_of_a_fiche_that_was_locked_meanwhile_is_not_offered(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, _, _) = await poste.Scene.CreateFullOffreAsync();
        await KeepAsync(poste.Redacteur, $"/sofi/actions/{action}", ("Fiche.Objectifs", "Trop tard"));
        await poste.SendAsync(action);
        var page = await poste.GetAsync($"/sofi/actions/{action}");
        page.AssertOk();
        Assert.Null(page.Document.GetElementById("brouillon"));
    }

    [Theory, EveryDatabase]
    public async Task What_is_no_fiche_is_refused_and_leads_nowhere(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        string[] strange =
        [
            "", "/compte", "https://ailleurs.test/sofi/", "//ailleurs.test", "/sofi/\0", "/sofi/\r\nLocation: x", "/sofi/é",
            "/sofi/" + new string('1', 400),
        ];
        foreach (var address in strange)
        {
            foreach (var abandon in new[] { "false", "true" })
            {
                var page = await poste.Redacteur.PostAsync("/sofi/brouillon", new() { ["adresse"] = address, ["abandonner"] = abandon });
                Assert.Equal((HttpStatusCode.BadRequest, null), (page.Status, page.Location));
            }
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await poste.Redacteur.PostAsync("/sofi/brouillon", [])).Status);
        Assert.Equal(HttpStatusCode.BadRequest,
            (await poste.Redacteur.PostAsync("/sofi/brouillon", new() { ["adresse"] = "/sofi/actions/1" }, antiforgery: false)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await poste.GetAsync("/sofi/brouillon")).Status);
        foreach (var role in new[] { Role.Valideur, Role.Region })
            Assert.Equal(HttpStatusCode.Forbidden,
                (await (await poste.SignInAsync(role)).PostAsync("/sofi/brouillon", new() { ["adresse"] = "/sofi/actions/1" })).Status);
        Assert.Equal(0, await poste.ReadAsync(db => db.Set<Brouillon>().CountAsync(b => b.CompteId == poste.Scene.Redacteur.CompteId)));
    }

    [Theory, EveryDatabase]
    public async Task A_form_beyond_the_size_admitted_is_refused_and_nothing_is_kept(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (address, _) = await ActionAsync(poste);
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(100_000)).Status);
        Assert.Equal(100_000, (await FindAsync(poste, address))!.Lire().Single().Value.Length);
        var refused = await PostAsync(Limits.Form + 1);
        // Kestrel answers 413 at the first byte too many; without it, the form's own limit holds.
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(100_000, (await FindAsync(poste, address))!.Lire().Single().Value.Length);

        // As the page's script sends it: a multipart form.
        async Task<PageHtml> PostAsync(int length)
        {
            var token = (await poste.GetAsync(address)).One("#fiche input[name=__RequestVerificationToken]").GetAttribute("value")!;
            var content = new MultipartFormDataContent
            {
                { new StringContent(token), "__RequestVerificationToken" },
                { new StringContent(address), "adresse" },
                { new StringContent(new string('x', length)), "Fiche.Objectifs" },
            };
            return await poste.Redacteur.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/sofi/brouillon") { Content = content }, follow: false);
        }
    }

    private static Task<PageHtml> KeepAsync(Navigateur browser, string address, params (string Name, string Value)[] fields) =>
        browser.PostAsync("/sofi/brouillon", new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) { ["adresse"] = address });

    private static Task<Brouillon?> FindAsync(Poste poste, string address) =>
        poste.Scene.DoAsync((BrouillonService s) => s.FindAsync(poste.Scene.Redacteur.CompteId, address));

    private static async Task<(string Address, int Action)> ActionAsync(Poste poste)
    {
        var action = await poste.Scene.CreateActionAsync(await poste.Scene.CreateFormationAsync());
        return ($"/sofi/actions/{action}", action);
    }
}
