using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Comptes;
using Sofi.Core.Offre;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Public;

/// <summary>A new password, through the link of a mail. One signs in with it afterwards, second factor included.</summary>
[Limite(30, minutes: 60)]
public class NouveauMotDePasseModel(MotDePasseService motsDePasse, LienService liens) : PageModel
{
    /// <summary>The account that the link opens; <c>null</c> when it opens nothing.</summary>
    public Core.Comptes.Compte? Compte { get; private set; }

    [BindProperty, DataType(DataType.Password)]
    [Champ("MDP-NOUVEAU", "Nouveau mot de passe", Aide = RegleMotDePasse.Aide)]
    public string? Nouveau { get; set; }

    public async Task OnGetAsync(string jeton, CancellationToken cancellation) =>
        this.Show(Compte = await liens.FindAsync(jeton, NatureLien.MotDePasse, cancellation));

    public async Task<IActionResult> OnPostAsync(string jeton, CancellationToken cancellation)
    {
        var given = await motsDePasse.SetAsync(jeton, NatureLien.MotDePasse, Nouveau ?? "", cancellation);
        if (given.Fait)
        {
            this.Announce("Votre mot de passe est changé. Connectez-vous.");
            return RedirectToPage("/Public/Connexion");
        }

        this.Show(Compte = given.Compte);
        foreach (var fault in given.Fautes) ModelState.AddModelError(nameof(Nouveau), fault);
        return Page();
    }
}

/// <summary>What the pages opened by a mail's link have in common.</summary>
internal static class LienRecu
{
    /// <summary>An unknown, used or expired link is gone: 410.</summary>
    public static void Show(this PageModel page, Core.Comptes.Compte? compte)
    {
        if (compte is null) page.Response.StatusCode = StatusCodes.Status410Gone;
    }
}
