using Sofi.Core.Data;

namespace Sofi.Web.Composants.Saisie;

/// <summary>What the text cleaner took out of the fields of this request: told beside the field, or on the next page (decision 27).</summary>
internal static class Nettoyages
{
    private static readonly object Key = new();

    /// <summary>Notes what was removed from a field.</summary>
    public static void Add(HttpContext http, string path, string libelle, Nettoyage removed)
    {
        if (removed != Nettoyage.Aucun) Of(http)[path] = (libelle, Words(removed));
    }

    /// <summary>Fields cleaned in this request: label and sentence by path.</summary>
    public static Dictionary<string, (string Libelle, string Phrase)> Of(HttpContext http)
    {
        if (http.Items[Key] is Dictionary<string, (string, string)> fields) return fields;
        http.Items[Key] = fields = [];
        return fields;
    }

    private static string Words(Nettoyage removed)
    {
        var parts = new List<string>();
        if (removed.HasFlag(Nettoyage.MiseEnForme)) parts.Add("la mise en forme");
        if (removed.HasFlag(Nettoyage.Emojis)) parts.Add("les émojis");
        if (removed.HasFlag(Nettoyage.CaracteresInvisibles)) parts.Add("les caractères invisibles");
        var list = parts.Count == 1 ? parts[0] : string.Join(", ", parts[..^1]) + " et " + parts[^1];
        return $"Retiré de votre texte : {list}.";
    }
}
