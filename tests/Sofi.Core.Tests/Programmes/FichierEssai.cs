using System.IO.Compression;
using System.Text;
using MiniExcelLibs;

namespace Sofi.Core.Tests.Programmes;

/// <summary>A Région's file built by a test: one programme, one lot, one mandataire, one formateur, unless the test says otherwise.</summary>
internal sealed class FichierEssai
{
    public const string Organisme = "siret;raison_sociale;nda;adresse;code_postal;commune;courriel;telephone";

    private readonly Dictionary<string, List<string>> sheets = new()
    {
        ["programmes"] = ["code_programme;intitule;annee;code_dispositif;publics"],
        ["lots"] = ["numero_lot;intitule;code_programme;id_action_cr;code_mandataire_cr;forfait_recrutement;nb_places;departement;codes_certifinfo"],
        ["mandataires"] = ["code_cr;" + Organisme],
        ["formateurs"] = ["numero_lot;code_mandataire_cr;" + Organisme],
    };

    /// <summary>A file that is right, whose codes start with <paramref name="prefix"/> so that tests share a base.</summary>
    public static FichierEssai Correct(string prefix, int year = 2025) => new FichierEssai()
        .Add("programmes", $"{prefix};Pass entreprendre;{year};8;80006")
        .Add("lots", $"{prefix}_12;Lot 12 - Création;{prefix};4259;386;N;40;44;93561")
        .Add("mandataires",
            $"386;{Siret(prefix, 1)};MANDATAIRE {prefix} (EXEMPLE);52449990044;1 rue de l’Exemple;44000;Nantes;contact@mandataire.test;02 61 91 00 01")
        .Add("formateurs", $"{prefix}_12;386;{Siret(prefix, 2)};FORMATEUR {prefix} (EXEMPLE);;;49000;Angers;;");

    /// <summary>A valid SIRET that no other prefix gives.</summary>
    public static string Siret(string prefix, int rank)
    {
        var number = (uint)prefix.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u) % 10_000;
        var siren = WithKey($"8{number:0000}{rank:000}");
        return WithKey(siren + "0001");
    }

    public FichierEssai Add(string sheet, params string[] lines)
    {
        if (!sheets.TryGetValue(sheet, out var existing)) sheets[sheet] = existing = [];
        existing.AddRange(lines);
        return this;
    }

    public FichierEssai AddProgrammation(params string[] lines) =>
        Add("programmation", [.. sheets.ContainsKey("programmation") ? Array.Empty<string>()
            : ["numero_lot;code_mandataire_cr;date_debut;date_fin;commune;nb_places;bon_de_commande"], .. lines]);

    public FichierEssai Remove(string sheet)
    {
        sheets.Remove(sheet);
        return this;
    }

    /// <summary>Replaces a text of a sheet, as a person at a spreadsheet would.</summary>
    public FichierEssai Replace(string sheet, string text, string by)
    {
        if (!sheets[sheet].Any(line => line.Contains(text, StringComparison.Ordinal))) throw new ArgumentException($"{sheet} has no « {text} ».");
        sheets[sheet] = [.. sheets[sheet].Select(line => line.Replace(text, by, StringComparison.Ordinal))];
        return this;
    }

    public byte[] Zip(Encoding? encoding = null, string newLine = "\r\n")
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, lines) in sheets)
            {
                using var entry = archive.CreateEntry(name + ".csv").Open();
                entry.Write((encoding ?? new UTF8Encoding(false)).GetBytes(string.Join(newLine, lines) + newLine));
            }
        }

        return file.ToArray();
    }

    /// <summary>The same as a workbook: numbers are numbers and dates are dates, as a spreadsheet makes them.</summary>
    public byte[] Xlsx()
    {
        using var file = new MemoryStream();
        file.SaveAs(sheets.ToDictionary(sheet => sheet.Key, sheet => (object)Rows(sheet.Value)), printHeader: true);
        return file.ToArray();
    }

    private static List<Dictionary<string, object?>> Rows(List<string> lines)
    {
        var header = lines[0].Split(';');
        return [.. lines.Skip(1).Select(line => line.Split(';').Select((cell, i) => (header[i], cell))
            .ToDictionary(x => x.Item1, x => Value(x.Item1, x.cell)))];
    }

    private static object? Value(string column, string cell) => cell.Length == 0 ? null
        : column.StartsWith("date", StringComparison.Ordinal) && DateTime.TryParseExact(cell, "dd/MM/yyyy", null, default, out var date) ? date
        : column is "annee" or "nb_places" or "siret" or "id_action_cr" or "code_mandataire_cr" or "code_cr" && long.TryParse(cell, out var number)
            ? (double)number
        : cell;

    private static string WithKey(string digits) =>
        Enumerable.Range(0, 10).Select(key => digits + key).First(text => text.Reverse()
            .Select((c, i) => (c - '0') * (i % 2 + 1)).Sum(d => d > 9 ? d - 9 : d) % 10 == 0);
}
