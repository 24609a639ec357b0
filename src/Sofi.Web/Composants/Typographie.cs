using System.Text.RegularExpressions;

namespace Sofi.Web.Composants;

/// <summary>French typography of the sentences that come from the code: no line starts with : ; ? ! or ».</summary>
public static partial class Typographie
{
    /// <summary>The text with non-breaking spaces before <c>: ; ? ! » € %</c> and after <c>«</c>.</summary>
    public static string Insecable(string? text) => text is null ? "" : Opening().Replace(Closing().Replace(text, "\u00A0"), "\u00A0");

    [GeneratedRegex("(?<=\\S) (?=[:;?!»€%])")]
    private static partial Regex Closing();

    [GeneratedRegex("(?<=«) ")]
    private static partial Regex Opening();
}
