using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Sofi.Web.Composants;

/// <summary>
/// <c>&lt;icone nom="fait" /&gt;</c>: a drawing of <c>images/icones.svg</c>, hidden from screen readers. What it says is always said by a text beside it.
/// </summary>
[HtmlTargetElement("icone", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconeTagHelper(IFileVersionProvider versions) : TagHelper
{
    private const string Sheet = "/images/icones.svg";

    /// <summary>Name of the drawing.</summary>
    public string Nom { get; set; } = "";

    /// <summary>Class of the drawing; <c>icone</c> by default.</summary>
    public string Class { get; set; } = "icone";

    /// <summary>The page.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Draw(versions, View, Nom, Class));
    }

    /// <summary>The same drawing, for the other components.</summary>
    internal static TagBuilder Draw(IFileVersionProvider versions, ViewContext view, string nom, string @class = "icone")
    {
        var use = new TagBuilder("use") { TagRenderMode = TagRenderMode.SelfClosing };
        use.Attributes["href"] = versions.AddFileVersionToPath(view.HttpContext.Request.PathBase, Sheet) + "#" + nom;
        var svg = new TagBuilder("svg");
        svg.AddCssClass(@class);
        svg.Attributes["aria-hidden"] = "true";
        svg.InnerHtml.AppendHtml(use);
        return svg;
    }
}
