using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Sofi.Core.Data;

namespace Sofi.Web.Composants;

/// <summary>
/// What the person asked of a list: page, size, search, sort. Read from the address, so that a list can be shared, reloaded and gone back to.
/// A page binds it as a handler parameter; several lists on one page carry a prefix: <c>[FromQuery(Name = "infos")] ListeParametres infos</c>.
/// </summary>
public sealed record ListeParametres
{
    /// <summary>Sizes offered: "Voir 10, 25, 50 ou 100 résultats".</summary>
    public static readonly IReadOnlyList<int> Tailles = [10, 25, 50, 100];

    private const int MotsAuPlus = 8;
    private const string Filtre = "filtre-";

    /// <summary>Prefix of the parameters in the address; empty for the only list of a page.</summary>
    public string Prefixe { get; init; } = "";

    /// <summary>Page asked, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Lines on a page.</summary>
    public int Taille { get; init; } = Tailles[0];

    /// <summary>Text searched, cleaned; empty for none.</summary>
    public string Recherche { get; init; } = "";

    /// <summary>Name of the column sorted; <c>null</c> for the order of the page.</summary>
    public string? Tri { get; init; }

    /// <summary>True for the largest first.</summary>
    public bool Decroissant { get; init; }

    /// <summary>What the filters under the columns were asked, by name of the column, cleaned; blank ones left out.</summary>
    public IReadOnlyDictionary<string, string> Filtres { get; init; } = new Dictionary<string, string>();

    /// <summary>Words searched, folded as the search columns are.</summary>
    public IEnumerable<string> Mots => Words(Recherche);

    /// <summary>Words of a text, folded as the search columns are.</summary>
    public static IEnumerable<string> Words(string text) => Texte.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Take(MotsAuPlus);

    /// <summary>Name in the address of the filter under a column.</summary>
    public string NomFiltre(string colonne) => Nom(Filtre + colonne);

    /// <summary>Name of a parameter of this list in the address.</summary>
    public string Nom(string parametre) => Prefixe.Length == 0 ? parametre : $"{Prefixe}-{parametre}";

    /// <summary>Reads the parameters of an address; what makes no sense is as if absent.</summary>
    public static ListeParametres Read(IQueryCollection query, string prefixe = "")
    {
        var asked = new ListeParametres { Prefixe = prefixe };
        var sort = query[asked.Nom("tri")].ToString();
        return asked with
        {
            Page = Math.Max(1, Number("page")),
            Taille = Tailles.Contains(Number("taille")) ? Number("taille") : Tailles[0],
            Recherche = Texte.CleanLine(query[asked.Nom("recherche")]) ?? "",
            Tri = sort.TrimStart('-') is { Length: > 0 } column ? column : null,
            Decroissant = sort.StartsWith('-'),
            Filtres = query.Where(pair => pair.Key.StartsWith(asked.Nom(Filtre), StringComparison.Ordinal))
                .Select(pair => (Colonne: pair.Key[asked.Nom(Filtre).Length..], Texte: Texte.CleanLine(pair.Value)))
                .Where(filter => filter.Texte is not null).ToDictionary(filter => filter.Colonne, filter => filter.Texte!),
        };

        int Number(string name) => int.TryParse(query[asked.Nom(name)], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}

/// <summary>Gives a page its <see cref="ListeParametres"/>, from the address even when a form was posted.</summary>
internal sealed class ListeParametresBinder : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext context)
    {
        context.Result = ModelBindingResult.Success(ListeParametres.Read(context.HttpContext.Request.Query, context.BinderModelName ?? ""));
        return Task.CompletedTask;
    }
}
