using System.Reflection;
using Sofi.Core.Programmes;

namespace Sofi.Core.Offre;

/// <summary>Presets a new fiche with what its programme proposes (decisions 15 to 17).</summary>
public static class Preremplissage
{
    /// <summary>
    /// A copy of the fiche where each field that the programme proposes a value or a text for holds it. Only new fiches are preset: a saved one belongs to its author.
    /// </summary>
    public static TFiche Preremplir<TFiche>(this TFiche fiche, Attentes attentes)
        where TFiche : class
    {
        var copy = Copy(fiche);
        foreach (var champ in Champ.Of<TFiche>())
        {
            var key = Regles.Fiches.NatureOf(typeof(TFiche)) + "." + champ.Nom;
            if (attentes.Of(key) is { Proposees: { Count: > 0 } proposed })
                champ.Property.SetValue(copy, champ.Multiple ? proposed : Convert(champ, proposed[0]));
            if (attentes.TextesProposes.TryGetValue(key, out var text) && champ.Type == typeof(string)) champ.Property.SetValue(copy, text);
        }

        return copy;
    }

    /// <summary>A copy of a record, that reflection may change.</summary>
    internal static T Copy<T>(T record)
        where T : class => (T)record.GetType().GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.Instance)!.Invoke(record, null)!;

    private static object? Convert(Champ champ, string value) => champ.Type == typeof(string)
        ? value
        : System.Convert.ChangeType(value, champ.Type, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The fiche where each field of <paramref name="kept"/> holds the value of <paramref name="other"/>: one choice per field on the conflict screen.</summary>
    public static TFiche Reprendre<TFiche>(this TFiche fiche, TFiche other, IReadOnlySet<string> kept)
        where TFiche : class
    {
        var copy = Copy(fiche);
        foreach (var champ in Champ.Of<TFiche>().Where(champ => kept.Contains(champ.Nom))) champ.Property.SetValue(copy, champ.Read(other));
        return copy;
    }
}
