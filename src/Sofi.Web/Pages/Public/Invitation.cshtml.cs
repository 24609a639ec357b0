using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Comptes;
using Sofi.Core.Offre;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Public;

/// <summary>An invited person chooses her first password, and is in.</summary>
[Limite(30, minutes: 60)]
public class InvitationModel(MotDePasseService motsDePasse, LienService liens, ConnexionService connexion) : PageModel
{
    /// <summary>The account that the link opens; <c>null</c> when it opens nothing.</summary>
    public Core.Comptes.Compte? Compte { get; private set; }

    [BindProperty, DataType(DataType.Password)]
    [Champ("INV-MDP", "Mot de passe", Aide = RegleMotDePasse.Aide)]
    public string? Nouveau { get; set; }

    public async Task OnGetAsync(string jeton, CancellationToken cancellation) =>
        this.Show(Compte = await liens.FindAsync(jeton, NatureLien.Invitation, cancellation));

    public async Task<IActionResult> OnPostAsync(string jeton, CancellationToken cancellation)
    {
        var given = await motsDePasse.SetAsync(jeton, NatureLien.Invitation, Nouveau ?? "", cancellation);
        if (given.Fait)
        {
            await connexion.OpenAsync(given.Compte!);
            this.Announce($"Bienvenue dans Sofi, {given.Compte!.Nom}.");
            return this.Enter(given.Compte.Role, null);
        }

        this.Show(Compte = given.Compte);
        foreach (var fault in given.Fautes) ModelState.AddModelError(nameof(Nouveau), fault);
        return Page();
    }
}
