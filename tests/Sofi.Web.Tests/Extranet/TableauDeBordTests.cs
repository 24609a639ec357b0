using System.Globalization;
using System.Net;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Core.Programmes;
using Sofi.Testing;

namespace Sofi.Web.Tests.Extranet;

/// <summary>Tableau de bord, with the list behind each magnifier (procedure, pages 5 and 6; decisions 5 and 28 to 30), on 12 February 2025.</summary>
public class TableauDeBordTests
{
    private static readonly DateOnly Today = new(2025, 2, 12);
    private static int lastSession = 5_000_000;

    [Theory, EveryDatabase]
    public async Task Each_counter_is_the_total_of_the_list_behind_its_magnifier_in_the_etablissement_chosen(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (first, second) = (poste.Scene.Etablissement.Numero, (await OffreScene.AddEtablissementAsync(poste.App.CreateContext())).Numero);
        await PopulateAsync(poste, first, 1);
        await PopulateAsync(poste, second, 2);
        var browser = await poste.App.SignInAsync(await poste.App.AddCompteAsync(Role.Redacteur, first, second));
        var page = await browser.GetAsync("/sofi");
        foreach (var (etablissement, times) in new[] { (second, 2), (first, 1) })
        {
            page = await page.PressAsync(PageHtml.Clean(page.One($"#etablissements button[value='{etablissement}']").TextContent));
            Assert.Equal("/sofi", page.Address);
            var counters = Counters(page);
            Assert.Equal(
                [
                    ("Sessions de formation actives", 13 * times), ("Sessions de formation initiales actives", times),
                    ("Sessions de formation inactives dans moins d’un mois", 4 * times), ("Sessions de formation inactives", 3 * times),
                    ("Sessions de formation du programme région", 6 * times), ("Sessions de formation en contrat d’apprentissage", 2 * times),
                    ("Sessions de formation en contrat de professionnalisation", times), ("Sessions de formation ouvertes à distance", times),
                    ("Actions de formation en cours de saisie", 5 * times), ("Actions de formation publique en cours de saisie", 2 * times),
                    ("Actions de formation en attente de validation par CARIF-OREF", 2 * times),
                    ("Actions de formation en attente de réponses", times),
                    ("Actions de formation dont le code Certifinfo a été remplacé par le CARIF-OREF", times),
                ],
                counters.Select(counter => (counter.Name, counter.Number)));
            foreach (var (name, number, address) in counters)
            {
                var list = await browser.GetAsync(address);
                Assert.Equal(name, list.Text("h1"));
                Assert.Equal(number == 1 ? "1 résultat" : $"{number} résultats", list.Text("#liste-compte"));
                Assert.Equal(Math.Min(10, number), list.Document.QuerySelectorAll("tbody tr").Length);
            }
        }
    }

    [Theory, EveryDatabase]
    public async Task The_dashboard_reads_as_in_the_procedure(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var page = await poste.GetAsync("/sofi");
        Assert.Equal(("Tableau de bord", "Mercredi 12 février 2025"), (page.Text("h1"), page.Text(".tete-page .second")));
        Assert.Equal(["Sessions", "Actions"], page.Texts(".registre h2"));
        Assert.Equal(8, page.Document.QuerySelectorAll("[aria-labelledby=t-sessions] .compteur").Length);
        Assert.Equal(5, page.Document.QuerySelectorAll("[aria-labelledby=t-actions] .compteur").Length);
        Assert.All(page.Texts(".chiffre"), number => Assert.Equal("0", number));
        Assert.Contains("Actions en cours de création ou de modification qui n’ont pas été envoyées en validation.", page.Texts(".definition"));
        Assert.Contains("Actions créées et en attente d’être validées par le service Offre du Cariforef.", page.Texts(".definition"));
        Assert.Contains("Retrouvez vos sessions actives plus facilement en cliquant sur la", page.Text());
        Assert.Equal("Sessions - Sessions de formation actives 0 résultat", page.Text("#liste-titre"));
        Assert.Equal("Aucun résultat trouvé", page.Text("tbody"));
        Assert.Equal("Voir 0 sur 0 du 0 résultats", page.Text("#liste-etendue"));
        Assert.Equal(
            "Un code FAS se lit : Formation (F) – Action (A) – Session (S). Le numéro de session est indiqué en gras.", page.Texts("p.mention")[^1]);
        Assert.Equal("/sofi/formations/nouvelle?porte=publique", (await page.FollowAsync("Création de votre offre de formation")).Address);
    }

    [Theory, EveryDatabase]
    public async Task A_validated_session_is_listed_under_its_FAS_code(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (formation, action, session, _) = await poste.Scene.CreateFullOffreAsync();
        await poste.Scene.SaisieAsync(s =>
            s.SaveActionAsync(poste.Scene.Redacteur, action, 0, new FicheAction { ComplementIntitule = "Module 1", NiveauEntree = "1" }, null));
        await poste.ValidateAsync(action);
        foreach (var address in new[] { "/sofi", "/sofi/sessions", "/sofi/sessions?rubrique=programme-region" })
        {
            var page = await poste.GetAsync(address);
            var isBoard = address == "/sofi";
            Assert.Equal(
                ["Code FAS", "Intitulé formation", "Site dispensateur", "Commune lieu", "Date début", "Date fin", "Code dispositif", "Etat A/I",
                 .. isBoard ? Array.Empty<string>() : ["Programme et lot", "État de la saisie, en ligne"]],
                page.Texts("thead th"));
            Assert.Equal(
                [$"{formation}-{action}-{session} | Certification de test - Module 1 | ORGANISME DE TEST | Nantes | 10/03/2025 | 28/03/2025 | 8 | Actif"
                    + (isBoard ? "" : $" | Programme de test {poste.Scene.Lot.Numero} | Validée En ligne depuis le 12/02/2025")],
                page.Rows("#liste"));
            Assert.Equal($"{session}", page.Text("tbody .code strong"));
            Assert.Equal($"/sofi/sessions/{session}", (await page.FollowAsync($"{formation}-{action}-{session}")).Address);
        }

        Assert.Contains("Aucun résultat trouvé", (await poste.GetAsync("/sofi/sessions?rubrique=apprentissage")).Text("tbody"));
    }

    [Theory, EveryDatabase]
    public async Task An_ended_session_is_inactive(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await AddSessionsAsync(poste, poste.Scene.Etablissement.Numero, 1, Today.AddDays(-1));
        Assert.EndsWith("| 11/02/2025 | 8 | Inactif | Validée Hors ligne, jamais publiée",
            Assert.Single((await poste.GetAsync("/sofi/sessions?rubrique=inactives")).Rows("#liste")));
    }

    [Theory, EveryDatabase]
    public async Task A_list_is_searched_sorted_and_paged(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var etablissement = poste.Scene.Etablissement.Numero;
        await AddSessionsAsync(poste, etablissement, 23, new DateOnly(2025, 6, 30));
        await AddSessionsAsync(poste, etablissement, 1, new DateOnly(2025, 12, 31), intitule: "Bûcheron à l’œuvre", commune: "Château-Gontier");
        var page = await poste.GetAsync("/sofi/sessions");
        Assert.Equal(("24 résultats", "Voir 1 à 10 sur 24 résultats", 10),
            (page.Text("#liste-compte"), page.Text("#liste-etendue"), page.Rows("#liste").Count));
        page = await page.FollowAsync("Suivante");
        page = await page.FollowAsync("Suivante");
        Assert.Equal("Voir 21 à 24 sur 24 résultats", page.Text("#liste-etendue"));
        Assert.Equal("Voir 21 à 24 sur 24 résultats", (await poste.GetAsync("/sofi/sessions?page=999")).Text("#liste-etendue"));
        Assert.Equal(24, (await (await poste.GetAsync("/sofi/sessions")).Fill("Voir", "25").PressAsync("Rechercher")).Rows("#liste").Count);
        Assert.Contains("Bûcheron", (await poste.GetAsync("/sofi/sessions?tri=-fin")).Rows("#liste")[0]);

        foreach (var words in new[] { "bucheron OEUVRE", "chateau gontier", $"-{lastSession}" })
        {
            var found = await (await poste.GetAsync("/sofi/sessions?rubrique=actives&tri=-fin")).Fill("Rechercher", words).PressAsync("Rechercher");
            Assert.Contains("Bûcheron", found.Rows("#liste")[0]);
            Assert.Contains("rubrique=actives", found.Address);
            Assert.Contains("tri=-fin", found.Address);
        }

        var none = await (await poste.GetAsync("/sofi/sessions")).Fill("Rechercher", "plombier").PressAsync("Rechercher");
        Assert.Equal(("0 résultat", "plombier"), (none.Text("#liste-compte"), none.Value("Rechercher")));
        Assert.StartsWith("Aucun résultat trouvé", none.Text("tbody"));
        Assert.Equal("24 résultats", (await none.FollowAsync("Effacer la recherche")).Text("#liste-compte"));
    }

    [Theory, EveryDatabase]
    public async Task The_list_of_actions_shows_their_state_and_leads_to_the_etat_de_la_saisie(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var empty = await poste.GetAsync("/sofi/actions");
        Assert.Equal("Actions de formation en cours de saisie", empty.Text("h1"));
        Assert.Equal("Aucun résultat trouvé Créez une offre par Formations, dans le menu.", string.Join(' ', empty.Texts("tbody p")));
        var (formation, action, _, _) = await poste.Scene.CreateFullOffreAsync();
        await poste.Scene.SaisieAsync(s =>
            s.SaveActionAsync(poste.Scene.Redacteur, action, 0, new FicheAction { ComplementIntitule = "Module 1", NiveauEntree = "1" }, null));
        var page = await poste.GetAsync("/sofi/actions?rubrique=publique-en-cours");
        Assert.Equal(
            [
                $"{formation}-{action} | Certification de test - Module 1 | 1 | En cours de saisie Hors ligne, jamais publiée | Publique | 12/02/2025"
                + $" | État de la saisie de l’action {action} Historique de l’action {action}",
            ],
            page.Rows("#liste"));
        Assert.Equal($"/sofi/actions/{action}/etat", (await page.FollowAsync($"État de la saisie de l’action {action}")).Address);
        await poste.RefuseAsync(action, "À revoir.");
        Assert.Contains("Refusée", (await poste.GetAsync("/sofi/actions?rubrique=en-cours")).Text("tbody"));
        await poste.SendAsync(action);
        Assert.DoesNotContain($"-{action}", (await poste.GetAsync("/sofi/actions?rubrique=en-cours")).Text("tbody"));
        Assert.Contains("En attente de validation", (await poste.GetAsync("/sofi/actions?rubrique=en-attente-validation")).Text("tbody"));
    }

    [Theory, EveryDatabase]
    public async Task An_unknown_rubric_is_not_found_and_an_account_without_etablissement_is_told(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        foreach (var address in new[] { "/sofi/sessions?rubrique=rien", "/sofi/actions?rubrique=actives" })
            Assert.Equal(HttpStatusCode.NotFound, (await poste.GetAsync(address)).Status);
        var alone = await poste.SignInAsync(Role.Redacteur);
        var page = await alone.GetAsync("/sofi");
        page.AssertOk();
        Assert.Equal("Votre compte n’est rattaché à aucun établissement.", page.Text(".message strong"));
        Assert.Empty(page.Document.QuerySelectorAll(".registre, .liste"));
        foreach (var address in new[] { "/sofi/sessions", "/sofi/actions" })
            Assert.Equal(HttpStatusCode.NotFound, (await alone.GetAsync(address)).Status);
        foreach (var role in new[] { Role.Valideur, Role.Region })
        {
            var browser = await poste.SignInAsync(role);
            foreach (var address in new[] { "/sofi", "/sofi/sessions", "/sofi/actions" })
                Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(address)).Status);
        }
    }

    [Theory, EveryDatabase]
    public async Task They_cost_the_same_queries_whatever_the_lines(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var etablissement = poste.Scene.Etablissement.Numero;
        await AddSessionsAsync(poste, etablissement, 1, Today);
        await AddActionAsync(poste, etablissement, EtatAction.EnCoursDeSaisie);
        Assert.Equal(ReadQueries, await CountAsync());
        await AddSessionsAsync(poste, etablissement, 29, Today);
        for (var i = 0; i < 29; i++)
            await AddActionAsync(poste, etablissement, EtatAction.EnCoursDeSaisie, lot: poste.Scene.Lot.Id, onSession: i % 2 == 0);
        Assert.Equal(ReadQueries, await CountAsync());

        async Task<(int Dashboard, int Sessions, int Actions)> CountAsync() =>
            (await poste.QueriesAsync("/sofi?taille=100"), await poste.QueriesAsync("/sofi/sessions?taille=100"),
             await poste.QueriesAsync("/sofi/actions?taille=100"));
    }

    private static readonly (int Dashboard, int Sessions, int Actions) ReadQueries = (7, 5, 5);

    private static List<(string Name, int Number, string Address)> Counters(PageHtml page) =>
    [
        .. page.Document.QuerySelectorAll(".registre .compteur").Select(line => (
            PageHtml.Clean(line.QuerySelector(".compteur-nom")!.TextContent),
            int.Parse(line.QuerySelector(".chiffre")!.TextContent, CultureInfo.InvariantCulture),
            line.GetAttribute("href")!)),
    ];

    /// <summary>Sessions of each kind and on each side of each limit, actions in each state, so many times.</summary>
    private static async Task PopulateAsync(Poste poste, int etablissement, int times)
    {
        var later = new DateOnly(2025, 6, 30);
        for (var i = 0; i < times; i++)
        {
            await AddSessionsAsync(poste, etablissement, 3, later);
            await AddSessionsAsync(poste, etablissement, 1, later, distance: true);
            await AddSessionsAsync(poste, etablissement, 2, later, NatureDispositif.ContratApprentissage);
            await AddSessionsAsync(poste, etablissement, 1, later, NatureDispositif.ContratProfessionnalisation);
            await AddSessionsAsync(poste, etablissement, 1, later, NatureDispositif.FormationInitiale);
            await AddSessionsAsync(poste, etablissement, 2, new DateOnly(2025, 3, 1));
            await AddSessionsAsync(poste, etablissement, 1, Today, NatureDispositif.Autre);
            await AddSessionsAsync(poste, etablissement, 1, new DateOnly(2025, 3, 11), NatureDispositif.Autre);
            await AddSessionsAsync(poste, etablissement, 1, new DateOnly(2025, 3, 12), NatureDispositif.Autre);
            await AddSessionsAsync(poste, etablissement, 2, Today.AddDays(-1), distance: true);
            await AddSessionsAsync(poste, etablissement, 1, new DateOnly(2024, 2, 12), NatureDispositif.FormationInitiale);
            await AddSessionsAsync(poste, etablissement, 1, new DateOnly(2024, 2, 11), NatureDispositif.ContratApprentissage);

            await AddActionAsync(poste, etablissement, EtatAction.EnCoursDeSaisie);
            await AddActionAsync(poste, etablissement, EtatAction.EnCoursDeSaisie);
            await AddActionAsync(poste, etablissement, EtatAction.EnCoursDeSaisie, lot: poste.Scene.Lot.Id);
            await AddActionAsync(poste, etablissement, EtatAction.EnCoursDeSaisie, lot: poste.Scene.Lot.Id, onSession: true);
            await AddActionAsync(poste, etablissement, EtatAction.Refusee);
            await AddActionAsync(poste, etablissement, EtatAction.EnAttenteValidation);
            await AddActionAsync(poste, etablissement, EtatAction.EnAttenteValidation, lot: poste.Scene.Lot.Id);
            await AddActionAsync(poste, etablissement, EtatAction.EnAttenteReponses);
            await AddActionAsync(poste, etablissement, EtatAction.Validee, replaced: true);
            await AddActionAsync(poste, etablissement, EtatAction.Validee);
        }
    }

    private static Task AddSessionsAsync(
        Poste poste, int etablissement, int count, DateOnly end, NatureDispositif nature = NatureDispositif.ProgrammeRegional, bool distance = false,
        string intitule = "Créer son entreprise", string commune = "Nantes") =>
        poste.WriteAsync(async db =>
        {
            var formation = new Formation { EtablissementNumero = etablissement, Fiche = new() { Intitule = intitule }, Recherche = Texte.Fold(intitule) };
            var action = new ActionFormation { FormationNumero = 0, Etat = EtatAction.Validee };
            formation.Actions.Add(action);
            db.Add(formation);
            await db.SaveChangesAsync();
            for (var i = 0; i < count; i++)
            {
                var numero = Interlocked.Increment(ref lastSession);
                db.Add(new SessionPubliee
                {
                    SessionNumero = numero,
                    ActionNumero = action.Numero,
                    FormationNumero = formation.Numero,
                    EtablissementNumero = etablissement,
                    Intitule = intitule,
                    SiteDispensateur = "ORGANISME DE TEST",
                    CommuneLieu = commune,
                    DateDebut = end.AddMonths(-1),
                    DateFin = end,
                    CodesDispositif = Codes.From(["8"]),
                    Programmes = "",
                    Lots = "",
                    ProgrammeRegional = nature == NatureDispositif.ProgrammeRegional,
                    Apprentissage = nature == NatureDispositif.ContratApprentissage,
                    Professionnalisation = nature == NatureDispositif.ContratProfessionnalisation,
                    Initiale = nature == NatureDispositif.FormationInitiale,
                    ADistance = distance,
                    IntituleRecherche = Texte.Fold(intitule),
                    SiteRecherche = "organisme de test",
                    CommuneRecherche = Texte.Fold(commune),
                    DispositifsRecherche = "8",
                    LotsRecherche = "",
                    Recherche = Texte.Fold($"{intitule} ORGANISME DE TEST {commune} {formation.Numero}-{action.Numero}-{numero}"),
                });
            }

            await db.SaveChangesAsync();
        });

    private static Task AddActionAsync(
        Poste poste, int etablissement, EtatAction etat, int? lot = null, bool onSession = false, bool replaced = false) =>
        poste.WriteAsync(db =>
        {
            var formation = new Formation { EtablissementNumero = etablissement, Fiche = new() { Intitule = "Créer" }, Recherche = "creer" };
            var action = new ActionFormation { FormationNumero = 0, Etat = etat, LotId = onSession ? null : lot, CertifinfoRemplace = replaced };
            var session = new SessionFormation { ActionNumero = 0 };
            session.Dispositifs.Add(new() { SessionNumero = 0, CodeDispositif = lot is null ? 9 : 8, LotId = onSession ? lot : null });
            action.Sessions.Add(session);
            formation.Actions.Add(action);
            db.Add(formation);
            return db.SaveChangesAsync();
        });
}
