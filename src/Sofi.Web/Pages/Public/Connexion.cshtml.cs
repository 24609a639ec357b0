using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Public;

/// <summary>Connexion (procedure, page 4): e-mail, password, then the dashboard of one's role or the page that one wanted.</summary>
[Limite(30, minutes: 5)]
public class ConnexionModel(ConnexionService connexion, UtilisateurCourant courant) : PageModel
{
    [BindProperty(Name = "email")]
    public string? Email { get; set; }

    [BindProperty(Name = "mdp"), DataType(DataType.Password)]
    public string? MotDePasse { get; set; }

    [BindProperty(Name = "retour", SupportsGet = true)]
    public string? Retour { get; set; }

    public IActionResult OnGet() => courant.OrNull is { } person ? this.Enter(person.Role, Retour) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await connexion.SignInAsync(Email ?? "", MotDePasse ?? "") is { } compte)
            return compte.TwoFactorEnabled ? RedirectToPage("/Public/ConnexionCode", new { retour = Retour }) : this.Enter(compte.Role, Retour);
        ModelState.AddModelError("mdp", "Connexion refusée");
        return Page();
    }
}

/// <summary>Where a person goes once she is signed in.</summary>
internal static class Entree
{
    /// <summary>To the page of this site that she wanted, else to the first page of her role.</summary>
    public static LocalRedirectResult Enter(this PageModel page, Core.Comptes.Role role, string? retour) =>
        page.LocalRedirect(page.Url.IsLocalUrl(retour) ? retour : Espaces.Of(role).Home());
}
