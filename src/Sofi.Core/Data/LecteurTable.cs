using System.Globalization;
using System.Text;
using CsvHelper;

namespace Sofi.Core.Data;

/// <summary>
/// Reads a table in CSV line by line. Columns are found by header, whatever their order, case, accents and punctuation
/// ("Code CertifInfo" is <c>code_certifinfo</c>); the encoding (UTF-8, UTF-16 with its mark, else Windows-1252) and the separator
/// (semicolon, comma, tab) are found by reading; every value is cleaned. Faults are gathered, so that one reading tells all of them.
/// </summary>
public sealed class LecteurTable : IDisposable
{
    private const int MostErrors = 50;
    private const int LongestLine = 1 << 20;
    private readonly CsvReader reader;
    private readonly Dictionary<string, int> columns = [];
    private readonly List<ErreurFichier> errors = [];

    /// <summary>Opens a table and reads its header.</summary>
    /// <param name="stream">Seekable content; closed with the reader.</param>
    /// <param name="fichier">Name of the file, for the messages.</param>
    /// <param name="tailleMax">Largest size, in bytes.</param>
    /// <param name="literalQuotes">True when the file never quotes its values, so that a quotation mark is a plain character.</param>
    /// <exception cref="FichierRefuseException">Too big, empty, not a text, or a header twice.</exception>
    public LecteurTable(Stream stream, string fichier, long tailleMax, bool literalQuotes = false)
    {
        Fichier = fichier;
        if (stream.Length > tailleMax) throw new FichierRefuseException(fichier, $"le fichier dépasse {tailleMax >> 20} Mo. Découpez-le ou vérifiez que c’est le bon.");
        var encoding = DetectEncoding(stream, fichier);
        reader = CsvReader.Create(stream, new CsvReaderOptions
        {
            Encoding = encoding,
            Separator = SeparatorOf(stream, encoding),
            Mode = literalQuotes ? CsvMode.NoEscape : CsvMode.Rfc4180,
            MaxRecordSize = LongestLine,
            TrackLineNumbers = true,
            OnMalformedRecord = NoteUnclosedQuote,
        });
        Entetes = Guard(() => reader.Headers.ToList());
        if (Entetes.All(string.IsNullOrWhiteSpace)) throw new FichierRefuseException(fichier, "le fichier est vide. La première ligne doit porter le nom des colonnes.");
        for (var i = 0; i < Entetes.Count; i++)
        {
            var name = NormalizeHeader(Entetes[i]);
            if (name.Length > 0 && !columns.TryAdd(name, i))
                throw new FichierRefuseException(fichier, $"la colonne «\u00A0{Entetes[i]}\u00A0» figure deux fois. Gardez-en une.");
        }
    }

    /// <summary>Name of the file.</summary>
    public string Fichier { get; }

    /// <summary>Headers as the file writes them.</summary>
    public IReadOnlyList<string> Entetes { get; }

    /// <summary>Line being read, from 1 (the header).</summary>
    public int Ligne { get; private set; } = 1;

    /// <summary>Value of a column on this line, cleaned, on one line; <c>null</c> when blank or when the file has no such column.</summary>
    public string? this[string column] => Raw(column) is { } raw ? IsPlain(raw) ? raw : Texte.CleanLine(raw) : null;

    /// <summary>Value of a column on this line, cleaned, with its line breaks; <c>null</c> when blank or absent.</summary>
    public string? Paragraphs(string column) => Texte.Clean(Raw(column)).Texte;

    /// <summary>True when the file has this column.</summary>
    public bool Has(string column) => columns.ContainsKey(column);

    /// <summary>The first of these columns that the file has, for files of several makers; the first of all when it has none.</summary>
    public string FirstOf(params string[] names) => Array.Find(names, Has) ?? names[0];

    /// <summary>Refuses the file when a column is missing, naming those it has.</summary>
    public void Require(params string[] names)
    {
        var missing = names.Where(name => !Has(name)).ToList();
        if (missing.Count == 0) return;
        throw new FichierRefuseException(Fichier,
            $"il manque la colonne {string.Join(", ", missing.Select(name => $"«\u00A0{name}\u00A0»"))}. Colonnes trouvées : {string.Join(", ", Entetes)}.");
    }

    /// <summary>Goes to the next line; a line with more or fewer columns than the header is a fault and is passed over.</summary>
    public bool Read()
    {
        while (Advance())
        {
            if (reader.FieldCount == Entetes.Count) return true;
            RefuseLine($"la ligne a {reader.FieldCount} colonnes au lieu de {Entetes.Count}. Vérifiez les séparateurs et les guillemets.");
        }

        return false;
    }

    /// <summary>Notes a fault of this line, on a column.</summary>
    public void Refuse(string column, string message) => Add(Describe(column, message));

    /// <summary>A remark on a column of this line, for the report of an import that goes on.</summary>
    public ErreurFichier Describe(string column, string message) =>
        new(Fichier, Ligne, columns.TryGetValue(column, out var i) ? Entetes[i] : column, Shorten(Raw(column)), message);

    /// <summary>Notes a fault of this line as a whole.</summary>
    public void RefuseLine(string message) => Add(new ErreurFichier(Fichier, Ligne, null, null, message));

    /// <summary>A whole number of this line; <c>null</c> when blank; a fault when it is something else.</summary>
    public int? Int32(string column)
    {
        if (this[column] is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        Refuse(column, "ce n’est pas un nombre entier. N’écrivez que des chiffres.");
        return null;
    }

    /// <summary>A date of this line, JJ/MM/AAAA or AAAA-MM-JJ; <c>null</c> when blank; a fault when it is something else.</summary>
    public DateOnly? Date(string column)
    {
        if (this[column] is not { } text) return null;
        if (DateOnly.TryParseExact(text, ["dd/MM/yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        Refuse(column, "ce n’est pas une date. Écrivez JJ/MM/AAAA, par exemple 31/12/2025.");
        return null;
    }

    /// <summary>The faults noted so far.</summary>
    public IReadOnlyList<ErreurFichier> Erreurs => errors;

    /// <summary>Refuses the file when a fault was noted.</summary>
    public void ThrowIfRefused()
    {
        if (errors.Count > 0) throw new FichierRefuseException(errors);
    }

    /// <summary>The form under which columns are looked for: folded, words joined by underscores.</summary>
    public static string NormalizeHeader(string header)
    {
        var words = Texte.Fold(header).Split([.. " _-'.()/\t\uFEFF"], StringSplitOptions.RemoveEmptyEntries);
        return string.Join('_', words);
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private static Encoding DetectEncoding(Stream stream, string file)
    {
        stream.Position = 0;
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        Span<byte> bytes = new byte[1 << 16];
        Span<char> chars = new char[1 << 16];
        for (int read, block = 0; (read = stream.Read(bytes)) > 0; block++)
        {
            var content = bytes[..read];
            if (block == 0 && (content.StartsWith((byte[])[0xFF, 0xFE]) || content.StartsWith((byte[])[0xFE, 0xFF]))) return Encoding.Unicode;
            if (content.Contains((byte)0))
                throw new FichierRefuseException(file, "ce n’est pas un fichier CSV. Dans votre tableur, choisissez «\u00A0Enregistrer sous… CSV UTF-8\u00A0».");
            try
            {
                decoder.GetChars(content, chars, flush: false);
            }
            catch (DecoderFallbackException)
            {
                return CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
            }
        }

        return new UTF8Encoding(false);
    }

    private static char SeparatorOf(Stream stream, Encoding encoding)
    {
        stream.Position = 0;
        using var reader = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var header = reader.ReadLine() ?? "";
        stream.Position = 0;
        return ";\t,".MaxBy(separator => header.Count(c => c == separator));
    }

    /// <summary>True for a text that cleaning would leave as it is: most values of a file, at a fraction of the cost.</summary>
    private static bool IsPlain(string raw) =>
        raw.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 && !raw.Contains('<') && !raw.Contains("  ") && raw[0] != ' ' && raw[^1] != ' ';

    private string? Raw(string column) => columns.TryGetValue(column, out var i) && reader.GetString(i) is { Length: > 0 } raw ? raw : null;

    private bool Advance()
    {
        if (!Guard(reader.Read)) return false;
        Ligne = (int)reader.LineNumber;
        return true;
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException)
        {
            throw new FichierRefuseException([.. errors, new ErreurFichier(Fichier, Ligne, null, null,
                $"après cette ligne, une ligne dépasse {LongestLine >> 20} Mo : un guillemet est sans doute ouvert et jamais fermé.")]);
        }
    }

    private void NoteUnclosedQuote(CsvMalformedRecord record)
    {
        if (record.Reason == CsvMalformedReason.UnterminatedQuote)
            Add(new ErreurFichier(Fichier, (int)record.LineNumber, null, null, "un guillemet est ouvert et jamais fermé. Fermez-le, ou doublez-le s’il fait partie du texte."));
    }

    private void Add(ErreurFichier error)
    {
        errors.Add(error);
        if (errors.Count < MostErrors) return;
        errors.Add(new ErreurFichier(Fichier, 0, null, null, $"la lecture s’arrête après {MostErrors} erreurs. Corrigez-les puis recommencez."));
        throw new FichierRefuseException(errors);
    }

    private static string? Shorten(string? value) => value?.Length > 60 ? value[..60] + "…" : value;
}
