using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet;

/// <summary>Tableau de bord (procedure, page 5): the counters of the current établissement, and its active sessions by FAS code.</summary>
public class TableauDeBordModel(UtilisateurCourant courant, TableauDeBordService tableau, TimeProvider clock) : PageModel
{
    /// <summary>Counters by key of their rubric.</summary>
    public IReadOnlyDictionary<string, int> Compteurs { get; private set; } = new Dictionary<string, int>();

    /// <summary>Sessions actives, one page.</summary>
    public PageListe<LigneSession> Sessions { get; private set; } = null!;

    /// <summary>Today, in France.</summary>
    public DateOnly Aujourdhui { get; private set; }

    public async Task<IActionResult> OnGetAsync(ListeParametres liste, CancellationToken cancellation)
    {
        Aujourdhui = clock.Today();
        if (courant.Value.EtablissementCourant is not { } etablissement) return Page();
        Compteurs = await tableau.CountAsync(etablissement, cancellation);
        Sessions = await tableau.Lignes(etablissement, Rubriques.Sessions[0]).Matching(liste, s => s.Publiee.Recherche)
            .ToPageAsync(liste, SessionsModel.ColonnesOf(Aujourdhui), cancellation);
        return Page();
    }
}
