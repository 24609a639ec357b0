using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Public;

/// <summary>Connexion (procedure, page 4): e-mail, password, then the dashboard of one's role or the page that one wanted.</summary>
public class ConnexionModel(ConnexionService connexion, UtilisateurCourant courant) : PageModel
{
    [BindProperty(Name = "email")]
    public string? Email { get; set; }

    [BindProperty(Name = "mdp"), DataType(DataType.Password)]
    public string? MotDePasse { get; set; }

    [BindProperty(Name = "retour", SupportsGet = true)]
    public string? Retour { get; set; }

    public IActionResult OnGet() => courant.OrNull is { } person ? Enter(Espaces.Of(person.Role)) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await connexion.SignInAsync(Email ?? "", MotDePasse ?? "") is { } compte) return Enter(Espaces.Of(compte.Role));
        ModelState.AddModelError("mdp", "Connexion refusée");
        return Page();
    }

    private LocalRedirectResult Enter(Espace espace) => LocalRedirect(Url.IsLocalUrl(Retour) ? Retour : espace.Home());
}
