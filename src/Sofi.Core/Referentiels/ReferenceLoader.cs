using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;

namespace Sofi.Core.Referentiels;

/// <summary>
/// Loads the reference files shipped with Sofi. A list whose files have not changed is left alone; each list is one transaction, so that
/// a start that was killed is taken up by the next. What the Cariforef imported or keeps by hand is never overwritten.
/// </summary>
public sealed class ReferenceLoader(SofiDbContext db, IDatabaseEngine engine, CertifinfoImporter certifinfo, FicheCertifinfoImporter sheets, TimeProvider clock)
{
    /// <summary>Raised when the same files are to be read otherwise: everything is loaded again.</summary>
    private const int Version = 1;

    private const long TailleMax = 64 << 20;

    /// <summary>Loads what is new in <paramref name="folder"/>; names of the lists loaded, in order.</summary>
    /// <exception cref="FileRefusedException">A shipped file is damaged: its list is left as it was.</exception>
    public async Task<IReadOnlyList<string>> LoadAsync(string folder, CancellationToken cancellation = default)
    {
        var lists = Lists();
        var known = await db.Set<ListeChargee>().AsNoTracking().ToDictionaryAsync(l => l.Nom, cancellation);
        await ListesChargees.EnsureAsync(db, lists.Select(l => l.Nom).Where(name => !known.ContainsKey(name)), cancellation);
        var loaded = new List<string>();
        foreach (var list in lists)
        {
            var paths = list.Files.Select(file => Path.Combine(folder, file)).ToList();
            var fingerprint = await FingerprintAsync(paths, cancellation);
            if (known.TryGetValue(list.Nom, out var row) && (row.Empreinte == fingerprint || !row.Livree)) continue;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            if (!await ListesChargees.ClaimAsync(db, list.Nom, fingerprint, clock.UtcInstant(), cancellation)) continue;
            await list.Load(paths, cancellation);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            db.ChangeTracker.Clear();
            loaded.Add(list.Nom);
        }

        return loaded;
    }

    private Liste[] Lists() =>
    [
        new("communes", ["communes/communes-2026.csv"], LoadCommunesAsync),
        Simple(Nomenclatures.Departement, "communes/departements-2026.csv", "code", "nom", t => t["region"]),
        Simple(Nomenclatures.Region, "communes/regions-2026.csv", "code", "nom"),
        Simple(Nomenclatures.Rome, "rome/rome-v4-60-fiches.csv", "code_rome", "libelle", t => t["code_rome_parent"]),
        Simple(Nomenclatures.RomeDomaine, "rome/rome-domaines-2021.csv", "code", "libelle", t => t["parent"]),
        Simple(Nomenclatures.Nsf, "nsf/nsf.csv", "code", "libelle", t => t["code_base"]),
        Simple(Nomenclatures.Niveau, "niveaux/niveaux.csv", "code_lheo", "libelle", t => t["nomenclature"] == "CEC 2019" ? t["niveau_cec"] : null),
        Simple(Nomenclatures.FormacodeChamp, "formacode/formacode-champs.csv", "code_champ", "libelle", t => t["grand_domaine_v13"]),
        new("lheo", ["lheo/tables.csv"], LoadLheoAsync),
        new("formacode", ["formacode/formacode-domaines.csv", "formacode/formacode-publics-v14.csv", "formacode/formacode-modalites-pedagogiques-v10.csv"], LoadFormacodesAsync),
        new("types-certification", ["certifinfo/certifinfo-types-2020-02.csv", "sofi/types-sans-certification.csv"], LoadTypesAsync),
        new(CertifinfoImporter.Liste, ["certifinfo/certifinfo-2020-02.csv", "sofi/certifinfo-exemples.csv"], LoadCertifinfoAsync),
        new(RncpImporter.Liste, ["rncp/rncp-certifications.csv", "rncp/rncp-rs-remplacements-2026-02-01.csv", "rncp/rncp-blocs-exemples.csv"], LoadRncpAsync),
        new("jours-feries", ["calendrier/jours-feries-metropole-2016-2040.csv"], LoadHolidaysAsync),
        new("prerequis", ["sofi/prerequis.csv"], LoadPrerequisAsync),
        new("service-offre", ["sofi/service-offre.csv"], LoadServiceOffreAsync),
        new("fiches-certifinfo", ["sofi/fiches-certifinfo.csv"], LoadSheetsAsync),
    ];

    private static TableReader Open(string path) => new(File.OpenRead(path), Path.GetFileName(path), TailleMax);

    /// <summary>The rows of a file, made by <paramref name="make"/>; the file is refused when a line is faulty or has no code.</summary>
    private static List<T> Rows<T>(string path, string codeColumn, Func<TableReader, string, T> make)
    {
        using var table = Open(path);
        table.Require(codeColumn);
        var rows = new List<T>();
        while (table.Read())
        {
            if (table[codeColumn] is { } code) rows.Add(make(table, code));
            else table.Refuse(codeColumn, "Le code manque.", "Indiquez-le.");
        }

        table.ThrowIfRefused();
        return rows;
    }

    private Liste Simple(string name, string file, string codeColumn, string labelColumn, Func<TableReader, string?>? parent = null) =>
        new(name, [file], (paths, cancellation) => engine.ReplaceAsync(db, db.Set<Nomenclature>().Where(n => n.Liste == name), Rows(paths[0], codeColumn, (table, code) => new Nomenclature
        {
            Liste = name,
            Code = code,
            Libelle = table[labelColumn] ?? code,
            Parent = parent?.Invoke(table),
            Recherche = Texte.Fold(table[labelColumn]),
        }), cancellation));

    private Task LoadCommunesAsync(IReadOnlyList<string> paths, CancellationToken cancellation) =>
        engine.ReplaceAsync(db, db.Set<Commune>(), Rows(paths[0], "code_insee", (table, code) =>
        {
            var postalCodes = Codes.Parse(table["codes_postaux"]);
            return new Commune
            {
                CodeInsee = code,
                Nom = table["nom"]!,
                CodesPostaux = postalCodes,
                Departement = table["departement"] ?? "",
                Region = table["region"] ?? "",
                Latitude = Degrees(table["latitude"]),
                Longitude = Degrees(table["longitude"]),
                Population = table.Int32("population"),
                // Words kept apart by spaces alone: "saint nazaire 44600" is found by "saint-nazaire" as by "st nazaire".
                Recherche = string.Join(' ', [Texte.Fold(table["nom"]).Replace('-', ' ').Replace('\'', ' '), .. postalCodes]),
            };
        }), cancellation);

    private Task LoadLheoAsync(IReadOnlyList<string> paths, CancellationToken cancellation) =>
        engine.ReplaceAsync(db, db.Set<Nomenclature>().Where(n => n.Liste.StartsWith("dict-")), Rows(paths[0], "code", (table, code) => new Nomenclature
        {
            Liste = table["table"]!,
            Code = code,
            Libelle = table["libelle_2_3"] ?? code,
            Recherche = Texte.Fold(table["libelle_2_3"]),
        }), cancellation);

    private Task LoadFormacodesAsync(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var rows = Rows(paths[0], "code", (table, code) => Formacode(code, table, ListesFormacode.Domaine, table["code_champ"], Codes.Parse(table["synonymes"])))
            .Concat(Rows(paths[1], "code", (table, code) => Formacode(code, table, ListesFormacode.Public, null, Codes.Aucun)))
            .Concat(Rows(paths[2], "code", (table, code) =>
                Formacode(code, table, code.StartsWith("964", StringComparison.Ordinal) ? ListesFormacode.Periode : ListesFormacode.ModalitePedagogique, null, Codes.Aucun)));
        return engine.ReplaceAsync(db, db.Set<Formacode>(), rows.ToList(), cancellation);
    }

    private static Formacode Formacode(string code, TableReader table, string list, string? field, Codes synonyms) => new()
    {
        Code = code,
        Libelle = table["libelle"] ?? code,
        Liste = list,
        CodeChamp = field,
        Synonymes = synonyms.Count == 0 ? null : string.Join(", ", synonyms),
        Recherche = string.Join(' ', [Texte.Fold(table["libelle"]), .. synonyms.Select(Texte.Fold), code]),
    };

    private async Task LoadTypesAsync(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var without = Rows(paths[1], "code_type", (table, _) => table.Int32("code_type")).ToHashSet();
        var types = await db.Set<TypeCertification>().ToDictionaryAsync(t => t.Code, cancellation);
        foreach (var (code, label) in Rows(paths[0], "code_type", (table, _) => (table.Int32("code_type") ?? 0, table["libelle_type"] ?? "")))
        {
            if (!types.TryGetValue(code, out var type)) db.Add(types[code] = type = new TypeCertification { Code = code, Libelle = label });
            type.Libelle = label;
            type.SansCertification = without.Contains(code);
        }
    }

    private async Task LoadCertifinfoAsync(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        using var edition = Open(paths[0]);
        using var examples = Open(paths[1]);
        await certifinfo.MergeAsync([edition, examples], cancellation);
    }

    private async Task LoadRncpAsync(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        using TableReader extract = Open(paths[0]), replacements = Open(paths[1]), blocs = Open(paths[2]);
        var merge = await RncpMerge.LoadAsync(db, cancellation);
        merge.TakeExtract(extract);
        merge.TakeReplacements(replacements, "ancienne", "nouvelle");
        merge.TakeBlocs(blocs, "code_bloc", "libelle_bloc");
        foreach (var table in new[] { extract, replacements, blocs }) table.ThrowIfRefused();
        await merge.SaveAsync(db, engine, merge.Report(extract.FileName), cancellation);
    }

    private Task LoadHolidaysAsync(IReadOnlyList<string> paths, CancellationToken cancellation) =>
        engine.ReplaceAsync(db, db.Set<JourFerie>(), Rows(paths[0], "date", (table, _) => new JourFerie { Date = table.Date("date") ?? default, Nom = table["nom"] ?? "" }), cancellation);

    /// <summary>The table belongs to the Cariforef once shipped: only codes that it never had are added.</summary>
    private async Task LoadPrerequisAsync(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        var known = await db.Set<Prerequis>().ToDictionaryAsync(p => p.Code, cancellation);
        var order = known.Values.Select(p => p.Ordre).DefaultIfEmpty().Max();
        foreach (var (code, label) in Rows(paths[0], "code", (table, code) => (code, table["libelle"] ?? code)).Where(p => !known.ContainsKey(p.code)))
            db.Add(new Prerequis { Code = code, Libelle = label, Ordre = ++order });
    }

    /// <summary>The row belongs to the Cariforef once shipped.</summary>
    private async Task LoadServiceOffreAsync(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        if (await db.Set<ServiceOffre>().AnyAsync(cancellation)) return;
        db.AddRange(Rows(paths[0], "code", (table, code) => new ServiceOffre
        {
            Code = code,
            Nom = table["nom"] ?? "",
            Telephone = table["telephone"] ?? "",
            Horaires = table["horaires"] ?? "",
            Courriel = table["courriel"] ?? "",
            Tutoriels = table["tutoriels"] ?? "",
        }));
    }

    private async Task LoadSheetsAsync(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        using var table = Open(paths[0]);
        await sheets.AddExamplesAsync(table, cancellation);
    }

    private static double? Degrees(string? text) => double.TryParse(text, CultureInfo.InvariantCulture, out var degrees) ? degrees : null;

    private static async Task<string> FingerprintAsync(IEnumerable<string> paths, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([Version]);
        foreach (var path in paths)
        {
            if (!File.Exists(path)) throw new FileRefusedException(Path.GetFileName(path), "Ce fichier de référence manque à côté de l’application.", "Réinstallez Sofi.");
            hash.AppendData(await File.ReadAllBytesAsync(path, cancellation));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record Liste(string Nom, string[] Files, Func<IReadOnlyList<string>, CancellationToken, Task> Load);
}
