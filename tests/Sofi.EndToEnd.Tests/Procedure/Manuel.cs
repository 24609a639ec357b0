using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sofi.Core.Installation.Demonstration;
using static Microsoft.Playwright.Assertions;

namespace Sofi.EndToEnd.Tests.Procedure;

/// <summary>
/// The manual "Procédure de saisie Sofi – Pass entreprendre en Pays de la Loire – Formation" (February 2025), walked page by page with its own values:
/// lot PE2025_12, CertifInfo 93561, the place Principal of 36364, two hundred hours. From the public home to a validated session in the list.
/// Each page must fit the screen and leaves its picture in <c>artifacts/captures</c>.
/// </summary>
/// <param name="visit">Opens a browser window of its own for a person.</param>
/// <param name="hands">How that person acts.</param>
/// <param name="captures">First word of the pictures' names: no two walks share one.</param>
public sealed partial class Manuel(Func<Task<Visite>> visit, Func<IPage, IHands> hands, string captures)
{
    private const string Dispensateur = "13000511900032 - 36364 - CARIFOREF DES PAYS DE LA LOIRE - Nantes";
    private const string Lieu = "36364 - CARIFOREF DES PAYS DE LA LOIRE - Principal";
    private const string Contact = "1902, auto saisie - 36364, CARIFOREF DES PAYS DE LA LOIRE, SIRET 13000511900032";
    private const string Programme = "PROGRAMME REGION - Pass entreprendre Pays de la Loire - Formation";
    private const string Lot = "PE2025_12 - Lot 12 - Formations à la création-reprise d'entreprise en Loire-Atlantique";
    private const string Intitule = "Actions de formation dispensées aux créateurs et repreneurs d'entreprise";

    private Visite visite = null!;
    private IHands main = null!;
    private string fas = "";
    private int pictures;

    private IPage Page => visite.Page;

    /// <summary>The walk of the manual, then that of the Cariforef, then back.</summary>
    public async Task WalkAsync()
    {
        await using (visite = await visit())
        {
            main = hands(Page);
            await SignInAsync("redacteur@demo.test");
            await ReadDashboardAsync();
            await ChooseEtablissementAsync();
            await CreateFormationAsync();
            await ReadFicheFormationAsync();
            await FillFicheActionAsync();
            await FillFicheSessionAsync();
            await FillFicheDispositifAsync();
            await CompleteAsync();
            await SendAsync();
        }

        await using (visite = await visit())
        {
            main = hands(Page);
            await SignInAsync("valideur@demo.test");
            await ValidateAsync();
        }

        await using (visite = await visit())
        {
            main = hands(Page);
            await SignInAsync("redacteur@demo.test");
            await FindSessionAsync();
        }
    }

    /// <summary>Page 4: "Connectez-vous […] dans la rubrique Formation/Sofi, organismes de formation".</summary>
    private async Task SignInAsync(string email)
    {
        await visite.GoAsync("/");
        await ArriveAsync("L’offre de formation professionnelle des Pays de la Loire", "accueil");
        await PressAsync("Formation / Sofi, organismes de formation");
        await ArriveAsync("Connexion", "connexion");
        await main.FillAsync(visite.Field("Email"), email);
        await main.FillAsync(visite.Field("Mot de passe"), DemonstrationSet.MotDePasse);
        await PressAsync("Se connecter");
    }

    /// <summary>Page 5: the thirteen counters, in the manual's words.</summary>
    private async Task ReadDashboardAsync()
    {
        await ArriveAsync("Tableau de bord", "tableau-de-bord");
        await Expect(Page.Locator("section[aria-labelledby=t-sessions] .compteur-nom")).ToHaveTextAsync(
        [
            "Sessions de formation actives", "Sessions de formation initiales actives", "Sessions de formation inactives dans moins d’un mois",
            "Sessions de formation inactives", "Sessions de formation du programme région", "Sessions de formation en contrat d’apprentissage",
            "Sessions de formation en contrat de professionnalisation", "Sessions de formation ouvertes à distance",
        ]);
        await Expect(Page.Locator("section[aria-labelledby=t-actions] .compteur-nom")).ToHaveTextAsync(
        [
            "Actions de formation en cours de saisie", "Actions de formation publique en cours de saisie",
            "Actions de formation en attente de validation par CARIF-OREF", "Actions de formation en attente de réponses",
            "Actions de formation dont le code Certifinfo a été remplacé par le CARIF-OREF",
        ]);
    }

    /// <summary>Page 7: "choisissez dans un premier temps [l'établissement] dans la liste déroulante qui apparaît sous votre nom".</summary>
    private async Task ChooseEtablissementAsync()
    {
        var current = Page.Locator(".identite-site");
        foreach (var (siret, shown) in new[] { ("13000511999018", "Angers"), ("13000511900032", "Nantes") })
        {
            await main.PressAsync(current);
            await main.PressAsync(Page.Locator("#etablissements button").Filter(new() { HasText = Spaced(siret) }));
            await Expect(current).ToContainTextAsync($"{shown} · SIRET {Spaced(siret)}");
        }
    }

    /// <summary>Page 7: Formations > Formations publiques, the lot, then the CertifInfo code and the magnifier.</summary>
    private async Task CreateFormationAsync()
    {
        if (await Page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true }).IsVisibleAsync()) await PressAsync("Menu");
        await main.PressAsync(Page.Locator("#menu summary", new() { HasText = "Formations" }));
        await PressAsync("Formations publiques");
        await ArriveAsync("Formations publiques", "formations-publiques");
        await SeeAsync("Organisme", Dispensateur);
        await main.ChooseAsync(visite.Field("Programme"), Programme);
        await Expect(visite.Field("Intitulé du lot").Locator("option", new() { HasText = "PE2025_12" })).ToHaveTextAsync(Lot);
        await Expect(visite.Field("Mandataire").Locator("option:checked")).ToHaveTextAsync("386 - CARIFOREF DES PAYS DE LA LOIRE");
        await Expect(visite.Field("Site de réalisation").Locator("option:checked")).ToHaveTextAsync(Lieu);
        await PressAsync("Suivant");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Référence Certifinfo" })).ToBeVisibleAsync();
        await main.CheckAsync(Choice("La formation a une référence Certifinfo", "Oui"));
        await main.FillAsync(Page.GetByRole(AriaRole.Searchbox, new() { Name = "Code Certifinfo" }), "93561");
        await visite.AssertFitsAsync();
        await CaptureAsync("formations-publiques-certifinfo");
        await PressAsync("Rechercher");
    }

    /// <summary>Page 8: what CertifInfo gives, read-only; no bloc, no action yet.</summary>
    private async Task ReadFicheFormationAsync()
    {
        await ArriveAsync("Fiche Formation", "fiche-formation");
        await Expect(Page.Locator(".tete-page .code")).ToHaveTextAsync(["Formation 0", "CertifInfo 93561"]);
        await SeeAsync("Intitulé", Intitule);
        await SeeAsync("Objectif général", "Certification");
        await SeeAsync("Type de certification", "Autre certification sans niveau spécifique");
        await SeeAsync("Niveau de sortie", "Sans niveau spécifique");
        await SeeAsync("Souhaitez-vous individualiser le parcours par bloc de compétences", "Non");
        await SeeAsync("Validation de la formation", "Totale");
        var blocs = Page.GetByRole(AriaRole.Table, new() { Name = "Blocs de compétences" });
        await Expect(blocs.GetByRole(AriaRole.Columnheader)).ToHaveTextAsync(["Choisir", "Type module", "Intitulé module", "Objectif", "Programme"]);
        await Expect(blocs).ToContainTextAsync("Aucun résultat trouvé");
        await Expect(Page.Locator("#blocs")).ToContainTextAsync("Voir 0 sur 0 du 0 résultats");
        await Expect(Page.Locator("#fiche :is(input, select, textarea):visible:not([type=search]):not([name$=taille])")).ToHaveCountAsync(0);
        await PressAsync("Étape suivante");
    }

    /// <summary>Page 9: the Site dispensateur and the programme's texts are there; a complement and an equipment are typed.</summary>
    private async Task FillFicheActionAsync()
    {
        await ArriveAsync("Fiche Action", "fiche-action");
        await SeeAsync("Site dispensateur", Dispensateur);
        await Expect(visite.Field("Niveau d’entrée").Locator("option:checked")).ToHaveTextAsync("Sans niveau spécifique");
        await Expect(visite.Field("Commentaire Pré-requis")).ToHaveValueAsync("Pré-requis : Maîtriser les compétences générales et professionnelles, "
            + "posséder la qualification professionnelle nécessaire à la future activité.\nPublic visé : Demandeurs d'emploi ayant un projet de création/reprise d'entreprise.");
        await main.FillAsync(visite.Field("Mon + formation"), "Un accompagnement individuel jusqu’à l’immatriculation.");
        await main.ChooseAsync(visite.Field("Type d’équipement"), "Équipement numérique");
        await PressAsync("Ajouter à la liste");
        await SeeSavedAsync();
        await Expect(Page.GetByRole(AriaRole.Table, new() { Name = "Équipements" })).ToContainTextAsync("Équipement numérique");
        await CaptureAsync("fiche-action-enregistree");
        await PressAsync("Étape suivante");
    }

    /// <summary>Page 10: what the programme expects is there; the dates are typed, the hours and the modalité de recrutement are left out on purpose.</summary>
    private async Task FillFicheSessionAsync()
    {
        await ArriveAsync("Fiche Session", "fiche-session");
        await Expect(visite.Field("Site lieu").Locator("option:checked")).ToHaveTextAsync(Lieu);
        await Expect(visite.Field("ESP").Locator("option:checked")).ToHaveTextAsync("Entrée/sortie à dates fixes");
        await Expect(visite.Field("Rythmes").Locator("option:checked")).ToHaveTextAsync("Temps plein");
        await Expect(visite.Field("Type de parcours").Locator("option:checked")).ToHaveTextAsync("Mixte");
        await Expect(visite.Field("Modalités d’enseignement").Locator("option:checked")).ToHaveTextAsync("Formation en présentiel");
        await Expect(Choice("Modalités pédagogiques", "En établissement de formation")).ToBeCheckedAsync();
        await Expect(Choice("Modalités pédagogiques", "En entreprise")).ToBeCheckedAsync();
        await Expect(Choice("Recrutement", "Ouvert")).ToBeCheckedAsync();
        await SeeAsync("Organisme responsable", Lieu);
        await Expect(Page.Locator("#description")).ToContainTextAsync("La session doit obligatoirement débuter en 2025.");
        await main.FillAsync(visite.Field("Date début"), "10/03/2025");
        await main.FillAsync(visite.Field("Date fin"), "18/04/2025");
        await main.CheckAsync(Choice("Périodes de formations", "Cours de jour"));
        await main.FillAsync(visite.Field("Durée en entreprise (en h)"), "0");
        await main.ChooseAsync(visite.Field("Référent PMR"), Contact);
        await main.ChooseAsync(visite.Field("Référent mobilité"), Contact);
        await PressAsync("Étape suivante");
    }

    /// <summary>Page 11: the programme's values are there, read-only; "Enregistrer" works with the seats left blank.</summary>
    private async Task FillFicheDispositifAsync()
    {
        await ArriveAsync("Fiche Dispositif", "fiche-dispositif");
        await SeeAsync("Dispositif", Programme);
        await SeeAsync("Publics", "Demandeur d'emploi");
        await SeeAsync("Codes externes", "Numéro lot CR - PE2025_12 ID Action CR - 4259 OF Mandataire CR - 386");
        await Expect(Choice("Prise en charge des frais pédagogiques", "Oui")).ToBeCheckedAsync();
        await main.FillAsync(visite.Field("Frais HT"), "1600");
        await PressAsync("Enregistrer");
        await SeeSavedAsync();
        await PressAsync("Actions de formation en cours de saisie");
        await ArriveAsync("Actions de formation en cours de saisie", "actions-en-cours");
        await main.PressAsync(Page.GetByRole(AriaRole.Link, new() { NameRegex = OfAction() }));
    }

    /// <summary>Page 11, "État de la saisie": each fault leads to its very field, until nothing is missing.</summary>
    private async Task CompleteAsync()
    {
        await ArriveAsync("État de la saisie", "etat-de-la-saisie-incomplet");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Envoyer en validation" })).ToBeDisabledAsync();
        await FollowAsync("Durée en centre", visite.Field("Durée en centre (en h)"));
        await main.FillAsync(visite.Field("Durée en centre (en h)"), "200");
        await Expect(Page.Locator("output[data-somme]")).ToHaveTextAsync("200 h");
        await SaveAndReturnAsync();
        await FollowAsync("Modalité de recrutement", Page.Locator("#Fiche_ModalitesRecrutement"));
        await main.CheckAsync(Choice("Modalité de recrutement", "Information collective"));
        await main.FillAsync(visite.Field("Date de l’information collective"), "27/02/2025");
        await main.FillAsync(visite.Field("Heure de début"), "9 h 30");
        await main.FillAsync(visite.Field("Lieu"), "1 rue de l’Exemple, 44000 Nantes");
        await main.PressAsync(Page.Locator("#informations").GetByRole(AriaRole.Button, new() { Name = "Ajouter à la liste" }));
        await SeeSavedAsync();
        await Expect(Page.GetByRole(AriaRole.Table, new() { Name = "Informations collectives" })).ToContainTextAsync("27/02/2025");
        await main.PressAsync(Page.Locator("#inscriptions summary"));
        await main.ChooseAsync(visite.Field("Type de période"), "Inscription");
        await main.FillAsync(visite.Field("Début de la période"), "13/02/2025");
        await main.FillAsync(visite.Field("Fin de la période"), "07/03/2025");
        await main.PressAsync(Page.Locator("#inscriptions").GetByRole(AriaRole.Button, new() { Name = "Ajouter à la liste" }));
        await SeeSavedAsync();
        await Expect(Page.GetByRole(AriaRole.Table, new() { Name = "Périodes d’inscription" })).ToContainTextAsync("07/03/2025");
        await CaptureAsync("fiche-session-complete");
        await SaveAndReturnAsync();
        await FollowAsync("Nb places dispositif", visite.Field("Nb places dispositif"));
        await main.FillAsync(visite.Field("Nb places dispositif"), "12");
        await SaveAndReturnAsync();
        await Expect(Page.Locator(".controle a", new() { HasText = "Compléter" })).ToHaveCountAsync(0);
    }

    /// <summary>Page 11: the récapitulatif is read and sent.</summary>
    private async Task SendAsync()
    {
        await CaptureAsync("etat-de-la-saisie-complet");
        fas = (await Page.Locator(".lecture-offre .code").First.InnerTextAsync()).Trim();
        Assert.Matches(CodeFas(), fas);
        await PressAsync("Envoyer en validation");
        await Expect(Page.Locator(".message", new() { HasText = "Envoyée au Cariforef le 12/02/2025" })).ToBeVisibleAsync();
        await visite.AssertFitsAsync();
        await CaptureAsync("etat-de-la-saisie-envoye");
        await visite.GoAsync("/sofi");
        await Expect(Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Actions de formation en attente de validation par CARIF-OREF 1") })).ToBeVisibleAsync();
    }

    /// <summary>The Cariforef's desk: the queue, the review, "Valider".</summary>
    private async Task ValidateAsync()
    {
        await ArriveAsync("File de validation", "file-de-validation");
        await main.PressAsync(Page.GetByRole(AriaRole.Link, new() { Name = fas.Split('-')[1], Exact = true }));
        await ArriveAsync(Intitule, "validation");
        await Expect(Page.Locator(".lecture-offre")).ToContainTextAsync(["CertifInfo 93561", Dispensateur, "Date début10/03/2025"]);
        await PressAsync("Valider");
        await ArriveAsync("File de validation", "file-de-validation-repondue");
        await Expect(Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("est validée : elle est en ligne");
    }

    /// <summary>Page 6: the session listed under its code FAS, its number in bold, active, dispositif 8.</summary>
    private async Task FindSessionAsync()
    {
        await ArriveAsync("Tableau de bord", "tableau-de-bord-session-en-ligne");
        var list = Page.GetByRole(AriaRole.Table, new() { NameRegex = new("^Sessions - Sessions de formation actives 1 résultat") });
        var row = list.GetByRole(AriaRole.Row).Filter(new() { HasText = fas });
        await Expect(row.Locator("[role=rowheader], [role=cell]")).ToHaveTextAsync([fas, Intitule, "CARIFOREF DES PAYS DE LA LOIRE", "Nantes", "10/03/2025", "18/04/2025", "8", "Actif"]);
        await Expect(row.Locator("strong")).ToHaveTextAsync(fas.Split('-')[2]);
    }

    private Task PressAsync(string name) => main.PressAsync(visite.Control(name));

    /// <summary>Waits for the page of this title; it must fit the screen.</summary>
    private async Task ArriveAsync(string title, string capture)
    {
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = title, Exact = true })).ToBeVisibleAsync();
        await visite.AssertFitsAsync();
        await CaptureAsync(capture);
    }

    private Task CaptureAsync(string name) => visite.CaptureAsync($"{captures}-{++pictures:00}-{name}");

    /// <summary>The procedure's sentence after "Enregistrer".</summary>
    private Task SeeSavedAsync() => Expect(Page.GetByRole(AriaRole.Status).First)
        .ToHaveTextAsync("Votre saisie est sauvegardée dans la rubrique Actions de formation en cours de saisie de votre tableau de bord.");

    /// <summary>A value that cannot be changed here, under its label.</summary>
    private Task SeeAsync(string label, string value) =>
        Expect(Page.Locator(".champ-lecture", new() { Has = Page.Locator(".libelle").GetByText(LabelOf(label)) }).Locator(".valeur"))
            .ToHaveTextAsync(value, new() { UseInnerText = true });

    private static Regex LabelOf(string label) => new($"^\\s*{Regex.Escape(label)}\\s*\\*?\\s*$");

    private ILocator Choice(string group, string choice) =>
        Page.Locator("fieldset", new() { Has = Page.Locator("legend").GetByText(new Regex($"^\\s*{Regex.Escape(group)}\\s*(\\*|$)")) }).GetByLabel(choice, new() { Exact = true });

    /// <summary>Follows the link of a fault: the focus lands on its field.</summary>
    private async Task FollowAsync(string fault, ILocator field)
    {
        await main.PressAsync(Page.Locator(".controle > li").Filter(new() { HasText = fault }).GetByRole(AriaRole.Link));
        await Expect(field).ToBeFocusedAsync();
        await CaptureAsync("defaut");
    }

    private async Task SaveAndReturnAsync()
    {
        await main.PressAsync(Page.Locator(".barre-bas").GetByRole(AriaRole.Button, new() { NameRegex = new("^État") }));
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "État de la saisie" })).ToBeVisibleAsync();
        await visite.AssertFitsAsync();
    }

    private static string Spaced(string siret) => $"{siret[..3]}\u00A0{siret[3..6]}\u00A0{siret[6..9]}\u00A0{siret[9..]}";

    [GeneratedRegex("^État de la saisie de l’action")]
    private static partial Regex OfAction();

    [GeneratedRegex(@"^\d+-\d+-\d+$")]
    private static partial Regex CodeFas();
}
