using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Cariforef.Administration;

/// <summary>One request for access: accept it, or refuse it with a reason.</summary>
public class DemandeModel(DemandeAccesService demandes, OrganismeService organismes, UtilisateurCourant courant) : PageModel
{
    [BindProperty]
    [Champ("DEM-MOTIF", "Motif", Forme = Forme.Texte, Longueur = DemandeAccesService.TexteMaximum, Aide = "La personne le reçoit tel que vous l’écrivez.")]
    public string? Motif { get; set; }

    /// <summary>The request.</summary>
    public DemandeAcces Demande { get; private set; } = null!;

    /// <summary>What accepting will do with the établissement.</summary>
    public string Constat { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellation) => await LoadAsync(id, cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAccepterAsync(int id, Role? role, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation)) return NotFound();
        var outcome = await demandes.AcceptAsync(id, role, courant.Value, cancellation);
        return await AnswerAsync(id, outcome, $"{Demande.Nom} est invité pour {Demande.RaisonSociale}.", cancellation);
    }

    public async Task<IActionResult> OnPostRefuserAsync(int id, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation)) return NotFound();
        var outcome = await demandes.RefuseAsync(id, Motif, courant.Value, cancellation);
        return await AnswerAsync(id, outcome, $"La demande est refusée, le motif envoyé à {Demande.Courriel}.", cancellation);
    }

    private async Task<IActionResult> AnswerAsync(int id, Geste outcome, string done, CancellationToken cancellation)
    {
        if (outcome.Fait)
        {
            this.Announce(done);
            return RedirectToPage("/Cariforef/Administration/Demandes");
        }

        ModelState.Remove("role");
        foreach (var fault in outcome.Fautes) ModelState.AddModelError(fault.Champ, fault.Message);
        await LoadAsync(id, cancellation);
        return Page();
    }

    private async Task<bool> LoadAsync(int id, CancellationToken cancellation)
    {
        if (await demandes.All().FirstOrDefaultAsync(d => d.Id == id, cancellation) is not { } demande) return false;
        Demande = demande;
        Constat = await organismes.FindAsync(demande.Siret, cancellation) is { } known
            ? $"Sofi connaît ce SIRET : {known.RaisonSociale}, {known.Adresse.Commune}. La personne y sera rattachée."
            : "Sofi ne connaît pas ce SIRET : accepter crée l’établissement.";
        return true;
    }
}
