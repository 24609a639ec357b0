using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Core.Referentiels;

/// <summary>
/// Imports the CSV set of France compétences (RNCP and RS): fiches, blocs, Formacodes, NSF, ROME, certificateurs, replacements.
/// Fiches and blocs that the set has not stay. All or nothing; the same set twice changes nothing.
/// </summary>
public sealed class RncpImporter(SofiDbContext db, IDatabaseEngine engine, JournalService journal)
{
    /// <summary>Largest file of the set, in bytes: several times the national ones.</summary>
    public const long TailleMax = 300 << 20;

    /// <summary>Name of the list in <see cref="ListeChargee"/>.</summary>
    internal const string Liste = "rncp";

    /// <summary>The files of the set: a part of their name, and what takes them. Only the first is needed.</summary>
    private static readonly (string Name, string[] Columns, Action<RncpMerge, TableReader> Take)[] Files =
    [
        ("standard", ["numero_fiche", "intitule", "actif"], (merge, table) => merge.TakeFiches(table)),
        ("blocs_de_competences", ["numero_fiche", "bloc_competences_code", "bloc_competences_libelle"], (merge, table) => merge.TakeBlocs(table, "bloc_competences_code", "bloc_competences_libelle")),
        ("formacode", ["numero_fiche", "formacode_code"], (merge, table) => merge.TakeCodes(table, "formacode_code", (fiche, codes) => fiche.Formacodes = codes)),
        ("nsf", ["numero_fiche", "nsf_code"], (merge, table) => merge.TakeCodes(table, "nsf_code", (fiche, codes) => fiche.Nsfs = codes)),
        ("rome", ["numero_fiche", "codes_rome_code"], (merge, table) => merge.TakeCodes(table, "codes_rome_code", (fiche, codes) => fiche.Romes = codes)),
        ("certificateurs", ["numero_fiche", "nom_certificateur"], (merge, table) => merge.TakeCodes(table, "nom_certificateur", (fiche, names) => fiche.Certificateurs = string.Join(" ; ", names))),
        ("ancienne_nouvelle_certification", ["numero_fiche", "ancienne_certification", "nouvelle_certification"], (merge, table) => merge.TakeReplacements(table, "ancienne_certification", "nouvelle_certification")),
    ];

    /// <summary>Imports a folder and journals it with its counts.</summary>
    /// <param name="folder">Folder that holds the CSV files; their names may carry a date, accents or not.</param>
    /// <param name="auteur">Who imports.</param>
    /// <param name="cancellation">Stops the import; nothing is written.</param>
    /// <exception cref="FileRefusedException">The set has faults: nothing is written.</exception>
    public async Task<BilanImport> ImportAsync(string folder, Auteur auteur, CancellationToken cancellation = default)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var set = FindFiles(folder, name);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await ListesChargees.MarkImportedAsync(db, Liste, cancellation);
        var merge = await RncpMerge.LoadAsync(db, cancellation);
        foreach (var (path, columns, take) in set)
        {
            cancellation.ThrowIfCancellationRequested();
            using var table = new TableReader(File.OpenRead(path), Path.GetFileName(path), TailleMax);
            table.Require(columns);
            take(merge, table);
            table.ThrowIfRefused();
        }

        var report = merge.Report(name);
        await merge.SaveAsync(db, engine, report, cancellation);
        journal.Begin(NatureProcessus.Import, auteur).Add("RncpImporte", "import", name, report.ToChanges());
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return report;
    }

    private static List<(string Path, string[] Columns, Action<RncpMerge, TableReader> Take)> FindFiles(string folder, string name)
    {
        if (!Directory.Exists(folder)) throw new FileRefusedException(name, "Ce dossier n’existe pas.", "Indiquez le dossier qui contient les fichiers CSV de France compétences, décompressés.");
        var csv = Directory.EnumerateFiles(folder).Where(f => Path.GetExtension(f).Equals(".csv", StringComparison.OrdinalIgnoreCase))
            .ToLookup(f => Files.FirstOrDefault(known => TableReader.NormalizeHeader(Path.GetFileNameWithoutExtension(f)).Contains("_" + known.Name + "_", StringComparison.Ordinal)
                || TableReader.NormalizeHeader(Path.GetFileNameWithoutExtension(f)).EndsWith("_" + known.Name, StringComparison.Ordinal)).Name ?? "");
        if (Files.FirstOrDefault(known => csv[known.Name].Count() > 1) is { Name: { } twice })
            throw new FileRefusedException(name, $"Plusieurs fichiers «\u00A0{twice}\u00A0» : {string.Join(", ", csv[twice].Select(Path.GetFileName))}.", "Gardez l’édition à importer.");
        if (!csv[Files[0].Name].Any())
            throw new FileRefusedException(name, "Il manque le fichier «\u00A0Standard\u00A0» (export_fiches_CSV_Standard_….csv).", "Décompressez l’export de France compétences dans ce dossier.");
        return [.. Files.Where(known => csv[known.Name].Any()).Select(known => (csv[known.Name].First(), known.Columns, known.Take))];
    }
}

/// <summary>The state of the RNCP and RS fiches while files are merged into it.</summary>
internal sealed class RncpMerge
{
    private readonly Dictionary<string, FicheRncp> fiches;
    private readonly Dictionary<(string, string), BlocRncp> blocs;
    private readonly Dictionary<string, Valeurs> before;
    private readonly Dictionary<(string, string), string> blocsBefore;
    private readonly HashSet<string> seen = [];
    private readonly HashSet<(string, string)> blocsSeen = [];

    private RncpMerge(Dictionary<string, FicheRncp> fiches, Dictionary<(string, string), BlocRncp> blocs)
    {
        (this.fiches, this.blocs) = (fiches, blocs);
        before = fiches.ToDictionary(f => f.Key, f => Valeurs.Of(f.Value));
        blocsBefore = blocs.ToDictionary(b => b.Key, b => b.Value.Libelle);
    }

    public static async Task<RncpMerge> LoadAsync(SofiDbContext db, CancellationToken cancellation) => new(
        await db.Set<FicheRncp>().AsNoTracking().ToDictionaryAsync(f => f.Code, cancellation),
        await db.Set<BlocRncp>().AsNoTracking().ToDictionaryAsync(b => (b.CodeRncp, b.Code), cancellation));

    /// <summary>Takes the "Standard" file: one line per fiche.</summary>
    public void TakeFiches(TableReader table)
    {
        while (table.Read())
        {
            if (Fiche(table) is not { } fiche) continue;
            if (table["intitule"] is { } title) fiche.Intitule = title;
            else table.Refuse("intitule", "L’intitulé manque.", "Indiquez-le.");
            fiche.NiveauSortie = table["nomenclature_europe_niveau"] is ['N', 'I', 'V', var level] ? LevelOf($"{level}") : "1";
            fiche.Active = !Texte.Fold(table["actif"]).StartsWith("inacti", StringComparison.Ordinal);
            fiche.DateEcheance = table.Date("date_fin_enregistrement");
        }
    }

    /// <summary>Takes the extract shipped with Sofi: fiches with their lists on one line.</summary>
    public void TakeExtract(TableReader table)
    {
        while (table.Read())
        {
            if (Fiche(table) is not { } fiche) continue;
            fiche.Intitule = table["intitule_depp"];
            fiche.NiveauSortie = LevelOf(table["niveau_cec"]);
            fiche.Active = table["etat"] != "INACTIVE";
            // NR: non renseigné.
            fiche.DateEcheance = table["date_echeance"] == "NR" ? null : table.Date("date_echeance");
            fiche.Formacodes = Codes.Parse(table["formacodes"]);
            fiche.Nsfs = Codes.Parse(table["nsf"]);
            fiche.Romes = Codes.Parse(table["romes"]);
            // "11004301500012 NAME": the names alone.
            fiche.Certificateurs = table["certificateurs"] is { } names ? string.Join(" ; ", names.Split('|').Select(n => n.Split(' ', 2)[^1].Trim())) : null;
        }
    }

    /// <summary>Takes a file of codes or names, one per line, and gives each fiche its list.</summary>
    public void TakeCodes(TableReader table, string column, Action<FicheRncp, Codes> set)
    {
        var lists = new Dictionary<FicheRncp, List<string>>();
        while (table.Read())
        {
            if (Fiche(table) is not { } fiche || table[column] is not { } value) continue;
            if (!lists.TryGetValue(fiche, out var list)) lists[fiche] = list = [];
            list.Add(value.Replace('|', ' '));
        }

        foreach (var (fiche, list) in lists) set(fiche, Codes.From(list));
    }

    /// <summary>Takes the blocs: those of a fiche that the file has replace its former ones.</summary>
    public void TakeBlocs(TableReader table, string codeColumn, string labelColumn)
    {
        var read = new Dictionary<(string, string), BlocRncp>();
        while (table.Read())
        {
            if (Fiche(table) is not { } fiche) continue;
            if (table[codeColumn] is not { Length: >= 8 and <= 40 } code) table.Refuse(codeColumn, "Le code du bloc a de 8 à 40 caractères.", "Par exemple RNCP12281BC01.");
            else if (table[labelColumn] is { } label) read[(fiche.Code, code)] = new BlocRncp { CodeRncp = fiche.Code, Code = code, Libelle = label };
        }

        var cited = read.Keys.Select(key => key.Item1).ToHashSet();
        foreach (var key in blocs.Keys.Where(key => cited.Contains(key.Item1)).ToList()) blocs.Remove(key);
        foreach (var (key, bloc) in read) blocs[key] = bloc;
        blocsSeen.UnionWith(read.Keys);
    }

    /// <summary>Takes the replacements; those of a fiche that the file names replace its former ones.</summary>
    public void TakeReplacements(TableReader table, string oldColumn, string newColumn)
    {
        var successors = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        while (table.Read())
        {
            if (CodeOf(table, "numero_fiche") is not { } code) continue;
            foreach (var next in Split(table[newColumn])) Follow(code, next);
            foreach (var former in Split(table[oldColumn])) Follow(former, code);
        }

        foreach (var (former, next) in successors)
        {
            var fiche = Get(former);
            fiche.Remplacants = Codes.From(next);
            // Known by its replacement alone: nothing else says that it still runs.
            if (fiche.Intitule is null) fiche.Active = false;
        }

        void Follow(string former, string next)
        {
            if (former == next) return;
            if (!successors.TryGetValue(former, out var list)) successors[former] = list = new(StringComparer.Ordinal);
            list.Add(next);
        }
    }

    public BilanImport Report(string name)
    {
        var (fichesAfter, blocsAfter) = (fiches.ToDictionary(f => f.Key, f => Valeurs.Of(f.Value)), blocs.ToDictionary(b => b.Key, b => b.Value.Libelle));
        return new BilanImport(name,
        [
            DecompteImport.Of("Fiches RNCP et RS", before, fichesAfter, seen),
            DecompteImport.Of("Blocs de compétences", blocsBefore, blocsAfter, blocsSeen),
        ], []);
    }

    public async Task SaveAsync(SofiDbContext db, IDatabaseEngine engine, BilanImport report, CancellationToken cancellation)
    {
        if (report.RienDeNouveau) return;
        await engine.ReplaceAsync(db, db.Set<FicheRncp>(), fiches.Values, cancellation);
        await engine.ReplaceAsync(db, db.Set<BlocRncp>(), blocs.Values, cancellation);
    }

    private FicheRncp? Fiche(TableReader table)
    {
        var column = table.FirstOf("numero_fiche", "code_rncp");
        if (CodeOf(table, column) is not { } code) return null;
        seen.Add(code);
        return Get(code);
    }

    private FicheRncp Get(string code) => fiches.TryGetValue(code, out var fiche) ? fiche : fiches[code] = new FicheRncp { Code = code };

    private static string? CodeOf(TableReader table, string column)
    {
        if (table[column] is { Length: <= 20 } code && (code.StartsWith("RNCP", StringComparison.Ordinal) || code.StartsWith("RS", StringComparison.Ordinal))) return code;
        table.Refuse(column, "Ce n’est pas un numéro de fiche.", "Il commence par RNCP ou RS, par exemple RNCP37948.");
        return null;
    }

    /// <summary>European level 1 to 8 as the LHÉO code 11 to 18; 1 (sans niveau spécifique) for anything else.</summary>
    private static string LevelOf(string? europeanLevel) => europeanLevel is [>= '1' and <= '8'] ? "1" + europeanLevel : "1";

    private static string[] Split(string? codes) => codes?.Split([',', '|', ' '], StringSplitOptions.RemoveEmptyEntries) ?? [];

    private sealed record Valeurs(
        string? Intitule, string Niveau, bool Active, DateOnly? Echeance, Codes Formacodes, Codes Nsfs, Codes Romes, string? Certificateurs, Codes Remplacants)
    {
        public static Valeurs Of(FicheRncp f) =>
            new(f.Intitule, f.NiveauSortie, f.Active, f.DateEcheance, f.Formacodes, f.Nsfs, f.Romes, f.Certificateurs, f.Remplacants);
    }
}
