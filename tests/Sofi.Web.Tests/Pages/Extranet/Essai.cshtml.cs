using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Web.Composants;

namespace Sofi.Web.Tests.Pages.Extranet;

/// <summary>A fiche with a field of each kind.</summary>
public sealed record FicheEssai
{
    [Champ("ESS-LIGNE", "Intitulé", Etoile = true, Longueur = 255)]
    public string? Ligne { get; init; }

    [Champ("ESS-COURRIEL", "Mail de liaison", Longueur = 254, Forme = Forme.Courriel, Aide = "Exemple : nom@organisme.fr.")]
    public string? Courriel { get; init; }

    [Champ("ESS-DATE", "Date début", Etoile = true, Aide = "Exemple : 10/03/2025.")]
    public DateOnly? Date { get; init; }

    [Champ("ESS-HEURE", "Heure de début")]
    public TimeOnly? Heure { get; init; }

    [Champ("ESS-ENTIER", "Durée en centre (en h)", Etoile = true, Unite = "h")]
    public int? Entier { get; init; }

    [Champ("ESS-MONTANT", "Frais HT", Unite = "€")]
    public decimal? Montant { get; init; }

    [Champ("ESS-NIVEAU", "Niveau d'entrée", Etoile = true, Liste = nameof(Listes.Niveaux))]
    public string? Niveau { get; init; }

    [Champ("ESS-PARCOURS", "Type de parcours", Liste = nameof(Listes.TypeParcours))]
    public string? Parcours { get; init; } = Listes.ParcoursInconnu;

    [Champ("ESS-LIEU", "Site lieu", Ouverte = ListeOuverte.Lieux)]
    public int? Lieu { get; init; }

    [Champ("ESS-RECRUTEMENT", "Recrutement", Etoile = true, Liste = nameof(Listes.EtatRecrutement), Radio = true)]
    public string? Recrutement { get; init; } = Listes.RecrutementOuvert;

    [Champ("ESS-MODALITES", "Modalité de recrutement", Etoile = true, Liste = nameof(Listes.ModalitesRecrutement), Aide = "Une ou plusieurs modalités à sélectionner.")]
    public Codes Modalites { get; init; } = Codes.Aucun;

    [Champ("ESS-PUBLICS", "Publics", Ouverte = ListeOuverte.Publics)]
    public Codes Publics { get; init; } = Codes.Aucun;

    [Champ("ESS-FORMACODES", "Formacodes", Ouverte = ListeOuverte.Formacodes)]
    public Codes Formacodes { get; init; } = Codes.Aucun;

    [Champ("ESS-TEXTE", "Objectifs", Longueur = 3000, Forme = Forme.Texte, Lignes = 5)]
    public string? Texte { get; init; }

    [Champ("ESS-VERROUILLE", "Organisme responsable")]
    public string? Verrouille { get; init; } = "36364 - CARIFOREF DES PAYS DE LA LOIRE - Principal";
}

/// <summary>A line of the example list.</summary>
public sealed record LigneEssai(int Code, string? Nom);

/// <summary>Shows each component once: what the tests of components read, send and look at.</summary>
public class EssaiModel : PageModel
{
    private static readonly LigneEssai[] All = [.. Enumerable.Range(1, 42).Select(i => new LigneEssai(i, i == 42 ? null : $"Ligne n° {(i * 7) % 43:00} é"))];
    private static readonly Dictionary<string, string> KnownFormacodes = new() { ["32047"] = "32047 Création entreprise", ["32048"] = "32048 Reprise entreprise", ["35054"] = "35054 Secrétariat" };

    [BindProperty]
    public FicheEssai Fiche { get; set; } = new();

    public ContexteFiche Contexte { get; } = new();

    public PageListe<LigneEssai> Lignes { get; private set; } = null!;

    public PageListe<LigneEssai> Autres { get; private set; } = null!;

    public IReadOnlyList<Marche> Marches { get; } =
    [
        new("Formation") { Code = "24817", Detail = "Actions de formation", Ton = Ton.Fait, Etat = "Complète", Adresse = "/essai" },
        new("Action") { Code = "112604", Detail = "Nantes", Ton = Ton.Faire, Etat = "3 à compléter", Adresse = "/essai", Courante = true },
        new("Session"),
        new("Dispositif"),
    ];

    public void OnGet(ListeParametres liste, [FromQuery(Name = "autre")] ListeParametres autre) => Prepare(liste, autre);

    public IActionResult OnPost(ListeParametres liste, [FromQuery(Name = "autre")] ListeParametres autre, string? action)
    {
        Prepare(liste, autre);
        if (!ModelState.IsValid || action?.StartsWith("chercher-", StringComparison.Ordinal) == true) return Page();
        this.Announce("Enregistré : " + Fiche);
        return RedirectToPage();
    }

    private void Prepare(ListeParametres liste, ListeParametres autre)
    {
        var tris = new ColonnesListe<LigneEssai>(l => l.Code).By("code", l => l.Code).By("nom", l => l.Nom);
        Lignes = All.ToPage(liste, tris, l => $"{l.Code} {l.Nom}");
        var filtrees = new ColonnesListe<LigneEssai>(l => l.Code).By("nom", l => l.Nom).Words("nom", l => Sofi.Core.Data.Texte.Fold(l.Nom))
            .By("parite", l => l.Code % 2).OneOf("parite", [new("paire", "Paire"), new("impaire", "Impaire")], value => value == "paire" ? l => l.Code % 2 == 0 : l => l.Code % 2 == 1);
        Autres = All.Take(3).ToPage(autre, filtrees, l => l.Nom ?? "");
        Contexte.Listes[ListeOuverte.Lieux] = [new Choix("36364", "36364 - CARIFOREF DES PAYS DE LA LOIRE - Principal")];
        Contexte.Listes[ListeOuverte.Publics] = [new Choix("82025", "Demandeur d’emploi"), new Choix("80010", "Salarié"), new Choix("81042", "Créateur d’entreprise")];
        var asked = Sofi.Core.Data.Texte.Fold(Request.HasFormContentType ? Request.Form["RechercheFormacodes"] : "");
        Contexte.Listes[ListeOuverte.Formacodes] =
        [
            .. KnownFormacodes.Where(f => Fiche.Formacodes.Contains(f.Key) || (asked.Length > 0 && Sofi.Core.Data.Texte.Fold(f.Value).Contains(asked))).Select(f => new Choix(f.Key, f.Value)),
        ];
        Contexte.LectureSeule["Fiche.Verrouille"] = "Le mandataire du lot : fixé par la Région, non modifiable.";
        Contexte.AFaire["Fiche.Modalites"] = ["Modalité de recrutement : cochez au moins une modalité."];
        Contexte.Conseils["Fiche.Entier"] = ["Durée en centre (en h) : le programme attend 200 h."];
    }
}
