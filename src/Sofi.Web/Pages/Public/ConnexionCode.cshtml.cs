using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Public;

/// <summary>Second step of the sign-in: the code of the authenticator application, or a recovery code.</summary>
[Limite(30, minutes: 5)]
public class ConnexionCodeModel(ConnexionService connexion) : PageModel
{
    [BindProperty(Name = "retour", SupportsGet = true)]
    public string? Retour { get; set; }

    public async Task<IActionResult> OnGetAsync() => await connexion.AwaitingCodeAsync() is null ? Again() : Page();

    public async Task<IActionResult> OnPostAsync(string? code)
    {
        if (await connexion.AwaitingCodeAsync() is not { } compte) return Again();
        if (await connexion.SignInWithCodeAsync(compte, code ?? "")) return this.Enter(compte.Role, Retour);
        ModelState.Clear();
        ModelState.AddModelError("code", "Code refusé");
        return Page();
    }

    private RedirectToPageResult Again() => RedirectToPage("/Public/Connexion", new { retour = Retour });
}
