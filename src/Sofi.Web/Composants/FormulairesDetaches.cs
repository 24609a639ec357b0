using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Sofi.Web.Composants;

/// <summary>
/// Forms of components that may stand inside another form, which HTML forbids: the component's controls name their form
/// (<c>form="…"</c>), and the form itself is written here, at the end of the page.
/// </summary>
[HtmlTargetElement("formulaires-detaches")]
public sealed class FormulairesDetachesTagHelper : TagHelper
{
    private static readonly object Key = new();

    /// <summary>The page.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        foreach (var form in Of(View)) output.Content.AppendHtml(form);
    }

    internal static void Add(ViewContext view, IHtmlContent form) => Of(view).Add(form);

    private static List<IHtmlContent> Of(ViewContext view)
    {
        if (view.HttpContext.Items[Key] is List<IHtmlContent> forms) return forms;
        view.HttpContext.Items[Key] = forms = [];
        return forms;
    }
}
