using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Sofi.Web.Composants;

/// <summary>Builds HTML in the components: tags, attributes, encoded text.</summary>
internal static class Html
{
    /// <summary>A tag with its attributes; an attribute whose value is <c>null</c> is left out, an empty value writes the name alone.</summary>
    public static TagBuilder Tag(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        var tag = new TagBuilder(name);
        if (name is "input" or "br" or "use") tag.TagRenderMode = TagRenderMode.SelfClosing;
        foreach (var (attribute, value) in attributes)
            if (value is not null) tag.Attributes[attribute] = value;
        return tag;
    }

    /// <summary>Appends a text, encoded, with the non-breaking spaces of French typography.</summary>
    public static TagBuilder Text(this TagBuilder tag, string? text)
    {
        tag.InnerHtml.Append(Typographie.Insecable(text));
        return tag;
    }

    /// <summary>Appends a tag; nothing when it is <c>null</c>.</summary>
    public static TagBuilder Add(this TagBuilder tag, IHtmlContent? content)
    {
        if (content is not null) tag.InnerHtml.AppendHtml(content);
        return tag;
    }

    /// <summary>A text for screen readers only.</summary>
    public static TagBuilder Hidden(string text) => Tag("span", ("class", "visually-hidden")).Text(text);

    /// <summary>The id of a field from its path: dots and brackets become underscores (<c>Fiche.DateDebut</c>, <c>Fiche_DateDebut</c>).</summary>
    public static string Id(string path) => TagBuilder.CreateSanitizedId(path, "_");
}
