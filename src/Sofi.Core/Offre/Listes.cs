using Sofi.Core.Data;

namespace Sofi.Core.Offre;

/// <summary>One value of a closed list.</summary>
/// <param name="Code">Code stored, in snapshots and in the LHÉO feed.</param>
/// <param name="Libelle">Words on the screen.</param>
/// <param name="Vide">True for a value that counts as empty at sending ("type de parcours inconnu", decision 10).</param>
/// <param name="Propose">False for a code accepted on import but not offered on screen (decision 43).</param>
public sealed record Valeur(string Code, string Libelle, bool Vide = false, bool Propose = true);

/// <summary>A closed list: typed code, checked in the tests against the LHÉO tables.</summary>
/// <param name="TableLheo">Name of the LHÉO 2.3 table that its numeric codes come from; <c>null</c> for a list of SOFI or of Formacode.</param>
/// <param name="Valeurs">Values, in the order of the screen.</param>
public sealed record Liste(string? TableLheo, params Valeur[] Valeurs)
{
    /// <summary>Libellé of a code; the code itself when it is not in the list.</summary>
    public string Libelle(string? code) => Valeurs.FirstOrDefault(v => v.Code == code)?.Libelle ?? code ?? "";

    /// <summary>True when the code is one of the list.</summary>
    public bool Contains(string code) => Valeurs.Any(v => v.Code == code);

    /// <summary>True when the code counts as empty at sending.</summary>
    public bool EstVide(string code) => Valeurs.Any(v => v.Code == code && v.Vide);
}

/// <summary>The closed lists of the fiches. Codes are those of LHÉO 2.3 wherever it has a table; constants name those that code reads.</summary>
public static class Listes
{
    /// <summary>Oui / Non (LHÉO dict-boolean).</summary>
    public static readonly Liste OuiNon = new("dict-boolean", new(Oui, "Oui"), new(Non, "Non"));

    /// <summary>Oui.</summary>
    public const string Oui = "1";

    /// <summary>Non.</summary>
    public const string Non = "0";

    /// <summary>Objectif général (LHÉO dict-AIS); code 3 accepted on import only, 1 obsolete (decision 43).</summary>
    public static readonly Liste ObjectifGeneral = new("dict-AIS",
        new(ObjectifCertification, "Certification"), new("7", "Professionnalisation"), new("8", "Préparation à la qualification"),
        new("5", "Remise à niveau, maîtrise des savoirs de base, initiation"),
        new("9", "(Re)mobilisation, aide à l’élaboration de projet professionnel"),
        new("2", "Perfectionnement, élargissement des compétences"), new("4", "Création d’entreprise"),
        new("3", "Perfectionnement, élargissement des compétences", Propose: false));

    /// <summary>Certification: supposes a CertifInfo code.</summary>
    public const string ObjectifCertification = "6";

    /// <summary>Levels of entry and exit (LHÉO dict-niveaux): 1 and 11–18 offered, 0 and 2–8 accepted on import (decision 43).</summary>
    public static readonly Liste Niveaux = new("dict-niveaux",
        new(SansNiveau, "Sans niveau spécifique"), new("11", "Niveau 1 (savoirs de base)"), new("12", "Niveau 2"),
        new("13", "Niveau 3 (CAP, BEP)"), new("14", "Niveau 4 (Baccalauréat, BP)"), new("15", "Niveau 5 (BTS, DEUST)"),
        new("16", "Niveau 6 (Licence, BUT)"), new("17", "Niveau 7 (Master, diplôme d’ingénieur)"), new("18", "Niveau 8 (Doctorat)"),
        new("0", "Information non communiquée", Vide: true, Propose: false),
        new("2", "Niveau VI (illettrisme, analphabétisme)", Propose: false), new("3", "Niveau V bis (préqualification)", Propose: false),
        new("4", "Niveau V (CAP, BEP, CFPA du premier degré)", Propose: false), new("5", "Niveau IV (BP, BT, baccalauréat professionnel ou technologique)", Propose: false),
        new("6", "Niveau III (BTS, DUT)", Propose: false), new("7", "Niveau II (licence ou maîtrise universitaire)", Propose: false),
        new("8", "Niveau I (supérieur à la maîtrise)", Propose: false));

    /// <summary>"Sans niveau spécifique".</summary>
    public const string SansNiveau = "1";

    /// <summary>Validation de la formation: Partielle or Totale (decision 13 gives the LHÉO code).</summary>
    public static readonly Liste ValidationFormation = new(null, new(Partielle, "Partielle"), new(Totale, "Totale"));

    /// <summary>Some blocs, not all.</summary>
    public const string Partielle = "partielle";

    /// <summary>All blocs.</summary>
    public const string Totale = "totale";

    /// <summary>Type de module (LHÉO dict-type-module).</summary>
    public static readonly Liste TypeModule = new("dict-type-module",
        new("0", "Information inconnue", Vide: true), new("1", "Obligatoire"), new("2", "Personnalisable"));

    /// <summary>Type d'équipement (LHÉO dict-type-equipement).</summary>
    public static readonly Liste TypeEquipement = new("dict-type-equipement",
        new("1", "Protection de la tête"), new("2", "Protection des yeux"), new("3", "Protection des mains"), new("4", "Protection de l’ouïe"),
        new("5", "Protection du corps"), new("6", "Protection des pieds"), new("7", "Protection des voies respiratoires"), new("8", "Protection chutes"),
        new("9", "Outillage professionnel"), new("10", "Tenue professionnelle"), new("11", "Équipement numérique"), new("0", "Autre"));

    /// <summary>ESP, entrées et sorties (LHÉO dict-modalites-es has 0 and 1 only; cadencées is SOFI's, exported as 0 plus an extra, decision 40).</summary>
    public static readonly Liste Esp = new(null,
        new(EspDatesFixes, "Entrée/sortie à dates fixes"), new(EspCadencees, "Entrée/sortie cadencées ou séquencées"), new(EspPermanentes, "Entrée/sortie permanentes"));

    /// <summary>À dates fixes (LHÉO 0).</summary>
    public const string EspDatesFixes = "0";

    /// <summary>Cadencées ou séquencées (no LHÉO code).</summary>
    public const string EspCadencees = "cadencees";

    /// <summary>Permanentes (LHÉO 1).</summary>
    public const string EspPermanentes = "1";

    /// <summary>Rythmes (decision 47); codes of EDOF.</summary>
    public static readonly Liste Rythmes = new(null, new("5", "Temps plein"), new("6", "Temps partiel"), new("7", "Plusieurs rythmes"));

    /// <summary>Périodes de formation (Formacode 964xx).</summary>
    public static readonly Liste PeriodesFormation = new(null,
        new("96414", "Cours de jour"), new("96411", "Cours du soir"), new("96412", "Week-end"), new("96413", "Hors temps de travail"));

    /// <summary>Type de parcours (LHÉO dict-type-parcours), preset "type de parcours inconnu".</summary>
    public static readonly Liste TypeParcours = new("dict-type-parcours",
        new(ParcoursInconnu, "Type de parcours inconnu", Vide: true), new("4", "Mixte"), new("3", "Modulaire"), new("1", "En groupe (non personnalisable)"), new("2", "Individualisé"));

    /// <summary>"Type de parcours inconnu": counts as empty (decision 10); not a LHÉO code.</summary>
    public const string ParcoursInconnu = "inconnu";

    /// <summary>Modalités pédagogiques (decision 19): the procedure's three, then Formacode 961xx.</summary>
    public static readonly Liste ModalitesPedagogiques = new(null,
        new(EnEtablissement, "En établissement de formation"), new(EnEntreprise, "En entreprise"), new(Foad, "FOAD (formation ouverte et à distance)"),
        new("96124", "Autoformation"), new("96125", "Autoformation avec tutorat"), new("96126", "Autoformation sans tutorat"),
        new("96127", "Chantier école"), new(EnAlternance, "En alternance"), new("96133", "FOAD avec tutorat asynchrone"),
        new("96130", "FOAD avec tutorat synchrone"), new("96131", "FOAD sans tutorat"), new("96128", "Formation à distance"),
        new("96134", "Formation action"), new(SituationDeTravail, "Formation en situation de travail"),
        new("96132", "Pédagogie adaptée aux handicapés"), new("96149", "Séjour à l’étranger"));

    /// <summary>En établissement de formation (no Formacode; exported as text).</summary>
    public const string EnEtablissement = "etablissement";

    /// <summary>En entreprise (no Formacode; exported as text).</summary>
    public const string EnEntreprise = "entreprise";

    /// <summary>FOAD (Formacode 96129).</summary>
    public const string Foad = "96129";

    /// <summary>En alternance (Formacode 96142).</summary>
    public const string EnAlternance = "96142";

    /// <summary>Formation en situation de travail (Formacode 96147).</summary>
    public const string SituationDeTravail = "96147";

    /// <summary>Modalités pédagogiques that take place at a distance, wholly or in part (decision 29).</summary>
    public static readonly Codes ModalitesADistance = [Foad, "96128", "96130", "96131", "96133"];

    /// <summary>Modalités d'enseignement (LHÉO dict-modalites-enseignement).</summary>
    public static readonly Liste ModalitesEnseignement = new("dict-modalites-enseignement",
        new(EnPresentiel, "Formation en présentiel"), new("1", "Formation mixte"), new(ADistance, "Formation entièrement à distance"));

    /// <summary>En présentiel.</summary>
    public const string EnPresentiel = "0";

    /// <summary>Entièrement à distance.</summary>
    public const string ADistance = "2";

    /// <summary>Cycle de l'alternance: its unit (LHÉO dict-unite-rythme, decision 20).</summary>
    public static readonly Liste CycleAlternance = new("dict-unite-rythme",
        new("0", "Heure"), new("1", "Demi-journée"), new("2", "Journée"), new("3", "Semaine"), new("4", "Mois"));

    /// <summary>État du recrutement (LHÉO dict-etat-recrutement).</summary>
    public static readonly Liste EtatRecrutement = new("dict-etat-recrutement",
        new(RecrutementOuvert, "Ouvert"), new("3", "Suspendu"), new(RecrutementFerme, "Fermé"));

    /// <summary>Ouvert.</summary>
    public const string RecrutementOuvert = "1";

    /// <summary>Fermé.</summary>
    public const string RecrutementFerme = "2";

    /// <summary>Modalités de recrutement (LHÉO dict-modalite-recrutement); 0 counts as empty.</summary>
    public static readonly Liste ModalitesRecrutement = new("dict-modalite-recrutement",
        new(InformationCollective, "Information collective"), new("8", "Entretien ou rendez-vous individuel"), new("7", "Inscription sur candidature"),
        new("3", "Dossier"), new("4", "Tests pratiques"), new("5", "Épreuves écrites"), new("6", "Épreuves orales"), new("2", "Concours"),
        new("1", "Méthode de recrutement par simulation"), new("0", "Information inconnue", Vide: true, Propose: false));

    /// <summary>Information collective (LHÉO 9).</summary>
    public const string InformationCollective = "9";

    /// <summary>Périmètre de recrutement of an information collective (LHÉO dict-perimetre-recrutement).</summary>
    public static readonly Liste PerimetreRecrutement = new("dict-perimetre-recrutement",
        new("1", "Commune"), new("2", "Département"), new("3", "Région"), new("4", "Interrégion"), new("5", "Pays"), new("6", "International"), new("0", "Autres"));

    /// <summary>Type of a période d'inscription (procedure, Fiche Session).</summary>
    public static readonly Liste TypePeriodeInscription = new(null,
        new("candidature", "Candidature individuelle"), new("recrutement", "Recrutement"), new("inscription", "Inscription"));

    /// <summary>Kind of a dispositif (decision 44): names of <see cref="Programmes.NatureDispositif"/>.</summary>
    public static readonly Liste NatureDispositif = new(null,
        new(nameof(Programmes.NatureDispositif.ProgrammeRegional), "Programme régional"),
        new(nameof(Programmes.NatureDispositif.ContratApprentissage), "Contrat d'apprentissage"),
        new(nameof(Programmes.NatureDispositif.ContratProfessionnalisation), "Contrat de professionnalisation"),
        new(nameof(Programmes.NatureDispositif.FormationInitiale), "Formation initiale"),
        new(nameof(Programmes.NatureDispositif.Autre), "Autre financement, tout public"));

    /// <summary>État of the saisie of an action (decision 30): names of <see cref="EtatAction"/>.</summary>
    public static readonly Liste EtatsAction = new(null,
        new(nameof(EtatAction.EnCoursDeSaisie), "En cours de saisie"),
        new(nameof(EtatAction.EnAttenteValidation), "En attente de validation"),
        new(nameof(EtatAction.EnAttenteReponses), "En attente de réponses"),
        new(nameof(EtatAction.Validee), "Validée"),
        new(nameof(EtatAction.Refusee), "Refusée"));
}
