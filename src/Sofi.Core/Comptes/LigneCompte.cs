namespace Sofi.Core.Comptes;

/// <summary>Where an account stands.</summary>
public enum EtatCompte
{
    /// <summary>It can sign in.</summary>
    Actif,

    /// <summary>Invited, its first password is awaited.</summary>
    Invite,

    /// <summary>Locked for a quarter of an hour after too many tries.</summary>
    Bloque,

    /// <summary>Deactivated: it signs in no more.</summary>
    Desactive,
}

/// <summary>An account in a list.</summary>
public sealed record LigneCompte
{
    /// <summary>Number of the account.</summary>
    public required int Id { get; init; }

    /// <summary>Displayed name.</summary>
    public required string Nom { get; init; }

    /// <summary>E-mail address.</summary>
    public required string Courriel { get; init; }

    /// <summary>What it may do.</summary>
    public required Role Role { get; init; }

    /// <summary>Where it stands.</summary>
    public required EtatCompte Etat { get; init; }

    /// <summary>When it last signed in (UTC).</summary>
    public required DateTime? DerniereConnexion { get; init; }

    /// <summary>True when it has a second factor.</summary>
    public required bool SecondFacteur { get; init; }

    /// <summary>Raison sociale of its first établissement; <c>null</c> without one.</summary>
    public required string? Organisme { get; init; }

    /// <summary>Number of its établissements.</summary>
    public required int NbEtablissements { get; init; }

    /// <summary>Folded name and address: search and sort.</summary>
    public required string Recherche { get; init; }
}

/// <summary>The words of roles and states, and of what the journal tells of an account.</summary>
public static class LibellesComptes
{
    private static readonly Dictionary<string, string> Events = new()
    {
        ["CompteCree"] = "Compte créé",
        ["CompteInvite"] = "Invitation envoyée",
        ["InvitationRenvoyee"] = "Invitation renvoyée",
        ["InvitationAcceptee"] = "Premier mot de passe choisi",
        ["CompteRattache"] = "Rattaché à un établissement",
        ["EtablissementsChanges"] = "Établissements changés",
        ["RoleChange"] = "Rôle changé",
        ["CompteVerrouille"] = "Compte bloqué après trop d’essais",
        ["CompteDeverrouille"] = "Compte débloqué",
        ["CompteDesactive"] = "Compte désactivé",
        ["CompteReactive"] = "Compte réactivé",
        ["ConnexionReussie"] = "Connexion",
        ["ConnexionRefusee"] = "Connexion refusée",
        ["Deconnexion"] = "Déconnexion",
        ["DeconnexionPartout"] = "Déconnexion partout",
        ["MotDePasseChange"] = "Mot de passe changé",
        ["MotDePasseDemande"] = "Nouveau mot de passe demandé",
        ["MotDePasseReinitialise"] = "Nouveau mot de passe choisi",
        ["SecondFacteurActive"] = "Second facteur activé",
        ["SecondFacteurDesactive"] = "Second facteur désactivé",
        ["SecondFacteurRetire"] = "Second facteur retiré",
        ["CodesSecoursRenouveles"] = "Codes de secours renouvelés",
        ["CodeSecoursUtilise"] = "Code de secours utilisé",
        ["PosteOuvert"] = "Poste d’un organisme ouvert",
        ["PosteQuitte"] = "Poste d’un organisme quitté",
    };

    /// <summary>Name of a role on the screen.</summary>
    public static string Libelle(this Role role) => role switch
    {
        Role.Redacteur => "Rédacteur",
        Role.Gestionnaire => "Gestionnaire",
        Role.Valideur => "Valideur du Cariforef",
        Role.Administrateur => "Administrateur du Cariforef",
        _ => "Région",
    };

    /// <summary>Name of a state on the screen.</summary>
    public static string Libelle(this EtatCompte etat) => etat switch
    {
        EtatCompte.Invite => "Invité",
        EtatCompte.Bloque => "Bloqué",
        EtatCompte.Desactive => "Désactivé",
        _ => "Actif",
    };

    /// <summary>What an event of the journal tells of an account.</summary>
    /// <param name="type">Type of the event.</param>
    public static string OfEvent(string type) => Events.GetValueOrDefault(type, type);
}
