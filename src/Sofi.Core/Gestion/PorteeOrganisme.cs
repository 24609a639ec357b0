using Sofi.Core.Comptes;
using Sofi.Core.Organismes;

namespace Sofi.Core.Gestion;

/// <summary>
/// Whose desk a person reads and keeps: a rédacteur reads that of her établissements, a gestionnaire keeps those of her organisation (decision 45),
/// the administrateur of the Cariforef keeps all. An établissement outside is a 404.
/// </summary>
public static class PorteeOrganisme
{
    /// <summary>The établissements whose desk the person reads.</summary>
    public static IQueryable<Etablissement> VisibleTo(this IQueryable<Etablissement> etablissements, Utilisateur utilisateur) =>
        utilisateur.Role == Role.Administrateur ? etablissements : etablissements.Where(e => utilisateur.Etablissements.Contains(e.Numero));

    /// <summary>True when the person reads the desk of an établissement.</summary>
    public static bool CanRead(this Utilisateur utilisateur, int etablissement) =>
        utilisateur.Role == Role.Administrateur || (utilisateur.EstOrganisme && utilisateur.Etablissements.Contains(etablissement));

    /// <summary>True when the person keeps the desk of an établissement.</summary>
    public static bool CanManage(this Utilisateur utilisateur, int etablissement) =>
        utilisateur.Role == Role.Administrateur || (utilisateur.Role == Role.Gestionnaire && utilisateur.Etablissements.Contains(etablissement));
}
