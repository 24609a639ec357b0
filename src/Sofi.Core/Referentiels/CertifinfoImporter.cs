using System.Text;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Core.Referentiels;

/// <summary>
/// Imports CertifInfo: the layout shipped with Sofi and the open data of 36 columns, found by their headers. A column that the file
/// has not leaves its values as they are; a code that the file has not stays. All or nothing; the same file twice changes nothing.
/// </summary>
public sealed class CertifinfoImporter(SofiDbContext db, IDatabaseEngine engine, JournalService journal)
{
    /// <summary>Largest file, in bytes: about ten times the national open data.</summary>
    public const long TailleMax = 100 << 20;

    /// <summary>Name of the list in <see cref="ListeChargee"/>.</summary>
    internal const string Liste = "certifinfo";

    /// <summary>Imports a file and journals it with its counts.</summary>
    /// <param name="content">Seekable content; closed at the end.</param>
    /// <param name="fichier">Name of the file.</param>
    /// <param name="auteur">Who imports.</param>
    /// <param name="cancellation">Stops the import; nothing is written.</param>
    /// <exception cref="FileRefusedException">The file has faults: nothing is written.</exception>
    public async Task<BilanImport> ImportAsync(Stream content, string fichier, Auteur auteur, CancellationToken cancellation = default)
    {
        using var table = Open(content, fichier);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await ListesChargees.MarkImportedAsync(db, Liste, cancellation);
        var report = await MergeAsync([table], cancellation);
        journal.Begin(NatureProcessus.Import, auteur).Add("CertifinfoImporte", "import", fichier, report.ToChanges());
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return report;
    }

    /// <summary>Opens a file; the open data never quotes its values, the shipped layout does.</summary>
    internal static TableReader Open(Stream content, string fichier)
    {
        content.Position = 0;
        var start = new byte[4096];
        var header = Encoding.Latin1.GetString(start, 0, content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)).Split('\n')[0];
        var openData = TableReader.NormalizeHeader(header).Contains("code_diplome", StringComparison.Ordinal);
        return new TableReader(content, fichier, TailleMax, literalQuotes: openData);
    }

    /// <summary>Merges tables into the certifications, in order, inside the transaction of the caller, which saves the context.</summary>
    internal async Task<BilanImport> MergeAsync(IReadOnlyList<TableReader> tables, CancellationToken cancellation)
    {
        var types = await db.Set<TypeCertification>().ToDictionaryAsync(t => t.Code, cancellation);
        var certifications = await db.Set<Certification>().AsNoTracking().ToDictionaryAsync(c => c.Code, cancellation);
        var levels = await db.Set<Nomenclature>().Where(n => n.Liste == Nomenclatures.Niveau && n.Parent != null)
            .ToDictionaryAsync(n => n.Parent!, n => n.Code, cancellation);
        var merge = new CertifinfoMerge(certifications, types, levels);
        foreach (var table in tables) merge.Take(table);
        foreach (var table in tables) table.ThrowIfRefused();
        var report = merge.Report(tables[0].FileName);
        db.AddRange(merge.NewTypes);
        if (!report.RienDeNouveau) await engine.ReplaceAsync(db, db.Set<Certification>(), certifications.Values, cancellation);
        return report;
    }
}

/// <summary>The state of the certifications while files are merged into it.</summary>
internal sealed class CertifinfoMerge
{
    private const int MostWarnings = 20;
    private static readonly char[] Separators = [',', '|', ' ', '/'];
    private readonly Dictionary<int, Certification> certifications;
    private readonly Dictionary<int, TypeCertification> types;
    private readonly Dictionary<string, string> levels;
    private readonly Dictionary<int, Valeurs> before;
    private readonly HashSet<int> seen = [];
    private readonly HashSet<int> withExplicitState = [];
    private readonly List<FileFault> warnings = [];
    private int typesChanged;

    public CertifinfoMerge(Dictionary<int, Certification> certifications, Dictionary<int, TypeCertification> types, Dictionary<string, string> levels)
    {
        (this.certifications, this.types, this.levels) = (certifications, types, levels);
        before = certifications.Values.ToDictionary(c => c.Code, Valeurs.Of);
    }

    /// <summary>Types that a file brought.</summary>
    public List<TypeCertification> NewTypes { get; } = [];

    /// <summary>Reads a whole table.</summary>
    public void Take(TableReader table)
    {
        var columns = new Colonnes(table);
        table.Require(columns.Code);
        var seenHere = new HashSet<int>();
        var predecessors = new List<Predecesseur>();
        while (table.Read())
        {
            if (table.Int32(columns.Code) is not { } code || code == 0)
            {
                if (table[columns.Code] is null or "0") table.Refuse(columns.Code, "Le code CertifInfo manque.", "Indiquez-le.");
                continue;
            }

            if (Find(table, columns, code) is not { } certification) continue;
            TakeLine(table, columns, certification, first: seenHere.Add(code));
            if (table.Has(columns.Ancien)) predecessors.AddRange(CodesOf(table, columns.Ancien).Select(old =>
                new Predecesseur(old, code, table["intitule_ancien_diplome"], table["etat_ancien_diplome_libelle"])));
        }

        seen.UnionWith(seenHere);
        if (table.Has(columns.Ancien)) Replace(seenHere, predecessors);
        foreach (var certification in certifications.Values) Finish(certification);
    }

    /// <summary>The counts, once every table was taken.</summary>
    public BilanImport Report(string file)
    {
        var after = certifications.ToDictionary(c => c.Key, c => Valeurs.Of(c.Value));
        return new BilanImport(file,
        [
            DecompteImport.Of("Certifications", before, after, seen),
            new DecompteImport("Types de certification", NewTypes.Count, typesChanged, types.Count - NewTypes.Count - typesChanged, 0),
        ], [.. warnings.Take(MostWarnings)]);
    }

    private Certification? Find(TableReader table, Colonnes columns, int code)
    {
        if (certifications.TryGetValue(code, out var known)) return known;
        table.Require(columns.Libelle);
        if (table[columns.Libelle] is not { } label)
        {
            table.Refuse(columns.Libelle, "Le libellé manque.", "Indiquez-le.");
            return null;
        }

        return certifications[code] = new Certification { Code = code, Libelle = label, CodeType = 0, NiveauSortie = "1" };
    }

    private void TakeLine(TableReader table, Colonnes columns, Certification c, bool first)
    {
        if (!first)
        {
            if (table[columns.Libelle] is { } other && other != c.Libelle)
                table.Refuse(columns.Libelle, $"Le code {c.Code} figure deux fois avec deux libellés.", "Gardez-en un.");
            c.Formacodes = Codes.From(c.Formacodes.Concat(Formacodes(table, columns)));
            c.Romes = Codes.From(c.Romes.Concat(Romes(table)));
            c.Nsfs = Codes.From(c.Nsfs.Concat(Nsfs(table, columns)));
            return;
        }

        if (table[columns.Libelle] is { } label) c.Libelle = label;
        if (table.Has(columns.Type) || table.Has(columns.LibelleType) || c.CodeType == 0) c.CodeType = TypeOf(table, columns);
        if (table.Has(columns.Niveau)) c.NiveauSortie = LevelOf(table, columns);
        if (table.Has(columns.Rncp)) c.CodeRncp = Prefixed(table, columns.Rncp, "RNCP");
        if (table.Has(columns.Rs)) c.CodeRs = Prefixed(table, columns.Rs, "RS");
        if (table.Has(columns.Formacode)) c.Formacodes = Codes.From(Formacodes(table, columns));
        if (table.Has("code_rome_1")) c.Romes = Codes.From(Romes(table));
        if (table.Has(columns.Nsf)) c.Nsfs = Codes.From(Nsfs(table, columns));
        if (table.Has(columns.Remplacant)) SetSuccessors(c, CodesOf(table, columns.Remplacant));
        if (table[columns.Etat] is { } state)
        {
            c.Publiee = IsPublished(state);
            withExplicitState.Add(c.Code);
        }
    }

    /// <summary>The file says who follows whom: what it says of its own codes replaces what was known of them.</summary>
    private void Replace(HashSet<int> inFile, List<Predecesseur> predecessors)
    {
        var byOld = predecessors.ToLookup(p => p.Ancien);
        foreach (var group in byOld.Where(g => !certifications.ContainsKey(g.Key)))
        {
            // A code so old that only its successor names it: kept, so that it can be recognised and replaced.
            if (group.Select(p => p.Intitule).FirstOrDefault(i => i is not null) is not { } label) continue;
            var successor = certifications[group.First().Nouveau];
            certifications[group.Key] = new Certification { Code = group.Key, Libelle = label, CodeType = successor.CodeType, NiveauSortie = successor.NiveauSortie };
        }

        foreach (var certification in certifications.Values)
        {
            var cited = byOld[certification.Code].ToList();
            var kept = certification.Remplacants.Select(int.Parse).Where(code => !inFile.Contains(code));
            SetSuccessors(certification, kept.Concat(cited.Select(p => p.Nouveau)).Order());
            if (cited.Select(p => p.Etat).FirstOrDefault(e => e is not null) is { } state && !withExplicitState.Contains(certification.Code))
                certification.Publiee = IsPublished(state);
        }
    }

    private void SetSuccessors(Certification certification, IEnumerable<int> successors)
    {
        var codes = Codes.From(successors.Where(code => code != certification.Code).Select(code => $"{code}"));
        if (codes.Equals(certification.Remplacants)) return;
        certification.Remplacants = codes;
        if (!withExplicitState.Contains(certification.Code)) certification.Publiee = codes.Count == 0;
    }

    private static void Finish(Certification c) =>
        c.Recherche = string.Join(' ', new[] { Texte.Fold(c.Libelle), $"{c.Code}", c.CodeRncp?.ToLowerInvariant(), c.CodeRs?.ToLowerInvariant() }.Where(p => p is not null));

    private int TypeOf(TableReader table, Colonnes columns)
    {
        var label = table[columns.LibelleType];
        if (table.Int32(columns.Type) is { } code)
        {
            if (!types.TryGetValue(code, out var type))
            {
                if (label is null) table.Refuse(columns.Type, "Ce type de certification est inconnu et n’a pas de libellé.", "Ajoutez la colonne du libellé.");
                else NewTypes.Add(types[code] = new TypeCertification { Code = code, Libelle = label });
            }
            else if (label is not null && type.Libelle != label)
            {
                type.Libelle = label;
                typesChanged++;
            }

            return code;
        }

        var named = types.Values.Where(type => label is not null && Texte.Fold(type.Libelle) == Texte.Fold(label)).ToList();
        if (named.Count == 1) return named[0].Code;
        table.Refuse(columns.LibelleType, named.Count == 0
            ? "Le type de certification est inconnu."
            : $"Plusieurs types portent ce libellé ({string.Join(", ", named.Select(t => t.Code))}).", "Indiquez son code (Code_Type_Diplome).");
        return 0;
    }

    private string LevelOf(TableReader table, Colonnes columns)
    {
        if (table[columns.Niveau] is not { } text || text == "0") return "1";
        if (levels.TryGetValue(text, out var level)) return level;
        table.Refuse(columns.Niveau, "Le niveau européen va de 1 à 8.", "Laissez vide quand il n’y en a pas.");
        return "1";
    }

    private string? Prefixed(TableReader table, string column, string prefix)
    {
        if (table[column]?.ToUpperInvariant() is not { } text || text == "0") return null;
        var digits = text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..].Trim() : text;
        if (digits.Length is > 0 and <= 7 && digits.All(char.IsAsciiDigit)) return prefix + digits;
        Warn(table, column, $"Ce n’est pas un code {prefix}.");
        return null;
    }

    private List<string> Formacodes(TableReader table, Colonnes columns) => Matching(table, columns.Formacode, "un Formacode", code => code.Length == 5 && code.All(char.IsAsciiDigit));

    private List<string> Nsfs(TableReader table, Colonnes columns) => Matching(table, columns.Nsf, "un code NSF", code => code.Length is >= 2 and <= 5);

    private List<string> Romes(TableReader table) =>
        [.. Enumerable.Range(1, 5).SelectMany(i => Matching(table, $"code_rome_{i}", "un code ROME", code => code.Length == 5 && char.IsAsciiLetterUpper(code[0])))];

    private List<string> Matching(TableReader table, string column, string what, Func<string, bool> fits)
    {
        var values = (table[column] ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var good = values.Where(fits).ToList();
        if (good.Count < values.Length) Warn(table, column, $"Ce n’est pas {what}.");
        return good;
    }

    private static List<int> CodesOf(TableReader table, string column)
    {
        var codes = new List<int>();
        foreach (var part in (table[column] ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var code) && code > 0) codes.Add(code);
            else if (part != "0") table.Refuse(column, "Ce n’est pas un code CertifInfo.", "N’écrivez que des chiffres, séparés par des virgules.");
        }

        return codes;
    }

    private void Warn(TableReader table, string column, string message)
    {
        if (warnings.Count < MostWarnings) warnings.Add(table.Describe(column, message, "Valeur laissée de côté.", blocking: false));
    }

    private static bool IsPublished(string state) => Texte.Fold(state).StartsWith("publi", StringComparison.Ordinal);

    private sealed record Predecesseur(int Ancien, int Nouveau, string? Intitule, string? Etat);

    /// <summary>Names under which each maker writes a column.</summary>
    private sealed class Colonnes(TableReader table)
    {
        public string Code { get; } = table.FirstOf("code_diplome", "code_certifinfo");

        public string Libelle { get; } = table.FirstOf("libelle_diplome", "libelle");

        public string Type { get; } = table.FirstOf("code_type_diplome", "code_type");

        public string LibelleType { get; } = table.FirstOf("libelle_type_diplome", "libelle_type");

        public string Niveau { get; } = table.FirstOf("code_niveau_europeen", "niveau_cec_deduit");

        public string Formacode { get; } = table.FirstOf("code_formacode", "formacode_principal");

        public string Nsf { get; } = "code_nsf";

        public string Rncp { get; } = "code_rncp";

        public string Rs { get; } = "code_rs";

        public string Etat { get; } = "etat_libelle";

        public string Ancien { get; } = "code_ancien_diplome";

        public string Remplacant { get; } = table.FirstOf("code_certifinfo_remplacant", "code_certifinfo_remplacants");
    }

    private sealed record Valeurs(
        string Libelle, int CodeType, string NiveauSortie, string? CodeRncp, string? CodeRs, Codes Formacodes, Codes Romes, Codes Nsfs, bool Publiee, Codes Remplacants)
    {
        public static Valeurs Of(Certification c) =>
            new(c.Libelle, c.CodeType, c.NiveauSortie, c.CodeRncp, c.CodeRs, c.Formacodes, c.Romes, c.Nsfs, c.Publiee, c.Remplacants);
    }
}
