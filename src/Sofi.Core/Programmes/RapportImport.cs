using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Core.Programmes;

/// <summary>What a line of the report is about.</summary>
public enum NatureLigne
{
    /// <summary>A programme.</summary>
    Programme,

    /// <summary>An organisation, mandataire or formateur.</summary>
    Organisme,

    /// <summary>A lot and one of its mandataires.</summary>
    Lot,

    /// <summary>A formateur of a lot.</summary>
    Formateur,

    /// <summary>A programmed session.</summary>
    Programmation,
}

/// <summary>What becomes of a line; unchanged ones are only counted.</summary>
public enum SortLigne
{
    /// <summary>In the file, not in the base.</summary>
    Creee,

    /// <summary>In both, with other values.</summary>
    Modifiee,

    /// <summary>In the base for the years of the file, not in the file; removed.</summary>
    Retiree,

    /// <summary>In the base for the years of the file, not in the file; kept because something was entered on it, and marked absent.</summary>
    Marquee,
}

/// <summary>One line of the report.</summary>
/// <param name="Nature">What it is about.</param>
/// <param name="Sort">What becomes of it.</param>
/// <param name="Cle">Its key: code, SIRET, numéro de lot and mandataire…</param>
/// <param name="Libelle">Its name.</param>
/// <param name="Changements">Values that change, by column of the file.</param>
/// <param name="Saisies">Sessions and actions already entered on the lot that the line changes: none of them is touched.</param>
public sealed record LigneRapport(
    NatureLigne Nature, SortLigne Sort, string Cle, string Libelle, IReadOnlyList<Changement> Changements, IReadOnlyList<SaisieSurLot> Saisies);

/// <summary>What an import does, or would do: preview and report are the same value.</summary>
/// <param name="Annees">Years of the file: only what belongs to them can be absent.</param>
/// <param name="Lignes">Lines created, changed or absent, by nature and key.</param>
/// <param name="Inchangees">Number of unchanged lines, by nature.</param>
/// <param name="Avertissements">Warnings.</param>
public sealed record RapportImport(
    IReadOnlyList<int> Annees, IReadOnlyList<LigneRapport> Lignes, IReadOnlyDictionary<NatureLigne, int> Inchangees, IReadOnlyList<FileFault> Avertissements)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Number of lines of a nature that have a fate.</summary>
    public int Count(NatureLigne nature, params SortLigne[] sorts) => Lignes.Count(line => line.Nature == nature && sorts.Contains(line.Sort));

    /// <summary>Organisations that the file brings to Sofi.</summary>
    public IEnumerable<LigneRapport> OrganismesNouveaux => Lignes.Where(line => line is { Nature: NatureLigne.Organisme, Sort: SortLigne.Creee });

    /// <summary>The report as JSON, the same text for the same content.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <summary>A report written by <see cref="ToJson"/>.</summary>
    public static RapportImport FromJson(string json) => JsonSerializer.Deserialize<RapportImport>(json, Options)!;
}

/// <summary>The words of the report.</summary>
public static class LibellesImport
{
    /// <summary>Heading of the lines of a nature.</summary>
    public static string Libelle(this NatureLigne nature) => nature switch
    {
        NatureLigne.Programme => "Programmes",
        NatureLigne.Organisme => "Organismes",
        NatureLigne.Lot => "Lots",
        NatureLigne.Formateur => "Formateurs",
        _ => "Sessions programmées",
    };

    /// <summary>What becomes of a line, in one word.</summary>
    public static string Libelle(this SortLigne sort) => sort switch
    {
        SortLigne.Creee => "Création",
        SortLigne.Modifiee => "Modification",
        SortLigne.Retiree => "Absence : retrait",
        _ => "Absence : gardé, marqué absent",
    };
}
