using Microsoft.EntityFrameworkCore;
using Sofi.Core.Offre;
using Sofi.Testing;

namespace Sofi.Web.Tests.Extranet;

/// <summary>The ladder at the head of a fiche, "Dans cette fiche" beside it and the bar below agree on what remains, and lead there.</summary>
public class TeteDeFicheTests
{
    [Theory, EveryDatabase]
    public async Task The_ladder_shows_the_only_fiche_below_the_open_one(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var formation = await poste.Scene.CreateFormationAsync();
        var action = await poste.Scene.CreateActionAsync(formation);
        Assert.Equal(["S Session", "D Dispositif"], (await LadderAsync(poste, $"/sofi/actions/{action}"))[2..].Select(step => step.Text));
        var session = await poste.Scene.CreateSessionAsync(action);
        var dispositif = await poste.ReadAsync(db => db.Set<DispositifSession>().Where(d => d.SessionNumero == session).Select(d => d.Id).SingleAsync());
        var below = ($"D Dispositif 8 Programme de test – {poste.Scene.Lot.Numero} 1 à compléter", $"/sofi/sessions/{session}/dispositifs/{dispositif}");
        Assert.Equal(below, (await LadderAsync(poste, $"/sofi/sessions/{session}"))[3]);
        Assert.Equal([($"S Session {session} Du 10/03/2025 au 28/03/2025 Complète", $"/sofi/sessions/{session}"), below], (await LadderAsync(poste, $"/sofi/actions/{action}"))[2..]);
        Assert.Equal(
            [($"A Action {action} ORGANISME DE TEST – Nantes", $"/sofi/actions/{action}"), ("S Session 1 session", $"/sofi/actions/{action}#sessions"), ("D Dispositif", null)],
            (await LadderAsync(poste, $"/sofi/formations/{formation}"))[1..]);
    }

    [Theory, EveryDatabase]
    public async Task The_ladder_counts_several_fiches_and_leads_to_their_table(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var formation = await poste.Scene.CreateFormationAsync();
        var actions = new[] { await poste.Scene.CreateActionAsync(formation), await poste.Scene.CreateActionAsync(formation) };
        var session = await poste.Scene.CreateSessionAsync(actions[0]);
        await poste.Scene.SaisieAsync(s => s.CreateDispositifAsync(poste.Scene.Redacteur, session, 9, null, new FicheDispositif(), Guid.NewGuid()));
        Assert.Equal([("A Action 2 actions", "#actions"), ("S Session 1 session", null), ("D Dispositif", null)], (await LadderAsync(poste, $"/sofi/formations/{formation}"))[1..]);
        Assert.Equal(("D Dispositif 2 dispositifs", "#dispositifs"), (await LadderAsync(poste, $"/sofi/sessions/{session}"))[3]);
        Assert.Equal(("D Dispositif 2 dispositifs", $"/sofi/sessions/{session}#dispositifs"), (await LadderAsync(poste, $"/sofi/actions/{actions[0]}"))[3]);
        var queries = await poste.QueriesAsync($"/sofi/actions/{actions[0]}");
        await poste.Scene.CreateSessionAsync(actions[0]);
        Assert.Equal(queries, await poste.QueriesAsync($"/sofi/actions/{actions[0]}"));
        Assert.Equal([("S Session 2 sessions", "#sessions"), ("D Dispositif", null)], (await LadderAsync(poste, $"/sofi/actions/{actions[0]}"))[2..]);
        foreach (var (address, anchor) in new[] { ($"/sofi/formations/{formation}", "actions"), ($"/sofi/actions/{actions[0]}", "sessions"), ($"/sofi/sessions/{session}", "dispositifs") })
            Assert.NotNull((await poste.GetAsync(address)).Document.GetElementById(anchor));
    }

    [Theory, EveryDatabase]
    public async Task Dans_cette_fiche_counts_all_that_remains_of_it_and_of_what_its_tables_hold(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var free = (await poste.Scene.SaisieAsync(s => s.CreateFormationAsync(poste.Scene.Redacteur, null, new FicheFormation(), Guid.NewGuid()))).Numero;
        var action = (await poste.Scene.SaisieAsync(s => s.CreateActionAsync(
            poste.Scene.Redacteur, free, poste.Scene.Lot.Id, poste.Scene.Lieu.Id, new FicheAction(), new(null, new FicheEquipement { Commentaire = "Sans type" }), Guid.NewGuid()))).Numero;
        var session = await poste.Scene.CreateSessionAsync(action, new FicheSession());
        await poste.Scene.SaisieAsync(s => s.SaveSessionAsync(poste.Scene.Redacteur, session, 0, new FicheSession(),
            new(null, new FicheInformationCollective { Lieu = "Nantes" }), new(null, new FichePeriodeInscription { Debut = new DateOnly(2025, 2, 13) })));
        var dispositif = await poste.ReadAsync(db => db.Set<DispositifSession>().Where(d => d.SessionNumero == session).Select(d => d.Id).SingleAsync());
        var ladder = new Dictionary<string, int>();
        foreach (var (address, rows) in new[]
        {
            ($"/sofi/sessions/{session}/dispositifs/{dispositif}", ""), ($"/sofi/sessions/{session}", "dispositifs"), ($"/sofi/actions/{action}", "sessions"), ($"/sofi/formations/{free}", ""),
        })
        {
            var page = await poste.GetAsync(address);
            var counts = page.Document.QuerySelectorAll(".sommaire a").ToDictionary(link => link.GetAttribute("href")![1..], link => NumberIn(link.QuerySelector(".reste")?.TextContent));
            var here = NumberIn(page.Text(".fasd [aria-current] .etat"));
            var below = rows.Length == 0 ? 0 : ladder.Values.Sum();
            Assert.True(here > 0, address);
            Assert.Equal(here + below, counts.Values.Sum());
            if (rows.Length > 0) Assert.Equal(below, counts[rows]);
            ladder[address] = here;
            if (rows == "dispositifs") Assert.True(counts["informations"] > 0 && counts["inscriptions"] > 0);
            if (rows == "sessions") Assert.Equal(1, counts["equipement"]);
        }
    }

    [Theory, EveryDatabase]
    public async Task One_point_and_several_points_are_said_as_one_speaks(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var action = await poste.Scene.CreateActionAsync(await poste.Scene.CreateFormationAsync());
        var session = await poste.Scene.CreateSessionAsync(action);
        Assert.Equal("1 point à compléter", (await poste.GetAsync($"/sofi/sessions/{session}")).Text(".pastille"));
        await poste.Scene.SaisieAsync(s => s.SaveSessionAsync(poste.Scene.Redacteur, session, 0, poste.Scene.FullSession() with { DateFin = null }, null, null));
        Assert.Equal("2 points à compléter", (await poste.GetAsync($"/sofi/sessions/{session}")).Text(".pastille"));
    }

    private static async Task<(string Text, string? Address)[]> LadderAsync(Poste poste, string address) =>
        [.. (await poste.GetAsync(address)).Document.QuerySelectorAll(".fasd-marche").Select(step => (
            PageHtml.Clean(string.Join(' ', step.Children.Select(part => part.TextContent))), step.GetAttribute("href")))];

    private static int NumberIn(string? text) => int.TryParse(PageHtml.Clean(text).Split(' ')[0], out var number) ? number : 0;
}
