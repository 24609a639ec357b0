namespace Sofi.Core.Data;

/// <summary>One reason to refuse a file, in French: where, what, how to fix it.</summary>
/// <param name="Fichier">Name of the file, without its folder.</param>
/// <param name="Ligne">Line in the file, from 1; 0 for the whole file.</param>
/// <param name="Colonne">Column, as its header writes it; <c>null</c> for the whole line.</param>
/// <param name="Valeur">Value found, shortened; <c>null</c> when there is none.</param>
/// <param name="Message">What is wrong and how to fix it.</param>
public sealed record ErreurFichier(string Fichier, int Ligne, string? Colonne, string? Valeur, string Message)
{
    /// <summary>"certifinfo.csv, ligne 12, colonne « code », valeur « abc » : ce n’est pas…"</summary>
    public override string ToString() =>
        Fichier + (Ligne > 0 ? $", ligne {Ligne}" : "") + (Colonne is null ? "" : $", colonne «\u00A0{Colonne}\u00A0»")
        + (Valeur is null ? "" : $", valeur «\u00A0{Valeur}\u00A0»") + "\u00A0: " + Message;
}

/// <summary>A file that Sofi refuses whole: nothing of it was written.</summary>
public sealed class FichierRefuseException(IReadOnlyList<ErreurFichier> erreurs) : Exception(string.Join(Environment.NewLine, erreurs))
{
    /// <summary>A refusal for one reason that concerns the whole file.</summary>
    public FichierRefuseException(string fichier, string message) : this([new ErreurFichier(fichier, 0, null, null, message)])
    {
    }

    /// <summary>Every reason found, in the order of the lines.</summary>
    public IReadOnlyList<ErreurFichier> Erreurs => erreurs;
}
