using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Comptes;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Comptes;

/// <summary>The list of accounts, the same for a gestionnaire and for the Cariforef; each sees those that she manages.</summary>
public abstract class ListeComptes(GestionComptes gestion, UtilisateurCourant courant) : PageModel
{
    private static readonly ColonnesListe<LigneCompte> Tris = new ColonnesListe<LigneCompte>(c => c.Id, "nom")
        .By("nom", c => c.Recherche).By("email", c => c.Courriel).By("role", c => c.Role).By("connexion", c => c.DerniereConnexion);

    /// <summary>Role kept; <c>null</c> for all.</summary>
    [BindProperty(Name = "role", SupportsGet = true)]
    public Role? Role { get; set; }

    /// <summary>State kept; <c>null</c> for all.</summary>
    [BindProperty(Name = "etat", SupportsGet = true)]
    public EtatCompte? Etat { get; set; }

    /// <summary>Address of this list: those of its accounts stand below it.</summary>
    public abstract string Adresse { get; }

    /// <summary>Roles that the list can hold.</summary>
    public IReadOnlyList<Role> Roles => InvitationService.RolesGivenBy(courant.Value);

    /// <summary>One page of accounts.</summary>
    public PageListe<LigneCompte> Comptes { get; private set; } = null!;

    public async Task OnGetAsync(ListeParametres liste, CancellationToken cancellation)
    {
        var lines = gestion.List(courant.Value, liste.Mots);
        if (Role is { } role) lines = lines.Where(c => c.Role == role);
        if (Etat is { } etat) lines = lines.Where(c => c.Etat == etat);
        Comptes = await lines.ToPageAsync(liste, Tris, cancellation);
    }
}
