using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Sofi.Web.Composants.Saisie;

/// <summary>Reads what a French user types: dates, numbers, times. Pure; says the remedy when it cannot.</summary>
public static partial class Lecture
{
    private static readonly string[] DateFormats = ["d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "d M yyyy", "yyyy-M-d", "ddMMyyyy", "d/M/yy"];

    /// <summary>Reads a date: 10/03/2025, 10-3-2025, 2025-03-10; from 1900 to 2199.</summary>
    public static DateOnly? Date(string text, out string? fault)
    {
        var read = DateOnly.TryParseExact(text.Trim(), DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1900 and < 2200;
        fault = read ? null : $"« {text} » n'est pas une date : écrivez JJ/MM/AAAA.";
        return read ? date : null;
    }

    /// <summary>Reads a time of day: 9 h 30, 9h30, 9 h, 14:15.</summary>
    public static TimeOnly? Heure(string text, out string? fault)
    {
        var match = HeurePattern().Match(text);
        var (hours, minutes) = match.Success ? (Number(match.Groups[1].Value), Number(match.Groups[2].Value)) : (24, 0);
        var read = hours < 24 && minutes < 60;
        fault = read ? null : $"« {text} » n'est pas une heure : écrivez par exemple 9 h 30 ou 14:15.";
        return read ? new TimeOnly(hours, minutes) : null;

        static int Number(string digits) => digits.Length == 0 ? 0 : int.Parse(digits, CultureInfo.InvariantCulture);
    }

    /// <summary>Reads a whole number: 1200, 1 200; a trailing unit is ignored (200 h).</summary>
    public static int? Entier(string text, string? unit, out string? fault)
    {
        var digits = Digits(text, unit);
        var read = int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        fault = read ? null
            : BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? $"« {text} » est un nombre trop grand : vérifiez-le."
            : $"« {text} » n'est pas un nombre entier : écrivez-le en chiffres, par exemple 12.";
        return read ? number : null;
    }

    /// <summary>Reads a decimal number: 1 234,50, 1234.5, 1.234,50; a trailing unit is ignored (12,50 €).</summary>
    public static decimal? Nombre(string text, string? unit, out string? fault)
    {
        var digits = Digits(text, unit);
        // With both signs the last one is the decimal mark: 1.234,50 and 1,234.50.
        var mark = digits.LastIndexOfAny([',', '.']);
        if (mark >= 0) digits = digits[..mark].Replace(",", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal) + "." + digits[(mark + 1)..];
        var isNumber = decimal.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        var read = isNumber && Math.Abs(number) < 1_000_000_000;
        fault = read ? null
            : isNumber ? $"« {text} » est un nombre trop grand : vérifiez-le."
            : $"« {text} » n'est pas un nombre : écrivez-le en chiffres, par exemple 1 234,50.";
        return read ? number : null;
    }

    private static string Digits(string text, string? unit)
    {
        var kept = Spaces().Replace(text, "");
        return unit is not null && kept.EndsWith(unit, StringComparison.OrdinalIgnoreCase) ? kept[..^unit.Length] : kept;
    }

    [GeneratedRegex(@"^\s*(\d{1,2})\s*(?:(?:[hH]|:)\s*(\d{1,2})?)?\s*(?:min|mn)?\s*$")]
    private static partial Regex HeurePattern();

    [GeneratedRegex(@"[\s\u00A0\u202F]")]
    private static partial Regex Spaces();
}
