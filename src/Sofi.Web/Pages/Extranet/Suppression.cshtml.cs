using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet;

/// <summary>Confirms the deletion of a draft that was never sent (decision 9): an action with its sessions, a session, or a dispositif.</summary>
public class SuppressionModel(UtilisateurCourant courant, SaisieService saisie, SofiDbContext db) : PageModel
{
    /// <summary>What is deleted, in words.</summary>
    public string Objet { get; private set; } = "";

    /// <summary>What goes with it.</summary>
    public string Consequence { get; private set; } = "";

    /// <summary>Where to go back to without deleting.</summary>
    public string Retour { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(int? a, int? s, int? d)
    {
        await DescribeAsync(a, s, d);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? a, int? s, int? d)
    {
        await DescribeAsync(a, s, d);
        var action = s is { } number ? await db.Set<SessionFormation>().Where(x => x.Numero == number).Select(x => x.ActionNumero).FirstAsync() : 0;
        var result = (a, s, d) switch
        {
            ({ } actionNumero, _, _) => await saisie.DeleteActionAsync(courant.Value, actionNumero),
            (_, _, { } dispositif) => await saisie.DeleteDispositifAsync(courant.Value, dispositif),
            _ => await saisie.DeleteSessionAsync(courant.Value, s!.Value),
        };
        if (result == ResultatSaisie.Introuvable) return NotFound();
        if (result.Refus is { } reason)
        {
            ModelState.AddModelError("", reason);
            return Page();
        }

        this.Announce($"{Objet} : suppression faite.");
        return Redirect(a is not null ? "/sofi/actions?rubrique=en-cours" : d is not null ? $"/sofi/sessions/{s}#dispositifs" : $"/sofi/actions/{action}#sessions");
    }

    private async Task DescribeAsync(int? a, int? s, int? d)
    {
        if (a is { } action)
        {
            var sessions = await db.Set<SessionFormation>().CountAsync(x => x.ActionNumero == action);
            (Objet, Retour) = ($"Action {action}", $"/sofi/actions/{action}");
            Consequence = sessions == 0 ? "" : sessions == 1 ? "Sa session est supprimée avec elle." : $"Ses {sessions} sessions sont supprimées avec elle.";
        }
        else if (d is { } dispositif)
        {
            (Objet, Retour) = ($"Dispositif de la session {s}", $"/sofi/sessions/{s}/dispositifs/{dispositif}");
        }
        else
        {
            (Objet, Consequence, Retour) = ($"Session {s}", "Ses dispositifs, informations collectives et périodes d'inscription sont supprimés avec elle.", $"/sofi/sessions/{s}");
        }
    }
}
