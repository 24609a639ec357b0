using System.Text;
using System.Xml;
using FsCheck;
using FsCheck.Fluent;
using Sofi.Core.Data;

namespace Sofi.Core.Tests.Data;

/// <summary>The one text cleaner (decision 27): what stays, what goes, and what the user is told.</summary>
public class TexteTests
{
    [Theory]
    [InlineData("Créer ou reprendre une entreprise.")]
    [InlineData("cœur, ÇA ÉTÉ, naïf, Noël, où, Ÿ, æ")]
    [InlineData("« 1 200 € », l’offre – 35 h/semaine… ½ n° 12 ™ © → × ÷ ±")]
    [InlineData("Un espace\u00A0insécable\u202F: gardé")]
    [InlineData("Ligne 1\nLigne 2\n\nParagraphe")]
    [InlineData("• puce\n▪ puce\n- tiret")]
    [InlineData("3 < 5 et 7 > 2")]
    [InlineData("3<5 et 7>2, x<y et y>z, a<b et c>d, <3")]
    [InlineData("Écrire à <nom@organisme.fr> ou voir <https://exemple.fr/page>")]
    [InlineData("<à compléter>, <10 personnes>, <note : voir plus loin>")]
    [InlineData("R&D, AT&T, 5 &lt; 6, &eacute; sans balise")]
    [InlineData("Un commentaire <!-- jamais fermé")]
    [InlineData("Texte avec <b jamais fermé")]
    public void What_a_French_text_holds_stays(string text) => Assert.Equal((text, Nettoyage.Aucun), Texte.Clean(text));

    [Theory]
    // Table pasted from Word: cells in tabs, rows in lines.
    [InlineData("Module\tDurée\r\nGestion\t35 h\r\nVente\t\t21 h", "Module Durée\nGestion 35 h\nVente 21 h", Nettoyage.MiseEnForme)]
    // The same as HTML.
    [InlineData("<table><tr><th>Module</th><th>Durée</th></tr><tr><td>Gestion</td><td>35&nbsp;h</td></tr></table>", "Module Durée\nGestion 35\u00A0h", Nettoyage.MiseEnForme)]
    [InlineData("<p class=\"MsoNormal\"><b>Objectif</b> : <o:p></o:p>créer</p><p>Reprendre</p>", "Objectif : créer\nReprendre", Nettoyage.MiseEnForme)]
    [InlineData("<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><style>p { color: red }</style>Texte", "Texte", Nettoyage.MiseEnForme)]
    [InlineData("<![if !supportLists]>1.<![endif]> Premier", "1. Premier", Nettoyage.MiseEnForme)]
    [InlineData("<ul><li>un</li><li>deux</li></ul>fin", "un\ndeux\n\nfin", Nettoyage.MiseEnForme)]
    [InlineData("ligne<br>ligne<BR/>ligne<br />ligne", "ligne\nligne\nligne\nligne", Nettoyage.MiseEnForme)]
    [InlineData("<script>alert('x')</script>Bonjour<img src=x onerror=alert(1)>", "Bonjour", Nettoyage.MiseEnForme)]
    [InlineData("<div\n  align='center'>Milieu</div>", "Milieu", Nettoyage.MiseEnForme)]
    [InlineData("<p>3 &lt; 5 &amp; &eacute;t&eacute; &#8364;</p>", "3 < 5 & été €", Nettoyage.MiseEnForme)]
    [InlineData("<p>&lt;b&gt;gras&lt;/b&gt;</p>", "gras", Nettoyage.MiseEnForme)]
    [InlineData("<b<b>>double</b</b>>", "double", Nettoyage.MiseEnForme)]
    [InlineData("<header>Accueil</header> <head><title>Page</title></head>Texte", "Accueil Texte", Nettoyage.MiseEnForme)]
    [InlineData("<!DOCTYPE html><?xml version=\"1.0\"?>Texte", "Texte", Nettoyage.MiseEnForme)]
    // Emoji and pictograms.
    [InlineData("Bravo 🎉 à tous 👩🏽‍🎓 !", "Bravo à tous !", Nettoyage.Emojis)]
    [InlineData("☎ 02 61 91 00 01 ⏰ ⭐ 🇫🇷", "02 61 91 00 01", Nettoyage.Emojis)]
    [InlineData("1️⃣ Accueil", "1 Accueil", Nettoyage.Emojis)]
    // What cannot be seen, or stored.
    [InlineData("nul\0 ici\u0007", "nul ici", Nettoyage.CaracteresInvisibles)]
    [InlineData("\uFEFFzéro\u200Blargeur\u00ADet trait", "zérolargeuret trait", Nettoyage.CaracteresInvisibles)]
    [InlineData("privé \uE123 et \uFFFF", "privé et", Nettoyage.CaracteresInvisibles)]
    [InlineData("image \uFFFC collée", "image collée", Nettoyage.CaracteresInvisibles)]
    // Bullets of Word (Symbol, Wingdings) and of office suites.
    [InlineData("\uF0B7\tpremier\n  \uF0D8 deuxième\n➢ troisième\n✓ quatrième", "- premier\n- deuxième\n- troisième\n- quatrième", Nettoyage.Aucun)]
    // Spaces and line breaks.
    [InlineData("  a\u2003b   c \u00A0 d  ", "a b c d", Nettoyage.Aucun)]
    [InlineData("un\vdeux\r\ntrois\u2028quatre\rcinq", "un\ndeux\ntrois\nquatre\ncinq", Nettoyage.Aucun)]
    [InlineData("\n\n a \n\u00A0\n \n\n b \n", "a\n\nb", Nettoyage.Aucun)]
    // Letters written in two characters.
    [InlineData("e\u0301te\u0301", "été", Nettoyage.Aucun)]
    public void What_is_pasted_becomes_plain_text(string raw, string clean, Nettoyage told) => Assert.Equal((clean, told), Texte.Clean(raw));

    [Fact]
    public void A_lone_surrogate_goes() => Assert.Equal(("seul et fin", Nettoyage.CaracteresInvisibles), Texte.Clean("seul \uD800 et \uDC00 fin"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n\t\u00A0")]
    [InlineData("\0")]
    [InlineData("<p></p>")]
    [InlineData("🎉")]
    public void A_text_without_anything_is_no_text(string? raw) => Assert.Null(Texte.Clean(raw).Texte);

    [Theory]
    [InlineData("Lot 12\n\n  Création", "Lot 12 Création")]
    [InlineData("<p>Titre</p><p>suite</p>", "Titre suite")]
    [InlineData(" \n ", null)]
    public void A_value_of_one_line_has_no_line_break(string raw, string? clean) => Assert.Equal(clean, Texte.CleanLine(raw));

    [Fact]
    public void Cleaning_twice_is_cleaning_once() => Check(raw =>
    {
        var clean = Texte.Clean(raw).Texte;
        Assert.Equal((clean, Nettoyage.Aucun), Texte.Clean(clean));
        var line = Texte.CleanLine(raw);
        Assert.Equal(line, Texte.CleanLine(line));
    });

    [Fact]
    public void A_cleaned_text_is_storable_everywhere() => Check(raw =>
    {
        if (Texte.Clean(raw).Texte is not { } clean) return;
        XmlConvert.VerifyXmlChars(clean);
        // PostgreSQL: UTF-8 without NUL.
        Assert.DoesNotContain('\0', clean);
        Assert.Equal(clean, Encoding.UTF8.GetString(new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(clean)));
        Assert.True(clean.IsNormalized());
        Assert.DoesNotContain('\r', clean);
    });

    [Fact]
    public void Cleaning_adds_nothing() => Check(raw =>
    {
        // Composing may write one letter with more characters than it had; nothing else lengthens a text.
        var composed = string.Concat(raw.EnumerateRunes()).Normalize();
        Assert.InRange((Texte.Clean(raw).Texte ?? "").Length, 0, Math.Max(raw.Length, composed.Length));
    });

    [Fact]
    public void Letters_and_figures_are_never_lost_without_markup() => Check(raw =>
    {
        var text = raw.Replace('>', ' ');
        Assert.Equal(Letters(text), Letters(Texte.Clean(text).Texte ?? ""));
    });

    [Fact]
    public void Any_text_folds_to_itself_once_folded() => Check(raw => Assert.Equal(Texte.Fold(raw), Texte.Fold(Texte.Fold(raw))));

    [Theory]
    [InlineData("Cœur d’ŒUVRE – L'Été À Noël", "coeur d'oeuvre - l'ete a noel")]
    [InlineData("e\u0301tude\u00A0: AÏE", "etude : aie")]
    [InlineData(null, "")]
    public void Searches_ignore_case_accents_and_ligatures(string? text, string folded) => Assert.Equal(folded, Texte.Fold(text));

    [Fact]
    public void A_search_has_eight_words_at_most() => Assert.Equal(
        ["a", "b", "c", "d", "e", "f", "g", "h"], Texte.Words("a b, c/d e-f g’h i j a"));

    [Fact(Timeout = 60_000)]
    public Task A_megabyte_of_broken_markup_is_cleaned_at_once()
    {
        string[] pieces = ["<", "<b", "<b<", "<!--", "<header", "<script", "&lt;", "<a href=", "</", " \t", "<p>&lt;", "<b a=\"", "\u00A0 "];
        return Task.Run(() => Assert.All(pieces, piece => Texte.Clean(string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)) + new string('>', 100_000))),
            TestContext.Current.CancellationToken);
    }

    private static string Letters(string text) => string.Concat(Texte.Fold(text).Where(c => c < 0x250 && char.IsLetterOrDigit(c)));

    /// <summary>Tries a promise on texts made of what users paste: letters, spaces, markup, entities, emoji, what cannot be seen or stored.</summary>
    private static void Check(Action<string> promise)
    {
        var pieces = Gen.Elements(
            "a", "É", "œ", "7", " ", "  ", "\n", "\r\n", "\t", "\v", "\u00A0", "\u202F", "<", ">", "/", "=", "\"", "'", "&", ";", "b", "<b>", "</td>", "<br/>", "<p class=x>", "<!--", "-->",
            "<script", "</script>", "<head", "&lt;", "&gt;", "&amp;", "&nbsp;", "&#0;", "&#x1F389;", "&#13;", "🎉", "\u200D", "\uFE0F", "\0", "\u0007", "\uD800", "\uDC00", "\uE000", "\uF0B7", "✓", "\uFFFC", "\uFFFF",
            "\u0301", "\u0338", "\u212A", "\u2003", "\u2028", "\u00AD", "•", "-", "€", "« ", "’", "𝒜", "\U000E0041");
        var texts = Gen.OneOf(pieces.ListOf().Select(string.Concat), ArbMap.Default.ArbFor<string>().Generator.Select(text => text ?? ""));
        Prop.ForAll(texts.ToArbitrary(), promise).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true));
    }
}
