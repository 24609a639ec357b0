namespace Sofi.Core.Data;

/// <summary>Civil time of the product: Europe/Paris. Instants are UTC, dates are those of the French calendar.</summary>
public static class Horloge
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>Today's date in France.</summary>
    public static DateOnly Today(this TimeProvider clock) => clock.GetUtcNow().UtcDateTime.ToCivilDate();

    /// <summary>The present instant, UTC.</summary>
    public static DateTime UtcInstant(this TimeProvider clock) => clock.GetUtcNow().UtcDateTime;

    /// <summary>The French civil date of a UTC instant.</summary>
    public static DateOnly ToCivilDate(this DateTime instant) => DateOnly.FromDateTime(instant.ToCivilTime());

    /// <summary>The French civil date and time of a UTC instant.</summary>
    public static DateTime ToCivilTime(this DateTime instant) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(instant, DateTimeKind.Utc), Paris);

    /// <summary>The UTC instant at which a French civil day begins.</summary>
    public static DateTime StartsAt(this DateOnly day) => TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue), Paris);
}
