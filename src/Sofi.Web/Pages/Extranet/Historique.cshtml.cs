using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Validation;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet;

/// <summary>Who changed what, and when, on an action and its sessions. Its own organisme reads it; a mandataire does not.</summary>
public class HistoriqueModel(UtilisateurCourant courant, EnvoiService envoi, HistoriqueService historique) : PageModel
{
    /// <summary>The action as it stands.</summary>
    public EtatSaisie Saisie { get; private set; } = null!;

    /// <summary>What was done, the latest first.</summary>
    public IReadOnlyList<(Processus Processus, IReadOnlyList<Evenement> Evenements)> Lignes { get; private set; } = [];

    /// <summary>Page shown.</summary>
    public int Numero { get; private set; }

    /// <summary>Last page.</summary>
    public int Dernier { get; private set; }

    public async Task<IActionResult> OnGetAsync(int a, [FromQuery(Name = "page")] int? numero, CancellationToken cancellation)
    {
        Saisie = (await envoi.EtatAsync(a, courant.Value, cancellation))!;
        if (!courant.Value.CanEdit(Saisie.Action.Offre.Formation.Dispensateur.Numero)) return NotFound();
        Numero = Math.Max(1, numero ?? 1);
        (Lignes, var total) = await historique.ReadAsync(a, Saisie.Action.Offre.Formation.Numero, Numero, cancellation);
        Dernier = Math.Max(1, (total + HistoriqueService.Taille - 1) / HistoriqueService.Taille);
        return Numero > Dernier ? NotFound() : Page();
    }
}
