using System.Net;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Testing;
using Sofi.Web.Tests.Extranet;

namespace Sofi.Web.Tests.Region;

/// <summary>The Région reads the offers of its programmes once they were sent; never a draft, never another's.</summary>
public class OffresTests
{
    private const string List = "/region?taille=100";

    [Theory, EveryDatabase]
    public async Task An_offer_of_its_programmes_is_read_once_sent(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var region = await poste.SignInAsync(Role.Region);
        var (formation, action, session, _) = await poste.Scene.CreateFullOffreAsync();
        await AssertUnknownAsync(region, action);
        await poste.SendAsync(action);
        var page = await region.GetAsync(List);
        Assert.Equal("Offres de vos programmes", page.Text("h1"));
        Assert.Equal("Ce que les organismes ont envoyé et publié sur les lots de la Région.", page.Text(".tete-page .second"));
        Assert.Equal(["Action", "Intitulé formation", "Organisme", "Programme", "Lot", "Sessions", "Places", "Etat", "Modifiée le"], page.Texts("thead th"));
        Assert.Contains(
            $"{formation}-{action} | Certification de test | ORGANISME DE TEST | Programme de test | {poste.Scene.Lot.Numero} | 1 | 12"
            + " | En attente de validation Hors ligne, jamais publiée | 12/02/2025",
            page.Rows("#liste"));
        var read = await page.FollowAsync($"{formation}-{action}");
        Assert.Equal($"/region/actions/{action}", read.Address);
        Assert.Equal(("Certification de test", $"{formation}-{action}"), (read.Text("h1"), read.Text(".tete-page .code")));
        Assert.Equal(["F Certification de test", $"A Action {action}", $"S {formation}-{action}-{session}"], read.Texts(".lecture-offre h2"));
        Assert.Contains("Nb places dispositif", read.Texts(".recap dt"));
        Assert.Empty(read.Document.QuerySelectorAll("main form, .barre-bas"));
    }

    [Theory, EveryDatabase]
    public async Task Seats_over_those_of_the_lot_stand_in_red_before_the_Region_and_the_validator(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var region = await poste.SignInAsync(Role.Region);
        var (_, action, _, dispositif) = await poste.Scene.CreateFullOffreAsync();
        await poste.Scene.SaisieAsync(s => s.SaveDispositifAsync(poste.Scene.Redacteur, dispositif, 1, new FicheDispositif { NbPlaces = 21, PriseEnCharge = "1" }));
        var sent = await poste.SendAsync(action);
        var message = $"Nb places dispositif : 21 places sont saisies sur le lot {poste.Scene.Lot.Numero} qui en compte 20 ; vérifiez le bon de commande de la Région.";
        Assert.Contains("21 21 saisies sur 20", (await region.GetAsync(List)).Rows("#liste").Single(line => line.Contains($"-{action} |", StringComparison.Ordinal)));
        Assert.Equal(message, (await region.GetAsync($"/region/actions/{action}")).Text(".message-erreur"));
        var valideur = await poste.App.SignInAsync(poste.Scene.Valideur);
        Assert.StartsWith(message, (await valideur.GetAsync($"/cariforef/validations/{sent.Id}")).Text(".controle > .ko"));
    }

    [Theory, EveryDatabase]
    public async Task What_is_being_changed_after_a_refusal_is_not_shown_before_it_is_sent(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var region = await poste.SignInAsync(Role.Region);
        var (_, action, session, _) = await poste.Scene.CreateFullOffreAsync();
        await poste.RefuseAsync(action, "À revoir.");
        await poste.Scene.SaisieAsync(s => s.SaveSessionAsync(poste.Scene.Redacteur, session, 0,
            poste.Scene.FullSession() with { CommentaireDuree = "Pas encore envoyé" }, null, null));
        var added = await poste.Scene.CreateSessionAsync(action);
        var page = await region.GetAsync($"/region/actions/{action}");
        Assert.Equal(["Refusée", "Hors ligne, jamais publiée"], page.Texts(".tete-page .etat"));
        Assert.DoesNotContain("Pas encore envoyé", page.Html);
        Assert.Equal([$"{session}"], page.Texts(".lecture-offre h2 strong"));
        Assert.Contains("| 1 | 12 | Refusée",
            (await region.GetAsync(List)).Rows("#liste").Single(line => line.Contains($"-{action} |", StringComparison.Ordinal)));

        await poste.WriteAsync(db => db.Set<DispositifSession>().Where(d => d.SessionNumero == added)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Fiche.NbPlaces, 4).SetProperty(d => d.Fiche.PriseEnCharge, "1")));
        await poste.SendAsync(action);
        page = await region.GetAsync($"/region/actions/{action}");
        Assert.Contains("Pas encore envoyé", page.Texts(".recap dd"));
        Assert.Equal([$"{session}", $"{added}"], page.Texts(".lecture-offre h2 strong"));
    }

    [Theory, EveryDatabase]
    public async Task Of_a_mixed_action_it_reads_the_sessions_of_its_lots_alone(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var region = await poste.SignInAsync(Role.Region);
        var (_, action, session, _) = await poste.Scene.CreateFullOffreAsync();
        var other = await poste.Scene.CreateSessionAsync(action);
        await poste.WriteAsync(db => db.Set<DispositifSession>().Where(d => d.SessionNumero == other).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.LotId, (int?)null).SetProperty(d => d.CodeDispositif, 9)
            .SetProperty(d => d.Fiche.NbPlaces, 4).SetProperty(d => d.Fiche.Publics, Codes.From(["82025"]))));
        await poste.SendAsync(action);
        var page = await region.GetAsync($"/region/actions/{action}");
        Assert.Equal([$"{session}"], page.Texts(".lecture-offre h2 strong"));
        Assert.Contains("| 1 |",
            (await region.GetAsync(List)).Rows("#liste").Single(line => line.Contains($"-{action} |", StringComparison.Ordinal)));
    }

    [Theory, EveryDatabase]
    public async Task An_offer_outside_any_lot_is_not_found_even_when_published(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var region = await poste.SignInAsync(Role.Region);
        var (_, action, session, _) = await poste.Scene.CreateFullOffreAsync();
        await poste.WriteAsync(async db =>
        {
            await db.Set<ActionFormation>().Where(a => a.Numero == action).ExecuteUpdateAsync(set => set.SetProperty(a => a.LotId, (int?)null));
            await db.Set<DispositifSession>().Where(d => d.SessionNumero == session).ExecuteUpdateAsync(set => set
                .SetProperty(d => d.LotId, (int?)null).SetProperty(d => d.CodeDispositif, 9)
                .SetProperty(d => d.Fiche.Publics, Codes.From(["82025"])));
        });
        await poste.ValidateAsync(action);
        await AssertUnknownAsync(region, action);
        Assert.Equal(HttpStatusCode.NotFound, (await region.GetAsync("/region/actions/9999999")).Status);
    }

    [Theory]
    [EveryDatabase(Role.Redacteur)]
    [EveryDatabase(Role.Gestionnaire)]
    [EveryDatabase(Role.Valideur)]
    [EveryDatabase(Role.Administrateur)]
    public async Task Nobody_else_enters(DatabaseKind kind, Role role)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, _, _) = await poste.Scene.CreateFullOffreAsync();
        await poste.SendAsync(action);
        var browser = await poste.App.SignInAsync(await poste.App.AddCompteAsync(role, poste.Scene.Etablissement.Numero));
        foreach (var address in new[] { "/region", $"/region/actions/{action}" })
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(address)).Status);
    }

    [Theory, EveryDatabase]
    public async Task They_cost_the_same_queries_whatever_was_sent(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, typeof(A_region_of_its_own));
        var region = await poste.SignInAsync(Role.Region);
        await poste.Scene.CreateFullOffreAsync();
        var empty = await region.GetAsync("/region");
        Assert.Equal(("Aucun résultat trouvé", "0 résultat"), (empty.Text("tbody"), empty.Text("#liste-compte")));
        var one = (await poste.Scene.CreateFullOffreAsync()).Action;
        await poste.SendAsync(one);
        Assert.Equal(ReadQueries, await CountAsync(one));
        var many = (await poste.Scene.CreateFullOffreAsync()).Action;
        for (var i = 0; i < 29; i++)
        {
            await poste.Scene.CreateSessionAsync(many);
            await poste.SendAsync((await poste.Scene.CreateFullOffreAsync()).Action);
        }

        await poste.WriteAsync(db => db.Set<DispositifSession>().Where(d => d.Session.ActionNumero == many)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Fiche.NbPlaces, 1).SetProperty(d => d.Fiche.PriseEnCharge, "1")));
        await poste.SendAsync(many);
        Assert.Equal(ReadQueries, await CountAsync(many));
        Assert.Equal("31 résultats", (await region.GetAsync("/region")).Text("#liste-compte"));

        async Task<(int List, int Read)> CountAsync(int action) =>
            (await poste.QueriesAsync(List, region), await poste.QueriesAsync($"/region/actions/{action}", region));
    }

    private static readonly (int List, int Read) ReadQueries = (4, 14);

    private static async Task AssertUnknownAsync(Navigateur region, int action)
    {
        Assert.DoesNotContain($"/region/actions/{action}\"", (await region.GetAsync(List)).Html);
        Assert.Equal(HttpStatusCode.NotFound, (await region.GetAsync($"/region/actions/{action}")).Status);
    }

    /// <summary>Names the database of the test that needs the list empty.</summary>
    private sealed class A_region_of_its_own;
}
