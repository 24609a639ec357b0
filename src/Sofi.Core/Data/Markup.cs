using System.Text;
using System.Text.RegularExpressions;

namespace Sofi.Core.Data;

/// <summary>
/// Takes markup out of a text, and nothing else: only the elements of HTML and of office suites count as tags, so that « 3 &lt; 5 et 7 &gt; 2 »,
/// « x&lt;y et y&gt;z » or « &lt;nom@organisme.fr&gt; » stay. Linear in the length of the text, whatever is typed.
/// </summary>
internal static partial class Markup
{
    /// <summary>What goes with all it holds.</summary>
    private static readonly (string Start, string End)[] Hidden =
        [("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"), ("<head", "</head>"), ("<title", "</title>")];

    /// <summary>The text without its markup: rows and paragraphs on their lines, cells kept apart; <c>null</c> when it has none.</summary>
    public static string? Remove(string text)
    {
        if (!text.Contains('<', StringComparison.Ordinal)) return null;
        var visible = text;
        foreach (var (start, end) in Hidden) visible = RemoveBetween(visible, start, end);
        var plain = RemoveTags(visible);
        return plain.Length == text.Length ? null : System.Net.WebUtility.HtmlDecode(plain);
    }

    private static string RemoveBetween(string text, string start, string end)
    {
        var kept = new StringBuilder();
        var (from, search) = (0, 0);
        while (text.IndexOf(start, search, StringComparison.OrdinalIgnoreCase) is var opening and >= 0)
        {
            search = opening + start.Length;
            // <header> is no <head>.
            if (char.IsAsciiLetter(start[^1]) && search < text.Length && char.IsAsciiLetterOrDigit(text[search])) continue;
            var closing = text.IndexOf(end, search, StringComparison.OrdinalIgnoreCase);
            if (closing < 0) break;
            kept.Append(text, from, opening - from);
            from = search = closing + end.Length;
        }

        return from == 0 ? text : kept.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>Each &gt; closes the last &lt; when the two make a tag; when they do not, no earlier &lt; can make one either.</summary>
    private static string RemoveTags(string text)
    {
        var kept = new StringBuilder(text.Length);
        var openings = new Stack<int>();
        foreach (var c in text)
        {
            if (c == '<') openings.Push(kept.Length);
            kept.Append(c);
            if (c != '>' || !openings.TryPop(out var start)) continue;
            var tag = Tag().Match(kept.ToString(start, kept.Length - start));
            if (!tag.Success)
            {
                openings.Clear();
                continue;
            }

            kept.Length = start;
            kept.Append(Replacement(tag.Groups["name"].Value.ToLowerInvariant(), isEnd: tag.Groups["end"].Length > 0));
        }

        return kept.ToString();
    }

    private static string Replacement(string name, bool isEnd) => name switch
    {
        "td" or "th" when isEnd => " ",
        "br" or "hr" => "\n",
        "p" or "div" or "tr" or "li" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "table" or "ul" or "ol" or "dt" or "dd" or "blockquote" when isEnd => "\n",
        _ => "",
    };

    [GeneratedRegex("""
        ^<(?:
          (?<end>/)?(?<name>[a-z][a-z0-9]*:[a-z][\w-]*|abbr|acronym|address|applet|area|article|aside|audio|a|base|basefont|bdi|bdo|big|blink|blockquote|body|br|button|b|
            canvas|caption|center|cite|code|col|colgroup|data|datalist|dd|del|details|dfn|dialog|dir|div|dl|dt|embed|em|fieldset|figcaption|figure|font|footer|form|frame|
            frameset|g|h[1-6]|head|header|hgroup|hr|html|iframe|img|input|ins|i|kbd|label|legend|li|link|main|map|mark|marquee|menu|meta|meter|nav|nobr|noframes|noscript|
            object|ol|optgroup|option|output|p|param|path|picture|pre|progress|q|rp|rt|ruby|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|
            sup|svg|s|table|tbody|td|template|textarea|tfoot|thead|th|time|title|track|tr|tt|ul|u|use|var|video|wbr|xml)
          (?:\s+(?:[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)|nowrap|hidden|disabled|checked|selected|readonly|multiple|required|open|noshade|compact|controls|async|defer))*\s*/?
          |!doctype[^<>]*|!\[[^<>]*|\?[a-z][^<>]*
        )>$
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
