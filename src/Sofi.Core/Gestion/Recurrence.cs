namespace Sofi.Core.Gestion;

/// <summary>How often an open day comes back.</summary>
public enum Rythme
{
    /// <summary>Once.</summary>
    Unique,

    /// <summary>Every week, the same day.</summary>
    Semaine,

    /// <summary>Every month, the same weekday of the same week: the second Saturday.</summary>
    Mois,
}

/// <summary>The dates of open days that come back.</summary>
public static class Recurrence
{
    /// <summary>Most dates made at once.</summary>
    public const int MostDates = 52;

    /// <summary>The dates of <paramref name="count"/> open days from the first one; a month without a fifth weekday is passed over.</summary>
    public static IReadOnlyList<DateOnly> Dates(DateOnly first, Rythme rythme, int count)
    {
        var wanted = rythme == Rythme.Unique ? 1 : Math.Clamp(count, 1, MostDates);
        if (rythme != Rythme.Mois) return [.. Enumerable.Range(0, wanted).Select(i => first.AddDays(7 * i))];
        var rank = (first.Day - 1) / 7;
        return [.. Enumerable.Range(0, MostDates * 3).Select(i => SameWeekday(first, i, rank)).OfType<DateOnly>().Take(wanted)];
    }

    private static DateOnly? SameWeekday(DateOnly first, int months, int rank)
    {
        var start = new DateOnly(first.Year, first.Month, 1).AddMonths(months);
        var day = start.AddDays(((int)first.DayOfWeek - (int)start.DayOfWeek + 7) % 7 + 7 * rank);
        return day.Month == start.Month ? day : null;
    }
}
