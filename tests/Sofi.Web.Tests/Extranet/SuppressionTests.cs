using System.Net;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Offre;
using Sofi.Testing;

namespace Sofi.Web.Tests.Extranet;

/// <summary>Drafts that were never sent can be deleted, after a confirmation (decision 9).</summary>
public class SuppressionTests
{
    [Theory, EveryDatabase]
    public async Task A_draft_action_goes_with_its_sessions(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (formation, action, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        await poste.Scene.CreateSessionAsync(action);
        var confirm = await (await poste.GetAsync($"/sofi/actions/{action}")).FollowAsync("Supprimer l’action");
        Assert.Equal($"Supprimer : Action {action}", confirm.Text("h1"));
        Assert.Equal("Ce brouillon n’a jamais été envoyé. Ses 2 sessions sont supprimées avec elle. La suppression est définitive.",
            confirm.Text("main .mt-3"));
        Assert.Equal($"/sofi/actions/{action}", (await confirm.FollowAsync("Revenir sans supprimer")).Address);
        Assert.NotNull(await poste.ActionAsync(action));

        var done = await confirm.PressAsync("Supprimer");
        Assert.Equal("/sofi/actions?rubrique=en-cours", done.Address);
        Assert.Equal([$"Action {action} : suppression faite."], done.Annonces);
        Assert.Equal(["ActionCreee", "ActionSupprimee"], await poste.EventsAsync("action", action));
        Assert.Equal((0, 0, 0), await poste.ReadAsync(async db => (
            await db.Set<ActionFormation>().CountAsync(a => a.Numero == action),
            await db.Set<SessionFormation>().CountAsync(s => s.ActionNumero == action),
            await db.Set<DispositifSession>().CountAsync(d => d.Id == dispositif))));
        Assert.NotNull(await poste.FormationAsync(formation));
        foreach (var address in new[] { $"/sofi/actions/{action}", $"/sofi/sessions/{session}" })
            Assert.Equal(HttpStatusCode.NotFound, (await poste.GetAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await confirm.PressAsync("Supprimer")).Status);
    }

    [Theory, EveryDatabase]
    public async Task A_draft_session_goes_with_its_tables_and_leaves_its_action(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        var other = await poste.Scene.CreateSessionAsync(action);
        await poste.Scene.SaisieAsync(s => s.SaveSessionAsync(poste.Scene.Redacteur, session, 0, poste.Scene.FullSession(),
            new(null, new FicheInformationCollective { Lieu = "Nantes" }), new(null, new FichePeriodeInscription { Type = "inscription" })));
        var confirm = await (await poste.GetAsync($"/sofi/sessions/{session}")).FollowAsync("Supprimer la session");
        Assert.Equal($"Supprimer : Session {session}", confirm.Text("h1"));
        Assert.Contains("Ses dispositifs, informations collectives et périodes d’inscription sont supprimés avec elle.", confirm.Text("main"));

        var done = await confirm.PressAsync("Supprimer");
        Assert.Equal($"/sofi/actions/{action}", done.Address);
        Assert.Equal([$"Session {session} : suppression faite."], done.Annonces);
        Assert.Equal([other], (await poste.ActionAsync(action)).Sessions.Select(s => s.Numero));
        Assert.Equal("SessionSupprimee", (await poste.EventsAsync("session", session))[^1]);
        Assert.Equal((0, 0, 0), await poste.ReadAsync(async db => (
            await db.Set<DispositifSession>().CountAsync(d => d.Id == dispositif),
            await db.Set<InformationCollective>().CountAsync(i => i.SessionNumero == session),
            await db.Set<PeriodeInscription>().CountAsync(p => p.SessionNumero == session))));
    }

    [Theory, EveryDatabase]
    public async Task A_dispositif_is_withdrawn_from_a_draft_session(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, _, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        var confirm = await (await poste.GetAsync($"/sofi/sessions/{session}/dispositifs/{dispositif}")).FollowAsync("Retirer le dispositif");
        Assert.Equal($"Supprimer : Dispositif de la session {session}", confirm.Text("h1"));
        var done = await confirm.PressAsync("Supprimer");
        Assert.Equal($"/sofi/sessions/{session}", done.Address);
        Assert.Equal([$"Dispositif de la session {session} : suppression faite."], done.Annonces);
        Assert.Empty((await poste.SessionAsync(session)).Dispositifs);
        Assert.Equal(["DispositifModifie", "DispositifSupprime"], (await poste.EventsAsync("dispositif", dispositif)).TakeLast(2));
    }

    [Theory, EveryDatabase]
    public async Task What_was_sent_once_is_never_deleted_even_after_a_refusal(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        string[] fiches = [$"/sofi/actions/{action}", $"/sofi/sessions/{session}", $"/sofi/sessions/{session}/dispositifs/{dispositif}"];
        var opened = new List<PageHtml>();
        foreach (var fiche in fiches) opened.Add(await poste.GetAsync(fiche + "/suppression"));
        await poste.RefuseAsync(action, "À revoir.");
        foreach (var fiche in fiches)
        {
            Assert.Empty((await poste.GetAsync(fiche)).Document.QuerySelectorAll("main a[href$=suppression]"));
            Assert.Equal(HttpStatusCode.NotFound, (await poste.GetAsync(fiche + "/suppression")).Status);
        }

        string[] reasons =
        [
            "L’action a déjà été envoyée au Cariforef : elle ne peut plus être supprimée.",
            "La session a déjà été envoyée au Cariforef : elle ne peut plus être supprimée. Mettez-la de côté.",
            "La session a déjà été envoyée au Cariforef : ses dispositifs ne peuvent plus être retirés.",
        ];
        foreach (var (page, reason) in opened.Zip(reasons))
        {
            var refused = await page.PressAsync("Supprimer");
            refused.AssertErrors(reason);
            Assert.Equal("Rien n’a été supprimé", refused.Text("#t-erreurs"));
            Assert.Empty(refused.Document.QuerySelectorAll("main form"));
            (await refused.FollowAsync("Revenir à la fiche")).AssertOk();
        }

        Assert.Single((await poste.SessionAsync(session)).Dispositifs);
    }

    [Theory, EveryDatabase]
    public async Task While_the_action_waits_only_a_session_set_aside_can_go(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, session, _) = await poste.Scene.CreateFullOffreAsync();
        var aside = await poste.Scene.CreateSessionAsync(action, new FicheSession());
        await poste.Scene.SaisieAsync(s => s.SetAsideAsync(poste.Scene.Redacteur, aside, true));
        await poste.SendAsync(action);
        (await (await poste.GetAsync($"/sofi/sessions/{aside}/suppression")).PressAsync("Supprimer")).AssertOk();
        Assert.Equal([session], (await poste.ActionAsync(action)).Sessions.Select(s => s.Numero));
    }

    [Theory, EveryDatabase]
    public async Task Nobody_deletes_what_is_not_hers(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var neighbour = await poste.NeighbourAsync();
        var (_, action, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        var (_, _, theirs, _) = await neighbour.Scene.CreateFullOffreAsync();
        foreach (var address in new[]
        {
            $"/sofi/actions/{action}/suppression", $"/sofi/sessions/{session}/suppression",
            $"/sofi/sessions/{session}/dispositifs/{dispositif}/suppression",
            $"/sofi/sessions/{theirs}/dispositifs/{dispositif}/suppression", "/sofi/actions/9999999/suppression",
        })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await neighbour.GetAsync(address)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await neighbour.Redacteur.PostAsync(address, [])).Status);
        }

        Assert.Single((await poste.SessionAsync(session)).Dispositifs);
    }
}
