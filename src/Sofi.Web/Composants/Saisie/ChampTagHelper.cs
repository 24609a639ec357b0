using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Web.Composants.Saisie;

namespace Sofi.Web.Composants;

/// <summary>
/// <c>&lt;champ for="Fiche.DateDebut" class="c4" /&gt;</c>: a whole field of a fiche from its <see cref="ChampAttribute"/>: label, star, hint, control,
/// counter, marks. What was typed comes before what is stored. The page gives the rest in <see cref="ContexteFiche"/>.
/// </summary>
[HtmlTargetElement("champ", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ChampTagHelper(IFileVersionProvider versions) : TagHelper
{
    /// <summary>
    /// Open lists too long to be shown whole: what is chosen, and a search. True when the context holds the whole list and the search is made here;
    /// false when it holds what is chosen and what the page found.
    /// </summary>
    private static readonly Dictionary<ListeOuverte, bool> Searched = new() { [ListeOuverte.Publics] = true, [ListeOuverte.Formacodes] = false };

    private const int FewChoices = 4;
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>Property that carries a <see cref="ChampAttribute"/>.</summary>
    public ModelExpression For { get; set; } = null!;

    /// <summary>Width in the grid of twelve columns: <c>c2</c> to <c>c9</c>; whole line without.</summary>
    public string? Class { get; set; }

    /// <summary>What the browser may fill in (<c>autocomplete</c>).</summary>
    public string? Autocomplete { get; set; }

    /// <summary>The page.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(new Field(this, versions).Render());
    }

    /// <summary>One field being rendered.</summary>
    private sealed class Field
    {
        private readonly ChampTagHelper helper;
        private readonly IFileVersionProvider versions;
        private readonly Champ champ;
        private readonly ContexteFiche contexte;
        private readonly string path;
        private readonly string id;
        private readonly ModelStateEntry? entry;
        private readonly List<string> describedBy = [];

        public Field(ChampTagHelper helper, IFileVersionProvider versions)
        {
            (this.helper, this.versions) = (helper, versions);
            var metadata = helper.For.Metadata;
            champ = Champ.Of(metadata.ContainerType!).FirstOrDefault(c => c.Nom == metadata.PropertyName)
                ?? throw new InvalidOperationException($"{metadata.ContainerType!.Name}.{metadata.PropertyName} has no [Champ].");
            contexte = helper.View.ViewData["Contexte"] as ContexteFiche ?? new ContexteFiche();
            path = helper.View.ViewData.TemplateInfo.GetFullHtmlFieldName(helper.For.Name);
            id = Html.Id(path);
            helper.View.ViewData.ModelState.TryGetValue(path, out entry);
        }

        private ChampAttribute Definition => champ.Definition;

        private object? Model => helper.For.Model;

        private bool IsRefused => entry?.Errors.Count > 0;

        private bool IsPassword => helper.For.Metadata.DataTypeName == "Password";

        /// <summary>Text of the control: what was typed, else what is stored.</summary>
        private string Text => entry?.AttemptedValue ?? (champ.Liste is not null || Definition.Ouverte != ListeOuverte.Aucune
            ? Convert.ToString(Model, CultureInfo.InvariantCulture) ?? ""
            : champ.FormatValue(Model, unit: false));

        /// <summary>Codes chosen: what was ticked, else what is stored.</summary>
        private Codes Chosen => entry?.RawValue switch
        {
            string[] ticked => Codes.From(ticked),
            string ticked => Codes.From([ticked]),
            _ => Model as Codes ?? Codes.Aucun,
        };

        public TagBuilder Render()
        {
            if (contexte.ToutEnLectureSeule is not null || contexte.LectureSeule.ContainsKey(path)) return ReadOnly();
            if (champ.Multiple) return Group(Searched.ContainsKey(Definition.Ouverte) ? SearchedChoices() : Choices("checkbox", Options(Chosen), Chosen));
            if (champ.Liste is not null && Definition.Radio) return Group(Choices("radio", Options([Text]), [Text]));
            return Single();
        }

        /// <summary>A field of one control: label, hint, control, marks.</summary>
        private TagBuilder Single()
        {
            var (hint, marks, counter, control) = (Hint(), Marks(), Counter(), Control());
            var unit = Definition.Unite is null ? null : Described(Html.Tag("span", ("id", id + "-unite")).Text(Definition.Unite));
            if (describedBy.Count > 0) control.Attributes["aria-describedby"] = string.Join(' ', describedBy);
            return Box("div").Add(Html.Tag("label", ("for", id)).Text(champ.Libelle).Add(Star())).Add(hint)
                .Add(unit is null ? control : Html.Tag("div", ("class", "avec-unite")).Add(control).Add(unit)).Add(counter).Add(marks);
        }

        /// <summary>A field of several controls: legend, hint, choices, marks. The group takes the focus that a link gives to the field.</summary>
        private TagBuilder Group(IHtmlContent choices)
        {
            var (hint, marks) = (Hint(), Marks());
            var box = Box("fieldset");
            box.Attributes["id"] = id;
            box.Attributes["tabindex"] = "-1";
            if (describedBy.Count > 0) box.Attributes["aria-describedby"] = string.Join(' ', describedBy);
            var legend = Html.Tag("legend").Text(champ.Libelle).Add(Star());
            if (IsNeeded) legend.Add(Html.Hidden(" (nécessaire à l’envoi)"));
            return box.Add(legend).Add(hint).Add(choices).Add(marks);
        }

        /// <summary>The value as text, and why it cannot be changed here.</summary>
        private TagBuilder ReadOnly()
        {
            var reason = contexte.LectureSeule.GetValueOrDefault(path) is { Length: > 0 } own ? own : null;
            var labels = contexte.Listes.GetValueOrDefault(Definition.Ouverte)?.ToDictionary(choix => choix.Code, choix => choix.Libelle);
            var text = champ.FormatValue(Model, labels);
            var value = Html.Tag("div", ("class", "valeur"), ("id", id), ("tabindex", "-1"));
            if (text.Length == 0) value.Add(Html.Tag("span", ("class", "second")).Text("Non renseigné"));
            else value.InnerHtml.Append(text);
            var box = Html.Tag("div", ("class", Classes("champ champ-lecture"))).Add(Html.Tag("span", ("class", "libelle")).Text(champ.Libelle).Add(Star())).Add(value);
            return reason is null ? box : box.Add(Html.Tag("span", ("class", "aide")).Text(reason));
        }

        private TagBuilder Box(string tag)
        {
            var mark = IsRefused ? " champ-erreur" : contexte.AFaire.ContainsKey(path) ? " champ-faire" : "";
            return Html.Tag(tag, ("class", Classes("champ") + mark));
        }

        private string Classes(string own) => helper.Class is null ? own : own + " " + helper.Class;

        private bool IsNeeded => Definition.Etoile || contexte.Necessaires.Contains(path);

        private TagBuilder? Star() => IsNeeded ? Html.Tag("span", ("class", "etoile"), ("aria-hidden", "true")).Text(" *") : null;

        private TagBuilder? Hint()
        {
            if (contexte.Aides.GetValueOrDefault(path, Definition.Aide ?? "") is not { Length: > 0 } hint) return null;
            return Described(Html.Tag("span", ("class", "aide"), ("id", id + "-aide")).Text(hint));
        }

        private TagBuilder Described(TagBuilder tag)
        {
            describedBy.Add(tag.Attributes["id"]!);
            return tag;
        }

        /// <summary>The marks of the field, never confused: impossible value, to be completed, advice, cleaned text.</summary>
        private HtmlContentBuilder Marks()
        {
            var marks = new HtmlContentBuilder();
            if (IsRefused) Mark("erreur", "-erreur", "", entry!.Errors.Select(error => Libelles.Without(champ.Libelle, error.ErrorMessage)));
            else if (contexte.AFaire.TryGetValue(path, out var missing)) Mark("a-faire", "-faire", "", missing.Select(ToComplete));
            if (contexte.Conseils.TryGetValue(path, out var advice))
                Mark("info", "-conseil", "champ-conseil", advice.Select(text => "Conseil : " + Libelles.LowerFirst(Libelles.Without(champ.Libelle, text))));
            var cleaned = contexte.Nettoyes.GetValueOrDefault(path) ?? Nettoyages.Of(helper.View.HttpContext).GetValueOrDefault(path).Phrase;
            if (cleaned is not null) Mark("info", "-nettoye", "champ-conseil", [cleaned]);
            return marks;

            void Mark(string icone, string suffix, string @class, IEnumerable<string> sentences) => marks.AppendHtml(Described(
                Html.Tag("p", ("class", ("champ-marque " + @class).TrimEnd()), ("id", id + suffix)).Add(IconeTagHelper.Draw(versions, helper.View, icone))
                    .Add(Html.Tag("span").Text(string.Join(' ', sentences)))));
        }

        private string ToComplete(string message)
        {
            var rest = Libelles.Without(champ.Libelle, message);
            var isBlank = champ.Multiple ? Chosen.Count == 0 : Text.Length == 0;
            return rest == message ? message : (isBlank ? "À compléter : " : "À corriger : ") + Libelles.LowerFirst(rest);
        }

        private TagBuilder Control()
        {
            if (champ.Liste is not null || Definition.Ouverte != ListeOuverte.Aucune) return Select();
            var isText = champ.Type == typeof(string) && Definition.Forme == Forme.Texte;
            var control = isText
                ? Html.Tag("textarea", ("rows", Definition.Lignes.ToString(CultureInfo.InvariantCulture)),
                    ("data-longueur", Definition.Longueur > 0 ? Definition.Longueur.ToString(CultureInfo.InvariantCulture) : null))
                : Html.Tag("input", ("type", InputType()), ("inputmode", InputMode()), ("autocomplete", helper.Autocomplete ?? "off"), ("value", IsPassword ? null : Text));
            // A line break right after the tag is eaten by browsers: one is given away so that the text keeps its own.
            if (isText) control.InnerHtml.AppendHtml("\n").Append(Text);
            return Common(control, "form-control");
        }

        private TagBuilder Common(TagBuilder control, string @class)
        {
            foreach (var (name, value) in new[] { ("class", @class), ("id", id), ("name", path) }) control.Attributes[name] = value;
            if (IsNeeded) control.Attributes["aria-required"] = "true";
            if (IsRefused) control.Attributes["aria-invalid"] = "true";
            return control;
        }

        private string InputType() => Definition.Forme switch
        {
            _ when IsPassword => "password",
            Forme.Courriel => "email",
            Forme.Adresse or Forme.Video => "url",
            _ => "text",
        };

        private string? InputMode() => champ.Type switch
        {
            var type when type == typeof(DateOnly) || type == typeof(int) => "numeric",
            var type when type == typeof(decimal) => "decimal",
            _ => null,
        };

        private TagBuilder? Counter()
        {
            if (Definition.Longueur == 0 || Definition.Forme != Forme.Texte) return null;
            var left = Definition.Longueur - Text.ReplaceLineEndings("\n").Length;
            var characters = Math.Abs(left).ToString("#,##0", French) + (Math.Abs(left) > 1 ? "\u00A0caractères" : "\u00A0caractère");
            var text = left < 0 ? characters + " de trop" : "Il reste " + characters;
            return Described(Html.Tag("p", ("class", left < 0 ? "compte-signes de-trop" : "compte-signes"), ("id", id + "-compte")).Text(text));
        }

        private TagBuilder Select()
        {
            var select = Common(Html.Tag("select"), "form-select");
            var options = Options([Text]);
            // A list that has its own word for "unknown" needs no empty choice.
            if (!options.Any(choix => champ.Liste?.EstVide(choix.Code) == true)) select.Add(Html.Tag("option", ("value", "")).Text("Choisir…"));
            foreach (var choix in options) select.Add(Html.Tag("option", ("value", choix.Code), ("selected", choix.Code == Text ? "" : null)).Text(choix.Libelle));
            return select;
        }

        /// <summary>The choices offered: those of the list, restricted when the page says so; a chosen value stays even when it is no longer offered.</summary>
        private List<Choix> Options(Codes chosen)
        {
            var offered = champ.Liste is { } list
                ? [.. list.Valeurs.Where(value => value.Propose).Select(value => new Choix(value.Code, value.Libelle))]
                : contexte.Listes.GetValueOrDefault(Definition.Ouverte)?.ToList() ?? [];
            if (contexte.Restreintes.TryGetValue(path, out var allowed)) offered.RemoveAll(choix => !allowed.Contains(choix.Code) && !chosen.Contains(choix.Code));
            offered.AddRange(chosen.Where(code => offered.All(choix => choix.Code != code)).Select(code => new Choix(code, champ.Liste?.Libelle(code) ?? code)));
            return offered;
        }

        private TagBuilder Choices(string type, List<Choix> options, Codes chosen, int first = 0)
        {
            var list = Html.Tag("div", ("class", options.Count <= FewChoices ? "choix" : "choix-colonnes"));
            foreach (var (choix, i) in options.Select((choix, i) => (choix, first + i)))
            {
                list.Add(Html.Tag("div", ("class", "form-check"))
                    .Add(Html.Tag("input", ("class", "form-check-input"), ("type", type), ("id", $"{id}-{i}"), ("name", path), ("value", choix.Code), ("checked", chosen.Contains(choix.Code) ? "" : null)))
                    .Add(Html.Tag("label", ("class", "form-check-label"), ("for", $"{id}-{i}")).Text(choix.Libelle)));
            }

            return list;
        }

        /// <summary>
        /// What is chosen, in its order, then a search and what it found. Without script the button sends the page and brings it back with its results;
        /// with script only this field is replaced.
        /// </summary>
        private HtmlContentBuilder SearchedChoices()
        {
            var (chosen, options) = (Chosen, Options(Chosen));
            var selected = chosen.Select(code => options.First(choix => choix.Code == code)).ToList();
            var asked = Asked();
            var words = Texte.Fold(asked).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var found = asked.Length == 0 ? [] : options.Where(choix => !chosen.Contains(choix.Code)
                && (!Searched[Definition.Ouverte] || words.All(Texte.Fold(choix.Libelle).Contains))).ToList();
            var content = new HtmlContentBuilder();
            if (selected.Count > 0) content.AppendHtml(Choices("checkbox", selected, chosen));
            content.AppendHtml(Html.Tag("div", ("class", "champ-recherche"))
                .Add(Html.Tag("label", ("for", id + "-recherche")).Text($"Rechercher : {champ.Libelle}"))
                .Add(Html.Tag("input", ("class", "form-control"), ("type", "search"), ("id", id + "-recherche"), ("name", "Recherche" + champ.Nom), ("value", asked),
                    ("autocomplete", "off"), ("data-bouton", id + "-chercher")))
                .Add(Html.Tag("button", ("class", "btn btn-second"), ("type", "submit"), ("id", id + "-chercher"), ("name", "action"), ("value", "chercher-" + champ.Nom),
                    ("hx-post", helper.View.HttpContext.Request.GetEncodedPathAndQuery()), ("hx-target", "#" + id), ("hx-select", "#" + id), ("hx-swap", "outerHTML"))
                    .Add(IconeTagHelper.Draw(versions, helper.View, "loupe")).Text(" Rechercher")));
            if (found.Count > 0) content.AppendHtml(Choices("checkbox", found, chosen, selected.Count));
            else if (asked.Length > 0) content.AppendHtml(Html.Tag("p", ("class", "second petit"), ("role", "status")).Text("Aucun résultat trouvé"));
            return content;
        }

        private string Asked()
        {
            var request = helper.View.HttpContext.Request;
            return Texte.CleanLine(request.HasFormContentType ? request.Form["Recherche" + champ.Nom] : request.Query["Recherche" + champ.Nom]) ?? "";
        }
    }
}
