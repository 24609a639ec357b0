using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Comptes;
using Sofi.Core.Offre;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Comptes;

/// <summary>An invitation by mail, the same for a gestionnaire and for the Cariforef.</summary>
public abstract class InviterCompte(InvitationService invitations, EtablissementsAccessibles etablissements, UtilisateurCourant courant) : PageModel
{
    [BindProperty]
    [Champ("CPT-NOM", "Prénom et nom", Etoile = true)]
    public string? Nom { get; set; }

    [BindProperty]
    [Champ("CPT-EMAIL", "Email", Etoile = true, Forme = Forme.Courriel, Aide = "L’invitation y est envoyée ; la personne se connectera avec.")]
    public string? Courriel { get; set; }

    /// <summary>Role chosen.</summary>
    [BindProperty]
    public Role? Role { get; set; }

    /// <summary>SIRETs ticked or typed.</summary>
    [BindProperty]
    public string[] Sirets { get; set; } = [];

    /// <summary>Address of the list.</summary>
    public abstract string Liste { get; }

    /// <summary>Roles offered.</summary>
    public IReadOnlyList<Role> Roles => InvitationService.RolesGivenBy(courant.Value);

    /// <summary>Établissements offered as boxes to a gestionnaire; empty for the Cariforef, who writes SIRETs.</summary>
    public IReadOnlyList<EtablissementAccessible> Choix { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Role ??= Core.Comptes.Role.Redacteur;
        await LoadAsync();
        if (Choix.Count == 1) Sirets = [Choix[0].Siret];
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var outcome = await invitations.InviteAsync(new Invitation(Courriel, Nom, Role, SiretsSaisis.Read(Sirets)), courant.Value, cancellation);
        if (outcome.Fait)
        {
            this.Announce($"{Nom} est invité : le lien envoyé à {Courriel} s’ouvre pendant sept jours.");
            return LocalRedirect($"{Liste}/{outcome.CompteId}");
        }

        ModelState.Remove(nameof(Role));
        foreach (var fault in outcome.Fautes) ModelState.AddModelError(fault.Champ, fault.Message);
        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync() => Choix = courant.Value.EstOrganisme ? await etablissements.AllAsync() : [];
}
