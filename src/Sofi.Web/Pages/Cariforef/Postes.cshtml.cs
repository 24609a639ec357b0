using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Organismes;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Cariforef;

/// <summary>Opens the desk of an organisation: to read it, or, for an administrateur, to act for it.</summary>
public class PostesModel(SofiDbContext db, PosteService postes, UtilisateurCourant courant) : PageModel
{
    private static readonly ColonnesListe<Etablissement> Tris = new ColonnesListe<Etablissement>(e => e.Numero, "nom").By("nom", e => e.Recherche).By("siret", e => e.Siret);

    /// <summary>True when the reader may act for an organisation.</summary>
    public bool PeutAgir => courant.Value.Role == Role.Administrateur;

    /// <summary>One page of établissements.</summary>
    public PageListe<Etablissement> Etablissements { get; private set; } = null!;

    public async Task OnGetAsync(ListeParametres liste, CancellationToken cancellation)
    {
        var found = db.Set<Etablissement>().AsNoTracking();
        foreach (var mot in liste.Mots) found = found.Where(e => e.Recherche.Contains(mot) || e.Siret == mot);
        Etablissements = await found.ToPageAsync(liste, Tris, cancellation);
    }

    public async Task<IActionResult> OnPostAsync(int etablissement, bool ecriture) =>
        await postes.OpenAsync(courant, etablissement, ecriture) ? LocalRedirect(Espace.Organisme.Home()) : NotFound();
}
