using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Offre;
using Sofi.Core.Validation;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Region;

/// <summary>An offer of the Région's programmes as it was last sent, read only.</summary>
public class OffreModel(UtilisateurCourant courant, ValidationService validation) : PageModel
{
    /// <summary>The offer as the last sending holds it, with the sessions of the Région alone.</summary>
    public EtatSaisie Saisie { get; private set; } = null!;

    public async Task OnGetAsync(int a, CancellationToken cancellation)
    {
        var sent = (await validation.LastOfAsync(a, cancellation))!;
        var etat = (await validation.ReviewAsync(sent.Id, cancellation))!.Etat;
        Saisie = etat with { Action = etat.Action.VisibleTo(courant.Value) };
    }
}
