using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Core.Offre.Regles;
using Sofi.Core.Programmes;

namespace Sofi.Core.Tests.Offre.Regles;

/// <summary>One case of a rule written by hand: the nearest offer that it lets pass, the one that it stops, and what it says.</summary>
/// <param name="Code">Code of the rule.</param>
/// <param name="Holds">Changes the faultless offer to the nearest one that passes.</param>
/// <param name="Breaks">Changes the faultless offer to one that is stopped.</param>
/// <param name="Message">What the rule says of it.</param>
public sealed record Cas(string Code, Func<Contexte, Contexte> Holds, Func<Contexte, Contexte> Breaks, string Message);

/// <summary>Rules of coherence, as a table.</summary>
public class ReglesEcritesTests
{
    private static readonly Codes AllBlocs = ["RNCP39266BC01", "RNCP39266BC02", "RNCP39266BC03"];

    internal static readonly IReadOnlyList<Cas> Tous =
    [
        // Fiche Formation
        new("FOR-INTITULE-10", Same, c => c.Formation(f => f with { CertificationPubliee = false, Remplacants = ["106627", "106628"] }),
            "Intitulé : le code Certifinfo 93561 a été remplacé par 106627 ou 106628 ; voyez avec le service Offre du Cariforef."),
        new("FOR-INTITULE-10", Same, c => c.Formation(f => f with { CertificationPubliee = false }),
            "Intitulé : le code Certifinfo 93561 n’est plus publié ; voyez avec le service Offre du Cariforef."),
        new("FOR-OBJECTIF-GENERAL-10", c => c.Formation(Free).Formation(f => f with { ObjectifGeneral = "4" }), c => c.Formation(Free),
            "Objectif général : « Certification » suppose une référence Certifinfo et la formation n’en a pas ; vérifiez votre choix."),
        new("FOR-OBJECTIF-10", c => c.Formation(f => f with { Objectif = null }), c => c.Formation(Free).Formation(f => f with { Objectif = null }),
            "Objectif : nécessaire sans référence Certifinfo ; remplissez ce champ."),
        new("FOR-PROGRAMME-10", c => c.Formation(f => f with { Programme = null }), c => c.Formation(Free).Formation(f => f with { Programme = null }),
            "Programme : nécessaire sans référence Certifinfo ; remplissez ce champ."),
        new("FOR-RESULTATS-10", c => c.Formation(f => f with { ResultatsAttendus = null }), c => c.Formation(Free).Formation(f => f with { ResultatsAttendus = null }),
            "Résultats attendus : nécessaire sans référence Certifinfo ; remplissez ce champ."),
        new("FOR-BLOCS-10", c => c.Formation(f => f with { BlocsChoisis = ["RNCP39266BC03"] }), c => c.Formation(f => f with { BlocsChoisis = [] }),
            "Blocs de compétences : 0 coché sur 3 pour une validation partielle ; cochez au moins un bloc, mais pas tous, ou choisissez « Totale »."),
        new("FOR-BLOCS-10", c => c.Formation(NoBloc).Formation(f => f with { BlocsChoisis = [] }), c => c.Formation(f => f with { BlocsChoisis = AllBlocs }),
            "Blocs de compétences : 3 cochés sur 3 pour une validation partielle ; cochez au moins un bloc, mais pas tous, ou choisissez « Totale »."),
        new("FOR-BLOCS-11", c => c.Formation(f => f with { ValidationFormation = "totale", BlocsChoisis = ["RNCP39266BC01"] }),
            c => c.Formation(f => f with { ValidationFormation = "totale", BlocsChoisis = [] }),
            "Blocs de compétences : le parcours est individualisé ; cochez au moins un bloc."),
        new("FOR-BLOCS-12", c => c.Formation(f => f with { IndividualiserBlocs = "0", ValidationFormation = "totale", BlocsChoisis = AllBlocs }),
            c => c.Formation(f => f with { IndividualiserBlocs = "0", ValidationFormation = "totale", BlocsChoisis = ["RNCP39266BC01"] }),
            "Blocs de compétences : 1 coché sur 3 pour une validation totale, sans individualisation ; cochez tous les blocs ou aucun, ou choisissez « Partielle »."),

        // Fiche Action
        new("ACT-COMPLEMENT-PROGRAMME-10", c => c.Action(a => a with { ComplementProgramme = null }),
            c => c.Formation(f => f with { Programme = null }).Action(a => a with { ComplementProgramme = null }),
            "Complément programme : la fiche Certifinfo ne donne pas ce texte ; écrivez-le ici."),
        new("ACT-OBJECTIFS-10", c => c.Formation(Free).Formation(f => f with { Objectif = null }).Action(a => a with { Objectifs = null }),
            c => c.Formation(f => f with { Objectif = null }).Action(a => a with { Objectifs = null }),
            "Objectifs : la fiche Certifinfo ne donne pas ce texte ; écrivez-le ici."),
        new("ACT-RESULTATS-10", c => c.Formation(f => f with { ResultatsAttendus = null }),
            c => c.Formation(f => f with { ResultatsAttendus = null }).Action(a => a with { ResultatsAttendus = null }),
            "Résultats attendus : la fiche Certifinfo ne donne pas ce texte ; écrivez-le ici."),
        new("ACT-PLUS-10", Same, c => c.Action(a => a with { PlusFormation = null }),
            "Mon + formation : rien n’est écrit ; dites en 250 caractères les points forts de votre offre."),
        new("ACT-PREREQUIS-10", c => c.Action(a => a with { Prerequis = ["permis-b"] }).Programme(p => p with { Prerequis = [] }), c => c.Action(a => a with { Prerequis = ["permis-b"] }),
            "Pré-requis : « Être titulaire du permis de conduire B » ne fait pas partie des items du programme ; vérifiez votre choix."),
        new("ACT-PREREQUIS-11", c => c.Action(a => a with { Prerequis = [] }), c => c.Action(a => a with { Prerequis = [], CommentairePrerequis = null }),
            "Pré-requis : rien n’est indiqué et le public lira « aucune » condition ; choisissez un item ou écrivez un commentaire."),
        new("ACT-CERTIFINFO-10", c => c.Programme(p => p with { CodesCertifinfo = [] }).Dispositif(d => d with { Lot = OffreEssai.Lot with { CodesCertifinfo = [] } }).Formation(Free),
            c => c.Formation(f => f with { CodeCertifinfo = 54649 }),
            "Code Certifinfo : 54649 n’est pas admis sur le lot PE2025_12 ; choisissez une formation du lot."),
        new("ACT-CERTIFINFO-10", c => c.Formation(Free).Session(s => s with { Dispositifs = [OffreEssai.AutreDispositif(NatureDispositif.Autre)] }).Action(a => a with { Lot = null }),
            c => c.Formation(Free),
            "Code Certifinfo : le lot PE2025_12 en demande un ; choisissez une formation du lot."),
        new("ACT-CERTIFINFO-10", c => c.Formation(f => f with { CodeCertifinfo = 54649 }).Session(s => s with { MiseDeCote = true }).Action(a => a with { Lot = null }),
            c => c.Dispositif(d => d with { Lot = OffreEssai.Lot with { CodesCertifinfo = [] } }).Programme(p => p with { CodesCertifinfo = ["54649"] }),
            "Code Certifinfo : 93561 n’est pas admis sur le lot PE2025_12 ; choisissez une formation du lot."),
        new("ACT-SESSIONS-10", Same, c => c.Session(s => s with { MiseDeCote = true }),
            "Sessions : aucune n’est à envoyer ; ajoutez une session ou reprenez une session mise de côté."),
        new("ACT-SESSIONS-10", c => WithSister(c).Session(s => s with { MiseDeCote = true }), c => c with { Offre = c.Offre with { Sessions = [] } },
            "Sessions : aucune n’est à envoyer ; ajoutez une session ou reprenez une session mise de côté."),

        // Fiche Session
        new("SES-DATE-DEBUT-10", Starts(2025, 12, 31), Starts(2026, 1, 1),
            "Date début : la session doit obligatoirement débuter en 2025 et la date est le 01/01/2026 ; corrigez-la."),
        new("SES-DATE-DEBUT-10", c => Starts(2026, 1, 1)(c).Dispositif(_ => OffreEssai.AutreDispositif(NatureDispositif.Autre)),
            c => c.Session(s => s with { Dispositifs = [.. s.Dispositifs, s.Dispositifs[0] with { Id = 502, Lot = OffreEssai.Lot with { Id = 13, Annee = 2026 } }] }),
            "Date début : la session doit obligatoirement débuter en 2026 et la date est le 10/03/2025 ; corrigez-la."),
        new("SES-DATE-DEBUT-11", Starts(2025, 2, 12), Starts(2025, 2, 11), "Date début : le 11/02/2025 est passé ; vérifiez-la."),
        new("SES-DATE-DEBUT-12", Starts(2025, 4, 30), Starts(2025, 5, 1), "Date début : le 01/05/2025 est férié (fête du Travail) ; vérifiez-la."),
        new("SES-DATE-DEBUT-12", Starts(2025, 3, 8), Starts(2025, 3, 9), "Date début : le 09/03/2025 est un dimanche ; vérifiez-la."),
        new("SES-DATE-DEBUT-13", c => WithSister(c).Session(s => s with { LieuId = 2 }), WithSister,
            "Date début : la session 143842 a le même lieu et les mêmes dates ; vérifiez que ce n’est pas un double."),
        new("SES-DATE-FIN-10", Ends(2025, 3, 10), Ends(2025, 3, 9), "Date fin : le 09/03/2025 précède la date de début, le 10/03/2025 ; corrigez l’une des deux."),
        new("SES-DATE-FIN-11", c => Ends(2025, 2, 12)(Starts(2025, 1, 6)(c)), c => Ends(2025, 2, 11)(Starts(2025, 1, 6)(c)),
            "Date fin : le 11/02/2025 est passé et la session sera inactive dès sa validation ; vérifiez les dates."),
        new("SES-DATE-FIN-12", Ends(2025, 5, 2), Ends(2025, 5, 1), "Date fin : le 01/05/2025 est férié (fête du Travail) ; vérifiez-la."),
        new("SES-PEDAGOGIE-10", c => c.Session(s => s with { ModalitesPedagogiques = ["etablissement", "96129", "96147"] }),
            c => c.Session(s => s with { ModalitesPedagogiques = ["etablissement", "96129"] }),
            "Modalités pédagogiques : des heures se passent en entreprise ; cochez « En entreprise »."),
        new("SES-PEDAGOGIE-11", c => c.Session(s => s with { ModalitesPedagogiques = ["entreprise", "96128"] }), c => c.Session(s => s with { ModalitesPedagogiques = ["entreprise"] }),
            "Modalités pédagogiques : la formation a lieu à distance, en tout ou partie ; cochez « FOAD » ou une autre modalité à distance."),
        new("SES-ENSEIGNEMENT-10", c => c.Session(s => s with { ModalitesEnseignement = "0", ModalitesPedagogiques = ["etablissement", "entreprise"] }),
            c => c.Session(s => s with { ModalitesEnseignement = "0" }),
            "Modalités d’enseignement : en présentiel alors qu’une modalité à distance est cochée ; vérifiez l’une des deux."),
        new("SES-ENSEIGNEMENT-11", c => c.Session(s => s with { ModalitesEnseignement = "2", ModalitesPedagogiques = ["entreprise", "96129"] }),
            c => c.Session(s => s with { ModalitesEnseignement = "2" }),
            "Modalités d’enseignement : entièrement à distance alors que « En établissement de formation » est coché ; vérifiez l’une des deux."),
        new("SES-DUREE-CENTRE-10", c => c.Session(s => s with { DureeCentre = 0, DureeEntreprise = 1 }), c => c.Session(s => s with { DureeCentre = 0, DureeEntreprise = 0 }),
            "Durée en centre (en h) : la durée totale est de 0 h ; vérifiez les durées en centre et en entreprise."),
        new("SES-DUREE-ENTREPRISE-10", c => c.Session(s => s with { DureeEntreprise = 1 }), c => c.Session(s => s with { DureeEntreprise = 0 }),
            "Durée en entreprise (en h) : 0 h alors que « En entreprise » est coché ; vérifiez l’un des deux."),
        new("SES-DUREE-HEBDO-10", c => c.Session(s => s with { DureeHebdo = 30, DureeCentre = 20, DureeEntreprise = 10 }),
            c => c.Session(s => s with { DureeHebdo = 31, DureeCentre = 20, DureeEntreprise = 10 }),
            "Durée hebdo : 31 h pour une durée totale de 30 h ; vérifiez l’une des deux."),
        new("SES-ALTERNANCE-CYCLE-10", c => c.Session(s => s with { ModalitesPedagogiques = ["96142", "96129"] }),
            c => c.Session(s => s with { ModalitesPedagogiques = ["96142", "96129"], CycleAlternance = null, UniteEntreprise = 0, UniteCentre = 0 }),
            "Cycle de l’alternance : la formation est en alternance ; choisissez le cycle."),
        new("SES-ALTERNANCE-CYCLE-10", c => NoCycle(c).Dispositif(_ => OffreEssai.AutreDispositif(NatureDispositif.FormationInitiale)),
            c => NoCycle(c).Dispositif(_ => OffreEssai.AutreDispositif(NatureDispositif.ContratApprentissage)),
            "Cycle de l’alternance : la formation est en alternance ; choisissez le cycle."),
        new("SES-ALTERNANCE-CYCLE-11", NoCycle, c => c.Session(s => s with { CycleAlternance = null, UniteEntreprise = 0 }),
            "Cycle de l’alternance : des unités sont indiquées sans cycle ; choisissez-le ou remettez les unités à 0."),
        new("SES-ALTERNANCE-ENTREPRISE-10", c => c.Session(s => s with { UniteEntreprise = 1 }), c => c.Session(s => s with { UniteEntreprise = 0 }),
            "Unité entreprise : un cycle de l’alternance est choisi ; indiquez combien d’unités se passent en entreprise."),
        new("SES-ALTERNANCE-CENTRE-10", c => c.Session(s => s with { UniteCentre = 1 }), c => c.Session(s => s with { UniteCentre = null }),
            "Unité centre : un cycle de l’alternance est choisi ; indiquez combien d’unités se passent en centre."),
        new("SES-RECRUTEMENT-10", c => c.Dispositif(d => d with { NbPlacesRestantes = 0 }).Session(s => s with { EtatRecrutement = "2" }),
            c => c.Dispositif(d => d with { NbPlacesRestantes = 0 }),
            "Recrutement : il est ouvert et il ne reste aucune place ; passez-le à « Fermé » s’il est terminé."),
        new("SES-MODALITES-RECRUTEMENT-10", c => NoMeeting(c).Session(s => s with { ModalitesRecrutement = ["8"] }), NoMeeting,
            "Modalité de recrutement : « Information collective » est cochée sans date ; ajoutez-en une dans les informations collectives."),
        new("SES-INFO-10", c => NoMeeting(c).Programme(p => p with { InformationCollectiveRequise = false }), NoMeeting,
            "Informations collectives : la saisie est obligatoire pour que l’offre puisse alimenter Kairos, Ouiform et les sites régionaux ; ajoutez-en une."),
        new("SES-INFO-11", c => c.Information(i => i with { Date = new DateOnly(2025, 2, 12) }), c => c.Information(i => i with { Date = new DateOnly(2025, 2, 11) }),
            "Informations collectives : le recrutement est ouvert et aucune n’est à venir ; ajoutez-en une ou fermez le recrutement."),
        new("SES-INSC-10", Same, c => c.Session(s => s with { Periodes = [] }),
            "Périodes d’inscription : il n’y en a aucune et les candidats ne verront que la date de début ; ajoutez-en une."),
        new("SES-DISPOSITIFS-10", Same, c => c.Session(s => s with { Dispositifs = [] }), "Dispositifs : la session n’en a aucun ; ajoutez-en un."),

        // Informations collectives
        new("SES-INFO-DATE-10", c => c.Information(i => i with { Date = new DateOnly(2025, 3, 10) }), c => c.Information(i => i with { Date = new DateOnly(2025, 3, 11) }),
            "Date de l’information collective : le 11/03/2025 suit le début de la session, le 10/03/2025 ; vérifiez-la."),
        new("SES-INFO-FIN-10", c => c.Information(i => i with { HeureFin = new TimeOnly(9, 31) }), c => c.Information(i => i with { HeureFin = new TimeOnly(9, 30) }),
            "Heure de fin : 9 h 30 ne suit pas l’heure de début, 9 h 30 ; corrigez l’une des deux."),
        new("SES-INFO-LIEU-10", c => c.Information(i => i with { Lieu = null, ADistance = "1" }), c => c.Information(i => i with { Lieu = null }),
            "Lieu : l’information collective a lieu sur place ; indiquez son adresse ou choisissez « À distance »."),
        new("SES-INFO-URL-10", c => c.Information(i => i with { Url = null }), c => c.Information(i => i with { Url = null, ADistance = "1" }),
            "Lien de connexion : l’information collective a lieu à distance ; indiquez l’adresse de la réunion."),
        new("SES-INFO-PERIMETRE-10", c => c.Information(i => i with { Perimetre = null, PerimetreDetail = null }), c => c.Information(i => i with { Perimetre = null }),
            "Périmètre de recrutement : une précision est donnée sans lui ; choisissez le périmètre."),

        // Périodes d'inscription
        new("SES-INSC-DEBUT-10", c => c.Periode(p => p with { Debut = new DateOnly(2025, 4, 18), Fin = null }), c => c.Periode(p => p with { Debut = new DateOnly(2025, 4, 19), Fin = null }),
            "Début de la période : le 19/04/2025 suit la fin de la session, le 18/04/2025 ; vérifiez ses dates."),
        new("SES-INSC-FIN-10", c => c.Periode(p => p with { Fin = p.Debut }), c => c.Periode(p => p with { Fin = new DateOnly(2025, 1, 14) }),
            "Fin de la période : le 14/01/2025 précède son début, le 15/01/2025 ; corrigez l’une des deux dates."),

        // Fiche Dispositif
        new("DIS-PLACES-10", c => c.Dispositif(d => d with { NbPlaces = 160 }), c => c.Dispositif(d => d with { NbPlaces = 161 }),
            "Nb places dispositif : 161 places sont saisies sur le lot PE2025_12 qui en compte 160 ; vérifiez le bon de commande de la Région."),
        new("DIS-PLACES-10", c => c with { PlacesAilleurs = new Dictionary<int, int> { [12] = 148, [13] = 50 } }, c => c with { PlacesAilleurs = new Dictionary<int, int> { [12] = 149 } },
            "Nb places dispositif : 161 places sont saisies sur le lot PE2025_12 qui en compte 160 ; vérifiez le bon de commande de la Région."),
        new("DIS-RESTANTES-10", c => c.Dispositif(d => d with { NbPlacesRestantes = 12 }), c => c.Dispositif(d => d with { NbPlacesRestantes = 13 }),
            "Nb places restantes : 13 pour 12 places du dispositif ; corrigez l’un des deux nombres."),
        new("DIS-EFFECTIF-10", c => c.Dispositif(d => d with { EffectifMinimal = 14 }), c => c.Dispositif(d => d with { EffectifMinimal = 15 }),
            "Effectif Minimal : 15 pour une capacité simultanée de 14 ; corrigez l’un des deux nombres."),
        new("DIS-FRAIS-HT-10", c => c.Dispositif(d => d with { FraisHt = null }), c => c.Dispositif(d => d with { FraisHt = null, TauxTva = 5.5m }),
            "Frais HT : une TVA de 5,50\u00A0% est indiquée sans eux ; complétez les frais."),
        new("DIS-FRAIS-HT-11", c => c.Dispositif(_ => OffreEssai.AutreDispositif(NatureDispositif.Autre)),
            c => c.Dispositif(_ => OffreEssai.AutreDispositif(NatureDispositif.Autre)).Dispositif(d => d with { FraisHt = null }),
            "Frais HT : ils ne sont pas indiqués ; écrivez-les, 0 si la formation est gratuite."),
        new("DIS-PRISE-EN-CHARGE-10", Same, c => c.Dispositif(d => d with { PriseEnCharge = null }),
            "Prise en charge des frais pédagogiques : rien n’est indiqué ; choisissez Oui ou Non."),
        new("DIS-CERTIFICATION-10", c => c.Dispositif(d => d with { FraisCertification = "0", FraisAdditionnels = 0 }), c => c.Dispositif(d => d with { FraisAdditionnels = 0 }),
            "Frais afférents au passage de la certification : ils sont annoncés sans frais additionnels ; indiquez le montant ou choisissez Non."),
        new("DIS-DETAIL-ADDITIONNELS-10", c => c.Dispositif(d => d with { FraisAdditionnels = 0, DetailFraisAdditionnels = null }), c => c.Dispositif(d => d with { DetailFraisAdditionnels = null }),
            "Détails des frais additionnels non pris en charge : 40\u00A0€ restent à la charge du stagiaire ; dites à quoi ils correspondent."),
        new("DIS-ADDITIONNELS-10", c => c.Dispositif(d => d with { FraisAdditionnels = 0 }), c => c.Dispositif(d => d with { FraisAdditionnels = null }),
            "Montant total des frais additionnels non pris en charge : leur détail est donné sans montant ; indiquez-le."),
        new("DIS-PROGRAMME-10", c => c with { Aujourdhui = new DateOnly(2024, 10, 1) }, c => c with { Aujourdhui = new DateOnly(2024, 9, 30) },
            "Dispositif : la saisie du programme « Pass entreprendre Pays de la Loire - Formation » ouvre le 01/10/2024 ; vous pouvez enregistrer, pas envoyer."),
        new("DIS-PROGRAMME-10", c => c with { Aujourdhui = new DateOnly(2025, 12, 31) }, c => c with { Aujourdhui = new DateOnly(2026, 1, 1) },
            "Dispositif : la saisie du programme « Pass entreprendre Pays de la Loire - Formation » a fermé le 31/12/2025 ; vous pouvez enregistrer, pas envoyer."),
    ];

    public static TheoryData<int, string> Cases() => new(Tous.Index().Select(entry => (entry.Index, entry.Item.Code)));

    [Theory, MemberData(nameof(Cases))]
    public void A_rule_of_coherence_stops_what_breaks_it_and_says_why(int index, string code)
    {
        var cas = Tous[index];
        var contexte = OffreEssai.Contexte();
        Assert.DoesNotContain(Catalogue.Judge(cas.Holds(contexte)), constat => constat.Regle.Code == code);
        Assert.Equal(cas.Message, Assert.Single(Catalogue.Judge(cas.Breaks(contexte)), constat => constat.Regle.Code == code).Message);
    }

    [Fact]
    public void Nothing_is_wrong_with_a_complete_offer() => Assert.Empty(Catalogue.Judge(OffreEssai.Contexte()).Select(constat => constat.Message));

    [Fact]
    public void A_blank_session_is_judged_without_a_fault_of_ours()
    {
        var blank = OffreEssai.Session() with { Fiche = new FicheSession(), Informations = [], Periodes = [], Dispositifs = [] };
        var faults = Catalogue.Judge(OffreEssai.Contexte(OffreEssai.Offre with { Sessions = [blank] }));
        Assert.All(faults.Where(constat => constat.Regle.Champs.Count > 0), constat => Assert.EndsWith("-01", constat.Regle.Code));
        Assert.DoesNotContain(faults, constat => constat.Regle.Gravite == Gravite.Impossible);
    }

    private static Contexte Same(Contexte contexte) => contexte;

    private static FormationSaisie Free(FormationSaisie formation) => formation with { CodeCertifinfo = null };

    private static FormationSaisie NoBloc(FormationSaisie formation) => formation with { Blocs = [] };

    private static Contexte NoCycle(Contexte c) => c.Session(s => s with { CycleAlternance = null, UniteEntreprise = 0, UniteCentre = 0 });

    private static Contexte NoMeeting(Contexte c) => c.Session(s => s with { Informations = [] });

    private static Contexte WithSister(Contexte c) => c with { Offre = c.Offre with { Sessions = [.. c.Offre.Sessions, OffreEssai.Session(143843, 502)] } };

    private static Func<Contexte, Contexte> Starts(int year, int month, int day) => c => c.Session(s => s with { DateDebut = new DateOnly(year, month, day) });

    private static Func<Contexte, Contexte> Ends(int year, int month, int day) => c => c.Session(s => s with { DateFin = new DateOnly(year, month, day) });
}

/// <summary>Changes of one fiche, so that a case reads in one line.</summary>
internal static class FichesEssai
{
    public static Contexte Formation(this Contexte c, Func<FicheFormation, FicheFormation> change) => c.Put(change(c.Offre.Formation.Fiche));

    public static Contexte Action(this Contexte c, Func<FicheAction, FicheAction> change) => c.Put(change(c.Offre.Action.Fiche));

    public static Contexte Session(this Contexte c, Func<FicheSession, FicheSession> change) => c.Put(change(c.Offre.Sessions[0].Fiche));

    public static Contexte Information(this Contexte c, Func<FicheInformationCollective, FicheInformationCollective> change) => c.Put(change(c.Offre.Sessions[0].Informations[0].Fiche));

    public static Contexte Periode(this Contexte c, Func<FichePeriodeInscription, FichePeriodeInscription> change) => c.Put(change(c.Offre.Sessions[0].Periodes[0].Fiche));

    public static Contexte Dispositif(this Contexte c, Func<FicheDispositif, FicheDispositif> change) => c.Put(change(c.Offre.Sessions[0].Dispositifs[0].Fiche));
}
