using System.Globalization;
using System.IO.Compression;
using System.Xml;
using CsvHelper;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace Sofi.Core.Data;

/// <summary>One line of a sheet: its number in the file and its cells as clean text, <c>null</c> when empty.</summary>
/// <param name="Number">Line, counted from 1.</param>
/// <param name="Cells">Cells, from the first column on.</param>
public sealed record SheetLine(int Number, IReadOnlyList<string?> Cells);

/// <summary>One sheet: a name and its lines, blank ones left out.</summary>
/// <param name="Name">Name of the sheet, or of the CSV file without its extension.</param>
/// <param name="Lines">Lines, the header first.</param>
public sealed record Sheet(string Name, IReadOnlyList<SheetLine> Lines);

/// <summary>
/// Tables brought from outside: an XLSX workbook, or a ZIP of CSV files (<c>;</c>, UTF-8 or Windows-1252). Both are archives, so both are
/// unpacked under limits checked while reading: nothing is believed of the sizes that the archive announces. Values are text, dates JJ/MM/AAAA;
/// a formula is a fault, never a value.
/// </summary>
/// <param name="Sheets">Sheets, in the order of the file.</param>
/// <param name="Faults">Faults of single cells or lines, met while reading.</param>
public sealed record Workbook(IReadOnlyList<Sheet> Sheets, IReadOnlyList<FileFault> Faults)
{
    /// <summary>Largest file accepted, in bytes: 10 MB.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>Most bytes unpacked from an archive: 64 MB.</summary>
    public const long MaxUnpacked = 64L * 1024 * 1024;

    /// <summary>Most entries of an archive.</summary>
    public const int MaxEntries = 200;

    /// <summary>Most lines of a sheet.</summary>
    public const int MaxLines = 100_000;

    /// <summary>Most columns of a sheet.</summary>
    public const int MaxColumns = 50;

    /// <summary>Longest cell, in characters.</summary>
    public const int MaxCell = 10_000;

    private const int MaxFaults = 200;
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");
    private static readonly HashSet<string> SpreadsheetErrors = ["#REF!", "#N/A", "#VALUE!", "#VALEUR!", "#NAME?", "#NOM?", "#DIV/0!", "#NUM!", "#NULL!"];

    private static readonly XmlReaderSettings Xml = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxUnpacked };

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileRefusedException">The file is not such a table, or goes beyond the limits.</exception>
    public static Workbook Read(byte[] file)
    {
        if (file.Length == 0) throw Refused("Le fichier est vide.", "Choisissez le fichier de nouveau.");
        if (file.Length > MaxBytes)
            throw Refused($"Le fichier dépasse {MaxBytes / 1024 / 1024} Mo.", "Retirez les images, les mises en forme et les feuilles inutiles.");
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > MaxEntries)
                throw Refused($"L’archive contient plus de {MaxEntries} fichiers.", "N’y laissez que les fichiers CSV attendus.");
            var faults = new List<FileFault>();
            var budget = new Budget();
            var sheets = archive.GetEntry("xl/workbook.xml") is not null ? ReadXlsx(file, archive, budget, faults) : ReadCsv(archive, budget, faults);
            return new Workbook(sheets, faults);
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or NotSupportedException or EndOfStreamException)
        {
            throw Refused("Le fichier n’est ni un classeur XLSX ni une archive ZIP de fichiers CSV lisible.",
                "Enregistrez-le de nouveau, sans mot de passe, puis déposez-le.");
        }
    }

    /// <summary>Reads one table: a workbook, an archive, or a plain CSV file, whose only sheet has no name.</summary>
    /// <exception cref="FileRefusedException">The file is not such a table, or goes beyond the limits.</exception>
    public static Workbook ReadTable(byte[] file)
    {
        if (file is [(byte)'P', (byte)'K', ..] or []) return Read(file);
        if (file.Length > MaxBytes) throw Refused($"Le fichier dépasse {MaxBytes / 1024 / 1024} Mo.", "Vérifiez que c’est le bon, ou découpez-le.");
        var faults = new List<FileFault>();
        using var content = new MemoryStream(file, writable: false);
        return new Workbook([new Sheet("", Lines("", CsvRows("", content, faults), faults))], faults);
    }

    private static List<Sheet> ReadCsv(ZipArchive archive, Budget budget, List<FileFault> faults)
    {
        var sheets = new List<Sheet>();
        // macOS adds a hidden twin of each file.
        foreach (var entry in archive.Entries.Where(e => e.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && !e.Name.StartsWith('.')))
        {
            var name = Texte.CleanLine(Path.GetFileNameWithoutExtension(entry.Name)) ?? entry.Name;
            using var packed = budget.Open(entry);
            using var unpacked = new MemoryStream();
            packed.CopyTo(unpacked);
            sheets.Add(new Sheet(name, Lines(name, CsvRows(name, unpacked, faults), faults)));
        }

        return sheets.Count > 0
            ? sheets
            : throw Refused("L’archive ne contient aucun fichier CSV.", "Mettez-y un fichier CSV par feuille, ou déposez un classeur XLSX.");
    }

    private static IEnumerable<(int Number, IReadOnlyList<string?> Cells)> CsvRows(string sheet, Stream content, List<FileFault> faults)
    {
        var encoding = TextEncoding.Detect(content)
            ?? throw new FileRefusedException(new FileFault(sheet, null, null, null, "Le fichier n’est ni en UTF-8 ni en Windows-1252.",
                "Enregistrez-le au format « CSV UTF-8 (délimité par des points-virgules) »."));
        var options = new CsvReaderOptions
        {
            Encoding = encoding,
            Separator = ';',
            HasHeader = false,
            TrackLineNumbers = true,
            OnMalformedRecord = bad => Add(faults, new FileFault(sheet, (int)bad.LineNumber, null, null, "Des guillemets sont mal placés.",
                "Un texte qui contient un guillemet ou un point-virgule s’écrit entre guillemets, chaque guillemet doublé.")),
        };
        using var reader = CsvReader.Create(content, options);
        while (reader.Read()) yield return ((int)reader.LineNumber, reader.Current.ToArray());
    }

    private static List<Sheet> ReadXlsx(byte[] file, ZipArchive archive, Budget budget, List<FileFault> faults)
    {
        var names = SheetNames(archive, budget);
        foreach (var entry in archive.Entries.Where(e => e.FullName is not ("xl/workbook.xml" or "xl/_rels/workbook.xml.rels")))
        {
            using var part = budget.Open(entry);
            if (names.TryGetValue(entry.FullName, out var sheet)) ScanSheet(sheet, part, faults);
            else part.CopyTo(Stream.Null);
        }

        // The parts are now known to be small and free of formulas and of far-away cells: the library may read them.
        var configuration = new OpenXmlConfiguration { EnableSharedStringCache = false };
        try
        {
            return [.. names.Values.Select(sheet => new Sheet(sheet, Lines(sheet, XlsxRows(file, sheet, configuration), faults)))];
        }
        catch (Exception e) when (e is not FileRefusedException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static IEnumerable<(int Number, IReadOnlyList<string?> Cells)> XlsxRows(byte[] file, string sheet, OpenXmlConfiguration configuration)
    {
        using var stream = new MemoryStream(file, writable: false);
        var number = 0;
        foreach (IDictionary<string, object?> row in stream.Query(useHeaderRow: false, sheetName: sheet, ExcelType.XLSX, configuration: configuration))
            yield return (++number, [.. row.Values.Select(Text)]);
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        DateTime date => date.ToString("dd/MM/yyyy", French),
        bool answer => answer ? "O" : "N",
        double number when number == Math.Truncate(number) && Math.Abs(number) < 1e15 => number.ToString("F0", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, French),
    };

    /// <summary>Sheets by the path of their part.</summary>
    private static Dictionary<string, string> SheetNames(ZipArchive archive, Budget budget)
    {
        var targets = Elements(archive, budget, "xl/_rels/workbook.xml.rels", "Relationship")
            .Where(e => e.ContainsKey("Id") && e.ContainsKey("Target"))
            .ToDictionary(e => e["Id"], e => e["Target"].StartsWith('/') ? e["Target"][1..] : "xl/" + e["Target"]);
        return Elements(archive, budget, "xl/workbook.xml", "sheet")
            .Where(e => e.ContainsKey("name") && targets.ContainsKey(e.GetValueOrDefault("id", "")))
            .ToDictionary(e => targets[e["id"]], e => e["name"]);
    }

    private static List<Dictionary<string, string>> Elements(ZipArchive archive, Budget budget, string path, string name)
    {
        var found = new List<Dictionary<string, string>>();
        using var part = budget.Open(archive.GetEntry(path) ?? throw new InvalidDataException(path));
        using var reader = XmlReader.Create(part, Xml);
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element || reader.LocalName != name) continue;
            if (found.Count == MaxEntries) throw new InvalidDataException(name);
            var attributes = new Dictionary<string, string>();
            while (reader.MoveToNextAttribute()) attributes[reader.LocalName] = reader.Value;
            found.Add(attributes);
        }

        return found;
    }

    /// <summary>Refuses far-away cells and notes formulas, which a library would silently replace by their last value.</summary>
    private static void ScanSheet(string sheet, Stream part, List<FileFault> faults)
    {
        using var reader = XmlReader.Create(part, Xml);
        var cell = "";
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            switch (reader.LocalName)
            {
                case "dimension":
                    CheckReach(sheet, (reader.GetAttribute("ref") ?? "").Split(':')[^1]);
                    break;
                case "row":
                    CheckReach(sheet, reader.GetAttribute("r") ?? "");
                    break;
                case "c":
                    CheckReach(sheet, cell = reader.GetAttribute("r") ?? "");
                    break;
                case "f":
                    Add(faults, new FileFault(sheet, LineOf(cell), LettersOf(cell), null, "La cellule contient une formule.",
                        "Remplacez-la par sa valeur : copier, puis collage spécial, Valeurs."));
                    break;
            }
        }
    }

    private static void CheckReach(string sheet, string reference)
    {
        var column = LettersOf(reference).Aggregate(0L, (sum, letter) => sum * 26 + (letter - 'A' + 1));
        if (column > MaxColumns || LineOf(reference) > MaxLines) throw TooLarge(sheet);
    }

    private static string LettersOf(string reference) => new([.. reference.TakeWhile(char.IsAsciiLetterUpper).Take(6)]);

    private static int? LineOf(string reference)
    {
        var digits = new string([.. reference.SkipWhile(char.IsAsciiLetterUpper)]);
        return digits.Length == 0 ? null : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : int.MaxValue;
    }

    /// <summary>The lines of a sheet that hold something, as clean text.</summary>
    private static List<SheetLine> Lines(string sheet, IEnumerable<(int Number, IReadOnlyList<string?> Cells)> rows, List<FileFault> faults)
    {
        var lines = new List<SheetLine>();
        foreach (var (number, cells) in rows)
        {
            if (number > MaxLines || cells.Count > MaxColumns) throw TooLarge(sheet);
            var clean = cells.Select((cell, i) => Clean(sheet, number, i, cell, faults)).ToArray();
            if (clean.Any(cell => cell is not null)) lines.Add(new SheetLine(number, clean));
        }

        return lines;
    }

    private static string? Clean(string sheet, int line, int column, string? cell, List<FileFault> faults)
    {
        if (string.IsNullOrWhiteSpace(cell)) return null;
        if (cell.Length > MaxCell)
        {
            Add(faults, new FileFault(sheet, line, Letters(column), cell[..40] + "…", $"La cellule dépasse {MaxCell} caractères.",
                "Raccourcissez le texte, ou vérifiez les guillemets de la ligne."));
            return null;
        }

        var text = Texte.CleanLine(cell);
        if (text is not null && (text.StartsWith('=') || SpreadsheetErrors.Contains(text)))
            Add(faults, new FileFault(sheet, line, Letters(column), text, "La cellule contient une formule ou une erreur de calcul.",
                "Remplacez-la par sa valeur."));
        return text;
    }

    /// <summary>The letters of a column, counted from 0: A, B… AA.</summary>
    public static string Letters(int column) => column < 26 ? ((char)('A' + column)).ToString() : Letters(column / 26 - 1) + Letters(column % 26);

    private static void Add(List<FileFault> faults, FileFault fault)
    {
        if (faults.Count < MaxFaults) faults.Add(fault);
    }

    private static FileRefusedException TooLarge(string sheet) =>
        new(new FileFault(sheet, null, null, null, $"La feuille dépasse {MaxLines} lignes ou {MaxColumns} colonnes.",
            "Supprimez les lignes et les colonnes vides ou inutiles."));

    private static FileRefusedException Refused(string message, string remedy) => new(new FileFault(null, null, null, null, message, remedy));

    /// <summary>Counts what is really unpacked from the archive.</summary>
    private sealed class Budget
    {
        private long left = MaxUnpacked;

        public Stream Open(ZipArchiveEntry entry) => new Counted(entry.Open(), this);

        private void Spend(int bytes)
        {
            left -= bytes;
            if (left < 0)
                throw Refused($"Le contenu de l’archive dépasse {MaxUnpacked / 1024 / 1024} Mo.",
                    "N’y laissez que les feuilles attendues, sans image.");
        }

        private sealed class Counted(Stream packed, Budget budget) : Stream
        {
            public override bool CanRead => true;

            public override bool CanSeek => false;

            public override bool CanWrite => false;

            public override long Length => throw new NotSupportedException();

            public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

            public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

            public override int Read(Span<byte> buffer)
            {
                var read = packed.Read(buffer);
                budget.Spend(read);
                return read;
            }

            public override void Flush()
            {
            }

            public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

            public override void SetLength(long value) => throw new NotSupportedException();

            public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

            protected override void Dispose(bool disposing)
            {
                if (disposing) packed.Dispose();
                base.Dispose(disposing);
            }
        }
    }
}
