using System.Text;
using Sofi.Core.Data;

namespace Sofi.Core.Comptes;

/// <summary>
/// The password rule, at every door (screens, command line): CNIL recommendation 2022-100 for accounts whose tries are limited,
/// eight characters of three kinds out of four; and nothing that names the person.
/// </summary>
public static class RegleMotDePasse
{
    /// <summary>Least number of characters.</summary>
    public const int LongueurMinimale = 8;

    /// <summary>Least number of kinds: upper case, lower case, digits, special characters.</summary>
    public const int SortesMinimales = 3;

    /// <summary>The rule in one sentence, shown beside the field.</summary>
    public const string Aide =
        "Au moins 8\u00A0caractères de trois sortes parmi majuscules, minuscules, chiffres et caractères spéciaux\u00A0; ni votre nom, ni votre adresse e-mail.";

    private const int LongueurParlante = 3;

    /// <summary>What keeps a password from being accepted, in French; empty when it is right.</summary>
    /// <param name="password">The password.</param>
    /// <param name="nom">Name of the person: none of its words of three letters or more may stand in the password.</param>
    /// <param name="courriel">E-mail address: its part before the @ may not stand in the password.</param>
    public static IReadOnlyList<string> Faults(string? password, string? nom, string? courriel)
    {
        var text = password ?? "";
        var folded = Texte.Fold(text);
        var faults = new List<string>();
        if (text.EnumerateRunes().Count() < LongueurMinimale)
            faults.Add($"Le mot de passe compte au moins {LongueurMinimale}\u00A0caractères.");
        if (text.EnumerateRunes().Select(Kind).Distinct().Count() < SortesMinimales)
            faults.Add("Le mot de passe mêle trois sortes de caractères parmi majuscules, minuscules, chiffres et caractères spéciaux.");
        if (Words(nom).Any(folded.Contains)) faults.Add("Le mot de passe ne contient pas votre nom.");
        if (Texte.Fold(courriel).Split('@')[0] is { Length: >= LongueurParlante } mailbox && folded.Contains(mailbox))
            faults.Add("Le mot de passe ne contient pas votre adresse e-mail.");
        return faults;
    }

    private static IEnumerable<string> Words(string? nom) =>
        Texte.Fold(nom).Split([' ', '-', '\''], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= LongueurParlante);

    private static int Kind(Rune rune) => rune switch
    {
        _ when Rune.IsUpper(rune) => 0,
        _ when Rune.IsLower(rune) => 1,
        _ when Rune.IsDigit(rune) => 2,
        _ => 3,
    };
}
