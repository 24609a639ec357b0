using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Compte;

/// <summary>Leaves the desk of an organisation. Reached by the button of its banner; typed as an address, it only leads home.</summary>
public class QuitterLePosteModel(PosteService postes, UtilisateurCourant courant) : PageModel
{
    public IActionResult OnGet() => LocalRedirect(Espaces.Of(courant.Value.Role).Home());

    public async Task<IActionResult> OnPostAsync()
    {
        await postes.LeaveAsync(courant);
        return LocalRedirect(Espaces.Of(courant.Value.Role).Home());
    }
}
