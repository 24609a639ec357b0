using System.Globalization;
using System.Linq.Expressions;
using Sofi.Core.Data;

namespace Sofi.Web.Composants;

/// <summary>How a column filters.</summary>
/// <param name="Choix">The few values that it offers; empty for a text that one types.</param>
/// <param name="Indice">What may be typed, shown in the empty field; <c>null</c> for any text.</param>
public sealed record FiltreColonne(IReadOnlyList<Choix> Choix, string? Indice = null)
{
    /// <summary>Words typed.</summary>
    public static readonly FiltreColonne Mots = new([]);

    /// <summary>A day, a month or a year typed.</summary>
    public static readonly FiltreColonne Date = new([], "MM/AAAA");

    /// <summary>First and last day of what was typed: <c>12/03/2025</c>, <c>03/2025</c> or <c>2025</c>; <c>null</c> when it is none of them.</summary>
    internal static (DateOnly First, DateOnly Last)? Period(string text)
    {
        if (Read(text, "d/M/yyyy") is { } day) return (day, day);
        if (Read(text, "M/yyyy") is { } month) return (month, month.AddMonths(1).AddDays(-1));
        return Read(text, "yyyy") is { } year ? (year, year.AddYears(1).AddDays(-1)) : null;
    }

    private static DateOnly? Read(string text, string format) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year < 9999 ? date : null;
}

/// <summary>
/// The columns of a list by their name in the address, how each sorts and filters:
/// <c>new ColonnesListe&lt;Ligne&gt;(l => l.Numero, "-debut").By("debut", l => l.DateDebut).Day("debut", l => l.DateDebut)</c>.
/// </summary>
/// <param name="key">Unique value of a line: two lines that are equal otherwise always come in the same order.</param>
/// <param name="byDefault">Column of the order that the page shows first, with a minus for the largest first; <c>null</c> for that of the key.</param>
public sealed class ColonnesListe<T>(Expression<Func<T, object?>> key, string? byDefault = null)
{
    private readonly Dictionary<string, LambdaExpression> columns = [];
    private readonly Dictionary<string, (FiltreColonne Filtre, Func<IQueryable<T>, string, IQueryable<T>> Keep)> filters = [];

    /// <summary>What the columns filter, by their name in the address.</summary>
    public IReadOnlyDictionary<string, FiltreColonne> Filtres => filters.ToDictionary(pair => pair.Key, pair => pair.Value.Filtre);

    /// <summary>A column sorts.</summary>
    public ColonnesListe<T> By(string nom, Expression<Func<T, object?>> value)
    {
        columns.Add(nom, value);
        return this;
    }

    /// <summary>A column filters on the words of a folded text.</summary>
    public ColonnesListe<T> Words(string nom, Expression<Func<T, string>> folded) =>
        Keep(nom, FiltreColonne.Mots, (source, asked) => source.Containing(ListeParametres.Words(asked), folded));

    /// <summary>A column filters on a day, a month or a year.</summary>
    public ColonnesListe<T> Day(string nom, Expression<Func<T, DateOnly>> day) => Between(nom, day, period => period.First, period => period.Last.AddDays(1));

    /// <summary>A column filters on the French civil day, month or year of an instant.</summary>
    public ColonnesListe<T> Day(string nom, Expression<Func<T, DateTime>> instant) =>
        Between(nom, instant, period => period.First.StartsAt(), period => period.Last.AddDays(1).StartsAt());

    /// <summary>A column filters on a whole number.</summary>
    public ColonnesListe<T> Number(string nom, Expression<Func<T, int>> value) => Keep(nom, FiltreColonne.Mots, (source, asked) =>
    {
        if (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return source.Where(_ => false);
        Expression<Func<int>> wanted = () => number;
        return source.Where(Expression.Lambda<Func<T, bool>>(Expression.Equal(value.Body, wanted.Body), value.Parameters));
    });

    /// <summary>A column filters on one of a few values.</summary>
    /// <param name="nom">Name of the column in the address.</param>
    /// <param name="choix">Values offered.</param>
    /// <param name="chosen">The lines that have the value.</param>
    public ColonnesListe<T> OneOf(string nom, IReadOnlyList<Choix> choix, Func<string, Expression<Func<T, bool>>> chosen) =>
        Keep(nom, new FiltreColonne(choix), (source, asked) => choix.Any(choice => choice.Code == asked) ? source.Where(chosen(asked)) : source);

    private ColonnesListe<T> Between<TValue>(
        string nom, Expression<Func<T, TValue>> value, Func<(DateOnly First, DateOnly Last), TValue> from, Func<(DateOnly First, DateOnly Last), TValue> until) =>
        Keep(nom, FiltreColonne.Date, (source, asked) =>
        {
            if (FiltreColonne.Period(asked) is not { } period) return source.Where(_ => false);
            var (first, after) = (from(period), until(period));
            // Captured as fields, so that EF sends them as parameters.
            Expression<Func<TValue>> least = () => first, limit = () => after;
            var within = Expression.AndAlso(Expression.GreaterThanOrEqual(value.Body, least.Body), Expression.LessThan(value.Body, limit.Body));
            return source.Where(Expression.Lambda<Func<T, bool>>(within, value.Parameters));
        });

    private ColonnesListe<T> Keep(string nom, FiltreColonne filtre, Func<IQueryable<T>, string, IQueryable<T>> keep)
    {
        filters.Add(nom, (filtre, keep));
        return this;
    }

    /// <summary>Keeps the lines that the columns' filters let through.</summary>
    internal IQueryable<T> Filter(IQueryable<T> source, ListeParametres asked) => filters
        .Where(filter => asked.Filtres.ContainsKey(filter.Key))
        .Aggregate(source, (lines, filter) => filter.Value.Keep(lines, asked.Filtres[filter.Key]));

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
