using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Validation;

namespace Sofi.Web.Pages.Region;

/// <summary>An offer of the Région's programmes, read only.</summary>
public class OffreModel(EnvoiService envoi) : PageModel
{
    /// <summary>The offer as the saisie holds it.</summary>
    public EtatSaisie Saisie { get; private set; } = null!;

    public async Task OnGetAsync(int a, CancellationToken cancellation) => Saisie = (await envoi.EtatAsync(a, cancellation))!;
}
