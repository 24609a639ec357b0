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
    /// Cleans a text typed or pasted by a user (decision 27): French letters, €, œ, « », –, ’, non-breaking spaces and line breaks stay;
    /// markup, control, private-use characters and emoji go; table rows become lines and cells are kept apart; the bullets of office suites become dashes.
    /// Cleaning a cleaned text changes nothing.
    /// </summary>
    /// <returns>The cleaned text, or <c>null</c> when nothing remains, and what was removed.</returns>
    public static (string? Texte, Nettoyage Retire) Clean(string? raw)
    {
        if (string.IsNullOrEmpty(raw)) return (null, Nettoyage.Aucun);
        var removed = TableRow().IsMatch(raw) ? Nettoyage.MiseEnForme : Nettoyage.Aucun;
        var text = Storable(raw, ref removed);
        while (Markup.Remove(text) is { } plain)
        {
            removed |= Nettoyage.MiseEnForme;
            text = Storable(plain, ref removed);
        }

        var lines = text.Split('\n').Select(line => Spaces().Replace(line, " ").Trim());
        var cleaned = BlankLines().Replace(string.Join('\n', lines), "\n\n").Trim();
        return (cleaned.Length == 0 ? null : cleaned, removed);
    }

    /// <summary>Cleans a value that holds on one line (title, name, address): line breaks become spaces.</summary>
    public static string? CleanLine(string? raw) => CleanLine(raw, out _);

    /// <inheritdoc cref="CleanLine(string?)"/>
    public static string? CleanLine(string? raw, out Nettoyage removed)
    {
        (var text, removed) = Clean(raw);
        return text is null ? null : LineBreaks().Replace(text, " ");
    }

    /// <summary>
    /// The folded form used by every text search and sort: lower case, without diacritics, œ as oe, æ as ae,
    /// typographic apostrophes and dashes as their plain forms. Takes any text, cleaned or not.
    /// </summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var folded = new StringBuilder(text.Length);
        // A lone surrogate cannot be normalised: it is folded as U+FFFD.
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0) text = string.Concat(text.EnumerateRunes());
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

    /// <summary>Only characters that both databases and XML 1.0 take, composed, with one kind of line break and of space.</summary>
    private static string Storable(string text, ref Nettoyage removed)
    {
        var kept = new StringBuilder(text.Length);
        text = WordBullet().Replace(text.ReplaceLineEndings("\n"), "-");
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                removed |= Nettoyage.CaracteresInvisibles;
                i++;
                continue;
            }

            i += rune.Utf16SequenceLength;
            if (rune.Value is '\n' or '\v') kept.Append('\n');
            else if (rune.Value is '\t' || IsOtherSpace(rune)) kept.Append(' ');
            else if (IsEmoji(rune)) removed |= Nettoyage.Emojis;
            else if (IsUnwanted(rune)) removed |= Nettoyage.CaracteresInvisibles;
            else kept.Append(rune.ToString());
        }

        return kept.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Spaces of any width are plain ones, except the non-breaking ones of French typography.</summary>
    private static bool IsOtherSpace(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator && rune.Value is not (' ' or 0xA0 or 0x202F);

    private static bool IsUnwanted(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Format => true,
        // The place of an image that was pasted, and the noncharacters.
        _ => rune.Value is 0xFFFC || (rune.Value & 0xFFFE) == 0xFFFE,
    };

    private static bool IsEmoji(Rune rune) => rune.Value is
        (>= 0x1F000 and <= 0x1FAFF) or (>= 0x2600 and <= 0x27BF) or (>= 0x2B00 and <= 0x2BFF) or (>= 0xFE00 and <= 0xFE0F)
        or (>= 0xE0020 and <= 0xE007F) or (>= 0x23E9 and <= 0x23FA) or 0x231A or 0x231B or 0x200D or 0x20E3;

    /// <summary>A row of a pasted table: a tab behind a word.</summary>
    [GeneratedRegex(@"\S\S\t+\S")]
    private static partial Regex TableRow();

    /// <summary>A bullet that would vanish, at the head of a line: those of the Symbol and Wingdings fonts, and the arrows and ticks of office suites.</summary>
    [GeneratedRegex(@"(?<=^[ \t]*)[\uF0A7\uF0A8\uF0B7\uF0D8\uF0E0\uF0FC\u2714\u2713\u2756\u2666\u27A2\u27A4](?=[ \t\u00A0])", RegexOptions.Multiline)]
    private static partial Regex WordBullet();

    [GeneratedRegex(@"[ \u00A0\u202F]{2,}")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\n+")]
    private static partial Regex LineBreaks();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex BlankLines();
}
