using System.Globalization;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Core.Referentiels;

/// <summary>What an import did to one kind of object.</summary>
/// <param name="Objet">Kind of object, as the report names it.</param>
/// <param name="Crees">Created.</param>
/// <param name="Modifies">Changed.</param>
/// <param name="Inchanges">Already as the file says.</param>
/// <param name="Absents">In the database, not in the file: left as they are.</param>
public sealed record DecompteImport(string Objet, int Crees, int Modifies, int Inchanges, int Absents)
{
    /// <summary>"Certifications : 12 ajouts, 3 modifications, 12 414 sans changement, 5 hors du fichier."</summary>
    public override string ToString() => string.Create(CultureInfo.GetCultureInfo("fr-FR"),
        $"{Objet}\u00A0: {Crees:N0} ajout{S(Crees)}, {Modifies:N0} modification{S(Modifies)}, {Inchanges:N0} sans changement, {Absents:N0} hors du fichier.");

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
