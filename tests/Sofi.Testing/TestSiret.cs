using Sofi.Core.Organismes;

namespace Sofi.Testing;

/// <summary>SIRETs that are valid and never given twice in a run: each test makes its own organisations.</summary>
public static class TestSiret
{
    private static int last;

    /// <summary>The SIRET of the first établissement of a new organisation.</summary>
    public static string Next()
    {
        var prefix = $"80{Interlocked.Increment(ref last):000000}";
        return Sibling(WithKey(prefix, Identifiants.IsSiren), 1);
    }

    /// <summary>The SIRET of another établissement of the organisation of <paramref name="siret"/> (or of a SIREN).</summary>
    /// <param name="siret">A SIRET or SIREN of the organisation.</param>
    /// <param name="rank">Rank of the établissement, 1 to 9999.</param>
    public static string Sibling(string siret, int rank) => WithKey($"{siret[..9]}{rank:0000}", Identifiants.IsSiret);

    private static string WithKey(string prefix, Func<string, bool> isRight) =>
        Enumerable.Range(0, 10).Select(key => $"{prefix}{key}").Single(isRight);
}
