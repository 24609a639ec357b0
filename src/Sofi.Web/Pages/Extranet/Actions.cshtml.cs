using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Offre;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet;

/// <summary>The actions of a rubric of the dashboard: what is being entered, what waits.</summary>
public class ActionsModel(UtilisateurCourant courant, TableauDeBordService tableau) : PageModel
{
    private static readonly Tris<ActionFormation> Tris = new Tris<ActionFormation>(a => a.Numero, "-modifiee")
        .By("action", a => a.Numero)
        .By("intitule", a => a.Formation.Recherche)
        .By("etat", a => a.Etat)
        .By("modifiee", a => a.Trace.ModifieLe);

    /// <summary>Rubric shown.</summary>
    public Rubrique<ActionFormation> Choisie { get; private set; } = Rubriques.Actions[0];

    /// <summary>Its actions, one page.</summary>
    public PageListe<ActionFormation> Actions { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string? rubrique, ListeParametres liste, CancellationToken cancellation)
    {
        var found = rubrique is null ? Rubriques.Actions[0] : Rubriques.Actions.FirstOrDefault(r => r.Cle == rubrique);
        if (courant.Value.EtablissementCourant is not { } etablissement || found is null) return NotFound();
        Choisie = found;
        Actions = await tableau.Actions(etablissement, found).Include(a => a.Formation).Include(a => a.Sessions).ThenInclude(s => s.Dispositifs).AsSplitQuery()
            .Matching(liste, a => a.Formation.Recherche).ToPageAsync(liste, Tris, cancellation);
        return Page();
    }
}
