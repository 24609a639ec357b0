using Sofi.Core.Data;

namespace Sofi.Core.Offre;

/// <summary>Sheet of an établissement: what it is called, its official numbers, where it stands.</summary>
public sealed record FicheEtablissement
{
    /// <summary>SIRET, 14 digits, typed once.</summary>
    [Champ("ETA-SIRET", "SIRET", Etoile = true, Longueur = 14, Aide = "14 chiffres. Il ne change plus.", Consigne = "écrivez les 14 chiffres")]
    public string? Siret { get; init; }

    /// <summary>Raison sociale, up to 255 characters.</summary>
    [Champ("ETA-RAISON-SOCIALE", "Raison sociale", Etoile = true, Longueur = 255)]
    public string? RaisonSociale { get; init; }

    /// <summary>Name under which the public knows it, up to 255 characters.</summary>
    [Champ("ETA-NOM-COMMERCIAL", "Nom commercial", Longueur = 255, Aide = "Si le public vous connaît sous un autre nom.")]
    public string? NomCommercial { get; init; }

    /// <summary>Numéro de déclaration d'activité (LHÉO numero-activite, 11 characters).</summary>
    [Champ("ETA-NDA", "Numéro de déclaration d’activité", Longueur = 11, Aide = "11 caractères.")]
    public string? Nda { get; init; }

    /// <summary>UAI of a school or CFA, 8 characters.</summary>
    [Champ("ETA-UAI", "UAI", Longueur = 8, Aide = "Lycées et CFA : sept chiffres et une lettre.")]
    public string? Uai { get; init; }

    /// <summary>Categories of the Qualiopi certificate; none: not certified.</summary>
    [Champ("ETA-QUALIOPI", "Certification Qualiopi", Liste = nameof(Listes.Qualiopi), Aide = "Les catégories d’actions de votre certificat.")]
    public Codes Qualiopi { get; init; } = Codes.Aucun;

    /// <summary>Last day of the Qualiopi certificate.</summary>
    [Champ("ETA-QUALIOPI-FIN", "Certificat valable jusqu’au", Aide = "Exemple : 31/12/2027.")]
    public DateOnly? QualiopiJusquAu { get; init; }

    /// <summary>Number and street, up to 200 characters.</summary>
    [Champ("ETA-VOIE", "Numéro et voie", Longueur = 200)]
    public string? Voie { get; init; }

    /// <summary>The commune: one INSEE code.</summary>
    [Champ("ETA-COMMUNE", "Commune", Etoile = true, Ouverte = ListeOuverte.Communes, MaxValeurs = 1, Consigne = "cherchez la commune, puis choisissez-la")]
    public Codes Commune { get; init; } = Codes.Aucun;

    /// <summary>Postal code, five digits; without it the commune's first one.</summary>
    [Champ("ETA-CODE-POSTAL", "Code postal", Longueur = 5, Aide = "Sans indication, celui de la commune.")]
    public string? CodePostal { get; init; }

    /// <summary>General telephone number.</summary>
    [Champ("ETA-TELEPHONE", "Téléphone", Longueur = 25, Forme = Forme.Telephone)]
    public string? Telephone { get; init; }

    /// <summary>General e-mail address.</summary>
    [Champ("ETA-COURRIEL", "Courriel", Longueur = 254, Forme = Forme.Courriel)]
    public string? Courriel { get; init; }

    /// <summary>Web site.</summary>
    [Champ("ETA-SITE-WEB", "Site web", Longueur = 400, Forme = Forme.Adresse)]
    public string? SiteWeb { get; init; }

    /// <summary>Contact published when a session names none (decision 48).</summary>
    [Champ("ETA-CONTACT", "Contact principal", Ouverte = ListeOuverte.Contacts, Aide = "Publié quand une session n’a pas de contact à elle.")]
    public int? ContactPrincipal { get; init; }
}

/// <summary>A place of an établissement: where it teaches, and what one finds there.</summary>
public sealed record FicheLieu
{
    /// <summary>Name, up to 100 characters; "Principal" for the établissement's own address.</summary>
    [Champ("LIE-NOM", "Nom du lieu", Etoile = true, Longueur = 100, Aide = "Exemple : Antenne de Pornic.")]
    public string? Nom { get; init; }

    /// <summary>Number and street, up to 200 characters.</summary>
    [Champ("LIE-VOIE", "Numéro et voie", Longueur = 200)]
    public string? Voie { get; init; }

    /// <summary>The commune: one INSEE code.</summary>
    [Champ("LIE-COMMUNE", "Commune", Etoile = true, Ouverte = ListeOuverte.Communes, MaxValeurs = 1, Consigne = "cherchez la commune, puis choisissez-la")]
    public Codes Commune { get; init; } = Codes.Aucun;

    /// <summary>Postal code, five digits; without it the commune's first one.</summary>
    [Champ("LIE-CODE-POSTAL", "Code postal", Longueur = 5, Aide = "Sans indication, celui de la commune.")]
    public string? CodePostal { get; init; }

    /// <summary>Latitude, degrees (WGS 84), -90 to 90, six decimals.</summary>
    [Champ("LIE-LATITUDE", "Latitude", Min = -90, Max = 90, Decimales = 6, Aide = "En degrés. Exemple : 47,218371.")]
    public decimal? Latitude { get; init; }

    /// <summary>Longitude, degrees (WGS 84), -180 to 180, six decimals.</summary>
    [Champ("LIE-LONGITUDE", "Longitude", Min = -180, Max = 180, Decimales = 6, Aide = "En degrés, négative à l’ouest de Greenwich. Exemple : -1,553621.")]
    public decimal? Longitude { get; init; }

    /// <summary>How people with a disability are received, up to 250 characters (LHÉO acces-handicapes).</summary>
    [Champ("LIE-HANDICAP", "Accessibilité aux personnes handicapées", Longueur = 250, Forme = Forme.Texte, Lignes = 2)]
    public string? AccesHandicapes { get; init; }

    /// <summary>Meals, up to 250 characters (LHÉO restauration).</summary>
    [Champ("LIE-RESTAURATION", "Restauration", Longueur = 250, Forme = Forme.Texte, Lignes = 2)]
    public string? Restauration { get; init; }

    /// <summary>Lodging, up to 250 characters (LHÉO hebergement).</summary>
    [Champ("LIE-HEBERGEMENT", "Hébergement", Longueur = 250, Forme = Forme.Texte, Lignes = 2)]
    public string? Hebergement { get; init; }

    /// <summary>How to come, up to 250 characters (LHÉO transport).</summary>
    [Champ("LIE-TRANSPORT", "Transport", Longueur = 250, Forme = Forme.Texte, Lignes = 2, Aide = "Exemple : bus 23, arrêt Gare ; parking gratuit.")]
    public string? Transport { get; init; }
}

/// <summary>A contact of an établissement: a person or a desk.</summary>
public sealed record FicheContact
{
    /// <summary>Civilité (LHÉO civilite).</summary>
    [Champ("CON-CIVILITE", "Civilité", Liste = nameof(Listes.Civilites))]
    public string? Civilite { get; init; }

    /// <summary>Name of the person, or of the desk, up to 100 characters (LHÉO nom).</summary>
    [Champ("CON-NOM", "Nom", Etoile = true, Longueur = 100, Aide = "De la personne, ou du service. Exemple : Accueil.")]
    public string? Nom { get; init; }

    /// <summary>First name, up to 50 characters (LHÉO prenom).</summary>
    [Champ("CON-PRENOM", "Prénom", Longueur = 50)]
    public string? Prenom { get; init; }

    /// <summary>Function, up to 100 characters.</summary>
    [Champ("CON-FONCTION", "Fonction", Longueur = 100)]
    public string? Fonction { get; init; }

    /// <summary>Telephone number (LHÉO telfixe).</summary>
    [Champ("CON-TELEPHONE", "Téléphone", Longueur = 25, Forme = Forme.Telephone)]
    public string? Telephone { get; init; }

    /// <summary>Mobile telephone number (LHÉO portable).</summary>
    [Champ("CON-PORTABLE", "Téléphone portable", Longueur = 25, Forme = Forme.Telephone)]
    public string? Portable { get; init; }

    /// <summary>E-mail address (LHÉO courriel).</summary>
    [Champ("CON-COURRIEL", "Courriel", Longueur = 254, Forme = Forme.Courriel, Aide = "Une adresse générique convient.")]
    public string? Courriel { get; init; }

    /// <summary>What the contact answers for (LHÉO type-contact).</summary>
    [Champ("CON-TYPES", "Type de contact", Liste = nameof(Listes.TypesContact), Aide = "Un ou plusieurs.")]
    public Codes Types { get; init; } = Codes.Aucun;
}

/// <summary>An open day of an établissement ("portes ouvertes"): one date, on site or remote.</summary>
public sealed record FichePorteOuverte
{
    /// <summary>Title, up to 255 characters.</summary>
    [Champ("POR-TITRE", "Titre", Etoile = true, Longueur = 255, Aide = "Exemple : Portes ouvertes du campus.")]
    public string? Titre { get; init; }

    /// <summary>The day.</summary>
    [Champ("POR-DATE", "Date", Etoile = true, Aide = "Exemple : 15/03/2025.")]
    public DateOnly? Date { get; init; }

    /// <summary>Start.</summary>
    [Champ("POR-DEBUT", "Heure de début", Etoile = true, Aide = "Exemple : 9 h 30.")]
    public TimeOnly? HeureDebut { get; init; }

    /// <summary>End.</summary>
    [Champ("POR-FIN", "Heure de fin", Aide = "Exemple : 17 h.")]
    public TimeOnly? HeureFin { get; init; }

    /// <summary>Held at a distance.</summary>
    [Champ("POR-DISTANCE", "À distance", Etoile = true, Liste = nameof(Listes.OuiNon), Radio = true)]
    public string? ADistance { get; init; } = Listes.Non;

    /// <summary>Place, needed on site.</summary>
    [Champ("POR-LIEU", "Lieu", Ouverte = ListeOuverte.Lieux)]
    public int? LieuId { get; init; }

    /// <summary>Connection link, needed at a distance.</summary>
    [Champ("POR-URL", "Lien de connexion", Longueur = 400, Forme = Forme.Adresse)]
    public string? Url { get; init; }

    /// <summary>Whom it is for, up to 250 characters.</summary>
    [Champ("POR-PUBLIC", "Public", Longueur = 250, Aide = "À qui s’adresse la journée. Exemple : collégiens et leurs familles.")]
    public string? Public { get; init; }

    /// <summary>Registration link.</summary>
    [Champ("POR-INSCRIPTION", "Lien d’inscription", Longueur = 400, Forme = Forme.Adresse)]
    public string? LienInscription { get; init; }

    /// <summary>Registration mail.</summary>
    [Champ("POR-COURRIEL", "Courriel d’inscription", Longueur = 254, Forme = Forme.Courriel)]
    public string? CourrielInscription { get; init; }

    /// <summary>Comment, up to 500 characters.</summary>
    [Champ("POR-COMMENTAIRE", "Commentaire", Longueur = 500, Forme = Forme.Texte, Lignes = 3)]
    public string? Commentaire { get; init; }
}
