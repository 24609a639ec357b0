using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Core.Referentiels;

/// <summary>One sheet of a file, against what is stored.</summary>
/// <param name="Code">CertifInfo code.</param>
/// <param name="Libelle">Libellé of the certification.</param>
/// <param name="Creee">True when the code has no sheet yet.</param>
/// <param name="Changements">What changes, field by field; none when the sheet is as the file says.</param>
public sealed record FicheApercue(int Code, string Libelle, bool Creee, IReadOnlyList<Changement> Changements);

/// <summary>What a file of sheets would do, or did.</summary>
/// <param name="Fichier">Name of the file.</param>
/// <param name="Fiches">Its sheets, in the order of the file.</param>
/// <param name="Erreurs">Its faults; with a single one nothing can be applied.</param>
public sealed record ApercuFiches(string Fichier, IReadOnlyList<FicheApercue> Fiches, IReadOnlyList<FileFault> Erreurs)
{
    /// <summary>Sheets that the file creates.</summary>
    public IEnumerable<FicheApercue> Creees => Fiches.Where(f => f.Creee && f.Changements.Count > 0);

    /// <summary>Sheets that the file changes.</summary>
    public IEnumerable<FicheApercue> Modifiees => Fiches.Where(f => !f.Creee && f.Changements.Count > 0);

    /// <summary>Sheets that are as the file says.</summary>
    public IEnumerable<FicheApercue> Inchangees => Fiches.Where(f => f.Changements.Count == 0);

    /// <summary>Digest of all that the preview shows: what is applied is what was shown, or nothing.</summary>
    public string Empreinte => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Fiches)));
}

/// <summary>
/// Imports CertifInfo sheets from a CSV file: preview, then all or nothing. One line per sheet, or per bloc of a sheet (its code repeated,
/// its other columns blank). A column that the file has not leaves its values as they are; a blank cell empties the value;
/// a sheet without any line of bloc keeps its blocs.
/// </summary>
public sealed class FicheCertifinfoImporter(SofiDbContext db, IDatabaseEngine engine, JournalService journal, TimeProvider clock)
{
    /// <summary>Largest file, in bytes.</summary>
    public const long TailleMax = 5 << 20;

    /// <summary>The columns, in the order in which the documentation and the model file show them; only the first is needed.</summary>
    public static readonly IReadOnlyList<string> Colonnes =
    [
        "code_certifinfo", "objectif_general", "objectif", "programme", "resultats_attendus", "formacodes",
        "code_bloc", "type_module", "intitule_module", "objectif_module", "programme_module",
    ];

    /// <summary>Says what a file would do; writes nothing.</summary>
    /// <exception cref="FileRefusedException">The file cannot be read as a table at all.</exception>
    public async Task<ApercuFiches> PreviewAsync(Stream content, string fichier, CancellationToken cancellation = default)
    {
        using var table = new TableReader(content, fichier, TailleMax);
        return (await ReadAsync(table, null, cancellation)).Preview;
    }

    /// <summary>Applies a file in one transaction, with one journal event.</summary>
    /// <param name="content">Seekable content; closed at the end.</param>
    /// <param name="fichier">Name of the file.</param>
    /// <param name="empreinte">Digest of the preview that the author accepted; <c>null</c> without a preview.</param>
    /// <param name="auteur">Who imports.</param>
    /// <param name="cancellation">Stops the import; nothing is written.</param>
    /// <returns>What was done; or, when it differs from <paramref name="empreinte"/>, the new preview and false: nothing was written.</returns>
    /// <exception cref="FileRefusedException">The file has faults: nothing is written.</exception>
    public async Task<(ApercuFiches Apercu, bool Applique)> ApplyAsync(
        Stream content, string fichier, string? empreinte, Auteur auteur, CancellationToken cancellation = default)
    {
        using var table = new TableReader(content, fichier, TailleMax);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (preview, sheets) = await ReadAsync(table, auteur, cancellation);
        if (preview.Erreurs.Count > 0) throw new FileRefusedException(preview.Erreurs);
        if (empreinte is not null && empreinte != preview.Empreinte) return (preview, false);

        var codes = sheets.Select(s => s.Code).ToList();
        await db.Set<BlocCertifinfo>().Where(b => codes.Contains(b.CodeCertifinfo)).ExecuteDeleteAsync(cancellation);
        await engine.ReplaceAsync(db, db.Set<FicheCertifinfo>().Where(f => codes.Contains(f.Code)), sheets, cancellation);
        await engine.BulkInsertAsync(db, sheets.SelectMany(s => s.Blocs).ToList(), cancellation);
        journal.Begin(NatureProcessus.Import, auteur).Add("FichesCertifinfoImportees", "import", fichier, sheets.Count == 0 ? [] :
        [
            new Changement("Fiches.Crees", null, Count(preview.Creees)),
            new Changement("Fiches.Modifies", null, Count(preview.Modifiees)),
            new Changement("Fiches.Inchanges", null, Count(preview.Inchangees)),
        ]);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (preview, true);
    }

    /// <summary>Adds the sheets shipped as examples to the codes that have none, inside the caller's transaction.</summary>
    internal async Task AddExamplesAsync(TableReader table, CancellationToken cancellation)
    {
        var (preview, sheets) = await ReadAsync(table, null, cancellation);
        if (preview.Erreurs.Count > 0) throw new FileRefusedException(preview.Erreurs);
        var created = preview.Creees.Select(f => f.Code).ToHashSet();
        foreach (var sheet in sheets.Where(s => created.Contains(s.Code)))
        {
            (sheet.Exemple, sheet.ModifieePar, sheet.ModifieeLe) = (true, null, null);
            db.Add(sheet);
        }
    }

    private static string Count(IEnumerable<FicheApercue> sheets) => sheets.Count().ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads a file against the base: the preview, and the sheets that it creates or changes as they are to be stored. With an author the
    /// file is to be applied in the present transaction: its sheets are held until the end.
    /// </summary>
    private async Task<(ApercuFiches Preview, List<FicheCertifinfo> Changed)> ReadAsync(TableReader table, Auteur? auteur, CancellationToken cancellation)
    {
        table.Require(Colonnes[0]);
        var lines = ReadLines(table);
        var codes = lines.Select(l => l.Code).ToList();
        var labels = await db.Set<Certification>().Where(c => codes.Contains(c.Code)).ToDictionaryAsync(c => c.Code, c => c.Libelle, cancellation);
        // A write that changes nothing: an editor who saves one of these sheets now waits, and then sees a conflict instead of losing the import.
        if (auteur is not null) await db.Set<FicheCertifinfo>().Where(f => codes.Contains(f.Code)).ExecuteUpdateAsync(set => set.SetProperty(f => f.Version, f => f.Version), cancellation);
        var stored = await db.Set<FicheCertifinfo>().AsNoTracking().Include(f => f.Blocs).Where(f => codes.Contains(f.Code)).ToDictionaryAsync(f => f.Code, cancellation);
        var rules = await ReglesCertifinfo.LoadAsync(db, cancellation);

        var (errors, previews, changed) = (table.Faults.ToList(), new List<FicheApercue>(), new List<FicheCertifinfo>());
        foreach (var line in lines)
        {
            if (!labels.TryGetValue(line.Code, out var label))
            {
                errors.Add(new FileFault(table.FileName, line.Lignes[0], Colonnes[0], $"{line.Code}", "Ce code CertifInfo est inconnu.", "Vérifiez-le, ou importez d’abord CertifInfo."));
                continue;
            }

            var sheet = stored.GetValueOrDefault(line.Code);
            var before = SaisieCertifinfo.Of(sheet);
            var after = line.Merge(before, table, rules).Cleaned();
            var faults = rules.Check(after);
            errors.AddRange(faults.Select(fault => line.Describe(fault, table.FileName)));
            if (faults.Count > 0) continue;
            var changes = after.ChangesFrom(before);
            previews.Add(new FicheApercue(line.Code, label, sheet is null, changes));
            if (changes.Count == 0) continue;
            sheet ??= new FicheCertifinfo { Code = line.Code };
            FicheCertifinfoService.Fill(sheet, after, auteur ?? Auteur.Systeme, clock.UtcInstant());
            changed.Add(sheet);
        }

        return (new ApercuFiches(table.FileName, previews, [.. errors.OrderBy(e => e.Line)]), changed);
    }

    private static List<Lecture> ReadLines(TableReader table)
    {
        var sheets = new Dictionary<int, Lecture>();
        while (table.Read())
        {
            if (table.Int32(Colonnes[0]) is not { } code)
            {
                if (table[Colonnes[0]] is null) table.Refuse(Colonnes[0], "Le code CertifInfo manque.", "Répétez-le sur chaque ligne de bloc.");
                continue;
            }

            if (!sheets.TryGetValue(code, out var sheet)) sheets[code] = sheet = new Lecture(code, table);
            else if (Colonnes.Skip(1).Take(5).Any(column => table[column] is not null))
                table.RefuseLine($"Le code {code} figure déjà ligne {sheet.Lignes[0]}.", "Les lignes suivantes d’un même code ne portent que des blocs.");
            sheet.TakeBloc(table);
        }

        return [.. sheets.Values];
    }

    /// <summary>The lines of one sheet.</summary>
    private sealed class Lecture
    {
        private readonly Dictionary<string, string?> texts;
        private readonly List<SaisieBloc> blocs = [];

        public Lecture(int code, TableReader table)
        {
            Code = code;
            texts = Colonnes.Skip(1).Take(5).Where(table.Has).ToDictionary(column => column, table.Paragraphs);
            Lignes.Add(table.Line);
        }

        public int Code { get; }

        /// <summary>Line of the sheet, then of each bloc.</summary>
        public List<int> Lignes { get; } = [];

        public void TakeBloc(TableReader table)
        {
            var bloc = new SaisieBloc
            {
                Code = table["code_bloc"],
                TypeModule = table["type_module"],
                Intitule = table["intitule_module"],
                Objectif = table.Paragraphs("objectif_module"),
                Programme = table.Paragraphs("programme_module"),
            };
            if (bloc.EstVide) return;
            blocs.Add(bloc);
            Lignes.Add(table.Line);
        }

        public SaisieCertifinfo Merge(SaisieCertifinfo before, TableReader table, ReglesCertifinfo rules) => before with
        {
            ObjectifGeneral = table.Has("objectif_general") ? rules.ObjectiveCode(texts["objectif_general"]) : before.ObjectifGeneral,
            Objectif = texts.GetValueOrDefault("objectif", before.Objectif),
            Programme = texts.GetValueOrDefault("programme", before.Programme),
            ResultatsAttendus = texts.GetValueOrDefault("resultats_attendus", before.ResultatsAttendus),
            Formacodes = table.Has("formacodes") ? Codes.From(texts["formacodes"]?.Split(['|', ',', ' '])) : before.Formacodes,
            Blocs = blocs.Count == 0 ? before.Blocs : [.. blocs.Select(b => b with { TypeModule = rules.ModuleTypeCode(b.TypeModule) })],
        };

        /// <summary>Where a fault stands in the file: <c>Blocs[1].Intitule</c> is column intitule_module of the second line of bloc.</summary>
        public FileFault Describe(FauteSaisie fault, string file)
        {
            var bloc = fault.Champ.StartsWith("Blocs[", StringComparison.Ordinal) ? int.Parse(fault.Champ[6..fault.Champ.IndexOf(']', StringComparison.Ordinal)], CultureInfo.InvariantCulture) : -1;
            var column = fault.Champ[(fault.Champ.LastIndexOf('.') + 1)..] switch
            {
                nameof(SaisieCertifinfo.ObjectifGeneral) => "objectif_general",
                nameof(SaisieCertifinfo.ResultatsAttendus) => "resultats_attendus",
                nameof(SaisieBloc.Code) or nameof(SaisieCertifinfo.Blocs) => "code_bloc",
                nameof(SaisieBloc.TypeModule) => "type_module",
                nameof(SaisieBloc.Intitule) => "intitule_module",
                var name => name.ToLowerInvariant() + (bloc >= 0 ? "_module" : ""),
            };
            return new FileFault(file, Lignes[bloc + 1 < Lignes.Count ? bloc + 1 : 0], column, null, fault.Message, fault.Remede);
        }
    }
}
