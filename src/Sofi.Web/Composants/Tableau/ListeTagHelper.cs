using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Sofi.Web.Composants;

/// <summary>
/// The list of the procedure: "Voir 10 résultats", "Rechercher", sortable columns, "Voir 1 à 10 sur 42 résultats", Précédente / Suivante,
/// "Aucun résultat trouvé". Its state is in the address; it works without script, and is refreshed in place with it.
/// It may stand inside a form: its own form is written at the end of the page (<see cref="FormulairesDetachesTagHelper"/>).
/// </summary>
[HtmlTargetElement("liste")]
public sealed class ListeTagHelper(IFileVersionProvider versions) : TagHelper
{
    /// <summary>Page of the list.</summary>
    public IPageListe Page { get; set; } = null!;

    /// <summary>Name of the table, for screen readers; the title when there is one.</summary>
    public string? Nom { get; set; }

    /// <summary>Title shown above the list, with the number of results; <c>null</c> when the page has its own.</summary>
    public string? Titre { get; set; }

    /// <summary>What to do when the list is empty and nothing was searched; <c>null</c> for nothing more than "Aucun résultat trouvé".</summary>
    public string? Vide { get; set; }

    /// <summary>True when the page also answers with the whole list as a file (<see cref="ExportListe{T}"/>), asked by <c>export</c>.</summary>
    public bool Export { get; set; }

    /// <summary>The page.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    private ListeParametres Asked => Page.Parametres;

    private string Id => Asked.Nom("liste");

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var columns = new Colonnes();
        context.Items[typeof(Colonnes)] = columns;
        var rows = await output.GetChildContentAsync();
        output.TagName = "div";
        output.Attributes.SetAttribute("class", "liste");
        output.Attributes.SetAttribute("id", Id);
        foreach (var (name, value) in Refresh()) output.Attributes.SetAttribute(name, value);
        if (Titre is not null) output.Content.AppendHtml(Heading());
        output.Content.AppendHtml(Tools()).AppendHtml(Table(columns, rows)).AppendHtml(Foot());
        var form = Html.Tag("form", ("id", Id + "-formulaire"), ("method", "get"), ("action", View.HttpContext.Request.Path + "#" + Id), ("role", "search"),
            ("aria-label", Titre ?? Nom), ("hx-get", View.HttpContext.Request.Path));
        foreach (var (name, value) in Refresh()) form.Attributes[name] = value;
        FormulairesDetachesTagHelper.Add(View, form);
    }

    /// <summary>What a click inside the list replaces: the lines, the headers, the pages, the counts; the search box and the filters keep their focus.</summary>
    private (string Name, string Value)[] Refresh() =>
    [
        ("hx-target", $"#{Id}-lignes"),
        ("hx-select", $"#{Id}-lignes"),
        ("hx-select-oob", $"#{Id}-entetes,#{Id}-adresse,#{Id}-pages,#{Id}-etendue:innerHTML" + (Titre is null ? "" : $",#{Id}-compte:innerHTML") + (Export ? $",#{Id}-export" : "")),
        ("hx-swap", "outerHTML"),
        ("hx-push-url", "true"),
    ];

    private TagBuilder Heading() => Html.Tag("div", ("class", "carton-tete")).Add(Html.Tag("h2", ("id", Id + "-titre")).Text(Titre).Text(" ")
        .Add(Html.Tag("span", ("class", "second"), ("id", Id + "-compte")).Text($"{Number(Page.Total)} résultat{(Page.Total > 1 ? "s" : "")}")));

    private TagBuilder Tools()
    {
        var (size, search) = (Asked.Nom("taille"), Asked.Nom("recherche"));
        var select = Html.Tag("select", ("class", "form-select"), ("id", Id + "-taille"), ("name", size), ("form", Id + "-formulaire"),
            ("hx-get", View.HttpContext.Request.Path), ("hx-include", $"#{Id}-formulaire"));
        foreach (var n in ListeParametres.Tailles)
            select.Add(Html.Tag("option", ("value", Value(n)), ("selected", n == Asked.Taille ? "" : null)).Text(Number(n)));
        var input = Html.Tag("input", ("class", "form-control"), ("type", "search"), ("id", Id + "-recherche"), ("name", search), ("value", Asked.Recherche),
            ("autocomplete", "off"), ("form", Id + "-formulaire"), ("hx-get", View.HttpContext.Request.Path), ("hx-include", $"#{Id}-formulaire"),
            ("hx-trigger", "input changed delay:300ms"));
        return Html.Tag("div", ("class", "outils"))
            .Add(Html.Tag("div", ("class", "champ-ligne")).Add(Html.Tag("label", ("for", Id + "-taille")).Text("Voir")).Add(select).Add(Html.Tag("span").Text("résultats")))
            .Add(Html.Tag("div", ("class", "champ-ligne outils-recherche")).Add(Html.Tag("label", ("for", Id + "-recherche")).Text("Rechercher")).Add(input)
                .Add(Html.Tag("button", ("class", "btn btn-second btn-loupe"), ("type", "submit"), ("form", Id + "-formulaire"), ("title", "Rechercher"))
                    .Add(IconeTagHelper.Draw(versions, View, "loupe")).Add(Html.Hidden("Rechercher"))));
    }

    private TagBuilder Table(Colonnes columns, TagHelperContent rows)
    {
        var headers = Html.Tag("tr", ("role", "row"), ("id", Id + "-entetes"));
        foreach (var column in columns.All) headers.Add(Header(column));
        var head = Html.Tag("thead", ("role", "rowgroup")).Add(headers);
        var body = Html.Tag("tbody", ("role", "rowgroup"), ("id", Id + "-lignes"));
        if (Page.Nombre > 0) body.InnerHtml.AppendHtml(rows);
        else body.Add(Html.Tag("tr", ("role", "row")).Add(Empty(columns)));
        var table = Html.Tag("table", ("class", "tableau tableau-fiches"), ("role", "table"),
            Titre is null ? ("aria-label", Nom) : ("aria-labelledby", Id + "-titre"))
            .Add(head).Add(body);
        // What the address already says, so that a search keeps the sort, and the other lists of the page their state.
        var address = Html.Tag("div", ("id", Id + "-adresse"), ("hidden", ""));
        foreach (var (name, values) in Others())
            foreach (var value in values)
                address.Add(Html.Tag("input", ("type", "hidden"), ("name", name), ("value", value), ("form", Id + "-formulaire")));
        var holder = Html.Tag("div").Add(address);
        if (columns.All.Exists(column => FilterOf(column) is not null))
        {
            head.Add(Filters(columns));
            // On a small screen the filters fold: the results come first.
            holder.Add(Html.Tag("details", ("class", "bascule-filtres"), ("open", Asked.Filtres.Count > 0 ? "" : null)).Add(Html.Tag("summary").Text("Filtrer par colonne")));
        }

        return holder.Add(table);
    }

    private FiltreColonne? FilterOf(Colonne column) => column.Tri is null ? null : Page.Filtres.GetValueOrDefault(column.Tri);

    /// <summary>A filter under each column that has one.</summary>
    private TagBuilder Filters(Colonnes columns)
    {
        var row = Html.Tag("tr", ("role", "row"), ("class", "filtres"));
        foreach (var column in columns.All)
        {
            var cell = Html.Tag("td", ("role", "cell"));
            if (FilterOf(column) is { } filter)
            {
                var id = $"{Id}-filtre-{column.Tri}";
                cell.Add(Html.Tag("label", ("class", "visually-hidden"), ("for", id)).Text("Filtrer : " + column.Texte)).Add(Filter(filter, id, column.Tri!));
            }

            row.Add(cell);
        }

        return row;
    }

    private TagBuilder Filter(FiltreColonne filter, string id, string column)
    {
        var asked = Asked.Filtres.GetValueOrDefault(column, "");
        if (filter.Choix.Count == 0)
        {
            return Html.Tag("input", ("class", "form-control"), ("type", "search"), ("id", id), ("name", Asked.NomFiltre(column)), ("value", asked),
                ("placeholder", filter.Indice), ("autocomplete", "off"), ("form", Id + "-formulaire"), ("hx-get", View.HttpContext.Request.Path),
                ("hx-include", $"#{Id}-formulaire"), ("hx-trigger", "input changed delay:300ms"));
        }

        var select = Html.Tag("select", ("class", "form-select"), ("id", id), ("name", Asked.NomFiltre(column)), ("form", Id + "-formulaire"),
            ("hx-get", View.HttpContext.Request.Path), ("hx-include", $"#{Id}-formulaire")).Add(Html.Tag("option", ("value", "")).Text("Tous"));
        foreach (var choice in filter.Choix)
            select.Add(Html.Tag("option", ("value", choice.Code), ("selected", choice.Code == asked ? "" : null)).Text(choice.Libelle));
        return select;
    }

    private TagBuilder Header(Colonne column)
    {
        var sorted = column.Tri is not null && column.Tri == Asked.Tri;
        var cell = Html.Tag("th", ("role", "columnheader"), ("scope", "col"), ("class", column.Class),
            ("aria-sort", !sorted ? null : Asked.Decroissant ? "descending" : "ascending"));
        if (column.Cachee) return cell.Add(Html.Hidden(column.Texte));
        if (column.Tri is null) return cell.Text(column.Texte);
        var icone = !sorted ? "tri" : Asked.Decroissant ? "tri-decroissant" : "tri-croissant";
        var next = sorted && !Asked.Decroissant ? "-" + column.Tri : column.Tri;
        return cell.Add(Link($"{Id}-tri-{column.Tri}", ("tri", next), ("page", null)).Text(column.Texte + " ").Add(IconeTagHelper.Draw(versions, View, icone)));
    }

    private TagBuilder Empty(Colonnes columns)
    {
        var cell = Html.Tag("td", ("role", "cell"), ("class", "vide"), ("colspan", Value(Math.Max(1, columns.All.Count)))).Add(Html.Tag("p").Text("Aucun résultat trouvé"));
        if (Asked.Recherche.Length > 0 || Asked.Filtres.Count > 0)
            cell.Add(Html.Tag("p").Add(Html.Tag("a", ("href", Unfiltered() + "#" + Id)).Text(Asked.Filtres.Count > 0 ? "Effacer les filtres" : "Effacer la recherche")));
        else if (Vide is not null) cell.Add(Html.Tag("p").Text(Vide));
        return cell;
    }

    private TagBuilder Foot()
    {
        var first = Page.Nombre == 0 ? 0 : (Asked.Page - 1) * Asked.Taille + 1;
        var range = Page.Total == 0
            ? "Voir 0 sur 0 du 0 résultats"
            : $"Voir {Number(first)} à {Number(first + Page.Nombre - 1)} sur {Number(Page.Total)} résultat{(Page.Total > 1 ? "s" : "")}";
        var foot = Html.Tag("div", ("class", "pied-tableau")).Add(Html.Tag("p", ("role", "status"), ("id", Id + "-etendue")).Text(range));
        if (Export) foot.Add(Exports());
        return foot.Add(Pages());
    }

    /// <summary>The whole list as found, in the two formats of spreadsheets.</summary>
    private TagBuilder Exports()
    {
        var links = Html.Tag("p", ("id", Id + "-export"), ("class", "liens-ligne"));
        foreach (var format in new[] { "csv", "xlsx" })
        {
            links.Add(Html.Tag("a", ("href", Address(("page", null), ("taille", null), ("export", format))), ("download", ""))
                .Add(IconeTagHelper.Draw(versions, View, "telecharger")).Text(" Exporter en " + format.ToUpperInvariant()));
        }

        return links;
    }

    private TagBuilder Pages()
    {
        var last = Math.Max(1, (Page.Total + Asked.Taille - 1) / Asked.Taille);
        var list = Html.Tag("ul", ("class", "pagination"));
        list.Add(Step("Précédente", Asked.Page > 1 ? Asked.Page - 1 : null, "precedente"));
        var shown = 0;
        foreach (var page in Enumerable.Range(1, last).Where(page => IsShown(page, last)))
        {
            if (page > shown + 1) list.Add(Html.Tag("li", ("class", "page-item disabled")).Add(Html.Tag("span", ("class", "page-link")).Text("…")));
            shown = page;
            var link = Link($"{Id}-page-{page}", ("page", Value(page)));
            link.AddCssClass("page-link");
            if (page == Asked.Page) link.Attributes["aria-current"] = "page";
            list.Add(Html.Tag("li", ("class", page == Asked.Page ? "page-item active" : "page-item")).Add(link.Add(Html.Hidden("Page ")).Text(Number(page))));
        }

        list.Add(Step("Suivante", Asked.Page < last ? Asked.Page + 1 : null, "suivante"));
        return Html.Tag("nav", ("id", Id + "-pages"), ("aria-label", $"Pages de résultats, {Titre ?? Nom}")).Add(list);
    }

    /// <summary>The ends, the neighbours of the present page, and no gap of a single page.</summary>
    private bool IsShown(int page, int last)
    {
        return IsKept(page) || (IsKept(page - 1) && IsKept(page + 1));

        bool IsKept(int p) => p <= 1 || p >= last || Math.Abs(p - Asked.Page) <= 2;
    }

    private TagBuilder Step(string text, int? page, string name)
    {
        if (page is null) return Html.Tag("li", ("class", "page-item disabled")).Add(Html.Tag("span", ("class", "page-link")).Text(text));
        var link = Link($"{Id}-{name}", ("page", Value(page.Value)));
        link.AddCssClass("page-link");
        return Html.Tag("li", ("class", "page-item")).Add(link.Text(text));
    }

    private TagBuilder Link(string id, params ReadOnlySpan<(string Name, string? Value)> changes)
    {
        var address = Address(changes);
        return Html.Tag("a", ("id", id), ("href", address + "#" + Id), ("hx-get", address));
    }

    /// <summary>The present address with some parameters of this list changed; <c>null</c> takes one out.</summary>
    private string Address(params ReadOnlySpan<(string Name, string? Value)> changes)
    {
        var query = View.HttpContext.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var (name, value) in changes)
        {
            query.Remove(Asked.Nom(name));
            if (value is not null) query[Asked.Nom(name)] = value;
        }

        return QueryHelpers.AddQueryString(View.HttpContext.Request.Path, query);
    }

    /// <summary>The present address without search or filter.</summary>
    private string Unfiltered()
    {
        string[] own = [Asked.Nom("page"), Asked.Nom("recherche"), .. Asked.Filtres.Keys.Select(Asked.NomFiltre)];
        return QueryHelpers.AddQueryString(View.HttpContext.Request.Path, View.HttpContext.Request.Query.Where(pair => !own.Contains(pair.Key)));
    }

    private IEnumerable<KeyValuePair<string, StringValues>> Others()
    {
        string[] own = [Asked.Nom("page"), Asked.Nom("taille"), Asked.Nom("recherche"), .. Page.Filtres.Keys.Select(Asked.NomFiltre)];
        return View.HttpContext.Request.Query.Where(pair => !own.Contains(pair.Key));
    }

    private static string Value(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString("#,##0", CultureInfo.GetCultureInfo("fr-FR"));
}

/// <summary>A column of a list.</summary>
/// <param name="Texte">Its name.</param>
/// <param name="Tri">Its name in the address, when it sorts.</param>
/// <param name="Class">Class of its header.</param>
/// <param name="Cachee">True for a column of buttons, whose name only screen readers say.</param>
internal sealed record Colonne(string Texte, string? Tri, string? Class, bool Cachee);

/// <summary>The columns declared inside a list, and where its rows stand.</summary>
internal sealed class Colonnes
{
    public List<Colonne> All { get; } = [];

    /// <summary>Position of the next cell of the present row.</summary>
    public int Position { get; set; }
}

/// <summary><c>&lt;colonne tri="debut"&gt;Date début&lt;/colonne&gt;</c>: a column of a <c>liste</c>, in order.</summary>
[HtmlTargetElement("colonne", ParentTag = "liste")]
public sealed class ColonneTagHelper : TagHelper
{
    /// <summary>Name in the address, for a column that sorts.</summary>
    public string? Tri { get; set; }

    /// <summary>Class of the header: <c>num</c> for numbers.</summary>
    public string? Class { get; set; }

    /// <summary>True for a column of buttons, whose name only screen readers say.</summary>
    public bool Cachee { get; set; }

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var text = System.Net.WebUtility.HtmlDecode((await output.GetChildContentAsync()).GetContent()).Trim();
        ((Colonnes)context.Items[typeof(Colonnes)]).All.Add(new Colonne(text, Tri, Class, Cachee));
        output.SuppressOutput();
    }
}

/// <summary><c>&lt;lignes&gt;</c>: the rows of a <c>liste</c>, written as plain <c>tr</c>, <c>th scope="row"</c> and <c>td</c>.</summary>
[HtmlTargetElement("lignes", ParentTag = "liste")]
public sealed class LignesTagHelper : TagHelper
{
    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output) => output.TagName = null;
}

/// <summary>A row of a <c>liste</c>: keeps its role when a small screen stacks the cells.</summary>
[HtmlTargetElement("tr", ParentTag = "lignes")]
public sealed class LigneTagHelper : TagHelper
{
    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ((Colonnes)context.Items[typeof(Colonnes)]).Position = 0;
        output.Attributes.SetAttribute("role", "row");
    }
}

/// <summary>A cell of a <c>liste</c>: keeps its role and the name of its column when a small screen stacks the cells. Other tables are left alone.</summary>
[HtmlTargetElement("td", ParentTag = "tr")]
[HtmlTargetElement("th", ParentTag = "tr")]
public sealed class CelluleTagHelper : TagHelper
{
    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!context.Items.TryGetValue(typeof(Colonnes), out var items)) return;
        var columns = (Colonnes)items;
        output.Attributes.SetAttribute("role", output.TagName == "th" ? "rowheader" : "cell");
        if (columns.Position < columns.All.Count && columns.All[columns.Position] is { Cachee: false } column) output.Attributes.SetAttribute("data-nom", column.Texte);
        columns.Position++;
    }
}
