using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet;

/// <summary>The sessions of a rubric of the dashboard, by FAS code (procedure, page 6); also as a file.</summary>
public class SessionsModel(UtilisateurCourant courant, TableauDeBordService tableau, TimeProvider clock) : PageModel
{
    /// <summary>Rubric shown.</summary>
    public Rubrique<SessionPubliee> Choisie { get; private set; } = Rubriques.Sessions[0];

    /// <summary>Its sessions, one page.</summary>
    public PageListe<LigneSession> Sessions { get; private set; } = null!;

    /// <summary>Today, in France.</summary>
    public DateOnly Aujourdhui { get; } = clock.Today();

    public async Task<IActionResult> OnGetAsync(string? rubrique, string? export, ListeParametres liste, CancellationToken cancellation)
    {
        if (courant.Value.EtablissementCourant is not { } etablissement || Find(rubrique) is not { } found) return NotFound();
        Choisie = found;
        var lignes = tableau.Lignes(etablissement, found).Matching(liste, s => s.Publiee.Recherche);
        var colonnes = ColonnesOf(Aujourdhui);
        if (export is not null) return new ExportListe<LigneSession>(export, "sessions-" + found.Cle, Exportees(Aujourdhui), lignes.ToWhole(liste, colonnes));
        Sessions = await lignes.ToPageAsync(liste, colonnes, cancellation);
        return Page();
    }

    /// <summary>How the columns sort and filter on a day.</summary>
    internal static ColonnesListe<LigneSession> ColonnesOf(DateOnly day) => new ColonnesListe<LigneSession>(l => l.Publiee.SessionNumero, "fin")
        .By("fas", l => l.Publiee.SessionNumero).Words("fas", l => l.Publiee.Recherche)
        .By("intitule", l => l.Publiee.IntituleRecherche).Words("intitule", l => l.Publiee.IntituleRecherche)
        .By("site", l => l.Publiee.SiteRecherche).Words("site", l => l.Publiee.SiteRecherche)
        .By("commune", l => l.Publiee.CommuneRecherche).Words("commune", l => l.Publiee.CommuneRecherche)
        .By("debut", l => l.Publiee.DateDebut).Day("debut", l => l.Publiee.DateDebut)
        .By("fin", l => l.Publiee.DateFin).Day("fin", l => l.Publiee.DateFin)
        .By("dispositif", l => l.Publiee.DispositifsRecherche).Words("dispositif", l => l.Publiee.DispositifsRecherche)
        .By("ai", l => l.Publiee.DateFin < day)
        .OneOf("ai", [new("actif", "Actif"), new("inactif", "Inactif")], value => value == "actif" ? l => l.Publiee.DateFin >= day : l => l.Publiee.DateFin < day)
        .By("lot", l => l.Publiee.LotsRecherche).Words("lot", l => l.Publiee.LotsRecherche)
        .By("saisie", l => l.Etat).OneOf("saisie", ActionsModel.Etats, value =>
        {
            var etat = Enum.Parse<EtatAction>(value);
            return l => l.Etat == etat;
        });

    /// <summary>"Actif" or "Inactif" (decision 28).</summary>
    public static string ActifOuInactif(SessionPubliee session, DateOnly day) => session.DateFin >= day ? "Actif" : "Inactif";

    private static Rubrique<SessionPubliee>? Find(string? key) => key is null ? Rubriques.Sessions[0] : Rubriques.Sessions.FirstOrDefault(r => r.Cle == key);

    private static IReadOnlyList<ColonneExport<LigneSession>> Exportees(DateOnly day) =>
    [
        new("Code FAS", l => l.Publiee.CodeFas), new("Intitulé formation", l => l.Publiee.Intitule), new("Site dispensateur", l => l.Publiee.SiteDispensateur),
        new("Commune lieu", l => l.Publiee.CommuneLieu), new("Date début", l => $"{l.Publiee.DateDebut:dd/MM/yyyy}"),
        new("Date fin", l => $"{l.Publiee.DateFin:dd/MM/yyyy}"), new("Code dispositif", l => string.Join(", ", l.Publiee.CodesDispositif)),
        new("Etat A/I", l => ActifOuInactif(l.Publiee, day)), new("Programme", l => l.Publiee.Programmes), new("Lot", l => l.Publiee.Lots),
        new("État de la saisie", l => Listes.EtatsAction.Libelle(l.Etat.ToString())), new("En ligne depuis", l => $"{l.EnLigneDepuis?.ToCivilDate():dd/MM/yyyy}"),
    ];
}
