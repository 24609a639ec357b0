using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Compte;

/// <summary>One's own account: what it is, and a change of password.</summary>
public class IndexModel(SofiDbContext db, ConnexionService connexion, EtablissementsAccessibles etablissements, UtilisateurCourant courant) : PageModel
{
    [BindProperty, DataType(DataType.Password)]
    [Champ("CPT-ACTUEL", "Mot de passe actuel")]
    public string? Actuel { get; set; }

    [BindProperty, DataType(DataType.Password)]
    [Champ("CPT-NOUVEAU", "Nouveau mot de passe", Aide = RegleMotDePasse.Aide)]
    public string? Nouveau { get; set; }

    public string Nom => courant.Value.Nom;

    public string Email { get; private set; } = "";

    public IReadOnlyList<EtablissementAccessible> Etablissements { get; private set; } = [];

    public string RoleEnClair => courant.Value.Role switch
    {
        Role.Redacteur => "Rédacteur : saisit et envoie l’offre de ses établissements",
        Role.Gestionnaire => "Gestionnaire : saisit et envoie l’offre de tous les établissements de l’organisme",
        Role.Valideur => "Valideur du Cariforef",
        Role.Administrateur => "Administrateur du Cariforef",
        _ => "Région Pays de la Loire",
    };

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        foreach (var (field, message) in await connexion.ChangePasswordAsync(courant.Value, Actuel ?? "", Nouveau ?? ""))
            ModelState.AddModelError(field, message);
        if (!ModelState.IsValid)
        {
            await LoadAsync();
            return Page();
        }

        this.Announce("Votre mot de passe est changé. Vos autres connexions sont fermées.");
        return RedirectToPage();
    }

    private async Task LoadAsync()
    {
        Email = await db.Set<Core.Comptes.Compte>().Where(c => c.Id == courant.Value.CompteId).Select(c => c.Email!).FirstAsync();
        Etablissements = await etablissements.AllAsync();
    }
}
