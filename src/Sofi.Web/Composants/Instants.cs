using System.Globalization;
using Sofi.Core.Data;

namespace Sofi.Web.Composants;

/// <summary>Writes instants as one reads them in France.</summary>
public static class Instants
{
    /// <summary>"12/02/2025 à 10 h 05", French civil time.</summary>
    public static string EnClair(this DateTime instant)
    {
        var time = instant.ToCivilTime();
        return time.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) + $" à {time.Hour}\u00A0h\u00A0{time.Minute:00}";
    }

    /// <inheritdoc cref="EnClair(DateTime)"/>
    public static string EnClair(this DateTime? instant) => instant is { } known ? known.EnClair() : "–";
}
