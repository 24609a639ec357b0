using System.Net;
using System.Text.RegularExpressions;
using Sofi.Core.Comptes;
using Sofi.Core.Offre;
using Sofi.Testing;

namespace Sofi.Web.Tests.Extranet;

/// <summary>Who changed what, and when, on an action.</summary>
public partial class HistoriqueTests
{
    [Theory, EveryDatabase]
    public async Task It_tells_each_change_in_the_words_of_the_screens_the_latest_first(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (formation, action, session, _) = await poste.Scene.CreateFullOffreAsync();
        await poste.Scene.SaisieAsync(s => s.SaveSessionAsync(poste.Scene.Redacteur, session, 0,
            poste.Scene.FullSession() with { DateDebut = new DateOnly(2025, 3, 17), Rythmes = "6", CommentaireDuree = "Le <soir>" }, null, null));
        await poste.RefuseAsync(action, "À revoir.");
        var page = await (await poste.GetAsync($"/sofi/actions/{action}/etat")).FollowAsync("Historique");
        Assert.Equal(($"/sofi/actions/{action}/historique", "Historique"), (page.Address, page.Text("h1")));
        Assert.Equal(
            [$"Action {action} refusée par le Cariforef", $"Action {action} envoyée en validation", $"Session {session} modifiée"], page.Texts(".historique strong").Take(3));
        Assert.Equal($"Formation {formation} créée", page.Texts(".historique strong")[^1]);
        var change = page.Document.QuerySelectorAll(".historique > li")[2];
        Assert.Equal("12/02/2025 à 10 h 00, Personne de test", PageHtml.Clean(change.QuerySelector("h2")!.TextContent));
        Assert.Equal(
            ["Date début 10/03/2025 17/03/2025", "Rythmes Temps plein Temps partiel", "Commentaire durée Le <soir>"],
            change.QuerySelectorAll("dt").Select(dt => PageHtml.Clean(dt.TextContent + " " + dt.NextElementSibling!.TextContent)));
    }

    [Theory, EveryDatabase]
    public async Task An_amount_written_with_or_without_its_decimals_is_no_change(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, _, dispositif) = await poste.Scene.CreateFullOffreAsync();
        await poste.Scene.SaisieAsync(s => s.SaveDispositifAsync(
            poste.Scene.Redacteur, dispositif, 1, new FicheDispositif { NbPlaces = 13, PriseEnCharge = "1", TauxTva = 0.00m }));
        var page = await poste.GetAsync($"/sofi/actions/{action}/historique");
        var change = page.Document.QuerySelector(".historique > li")!;
        Assert.Equal(["Nb places dispositif"], change.QuerySelectorAll("dt").Select(dt => PageHtml.Clean(dt.TextContent)));
    }

    [Theory, EveryDatabase]
    public async Task It_is_paged_and_costs_the_same_queries_however_long(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, session, _) = await poste.Scene.CreateFullOffreAsync();
        var address = $"/sofi/actions/{action}/historique";
        var queries = await poste.QueriesAsync(address);
        for (var i = 0; i < 30; i++)
            await poste.Scene.SaisieAsync(s => s.SaveSessionAsync(poste.Scene.Redacteur, session, i, poste.Scene.FullSession() with { DureeHebdo = 10 + i }, null, null));
        Assert.Equal(queries, await poste.QueriesAsync(address));
        var page = await poste.GetAsync(address);
        Assert.Equal(HistoriqueService.Taille, page.Document.QuerySelectorAll(".historique > li").Length);
        page = await page.FollowAsync("Suivante");
        Assert.Equal("Page 2 sur 2", page.Text(".pagination [aria-current]"));
        Assert.Equal(HttpStatusCode.NotFound, (await poste.GetAsync(address + "?page=3")).Status);
    }

    [Theory, EveryDatabase]
    public async Task A_mandataire_does_not_read_that_of_its_formateurs(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var formateur = await poste.NeighbourAsync();
        await poste.AddFormateurAsync(formateur.Scene.Etablissement.Numero);
        var formation = await formateur.Scene.CreateFormationAsync();
        var action = (await formateur.Scene.SaisieAsync(s => s.CreateActionAsync(
            formateur.Scene.Redacteur, formation, poste.Scene.Lot.Id, formateur.Scene.Lieu.Id, new FicheAction(), null, Guid.NewGuid()))).Numero;
        await formateur.Scene.CreateSessionAsync(action);
        (await poste.GetAsync($"/sofi/actions/{action}/etat")).AssertOk();
        Assert.Equal(HttpStatusCode.NotFound, (await poste.GetAsync($"/sofi/actions/{action}/historique")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await poste.SignInAsync(Role.Region)).GetAsync($"/sofi/actions/{action}/historique")).Status);
    }

    [Fact]
    public void Every_event_of_an_offer_has_its_words()
    {
        var sources = new[] { "Offre", "Validation" }.SelectMany(folder => House.Depot.Files("src/Sofi.Core/" + folder, "*.cs")).Select(File.ReadAllText);
        var types = sources.SelectMany(source => EventOfAnOffer().Matches(source)).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.True(types.Count > 8, string.Join(' ', types));
        Assert.All(types, type => Assert.DoesNotContain(type, Difference.Title(new() { Type = type, Objet = "action", Cle = "1", Detail = "[]" })));
    }

    [GeneratedRegex("\"((?:Formation|Action|Session|Dispositif)[A-Z][A-Za-z]*e)\"")]
    private static partial Regex EventOfAnOffer();
}
