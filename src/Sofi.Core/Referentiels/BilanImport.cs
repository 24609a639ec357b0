using System.Globalization;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Core.Referentiels;

/// <summary>What an import did to one kind of object.</summary>
/// <param name="Objet">Kind of object, as the report names it.</param>
/// <param name="Crees">Created.</param>
/// <param name="Modifies">Changed.</param>
/// <param name="Inchanges">Already as the file says.</param>
/// <param name="Absents">In the database, not in the file, and left as they are.</param>
public sealed record DecompteImport(string Objet, int Crees, int Modifies, int Inchanges, int Absents)
{
    /// <summary>"Certifications : 12 ajouts, 3 modifications, 12 414 sans changement, 5 hors du fichier."</summary>
    public override string ToString() => string.Create(CultureInfo.GetCultureInfo("fr-FR"),
        $"{Objet}\u00A0: {Crees:N0} ajout{S(Crees)}, {Modifies:N0} modification{S(Modifies)}, {Inchanges:N0} sans changement, {Absents:N0} hors du fichier.");

    /// <summary>Counts objects by comparing what was there with what is there now.</summary>
    /// <param name="objet">Kind of object.</param>
    /// <param name="before">Values before, by key.</param>
    /// <param name="after">Values after, by key; a key that is gone counts as changed.</param>
    /// <param name="seen">Keys that the file names.</param>
    internal static DecompteImport Of<TKey, TValue>(string objet, IReadOnlyDictionary<TKey, TValue> before, IReadOnlyDictionary<TKey, TValue> after, IReadOnlySet<TKey> seen)
        where TKey : notnull
    {
        var same = before.Where(b => after.TryGetValue(b.Key, out var value) && EqualityComparer<TValue>.Default.Equals(b.Value, value)).Select(b => b.Key).ToList();
        var unchanged = same.Count(seen.Contains);
        return new DecompteImport(objet, after.Keys.Count(key => !before.ContainsKey(key)), before.Count - same.Count, unchanged, same.Count - unchanged);
    }

    private static string S(int count) => count > 1 ? "s" : "";
}

/// <summary>The short report of an import.</summary>
/// <param name="Fichier">Name of the file or folder.</param>
/// <param name="Decomptes">Counts, by kind of object.</param>
/// <param name="Avertissements">Values passed over, the first of them; the import took the rest of their line.</param>
public sealed record BilanImport(string Fichier, IReadOnlyList<DecompteImport> Decomptes, IReadOnlyList<FileFault> Avertissements)
{
    /// <summary>True when the file changed nothing.</summary>
    public bool RienDeNouveau => Decomptes.All(d => d.Crees + d.Modifies == 0);

    /// <summary>The counts as the journal keeps them.</summary>
    internal IReadOnlyList<Changement> ToChanges() => RienDeNouveau ? [] : [.. Decomptes.SelectMany(d => new Changement[]
    {
        new(d.Objet + ".Crees", null, d.Crees.ToString(CultureInfo.InvariantCulture)),
        new(d.Objet + ".Modifies", null, d.Modifies.ToString(CultureInfo.InvariantCulture)),
        new(d.Objet + ".Inchanges", null, d.Inchanges.ToString(CultureInfo.InvariantCulture)),
    })];

    /// <inheritdoc/>
    public override string ToString() => string.Join(Environment.NewLine, [Fichier, .. Decomptes.Select(d => "  " + d), .. Avertissements.Select(a => "  Avertissement : " + a)]);
}
