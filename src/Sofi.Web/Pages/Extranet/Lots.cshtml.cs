using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Offre;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet;

/// <summary>The lots of which the current établissement is mandataire: quota, and what each formateur entered (decision 7).</summary>
public class LotsModel(UtilisateurCourant courant, LotsService lots) : PageModel
{
    /// <summary>The lots.</summary>
    public IReadOnlyList<LotSuivi> Lots { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        if (courant.Value.EtablissementCourant is { } etablissement) Lots = await lots.MandatesOfAsync(etablissement, cancellation);
    }
}
