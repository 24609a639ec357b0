using System.Security.Cryptography;

namespace Sofi.Core.Comptes;

/// <summary>Draws a first password: four groups that can be dictated, right by <see cref="RegleMotDePasse"/>, about 84 bits.</summary>
internal static class GenerateurMotDePasse
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz";
    private const string Capitals = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Digits = "23456789";
    private const int GroupLength = 5;

    /// <summary>A new password, such as <c>Kf7pm-Vt3qa-Rn8de-Hb2xw</c>.</summary>
    public static string Draw() => string.Join('-', Enumerable.Range(0, 4).Select(_ => Group()));

    private static string Group() =>
        RandomNumberGenerator.GetString(Capitals, 1) + RandomNumberGenerator.GetString(Letters, 1)
        + RandomNumberGenerator.GetString(Digits, 1) + RandomNumberGenerator.GetString(Letters, GroupLength - 3);
}
