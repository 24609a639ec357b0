using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Comptes;
using Sofi.Core.Offre;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Public;

/// <summary>Demander un accès: an organisme without account writes to the Cariforef, which answers by mail.</summary>
[Limite(10, minutes: 60)]
public class DemanderUnAccesModel(DemandeAccesService demandes) : PageModel
{
    [BindProperty]
    [Champ("DEM-RAISON", "Raison sociale", Etoile = true)]
    public string? RaisonSociale { get; set; }

    [BindProperty]
    [Champ("DEM-SIRET", "SIRET", Etoile = true, Aide = "14 chiffres.")]
    public string? Siret { get; set; }

    [BindProperty]
    [Champ("DEM-NDA", "NDA", Aide = "Numéro de déclaration d’activité, 11 chiffres. Laissez vide s’il est en cours.")]
    public string? Nda { get; set; }

    [BindProperty]
    [Champ("DEM-NOM", "Votre prénom et votre nom", Etoile = true)]
    public string? Nom { get; set; }

    [BindProperty]
    [Champ("DEM-EMAIL", "Votre email", Etoile = true, Forme = Forme.Courriel, Aide = "La réponse y est envoyée ; vous vous connecterez avec.")]
    public string? Email { get; set; }

    [BindProperty]
    [Champ("DEM-TEL", "Votre téléphone")]
    public string? Telephone { get; set; }

    [BindProperty]
    [Champ("DEM-PRECISIONS", "Précisions", Forme = Forme.Texte, Lignes = 3, Longueur = DemandeAccesService.TexteMaximum)]
    public string? Precisions { get; set; }

    /// <summary>True once the request was received.</summary>
    public bool Recue { get; private set; }

    public void OnGet()
    {
    }

    /// <param name="site">A box that people do not see: a machine that fills it is thanked, and not heard.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    public async Task<IActionResult> OnPostAsync(string? site, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(site))
        {
            var demand = new AccesDemande(RaisonSociale, Siret, Nda, Nom, Email, Telephone, Precisions);
            foreach (var fault in await demandes.ReceiveAsync(demand, cancellation)) ModelState.AddModelError(fault.Champ == "Courriel" ? nameof(Email) : fault.Champ, fault.Message);
        }

        Recue = ModelState.IsValid;
        return Page();
    }
}
