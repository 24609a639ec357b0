using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Compte;

/// <summary>The switcher of the banner: keeps the établissement on which the person now works (decision 5), then comes back.</summary>
public class EtablissementModel(SofiDbContext db, UtilisateurCourant courant) : PageModel
{
    public IActionResult OnGet() => LocalRedirect(Espaces.Of(courant.Value.Role).Home());

    public async Task<IActionResult> OnPostAsync(int etablissement, string? retour)
    {
        var person = courant.Value;
        if (!person.Etablissements.Contains(etablissement)) return NotFound();
        await db.Set<Core.Comptes.Compte>().Where(c => c.Id == person.CompteId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.EtablissementCourant, etablissement));
        return LocalRedirect(Url.IsLocalUrl(retour) ? retour : Espaces.Of(person.Role).Home());
    }
}
