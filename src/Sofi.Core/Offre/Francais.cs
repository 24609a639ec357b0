using System.Globalization;

namespace Sofi.Core.Offre;

/// <summary>Dates and numbers as French sentences write them, whatever the culture of the process.</summary>
internal static class Francais
{
    public static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>JJ/MM/AAAA; empty for no date.</summary>
    public static string Jour(this DateOnly? day) => day?.ToString("dd/MM/yyyy", Culture) ?? "";

    /// <inheritdoc cref="Jour(DateOnly?)"/>
    public static string Jour(this DateOnly day) => ((DateOnly?)day).Jour();

    /// <summary>A whole number with its thousands apart: 3 000.</summary>
    public static string Nombre(this int number) => number.ToString("N0", Culture);

    /// <summary>A decimal number with all its decimals and no other: 0,5, 99 999.</summary>
    public static string Nombre(this decimal number) => number.ToString("#,##0.############", Culture);
}
