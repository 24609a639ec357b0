using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Validation;
using Sofi.Web.Composants;

namespace Sofi.Web.Pages.Cariforef;

/// <summary>File de validation: what waits for the Cariforef, oldest first.</summary>
public class ValidationsModel(ValidationService validation) : PageModel
{
    private static readonly ColonnesListe<Soumission> Tris = new ColonnesListe<Soumission>(s => s.Id, "envoyee")
        .By("action", s => s.ActionNumero)
        .By("intitule", s => s.Recherche)
        .By("organisme", s => s.Organisme)
        .By("programme", s => s.Programme)
        .By("lot", s => s.Lot)
        .By("envoyee", s => s.EnvoyeeLe);

    /// <summary>Submissions that wait, one page.</summary>
    public PageListe<Soumission> Envois { get; private set; } = null!;

    public async Task OnGetAsync(ListeParametres liste, CancellationToken cancellation) =>
        Envois = await validation.Queue().Matching(liste, s => s.Recherche).ToPageAsync(liste, Tris, cancellation);
}
