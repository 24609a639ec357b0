using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Validation;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Region;

/// <summary>An offer of the Région's programmes, read only.</summary>
public class OffreModel(UtilisateurCourant courant, EnvoiService envoi) : PageModel
{
    /// <summary>The offer as the saisie holds it.</summary>
    public EtatSaisie Saisie { get; private set; } = null!;

    public async Task OnGetAsync(int a, CancellationToken cancellation) => Saisie = (await envoi.EtatAsync(a, courant.Value, cancellation))!;
}
