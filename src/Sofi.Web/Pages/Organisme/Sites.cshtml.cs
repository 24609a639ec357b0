using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Gestion;
using Sofi.Core.Organismes;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Organisme;

/// <summary>The établissements within the reach of the person; whoever has only one opens it at once.</summary>
public class SitesModel(UtilisateurCourant courant, SofiDbContext db, TimeProvider clock) : PageModel
{
    private static readonly ColonnesListe<Etablissement> Colonnes = new ColonnesListe<Etablissement>(e => e.Numero, "nom")
        .By("nom", e => e.RaisonSociale).By("siret", e => e.Siret).By("numero", e => e.Numero).By("commune", e => e.Adresse.Commune);

    /// <summary>One page of them.</summary>
    public PageListe<Etablissement> Sites { get; private set; } = null!;

    /// <summary>Today, for the certificates that are over.</summary>
    public DateOnly Aujourdhui => clock.Today();

    /// <summary>True for whoever may add an établissement.</summary>
    public bool PeutCreer => courant.Value.Role == Role.Administrateur;

    /// <summary>Title of the page.</summary>
    public string Titre => courant.Value.EstCariforef ? "Organismes" : "Vos établissements";

    public async Task<IActionResult> OnGetAsync(ListeParametres liste, CancellationToken cancellation)
    {
        if (courant.Value is { EstOrganisme: true, Etablissements: [var only] }) return Redirect($"/sofi/organisme/sites/{only}");
        Sites = await db.Set<Etablissement>().AsNoTracking().VisibleTo(courant.Value).Matching(liste, e => e.Recherche).ToPageAsync(liste, Colonnes, cancellation);
        return Page();
    }
}
