using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;

namespace Sofi.Web.Composants;

/// <summary>One page of a list, as the <c>liste</c> component needs to know it.</summary>
public interface IPageListe
{
    /// <summary>What was asked; its page is the one shown.</summary>
    ListeParametres Parametres { get; }

    /// <summary>Lines found in all.</summary>
    int Total { get; }

    /// <summary>Lines on this page.</summary>
    int Nombre { get; }

    /// <summary>What the columns filter, by their name in the address.</summary>
    IReadOnlyDictionary<string, FiltreColonne> Filtres { get; }
}

/// <summary>One page of a list with its lines.</summary>
/// <param name="Lignes">Lines of this page.</param>
/// <param name="Total">Lines found in all.</param>
/// <param name="Parametres">What was asked; its page is the one shown.</param>
public sealed record PageListe<T>(IReadOnlyList<T> Lignes, int Total, ListeParametres Parametres) : IPageListe
{
    /// <inheritdoc/>
    public int Nombre => Lignes.Count;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, FiltreColonne> Filtres { get; init; } = new Dictionary<string, FiltreColonne>();
}

/// <summary>Cuts a list into pages.</summary>
public static class PageListe
{
    /// <summary>Keeps the lines whose folded text holds every word searched.</summary>
    public static IQueryable<T> Matching<T>(this IQueryable<T> source, ListeParametres asked, Expression<Func<T, string>> folded) =>
        source.Containing(asked.Mots, folded);

    /// <summary>Keeps the lines whose folded text holds each of these folded words.</summary>
    internal static IQueryable<T> Containing<T>(this IQueryable<T> source, IEnumerable<string> words, Expression<Func<T, string>> folded)
    {
        var contains = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;
        foreach (var word in words)
        {
            // Captured as a field, so that EF sends it as a parameter.
            Expression<Func<string>> value = () => word;
            source = source.Where(Expression.Lambda<Func<T, bool>>(Expression.Call(folded.Body, contains, value.Body), folded.Parameters));
        }

        return source;
    }

    /// <summary>The page asked, in two queries whatever the number of lines; beyond the end, the last page.</summary>
    public static async Task<PageListe<T>> ToPageAsync<T>(
        this IQueryable<T> source, ListeParametres asked, ColonnesListe<T> colonnes, CancellationToken cancellation = default)
    {
        var found = colonnes.Filter(source, asked);
        var settled = Clamp(colonnes.Settle(asked), await found.CountAsync(cancellation), out var total);
        return new PageListe<T>(await Cut(colonnes.Sort(found, settled), settled).ToListAsync(cancellation), total, settled) { Filtres = colonnes.Filtres };
    }

    /// <summary>Every line found, in the order asked: what an export writes.</summary>
    public static IQueryable<T> ToWhole<T>(this IQueryable<T> source, ListeParametres asked, ColonnesListe<T> colonnes) =>
        colonnes.Sort(colonnes.Filter(source, asked), colonnes.Settle(asked));

    /// <summary>The page asked of lines already in memory (inner tables of a fiche).</summary>
    /// <param name="source">All the lines.</param>
    /// <param name="asked">What was asked.</param>
    /// <param name="colonnes">Columns that sort.</param>
    /// <param name="text">Text of a line, in which words are searched.</param>
    public static PageListe<T> ToPage<T>(this IEnumerable<T> source, ListeParametres asked, ColonnesListe<T> colonnes, Func<T, string> text)
    {
        var found = colonnes.Filter(source.Where(line => asked.Mots.All(Texte.Fold(text(line)).Contains)).AsQueryable(), asked).ToList();
        var settled = Clamp(colonnes.Settle(asked), found.Count, out var total);
        return new PageListe<T>([.. Cut(colonnes.Sort(found.AsQueryable(), settled), settled)], total, settled) { Filtres = colonnes.Filtres };
    }

    private static ListeParametres Clamp(ListeParametres asked, int count, out int total)
    {
        total = count;
        return asked with { Page = Math.Clamp(asked.Page, 1, Math.Max(1, (count + asked.Taille - 1) / asked.Taille)) };
    }

    private static IQueryable<T> Cut<T>(IQueryable<T> sorted, ListeParametres asked) => sorted.Skip((asked.Page - 1) * asked.Taille).Take(asked.Taille);
}
