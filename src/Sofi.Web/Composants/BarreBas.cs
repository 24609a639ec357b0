using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Sofi.Web.Composants;

/// <summary>
/// <c>@section Barre { &lt;barre-bas&gt;…&lt;/barre-bas&gt; }</c>: the bar at the foot of a fiche. A <c>p class="barre-bas-fait"</c> says what is true
/// ("Enregistré à 10 h 42"), then the buttons, bound to the form of the page by their <c>form</c> attribute.
/// </summary>
[HtmlTargetElement("barre-bas")]
public sealed class BarreBasTagHelper : TagHelper
{
    /// <summary>Name of the bar, for screen readers.</summary>
    public string Nom { get; set; } = "Enregistrer et avancer";

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.Attributes.SetAttribute("class", "barre-bas");
        output.Attributes.SetAttribute("role", "region");
        output.Attributes.SetAttribute("aria-label", Nom);
        output.PreContent.SetHtmlContent("<div class=\"page barre-bas-ligne\">");
        output.PostContent.SetHtmlContent("</div>");
    }
}
