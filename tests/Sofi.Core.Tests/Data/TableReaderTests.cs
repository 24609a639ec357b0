using System.Text;
using Sofi.Core.Data;

namespace Sofi.Core.Tests.Data;

public class TableReaderTests
{
    public static readonly TheoryData<string> Encodings = ["utf-8", "utf-8-bom", "utf-16", "utf-16be", "windows-1252"];

    [Theory, MemberData(nameof(Encodings))]
    public void The_encoding_is_found_by_reading(string name)
    {
        const string text = "Libellé;N°\nŒuvre d’été – 10 €;1\n";
        var bytes = name switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(text),
            "utf-8-bom" => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)],
            "utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
            "utf-16be" => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)],
            _ => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text),
        };
        using var table = new TableReader(new MemoryStream(bytes), "essai.csv", 1 << 20);
        Assert.True(table.Read());
        Assert.Equal("Œuvre d’été – 10 €", table["libelle"]);
    }

    [Fact]
    public void A_last_letter_in_Windows_1252_is_not_taken_for_a_cut_UTF_8()
    {
        using var table = new TableReader(new MemoryStream("nom\ncafé"u8.ToArray()[..^2].Append((byte)0xE9).ToArray()), "essai.csv", 1 << 20);
        Assert.True(table.Read());
        Assert.Equal("café", table["nom"]);
    }

    [Theory]
    [InlineData("code_certifinfo;libelle")]
    [InlineData("Libellé;Code CertifInfo")]
    [InlineData("LIBELLE\tCODE-CERTIFINFO")]
    [InlineData("autre,Libelle,code.certifinfo")]
    public void Columns_are_found_by_name_whatever_order_case_accents_and_separator(string header)
    {
        var values = header.Replace("autre", "x", StringComparison.Ordinal);
        foreach (var column in header.Split(';', '\t', ','))
            values = values.Replace(column, TableReader.NormalizeHeader(column) == "libelle" ? "Soudeur" : "93561", StringComparison.Ordinal);
        using var table = Open($"{header}\n{values}\n");
        Assert.True(table.Read());
        Assert.Equal(("93561", "Soudeur"), (table["code_certifinfo"], table["libelle"]));
    }

    [Fact]
    public void Every_value_is_cleaned()
    {
        using var table = Open("a;b\n\"\t 13000511900032\";\"<p>Un</p><p>Deux</p>\"\n");
        Assert.True(table.Read());
        Assert.Equal("13000511900032", table["a"]);
        Assert.Equal("Un\nDeux", table.Paragraphs("b"));
        Assert.Equal("Un Deux", table["b"]);
    }

    [Fact]
    public void A_fault_says_where_what_and_how_to_fix_it()
    {
        using var table = Open("code;date\n\"ligne\nsur deux\";x\n12a;31/02/2025\n");
        Assert.True(table.Read());
        Assert.True(table.Read());
        Assert.Null(table.Int32("code"));
        Assert.Null(table.Date("date"));
        var refusal = Assert.Throws<FileRefusedException>(table.ThrowIfRefused);
        Assert.Equal(
            ["essai.csv, ligne 4, colonne code, « 12a » : Ce n’est pas un nombre entier. N’écrivez que des chiffres.",
             "essai.csv, ligne 4, colonne date, « 31/02/2025 » : Ce n’est pas une date. Écrivez JJ/MM/AAAA."],
            refusal.Faults.Select(f => f.ToString()));
    }

    [Fact]
    public void A_missing_column_is_named_beside_those_found()
    {
        using var table = Open("code;nom\n1;a\n");
        Assert.Contains("Il manque la colonne «\u00A0libelle\u00A0». Colonnes trouvées\u00A0: code, nom.", Assert.Throws<FileRefusedException>(() => table.Require("code", "libelle")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quotation_mark_is_a_plain_character_in_a_file_that_never_quotes()
    {
        var content = new MemoryStream(Encoding.UTF8.GetBytes("a;b\n\"Énergie\" et eau;\"jamais fermé\nx;y\n"));
        using var table = new TableReader(content, "essai.csv", 1 << 20, literalQuotes: true);
        Assert.True(table.Read());
        Assert.Equal(("\"Énergie\" et eau", "\"jamais fermé"), (table["a"], table["b"]));
        Assert.True(table.Read());
        Assert.Equal("x", table["a"]);
    }

    [Theory]
    [InlineData("", "Le fichier est vide.")]
    [InlineData("PK\u0003\u0004\0\0", "Ce n’est pas un fichier CSV.")]
    [InlineData("a;A\n1;2\n", "figure deux fois")]
    [InlineData("a;b\n1;2;3\n", "La ligne a 3 colonnes au lieu de 2.")]
    [InlineData("a;b\n\"1;2\n3;4\n", "Un guillemet est ouvert et jamais fermé.")]
    public void What_is_not_a_table_is_refused_with_its_reason(string content, string reason)
    {
        var refusal = Assert.Throws<FileRefusedException>(() =>
        {
            using var table = Open(content);
            while (table.Read())
            {
            }

            table.ThrowIfRefused();
        });
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_too_big_is_refused_unread()
    {
        Assert.Contains("dépasse 1 Mo", Assert.Throws<FileRefusedException>(() => Open("a\n" + new string('x', 1 << 20))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unclosed_quote_in_a_big_file_is_refused_early()
    {
        var content = new MemoryStream(Encoding.UTF8.GetBytes("a;b\n\"1;2\n" + string.Concat(Enumerable.Repeat("3;4\n", 1 << 20))));
        using var table = new TableReader(content, "essai.csv", 1 << 30);
        Assert.Contains("Un guillemet est sans doute ouvert", Assert.Throws<FileRefusedException>(() => table.Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_stops_after_fifty_faults()
    {
        using var table = Open("a\n" + string.Concat(Enumerable.Repeat("x\n", 100)));
        var refusal = Assert.Throws<FileRefusedException>(() =>
        {
            while (table.Read()) table.Int32("a");
        });
        Assert.Equal(51, refusal.Faults.Count);
    }

    private static TableReader Open(string text) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)), "essai.csv", 1 << 20);
}
