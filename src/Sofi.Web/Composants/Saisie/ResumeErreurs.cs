using System.Collections;
using System.Reflection;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Sofi.Core.Offre;
using Sofi.Web.Composants.Saisie;

namespace Sofi.Web.Composants;

/// <summary>
/// <c>&lt;resume-erreurs /&gt;</c>: what keeps the form from being saved, first thing of the page; each line leads to its field.
/// It takes the focus (<c>sofi.js</c>); the layout prefixes the title with "Erreur : ". Nothing when nothing is wrong.
/// </summary>
[HtmlTargetElement("resume-erreurs")]
public sealed class ResumeErreursTagHelper(IFileVersionProvider versions) : TagHelper
{
    /// <summary>Title; "N valeurs sont à corriger pour enregistrer" by default.</summary>
    public string? Titre { get; set; }

    /// <summary>The page.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var faults = View.ViewData.ModelState.Where(pair => pair.Value?.ValidationState == ModelValidationState.Invalid)
            .SelectMany(pair => pair.Value!.Errors.Select(error => (Path: pair.Key, error.ErrorMessage)))
            .OrderBy(fault => Rank(View.ViewData.Model?.GetType(), fault.Path), StringComparer.Ordinal).ToList();
        output.TagName = null;
        if (faults.Count == 0) return;
        var list = Html.Tag("ul");
        foreach (var (path, message) in faults) list.Add(Line(path, message));
        var title = Titre ?? (faults.Count == 1 ? "1 valeur est à corriger pour enregistrer" : $"{faults.Count} valeurs sont à corriger pour enregistrer");
        output.Content.AppendHtml(Html.Tag("div", ("class", "resume-erreurs"), ("role", "alert"), ("tabindex", "-1"), ("aria-labelledby", "t-erreurs"))
            .Add(Html.Tag("h2", ("id", "t-erreurs")).Add(IconeTagHelper.Draw(versions, View, "erreur")).Text(" " + title)).Add(list));
    }

    private TagBuilder Line(string path, string message)
    {
        var line = Html.Tag("li");
        if (path.Length == 0) return line.Text(message);
        var libelle = LabelOf(View.ViewData.Model?.GetType(), path);
        return line.Add(Html.Tag("a", ("href", "#" + Html.Id(path))).Text(libelle is null ? message : Libelles.With(libelle, message)));
    }

    /// <summary>
    /// Sorts the faults as their fields are declared, which is the order of the screen; what concerns the whole comes first, names read outside
    /// the model last.
    /// </summary>
    private static string Rank(Type? type, string path)
    {
        if (path.Length == 0) return "";
        var rank = "";
        foreach (var step in path.Split('.'))
        {
            var (name, index) = (step.Split('[')[0], step.Contains('[', StringComparison.Ordinal) ? step.Split('[', ']')[1] : "");
            var properties = type?.GetProperties() ?? [];
            var position = Array.FindIndex(properties, property => property.Name == name);
            rank += $"{(position < 0 ? properties.Length : position):0000}{index,6}";
            type = position < 0 ? null : properties[position].PropertyType;
            if (index.Length > 0 && type is not null && typeof(IEnumerable).IsAssignableFrom(type)) type = type.GetGenericArguments().LastOrDefault() ?? type.GetElementType();
        }

        return rank;
    }

    /// <summary>Label of the field at a path such as <c>Fiche.DateDebut</c> or <c>Lignes[2].Lieu</c>; <c>null</c> when it has none.</summary>
    private static string? LabelOf(Type? type, string path)
    {
        PropertyInfo? property = null;
        foreach (var step in path.Split('.'))
        {
            property = type?.GetProperty(step.Split('[')[0]);
            type = property?.PropertyType;
            if (step.Contains('[') && type is not null && typeof(IEnumerable).IsAssignableFrom(type)) type = type.GetGenericArguments().LastOrDefault() ?? type.GetElementType();
        }

        return property?.GetCustomAttribute<ChampAttribute>()?.Libelle;
    }
}

/// <summary>
/// <c>&lt;geste-par-defaut action="enregistrer" /&gt;</c>, first in a form: what the Enter key does in its fields, whatever buttons they contain.
/// </summary>
[HtmlTargetElement("geste-par-defaut", TagStructure = TagStructure.WithoutEndTag)]
public sealed class GesteParDefautTagHelper : TagHelper
{
    /// <summary>Value posted as <c>action</c>.</summary>
    public string Action { get; set; } = "";

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Html.Tag("button", ("class", "visually-hidden"), ("type", "submit"), ("name", "action"), ("value", Action), ("tabindex", "-1"), ("aria-hidden", "true")));
    }
}
