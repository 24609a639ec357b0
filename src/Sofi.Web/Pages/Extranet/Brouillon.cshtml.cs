using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Offre;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet;

/// <summary>Keeps what is being typed in a fiche (posted by the page's script), or gives it up. A draft belongs to its author alone.</summary>
public class BrouillonModel(UtilisateurCourant courant, BrouillonService brouillons) : PageModel
{
    /// <summary>Fields that are not the person's: they are drawn anew when the draft is taken up again.</summary>
    private static readonly string[] Techniques = ["__RequestVerificationToken", "adresse", "action"];

    /// <summary>What a person typed in the form of a fiche.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> FieldsOf(IFormCollection form) => form.Where(field => !Techniques.Contains(field.Key))
        .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")));

    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPostAsync(string? adresse, bool abandonner)
    {
        if (adresse is null || !IsOfAFiche(adresse)) return BadRequest();
        if (abandonner)
        {
            await brouillons.DropAsync(courant.Value.CompteId, adresse);
            return LocalRedirect(adresse);
        }

        await brouillons.KeepAsync(courant.Value.CompteId, adresse, FieldsOf(Request.Form));
        return new NoContentResult();
    }

    /// <summary>An address of the entry as a browser writes it: no control character, nothing outside ASCII.</summary>
    private static bool IsOfAFiche(string adresse) =>
        adresse.Length <= BrouillonService.LongueurAdresse && adresse.StartsWith("/sofi/", StringComparison.Ordinal)
            && adresse.All(c => c is > ' ' and < '\x7f');
}
