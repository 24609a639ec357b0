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
    /// <summary>True for an account of an organisme de formation.</summary>
    public bool EstOrganisme => Role is Role.Redacteur or Role.Gestionnaire;

    /// <summary>True for an account of the Cariforef.</summary>
    public bool EstCariforef => Role is Role.Valideur or Role.Administrateur;

    /// <summary>Her signature in the journal.</summary>
    public Auteur Auteur => new(CompteId, Nom);
}
