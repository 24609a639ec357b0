using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;

namespace Sofi.Core.Gestion;

/// <summary>
/// The référents of an établissement, by role. The first of a role is the default one, which new sessions take; a role never has two defaults.
/// </summary>
public sealed class ReferentService(SofiDbContext db, JournalService journal)
{
    /// <summary>The référents of an établissement, by role then name. One query.</summary>
    public async Task<IReadOnlyList<Referent>> ListAsync(int etablissement, CancellationToken cancellation = default)
    {
        var referents = await db.Set<Referent>().AsNoTracking().Include(r => r.Contact).Where(r => r.EtablissementNumero == etablissement).ToListAsync(cancellation);
        return [.. referents.OrderByDescending(r => r.ParDefaut).ThenBy(r => Texte.Fold(r.Contact.NomComplet), StringComparer.Ordinal).ThenBy(r => r.Id)];
    }

    /// <summary>Makes a contact a référent. Returns why it cannot be done, else <c>null</c>; one that is there already is added.</summary>
    public Task<string?> AddAsync(Utilisateur utilisateur, int etablissement, string? role, int? contact, bool parDefaut, CancellationToken cancellation = default) =>
        ChangeAsync(utilisateur, etablissement, async referents =>
        {
            if (role is null || !Listes.RolesReferent.Contains(role)) return "Rôle : choisissez un rôle de la liste.";
            var found = await db.Set<Contact>().AsNoTracking().FirstOrDefaultAsync(c => c.Numero == contact && c.EtablissementNumero == etablissement && c.Actif, cancellation);
            if (found is null) return "Contact : choisissez un contact de la liste.";
            var row = referents.Find(r => r.Role == role && r.ContactNumero == found.Numero);
            if (row is not null && (row.ParDefaut || !parDefaut)) return null;
            if (row is null)
            {
                row = new Referent { EtablissementNumero = etablissement, Role = role, ContactNumero = found.Numero };
                db.Add(row);
                Journalise(utilisateur, etablissement, "ReferentAjoute", role, null, found.Numero);
            }

            if (parDefaut || !referents.Exists(r => r.Role == role)) MakeDefault(utilisateur, referents, row);
            return null;
        }, cancellation);

    /// <summary>Makes a référent the default one of its role. Returns why it cannot be done, else <c>null</c>.</summary>
    public Task<string?> SetDefaultAsync(Utilisateur utilisateur, int etablissement, int id, CancellationToken cancellation = default) =>
        ChangeAsync(utilisateur, etablissement, referents =>
        {
            if (referents.Find(r => r.Id == id) is not { } row) return Task.FromResult<string?>("Ce référent a été retiré : rechargez la page.");
            if (!row.ParDefaut) MakeDefault(utilisateur, referents, row);
            return Task.FromResult<string?>(null);
        }, cancellation);

    /// <summary>Takes a référent away; one that is gone already is away. The sessions that name the contact keep it.</summary>
    public Task<string?> RemoveAsync(Utilisateur utilisateur, int etablissement, int id, CancellationToken cancellation = default) =>
        ChangeAsync(utilisateur, etablissement, referents =>
        {
            if (referents.Find(r => r.Id == id) is not { } row) return Task.FromResult<string?>(null);
            db.Remove(row);
            Journalise(utilisateur, etablissement, "ReferentRetire", row.Role, row.ContactNumero, null);
            return Task.FromResult<string?>(null);
        }, cancellation);

    private void MakeDefault(Utilisateur utilisateur, List<Referent> referents, Referent row)
    {
        var former = referents.Find(r => r.Role == row.Role && r.ParDefaut);
        if (former is not null) former.ParDefaut = false;
        row.ParDefaut = true;
        Journalise(utilisateur, row.EtablissementNumero, "ReferentParDefaut", row.Role, former?.ContactNumero, row.ContactNumero);
    }

    private void Journalise(Utilisateur utilisateur, int etablissement, string type, string role, int? before, int? after) =>
        journal.Begin(NatureProcessus.Organisme, utilisateur.Auteur).Add(type, "etablissement", etablissement,
            [new Changement(Listes.RolesReferent.Libelle(role), Number(before), Number(after))]);

    private static string? Number(int? contact) => contact is { } number ? GestionService.Text(number) : null;

    /// <summary>One change at a time on the référents of an établissement: its row is the lock.</summary>
    private async Task<string?> ChangeAsync(Utilisateur utilisateur, int etablissement, Func<List<Referent>, Task<string?>> change, CancellationToken cancellation)
    {
        if (!utilisateur.CanManage(etablissement)) return "Seul le gestionnaire de l’organisme change ses référents.";
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Set<Etablissement>().Where(e => e.Numero == etablissement).ExecuteUpdateAsync(set => set.SetProperty(e => e.Version, e => e.Version), cancellation);
        var reason = await change(await db.Set<Referent>().Where(r => r.EtablissementNumero == etablissement).ToListAsync(cancellation));
        if (reason is not null) return reason;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }
}
