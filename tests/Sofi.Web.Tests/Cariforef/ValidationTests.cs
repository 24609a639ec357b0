using System.Net;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Referentiels;
using Sofi.Core.Validation;
using Sofi.Testing;
using Sofi.Web.Tests.Extranet;

namespace Sofi.Web.Tests.Cariforef;

/// <summary>The desk of the Cariforef: the queue, the review of a sending, its answer, and what the organisme then sees.</summary>
public class ValidationTests
{
    private const string Queue = "/cariforef/validations";

    [Theory, EveryDatabase]
    public async Task The_queue_shows_what_waits_the_oldest_first(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var valideur = await ValideurAsync(poste, "Vera Dubois");
        var first = await SendAsync(poste);
        poste.Scene.Clock.Advance(TimeSpan.FromMinutes(65));
        var second = await SendAsync(poste);
        var page = await valideur.GetAsync($"{Queue}?recherche={poste.Scene.Lot.Numero}");
        Assert.Equal("File de validation", page.Text("h1"));
        Assert.Equal(["Action", "Intitulé formation", "Organisme", "Programme", "Lot", "Sessions", "Envoyée le"], page.Texts("thead th"));
        var offre = $"Certification de test | ORGANISME DE TEST | Programme de test | {poste.Scene.Lot.Numero} | 1";
        Assert.Equal(
            [$"{first.ActionNumero} | {offre} | 12/02/2025 10 h 00", $"{second.ActionNumero} | {offre} | 12/02/2025 11 h 05"], page.Rows("#liste"));
        Assert.Equal($"{Queue}/{first.Id}", (await page.FollowAsync($"{first.ActionNumero}")).Address);
        Assert.Equal([$"{second.ActionNumero}", $"{first.ActionNumero}"],
            (await valideur.GetAsync($"{Queue}?recherche={poste.Scene.Lot.Numero}&tri=-envoyee")).Heads("#liste"));
        Assert.Equal("En attente de validation 2 résultats", page.Text("#liste-titre"));
        Assert.Equal("File de validation", (await valideur.GetAsync("/cariforef")).Text("h1"));
        Assert.StartsWith("Aucun résultat trouvé", (await valideur.GetAsync(Queue + "?recherche=introuvable")).Text("tbody"));

        await poste.Scene.DoAsync((ValidationService s) => s.ValidateAsync(poste.Scene.Valideur, first.Id, first.Version));
        Assert.Equal([$"{second.ActionNumero}"], (await valideur.GetAsync($"{Queue}?recherche={poste.Scene.Lot.Numero}")).Heads("#liste"));
    }

    [Theory, EveryDatabase]
    public async Task A_sending_is_read_as_it_was_sent_with_the_rules_beside_it(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var valideur = await ValideurAsync(poste, "Vera Dubois");
        var (formation, action, session, _) = await poste.Scene.CreateFullOffreAsync();
        var aside = await poste.Scene.CreateSessionAsync(action, new FicheSession());
        await poste.Scene.SaisieAsync(s => s.SetAsideAsync(poste.Scene.Redacteur, aside, true));
        var soumission = await poste.SendAsync(action);
        var page = await valideur.GetAsync($"{Queue}/{soumission.Id}");
        page.AssertOk();
        Assert.Equal("Certification de test", page.Text("h1"));
        Assert.Equal($"{formation}-{action}", page.Text(".tete-page .code"));
        Assert.Equal(
            ["12/02/2025 à 10 h 00", "Personne de test", "Programme de test", poste.Scene.Lot.Numero, "1"], page.Texts("[aria-label='L’envoi'] dd"));
        Assert.Equal(["F Certification de test", $"A Action {action}", $"S {formation}-{action}-{session}"], page.Texts(".lecture-offre h2"));
        Assert.DoesNotContain($"Session {aside}", page.Text(".revue"));
        Assert.StartsWith("Aucune règle bloquante", page.Texts("[aria-labelledby=t-controles] li")[0]);
        Assert.Contains(
            page.Texts("[aria-labelledby=t-controles] li"), line => line.Contains($"SES-INSC-10 · Session {session}", StringComparison.Ordinal));
        Assert.Equal("Aucune règle bloquante.", page.Text(".barre-bas-fait"));
        Assert.Empty(page.Document.QuerySelectorAll("#t-soeurs, main input[type=text], .controle a"));
    }

    [Theory, EveryDatabase]
    public async Task A_validated_action_is_published_for_the_first_time(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var valideur = await ValideurAsync(poste, "Vera Dubois");
        var soumission = await SendAsync(poste);
        var action = soumission.ActionNumero;
        var done = await (await valideur.GetAsync($"{Queue}/{soumission.Id}")).PressAsync("Valider");
        Assert.Equal(Queue, done.Address);
        Assert.Equal([$"L’action {action} est validée : elle est en ligne."], done.Annonces);
        Assert.DoesNotContain($"{Queue}/{soumission.Id}\"", done.Html);
        Assert.Equal(["ActionCreee", "ActionEnvoyee", "ActionValidee"], await poste.EventsAsync("action", action));
        Assert.Equal("Vera Dubois", await poste.ReadAsync(db => (
            from e in db.Set<Evenement>()
            join p in db.Set<Processus>() on e.ProcessusId equals p.Id
            where e.Type == "ActionValidee" && e.ActionNumero == action
            select p.Auteur).SingleAsync()));

        await poste.ReadAsync(async db =>
        {
            var contenu = await db.Set<ContenuPublie>().SingleAsync(c => c.ActionNumero == action);
            Assert.Equal((1, soumission.Id, "Vera Dubois"), (contenu.Version, contenu.SoumissionId, contenu.PubliePar));
            Assert.Equal(1, (await db.Set<FaitsPublies>().SingleAsync(f => f.ActionNumero == action)).Revision);
            var entry = await db.Set<EntreePublication>().SingleAsync(e => e.ActionNumero == action);
            Assert.Equal((NaturePublication.Contenu, 1, 1), (entry.Nature, entry.VersionContenu, entry.RevisionFaits));
            Assert.True(await db.Set<ContactPublie>().AnyAsync(c => c.Numero == poste.Scene.Contact.Numero));
            return entry;
        });
        var published = (await poste.Scene.DoAsync((PublicationService s) => s.FindAsync(action)))!;
        Assert.Equal(poste.Scene.FullSession().DateDebut, Assert.Single(published.Offre.Sessions).Fiche.DateDebut);

        var session = (await poste.ActionAsync(action)).Sessions[0].Numero;
        var dispositif = (await poste.SessionAsync(session)).Dispositifs[0].Id;
        foreach (var fiche in new[] { $"/sofi/actions/{action}", $"/sofi/sessions/{session}", $"/sofi/sessions/{session}/dispositifs/{dispositif}" })
        {
            var read = await poste.GetAsync(fiche);
            read.AssertOk();
            Assert.Equal(["Validée", "En ligne depuis le 12/02/2025"], read.Texts(".tete-page .etat"));
            Assert.Empty(read.Document.QuerySelectorAll("#fiche [name^='Fiche.'], .barre-bas button"));
        }

        var desk = await valideur.GetAsync($"{Queue}/{soumission.Id}");
        Assert.Equal("Validée par Vera Dubois le 12/02/2025.", desk.Text(".message strong"));
        Assert.Empty(desk.Document.QuerySelectorAll("main form, .barre-bas"));
    }

    [Theory, EveryDatabase]
    public async Task A_refusal_needs_a_reason_that_the_organisme_reads(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var valideur = await ValideurAsync(poste, "Vera Dubois");
        var soumission = await SendAsync(poste);
        var page = await valideur.GetAsync($"{Queue}/{soumission.Id}");
        foreach (var nothing in new[] { "", "   " })
        {
            page = await page.Fill("Motif du refus", nothing).PressAsync("Refuser", "#refuser");
            page.AssertErrors("Motif du refus : écrivez ce que l’organisme doit corriger.");
            Assert.Equal("Aucune réponse n’a été enregistrée", page.Text("#t-erreurs"));
        }

        var text = new string('m', 3001);
        page = await page.Fill("Motif du refus", text).PressAsync("Refuser", "#refuser");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("3000", Assert.Single(page.Errors));
        Assert.Equal(text, page.Value("Motif du refus"));
        Assert.Equal(EtatSoumission.EnAttente, (await ReadAsync(poste, soumission.Id)).Etat);

        var done = await page.Fill("Motif du refus", "Les dates sont à revoir.").PressAsync("Refuser", "#refuser");
        Assert.Equal([$"L’action {soumission.ActionNumero} est refusée : l’organisme lit votre motif."], done.Annonces);
        var stored = await ReadAsync(poste, soumission.Id);
        Assert.Equal((EtatSoumission.Refusee, "Les dates sont à revoir.", "Vera Dubois"), (stored.Etat, stored.Motif, stored.DecideePar));
        Assert.Equal(["ActionCreee", "ActionEnvoyee", "ActionRefusee"], await poste.EventsAsync("action", soumission.ActionNumero));
        Assert.Equal(0, await poste.ReadAsync(db => db.Set<EntreePublication>().CountAsync(e => e.ActionNumero == soumission.ActionNumero)));
        Assert.Equal("Les dates sont à revoir.",
            (await poste.GetAsync($"/sofi/actions/{soumission.ActionNumero}/etat")).Text(".message .texte-libre"));
        Assert.NotEmpty((await poste.GetAsync($"/sofi/actions/{soumission.ActionNumero}")).Document.QuerySelectorAll("#fiche [name^='Fiche.']"));
        var desk = await valideur.GetAsync($"{Queue}/{soumission.Id}");
        Assert.Equal(("Refusée par Vera Dubois le 12/02/2025.", "Les dates sont à revoir."),
            (desk.Text(".message strong"), desk.Text(".message .texte-libre")));
    }

    [Theory, EveryDatabase]
    public async Task The_second_of_two_validators_is_told_and_changes_nothing(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (vera, paul) = (await ValideurAsync(poste, "Vera Dubois"), await ValideurAsync(poste, "Paul Martin"));
        var soumission = await SendAsync(poste);
        var (first, second) = (await vera.GetAsync($"{Queue}/{soumission.Id}"), await paul.GetAsync($"{Queue}/{soumission.Id}"));
        (await first.PressAsync("Valider")).AssertOk();
        foreach (var answer in new[]
        {
            await second.PressAsync("Valider"),
            await second.Fill("Motif du refus", "Trop tard").PressAsync("Refuser", "#refuser"),
            await second.Fill("Motif du refus", "").PressAsync("Refuser", "#refuser"),
        })
        {
            Assert.Equal(HttpStatusCode.Conflict, answer.Status);
            Assert.Equal(["Vera Dubois a déjà répondu à cet envoi : rechargez la page."], answer.Errors);
            Assert.Equal("Validée par Vera Dubois le 12/02/2025.", answer.Text(".message strong"));
            Assert.Empty(answer.Document.QuerySelectorAll("main form, .barre-bas"));
        }

        var stored = await ReadAsync(poste, soumission.Id);
        Assert.Equal((EtatSoumission.Validee, "Vera Dubois", null), (stored.Etat, stored.DecideePar, stored.Motif));
        Assert.Single(await poste.EventsAsync("action", soumission.ActionNumero), type => type is "ActionValidee" or "ActionRefusee");

        // Her own answer sent twice finds itself given.
        Assert.Equal(Queue, (await first.PressAsync("Valider", follow: false)).Location);
        Assert.Equal(1, await poste.ReadAsync(db => db.Set<EntreePublication>().CountAsync(e => e.ActionNumero == soumission.ActionNumero)));
    }

    [Theory, EveryDatabase]
    public async Task An_answer_to_a_sending_that_vanished_says_so(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var valideur = await ValideurAsync(poste, "Vera Dubois");
        var soumission = await SendAsync(poste);
        var page = await valideur.GetAsync($"{Queue}/{soumission.Id}");
        await poste.WriteAsync(db => db.Set<Soumission>().Where(s => s.Id == soumission.Id).ExecuteDeleteAsync());
        foreach (var answer in new[]
        {
            await page.PressAsync("Valider"),
            await page.Fill("Motif du refus", "À revoir").PressAsync("Refuser", "#refuser"),
        })
        {
            Assert.Equal(Queue, answer.Address);
            Assert.Equal(["Cet envoi n’existe plus : votre réponse n’a pas été enregistrée."], answer.Annonces);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await valideur.GetAsync($"{Queue}/{soumission.Id}")).Status);
        Assert.Equal(EtatAction.EnAttenteValidation, (await poste.ActionAsync(soumission.ActionNumero)).Etat);
    }

    [Theory, EveryDatabase]
    public async Task Validating_a_changed_formation_names_the_actions_it_publishes_anew(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var valideur = await ValideurAsync(poste, "Vera Dubois");
        var published = (await poste.Scene.CreateFullOffreAsync()).Action;
        await poste.ValidateAsync(published);
        await poste.WriteAsync(db => db.Set<FicheCertifinfo>().Where(f => f.Code == poste.Scene.Certifinfo)
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.Objectif, "Objectif révisé.")));
        var changed = await SendAsync(poste);
        var page = await valideur.GetAsync($"{Queue}/{changed.Id}");
        Assert.Equal($"La formation a changé : la validation la republie aussi dans l’action {published}.",
            page.Text("[aria-labelledby=t-soeurs] p"));
        (await page.PressAsync("Valider")).AssertOk();
        Assert.Equal(
            [NaturePublication.Contenu, NaturePublication.Formation],
            await poste.ReadAsync(db =>
                db.Set<EntreePublication>().Where(e => e.ActionNumero == published).OrderBy(e => e.Numero).Select(e => e.Nature).ToListAsync()));
        Assert.Equal("Objectif révisé.",
            (await poste.Scene.DoAsync((PublicationService s) => s.FindAsync(published)))!.Offre.Formation.Fiche.Objectif);
    }

    [Theory]
    [EveryDatabase(Role.Redacteur)]
    [EveryDatabase(Role.Gestionnaire)]
    [EveryDatabase(Role.Region)]
    public async Task Nobody_else_enters_the_desk(DatabaseKind kind, Role role)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var soumission = await SendAsync(poste);
        var browser = await poste.App.SignInAsync(await poste.App.AddCompteAsync(role, poste.Scene.Etablissement.Numero));
        foreach (var address in new[] { "/cariforef", Queue, $"{Queue}/{soumission.Id}" })
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(address)).Status);
        foreach (var handler in new[] { "Valider", "Refuser" })
            Assert.Equal(HttpStatusCode.Forbidden,
                (await browser.PostAsync($"{Queue}/{soumission.Id}?handler={handler}", new() { ["Refus.Motif"] = "Non" })).Status);
        Assert.Equal(EtatSoumission.EnAttente, (await ReadAsync(poste, soumission.Id)).Etat);
    }

    [Theory, EveryDatabase]
    public async Task They_cost_the_same_queries_whatever_waits(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, typeof(A_desk_of_its_own));
        var valideur = await ValideurAsync(poste, "Vera Dubois");
        var empty = await valideur.GetAsync(Queue);
        Assert.Equal(("Aucun résultat trouvé", "Voir 0 sur 0 du 0 résultats"), (empty.Text("tbody"), empty.Text("#liste-etendue")));
        var one = await SendAsync(poste);
        Assert.Equal(ReadQueries, await CountAsync(one));
        var (_, action, _, _) = await poste.Scene.CreateFullOffreAsync();
        for (var i = 0; i < 29; i++) await poste.Scene.CreateSessionAsync(action);
        await poste.WriteAsync(async db =>
        {
            await db.Set<DispositifSession>().Where(d => d.Session.ActionNumero == action)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.Fiche.NbPlaces, 1).SetProperty(d => d.Fiche.PriseEnCharge, "1"));
            for (var i = 0; i < 29; i++)
            {
                db.Add(new Soumission
                {
                    ActionNumero = one.ActionNumero,
                    Revision = 100 + i,
                    Contenu = one.Contenu,
                    EtablissementNumero = one.EtablissementNumero,
                    Intitule = one.Intitule,
                    Organisme = one.Organisme,
                    Recherche = one.Recherche,
                    NbSessions = 1,
                    EnvoyeeLe = one.EnvoyeeLe,
                    EnvoyeePar = one.EnvoyeePar,
                });
            }

            await db.SaveChangesAsync();
        });
        Assert.Equal(ReadQueries, await CountAsync(await poste.SendAsync(action)));

        async Task<(int Queue, int Review)> CountAsync(Soumission soumission) =>
            (await poste.QueriesAsync(Queue + "?taille=100", valideur), await poste.QueriesAsync($"{Queue}/{soumission.Id}", valideur));
    }

    private static readonly (int Queue, int Review) ReadQueries = (3, 12);

    private static async Task<Navigateur> ValideurAsync(Poste poste, string nom)
    {
        var compte = await poste.App.AddCompteAsync(Role.Valideur);
        await poste.WriteAsync(db => db.Set<Compte>().Where(c => c.Id == compte.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Nom, nom)));
        return await poste.App.SignInAsync(compte);
    }

    private static async Task<Soumission> SendAsync(Poste poste) => await poste.SendAsync((await poste.Scene.CreateFullOffreAsync()).Action);

    private static Task<Soumission> ReadAsync(Poste poste, int id) => poste.ReadAsync(db => db.Set<Soumission>().SingleAsync(s => s.Id == id));

    /// <summary>Names the database of the test that needs the queue empty.</summary>
    private sealed class A_desk_of_its_own;
}
