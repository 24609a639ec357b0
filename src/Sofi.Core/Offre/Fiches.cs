using Sofi.Core.Data;

namespace Sofi.Core.Offre;

/// <summary>
/// Fiche Formation (procedure, page 8): what is taught. With a CertifInfo code most of it is taken up from the certification and read-only;
/// a free formation types all of it.
/// </summary>
public sealed record FicheFormation
{
    /// <summary>Intitulé (LHÉO intitule-formation, 1 to 255 characters).</summary>
    [Champ("FOR-INTITULE", "Intitulé", Etoile = true, Longueur = 255)]
    public string? Intitule { get; init; }

    /// <summary>Objectif général (LHÉO objectif-general-formation, dict-AIS).</summary>
    [Champ("FOR-OBJECTIF-GENERAL", "Objectif général", Etoile = true, Liste = nameof(Listes.ObjectifGeneral))]
    public string? ObjectifGeneral { get; init; }

    /// <summary>Type de certification (CertifInfo, 114 types); without certification for a free formation (decision 49).</summary>
    [Champ("FOR-TYPE-CERTIFICATION", "Type de certification", Etoile = true, Ouverte = ListeOuverte.TypesCertification)]
    public string? TypeCertification { get; init; }

    /// <summary>Objectif (LHÉO objectif-formation, 1 to 3,000 characters).</summary>
    [Champ("FOR-OBJECTIF", "Objectif", Longueur = 3000, Forme = Forme.Texte, Lignes = 5)]
    public string? Objectif { get; init; }

    /// <summary>Programme (LHÉO contenu-formation, 1 to 3,000 characters).</summary>
    [Champ("FOR-PROGRAMME", "Programme", Longueur = 3000, Forme = Forme.Texte, Lignes = 6)]
    public string? Programme { get; init; }

    /// <summary>Résultats attendus (LHÉO resultats-attendus, 1 to 3,000 characters).</summary>
    [Champ("FOR-RESULTATS", "Résultats attendus", Longueur = 3000, Forme = Forme.Texte)]
    public string? ResultatsAttendus { get; init; }

    /// <summary>Formacodes, one to five, the first being the principal one (LHÉO code-FORMACODE).</summary>
    [Champ("FOR-FORMACODES", "Formacodes", Etoile = true, Ouverte = ListeOuverte.Formacodes, MaxValeurs = 5,
        Aide = "De un à cinq ; le premier est le principal.", Consigne = "choisissez au moins un Formacode")]
    public Codes Formacodes { get; init; } = Codes.Aucun;

    /// <summary>Niveau de sortie (LHÉO code-niveau-sortie, dict-niveaux).</summary>
    [Champ("FOR-NIVEAU-SORTIE", "Niveau de sortie", Etoile = true, Liste = nameof(Listes.Niveaux))]
    public string? NiveauSortie { get; init; }

    /// <summary>Souhaitez-vous individualiser le parcours par bloc de compétences (decision 13).</summary>
    [Champ("FOR-INDIVIDUALISER", "Souhaitez-vous individualiser le parcours par bloc de compétences", Etoile = true, Liste = nameof(Listes.OuiNon), Radio = true)]
    public string? IndividualiserBlocs { get; init; }

    /// <summary>Validation de la formation: partielle or totale (LHÉO validation-blocs, decision 13).</summary>
    [Champ("FOR-VALIDATION", "Validation de la formation", Etoile = true, Liste = nameof(Listes.ValidationFormation), Radio = true)]
    public string? ValidationFormation { get; init; }

    /// <summary>Blocs de compétences taken up, by code.</summary>
    [Champ("FOR-BLOCS", "Blocs de compétences", Ouverte = ListeOuverte.Blocs)]
    public Codes BlocsChoisis { get; init; } = Codes.Aucun;
}

/// <summary>Fiche Action (procedure, page 9): how the Site dispensateur delivers the formation.</summary>
public sealed record FicheAction
{
    /// <summary>Complément intitulé, up to 255 characters.</summary>
    [Champ("ACT-COMPLEMENT-INTITULE", "Complément intitulé", Longueur = 255,
        Aide = "À remplir uniquement si l’intitulé de la Fiche Formation n’est pas suffisant.")]
    public string? ComplementIntitule { get; init; }

    /// <summary>Complément programme, up to 3,000 characters.</summary>
    [Champ("ACT-COMPLEMENT-PROGRAMME", "Complément programme", Longueur = 3000, Forme = Forme.Texte, Lignes = 5,
        Aide = "Intégrer les informations complémentaires liées au programme et qui ne seraient pas visibles sur la fiche Formation.")]
    public string? ComplementProgramme { get; init; }

    /// <summary>Objectifs, up to 3,000 characters.</summary>
    [Champ("ACT-OBJECTIFS", "Objectifs", Longueur = 3000, Forme = Forme.Texte, Lignes = 5,
        Aide = "À remplir uniquement si les objectifs et programme de la Fiche Formation ne sont pas suffisants. Ne pas insérer de tableaux, caractères spéciaux, images, documents PDF…")]
    public string? Objectifs { get; init; }

    /// <summary>Résultats attendus, up to 3,000 characters (LHÉO resultats-attendus).</summary>
    [Champ("ACT-RESULTATS", "Résultats attendus", Longueur = 3000, Forme = Forme.Texte)]
    public string? ResultatsAttendus { get; init; }

    /// <summary>Mon + formation, up to 250 characters.</summary>
    [Champ("ACT-PLUS", "Mon + formation", Longueur = 250, Forme = Forme.Texte, Lignes = 2,
        Aide = "À compléter pour mettre en avant les points forts de votre offre de formation.")]
    public string? PlusFormation { get; init; }

    /// <summary>URL Vidéo: YouTube, or a file in MP4.</summary>
    [Champ("ACT-URL-VIDEO", "URL Vidéo", Longueur = 400, Forme = Forme.Video,
        Aide = "À renseigner si votre offre est présentée sous format vidéo (YouTube ou format MP4).")]
    public string? UrlVideo { get; init; }

    /// <summary>URL PDF: a leaflet.</summary>
    [Champ("ACT-URL-PDF", "URL PDF", Longueur = 400, Forme = Forme.Adresse,
        Aide = "À renseigner si vous souhaitez communiquer une plaquette d’information.")]
    public string? UrlPdf { get; init; }

    /// <summary>URL Action: the page that describes this action (LHÉO url-action).</summary>
    [Champ("ACT-URL-ACTION", "URL Action", Longueur = 400, Forme = Forme.Adresse,
        Aide = "Lien vers la page de votre site Internet qui décrit cette action.")]
    public string? UrlAction { get; init; }

    /// <summary>Niveau d'entrée (LHÉO code-niveau-entree, dict-niveaux), preset "Sans niveau spécifique".</summary>
    [Champ("ACT-NIVEAU-ENTREE", "Niveau d’entrée", Etoile = true, Liste = nameof(Listes.Niveaux),
        Aide = "S’il y en a plusieurs, choisissez le plus bas.")]
    public string? NiveauEntree { get; init; } = Listes.SansNiveau;

    /// <summary>Pré-requis: one or several items of the table kept by the Cariforef (decision 18).</summary>
    [Champ("ACT-PREREQUIS", "Pré-requis", Ouverte = ListeOuverte.Prerequis, Aide = "Sélectionnez un ou plusieurs items.")]
    public Codes Prerequis { get; init; } = Codes.Aucun;

    /// <summary>Commentaire Pré-requis, up to 3,000 characters (LHÉO conditions-specifiques).</summary>
    [Champ("ACT-COMMENTAIRE-PREREQUIS", "Commentaire Pré-requis", Longueur = 3000, Forme = Forme.Texte)]
    public string? CommentairePrerequis { get; init; }
}

/// <summary>One equipment of the Fiche Action (LHÉO equipement).</summary>
public sealed record FicheEquipement
{
    /// <summary>Type d'équipement (LHÉO dict-type-equipement).</summary>
    [Champ("ACT-EQUIPEMENT-TYPE", "Type d’équipement", Etoile = true, Liste = nameof(Listes.TypeEquipement),
        Aide = "Précisez les équipements nécessaires au suivi de la formation.")]
    public string? Type { get; init; }

    /// <summary>Coût indicatif, 0 to 99,999 €.</summary>
    [Champ("ACT-EQUIPEMENT-COUT", "Coût indicatif", Unite = "€")]
    public int? CoutIndicatif { get; init; }

    /// <summary>Commentaire équipement, up to 500 characters.</summary>
    [Champ("ACT-EQUIPEMENT-COMMENTAIRE", "Commentaire équipement", Longueur = 500, Forme = Forme.Texte, Lignes = 2)]
    public string? Commentaire { get; init; }
}

/// <summary>Fiche Session (procedure, page 10): dates, place, pace, recruitment and contacts of one session.</summary>
public sealed record FicheSession
{
    /// <summary>Site lieu: a place of the établissement (LHÉO lieu-de-formation).</summary>
    [Champ("SES-SITE-LIEU", "Site lieu", Etoile = true, Ouverte = ListeOuverte.Lieux,
        Aide = "Sélectionnez le Site lieu dans le menu déroulant (si vous en possédez plusieurs).")]
    public int? LieuId { get; init; }

    /// <summary>Date début (LHÉO periode/debut).</summary>
    [Champ("SES-DATE-DEBUT", "Date début", Etoile = true, Aide = "JJ/MM/AAAA.")]
    public DateOnly? DateDebut { get; init; }

    /// <summary>Date fin (LHÉO periode/fin).</summary>
    [Champ("SES-DATE-FIN", "Date fin", Etoile = true, Aide = "JJ/MM/AAAA.")]
    public DateOnly? DateFin { get; init; }

    /// <summary>ESP: entrées et sorties (LHÉO modalites-entrees-sorties).</summary>
    [Champ("SES-ESP", "ESP", Etoile = true, Liste = nameof(Listes.Esp), Aide = "Entrées et sorties : cadencées ou séquencées, ou à dates fixes.")]
    public string? Esp { get; init; }

    /// <summary>Rythmes.</summary>
    [Champ("SES-RYTHMES", "Rythmes", Etoile = true, Liste = nameof(Listes.Rythmes))]
    public string? Rythmes { get; init; }

    /// <summary>Périodes de formations (Formacode 964xx).</summary>
    [Champ("SES-PERIODES", "Périodes de formations", Etoile = true, Liste = nameof(Listes.PeriodesFormation), Consigne = "cochez au moins une période")]
    public Codes PeriodesFormation { get; init; } = Codes.Aucun;

    /// <summary>Type de parcours (LHÉO parcours-de-formation).</summary>
    [Champ("SES-PARCOURS", "Type de parcours", Etoile = true, Liste = nameof(Listes.TypeParcours))]
    public string? TypeParcours { get; init; } = Listes.ParcoursInconnu;

    /// <summary>Modalités pédagogiques, one to five (LHÉO modalites-pedagogiques, code-modalite-pedagogique).</summary>
    [Champ("SES-PEDAGOGIE", "Modalités pédagogiques", Etoile = true, Liste = nameof(Listes.ModalitesPedagogiques), MaxValeurs = 5,
        Consigne = "cochez au moins une modalité", Aide = "En établissement de formation, en entreprise et éventuellement FOAD.")]
    public Codes ModalitesPedagogiques { get; init; } = Codes.Aucun;

    /// <summary>Modalités d'enseignement (LHÉO modalites-enseignement).</summary>
    [Champ("SES-ENSEIGNEMENT", "Modalités d’enseignement", Etoile = true, Liste = nameof(Listes.ModalitesEnseignement),
        Aide = "En présentiel, entièrement à distance ou mixte.")]
    public string? ModalitesEnseignement { get; init; } = Listes.EnPresentiel;

    /// <summary>Durée en centre, hours, 0 to 99,999 (LHÉO nombre-heures-centre).</summary>
    [Champ("SES-DUREE-CENTRE", "Durée en centre (en h)", Etoile = true, Unite = "h", Consigne = "indiquez un nombre d’heures")]
    public int? DureeCentre { get; init; }

    /// <summary>Durée en entreprise, hours, 0 to 99,999 (LHÉO nombre-heures-entreprise).</summary>
    [Champ("SES-DUREE-ENTREPRISE", "Durée en entreprise (en h)", Etoile = true, Unite = "h", Consigne = "indiquez un nombre d’heures, 0 si aucune")]
    public int? DureeEntreprise { get; init; }

    /// <summary>Durée hebdo, hours, 0 to 100.</summary>
    [Champ("SES-DUREE-HEBDO", "Durée hebdo", Unite = "h", Max = 100)]
    public int? DureeHebdo { get; init; }

    /// <summary>Commentaire durée, up to 500 characters (decision 47).</summary>
    [Champ("SES-COMMENTAIRE-DUREE", "Commentaire durée", Longueur = 500, Forme = Forme.Texte, Lignes = 2)]
    public string? CommentaireDuree { get; init; }

    /// <summary>Cycle de l'alternance: its unit (decision 20).</summary>
    [Champ("SES-ALTERNANCE-CYCLE", "Cycle de l’alternance", Liste = nameof(Listes.CycleAlternance), Aide = "L’unité du cycle : une semaine en centre, deux en entreprise se disent en semaines.")]
    public string? CycleAlternance { get; init; }

    /// <summary>Unité entreprise: number of units in company, 0 to 99,999 (decision 20).</summary>
    [Champ("SES-ALTERNANCE-ENTREPRISE", "Unité entreprise", Etoile = true, Consigne = "indiquez combien d’unités se passent en entreprise, 0 si aucune")]
    public int? UniteEntreprise { get; init; } = 0;

    /// <summary>Unité centre: number of units in the centre, 0 to 99,999 (decision 20).</summary>
    [Champ("SES-ALTERNANCE-CENTRE", "Unité centre")]
    public int? UniteCentre { get; init; } = 0;

    /// <summary>Recrutement: ouvert, suspendu or fermé (LHÉO etat-recrutement).</summary>
    [Champ("SES-RECRUTEMENT", "Recrutement", Etoile = true, Liste = nameof(Listes.EtatRecrutement), Radio = true, Aide = "État du recrutement : ouvert, suspendu ou fermé.")]
    public string? EtatRecrutement { get; init; } = Listes.RecrutementOuvert;

    /// <summary>Modalité de recrutement (LHÉO modalite-recrutement).</summary>
    [Champ("SES-MODALITES-RECRUTEMENT", "Modalité de recrutement", Etoile = true, Liste = nameof(Listes.ModalitesRecrutement),
        Consigne = "cochez au moins une modalité", Aide = "Une ou plusieurs modalités à sélectionner.")]
    public Codes ModalitesRecrutement { get; init; } = Codes.Aucun;

    /// <summary>Référent PMR: a contact (LHÉO type-contact 1).</summary>
    [Champ("SES-REFERENT-PMR", "Référent PMR", Etoile = true, Ouverte = ListeOuverte.Contacts)]
    public int? ReferentPmr { get; init; }

    /// <summary>Référent PRF (programme régional de formation): a contact, not public (decision 26).</summary>
    [Champ("SES-REFERENT-PRF", "Référent PRF", Ouverte = ListeOuverte.Contacts, NonPublie = true, Aide = "Programme régional de formation. Non publié.")]
    public int? ReferentPrf { get; init; }

    /// <summary>Mail de liaison, not public (decision 26).</summary>
    [Champ("SES-MAIL-LIAISON", "Mail de liaison", Longueur = 254, Forme = Forme.Courriel, NonPublie = true, Aide = "Non publié. Exemple : nom@organisme.fr.")]
    public string? MailLiaison { get; init; }

    /// <summary>Référent mobilité: a contact (LHÉO type-contact 2).</summary>
    [Champ("SES-REFERENT-MOBILITE", "Référent mobilité", Etoile = true, Ouverte = ListeOuverte.Contacts)]
    public int? ReferentMobilite { get; init; }

    /// <summary>Contact de la session (decision 48); without it the établissement's principal contact is published.</summary>
    [Champ("SES-CONTACT", "Contact de la session", Ouverte = ListeOuverte.Contacts, Aide = "Sans choix, le contact principal de l’établissement est publié.")]
    public int? ContactSession { get; init; }

    /// <summary>True when taught mixte or à distance, or with FOAD (decision 29).</summary>
    public bool EstADistance() => ModalitesEnseignement is not null and not Listes.EnPresentiel || ModalitesPedagogiques.Any(Listes.ModalitesADistance.Contains);

    /// <summary>Total hours: centre plus company; <c>null</c> while both are empty.</summary>
    public int? DureeTotale() => DureeCentre is null && DureeEntreprise is null ? null : (DureeCentre ?? 0) + (DureeEntreprise ?? 0);
}

/// <summary>One information collective of a session (LHÉO session/recrutement, modalité 9).</summary>
public sealed record FicheInformationCollective
{
    /// <summary>Day of the meeting.</summary>
    [Champ("SES-INFO-DATE", "Date de l’information collective", Etoile = true, Aide = "JJ/MM/AAAA.")]
    public DateOnly? Date { get; init; }

    /// <summary>Start (LHÉO heure-debut).</summary>
    [Champ("SES-INFO-DEBUT", "Heure de début", Etoile = true, Aide = "Exemple : 9 h 30.")]
    public TimeOnly? HeureDebut { get; init; }

    /// <summary>End (LHÉO heure-fin).</summary>
    [Champ("SES-INFO-FIN", "Heure de fin")]
    public TimeOnly? HeureFin { get; init; }

    /// <summary>Seats, 1 to 99,999.</summary>
    [Champ("SES-INFO-PLACES", "Nombre de places", Min = 1)]
    public int? NbPlaces { get; init; }

    /// <summary>Held at a distance (LHÉO a-distance).</summary>
    [Champ("SES-INFO-DISTANCE", "À distance", Etoile = true, Liste = nameof(Listes.OuiNon), Radio = true)]
    public string? ADistance { get; init; } = Listes.Non;

    /// <summary>Lieu: a postal address, needed on site; up to 200 characters.</summary>
    [Champ("SES-INFO-LIEU", "Lieu", Longueur = 200, Aide = "Adresse complète, avec le code postal et la commune.")]
    public string? Lieu { get; init; }

    /// <summary>Connection link, needed at a distance.</summary>
    [Champ("SES-INFO-URL", "Lien de connexion", Longueur = 400, Forme = Forme.Adresse)]
    public string? Url { get; init; }

    /// <summary>Périmètre de recrutement (LHÉO code-perimetre-recrutement).</summary>
    [Champ("SES-INFO-PERIMETRE", "Périmètre de recrutement", Liste = nameof(Listes.PerimetreRecrutement))]
    public string? Perimetre { get; init; }

    /// <summary>Detail of the périmètre, up to 50 characters.</summary>
    [Champ("SES-INFO-PERIMETRE-DETAIL", "Précision sur le périmètre", Longueur = 50)]
    public string? PerimetreDetail { get; init; }

    /// <summary>Comment, up to 500 characters.</summary>
    [Champ("SES-INFO-COMMENTAIRE", "Commentaire", Longueur = 500, Forme = Forme.Texte, Lignes = 2)]
    public string? Commentaire { get; init; }
}

/// <summary>One période d'inscription of a session (LHÉO periode-inscription).</summary>
public sealed record FichePeriodeInscription
{
    /// <summary>Type: candidature individuelle, recrutement or inscription.</summary>
    [Champ("SES-INSC-TYPE", "Type de période", Etoile = true, Liste = nameof(Listes.TypePeriodeInscription))]
    public string? Type { get; init; }

    /// <summary>First day.</summary>
    [Champ("SES-INSC-DEBUT", "Début de la période", Etoile = true)]
    public DateOnly? Debut { get; init; }

    /// <summary>Last day.</summary>
    [Champ("SES-INSC-FIN", "Fin de la période")]
    public DateOnly? Fin { get; init; }
}

/// <summary>Fiche Dispositif (procedure, page 11): seats and fees of a session under one scheme.</summary>
public sealed record FicheDispositif
{
    /// <summary>Publics visés, Formacode 8xxxx, one to ten; read-only and taken from the programme for a regional one (LHÉO code-public-vise).</summary>
    [Champ("DIS-PUBLICS", "Publics", Etoile = true, Ouverte = ListeOuverte.Publics, MaxValeurs = 10, Consigne = "choisissez au moins un public")]
    public Codes Publics { get; init; } = Codes.Aucun;

    /// <summary>Nb places dispositif, up to 99,999 (LHÉO nb-places-financees); 0 counts as empty (decision 10).</summary>
    [Champ("DIS-PLACES", "Nb places dispositif", Etoile = true, ZeroVide = true, Consigne = "indiquez le nombre de places",
        Aide = "À indiquer obligatoirement : cf. bon de commande Région et tableau de programmation annexé.")]
    public int? NbPlaces { get; init; }

    /// <summary>Nb places restantes, 0 to 99,999; defaults to the seats (decision 23).</summary>
    [Champ("DIS-RESTANTES", "Nb places restantes", Aide = "Sans indication, toutes les places.")]
    public int? NbPlacesRestantes { get; init; }

    /// <summary>Effectif minimal, 0 to 99,999 (LHÉO).</summary>
    [Champ("DIS-EFFECTIF", "Effectif Minimal")]
    public int? EffectifMinimal { get; init; }

    /// <summary>Capacité simultanée, 0 to 99,999 (LHÉO).</summary>
    [Champ("DIS-CAPACITE", "Capacité Simultanée")]
    public int? CapaciteSimultanee { get; init; }

    /// <summary>Frais HT, 0 to 999,999.99 €.</summary>
    [Champ("DIS-FRAIS-HT", "Frais HT", Max = 999999.99, Unite = "€")]
    public decimal? FraisHt { get; init; }

    /// <summary>Taux TVA, 0 to 100 %, two decimals; 0 by default (exempt, decision 24).</summary>
    [Champ("DIS-TVA", "Taux TVA", Max = 100, Unite = "%")]
    public decimal? TauxTva { get; init; } = 0;

    /// <summary>Montant total des frais additionnels non pris en charge, 0 to 999,999.99 €.</summary>
    [Champ("DIS-ADDITIONNELS", "Montant total des frais additionnels non pris en charge", Max = 999999.99, Unite = "€")]
    public decimal? FraisAdditionnels { get; init; }

    /// <summary>Frais afférents au passage de la certification: included in the additional fees or not (decision 24).</summary>
    [Champ("DIS-CERTIFICATION", "Frais afférents au passage de la certification", Liste = nameof(Listes.OuiNon), Radio = true)]
    public string? FraisCertification { get; init; }

    /// <summary>Prise en charge des frais pédagogiques (LHÉO prise-en-charge-frais-possible).</summary>
    [Champ("DIS-PRISE-EN-CHARGE", "Prise en charge des frais pédagogiques", Liste = nameof(Listes.OuiNon), Radio = true)]
    public string? PriseEnCharge { get; init; }

    /// <summary>Détails des frais additionnels non pris en charge, up to 3,000 characters.</summary>
    [Champ("DIS-DETAIL-ADDITIONNELS", "Détails des frais additionnels non pris en charge", Longueur = 3000, Forme = Forme.Texte, Lignes = 3)]
    public string? DetailFraisAdditionnels { get; init; }

    /// <summary>Frais TTC: HT plus TVA, two decimals, half up; never typed (decision 24). <c>null</c> without HT.</summary>
    public decimal? FraisTtc() => FraisHt is { } ht ? Math.Round(ht * (1 + (TauxTva ?? 0) / 100), 2, MidpointRounding.AwayFromZero) : null;
}
