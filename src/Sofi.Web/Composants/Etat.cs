using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Sofi.Web.Composants;

/// <summary>What a state tells: its drawing and its colour; the word beside them is always written.</summary>
public enum Ton
{
    /// <summary>Being entered, not sent.</summary>
    Saisie,

    /// <summary>Awaits someone else.</summary>
    Attente,

    /// <summary>Awaits the person who reads.</summary>
    Faire,

    /// <summary>A question awaits the person who reads.</summary>
    Question,

    /// <summary>Done, complete, validated.</summary>
    Fait,

    /// <summary>To be corrected, refused.</summary>
    Erreur,

    /// <summary>Published.</summary>
    EnLigne,

    /// <summary>Not published.</summary>
    HorsLigne,
}

/// <summary><c>&lt;etat ton="Attente" detail="envoyée le 31/01/2025"&gt;En attente&lt;/etat&gt;</c>: a drawing, a word, a colour, in this order.</summary>
[HtmlTargetElement("etat")]
public sealed class EtatTagHelper(IFileVersionProvider versions) : TagHelper
{
    /// <summary>What the state tells.</summary>
    public Ton Ton { get; set; }

    /// <summary>Second fact, in small: since when, by whom.</summary>
    public string? Detail { get; set; }

    /// <summary>True at the head of a page: on a coloured ground.</summary>
    public bool Plein { get; set; }

    /// <summary>The page.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var word = await output.GetChildContentAsync();
        var text = Html.Tag("span").Add(word);
        if (Detail is not null) text.Add(Html.Tag("small").Text(Detail));
        output.TagName = "span";
        output.Attributes.SetAttribute("class", Class(Ton) + (Plein ? " etat-plein" : ""));
        output.Content.SetHtmlContent(Icon(versions, View, Ton)).AppendHtml(text);
    }

    internal static string Class(Ton ton) => "etat etat-" + ton switch
    {
        Ton.Saisie => "saisie",
        Ton.Attente => "attente",
        Ton.Faire or Ton.Question => "faire",
        Ton.Fait => "fait",
        Ton.Erreur => "erreur",
        Ton.EnLigne => "enligne",
        _ => "hors",
    };

    internal static TagBuilder Icon(IFileVersionProvider versions, ViewContext view, Ton ton) => IconeTagHelper.Draw(versions, view, ton switch
    {
        Ton.Saisie => "saisie",
        Ton.Attente => "attente",
        Ton.Faire => "a-faire",
        Ton.Question => "question",
        Ton.Fait => "fait",
        Ton.Erreur => "erreur",
        Ton.EnLigne => "en-ligne",
        _ => "hors-ligne",
    });
}
