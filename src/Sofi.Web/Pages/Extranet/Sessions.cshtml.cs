using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Offre;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet;

/// <summary>The sessions of a rubric of the dashboard, by FAS code (procedure, page 6).</summary>
public class SessionsModel(UtilisateurCourant courant, TableauDeBordService tableau) : PageModel
{
    /// <summary>Columns that sort.</summary>
    internal static readonly Tris<SessionPubliee> Tris = new Tris<SessionPubliee>(s => s.SessionNumero, "fin")
        .By("fas", s => s.SessionNumero)
        .By("intitule", s => s.Recherche)
        .By("site", s => s.SiteDispensateur)
        .By("commune", s => s.CommuneLieu)
        .By("debut", s => s.DateDebut)
        .By("fin", s => s.DateFin);

    /// <summary>Rubric shown.</summary>
    public Rubrique<SessionPubliee> Choisie { get; private set; } = Rubriques.Sessions[0];

    /// <summary>Its sessions, one page.</summary>
    public PageListe<SessionPubliee> Sessions { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string? rubrique, ListeParametres liste, CancellationToken cancellation)
    {
        if (courant.Value.EtablissementCourant is not { } etablissement || Find(rubrique) is not { } found) return NotFound();
        Choisie = found;
        Sessions = await tableau.Sessions(etablissement, found).Matching(liste, s => s.Recherche).ToPageAsync(liste, Tris, cancellation);
        return Page();
    }

    private static Rubrique<SessionPubliee>? Find(string? key) => key is null ? Rubriques.Sessions[0] : Rubriques.Sessions.FirstOrDefault(r => r.Cle == key);
}
