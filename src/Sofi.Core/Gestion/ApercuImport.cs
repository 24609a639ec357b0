using System.Security.Cryptography;
using System.Text.Json;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Core.Gestion;

/// <summary>What an import does with a line.</summary>
public enum IssueLigne
{
    /// <summary>A contact or place is created.</summary>
    Creee,

    /// <summary>One that exists changes.</summary>
    Modifiee,

    /// <summary>One that exists is already as the file says.</summary>
    Inchangee,
}

/// <summary>A line of a file of contacts or places, and what it does.</summary>
/// <param name="Feuille">Sheet: <c>contacts</c> or <c>lieux</c>.</param>
/// <param name="Ligne">Line, counted from 1.</param>
/// <param name="Libelle">Name of the contact or place.</param>
/// <param name="Numero">Its number; 0 for one that is created.</param>
/// <param name="Issue">What the line does.</param>
/// <param name="Changements">The values that it writes.</param>
public sealed record LigneImport(string Feuille, int Ligne, string Libelle, int Numero, IssueLigne Issue, IReadOnlyList<Changement> Changements);

/// <summary>What a file of contacts and places would do. A file with a fault does nothing at all.</summary>
/// <param name="Lignes">Its lines, in their order.</param>
/// <param name="Fautes">What is wrong, in the order of the lines.</param>
public sealed record ApercuImport(IReadOnlyList<LigneImport> Lignes, IReadOnlyList<FileFault> Fautes)
{
    /// <summary>True when the whole file may be applied.</summary>
    public bool EstApplicable => Fautes.Count == 0;

    /// <summary>Digest of what was shown: what is applied is that, or nothing.</summary>
    public string Empreinte => Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Lignes)));

    /// <summary>Lines of a sheet with an outcome.</summary>
    public IReadOnlyList<LigneImport> Of(IssueLigne issue) => [.. Lignes.Where(ligne => ligne.Issue == issue)];
}
