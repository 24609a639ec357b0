using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Core.Comptes;

/// <summary>Which accounts a person manages: every query over accounts starts here. An account outside is a 404.</summary>
public static class PorteeComptes
{
    /// <summary>The administrateur manages all; a gestionnaire those of her organisation (decision 45); the others none.</summary>
    public static IQueryable<Compte> VisibleTo(this IQueryable<Compte> comptes, Utilisateur utilisateur) => utilisateur.Role switch
    {
        Role.Administrateur => comptes,
        Role.Gestionnaire => comptes.Where(c => (c.Role == Role.Redacteur || c.Role == Role.Gestionnaire)
            && c.Etablissements.Any(a => utilisateur.Etablissements.Contains(a.EtablissementNumero))),
        _ => comptes.Where(_ => false),
    };
}

/// <summary>
/// Keeps the accounts: role, établissements, lockout, leavers. Nobody takes herself out, and one administrateur always remains. An account
/// that also works for another organisation is changed as a whole by the Cariforef only; a gestionnaire settles her own établissements.
/// </summary>
public sealed class GestionComptes(SofiDbContext db, JournalService journal, TimeProvider clock)
{
    internal const string Inconnu = "Ce compte n’existe pas.";
    internal const string Verrou = "comptes";

    /// <summary>The accounts that the person manages and that hold every word: in their name, address, or the name or SIRET of an établissement.</summary>
    /// <param name="par">Who looks.</param>
    /// <param name="mots">Folded words.</param>
    public IQueryable<LigneCompte> List(Utilisateur par, IEnumerable<string> mots)
    {
        var now = clock.GetUtcNow();
        var comptes = db.Set<Compte>().AsNoTracking().VisibleTo(par);
        foreach (var mot in mots)
        {
            comptes = comptes.Where(c => c.Recherche.Contains(mot)
                || c.Etablissements.Any(a => a.Etablissement.Recherche.Contains(mot) || a.Etablissement.Siret == mot));
        }

        return comptes.Select(c => new LigneCompte
        {
            Id = c.Id,
            Nom = c.Nom,
            Courriel = c.Email!,
            Role = c.Role,
            Etat = c.DesactiveLe != null ? EtatCompte.Desactive : c.PasswordHash == null ? EtatCompte.Invite : c.LockoutEnd > now ? EtatCompte.Bloque : EtatCompte.Actif,
            DerniereConnexion = c.DerniereConnexion,
            SecondFacteur = c.TwoFactorEnabled,
            Organisme = c.Etablissements.OrderBy(a => a.EtablissementNumero).Select(a => a.Etablissement.RaisonSociale).FirstOrDefault(),
            NbEtablissements = c.Etablissements.Count,
            Recherche = c.Recherche,
        });
    }

    /// <summary>An account that the person manages, with its établissements; <c>null</c> when there is none.</summary>
    public Task<Compte?> FindAsync(int id, Utilisateur par, CancellationToken cancellation = default) =>
        db.Set<Compte>().AsNoTracking().VisibleTo(par).Include(c => c.Etablissements).ThenInclude(a => a.Etablissement).FirstOrDefaultAsync(c => c.Id == id, cancellation);

    /// <summary>The latest events of an account, the last first.</summary>
    public async Task<IReadOnlyList<(DateTime Instant, string Auteur, Evenement Evenement)>> HistoryAsync(int id, int most, CancellationToken cancellation = default)
    {
        var key = id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var rows = await db.Set<Evenement>().AsNoTracking().Where(e => e.Objet == "compte" && e.Cle == key).OrderByDescending(e => e.Id).Take(most)
            .Join(db.Set<Processus>(), e => e.ProcessusId, p => p.Id, (e, p) => new { p.Instant, p.Auteur, Evenement = e }).ToListAsync(cancellation);
        return [.. rows.OrderByDescending(row => row.Evenement.Id).Select(row => (row.Instant, row.Auteur, row.Evenement))];
    }

    /// <summary>Where an account stands now.</summary>
    public EtatCompte StateOf(Compte compte) => compte switch
    {
        { DesactiveLe: not null } => EtatCompte.Desactive,
        { PasswordHash: null } => EtatCompte.Invite,
        { LockoutEnd: { } end } when end > clock.GetUtcNow() => EtatCompte.Bloque,
        _ => EtatCompte.Actif,
    };

    /// <summary>Changes the role of an account.</summary>
    public Task<Geste> ChangeRoleAsync(int id, Role? role, Utilisateur par, CancellationToken cancellation = default) => ChangeAsync(
        id, par, wholly: true,
        async compte =>
        {
            if (role is not { } given || !InvitationService.RolesGivenBy(par).Contains(given)) return "Choisissez un rôle.";
            if (compte.Role == given) return null;
            if (compte.EstOrganisme != given is Role.Redacteur or Role.Gestionnaire)
                return "Un compte d’organisme reste un compte d’organisme : invitez la personne avec une autre adresse, puis désactivez celui-ci.";
            if (compte.Role == Role.Administrateur && await IsLastAsync(cancellation)) return DernierAdministrateur;
            Tell(par, "RoleChange", id, new Changement("Role", compte.Role.ToString(), given.ToString()));
            compte.Role = given;
            return null;
        },
        cancellation);

    /// <summary>
    /// Attaches an account of an organisme de formation to these établissements and to no other within the person's reach; one at least remains, here or
    /// in another organisation.
    /// </summary>
    public Task<Geste> SetEtablissementsAsync(int id, IReadOnlyCollection<string> sirets, Utilisateur par, CancellationToken cancellation = default) => ChangeAsync(
        id, par, wholly: false,
        async compte =>
        {
            if (!compte.EstOrganisme) return "Seuls les comptes d’organisme de formation sont rattachés à des établissements.";
            var kept = compte.Etablissements.Where(a => par.Role == Role.Gestionnaire && !par.Etablissements.Contains(a.EtablissementNumero)).ToList();
            var faults = new List<string>();
            var wanted = sirets.Count == 0 && kept.Count > 0 ? [] : await CompteService.FindEtablissementsAsync(db, compte.Role, sirets, faults, cancellation);
            if (par.Role == Role.Gestionnaire && wanted.Values.Except(par.Etablissements).Any()) faults.Add("Choisissez des établissements de votre organisme.");
            if (faults.Count > 0) return string.Join(' ', faults);

            var added = wanted.Where(e => compte.Etablissements.TrueForAll(a => a.EtablissementNumero != e.Value)).ToList();
            var removed = compte.Etablissements.Except(kept).Where(a => !wanted.ContainsValue(a.EtablissementNumero)).ToList();
            Tell(par, "EtablissementsChanges", id,
            [
                .. added.Select(e => new Changement("Etablissements", null, e.Key)),
                .. removed.Select(a => new Changement("Etablissements", a.Etablissement.Siret, null)),
            ]);
            compte.Etablissements.AddRange(added.Select(e => new CompteEtablissement { EtablissementNumero = e.Value }));
            compte.Etablissements.RemoveAll(removed.Contains);
            return null;
        },
        cancellation);

    /// <summary>Releases a lockout before its quarter of an hour is over.</summary>
    public Task<Geste> UnlockAsync(int id, Utilisateur par, CancellationToken cancellation = default) => ChangeAsync(
        id, par, wholly: false,
        compte =>
        {
            if (compte.LockoutEnd is null || compte.LockoutEnd <= clock.GetUtcNow()) return Task.FromResult<string?>(null);
            compte.LockoutEnd = null;
            compte.AccessFailedCount = 0;
            Tell(par, "CompteDeverrouille", id);
            return Task.FromResult<string?>(null);
        },
        cancellation);

    /// <summary>Deactivates a leaver's account: its sessions close at the next click, its links open nothing more, its history stays.</summary>
    public Task<Geste> DeactivateAsync(int id, Utilisateur par, CancellationToken cancellation = default) => ChangeAsync(
        id, par, wholly: true,
        async compte =>
        {
            if (compte.DesactiveLe is not null) return null;
            if (compte.Role == Role.Administrateur && await IsLastAsync(cancellation)) return DernierAdministrateur;
            compte.DesactiveLe = clock.UtcInstant();
            compte.SecurityStamp = Guid.NewGuid().ToString("N");
            await db.CloseSessionsAsync(id, cancellation);
            await db.Set<LienCompte>().Where(l => l.CompteId == id).ExecuteDeleteAsync(cancellation);
            Tell(par, "CompteDesactive", id);
            return null;
        },
        cancellation);

    /// <summary>Opens a deactivated account again, with the password that it had.</summary>
    public Task<Geste> ReactivateAsync(int id, Utilisateur par, CancellationToken cancellation = default) => ChangeAsync(
        id, par, wholly: true,
        compte =>
        {
            if (compte.DesactiveLe is null) return Task.FromResult<string?>(null);
            compte.DesactiveLe = null;
            Tell(par, "CompteReactive", id);
            return Task.FromResult<string?>(null);
        },
        cancellation);

    /// <summary>Takes the second factor of a person who lost her telephone and her recovery codes.</summary>
    public Task<Geste> RemoveSecondFactorAsync(int id, Utilisateur par, CancellationToken cancellation = default) => ChangeAsync(
        id, par, wholly: true,
        async compte =>
        {
            if (!compte.TwoFactorEnabled) return null;
            compte.TwoFactorEnabled = false;
            compte.CleTotp = null;
            await db.Set<CodeSecours>().Where(c => c.CompteId == id).ExecuteDeleteAsync(cancellation);
            Tell(par, "SecondFacteurRetire", id);
            return null;
        },
        cancellation);

    /// <summary>True when the person may change this account as a whole: it works for her organisation alone, and it is not her own.</summary>
    public static bool IsWhollyManagedBy(Compte compte, Utilisateur par) => compte.Id != par.CompteId
        && (par.Role == Role.Administrateur || compte.Etablissements.TrueForAll(a => par.Etablissements.Contains(a.EtablissementNumero)));

    private const string DernierAdministrateur = "C’est le dernier administrateur du Cariforef : nommez-en un autre d’abord.";

    private Task<Geste> ChangeAsync(int id, Utilisateur par, bool wholly, Func<Compte, Task<string?>> change, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                // Two administrateurs who would deactivate each other pass one after the other.
                await db.LockAsync(Verrou, cancellation);
                var compte = await db.Set<Compte>().VisibleTo(par).Include(c => c.Etablissements).ThenInclude(a => a.Etablissement)
                    .FirstOrDefaultAsync(c => c.Id == id, cancellation);
                if (compte is null) return Geste.Refuse("", Inconnu);
                if (wholly && id == par.CompteId) return Geste.Refuse("", "C’est votre propre compte : demandez à quelqu’un d’autre de le changer.");
                if (wholly && !IsWhollyManagedBy(compte, par))
                    return Geste.Refuse("", "Cette personne travaille aussi pour un autre organisme : demandez ce changement au service Offre du Cariforef.");
                if (await change(compte) is { } refusal) return Geste.Refuse("", refusal);
                compte.ConcurrencyStamp = Guid.NewGuid().ToString("N");
                await db.SaveChangesAsync(cancellation);
                return new Geste(id, []);
            },
            cancellation);

    private async Task<bool> IsLastAsync(CancellationToken cancellation) =>
        await db.Set<Compte>().CountAsync(c => c.Role == Role.Administrateur && c.DesactiveLe == null && c.PasswordHash != null, cancellation) <= 1;

    private void Tell(Utilisateur par, string type, int id, params IReadOnlyList<Changement> changes) =>
        journal.Begin(NatureProcessus.Compte, par.Auteur).Add(type, "compte", id, changes, evenIfEmpty: type != "EtablissementsChanges");
}
