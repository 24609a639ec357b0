using System.Text.Json;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Sofi.Web.Composants;

/// <summary>What an announcement is about.</summary>
public enum TonAnnonce
{
    /// <summary>Something was done.</summary>
    Fait,

    /// <summary>Something to know.</summary>
    Information,

    /// <summary>Something that awaits the person.</summary>
    Attention,
}

/// <summary>A sentence shown once, at the top of the next page: what has just been done.</summary>
/// <param name="Texte">The sentence, or its beginning when a link ends it.</param>
/// <param name="Ton">What it is about.</param>
/// <param name="Lien">Words of the link that follows, or <c>null</c>.</param>
/// <param name="Adresse">Address of the link.</param>
/// <param name="Fin">Words that end the sentence after the link, or <c>null</c>.</param>
public sealed record Annonce(string Texte, TonAnnonce Ton = TonAnnonce.Fait, string? Lien = null, string? Adresse = null, string? Fin = null);

/// <summary>Keeps announcements from a form to the page that follows its redirection.</summary>
public static class Annonces
{
    private const string Key = "Annonces";

    /// <summary>Announces at the top of the next page shown to this person.</summary>
    public static void Announce(this PageModel page, string texte, TonAnnonce ton = TonAnnonce.Fait, string? lien = null, string? adresse = null, string? fin = null) =>
        Add(page.TempData, new Annonce(texte, ton, lien, adresse, fin));

    internal static void Add(ITempDataDictionary data, Annonce annonce) =>
        data[Key] = JsonSerializer.Serialize<IEnumerable<Annonce>>([.. Read(data.Peek(Key)), annonce]);

    internal static IReadOnlyList<Annonce> Take(ITempDataDictionary data) => Read(data[Key]);

    private static List<Annonce> Read(object? stored) => stored is string json ? JsonSerializer.Deserialize<List<Annonce>>(json)! : [];
}

/// <summary><c>&lt;annonce /&gt;</c>: where the layout shows the announcements that await.</summary>
[HtmlTargetElement("annonce")]
public sealed class AnnonceTagHelper(IFileVersionProvider versions) : TagHelper
{
    /// <summary>The page.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        foreach (var annonce in Annonces.Take(View.TempData)) output.Content.AppendHtml(Render(annonce));
    }

    private TagBuilder Render(Annonce annonce)
    {
        var (@class, icone) = annonce.Ton switch
        {
            TonAnnonce.Fait => ("message message-fait", "fait"),
            TonAnnonce.Attention => ("message message-attention", "a-faire"),
            _ => ("message", "info"),
        };
        var text = Html.Tag("p").Text(annonce.Texte);
        if (annonce.Lien is not null) text.Text(" ").Add(Html.Tag("a", ("href", annonce.Adresse)).Text(annonce.Lien)).Text(annonce.Fin is null ? "." : $" {annonce.Fin}.");
        return Html.Tag("div", ("class", @class + " annonce"), ("role", "status")).Add(IconeTagHelper.Draw(versions, View, icone)).Add(text);
    }
}
