using System.IO.Compression;
using System.Text;
using MiniExcelLibs;
using Sofi.Core.Data;

namespace Sofi.Core.Tests.Data;

public class WorkbookTests
{
    [Fact]
    public void A_file_over_ten_megabytes_is_refused_before_it_is_opened() =>
        Assert.Contains("10 Mo", Refusal(new byte[Workbook.MaxBytes + 1]), StringComparison.Ordinal);

    [Fact]
    public void An_empty_file_is_refused() => Assert.Contains("vide", Refusal([]), StringComparison.Ordinal);

    [Fact]
    public void Something_else_than_a_table_is_refused() => Assert.Contains("XLSX", Refusal("Bonjour"u8.ToArray()), StringComparison.Ordinal);

    [Fact]
    public void A_zip_that_unpacks_beyond_the_limit_is_refused_while_reading()
    {
        var bomb = Archive(("lots.csv", stream => Fill(stream, Workbook.MaxUnpacked + 1)));
        Assert.True(bomb.Length < Workbook.MaxBytes);
        Assert.Contains("64 Mo", Refusal(bomb), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_entries_share_one_limit()
    {
        var bomb = Archive([.. Enumerable.Range(0, 9).Select(i => ($"f{i}.csv", (Action<Stream>)(stream => Fill(stream, Workbook.MaxUnpacked / 8))))]);
        Assert.Contains("64 Mo", Refusal(bomb), StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_hides_no_bomb_either()
    {
        var bomb = Xlsx("<row r=\"1\"><c r=\"A1\"/></row>", ("xl/sharedStrings.xml", stream => Fill(stream, Workbook.MaxUnpacked + 1)));
        Assert.Contains("64 Mo", Refusal(bomb), StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_of_too_many_entries_is_refused()
    {
        var many = Archive([.. Enumerable.Range(0, Workbook.MaxEntries + 1).Select(i => ($"f{i}.csv", (Action<Stream>)(_ => { })))]);
        Assert.Contains("200 fichiers", Refusal(many), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>")]
    [InlineData("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>")]
    [InlineData("<row r=\"99999999999\"><c/></row>")]
    public void Cells_far_away_are_refused_before_the_sheet_is_unfolded(string rows) =>
        Assert.Contains("100000 lignes", Refusal(Xlsx(rows)), StringComparison.Ordinal);

    [Fact]
    public void A_declared_dimension_far_away_is_refused() =>
        Assert.Contains("50 colonnes", Refusal(Xlsx("", dimension: "A1:XFD1048576")), StringComparison.Ordinal);

    [Fact]
    public void A_formula_is_a_fault_with_its_place_never_a_value()
    {
        var workbook = Workbook.Read(Xlsx("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>nb_places</t></is></c></row><row r=\"2\"><c r=\"A2\"><f>6*7</f><v>42</v></c></row>"));
        var fault = Assert.Single(workbook.Faults);
        Assert.Equal(("lots", 2, "A"), (fault.Sheet, fault.Line, fault.Column));
        Assert.Contains("formule", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_type_is_refused() =>
        Assert.Contains("XLSX", Refusal(Xlsx("", prolog: "<!DOCTYPE worksheet [<!ENTITY a \"b\">]>")), StringComparison.Ordinal);

    [Fact]
    public void Lines_keep_their_number_beyond_blank_ones()
    {
        using var file = new MemoryStream();
        file.SaveAs(new[] { new { A = "x", D = (DateTime?)new DateTime(2025, 3, 10), N = 12.0 }, new { A = "", D = (DateTime?)null, N = 0.5 } });
        var sheet = Assert.Single(Workbook.Read(file.ToArray()).Sheets);
        Assert.Equal(["x", "10/03/2025", "12"], sheet.Lines[1].Cells);
        var csv = Workbook.Read(Archive(("t.csv", stream => stream.Write("a;b\n\n;\n\"x\ny\";z\nlast;"u8)))).Sheets[0];
        Assert.Equal([(1, "a"), (4, "x y"), (6, "last")], csv.Lines.Select(line => (line.Number, line.Cells[0]!)));
    }

    private static string Refusal(byte[] file) => Assert.Throws<FileRefusedException>(() => Workbook.Read(file)).Message;

    private static void Fill(Stream stream, long bytes)
    {
        var block = new byte[1 << 20];
        Array.Fill(block, (byte)' ');
        for (var left = bytes; left > 0; left -= block.Length) stream.Write(block, 0, (int)Math.Min(left, block.Length));
    }

    private static byte[] Archive(params (string Name, Action<Stream> Write)[] entries)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, write) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                write(entry);
            }
        }

        return file.ToArray();
    }

    private static byte[] Xlsx(string rows, (string, Action<Stream>)? more = null, string dimension = "A1:B2", string prolog = "")
    {
        const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const string links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        (string, Action<Stream>)[] parts =
        [
            Part("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            Part("xl/workbook.xml",
                $"<workbook xmlns=\"{main}\" xmlns:r=\"{links}\"><sheets><sheet name=\"lots\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
            Part("xl/_rels/workbook.xml.rels",
                $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{links}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
            Part("xl/worksheets/sheet1.xml", $"{prolog}<worksheet xmlns=\"{main}\"><dimension ref=\"{dimension}\"/><sheetData>{rows}</sheetData></worksheet>"),
        ];
        return Archive(more is { } extra ? [.. parts, extra] : parts);

        static (string, Action<Stream>) Part(string name, string text) => (name, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }
}
