using System.Globalization;
using System.Text;
using CsvHelper;

namespace Sofi.Core.Data;

/// <summary>
/// Reads a table in CSV line by line. Columns are found by header, whatever their order, case, accents and punctuation
/// ("Code CertifInfo" is <c>code_certifinfo</c>); the encoding (UTF-8, UTF-16 with its mark, else Windows-1252) and the separator
/// (semicolon, comma, tab) are found by reading; every value is cleaned. Faults are gathered, so that one reading tells all of them.
/// </summary>
public sealed class TableReader : IDisposable
{
    private const int MostFaults = 50;
    private const int LongestLine = 1 << 20;
    private readonly CsvReader reader;
    private readonly Dictionary<string, int> columns = [];
    private readonly List<FileFault> faults = [];

    /// <summary>Opens a table and reads its header.</summary>
    /// <param name="stream">Seekable content; closed with the reader.</param>
    /// <param name="fileName">Name of the file, for the messages.</param>
    /// <param name="maxBytes">Largest size, in bytes.</param>
    /// <param name="literalQuotes">True when the file never quotes its values, so that a quotation mark is a plain character.</param>
    /// <exception cref="FileRefusedException">Too big, empty, not a text, or a header twice.</exception>
    public TableReader(Stream stream, string fileName, long maxBytes, bool literalQuotes = false)
    {
        FileName = fileName;
        if (stream.Length > maxBytes) throw Refused($"Le fichier dépasse {maxBytes >> 20} Mo.", "Vérifiez que c’est le bon, ou découpez-le.");
        var encoding = TextEncoding.Detect(stream)
            ?? throw Refused("Ce n’est pas un fichier CSV.", "Dans votre tableur, choisissez «\u00A0Enregistrer sous… CSV UTF-8\u00A0».");
        reader = CsvReader.Create(stream, new CsvReaderOptions
        {
            Encoding = encoding,
            Separator = SeparatorOf(stream, encoding),
            Mode = literalQuotes ? CsvMode.NoEscape : CsvMode.Rfc4180,
            MaxRecordSize = LongestLine,
            TrackLineNumbers = true,
            OnMalformedRecord = NoteUnclosedQuote,
        });
        Headers = Guard(() => reader.Headers.ToList());
        if (Headers.All(string.IsNullOrWhiteSpace)) throw Refused("Le fichier est vide.", "Sa première ligne doit porter le nom des colonnes.");
        for (var i = 0; i < Headers.Count; i++)
        {
            var name = NormalizeHeader(Headers[i]);
            if (name.Length > 0 && !columns.TryAdd(name, i)) throw Refused($"La colonne «\u00A0{Headers[i]}\u00A0» figure deux fois.", "Gardez-en une.");
        }
    }

    /// <summary>Name of the file.</summary>
    public string FileName { get; }

    /// <summary>Headers as the file writes them.</summary>
    public IReadOnlyList<string> Headers { get; }

    /// <summary>Line being read, from 1 (the header).</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The faults noted so far.</summary>
    public IReadOnlyList<FileFault> Faults => faults;

    /// <summary>Value of a column on this line, cleaned, on one line; <c>null</c> when blank or when the file has no such column.</summary>
    public string? this[string column] => Raw(column) is { } raw ? IsPlain(raw) ? raw : Texte.CleanLine(raw) : null;

    /// <summary>Value of a column on this line, cleaned, with its line breaks; <c>null</c> when blank or absent.</summary>
    public string? Paragraphs(string column) => Texte.Clean(Raw(column)).Texte;

    /// <summary>A whole number of this line; <c>null</c> when blank; a fault when it is something else.</summary>
    public int? Int32(string column)
    {
        if (this[column] is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        Refuse(column, "Ce n’est pas un nombre entier.", "N’écrivez que des chiffres.");
        return null;
    }

    /// <summary>A date of this line, JJ/MM/AAAA or AAAA-MM-JJ; <c>null</c> when blank; a fault when it is something else.</summary>
    public DateOnly? Date(string column)
    {
        if (this[column] is not { } text) return null;
        if (DateOnly.TryParseExact(text, ["dd/MM/yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        Refuse(column, "Ce n’est pas une date.", "Écrivez JJ/MM/AAAA.");
        return null;
    }

    /// <summary>True when the file has this column.</summary>
    public bool Has(string column) => columns.ContainsKey(column);

    /// <summary>The first of these columns that the file has, for files of several makers; the first of all when it has none.</summary>
    public string FirstOf(params string[] names) => Array.Find(names, Has) ?? names[0];

    /// <summary>Refuses the file when a column is missing, naming those it has.</summary>
    public void Require(params string[] names)
    {
        var missing = names.Where(name => !Has(name)).ToList();
        if (missing.Count == 0) return;
        throw Refused(
            $"Il manque la colonne {string.Join(", ", missing.Select(name => $"«\u00A0{name}\u00A0»"))}.",
            $"Colonnes trouvées\u00A0: {string.Join(", ", Headers.Take(50))}.");
    }

    /// <summary>Goes to the next line; a line with more or fewer columns than the header is a fault and is passed over.</summary>
    public bool Read()
    {
        while (Guard(reader.Read))
        {
            Line = (int)reader.LineNumber;
            if (reader.FieldCount == Headers.Count) return true;
            RefuseLine($"La ligne a {reader.FieldCount} colonnes au lieu de {Headers.Count}.", "Vérifiez les séparateurs et les guillemets.");
        }

        return false;
    }

    /// <summary>Notes a fault of this line, on a column.</summary>
    public void Refuse(string column, string message, string remedy) => Add(Describe(column, message, remedy));

    /// <summary>Notes a fault of this line as a whole.</summary>
    public void RefuseLine(string message, string remedy) => Add(new FileFault(FileName, Line, null, null, message, remedy));

    /// <summary>A remark on a column of this line, for the report of an import that goes on.</summary>
    public FileFault Describe(string column, string message, string remedy, bool blocking = true) =>
        new(FileName, Line, columns.TryGetValue(column, out var i) ? Headers[i] : column, Raw(column), message, remedy, blocking);

    /// <summary>Refuses the file when a fault was noted.</summary>
    public void ThrowIfRefused()
    {
        if (faults.Count > 0) throw new FileRefusedException(faults);
    }

    /// <summary>The form under which columns are looked for: folded, words joined by underscores.</summary>
    public static string NormalizeHeader(string header) =>
        string.Join('_', Texte.Fold(header).Split([.. " _-'.()/\t\uFEFF"], StringSplitOptions.RemoveEmptyEntries));

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private static char SeparatorOf(Stream stream, Encoding encoding)
    {
        using var reader = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var header = reader.ReadLine() ?? "";
        stream.Position = 0;
        return ";\t,".MaxBy(separator => header.Count(c => c == separator));
    }

    /// <summary>True for a text that cleaning would leave as it is: most values of a file, at a fraction of the cost.</summary>
    private static bool IsPlain(string raw) =>
        raw.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 && !raw.Contains('<') && !raw.Contains("  ") && raw[0] != ' ' && raw[^1] != ' ';

    private string? Raw(string column) => columns.TryGetValue(column, out var i) && reader.GetString(i) is { Length: > 0 } raw ? raw : null;

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException)
        {
            throw new FileRefusedException([.. faults, new FileFault(FileName, Line, null, null,
                $"Plus de {LongestLine >> 20} Mo suivent sans fin de ligne.", "Un guillemet est sans doute ouvert et jamais fermé\u00A0: fermez-le.")]);
        }
    }

    private void NoteUnclosedQuote(CsvMalformedRecord record)
    {
        if (record.Reason == CsvMalformedReason.UnterminatedQuote)
            Add(new FileFault(FileName, (int)record.LineNumber, null, null, "Un guillemet est ouvert et jamais fermé.", "Fermez-le, ou doublez-le s’il fait partie du texte."));
    }

    private void Add(FileFault fault)
    {
        faults.Add(fault);
        if (faults.Count < MostFaults) return;
        faults.Add(new FileFault(FileName, null, null, null, $"La lecture s’arrête après {MostFaults} erreurs.", "Corrigez-les puis recommencez."));
        throw new FileRefusedException(faults);
    }

    private FileRefusedException Refused(string message, string remedy) => new(FileName, message, remedy);
}
