using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Programmes;
using Sofi.Web.Composants;

namespace Sofi.Web.Pages.Cariforef.Administration;

/// <summary>The Région's programmes, and what the Cariforef has settled for each.</summary>
public class ProgrammesModel(ProgrammeService programmes) : PageModel
{
    private static readonly ColonnesListe<ProgrammeListe> Tris = new ColonnesListe<ProgrammeListe>(p => p.Code, "-annee")
        .By("annee", p => p.Programme == null ? null : p.Programme.Annee)
        .By("code", p => p.Code)
        .By("intitule", p => p.Programme == null ? null : p.Programme.Intitule)
        .By("lots", p => p.NbLots)
        .By("reglages", p => p.NbReglages);

    /// <summary>Programmes, one page.</summary>
    public PageListe<ProgrammeListe> Programmes { get; private set; } = null!;

    public async Task OnGetAsync(ListeParametres liste, CancellationToken cancellation) =>
        Programmes = (await programmes.ListAsync(cancellation)).ToPage(liste, Tris, p => $"{p.Code} {p.Programme?.Intitule} {p.Programme?.Annee}");
}
