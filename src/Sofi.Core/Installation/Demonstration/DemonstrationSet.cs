using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Gestion;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Programmes;

namespace Sofi.Core.Installation.Demonstration;

/// <summary>
/// The demonstration set: the Cariforef as the procedure shows it, fictitious organisations over the five départements, and accounts
/// whose password is public. Its data are the CSV files of <c>data/reference/demonstration</c>. Idempotent: what exists is left as it is.
/// Never in service: a production start refuses a database that holds it.
/// </summary>
public sealed class DemonstrationSet(
    SofiDbContext db, SofiSettings settings, OrganismeService organismes, CompteService comptes, ImportProgrammeService programmes, DemonstrationOffres offres,
    TimeProvider clock)
{
    /// <summary>Password of every demonstration account.</summary>
    public const string MotDePasse = "Demonstration-2026!";

    /// <summary>Why a production start ends at once on a database that holds the demonstration set.</summary>
    public const string RefusEnProduction =
        "Cette base contient le jeu de démonstration, dont le mot de passe est public : elle ne peut pas servir en production. "
        + "Indiquez une autre base (SOFI_DB), préparée par « sofi migrer ».";

    /// <summary>Creates what is missing, step by step in the order of dependence.</summary>
    /// <param name="withOffres">False to leave the offers out: organisations, accounts and programmes alone, as a manual starts.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    public async Task RunAsync(bool withOffres = true, CancellationToken cancellation = default)
    {
        await AddOrganisationsAsync(cancellation);
        await AddAccountsAsync(cancellation);
        await ImportProgrammesAsync(cancellation);
        if (withOffres) await offres.RunAsync(cancellation);
    }

    /// <summary>True when the database holds a demonstration account: then it must not go into service.</summary>
    public async Task<bool> IsInstalledAsync(CancellationToken cancellation = default) => (await ExistingAccountsAsync(cancellation)).Count > 0;

    /// <summary>The accounts and their password, in lines to print when Sofi starts.</summary>
    public string Describe() => string.Join(Environment.NewLine,
    [
        $"Comptes de démonstration (mot de passe : {MotDePasse})",
        .. Accounts().Select(account => $"  {account.Courriel,-24} {account.Role,-15} {account.Nom}"),
    ]);

    /// <summary>An établissement comes with its places, contacts, référents and open days, all or none; one that exists keeps those it has.</summary>
    private async Task AddOrganisationsAsync(CancellationToken cancellation)
    {
        var etablissements = Read("organismes.csv").Select(ToEtablissement).ToList();
        var places = Read("lieux.csv").ToLookup(line => line["siret"]);
        var contacts = Read("contacts.csv").ToLookup(line => line["siret"]);
        var portes = Read("portes-ouvertes.csv").ToLookup(line => line["siret"]);
        var sirets = etablissements.Select(e => e.Siret).ToList();
        var known = await db.Set<Etablissement>().Where(e => sirets.Contains(e.Siret)).Select(e => e.Siret).ToHashSetAsync(cancellation);
        foreach (var etablissement in etablissements.Where(e => !known.Contains(e.Siret)))
        {
            await db.InTransactionAsync(
                async () =>
                {
                    var number = await organismes.CreateAsync(etablissement, Auteur.Systeme, cancellation);
                    foreach (var line in places[etablissement.Siret]) await organismes.AddLieuAsync(ToLieu(line, number), Auteur.Systeme, cancellation);
                    foreach (var line in contacts[etablissement.Siret])
                    {
                        var contact = await organismes.AddContactAsync(ToContact(line, number), Auteur.Systeme, cancellation);
                        db.AddRange(Codes.Parse(line["referent"]).Select(role => new Referent { EtablissementNumero = number, Role = role, ContactNumero = contact }));
                    }

                    var names = await db.Set<Lieu>().Where(l => l.EtablissementNumero == number).ToDictionaryAsync(l => l.Nom, l => l.Id, cancellation);
                    db.AddRange(portes[etablissement.Siret].Select(line => ToPorteOuverte(line, number, names)));
                    await db.SaveChangesAsync(cancellation);
                    foreach (var role in await db.Set<Referent>().Where(r => r.EtablissementNumero == number).GroupBy(r => r.Role).Select(g => g.Min(r => r.Id)).ToListAsync(cancellation))
                        await db.Set<Referent>().Where(r => r.Id == role).ExecuteUpdateAsync(set => set.SetProperty(r => r.ParDefaut, true), cancellation);
                    return number;
                },
                cancellation);
        }
    }

    /// <summary>The Région's files of three years, each imported once.</summary>
    private async Task ImportProgrammesAsync(CancellationToken cancellation)
    {
        var done = await db.Set<ImportProgramme>().Select(i => i.NomFichier).ToListAsync(cancellation);
        foreach (var file in Directory.GetFiles(Path.Combine(settings.ReferenceFolder, "programmes"), "region-*.zip").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(file);
            if (done.Contains(name)) continue;
            var result = await programmes.ImportAsync(name, await File.ReadAllBytesAsync(file, cancellation), Auteur.Systeme, cancellation);
            if (result.Issue != IssueImport.Applique) throw new InvalidOperationException($"{name}: {string.Join(' ', result.Fautes)}");
        }
    }

    private async Task AddAccountsAsync(CancellationToken cancellation)
    {
        var known = await ExistingAccountsAsync(cancellation);
        foreach (var account in Accounts().Where(account => !known.Contains(account.Courriel)))
        {
            var result = await comptes.CreateAsync(account, Auteur.Systeme, cancellation);
            if (!result.Fait) throw new InvalidOperationException($"comptes.csv, {account.Courriel}: {string.Join(' ', result.Fautes)}");
        }
    }

    private IEnumerable<NouveauCompte> Accounts() => Read("comptes.csv").Select(line =>
        new NouveauCompte(line["courriel"]!, line["nom"]!, Enum.Parse<Role>(line["role"]!), Codes.Parse(line["sirets"]), MotDePasse));

    private Task<HashSet<string>> ExistingAccountsAsync(CancellationToken cancellation)
    {
        var addresses = Accounts().Select(account => account.Courriel).ToList();
        return db.Set<Compte>().Where(c => addresses.Contains(c.Email!)).Select(c => c.Email!).ToHashSetAsync(cancellation);
    }

    private List<IReadOnlyDictionary<string, string?>> Read(string file) => DemonstrationFile.Read(settings, file);

    private Etablissement ToEtablissement(IReadOnlyDictionary<string, string?> line) => new()
    {
        Numero = NumberOf(line),
        Siret = line["siret"]!,
        RaisonSociale = line["raison_sociale"]!,
        NomCommercial = line["nom_commercial"],
        Nda = line["nda"],
        Qualiopi = Codes.Parse(line["qualiopi"]),
        QualiopiJusquAu = line["qualiopi"] is null ? null : clock.Today().AddYears(2),
        SiteWeb = line["site_web"],
        Adresse = AddressOf(line),
        Courriel = line["courriel"],
        Telephone = line["telephone"],
    };

    private static Lieu ToLieu(IReadOnlyDictionary<string, string?> line, int etablissement) => new()
    {
        EtablissementNumero = etablissement,
        Nom = line["nom"]!,
        Adresse = AddressOf(line),
        Latitude = DecimalOf(line["latitude"]),
        Longitude = DecimalOf(line["longitude"]),
        AccesHandicapes = line["acces_handicapes"],
        Restauration = line["restauration"],
        Hebergement = line["hebergement"],
        Transport = line["transport"],
    };

    /// <summary>Its day is counted from the day of the installation: some are always to come.</summary>
    private PorteOuverte ToPorteOuverte(IReadOnlyDictionary<string, string?> line, int etablissement, Dictionary<string, int> lieux) => new()
    {
        EtablissementNumero = etablissement,
        Fiche = new FichePorteOuverte
        {
            Titre = line["titre"],
            Date = clock.Today().AddDays(int.Parse(line["dans_jours"]!, CultureInfo.InvariantCulture)),
            HeureDebut = TimeOnly.Parse(line["debut"]!, CultureInfo.InvariantCulture),
            HeureFin = TimeOnly.Parse(line["fin"]!, CultureInfo.InvariantCulture),
            ADistance = line["url"] is null ? Listes.Non : Listes.Oui,
            LieuId = line["lieu"] is { } lieu ? lieux[lieu] : null,
            Url = line["url"],
            Public = line["public"],
            LienInscription = line["inscription"],
            CourrielInscription = line["courriel"],
            Commentaire = line["commentaire"],
        },
    };

    private static Contact ToContact(IReadOnlyDictionary<string, string?> line, int etablissement) => new()
    {
        Numero = NumberOf(line),
        EtablissementNumero = etablissement,
        Civilite = line["civilite"],
        Nom = line["nom"]!,
        Prenom = line["prenom"],
        Fonction = line["fonction"],
        Courriel = line["courriel"],
        Telephone = line["telephone"],
        Portable = line["portable"],
        Types = Codes.Parse(line["types"]),
    };

    /// <summary>The number that the procedure shows; zero leaves it to Sofi.</summary>
    private static int NumberOf(IReadOnlyDictionary<string, string?> line) =>
        line["numero"] is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : 0;

    private static decimal? DecimalOf(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);

    private static Adresse AddressOf(IReadOnlyDictionary<string, string?> line) =>
        new() { Voie = line["voie"], CodePostal = line["code_postal"], Commune = line["commune"], CodeInsee = line["code_insee"] };
}
