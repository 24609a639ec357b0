using Sofi.Core.Journal;

namespace Sofi.Core.Comptes;

/// <summary>
/// The signed-in person as services see her: role and reach, resolved once per request. A value: it never touches the database.
/// </summary>
/// <param name="CompteId">Number of the account.</param>
/// <param name="Nom">Displayed name.</param>
/// <param name="Role">What she may do.</param>
/// <param name="Etablissements">Numbers of the établissements within her reach; empty for the Cariforef and the Région, who are not limited by it.</param>
/// <param name="EtablissementCourant">Établissement chosen in the switcher; <c>null</c> for the Cariforef and the Région.</param>
public sealed record Utilisateur(int CompteId, string Nom, Role Role, IReadOnlyList<int> Etablissements, int? EtablissementCourant)
{
    private const int NomMaximum = 200;

    /// <summary>Organisation whose desk someone of the Cariforef has opened: she then has its reach; <c>null</c> for a person in her own work.</summary>
    public string? Poste { get; init; }

    /// <summary>True for a desk that is only read: nothing can be changed from it.</summary>
    public bool LectureSeule { get; init; }

    /// <summary>True for an account of an organisme de formation.</summary>
    public bool EstOrganisme => Role is Role.Redacteur or Role.Gestionnaire;

    /// <summary>True for an account of the Cariforef.</summary>
    public bool EstCariforef => Role is Role.Valideur or Role.Administrateur;

    /// <summary>Her signature in the journal; at an organisation's desk it names both.</summary>
    public Auteur Auteur => Poste is null ? new(CompteId, Nom) : new(CompteId, Cut($"{Nom} (Cariforef), pour {Poste}"));

    private static string Cut(string nom) => nom.Length <= NomMaximum ? nom : nom[..NomMaximum];
}
