using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Offre.Regles;

namespace Sofi.Core.Validation;

/// <summary>A submission as the desk reads it.</summary>
/// <param name="Soumission">The submission and its answer.</param>
/// <param name="Etat">The snapshot, with the rules it breaks today.</param>
/// <param name="Soeurs">Published actions of the same formation that validating it publishes anew (decision 6).</param>
public sealed record Revue(Soumission Soumission, EtatSaisie Etat, IReadOnlyList<int> Soeurs);

/// <summary>The Cariforef's desk: reads what waits, validates or refuses it. Only accounts of the Cariforef call it.</summary>
public sealed class ValidationService(
    SofiDbContext db, OffreLoader loader, ContexteLoader contextes, PublicationService publication, JournalService journal, TimeProvider clock)
{
    /// <summary>Submissions that wait, oldest first.</summary>
    public IQueryable<Soumission> Queue() => db.Set<Soumission>().AsNoTracking().Where(s => s.Etat == EtatSoumission.EnAttente).OrderBy(s => s.EnvoyeeLe).ThenBy(s => s.Id);

    /// <summary>The last submission of an action, or <c>null</c> when it was never sent: the organisme reads the answer there.</summary>
    public async Task<Soumission?> LastOfAsync(int actionNumero, CancellationToken cancellation = default) =>
        await db.Set<Soumission>().AsNoTracking().Where(s => s.ActionNumero == actionNumero).OrderByDescending(s => s.Id).FirstOrDefaultAsync(cancellation);

    /// <summary>A submission for review, or <c>null</c>.</summary>
    public async Task<Revue?> ReviewAsync(int soumissionId, CancellationToken cancellation = default)
    {
        var soumission = await db.Set<Soumission>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == soumissionId, cancellation);
        if (soumission is null) return null;
        var action = await db.Set<ActionFormation>().Where(a => a.Numero == soumission.ActionNumero)
            .Select(a => new { a.Etat, a.EnLigneDepuis }).FirstAsync(cancellation);
        var offre = OffreSerializer.ReadOffre(soumission.Contenu);
        var contexte = await contextes.LoadAsync(offre, cancellation);
        var sisters = await publication.SistersAsync(offre, cancellation);
        var etat = new EtatSaisie(new ActionChargee(offre, action.Etat, soumission.Revision, action.EnLigneDepuis), contexte, Catalogue.Judge(contexte));
        return new Revue(soumission, etat, sisters);
    }

    /// <summary>Validates a submission and publishes it, in one transaction. Returns the reason when it cannot be done, else <c>null</c>.</summary>
    public Task<string?> ValidateAsync(Utilisateur validator, int soumissionId, int version, CancellationToken cancellation = default) =>
        AnswerAsync(validator, soumissionId, version, EtatSoumission.Validee, null, "ActionValidee", async (soumission, now) =>
        {
            await db.Set<ActionFormation>().Where(a => a.Numero == soumission.ActionNumero).ExecuteUpdateAsync(
                set => set.SetProperty(a => a.Etat, EtatAction.Validee).SetProperty(a => a.EnLigneDepuis, a => a.EnLigneDepuis ?? now), cancellation);
            var live = (await loader.ActionAsync(soumission.ActionNumero, cancellation))!.Offre;
            await publication.PublishAsync(OffreSerializer.ReadOffre(soumission.Contenu), live, soumission.Id, validator.Nom, cancellation);
        }, cancellation);

    /// <summary>Refuses a submission with a reason that the organisme reads. Returns the reason when it cannot be done, else <c>null</c>.</summary>
    public Task<string?> RefuseAsync(Utilisateur validator, int soumissionId, int version, string motif, CancellationToken cancellation = default) =>
        AnswerAsync(validator, soumissionId, version, EtatSoumission.Refusee, motif, "ActionRefusee", (soumission, _) =>
            db.Set<ActionFormation>().Where(a => a.Numero == soumission.ActionNumero)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.Etat, EtatAction.Refusee), cancellation), cancellation);

    /// <summary>
    /// Locks the action, checks that the submission still waits, answers and journals, then runs <paramref name="finish"/>,
    /// so that the publication counter is the last row locked. Two validators never answer twice; an answer sent twice finds itself given.
    /// </summary>
    private async Task<string?> AnswerAsync(
        Utilisateur validator, int soumissionId, int version, EtatSoumission etat, string? motif, string type,
        Func<Soumission, DateTime, Task> finish, CancellationToken cancellation)
    {
        if (!validator.EstCariforef) return "Seul le Cariforef répond à un envoi.";
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var actionNumero = await db.Set<Soumission>().Where(s => s.Id == soumissionId).Select(s => s.ActionNumero).FirstOrDefaultAsync(cancellation);
        await db.Set<ActionFormation>().Where(a => a.Numero == actionNumero && a.Etat == EtatAction.EnAttenteValidation)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Revision, a => a.Revision + 1), cancellation);
        var soumission = await db.Set<Soumission>().FirstOrDefaultAsync(s => s.Id == soumissionId, cancellation);
        if (soumission is null) return "Cet envoi n’existe pas.";
        if (soumission.Version == version + 1 && (soumission.Etat, soumission.DecideePar, soumission.Motif) == (etat, validator.Nom, motif)) return null;
        if (soumission.Etat != EtatSoumission.EnAttente || soumission.Version != version)
            return $"{soumission.DecideePar ?? "Un autre valideur"} a déjà répondu à cet envoi : rechargez la page.";
        var now = clock.UtcInstant();
        (soumission.Etat, soumission.Motif, soumission.DecideeLe, soumission.DecideePar) = (etat, motif, now, validator.Nom);
        soumission.Version++;
        var changes = motif is null ? [] : new[] { new Changement(nameof(Soumission.Motif), null, motif) };
        journal.Begin(NatureProcessus.Validation, validator.Auteur).Add(type, "action", actionNumero, changes, actionNumero, evenIfEmpty: true);
        await db.SaveChangesAsync(cancellation);
        await finish(soumission, now);
        await transaction.CommitAsync(cancellation);
        return null;
    }
}
