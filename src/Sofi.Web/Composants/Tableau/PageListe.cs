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
}

/// <summary>One page of a list with its lines.</summary>
/// <param name="Lignes">Lines of this page.</param>
/// <param name="Total">Lines found in all.</param>
/// <param name="Parametres">What was asked; its page is the one shown.</param>
public sealed record PageListe<T>(IReadOnlyList<T> Lignes, int Total, ListeParametres Parametres) : IPageListe
{
    /// <inheritdoc/>
    public int Nombre => Lignes.Count;
}

/// <summary>The columns by which a list can be sorted, by their name in the address: <c>new Tris&lt;Ligne&gt;(l => l.Numero, "-debut").By("debut", l => l.DateDebut)</c>.</summary>
/// <param name="key">Unique value of a line: two lines that are equal otherwise always come in the same order.</param>
/// <param name="byDefault">Column of the order that the page shows first, with a minus for the largest first; <c>null</c> for that of the key.</param>
public sealed class Tris<T>(Expression<Func<T, object?>> key, string? byDefault = null)
{
    private readonly Dictionary<string, LambdaExpression> columns = [];

    /// <summary>Adds a column.</summary>
    public Tris<T> By(string nom, Expression<Func<T, object?>> value)
    {
        columns.Add(nom, value);
        return this;
    }

    /// <summary>The sort that applies: the one asked when the column exists, else that of the page.</summary>
    internal ListeParametres Settle(ListeParametres asked) =>
        asked.Tri is not null && columns.ContainsKey(asked.Tri) ? asked
        : asked with { Tri = byDefault?.TrimStart('-'), Decroissant = byDefault?.StartsWith('-') == true };

    /// <summary>Sorts; lines without a value come last on both databases.</summary>
    internal IQueryable<T> Sort(IQueryable<T> source, ListeParametres settled)
    {
        if (settled.Tri is null) return Order(source, key, descending: false, first: true);
        var column = columns[settled.Tri];
        var (value, _) = Unwrap(column);
        var nullable = !value.Type.IsValueType || Nullable.GetUnderlyingType(value.Type) is not null;
        if (nullable)
        {
            var missing = Expression.Lambda(Expression.Equal(value, Expression.Constant(null, value.Type)), column.Parameters);
            source = Order(source, missing, descending: false, first: true);
        }

        return Order(Order(source, column, settled.Decroissant, first: !nullable), key, descending: false, first: false);
    }

    private static IQueryable<T> Order(IQueryable<T> source, LambdaExpression column, bool descending, bool first)
    {
        var (value, parameter) = Unwrap(column);
        var method = (first, descending) switch
        {
            (true, false) => nameof(Queryable.OrderBy),
            (true, true) => nameof(Queryable.OrderByDescending),
            (false, false) => nameof(Queryable.ThenBy),
            (false, true) => nameof(Queryable.ThenByDescending),
        };
        return source.Provider.CreateQuery<T>(Expression.Call(
            typeof(Queryable), method, [typeof(T), value.Type], source.Expression, Expression.Quote(Expression.Lambda(value, parameter))));
    }

    /// <summary>The value itself, without its boxing to an object.</summary>
    private static (Expression Value, ParameterExpression Parameter) Unwrap(LambdaExpression column) =>
        (column.Body is UnaryExpression { NodeType: ExpressionType.Convert } boxed ? boxed.Operand : column.Body, column.Parameters[0]);
}

/// <summary>Cuts a list into pages.</summary>
public static class PageListe
{
    /// <summary>Keeps the lines whose folded text holds every word searched.</summary>
    public static IQueryable<T> Matching<T>(this IQueryable<T> source, ListeParametres asked, Expression<Func<T, string>> folded)
    {
        var contains = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;
        foreach (var word in asked.Mots)
        {
            // Captured as a field, so that EF sends it as a parameter.
            Expression<Func<string>> value = () => word;
            source = source.Where(Expression.Lambda<Func<T, bool>>(Expression.Call(folded.Body, contains, value.Body), folded.Parameters));
        }

        return source;
    }

    /// <summary>The page asked, in two queries whatever the number of lines; beyond the end, the last page.</summary>
    public static async Task<PageListe<T>> ToPageAsync<T>(
        this IQueryable<T> source, ListeParametres asked, Tris<T> tris, CancellationToken cancellation = default)
    {
        var settled = Clamp(tris.Settle(asked), await source.CountAsync(cancellation), out var total);
        return new PageListe<T>(await Cut(tris.Sort(source, settled), settled).ToListAsync(cancellation), total, settled);
    }

    /// <summary>The page asked of lines already in memory (inner tables of a fiche).</summary>
    /// <param name="source">All the lines.</param>
    /// <param name="asked">What was asked.</param>
    /// <param name="tris">Columns that sort.</param>
    /// <param name="text">Text of a line, in which words are searched.</param>
    public static PageListe<T> ToPage<T>(this IEnumerable<T> source, ListeParametres asked, Tris<T> tris, Func<T, string> text)
    {
        var found = source.Where(line => asked.Mots.All(Texte.Fold(text(line)).Contains)).ToList();
        var settled = Clamp(tris.Settle(asked), found.Count, out var total);
        return new PageListe<T>([.. Cut(tris.Sort(found.AsQueryable(), settled), settled)], total, settled);
    }

    private static ListeParametres Clamp(ListeParametres asked, int count, out int total)
    {
        total = count;
        return asked with { Page = Math.Clamp(asked.Page, 1, Math.Max(1, (count + asked.Taille - 1) / asked.Taille)) };
    }

    private static IQueryable<T> Cut<T>(IQueryable<T> sorted, ListeParametres asked) => sorted.Skip((asked.Page - 1) * asked.Taille).Take(asked.Taille);
}
