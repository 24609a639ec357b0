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

/// <summary>One's own account: what it is, a change of password, the second factor, the open sessions.</summary>
public class IndexModel(
    SofiDbContext db, ConnexionService connexion, EtablissementsAccessibles etablissements, UtilisateurCourant courant, TimeProvider clock) : PageModel
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

    /// <summary>True when the account has its second factor.</summary>
    public bool SecondFacteur { get; private set; }

    /// <summary>Browsers signed in, the one seen last first.</summary>
    public IReadOnlyList<SessionCompte> Sessions { get; private set; } = [];

    /// <summary>The session of this request.</summary>
    public Guid SessionId => courant.SessionId;

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
        foreach (var (field, message) in await connexion.ChangePasswordAsync(courant, Actuel ?? "", Nouveau ?? ""))
            ModelState.AddModelError(field, message);
        if (!ModelState.IsValid)
        {
            await LoadAsync();
            return Page();
        }

        this.Announce("Votre mot de passe est changé. Vos autres connexions sont fermées.");
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostDeconnecterPartoutAsync()
    {
        await connexion.SignOutEverywhereAsync(courant);
        this.Announce("Toutes vos connexions sont fermées, celle-ci comprise.");
        return RedirectToPage("/Public/Connexion");
    }

    private async Task LoadAsync()
    {
        var id = courant.Value.CompteId;
        var open = clock.UtcInstant() - SessionCompte.Duree;
        var compte = await db.Set<Core.Comptes.Compte>().Where(c => c.Id == id).Select(c => new { c.Email, c.TwoFactorEnabled }).FirstAsync();
        (Email, SecondFacteur) = (compte.Email!, compte.TwoFactorEnabled);
        Sessions = await db.Set<SessionCompte>().AsNoTracking().Where(s => s.CompteId == id && s.VueLe > open)
            .OrderByDescending(s => s.VueLe).ThenBy(s => s.Id).ToListAsync();
        Etablissements = await etablissements.AllAsync();
    }
}
