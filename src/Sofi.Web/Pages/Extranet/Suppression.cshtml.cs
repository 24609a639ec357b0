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
    private bool estBrouillon;

    /// <summary>What is deleted, in words.</summary>
    public string Objet { get; private set; } = "";

    /// <summary>What goes with it.</summary>
    public string Consequence { get; private set; } = "";

    /// <summary>Where to go back to without deleting.</summary>
    public string Retour { get; private set; } = "";

    /// <summary>Where to go once it is deleted.</summary>
    private string Suite { get; set; } = "";

    public async Task<IActionResult> OnGetAsync(int? a, int? s, int? d)
    {
        await DescribeAsync(a, s, d);
        return estBrouillon ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(int? a, int? s, int? d)
    {
        await DescribeAsync(a, s, d);
        var result = (a, d) switch
        {
            ({ } action, _) => await saisie.DeleteActionAsync(courant.Value, action),
            (_, { } dispositif) => await saisie.DeleteDispositifAsync(courant.Value, dispositif),
            _ => await saisie.DeleteSessionAsync(courant.Value, s!.Value),
        };
        if (result == ResultatSaisie.Introuvable) return NotFound();
        if (result.Refus is { } reason)
        {
            ModelState.AddModelError("", reason);
            return Page();
        }

        this.Announce($"{Objet} : suppression faite.");
        return Redirect(Suite);
    }

    /// <summary>Says what would go. It is a draft as long as it was never sent, and is the person's own.</summary>
    private async Task DescribeAsync(int? a, int? s, int? d)
    {
        var (owner, sent) = a is { } action ? await DescribeActionAsync(action) : await DescribeSessionAsync(s!.Value, d);
        estBrouillon = sent is null && courant.Value.CanEdit(owner);
    }

    private async Task<(int Owner, DateTime? Sent)> DescribeActionAsync(int numero)
    {
        var action = await db.Set<ActionFormation>().Where(x => x.Numero == numero)
            .Select(x => new { x.Formation.EtablissementNumero, x.EnvoyeeLe, Sessions = x.Sessions.Count }).FirstAsync();
        (Objet, Retour, Suite) = ($"Action {numero}", $"/sofi/actions/{numero}", "/sofi/actions?rubrique=en-cours");
        Consequence = action.Sessions switch
        {
            0 => "",
            1 => "Sa session est supprimée avec elle.",
            var sessions => $"Ses {sessions} sessions sont supprimées avec elle.",
        };
        return (action.EtablissementNumero, action.EnvoyeeLe);
    }

    private async Task<(int Owner, DateTime? Sent)> DescribeSessionAsync(int numero, int? d)
    {
        var session = await db.Set<SessionFormation>().Where(x => x.Numero == numero)
            .Select(x => new { x.Action.Formation.EtablissementNumero, x.EnvoyeeLe, x.ActionNumero }).FirstAsync();
        if (d is { } dispositif)
        {
            (Objet, Retour, Suite) = ($"Dispositif de la session {numero}", $"/sofi/sessions/{numero}/dispositifs/{dispositif}", $"/sofi/sessions/{numero}#dispositifs");
        }
        else
        {
            (Objet, Retour, Suite) = ($"Session {numero}", $"/sofi/sessions/{numero}", $"/sofi/actions/{session.ActionNumero}#sessions");
            Consequence = "Ses dispositifs, informations collectives et périodes d’inscription sont supprimés avec elle.";
        }

        return (session.EtablissementNumero, session.EnvoyeeLe);
    }
}
