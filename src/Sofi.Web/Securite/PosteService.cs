using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Organismes;

namespace Sofi.Web.Securite;

/// <summary>
/// The desk of an organisation, opened by the Cariforef: kept on the session, so that it ends with it and on this browser only. Opening and leaving
/// stand in the journal; what is done meanwhile is signed by both names.
/// </summary>
public sealed class PosteService(SofiDbContext db, JournalService journal)
{
    /// <summary>Opens the desk of an établissement's organisation; only an administrateur acts for it.</summary>
    /// <returns>False when there is no such établissement.</returns>
    public async Task<bool> OpenAsync(UtilisateurCourant courant, int etablissement, bool ecriture)
    {
        var person = courant.Value;
        var siret = await db.Set<Etablissement>().Where(e => e.Numero == etablissement).Select(e => e.Siret).FirstOrDefaultAsync();
        if (siret is null || (ecriture && person.Role != Role.Administrateur)) return false;
        await MoveAsync(courant, etablissement, ecriture, "PosteOuvert",
            [new Changement("Siret", null, siret), new Changement("Acces", null, ecriture ? "Écriture" : "Lecture seule")]);
        return true;
    }

    /// <summary>Comes back to one's own work.</summary>
    public async Task LeaveAsync(UtilisateurCourant courant)
    {
        if (courant.Poste is { } poste) await MoveAsync(courant, null, false, "PosteQuitte", [new Changement("Organisme", poste.Organisme, null)]);
    }

    private async Task MoveAsync(UtilisateurCourant courant, int? etablissement, bool ecriture, string type, IReadOnlyList<Changement> changes)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Set<SessionCompte>().Where(s => s.Id == courant.SessionId)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.PosteNumero, etablissement).SetProperty(s => s.PosteEcriture, ecriture));
        journal.Begin(NatureProcessus.Compte, courant.Value.Auteur).Add(type, "compte", courant.Value.CompteId, changes);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }
}
