using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Core.Organismes;

/// <summary>What <see cref="OrganismeService.EnsureAsync"/> found and made.</summary>
/// <param name="Numeros">Number of each établissement asked for, by SIRET.</param>
/// <param name="Nouveaux">SIRET of those that did not exist.</param>
public sealed record EtablissementsAssures(IReadOnlyDictionary<string, int> Numeros, IReadOnlyList<string> Nouveaux);

/// <summary>
/// Établissements, their places and contacts: creation without duplicates, and the choices that the fiches offer.
/// An établissement is its SIRET; each has a place "Principal" at its own address.
/// </summary>
public sealed class OrganismeService(SofiDbContext db, IDatabaseEngine engine, JournalService journal)
{
    /// <summary>The établissement of a SIRET, or <c>null</c>.</summary>
    public Task<Etablissement?> FindAsync(string siret, CancellationToken cancellation = default) =>
        db.Set<Etablissement>().AsNoTracking().FirstOrDefaultAsync(e => e.Siret == siret, cancellation);

    /// <summary>
    /// Creates the établissements whose SIRET is not known yet, each with its place "Principal"; known ones are left as they are.
    /// A fixed number of queries in one transaction. For imports: the caller writes the journal, one event with its counts.
    /// </summary>
    /// <param name="etablissements">Établissements with valid SIRETs; the first of a repeated SIRET counts. Numbers are all given or all left to Sofi.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    public Task<EtablissementsAssures> EnsureAsync(IReadOnlyCollection<Etablissement> etablissements, CancellationToken cancellation = default)
    {
        if (etablissements.FirstOrDefault(e => !Identifiants.IsSiret(e.Siret)) is { } wrong)
            throw new ArgumentException($"« {wrong.Siret} » is not a SIRET.", nameof(etablissements));
        return db.InTransactionAsync(
            async () =>
            {
                var wanted = etablissements.DistinctBy(e => e.Siret).ToDictionary(e => e.Siret);
                var known = await NumbersAsync(wanted.Keys, cancellation);
                var missing = wanted.Values.Where(e => !known.ContainsKey(e.Siret)).ToList();
                if (missing.Count == 0) return new EtablissementsAssures(known, []);
                await engine.BulkInsertAsync(db, missing, cancellation);
                if (missing.Any(e => e.Numero != 0)) await engine.AdvanceIdentityAsync<Etablissement>(db, cancellation);
                var all = await NumbersAsync(wanted.Keys, cancellation);
                var places = missing.Select(e => new Lieu { EtablissementNumero = all[e.Siret], Nom = Lieu.NomPrincipal, Adresse = e.Adresse });
                await engine.BulkInsertAsync(db, places, cancellation);
                return new EtablissementsAssures(all, [.. missing.Select(e => e.Siret)]);
            },
            cancellation);
    }

    /// <summary>Creates an établissement with its place "Principal", or finds the one that already has this SIRET. Returns its number.</summary>
    public Task<int> CreateAsync(Etablissement etablissement, Auteur auteur, CancellationToken cancellation = default) => db.InTransactionAsync(
        async () =>
        {
            var ensured = await EnsureAsync([etablissement], cancellation);
            var number = ensured.Numeros[etablissement.Siret];
            if (ensured.Nouveaux.Count == 0) return number;
            var e = etablissement;
            journal.Begin(NatureProcessus.Organisme, auteur).Add("EtablissementCree", "etablissement", number,
                Changement.Between(null, new { e.Siret, e.RaisonSociale, e.Nda, e.Adresse, e.Courriel, e.Telephone }));
            await db.SaveChangesAsync(cancellation);
            return number;
        },
        cancellation);

    /// <summary>Adds a place to an établissement. Returns its number.</summary>
    public Task<int> AddLieuAsync(Lieu lieu, Auteur auteur, CancellationToken cancellation = default) => db.InTransactionAsync(
        async () =>
        {
            db.Add(lieu);
            await db.SaveChangesAsync(cancellation);
            journal.Begin(NatureProcessus.Organisme, auteur).Add("LieuCree", "lieu", lieu.Id,
                Changement.Between(null, new { lieu.EtablissementNumero, lieu.Nom, lieu.Adresse }));
            await db.SaveChangesAsync(cancellation);
            return lieu.Id;
        },
        cancellation);

    /// <summary>
    /// Adds a contact to an établissement; its first contact becomes the principal one, published by the sessions that name none
    /// (decision 48). Returns its number.
    /// </summary>
    public Task<int> AddContactAsync(Contact contact, Auteur auteur, CancellationToken cancellation = default) => db.InTransactionAsync(
        async () =>
        {
            var numbered = contact.Numero != 0;
            db.Add(contact);
            await db.SaveChangesAsync(cancellation);
            if (numbered) await engine.AdvanceIdentityAsync<Contact>(db, cancellation);
            var first = await db.Set<Etablissement>().Where(e => e.Numero == contact.EtablissementNumero && e.ContactPrincipalNumero == null)
                .ExecuteUpdateAsync(e => e.SetProperty(p => p.ContactPrincipalNumero, contact.Numero).SetProperty(p => p.Version, p => p.Version + 1), cancellation);
            journal.Begin(NatureProcessus.Organisme, auteur).Add("ContactCree", "contact", contact.Numero,
                Changement.Between(null, new { contact.EtablissementNumero, contact.Nom, contact.Prenom, contact.Fonction, contact.Courriel, contact.Telephone, Principal = first == 1 }));
            await db.SaveChangesAsync(cancellation);
            return contact.Numero;
        },
        cancellation);

    /// <summary>
    /// The places that a fiche of this établissement offers: the active ones and the one it holds already, "Principal" first.
    /// A place of another établissement is never among them. One query.
    /// </summary>
    public async Task<IReadOnlyList<Lieu>> LieuxAsync(int etablissement, int? inUse = null, CancellationToken cancellation = default)
    {
        var places = await db.Set<Lieu>().AsNoTracking().Include(l => l.Etablissement)
            .Where(l => l.EtablissementNumero == etablissement && (l.Actif || l.Id == inUse)).ToListAsync(cancellation);
        return [.. places.OrderBy(l => l.Nom != Lieu.NomPrincipal).ThenBy(l => Texte.Fold(l.Nom), StringComparer.Ordinal).ThenBy(l => l.Id)];
    }

    /// <summary>
    /// The contacts that a fiche of this établissement offers as contact and référents: the active ones and those it holds already,
    /// by name. A contact of another établissement is never among them. One query.
    /// </summary>
    public async Task<IReadOnlyList<Contact>> ContactsAsync(int etablissement, IReadOnlyCollection<int>? inUse = null, CancellationToken cancellation = default)
    {
        var kept = inUse ?? [];
        var contacts = await db.Set<Contact>().AsNoTracking().Include(c => c.Etablissement)
            .Where(c => c.EtablissementNumero == etablissement && (c.Actif || kept.Contains(c.Numero))).ToListAsync(cancellation);
        return [.. contacts.OrderBy(c => Texte.Fold($"{c.Nom} {c.Prenom}"), StringComparer.Ordinal).ThenBy(c => c.Numero)];
    }

    private Task<Dictionary<string, int>> NumbersAsync(IReadOnlyCollection<string> sirets, CancellationToken cancellation) =>
        db.Set<Etablissement>().Where(e => sirets.Contains(e.Siret)).Select(e => new { e.Siret, e.Numero })
            .ToDictionaryAsync(e => e.Siret, e => e.Numero, cancellation);
}
