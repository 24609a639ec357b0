using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Public;

/// <summary>Asks for the link of a new password: the same answer whether the account exists or not.</summary>
[Limite(10, minutes: 60)]
public class MotDePasseOublieModel(MotDePasseService motsDePasse, LimiteurDebit limiteur) : PageModel
{
    private const int MailsInAnHour = 3;

    [BindProperty]
    [Champ("OUBLI-EMAIL", "Email", Forme = Forme.Courriel)]
    public string? Email { get; set; }

    /// <summary>True once the request was received.</summary>
    public bool Recue { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (Email is not { } email || !email.Contains('@', StringComparison.Ordinal))
        {
            ModelState.AddModelError(nameof(Email), "Écrivez une adresse e-mail.");
            return Page();
        }

        // Nobody fills the mailbox of another, and the answer does not tell that it was filled.
        if (limiteur.Take("mot de passe oublié " + Texte.Fold(email), MailsInAnHour, TimeSpan.FromHours(1)) is null)
            await motsDePasse.RequestAsync(email, cancellation);
        Recue = true;
        return Page();
    }
}
