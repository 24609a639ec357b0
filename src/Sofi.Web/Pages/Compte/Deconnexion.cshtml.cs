using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Compte;

/// <summary>Closes the session. Reached by the button of the banner; typed as an address, it only leads home.</summary>
public class DeconnexionModel(ConnexionService connexion, UtilisateurCourant courant) : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/");

    public async Task<IActionResult> OnPostAsync()
    {
        await connexion.SignOutAsync(courant);
        return LocalRedirect("/");
    }
}
