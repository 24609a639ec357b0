using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Sofi.Core.Data;

namespace Sofi.Core.Offre;

/// <summary>The four fiches of the procedure.</summary>
public enum NatureFiche
{
    /// <summary>Fiche Formation.</summary>
    Formation,

    /// <summary>Fiche Action.</summary>
    Action,

    /// <summary>Fiche Session.</summary>
    Session,

    /// <summary>Fiche Dispositif.</summary>
    Dispositif,
}

/// <summary>Shape of a text field: what its value must look like.</summary>
public enum Forme
{
    /// <summary>Any text on one line.</summary>
    Ligne,

    /// <summary>Any text on several lines.</summary>
    Texte,

    /// <summary>An http or https address, 3 to 400 characters (LHÉO urlweb).</summary>
    Adresse,

    /// <summary>A video: YouTube, or a file in MP4 (procedure, Fiche Action).</summary>
    Video,

    /// <summary>An e-mail address.</summary>
    Courriel,

    /// <summary>A time of day, such as 9 h 30.</summary>
    Heure,
}

/// <summary>Where the values of an open list come from: the context, not the code.</summary>
public enum ListeOuverte
{
    /// <summary>Not an open list.</summary>
    Aucune,

    /// <summary>Types of certification of CertifInfo.</summary>
    TypesCertification,

    /// <summary>Formacode domain descriptors.</summary>
    Formacodes,

    /// <summary>Formacode publics (8xxxx).</summary>
    Publics,

    /// <summary>Table of pré-requis kept by the Cariforef.</summary>
    Prerequis,

    /// <summary>Blocs de compétences known for the certification.</summary>
    Blocs,

    /// <summary>Places of the établissement.</summary>
    Lieux,

    /// <summary>Contacts of the établissement.</summary>
    Contacts,
}

/// <summary>
/// Everything Sofi knows of one field of a fiche, written beside the property: label and hint of the procedure, star, limits, list.
/// The screen, the binder, the rules of form and the printed list of rules all read it here.
/// </summary>
/// <param name="code">Stem of the rule codes of the field, such as <c>SES-DATE-DEBUT</c>: stable for ever.</param>
/// <param name="libelle">Label, in the words of the procedure.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ChampAttribute(string code, string libelle) : Attribute
{
    /// <summary>Stem of the rule codes of the field.</summary>
    public string Code { get; } = code;

    /// <summary>Label, in the words of the procedure.</summary>
    public string Libelle { get; } = libelle;

    /// <summary>Hint: a sentence of the procedure, or how to fill the field.</summary>
    public string? Aide { get; init; }

    /// <summary>True for a starred field: blocking at sending, never at saving (decision 10).</summary>
    public bool Etoile { get; init; }

    /// <summary>What to do when a starred field is empty: "cochez au moins une modalité". A default follows from the type.</summary>
    public string? Consigne { get; init; }

    /// <summary>Longest text, in characters; 0: no text.</summary>
    public int Longueur { get; init; }

    /// <summary>Shape of a text.</summary>
    public Forme Forme { get; init; }

    /// <summary>Lines shown by a text area.</summary>
    public int Lignes { get; init; } = 4;

    /// <summary>Smallest number.</summary>
    public double Min { get; init; }

    /// <summary>Largest number.</summary>
    public double Max { get; init; } = 99999;

    /// <summary>True for a number whose 0 counts as empty at sending: seats, not hours (decision 10).</summary>
    public bool ZeroVide { get; init; }

    /// <summary>Unit shown behind a number: h, €, %.</summary>
    public string? Unite { get; init; }

    /// <summary>Name of the closed list in <see cref="Listes"/>.</summary>
    public string? Liste { get; init; }

    /// <summary>Open list whose values the context gives.</summary>
    public ListeOuverte Ouverte { get; init; }

    /// <summary>Most values of a multi-choice field; 0: no limit.</summary>
    public int MaxValeurs { get; init; }

    /// <summary>True when a single choice shows as radio buttons.</summary>
    public bool Radio { get; init; }

    /// <summary>True for what the Cariforef and the Région alone read: never published (decision 26).</summary>
    public bool NonPublie { get; init; }
}

/// <summary>A field of a fiche: its property and its <see cref="ChampAttribute"/>.</summary>
public sealed class Champ
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Champ>> Cache = new();

    private Champ(PropertyInfo property, ChampAttribute definition)
    {
        Property = property;
        Definition = definition;
        Liste = definition.Liste is null ? null : (Liste)typeof(Listes).GetField(definition.Liste)!.GetValue(null)!;
    }

    /// <summary>The property of the fiche.</summary>
    public PropertyInfo Property { get; }

    /// <summary>What is known of the field.</summary>
    public ChampAttribute Definition { get; }

    /// <summary>Name of the property: the last step of the path that a fault carries.</summary>
    public string Nom => Property.Name;

    /// <summary>Label.</summary>
    public string Libelle => Definition.Libelle;

    /// <summary>Closed list, or <c>null</c>.</summary>
    public Liste? Liste { get; }

    /// <summary>Type of the value without its nullability.</summary>
    public Type Type => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>True for a multi-choice field.</summary>
    public bool Multiple => Type == typeof(Codes);

    /// <summary>The fields of a fiche, in the order of the procedure.</summary>
    public static IReadOnlyList<Champ> Of(Type fiche) => Cache.GetOrAdd(fiche, type =>
        [.. type.GetProperties().Select(p => (p, p.GetCustomAttribute<ChampAttribute>())).Where(x => x.Item2 is not null).Select(x => new Champ(x.p, x.Item2!))]);

    /// <inheritdoc cref="Of(Type)"/>
    public static IReadOnlyList<Champ> Of<TFiche>() => Of(typeof(TFiche));

    /// <summary>The field of a property; throws when the fiche has no such field.</summary>
    public static Champ Of<TFiche>(string nom) => Of<TFiche>().First(champ => champ.Nom == nom);

    /// <summary>Value of the field in a fiche.</summary>
    public object? Read(object fiche) => Property.GetValue(fiche);

    /// <summary>True when the value counts as empty at sending: nothing, blank, no code, or a value marked as unknown (decision 10).</summary>
    public bool EstVide(object fiche) => Read(fiche) switch
    {
        null => true,
        string text => text.Length == 0 || (Liste is { } list && list.EstVide(text)),
        Codes codes => codes.All(code => Liste is { } list && list.EstVide(code)),
        0 => Definition.ZeroVide,
        _ => false,
    };

    /// <summary>
    /// The value as a reader sees it: libellés instead of codes, dates JJ/MM/AAAA, numbers with a comma and their unit; empty when there is none.
    /// </summary>
    /// <param name="fiche">Fiche that holds the value.</param>
    /// <param name="options">Libellés of an open list, by code.</param>
    public string Format(object fiche, IReadOnlyDictionary<string, string>? options = null) => FormatValue(Read(fiche), options);

    /// <summary>A value of this field as a reader sees it (see <see cref="Format"/>), with or without its unit.</summary>
    public string FormatValue(object? value, IReadOnlyDictionary<string, string>? options = null, bool unit = true) => value switch
    {
        null => "",
        DateOnly date => date.Jour(),
        TimeOnly time => time.Minute == 0 ? $"{time.Hour} h" : $"{time.Hour} h {time.Minute:00}",
        decimal number => number.ToString(number == decimal.Truncate(number) ? "#,##0" : "#,##0.00", Francais.Culture) + (unit ? Unit() : ""),
        int number when Definition.Ouverte != ListeOuverte.Aucune => Label(number.ToString(CultureInfo.InvariantCulture), options),
        int number => number.ToString(CultureInfo.InvariantCulture) + (unit ? Unit() : ""),
        Codes codes => string.Join(", ", codes.Select(code => Label(code, options))),
        string text when Liste is not null || Definition.Ouverte != ListeOuverte.Aucune => Label(text, options),
        _ => value.ToString() ?? "",
    };

    private string Label(string code, IReadOnlyDictionary<string, string>? options) =>
        Liste?.Libelle(code) ?? (options is not null && options.TryGetValue(code, out var label) ? label : code);

    private string Unit() => Definition.Unite is { } unit ? "\u00A0" + unit : "";
}
