using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Offre.Regles;

namespace Sofi.Core.Validation;

/// <summary>The état de la saisie of an action: the offer and every rule it breaks.</summary>
/// <param name="Action">The action as the saisie holds it.</param>
/// <param name="Contexte">What the rules looked at.</param>
/// <param name="Constats">Broken rules, in the order of the screens.</param>
public sealed record EtatSaisie(ActionChargee Action, Contexte Contexte, IReadOnlyList<Constat> Constats)
{
    /// <summary>The faults that hold back the sending; those of sessions set aside do not.</summary>
    public IEnumerable<Constat> Bloquants =>
        Constats.Where(c => c.Regle.Gravite is Gravite.Bloquant or Gravite.Impossible && !Action.Offre.IsSetAside(c.Fiche, c.Numero));
}

/// <summary>Outcome of a sending: sent, held back, or refused.</summary>
/// <param name="Envoyee">True when the submission was made.</param>
/// <param name="Bloquants">What holds it back.</param>
/// <param name="Refus">Why it cannot be sent.</param>
/// <param name="Change">True when the offer changed since the récapitulatif that the sender read.</param>
public sealed record ResultatEnvoi(bool Envoyee, IReadOnlyList<Constat> Bloquants, string? Refus = null, bool Change = false);

/// <summary>Récapitulatif and sending of an action to the Cariforef (procedure, page 11; decision 9).</summary>
public sealed class EnvoiService(SofiDbContext db, OffreLoader loader, ContexteLoader contextes, JournalService journal, TimeProvider clock)
{
    /// <summary>The état de la saisie of an action, in a fixed number of queries; <c>null</c> when it does not exist.</summary>
    public async Task<EtatSaisie?> EtatAsync(int actionNumero, CancellationToken cancellation = default) =>
        await loader.ActionAsync(actionNumero, cancellation) is { } action ? await JudgeAsync(action, cancellation) : null;

    /// <summary>The état de la saisie as a reader sees it: a mandataire and the Région read their own sessions alone (decision 7).</summary>
    public async Task<EtatSaisie?> EtatAsync(int actionNumero, Utilisateur lecteur, CancellationToken cancellation = default) =>
        await loader.ActionAsync(actionNumero, cancellation) is { } action ? await JudgeAsync(action.VisibleTo(lecteur), cancellation) : null;

    /// <summary>
    /// Sends an action as its récapitulatif showed it. The lock is taken before anything is read: the snapshot is the saisie.
    /// A form sent twice finds its first sending.
    /// </summary>
    /// <param name="utilisateur">Sender.</param>
    /// <param name="actionNumero">Action.</param>
    /// <param name="revision">Revision that the récapitulatif showed.</param>
    /// <param name="formationVersion">Version of the formation that the récapitulatif showed.</param>
    /// <param name="cancellation">Stops the work; nothing is then written.</param>
    public async Task<ResultatEnvoi> SendAsync(Utilisateur utilisateur, int actionNumero, int revision, int formationVersion, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var locked = await db.Set<ActionFormation>()
            .Where(a => a.Numero == actionNumero && (a.Etat == EtatAction.EnCoursDeSaisie || a.Etat == EtatAction.Refusee))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Revision, a => a.Revision + 1), cancellation) == 1;
        if (await EtatAsync(actionNumero, cancellation) is not { } etat || !utilisateur.CanEdit(etat.Action.Offre.Formation.Dispensateur.Numero))
            return new ResultatEnvoi(false, [], "Cette action n’existe pas.");
        if (!locked && await db.Set<Soumission>().AnyAsync(s => s.ActionNumero == actionNumero && s.Revision == revision + 1, cancellation)) return new ResultatEnvoi(true, []);
        if (!locked) return new ResultatEnvoi(false, [], SaisieService.ReasonLocked(etat.Action.Etat));
        var offre = etat.Action.Offre;
        if (etat.Action.Revision != revision + 1 || offre.Formation.Version != formationVersion) return new ResultatEnvoi(false, [], Change: true);
        if (etat.Bloquants.ToList() is { Count: > 0 } faults) return new ResultatEnvoi(false, faults);

        var now = clock.UtcInstant();
        var sent = offre with { Sessions = [.. offre.Sessions.Where(s => !s.MiseDeCote)] };
        var lot = sent.Sessions.Select(s => s.Regional()?.Lot).FirstOrDefault(l => l is not null);
        db.Add(new Soumission
        {
            ActionNumero = actionNumero,
            Revision = revision + 1,
            Contenu = OffreSerializer.Write(sent),
            EtablissementNumero = sent.Formation.Dispensateur.Numero,
            Intitule = sent.Formation.Fiche.Intitule!,
            Organisme = sent.Formation.Dispensateur.RaisonSociale,
            Programme = lot?.IntituleProgramme,
            Lot = lot?.Numero,
            Recherche = Texte.Fold($"{sent.Formation.Fiche.Intitule} {sent.Formation.Dispensateur.RaisonSociale} {lot?.IntituleProgramme} {lot?.Numero} {sent.Formation.Numero}-{actionNumero} {string.Join(' ', sent.Sessions.Select(s => s.Numero))}"),
            NbSessions = sent.Sessions.Count,
            EnvoyeeLe = now,
            EnvoyeePar = utilisateur.Nom,
        });
        var numbers = sent.Sessions.Select(s => s.Numero).ToList();
        await db.Set<SessionFormation>().Where(s => numbers.Contains(s.Numero) && s.EnvoyeeLe == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.EnvoyeeLe, now), cancellation);
        await db.Set<ActionFormation>().Where(a => a.Numero == actionNumero).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.Etat, EtatAction.EnAttenteValidation).SetProperty(a => a.EnvoyeeLe, a => a.EnvoyeeLe ?? now), cancellation);
        journal.Begin(NatureProcessus.Envoi, utilisateur.Auteur).Add("ActionEnvoyee", "action", actionNumero, [], actionNumero, evenIfEmpty: true);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new ResultatEnvoi(true, []);
    }

    private async Task<EtatSaisie> JudgeAsync(ActionChargee action, CancellationToken cancellation)
    {
        var contexte = await contextes.LoadAsync(action.Offre, cancellation);
        return new EtatSaisie(action, contexte, Catalogue.Judge(contexte));
    }
}
