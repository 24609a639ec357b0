using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sofi.Core.Data;

/// <summary>What the cleaner took out of a text, so that the user can be told (decision 27).</summary>
[Flags]
public enum Nettoyage
{
    /// <summary>Nothing was removed.</summary>
    Aucun = 0,

    /// <summary>Markup was removed; a pasted table became lines.</summary>
    MiseEnForme = 1,

    /// <summary>Control, private-use or lone surrogate characters were removed.</summary>
    CaracteresInvisibles = 2,

    /// <summary>Emoji and pictograms were removed.</summary>
    Emojis = 4,
}

/// <summary>
/// The one text cleaner, at every door: forms, files, API, feed. What it returns can be stored by both databases
/// and written in XML 1.0: no NUL, no lone surrogate, no control character except the line break.
/// </summary>
public static partial class Texte
{
    private const int MostWords = 8;

    /// <summary>
    /// Cleans a text typed or pasted by a user (decision 27): French letters, €, œ, « », –, ’ and line breaks stay;
    /// markup, control, private-use characters and emoji go; table rows become lines and cells are kept apart.
    /// </summary>
    /// <returns>The cleaned text, or <c>null</c> when nothing remains, and what was removed.</returns>
    public static (string? Texte, Nettoyage Retire) Clean(string? raw)
    {
        if (string.IsNullOrEmpty(raw)) return (null, Nettoyage.Aucun);
        var removed = Nettoyage.Aucun;
        var text = raw.ReplaceLineEndings("\n");
        if (Markup().IsMatch(text))
        {
            removed |= Nettoyage.MiseEnForme;
            text = HiddenBlock().Replace(text, "");
            text = CellEnd().Replace(text, " ");
            text = LineEnd().Replace(text, "\n");
            text = System.Net.WebUtility.HtmlDecode(Markup().Replace(text, "")).ReplaceLineEndings("\n");
        }

        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                removed |= Nettoyage.CaracteresInvisibles;
                i++;
                continue;
            }

            i += rune.Utf16SequenceLength;
            if (rune.Value is '\n') kept.Append('\n');
            else if (rune.Value is '\t') kept.Append(' ');
            else if (IsEmoji(rune)) removed |= Nettoyage.Emojis;
            else if (IsUnwanted(rune)) removed |= Nettoyage.CaracteresInvisibles;
            else kept.Append(rune.ToString());
        }

        var lines = kept.ToString().Normalize(NormalizationForm.FormC).Split('\n').Select(line => Spaces().Replace(line, " ").Trim(' '));
        var cleaned = BlankLines().Replace(string.Join('\n', lines), "\n\n").Trim();
        return (cleaned.Length == 0 ? null : cleaned, removed);
    }

    /// <summary>Cleans a value that holds on one line (title, name, address): line breaks become spaces.</summary>
    public static string? CleanLine(string? raw) => Clean(raw).Texte?.Replace('\n', ' ');

    /// <summary>
    /// The folded form used by every text search and sort: lower case, without diacritics, œ as oe, æ as ae,
    /// typographic apostrophes and dashes as their plain forms.
    /// </summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            switch (char.ToLowerInvariant(c))
            {
                case 'œ': folded.Append("oe"); break;
                case 'æ': folded.Append("ae"); break;
                case '’' or '‘' or 'ʼ': folded.Append('\''); break;
                case '–' or '—' or '‑': folded.Append('-'); break;
                case '\u00A0' or '\u202F': folded.Append(' '); break;
                case var lower: folded.Append(lower); break;
            }
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>The folded words of a search, punctuation being a separator: at most eight, so that no query grows without bound.</summary>
    public static IReadOnlyList<string> Words(string? text)
    {
        var letters = string.Concat(Fold(text).Select(c => char.IsLetterOrDigit(c) ? c : ' '));
        return [.. letters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Take(MostWords)];
    }

    private static bool IsUnwanted(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => true,
        UnicodeCategory.Format => true,
        _ => (rune.Value & 0xFFFE) == 0xFFFE,
    };

    private static bool IsEmoji(Rune rune) => rune.Value is
        (>= 0x1F000 and <= 0x1FAFF) or (>= 0x2600 and <= 0x27BF) or (>= 0x2B00 and <= 0x2BFF) or (>= 0xFE00 and <= 0xFE0F)
        or (>= 0xE0020 and <= 0xE007F) or 0x200D or 0x20E3;

    [GeneratedRegex(@"</?[a-zA-Z!][^<>]*>")]
    private static partial Regex Markup();

    [GeneratedRegex(@"<(script|style|head|title)\b[^>]*>.*?</\1\s*>|<!--.*?-->", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex HiddenBlock();

    [GeneratedRegex(@"</t[dh]\s*>", RegexOptions.IgnoreCase)]
    private static partial Regex CellEnd();

    [GeneratedRegex(@"<br\s*/?>|</(p|div|tr|li|h[1-6]|table)\s*>", RegexOptions.IgnoreCase)]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"[ ]{2,}")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex BlankLines();
}
