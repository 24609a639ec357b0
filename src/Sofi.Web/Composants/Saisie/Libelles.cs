namespace Sofi.Web.Composants.Saisie;

/// <summary>Messages begin with the label of their field ("Date début : …"), so that they stand alone in a list; beside the field it is left out.</summary>
internal static class Libelles
{
    /// <summary>The message without the label it begins with, its first letter in capital.</summary>
    public static string Without(string libelle, string message)
    {
        if (!message.StartsWith(libelle, StringComparison.Ordinal)) return message;
        var rest = message[libelle.Length..].TrimStart(' ', '\u00A0');
        if (!rest.StartsWith(':')) return message;
        rest = rest[1..].TrimStart(' ', '\u00A0');
        return rest.Length == 0 ? message : char.ToUpperInvariant(rest[0]) + rest[1..];
    }

    /// <summary>The message with the label of its field in front, once.</summary>
    public static string With(string libelle, string message) => Without(libelle, message) == message ? $"{libelle} : {LowerFirst(message)}" : message;

    /// <summary>The text with its first letter in small, for the middle of a sentence; an acronym keeps its capitals.</summary>
    public static string LowerFirst(string text) =>
        text.Length < 2 || char.IsUpper(text[1]) ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
