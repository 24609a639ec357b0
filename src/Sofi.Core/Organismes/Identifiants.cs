namespace Sofi.Core.Organismes;

/// <summary>Checks of the official identifiers: SIREN, SIRET (Luhn, La Poste's exception), NDA, UAI.</summary>
public static class Identifiants
{
    private const string LaPoste = "356000000";

    /// <summary>Keys of a UAI, by the remainder of its number by 23.</summary>
    private const string ClesUai = "ABCDEFGHJKLMNPRSTUVWXYZ";

    /// <summary>True when the text is a SIREN: nine digits whose Luhn key is right.</summary>
    public static bool IsSiren(string? text) => IsDigits(text, 9) && Luhn(text!) % 10 == 0;

    /// <summary>
    /// True when the text is a SIRET: 14 digits, right Luhn keys for the SIREN and for the whole;
    /// La Poste's établissements may instead have a digit sum that is a multiple of five.
    /// </summary>
    public static bool IsSiret(string? text)
    {
        if (!IsDigits(text, 14) || !IsSiren(text![..9])) return false;
        return Luhn(text) % 10 == 0 || (text.StartsWith(LaPoste, StringComparison.Ordinal) && text.Sum(c => c - '0') % 5 == 0);
    }

    /// <summary>True when the text has the form of a numéro de déclaration d'activité: 11 digits (LHÉO: exactly 11 characters).</summary>
    public static bool IsNda(string? text) => IsDigits(text, 11);

    /// <summary>True when the text is a UAI (school number): seven digits and the letter that their number modulo 23 gives.</summary>
    public static bool IsUai(string? text) =>
        text is { Length: 8 } && IsDigits(text[..7], 7) && text[7] == ClesUai[int.Parse(text[..7], System.Globalization.CultureInfo.InvariantCulture) % ClesUai.Length];

    private static bool IsDigits(string? text, int length) => text is not null && text.Length == length && text.All(char.IsAsciiDigit);

    private static int Luhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }

        return sum;
    }
}
