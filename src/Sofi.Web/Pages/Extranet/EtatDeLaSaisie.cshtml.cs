using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Validation;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet;

/// <summary>
/// État de la saisie and récapitulatif of an action (procedure, page 11; decision 9): what is missing on top, each fault a link to its field;
/// the offer below as a reader will see it; the sending at its foot.
/// </summary>
public class EtatDeLaSaisieModel(
    UtilisateurCourant courant, EnvoiService envoi, SaisieService saisie, ValidationService validation, HistoriqueService historique, SofiDbContext db) : PageModel
{
    /// <summary>Revision of the action that the récapitulatif shows.</summary>
    [BindProperty]
    public int Revision { get; set; }

    /// <summary>Version of the formation that the récapitulatif shows.</summary>
    [BindProperty]
    public int FormationVersion { get; set; }

    /// <summary>Last event of the journal when the récapitulatif was shown.</summary>
    [BindProperty]
    public long DernierEvenement { get; set; }

    /// <summary>The état shown.</summary>
    public EtatSaisie Saisie { get; private set; } = null!;

    /// <summary>Last sending and its answer, or <c>null</c>.</summary>
    public Soumission? DernierEnvoi { get; private set; }

    /// <summary>What changed since the récapitulatif that the person read, and who changed it.</summary>
    public IReadOnlyList<(string Auteur, Difference Difference)> Differences { get; private set; } = [];

    /// <summary>True for an account of the organisme, false for a mandataire who reads.</summary>
    public bool EstSien { get; private set; }

    /// <summary>True when the person may change and send the action.</summary>
    public bool EstModifiable => EstSien && Saisie.Action.EstModifiable;

    public async Task<IActionResult> OnGetAsync(int a)
    {
        await ShowAsync(a);
        return Page();
    }

    public async Task<IActionResult> OnPostEnvoyerAsync(int a)
    {
        var result = await envoi.SendAsync(courant.Value, a, Revision, FormationVersion);
        if (result.Envoyee)
        {
            this.Announce("L’action est envoyée au Cariforef : vous la retrouvez dans la rubrique", lien: "Actions de formation en attente de validation par CARIF-OREF",
                adresse: "/sofi/actions?rubrique=en-attente-validation");
            return Redirect($"/sofi/actions/{a}/etat");
        }

        var seen = DernierEvenement;
        await ShowAsync(a);
        if (result.Change) Differences = await DifferencesSinceAsync(seen);
        ModelState.AddModelError("", result.Change ? "L’offre a changé depuis que vous avez ouvert ce récapitulatif : relisez-la, puis envoyez-la."
            : result.Refus ?? "Complétez les points ci-dessous avant l’envoi en validation.");
        Response.StatusCode = result.Change ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest;
        return Page();
    }

    public Task<IActionResult> OnPostMettreDeCoteAsync(int a, int session) => DoAsync(a, saisie.SetAsideAsync(courant.Value, session, true), $"La session {session} est mise de côté : elle ne partira pas avec cet envoi.");

    public Task<IActionResult> OnPostReprendreAsync(int a, int session) => DoAsync(a, saisie.SetAsideAsync(courant.Value, session, false), $"La session {session} est reprise dans l’envoi.");

    private async Task<IActionResult> DoAsync(int a, Task<ResultatSaisie> gesture, string done)
    {
        var result = await gesture;
        if (result == ResultatSaisie.Introuvable) return NotFound();
        this.Announce(result.Refus ?? done, result.Refus is null ? TonAnnonce.Fait : TonAnnonce.Attention);
        return Redirect($"/sofi/actions/{a}/etat");
    }

    private async Task ShowAsync(int a)
    {
        Saisie = (await envoi.EtatAsync(a, courant.Value))!;
        DernierEnvoi = await validation.LastOfAsync(a);
        Revision = Saisie.Action.Revision;
        FormationVersion = Saisie.Action.Offre.Formation.Version;
        DernierEvenement = await Evenements.MaxAsync(e => (long?)e.Id) ?? 0;
        EstSien = courant.Value.CanEdit(Saisie.Action.Offre.Formation.Dispensateur.Numero);
        ModelState.Remove(nameof(Revision));
        ModelState.Remove(nameof(FormationVersion));
        ModelState.Remove(nameof(DernierEvenement));
    }

    private IQueryable<Evenement> Evenements => historique.Evenements(Saisie.Action.Offre.Action.Numero, Saisie.Action.Offre.Formation.Numero);

    private async Task<IReadOnlyList<(string Auteur, Difference Difference)>> DifferencesSinceAsync(long seen)
    {
        var rows = await (from e in Evenements
                          join p in db.Set<Processus>() on e.ProcessusId equals p.Id
                          where e.Id > seen
                          orderby e.Id
                          select new { p.Auteur, Evenement = e }).ToListAsync();
        return [.. rows.SelectMany(row => Difference.Of(row.Evenement, Saisie.Contexte.Libelles).Select(difference => (row.Auteur, difference)))];
    }
}
