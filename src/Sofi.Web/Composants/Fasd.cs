using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Sofi.Web.Composants;

/// <summary>One of the four steps: Formation, Action, Session, Dispositif.</summary>
/// <param name="Nom">"Formation", "Action", "Session" or "Dispositif": its first letter is the letter shown.</param>
public sealed record Marche(string Nom)
{
    /// <summary>Number or code; <c>null</c> before the first save.</summary>
    public string? Code { get; init; }

    /// <summary>What the fiche is about, on one line: intitulé, site, dates, programme.</summary>
    public string? Detail { get; init; }

    /// <summary>What the state tells.</summary>
    public Ton Ton { get; init; }

    /// <summary>State in words: "3 à compléter"; <c>null</c> for a step that does not exist yet.</summary>
    public string? Etat { get; init; }

    /// <summary>Address of the fiche; <c>null</c> when there is none yet.</summary>
    public string? Adresse { get; init; }

    /// <summary>True for the fiche that is open.</summary>
    public bool Courante { get; init; }
}

/// <summary><c>&lt;fasd marches="Model.Marches" /&gt;</c>: the ladder of four steps at the head of each fiche, with their codes and states.</summary>
[HtmlTargetElement("fasd", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FasdTagHelper(IFileVersionProvider versions) : TagHelper
{
    /// <summary>The four steps, in order.</summary>
    public IReadOnlyList<Marche> Marches { get; set; } = [];

    /// <summary>The page.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var steps = Html.Tag("ol", ("class", "fasd"));
        foreach (var marche in Marches) steps.Add(Html.Tag("li").Add(Step(marche)));
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("aria-label", "Formation, action, session, dispositif");
        output.Content.SetHtmlContent(steps);
    }

    private TagBuilder Step(Marche marche)
    {
        var name = Html.Tag("span", ("class", "fasd-nom")).Text(marche.Nom);
        if (marche.Code is not null) name.Text(" ").Add(Html.Tag("span", ("class", "code")).Text(marche.Code));
        var step = Html.Tag(marche.Adresse is null ? "span" : "a", ("class", "fasd-marche"), ("href", marche.Adresse), ("aria-current", marche.Courante ? "page" : null))
            .Add(Html.Tag("span", ("class", "fasd-lettre"), ("aria-hidden", "true")).Text(marche.Nom[..1])).Add(name)
            .Add(marche.Detail is null ? null : Html.Tag("span", ("class", "fasd-detail")).Text(marche.Detail));
        if (marche.Etat is null) return step;
        return step.Add(Html.Tag("span", ("class", EtatTagHelper.Class(marche.Ton))).Add(EtatTagHelper.Icon(versions, View, marche.Ton)).Text(" " + marche.Etat));
    }
}
