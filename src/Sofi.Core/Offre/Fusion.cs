using System.Text.Json;
using Sofi.Core.Offre.Regles;

namespace Sofi.Core.Offre;

/// <summary>
/// What a form showed when it was opened: the fiche, and the lines of its tables being changed. The form carries it, so that what a person
/// changed is told from what she left. It decides nothing but the merge of her own values: a forged one gains nothing.
/// </summary>
public sealed class Depart
{
    private readonly IReadOnlyDictionary<string, JsonElement> fiches;

    private Depart(IReadOnlyDictionary<string, JsonElement> fiches) => this.fiches = fiches;

    /// <summary>Writes the fiche and its lines for the form to carry.</summary>
    public static string Write(params IEnumerable<object> fiches) => OffreSerializer.Write(fiches.ToDictionary(fiche => Fiches.PrefixOf(fiche.GetType())));

    /// <summary>Reads what a form carried; <c>null</c> when it carried none, or nothing that can be read: both values are then asked for.</summary>
    public static Depart? Read(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) || JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(text) is not { } fiches ? null : new Depart(fiches);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The fiche or line of a type as the form showed it; <c>null</c> when unknown.</summary>
    public TFiche? Of<TFiche>()
        where TFiche : class => (TFiche?)Of(typeof(TFiche));

    /// <inheritdoc cref="Of{TFiche}"/>
    public object? Of(Type fiche)
    {
        try
        {
            return fiches.TryGetValue(Fiches.PrefixOf(fiche), out var value) ? OffreSerializer.ReadFiche(value, fiche) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>
/// Three versions of a fiche or line: as the form showed it, as it is now stored, as it was typed. A field that the person left takes what is
/// stored; one that she alone changed takes what she typed; one that both changed to different values is hers to choose.
/// </summary>
public static class Fusion
{
    /// <summary>Fields that both changed, to different values; all those that differ when the start is unknown.</summary>
    public static IEnumerable<Champ> Conflits(object stored, object typed, object? start) => Champ.Of(stored.GetType())
        .Where(champ => Differ(champ, stored, typed) && (start is null || (Differ(champ, typed, start) && Differ(champ, stored, start))));

    /// <summary>Fields that the other person alone changed.</summary>
    public static IEnumerable<Champ> Recus(object stored, object typed, object? start) => Champ.Of(stored.GetType())
        .Where(champ => start is not null && Differ(champ, stored, typed) && !Differ(champ, typed, start));

    /// <summary>What was typed, with the other person's value in the fields that she alone changed.</summary>
    public static TFiche Merge<TFiche>(TFiche stored, TFiche typed, TFiche? start)
        where TFiche : class => typed.Reprendre(stored, Recus(stored, typed, start).Select(champ => champ.Nom).ToHashSet());

    private static bool Differ(Champ champ, object one, object other) => !Equals(champ.Read(one), champ.Read(other));
}
