using System.Net;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Offre;
using Sofi.Core.Validation;
using Sofi.Testing;

namespace Sofi.Web.Tests.Extranet;

/// <summary>État de la saisie, récapitulatif and sending, on one page (procedure, page 11; decision 9).</summary>
public class EtatDeLaSaisieTests
{
    private const string Send = "Envoyer en validation";

    [Theory, EveryDatabase]
    public async Task Each_missing_item_is_a_link_that_lands_on_its_field(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (action, session) = await IncompleteAsync(poste);
        var page = await poste.GetAsync(Etat(action));
        page.AssertOk();
        Assert.Equal("État de la saisie", page.Text("h1"));
        Assert.Equal(["En cours de saisie", "Hors ligne, jamais publiée"], page.Texts(".tete-page .etat"));
        var missing = page.Document.QuerySelectorAll(".controle a")
            .Where(link => PageHtml.Clean(link.TextContent).StartsWith("Compléter", StringComparison.Ordinal)).ToList();
        Assert.Equal($"Il reste {missing.Count} points à compléter avant l’envoi en validation.", page.Text(".message strong"));
        Assert.Equal($"Complétez les {missing.Count} points ci-dessus pour pouvoir envoyer.", page.Text("#pourquoi"));
        Assert.True(page.One(".barre-bas button").HasAttribute("disabled"));
        foreach (var message in new[]
        {
            "Date début : indiquez une date.", "Type d’équipement : choisissez une valeur.", "Heure de début : indiquez une heure.",
            "Type de période : choisissez une valeur.", "Nb places dispositif : indiquez le nombre de places.",
        })
            Assert.Contains(missing, link => PageHtml.Clean(link.TextContent) == "Compléter : " + message);

        var opened = new Dictionary<string, PageHtml>();
        foreach (var link in page.Document.QuerySelectorAll(".controle a"))
        {
            var (address, field) = (link.GetAttribute("href")!.Split('#')[0], link.GetAttribute("href")!.Split('#')[1]);
            if (!opened.TryGetValue(address, out var fiche)) opened[address] = fiche = await poste.GetAsync(address);
            fiche.AssertOk();
            Assert.True(fiche.Document.GetElementById(field) is not null, $"{address}#{field} leads nowhere.");
        }

        Assert.Contains(opened.Keys, address => address.StartsWith($"/sofi/actions/{action}?equipementRang=", StringComparison.Ordinal));
        Assert.Contains($"/sofi/sessions/{session}?informationRang=1", opened.Keys);
        Assert.Contains($"/sofi/sessions/{session}?periodeRang=1", opened.Keys);
    }

    [Theory, EveryDatabase]
    public async Task Advice_and_closed_channels_hold_nothing_back(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, session, _) = await poste.Scene.CreateFullOffreAsync();
        var page = await poste.GetAsync(Etat(action));
        Assert.Equal(["Complète", "Complète", "Complète", "Complète"], page.Texts(".controle-grille .carton-tete .etat"));
        Assert.Contains(
            page.Texts(".controle li p"),
            text => text.StartsWith("Conseil : Périodes d’inscription : il n’y en a aucune et les candidats ne", StringComparison.Ordinal));
        Assert.All(page.Texts(".controle a"), text => Assert.StartsWith("Voir : ", text));
        Assert.Equal($"Session {session} : sans information collective, elle n’alimente ni Kairos, ni Ouiform, ni les sites régionaux.",
            page.Text("[aria-labelledby=t-canaux] li"));
        Assert.Equal("Rien ne manque : vous pouvez envoyer.", page.Text("#pourquoi"));
        Assert.False(page.One(".barre-bas button").HasAttribute("disabled"));
        Assert.Empty(page.Document.QuerySelectorAll("main > .message"));
    }

    [Theory, EveryDatabase]
    public async Task The_recapitulatif_shows_the_offer_as_a_reader_will_see_it(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (formation, action, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        await poste.Scene.SaisieAsync(s => s.SaveDispositifAsync(
            poste.Scene.Redacteur, dispositif, 1,
            new FicheDispositif { Publics = ["82025"], NbPlaces = 12, PriseEnCharge = "1", FraisHt = 1000, TauxTva = 5.5m }));
        await poste.Scene.SaisieAsync(s => s.SaveSessionAsync(poste.Scene.Redacteur, session, 0, poste.Scene.FullSession(),
            new(null, new FicheInformationCollective { Date = new DateOnly(2025, 2, 20), HeureDebut = new TimeOnly(9, 30), Lieu = "Nantes" }), null));
        var page = await poste.GetAsync(Etat(action));
        Assert.Equal(
            ["F Certification de test", $"A Action {action}", $"S {formation}-{action}-{session}"], page.Texts(".lecture-offre h2"));
        Assert.Equal($"{session}", page.Text($"#t-recap-S{session} strong"));
        var read = Lines(page);
        foreach (var (term, value) in new[]
        {
            ("Objectif", "Objectif."), ("Niveau d’entrée", "Sans niveau spécifique"), ("Date début", "10/03/2025"), ("Date fin", "28/03/2025"),
            ("Site dispensateur", poste.Scene.Etablissement.LibelleDispensateur), ("Durée en centre (en h)", "200 h"), ("Recrutement", "Ouvert"),
            ("Lot", poste.Scene.Lot.Libelle), ("Nb places dispositif", "12"), ("Frais TTC", "1 055,00 €"),
            ("Codes externes", $"Numéro lot CR - {poste.Scene.Lot.Numero} · ID Action CR - 4259 · OF Mandataire CR - 386"),
        })
            Assert.Contains((term, value), read);
        Assert.Contains(read, line => line.Term.StartsWith("Information collective", StringComparison.Ordinal)
            && line.Value.Contains("20/02/2025, à 9 h 30", StringComparison.Ordinal));
        Assert.DoesNotContain(read, line => line.Value.Length == 0);
    }

    [Theory, EveryDatabase]
    public async Task A_complete_action_is_sent_to_the_Cariforef(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (formation, action, session, _) = await poste.Scene.CreateFullOffreAsync();
        var sent = await (await poste.GetAsync(Etat(action))).PressAsync(Send);
        Assert.Equal(Etat(action), sent.Address);
        Assert.Equal(
            ["L’action est envoyée au Cariforef : vous la retrouvez dans la rubrique Actions de formation en attente de validation par CARIF-OREF."],
            sent.Annonces);
        Assert.Contains($"{formation}-{action}",
            (await sent.FollowAsync("Actions de formation en attente de validation par CARIF-OREF")).Text("tbody"));
        Assert.Equal(["ActionCreee", "ActionEnvoyee"], await poste.EventsAsync("action", action));

        var soumission = await LastAsync(poste, action);
        Assert.Equal((EtatSoumission.EnAttente, 1, "Personne de test", "Certification de test"),
            (soumission.Etat, soumission.NbSessions, soumission.EnvoyeePar, soumission.Intitule));
        Assert.Equal((poste.Scene.Lot.Numero, "Programme de test"), (soumission.Lot, soumission.Programme));
        var offre = OffreSerializer.ReadOffre(soumission.Contenu);
        Assert.Equal(poste.Scene.FullSession(), Assert.Single(offre.Sessions).Fiche);
        Assert.Equal(session, offre.Sessions[0].Numero);
        Assert.NotNull((await poste.SessionAsync(session)).EnvoyeeLe);
        Assert.Equal(EtatAction.EnAttenteValidation, (await poste.ActionAsync(action)).Etat);
    }

    [Theory, EveryDatabase]
    public async Task Nothing_is_sent_while_something_is_missing(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (action, _) = await IncompleteAsync(poste);
        var revision = (await poste.ActionAsync(action)).Revision;
        var refused = await (await poste.GetAsync(Etat(action))).PressAsync(Send);
        refused.AssertErrors("Complétez les points ci-dessous avant l’envoi en validation.");
        Assert.Equal("L’action n’a pas été envoyée", refused.Text("#t-erreurs"));
        Assert.Null(await poste.Scene.DoAsync((ValidationService s) => s.LastOfAsync(action)));
        var stored = await poste.ActionAsync(action);
        Assert.Equal((EtatAction.EnCoursDeSaisie, revision, null), (stored.Etat, stored.Revision, stored.EnvoyeeLe));
        Assert.DoesNotContain("ActionEnvoyee", await poste.EventsAsync("action", action));
    }

    [Theory, EveryDatabase]
    public async Task A_sending_sent_twice_is_made_once(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, _, _) = await poste.Scene.CreateFullOffreAsync();
        var page = await poste.GetAsync(Etat(action));
        for (var i = 0; i < 2; i++) Assert.Equal(Etat(action), (await page.PressAsync(Send, follow: false)).Location);
        Assert.Equal(1, await poste.ReadAsync(db => db.Set<Soumission>().CountAsync(s => s.ActionNumero == action)));
        Assert.Single(await poste.EventsAsync("action", action), type => type == "ActionEnvoyee");
    }

    [Theory, EveryDatabase]
    public async Task What_changed_since_the_recapitulatif_was_read_is_shown_before_it_can_be_sent(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, session, _) = await poste.Scene.CreateFullOffreAsync();
        var (_, colleague) = await poste.ColleagueAsync("Claire Moreau");
        var read = await poste.GetAsync(Etat(action));
        await (await colleague.GetAsync($"/sofi/sessions/{session}")).Fill("Date fin", "04/04/2025").PressAsync("Enregistrer", ".barre-bas");
        await (await colleague.GetAsync($"/sofi/actions/{action}")).Fill("Objectifs", "Créer son entreprise").PressAsync("Enregistrer", ".barre-bas");

        var conflict = await read.PressAsync(Send);
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal(["L’offre a changé depuis que vous avez ouvert ce récapitulatif : relisez-la, puis envoyez-la."], conflict.Errors);
        Assert.Equal(
            [
                $"Session {session}, Date fin : 28/03/2025 04/04/2025 Claire Moreau",
                $"Action {action}, Objectifs : (vide) Créer son entreprise Claire Moreau",
            ],
            conflict.Texts("[aria-labelledby=t-differences] li"));
        Assert.Contains(("Date fin", "04/04/2025"), Lines(conflict));
        Assert.Null(await poste.Scene.DoAsync((ValidationService s) => s.LastOfAsync(action)));

        Assert.Single((await conflict.PressAsync(Send)).Annonces);
        Assert.Equal("Créer son entreprise", OffreSerializer.ReadOffre((await LastAsync(poste, action)).Contenu).Action.Fiche.Objectifs);
    }

    [Theory, EveryDatabase]
    public async Task A_faulty_session_is_set_aside_so_that_its_sisters_go_and_comes_back(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, session, _) = await poste.Scene.CreateFullOffreAsync();
        var faulty = await poste.Scene.CreateSessionAsync(action, new FicheSession());
        var page = await (await poste.GetAsync(Etat(action))).PressAsync($"Mettre de côté la session {faulty}");
        Assert.Equal([$"La session {faulty} est mise de côté : elle ne partira pas avec cet envoi."], page.Annonces);
        Assert.Equal(["Mise de côté", "Mise de côté"], page.Texts(".controle-grille .carton-tete .etat").TakeLast(2));
        Assert.Equal("Rien ne manque : vous pouvez envoyer.", page.Text("#pourquoi"));
        page = await page.PressAsync($"Reprendre dans l’envoi la session {faulty}");
        Assert.Equal([$"La session {faulty} est reprise dans l’envoi."], page.Annonces);
        Assert.True(page.One(".barre-bas button").HasAttribute("disabled"));
        Assert.Equal(["SessionCreee", "SessionMiseDeCote", "SessionReprise"], await poste.EventsAsync("session", faulty));

        page = await (await page.PressAsync($"Mettre de côté la session {faulty}")).PressAsync(Send);
        Assert.Equal([session], OffreSerializer.ReadOffre((await LastAsync(poste, action)).Contenu).Sessions.Select(s => s.Numero));
        Assert.Null((await poste.SessionAsync(faulty)).EnvoyeeLe);
        Assert.Empty(page.Document.QuerySelectorAll("main form"));
        Assert.NotEmpty(page.Document.QuerySelectorAll($".controle a[href^='/sofi/sessions/{faulty}']"));
        Assert.Empty(page.Document.QuerySelectorAll($".controle a[href^='/sofi/sessions/{session}']"));
        await (await poste.GetAsync($"/sofi/sessions/{faulty}")).Fill("Date début", "07/04/2025").PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(new DateOnly(2025, 4, 7), (await poste.SessionAsync(faulty)).Fiche.DateDebut);
    }

    [Theory, EveryDatabase]
    public async Task A_refused_action_shows_the_reason_and_is_sent_again(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, _, _) = await poste.Scene.CreateFullOffreAsync();
        await poste.RefuseAsync(action, "Les dates sont à revoir.\nAppelez-nous.");
        var page = await poste.GetAsync(Etat(action));
        Assert.Equal(["Refusée", "Hors ligne, jamais publiée"], page.Texts(".tete-page .etat"));
        Assert.Equal("Le Cariforef a refusé l’envoi du 12/02/2025.", page.Text(".message strong"));
        Assert.Equal("Les dates sont à revoir. Appelez-nous.", page.Text(".message .texte-libre"));
        Assert.Equal(EtatAction.EnAttenteValidation, (await SendAsync(page)).Etat);
        Assert.Equal(
            [EtatSoumission.Refusee, EtatSoumission.EnAttente],
            await poste.ReadAsync(db =>
                db.Set<Soumission>().Where(s => s.ActionNumero == action).OrderBy(s => s.Id).Select(s => s.Etat).ToListAsync()));

        async Task<ActionFormation> SendAsync(PageHtml refused)
        {
            (await refused.PressAsync(Send)).AssertOk();
            return await poste.ActionAsync(action);
        }
    }

    [Theory, EveryDatabase]
    public async Task An_action_that_waits_or_is_validated_is_only_read(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, session, _) = await poste.Scene.CreateFullOffreAsync();
        var open = await poste.GetAsync(Etat(action));
        var soumission = await poste.SendAsync(action);
        var page = await poste.GetAsync(Etat(action));
        Assert.Equal(["En attente de validation", "Hors ligne, jamais publiée"], page.Texts(".tete-page .etat"));
        Assert.Equal("Envoyée au Cariforef le 12/02/2025, par Personne de test.", page.Text(".message strong"));
        AssertReadOnly(page);
        Assert.Equal(
            ["L’action est en attente de validation par le Cariforef : elle ne peut pas être modifiée jusqu’à sa réponse."],
            (await open.PressAsync($"Mettre de côté la session {session}")).Annonces);
        Assert.False((await poste.SessionAsync(session)).MiseDeCote);

        Assert.Null(await poste.Scene.DoAsync((ValidationService s) => s.ValidateAsync(poste.Scene.Valideur, soumission.Id, soumission.Version)));
        page = await poste.GetAsync(Etat(action));
        Assert.Equal(["Validée", "En ligne depuis le 12/02/2025"], page.Texts(".tete-page .etat"));
        Assert.Equal("Validée par le Cariforef le 12/02/2025.", page.Text(".message strong"));
        AssertReadOnly(page);

        // A récapitulatif that does not show what was sent cannot send what is locked.
        open.One("input[name=Revision]").SetAttribute("value", "999");
        (await open.PressAsync(Send)).AssertErrors("L’action est validée et en ligne : ses fiches sont en lecture seule.");

        static void AssertReadOnly(PageHtml read)
        {
            Assert.Empty(read.Document.QuerySelectorAll("main form, .barre-bas form, .controle a"));
            Assert.NotEmpty(read.Texts(".lecture-offre h2"));
        }
    }

    [Theory, EveryDatabase]
    public async Task Only_a_session_of_ones_own_is_set_aside(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var neighbour = await poste.NeighbourAsync();
        var (_, action, _, _) = await poste.Scene.CreateFullOffreAsync();
        var (_, theirs, session, _) = await neighbour.Scene.CreateFullOffreAsync();
        foreach (var number in new[] { session, 9_999_999 })
            Assert.Equal(HttpStatusCode.NotFound,
                (await poste.Redacteur.PostAsync(Etat(action) + "?handler=MettreDeCote", new() { ["session"] = $"{number}" })).Status);
        Assert.False((await poste.SessionAsync(session)).MiseDeCote);
        foreach (var address in new[] { Etat(theirs), Etat(9_999_999) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await poste.GetAsync(address)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await poste.Redacteur.PostAsync(address + "?handler=Envoyer", [])).Status);
        }

        foreach (var role in new[] { Role.Valideur, Role.Region })
            Assert.Equal(HttpStatusCode.Forbidden, (await (await poste.SignInAsync(role)).GetAsync(Etat(action))).Status);
    }

    [Theory, EveryDatabase]
    public async Task It_costs_the_same_queries_whatever_the_sessions(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, _, _) = await poste.Scene.CreateFullOffreAsync();
        var one = await poste.QueriesAsync(Etat(action));
        for (var i = 0; i < 29; i++) await poste.Scene.CreateSessionAsync(action);
        Assert.Equal((ReadQueries, ReadQueries), (one, await poste.QueriesAsync(Etat(action))));
    }

    private const int ReadQueries = 24;

    private static string Etat(int action) => $"/sofi/actions/{action}/etat";

    private static List<(string Term, string Value)> Lines(PageHtml page) =>
        [.. page.Texts(".recap dt").Zip(page.Texts(".recap dd"))];

    private static async Task<Soumission> LastAsync(Poste poste, int action) =>
        (await poste.Scene.DoAsync((ValidationService s) => s.LastOfAsync(action)))!;

    /// <summary>An action with a session, both saved with blanks, and an incomplete line in each of their tables.</summary>
    private static async Task<(int Action, int Session)> IncompleteAsync(Poste poste)
    {
        var action = await poste.Scene.CreateActionAsync(await poste.Scene.CreateFormationAsync());
        await poste.Scene.SaisieAsync(s =>
            s.SaveActionAsync(poste.Scene.Redacteur, action, 0, new FicheAction(), new(null, new FicheEquipement { Commentaire = "Un ordinateur" })));
        var session = (await poste.Scene.SaisieAsync(s => s.CreateSessionAsync(poste.Scene.Redacteur, action, new FicheSession(),
            new(null, new FicheInformationCollective { Lieu = "Nantes" }),
            new(null, new FichePeriodeInscription { Debut = new DateOnly(2025, 2, 3) }), Guid.NewGuid()))).Numero;
        return (action, session);
    }
}
