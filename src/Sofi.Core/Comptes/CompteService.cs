using System.Net.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Organismes;

namespace Sofi.Core.Comptes;

/// <summary>What is needed to create an account.</summary>
/// <param name="Courriel">E-mail address: the person signs in with it.</param>
/// <param name="Nom">Displayed name, up to 100 characters.</param>
/// <param name="Role">What the account may do.</param>
/// <param name="Sirets">Établissements that it is attached to: at least one for an organisme de formation, none otherwise.</param>
/// <param name="MotDePasse">Password, as typed; <c>null</c> draws one.</param>
public sealed record NouveauCompte(string Courriel, string Nom, Role Role, IReadOnlyCollection<string> Sirets, string? MotDePasse = null);

/// <summary>Outcome of a creation or attachment.</summary>
/// <param name="CompteId">Number of the account; <c>null</c> when refused.</param>
/// <param name="MotDePasse">The password that was drawn, to be told once; <c>null</c> when it was given.</param>
/// <param name="Fautes">Why it was refused, in French; empty when done.</param>
public sealed record ResultatCompte(int? CompteId, string? MotDePasse, IReadOnlyList<string> Fautes)
{
    /// <summary>True when the account was written.</summary>
    public bool Fait => Fautes.Count == 0;

    internal static ResultatCompte Refuse(IReadOnlyList<string> fautes) => new(null, null, fautes);
}

/// <summary>
/// Creates accounts and attaches them to établissements. The journal tells it, never the password; the database holds its hash only.
/// Signing in, lockout and sessions belong to the web.
/// </summary>
public sealed class CompteService(SofiDbContext db, JournalService journal, IPasswordHasher<Compte> hasher)
{
    internal const int CourrielMaximum = 256;
    internal const int NomMaximum = 100;

    /// <summary>Creates an account, or says every reason that keeps it from being created.</summary>
    public Task<ResultatCompte> CreateAsync(NouveauCompte nouveau, Auteur auteur, CancellationToken cancellation = default)
    {
        var courriel = Texte.CleanLine(nouveau.Courriel) ?? "";
        var nom = Texte.CleanLine(nouveau.Nom) ?? "";
        var drawn = nouveau.MotDePasse is null ? GenerateurMotDePasse.Draw() : null;
        var password = nouveau.MotDePasse ?? drawn!;
        var faults = new List<string>();
        faults.AddRange(((string?[])[CourrielFault(courriel), NomFault(nom)]).OfType<string>());
        if (drawn is null) faults.AddRange(RegleMotDePasse.Faults(password, nom, courriel));
        if (faults.Count > 0) return Task.FromResult(ResultatCompte.Refuse(faults));

        return db.InTransactionAsync(
            async () =>
            {
                var normalized = Normalize(courriel);
                if (await db.Set<Compte>().AnyAsync(c => c.NormalizedEmail == normalized, cancellation))
                    faults.Add($"Un compte existe déjà pour «\u00A0{courriel}\u00A0».");
                var etablissements = await FindEtablissementsAsync(db, nouveau.Role, nouveau.Sirets, faults, cancellation);
                if (faults.Count > 0) return ResultatCompte.Refuse(faults);

                var compte = NewCompte(courriel, nom, nouveau.Role);
                compte.EmailConfirmed = true;
                compte.PasswordHash = hasher.HashPassword(compte, password);
                compte.Etablissements.AddRange(etablissements.Values.Select(numero => new CompteEtablissement { EtablissementNumero = numero }));
                db.Add(compte);
                await db.SaveChangesAsync(cancellation);
                journal.Begin(NatureProcessus.Compte, auteur).Add("CompteCree", "compte", compte.Id,
                    Changement.Between(null, new { Courriel = courriel, Nom = nom, Role = nouveau.Role.ToString(), Etablissements = Codes.From(etablissements.Keys) }));
                await db.SaveChangesAsync(cancellation);
                return new ResultatCompte(compte.Id, drawn, []);
            },
            cancellation);
    }

    /// <summary>Attaches an account of an organisme de formation to further établissements; those it already has change nothing.</summary>
    public Task<ResultatCompte> AttachAsync(string courriel, IReadOnlyCollection<string> sirets, Auteur auteur, CancellationToken cancellation = default) =>
        db.InTransactionAsync(
            async () =>
            {
                var normalized = Normalize(courriel.Trim());
                var compte = await db.Set<Compte>().Include(c => c.Etablissements).FirstOrDefaultAsync(c => c.NormalizedEmail == normalized, cancellation);
                if (compte is null) return ResultatCompte.Refuse([$"Aucun compte n’existe pour «\u00A0{courriel}\u00A0»."]);
                var faults = new List<string>();
                var etablissements = await FindEtablissementsAsync(db, compte.Role, sirets, faults, cancellation);
                if (faults.Count > 0) return ResultatCompte.Refuse(faults);

                var attached = compte.Etablissements.Select(a => a.EtablissementNumero).ToHashSet();
                var added = etablissements.Where(e => !attached.Contains(e.Value)).ToList();
                compte.Etablissements.AddRange(added.Select(e => new CompteEtablissement { EtablissementNumero = e.Value }));
                journal.Begin(NatureProcessus.Compte, auteur).Add("CompteRattache", "compte", compte.Id,
                    [.. added.Select(e => new Changement("Etablissements", null, e.Key))]);
                await db.SaveChangesAsync(cancellation);
                return new ResultatCompte(compte.Id, null, []);
            },
            cancellation);

    /// <summary>Numbers of the établissements by SIRET; what is wrong with them is added to <paramref name="faults"/>.</summary>
    internal static async Task<Dictionary<string, int>> FindEtablissementsAsync(
        SofiDbContext db, Role role, IReadOnlyCollection<string> sirets, List<string> faults, CancellationToken cancellation)
    {
        var wanted = sirets.Select(siret => siret.Replace(" ", "", StringComparison.Ordinal)).Distinct().ToList();
        if (role is Role.Redacteur or Role.Gestionnaire && wanted.Count == 0)
            faults.Add("Un compte d’organisme de formation est rattaché à un établissement au moins\u00A0: donnez son SIRET.");
        if (role is not (Role.Redacteur or Role.Gestionnaire) && wanted.Count > 0)
            faults.Add("Seuls les comptes d’organisme de formation sont rattachés à des établissements\u00A0: retirez le SIRET.");
        var known = await db.Set<Etablissement>().Where(e => wanted.Contains(e.Siret)).Select(e => new { e.Siret, e.Numero })
            .ToDictionaryAsync(e => e.Siret, e => e.Numero, cancellation);
        faults.AddRange(wanted.Where(siret => !known.ContainsKey(siret)).Select(siret => Identifiants.IsSiret(siret)
            ? $"Aucun établissement n’a le SIRET {siret}\u00A0: importez le fichier de la Région ou créez l’établissement."
            : $"«\u00A0{siret}\u00A0» n’est pas un SIRET\u00A0: 14 chiffres, dont la clé est juste."));
        return known;
    }

    /// <summary>An account without password yet, of this address, name and role.</summary>
    internal static Compte NewCompte(string courriel, string nom, Role role) => new()
    {
        Email = courriel,
        NormalizedEmail = Normalize(courriel),
        UserName = courriel,
        NormalizedUserName = Normalize(courriel),
        LockoutEnabled = true,
        SecurityStamp = Guid.NewGuid().ToString("N"),
        Nom = nom,
        Role = role,
    };

    internal static string? CourrielFault(string courriel) => IsEmail(courriel) ? null : $"«\u00A0{courriel}\u00A0» n’est pas une adresse e-mail.";

    internal static string? NomFault(string nom) => nom.Length is > 0 and <= NomMaximum ? null : $"Le nom compte de 1 à {NomMaximum} caractères.";

    private static bool IsEmail(string text) =>
        text.Length <= CourrielMaximum && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.');

    internal static string Normalize(string courriel) => new UpperInvariantLookupNormalizer().NormalizeEmail(courriel)!;
}
