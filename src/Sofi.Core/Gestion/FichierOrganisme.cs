using System.Data;
using System.Globalization;
using MiniExcelLibs;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;

namespace Sofi.Core.Gestion;

/// <summary>
/// The file of contacts and places: a workbook with the sheets <c>contacts</c> and <c>lieux</c>, or a CSV file of one of them.
/// Columns are found by name; one that is absent leaves the values in place, an empty cell erases its own.
/// </summary>
public static class FichierOrganisme
{
    /// <summary>Sheet of the contacts.</summary>
    public const string FeuilleContacts = "contacts";

    /// <summary>Sheet of the places.</summary>
    public const string FeuilleLieux = "lieux";

    /// <summary>Most lines of a sheet, the header apart.</summary>
    public const int MostLines = 500;

    /// <summary>Columns of each sheet, with the field that each one fills; none for the number and the state.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<(string Colonne, string? Champ)>> Colonnes = new Dictionary<string, IReadOnlyList<(string, string?)>>
    {
        [FeuilleContacts] =
        [
            ("numero", null), ("civilite", nameof(FicheContact.Civilite)), ("nom", nameof(FicheContact.Nom)), ("prenom", nameof(FicheContact.Prenom)),
            ("fonction", nameof(FicheContact.Fonction)), ("telephone", nameof(FicheContact.Telephone)), ("portable", nameof(FicheContact.Portable)),
            ("courriel", nameof(FicheContact.Courriel)), ("types", nameof(FicheContact.Types)), ("actif", null),
        ],
        [FeuilleLieux] =
        [
            ("numero", null), ("nom", nameof(FicheLieu.Nom)), ("voie", nameof(FicheLieu.Voie)), ("code_postal", nameof(FicheLieu.CodePostal)), ("commune", nameof(FicheLieu.Commune)),
            ("latitude", nameof(FicheLieu.Latitude)), ("longitude", nameof(FicheLieu.Longitude)), ("acces_handicapes", nameof(FicheLieu.AccesHandicapes)),
            ("restauration", nameof(FicheLieu.Restauration)), ("hebergement", nameof(FicheLieu.Hebergement)), ("transport", nameof(FicheLieu.Transport)), ("actif", null),
        ],
    };

    /// <summary>The model in CSV: the header of a sheet, as a spreadsheet opens it.</summary>
    public static string Header(string feuille) => string.Join(';', Colonnes[feuille].Select(c => c.Colonne)) + "\r\n";

    /// <summary>The workbook of what an établissement has: changed and brought back, it updates it.</summary>
    public static byte[] Write(IEnumerable<Contact> contacts, IEnumerable<Lieu> lieux)
    {
        using var stream = new MemoryStream();
        stream.SaveAs(new Dictionary<string, object>
        {
            [FeuilleContacts] = Table(FeuilleContacts, contacts.Select(c => new[]
            {
                GestionService.Text(c.Numero), c.Civilite, c.Nom, c.Prenom, c.Fonction, c.Telephone, c.Portable, c.Courriel,
                string.Join(" | ", c.Types.Select(Listes.TypesContact.Libelle)), c.Actif ? "O" : "N",
            })),
            [FeuilleLieux] = Table(FeuilleLieux, lieux.Select(l => new[]
            {
                GestionService.Text(l.Id), l.Nom, l.Adresse.Voie, l.Adresse.CodePostal, l.Adresse.Commune, Text(l.Latitude), Text(l.Longitude),
                l.AccesHandicapes, l.Restauration, l.Hebergement, l.Transport, l.Actif ? "O" : "N",
            })),
        });
        return stream.ToArray();
    }

    private static DataTable Table(string feuille, IEnumerable<string?[]> rows)
    {
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        foreach (var (colonne, _) in Colonnes[feuille]) table.Columns.Add(colonne, typeof(string));
        foreach (var row in rows) table.Rows.Add([.. row.Select(Neutral)]);
        return table;
    }

    /// <summary>A text that a spreadsheet would take for a formula is kept a text.</summary>
    private static object? Neutral(string? text) => text is ['=' or '@' or '\t', ..] ? "'" + text : text;

    private static string? Text(decimal? number) => number?.ToString("0.######", Francais.Culture);
}
