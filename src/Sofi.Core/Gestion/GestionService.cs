using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Offre.Regles;
using Sofi.Core.Organismes;
using Sofi.Core.Referentiels;
using Sofi.Core.Validation;

namespace Sofi.Core.Gestion;

/// <summary>
/// An organisation's own desk: établissements, their places, contacts and open days, created and saved with the rules of the one catalogue.
/// Nothing is sent there, so a blocking rule holds back the save. Each write locks its row, checks the version that the form started from,
/// and is journalled in its own transaction; what is published of a contact or place is refreshed there too (decision 32).
/// </summary>
public sealed class GestionService(SofiDbContext db, PublicationService publication, JournalService journal, TimeProvider clock)
{
    private const NatureProcessus Nature = NatureProcessus.Organisme;

    /// <summary>What the rules of a fiche look at: the communes, contacts and places that it may name.</summary>
    /// <param name="etablissement">Établissement; 0 for one that does not exist yet.</param>
    /// <param name="communes">INSEE codes that the fiche holds.</param>
    /// <param name="lieu">Place that the fiche holds already, offered even once deactivated.</param>
    /// <param name="contact">Contact that the fiche holds already, offered even once deactivated.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<Contexte> ContexteAsync(
        int etablissement, IReadOnlyList<string> communes, int? lieu = null, int? contact = null, CancellationToken cancellation = default)
    {
        var towns = communes.Count == 0 ? [] : await CommunesAsync(communes, cancellation);
        var places = await db.Set<Lieu>().AsNoTracking().Where(l => l.EtablissementNumero == etablissement && (l.Actif || l.Id == lieu)).OrderBy(l => l.Id).ToListAsync(cancellation);
        var contacts = await db.Set<Contact>().AsNoTracking().Where(c => c.EtablissementNumero == etablissement && (c.Actif || c.Numero == contact)).ToListAsync(cancellation);
        return new Contexte
        {
            Aujourdhui = clock.Today(),
            Libelles = new Libelles(new Dictionary<ListeOuverte, IReadOnlyDictionary<string, string>>
            {
                [ListeOuverte.Communes] = towns.ToDictionary(c => c.CodeInsee, Label),
                [ListeOuverte.Lieux] = places.ToDictionary(l => Text(l.Id), l => l.Adresse.Commune is { } commune ? $"{l.Nom} – {commune}" : l.Nom),
                [ListeOuverte.Contacts] = contacts.OrderBy(c => Texte.Fold($"{c.Nom} {c.Prenom}"), StringComparer.Ordinal)
                    .ToDictionary(c => Text(c.Numero), c => $"{c.Numero}, {c.NomComplet}{(c.Fonction is null ? "" : " – " + c.Fonction)}"),
            }),
        };
    }

    /// <summary>A commune as the screens show it: "Pornic (44210)", or "Nantes (44)" when it has several postal codes.</summary>
    public static string Label(Commune commune) => $"{commune.Nom} ({(commune.CodesPostaux.Count == 1 ? commune.CodesPostaux[0] : commune.Departement)})";

    /// <summary>Creates an établissement with its place "Principal": the Cariforef alone.</summary>
    public Task<ResultatSaisie> CreateEtablissementAsync(Utilisateur utilisateur, FicheEtablissement fiche, Guid jeton, CancellationToken cancellation = default) =>
        CreateAsync(jeton, async () =>
        {
            if (utilisateur.Role != Role.Administrateur) return ResultatSaisie.Introuvable;
            fiche = fiche.Tidy();
            if (Faults(fiche, await ContexteAsync(0, fiche.Commune, cancellation: cancellation)) is { Count: > 0 } faults) return new ResultatSaisie(0, faults);
            if (await db.Set<Etablissement>().AnyAsync(e => e.Siret == fiche.Siret, cancellation))
                return ResultatSaisie.Refused($"Le SIRET {fiche.Siret} existe déjà : cherchez-le dans la liste.");
            var adresse = await AddressAsync(fiche.Voie, fiche.CodePostal, fiche.Commune, cancellation);
            var etablissement = new Etablissement { Siret = fiche.Siret!, RaisonSociale = fiche.RaisonSociale! };
            etablissement.Write(fiche, adresse);
            etablissement.Lieux.Add(new Lieu { Nom = Lieu.NomPrincipal, Adresse = adresse });
            db.Add(etablissement);
            await db.SaveChangesAsync(cancellation);
            journal.Begin(Nature, utilisateur.Auteur).Add("EtablissementCree", "etablissement", etablissement.Numero, Changement.Between(null, fiche));
            return ResultatSaisie.Saved(etablissement.Numero);
        }, cancellation);

    /// <summary>Saves the sheet of an établissement started from <paramref name="version"/>; its place "Principal" follows its address.</summary>
    public Task<ResultatSaisie> SaveEtablissementAsync(Utilisateur utilisateur, int numero, int version, FicheEtablissement fiche, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            await db.Set<Etablissement>().Where(e => e.Numero == numero).ExecuteUpdateAsync(set => set.SetProperty(e => e.Version, e => e.Version), cancellation);
            var etablissement = await db.Set<Etablissement>().Include(e => e.Lieux).FirstOrDefaultAsync(e => e.Numero == numero, cancellation);
            if (etablissement is null || !utilisateur.CanManage(numero)) return ResultatSaisie.Introuvable;
            var current = etablissement.ToFiche();
            fiche = fiche.Tidy() with { Siret = current.Siret };
            if (etablissement.Version != version && await OutdatedAsync(current, fiche, etablissement.Version, "etablissement", numero, cancellation) is { } conflict) return conflict;
            var contexte = await ContexteAsync(numero, fiche.Commune, contact: current.ContactPrincipal, cancellation: cancellation);
            if (Faults(fiche, contexte, numero) is { Count: > 0 } faults) return new ResultatSaisie(0, faults);
            var adresse = await AddressAsync(fiche.Voie, fiche.CodePostal, fiche.Commune, cancellation);
            fiche = fiche with { CodePostal = adresse.CodePostal };
            var changes = Changement.Between(current, fiche);
            if (changes.Count == 0) return ResultatSaisie.Saved(numero);

            var moved = etablissement.Adresse != adresse;
            var former = current.ContactPrincipal is { } old && old != fiche.ContactPrincipal ? await publication.ActionsShowingAsync(old, cancellation) : [];
            etablissement.Write(fiche, adresse);
            etablissement.Version++;
            var principal = etablissement.Lieux.FirstOrDefault(l => l.EstPrincipal);
            if (moved && principal is not null) (principal.Adresse, principal.Version) = (adresse, principal.Version + 1);
            journal.Begin(Nature, utilisateur.Auteur).Add("EtablissementModifie", "etablissement", numero, changes);
            await db.SaveChangesAsync(cancellation);
            var held = moved && principal is not null ? await publication.ActionsAtAsync([principal.Id], cancellation) : [];
            var heir = fiche.ContactPrincipal is { } next && next != current.ContactPrincipal ? next : 0;
            var shown = heir == 0 ? former : [.. former.Union(await publication.ActionsShowingAsync(heir, cancellation)).Order()];
            await publication.RefreshAsync([heir], shown, principal is null ? [] : [principal], held, cancellation);
            return ResultatSaisie.Saved(numero);
        }, cancellation);

    /// <summary>Creates a place of an établissement.</summary>
    public Task<ResultatSaisie> CreateLieuAsync(Utilisateur utilisateur, int etablissement, FicheLieu fiche, Guid jeton, CancellationToken cancellation = default) =>
        CreateAsync(jeton, async () =>
        {
            if (!utilisateur.CanManage(etablissement)) return ResultatSaisie.Introuvable;
            if (Faults(fiche, await ContexteAsync(etablissement, fiche.Commune, cancellation: cancellation)) is { Count: > 0 } faults) return new ResultatSaisie(0, faults);
            if (await TwinAsync(etablissement, 0, fiche.Nom!, cancellation) is { } twin) return twin;
            var lieu = new Lieu { EtablissementNumero = etablissement, Nom = fiche.Nom! };
            lieu.Write(fiche, await AddressAsync(fiche.Voie, fiche.CodePostal, fiche.Commune, cancellation));
            db.Add(lieu);
            await db.SaveChangesAsync(cancellation);
            journal.Begin(Nature, utilisateur.Auteur).Add("LieuCree", "lieu", lieu.Id, Changement.Between(null, lieu.ToFiche()));
            return ResultatSaisie.Saved(lieu.Id);
        }, cancellation);

    /// <summary>Saves a place started from <paramref name="version"/>; "Principal" keeps its name and the établissement's address.</summary>
    public Task<ResultatSaisie> SaveLieuAsync(Utilisateur utilisateur, int id, int version, FicheLieu fiche, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            await db.Set<Lieu>().Where(l => l.Id == id).ExecuteUpdateAsync(set => set.SetProperty(l => l.Version, l => l.Version), cancellation);
            var lieu = await db.Set<Lieu>().FirstOrDefaultAsync(l => l.Id == id, cancellation);
            if (lieu is null || !utilisateur.CanManage(lieu.EtablissementNumero)) return ResultatSaisie.Introuvable;
            var current = lieu.ToFiche();
            fiche = fiche.At(lieu);
            if (lieu.Version != version && await OutdatedAsync(current, fiche, lieu.Version, "lieu", id, cancellation) is { } conflict) return conflict;
            if (Faults(fiche, await ContexteAsync(lieu.EtablissementNumero, fiche.Commune, cancellation: cancellation), id) is { Count: > 0 } faults)
                return new ResultatSaisie(0, faults);
            if (await TwinAsync(lieu.EtablissementNumero, id, fiche.Nom!, cancellation) is { } twin) return twin;
            var adresse = lieu.EstPrincipal ? lieu.Adresse : await AddressAsync(fiche.Voie, fiche.CodePostal, fiche.Commune, cancellation);
            fiche = fiche with { CodePostal = adresse.CodePostal };
            var changes = Changement.Between(current, fiche);
            if (changes.Count == 0) return ResultatSaisie.Saved(id);
            lieu.Write(fiche, adresse);
            lieu.Version++;
            var shown = await publication.ActionsAtAsync([id], cancellation);
            journal.Begin(Nature, utilisateur.Auteur).Add("LieuModifie", "lieu", id, changes).Add("LieuRepublie", "lieu", id, Counted("Actions", shown.Count));
            await db.SaveChangesAsync(cancellation);
            await publication.RefreshAsync([], [], [lieu], shown, cancellation);
            return ResultatSaisie.Saved(id);
        }, cancellation);

    /// <summary>Creates a contact of an établissement; the first becomes the principal one (decision 48).</summary>
    public Task<ResultatSaisie> CreateContactAsync(Utilisateur utilisateur, int etablissement, FicheContact fiche, Guid jeton, CancellationToken cancellation = default) =>
        CreateAsync(jeton, async () =>
        {
            if (!utilisateur.CanManage(etablissement)) return ResultatSaisie.Introuvable;
            if (Faults(fiche, Today()) is { Count: > 0 } faults) return new ResultatSaisie(0, faults);
            var contact = new Contact { EtablissementNumero = etablissement, Nom = fiche.Nom! };
            contact.Write(fiche);
            db.Add(contact);
            await db.SaveChangesAsync(cancellation);
            await db.Set<Etablissement>().Where(e => e.Numero == etablissement && e.ContactPrincipalNumero == null).ExecuteUpdateAsync(
                set => set.SetProperty(e => e.ContactPrincipalNumero, contact.Numero).SetProperty(e => e.Version, e => e.Version + 1), cancellation);
            journal.Begin(Nature, utilisateur.Auteur).Add("ContactCree", "contact", contact.Numero, Changement.Between(null, fiche));
            return ResultatSaisie.Saved(contact.Numero);
        }, cancellation);

    /// <summary>Saves a contact started from <paramref name="version"/>; what is published of it changes at once (decision 32).</summary>
    public Task<ResultatSaisie> SaveContactAsync(Utilisateur utilisateur, int numero, int version, FicheContact fiche, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            await db.Set<Contact>().Where(c => c.Numero == numero).ExecuteUpdateAsync(set => set.SetProperty(c => c.Version, c => c.Version), cancellation);
            var contact = await db.Set<Contact>().FirstOrDefaultAsync(c => c.Numero == numero, cancellation);
            if (contact is null || !utilisateur.CanManage(contact.EtablissementNumero)) return ResultatSaisie.Introuvable;
            var current = contact.ToFiche();
            if (contact.Version != version && await OutdatedAsync(current, fiche, contact.Version, "contact", numero, cancellation) is { } conflict) return conflict;
            if (Faults(fiche, Today(), numero) is { Count: > 0 } faults) return new ResultatSaisie(0, faults);
            var changes = Changement.Between(current, fiche);
            if (changes.Count == 0) return ResultatSaisie.Saved(numero);
            contact.Write(fiche);
            contact.Version++;
            var shown = await publication.ActionsShowingAsync(numero, cancellation);
            journal.Begin(Nature, utilisateur.Auteur).Add("ContactModifie", "contact", numero, changes).Add("ContactRepublie", "contact", numero, Counted("Actions", shown.Count));
            await db.SaveChangesAsync(cancellation);
            await publication.RefreshAsync([numero], shown, [], [], cancellation);
            return ResultatSaisie.Saved(numero);
        }, cancellation);

    /// <summary>Creates open days, one for each date; a resent form finds its first result. Returns the number of the first.</summary>
    public Task<ResultatSaisie> CreatePortesAsync(
        Utilisateur utilisateur, int etablissement, FichePorteOuverte fiche, IReadOnlyList<DateOnly> dates, Guid jeton, CancellationToken cancellation = default) =>
        CreateAsync(jeton, async () =>
        {
            if (!utilisateur.CanManage(etablissement)) return ResultatSaisie.Introuvable;
            if (dates.Count > 0) fiche = fiche with { Date = dates[0] };
            if (Faults(fiche, await ContexteAsync(etablissement, [], cancellation: cancellation)) is { Count: > 0 } faults) return new ResultatSaisie(0, faults);
            var portes = dates.Distinct().Order().Take(Recurrence.MostDates)
                .Select(date => new PorteOuverte { EtablissementNumero = etablissement, Fiche = fiche with { Date = date } }).ToList();
            db.AddRange(portes);
            await db.SaveChangesAsync(cancellation);
            var process = journal.Begin(Nature, utilisateur.Auteur);
            foreach (var porte in portes) process.Add("PorteOuverteCreee", "porte-ouverte", porte.Numero, Changement.Between(null, porte.Fiche));
            return ResultatSaisie.Saved(portes[0].Numero);
        }, cancellation);

    /// <summary>Saves an open day started from <paramref name="version"/>.</summary>
    public Task<ResultatSaisie> SavePorteAsync(Utilisateur utilisateur, int numero, int version, FichePorteOuverte fiche, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            await db.Set<PorteOuverte>().Where(p => p.Numero == numero).ExecuteUpdateAsync(set => set.SetProperty(p => p.Version, p => p.Version), cancellation);
            var porte = await db.Set<PorteOuverte>().FirstOrDefaultAsync(p => p.Numero == numero, cancellation);
            if (porte is null || !utilisateur.CanManage(porte.EtablissementNumero)) return ResultatSaisie.Introuvable;
            if (porte.Version != version && await OutdatedAsync(porte.Fiche, fiche, porte.Version, "porte-ouverte", numero, cancellation) is { } conflict) return conflict;
            if (Faults(fiche, await ContexteAsync(porte.EtablissementNumero, [], porte.Fiche.LieuId, cancellation: cancellation), numero) is { Count: > 0 } faults)
                return new ResultatSaisie(0, faults);
            var changes = Changement.Between(porte.Fiche, fiche);
            if (changes.Count == 0) return ResultatSaisie.Saved(numero);
            porte.Fiche = fiche;
            porte.Version++;
            journal.Begin(Nature, utilisateur.Auteur).Add("PorteOuverteModifiee", "porte-ouverte", numero, changes);
            return ResultatSaisie.Saved(numero);
        }, cancellation);

    /// <summary>Deletes an open day; one that is gone already is deleted.</summary>
    public Task<ResultatSaisie> DeletePorteAsync(Utilisateur utilisateur, int numero, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            var porte = await db.Set<PorteOuverte>().FirstOrDefaultAsync(p => p.Numero == numero, cancellation);
            if (porte is null || !utilisateur.CanManage(porte.EtablissementNumero)) return ResultatSaisie.Introuvable;
            db.Remove(porte);
            journal.Begin(Nature, utilisateur.Auteur).Add("PorteOuverteSupprimee", "porte-ouverte", numero, Changement.Between(porte.Fiche, new FichePorteOuverte { ADistance = null }), evenIfEmpty: true);
            return ResultatSaisie.Saved(numero);
        }, cancellation);

    /// <summary>The rules that a fiche breaks and that hold back its save.</summary>
    internal static IReadOnlyList<Constat> Faults(object fiche, Contexte contexte, int numero = 0) =>
        [.. Catalogue.Judge(fiche, contexte, numero).Where(c => c.Regle.Gravite is Gravite.Impossible or Gravite.Bloquant)];

    internal static IReadOnlyList<Changement> Counted(string name, int count) => count == 0 ? [] : [new Changement(name, null, Text(count))];

    /// <summary>A number as text, the same everywhere.</summary>
    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Contexte Today() => new() { Aujourdhui = clock.Today() };

    private Task<List<Commune>> CommunesAsync(IReadOnlyList<string> codes, CancellationToken cancellation) =>
        db.Set<Commune>().AsNoTracking().Where(c => codes.Contains(c.CodeInsee)).ToListAsync(cancellation);

    private async Task<Adresse> AddressAsync(string? voie, string? codePostal, Codes commune, CancellationToken cancellation) =>
        FichesDeGestion.Address(voie, codePostal, (await CommunesAsync(commune, cancellation))[0]);

    /// <summary>Two places of one name could not be told apart in the lists.</summary>
    private async Task<ResultatSaisie?> TwinAsync(int etablissement, int id, string nom, CancellationToken cancellation)
    {
        var folded = Texte.Fold(nom);
        var names = await db.Set<Lieu>().Where(l => l.EtablissementNumero == etablissement && l.Id != id).Select(l => l.Nom).ToListAsync(cancellation);
        return names.Any(name => Texte.Fold(name) == folded) ? ResultatSaisie.Refused($"Un lieu de l’établissement s’appelle déjà « {nom} » : donnez-lui un autre nom.") : null;
    }

    /// <summary>What another person saved meanwhile; <c>null</c> when the form holds what is already saved, as one sent twice does.</summary>
    private async Task<ResultatSaisie?> OutdatedAsync<TFiche>(TFiche current, TFiche posted, int version, string objet, int numero, CancellationToken cancellation)
        where TFiche : class
    {
        if (Changement.Between(current, posted).Count == 0) return null;
        var key = Text(numero);
        var last = await (
            from evenement in db.Set<Evenement>()
            join process in db.Set<Processus>() on evenement.ProcessusId equals process.Id
            where evenement.Objet == objet && evenement.Cle == key
            orderby evenement.Id descending
            select new { process.Auteur, process.Instant }).FirstOrDefaultAsync(cancellation);
        return new ResultatSaisie(0, [], new Conflit(current, version, Trace.Start(last?.Auteur ?? "Une autre personne", last?.Instant ?? clock.UtcInstant())));
    }

    private async Task<ResultatSaisie> InTransactionAsync(Func<Task<ResultatSaisie>> write, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var result = await write();
        if (!result.Enregistre) return result;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return result;
    }

    /// <summary>Runs a creation once for its form token: a double click or a resent form finds its first result.</summary>
    private async Task<ResultatSaisie> CreateAsync(Guid jeton, Func<Task<ResultatSaisie>> create, CancellationToken cancellation)
    {
        for (var firstTry = true; ; firstTry = false)
        {
            if (await db.Set<JetonFormulaire>().AsNoTracking().FirstOrDefaultAsync(j => j.Jeton == jeton, cancellation) is { } done) return ResultatSaisie.Saved(done.Resultat);
            try
            {
                return await InTransactionAsync(async () =>
                {
                    var result = await create();
                    if (result.Enregistre) db.Add(new JetonFormulaire { Jeton = jeton, Resultat = result.Numero, Instant = clock.UtcInstant() });
                    return result;
                }, cancellation);
            }
            catch (DbUpdateException) when (firstTry)
            {
                db.ChangeTracker.Clear();
            }
        }
    }
}
