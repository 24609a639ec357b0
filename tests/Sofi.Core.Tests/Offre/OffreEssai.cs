using Sofi.Core.Offre;
using Sofi.Core.Offre.Regles;
using Sofi.Core.Programmes;
using Sofi.Core.Referentiels;

namespace Sofi.Core.Tests.Offre;

/// <summary>
/// A whole offer of the procedure as a value, without a database: lot PE2025_12, CertifInfo 93561, one session in 2025. No rule finds fault with it,
/// so that a test changes one thing and sees one rule. The day is 12 February 2025.
/// </summary>
internal static class OffreEssai
{
    public static readonly DateOnly Aujourdhui = new(2025, 2, 12);

    public static readonly EtablissementSaisie Cariforef = new(36364, "13000511900032", "CARIFOREF DES PAYS DE LA LOIRE", "Nantes");

    public static readonly LotSaisie Lot = new()
    {
        Id = 12,
        Numero = "PE2025_12",
        Intitule = "Lot 12 - Formations à la création-reprise d’entreprise en Loire-Atlantique",
        IdActionCr = "4259",
        CodeMandataireCr = "386",
        Mandataire = Cariforef,
        NbPlaces = 160,
        CodesCertifinfo = ["93561"],
        CodeProgramme = "PE2025",
        IntituleProgramme = "Pass entreprendre Pays de la Loire - Formation",
        Annee = 2025,
        Publics = ["80006"],
    };

    public static readonly OffreSaisie Offre = new()
    {
        Formation = new FormationSaisie
        {
            Numero = 19482,
            Version = 3,
            Dispensateur = Cariforef,
            CodeCertifinfo = 93561,
            CodeRncp = "RNCP39266",
            Romes = ["M1302"],
            Nsfs = ["310"],
            Blocs =
            [
                new BlocPropose("RNCP39266BC01", "1", "Construire son projet", "Savoir le présenter.", "Étude de marché."),
                new BlocPropose("RNCP39266BC02", "1", "Piloter son entreprise", null, null),
                new BlocPropose("RNCP39266BC03", "2", "Reprendre une entreprise", null, null),
            ],
            Fiche = new FicheFormation
            {
                Intitule = "Actions de formation dispensées aux créateurs et repreneurs d’entreprise",
                ObjectifGeneral = "6",
                TypeCertification = "999",
                Objectif = "Créer ou reprendre une entreprise.",
                Programme = "Étude de marché ; prévisionnel ; statuts.",
                ResultatsAttendus = "Un plan d’affaires complet.",
                Formacodes = ["32047", "32048"],
                NiveauSortie = "1",
                IndividualiserBlocs = "1",
                ValidationFormation = "partielle",
                BlocsChoisis = ["RNCP39266BC01", "RNCP39266BC02"],
            },
        },
        Action = new ActionSaisie
        {
            Numero = 89393,
            Lot = Lot,
            Fiche = new FicheAction
            {
                ComplementIntitule = "Loire-Atlantique",
                ComplementProgramme = "Un entretien par semaine.",
                Objectifs = "Vérifier la viabilité du projet.",
                ResultatsAttendus = "Un dossier de financement.",
                PlusFormation = "Suivi de six mois après la formation.",
                UrlVideo = "https://www.youtube.com/watch?v=exemple",
                UrlPdf = "https://exemple.test/plaquette.pdf",
                UrlAction = "https://exemple.test/creation",
                NiveauEntree = "1",
                Prerequis = ["projet-creation"],
                CommentairePrerequis = "Public visé : demandeurs d’emploi ayant un projet de création/reprise d’entreprise.",
            },
            Equipements = [new LigneSaisie<FicheEquipement>(7, "7", new FicheEquipement { Type = "11", CoutIndicatif = 350, Commentaire = "Un ordinateur portable." })],
        },
        Sessions = [Session()],
    };

    /// <summary>The offer in its context, with the expectations of the programme that the procedure writes down.</summary>
    public static Contexte Contexte(OffreSaisie? offre = null) => new()
    {
        Aujourdhui = Aujourdhui,
        Offre = offre ?? Offre,
        Attentes = new Dictionary<string, Attentes>
        {
            ["PE2025"] = new()
            {
                Champs =
                [
                    new AttenteChamp("Session.Esp", ["0"], ["0", "cadencees"], ["0", "cadencees"]),
                    new AttenteChamp("Session.TypeParcours", ["4"], ["4", "3"], []),
                    new AttenteChamp("Dispositif.PriseEnCharge", ["1"], ["1"], []),
                ],
                Prerequis = ["projet-creation", "projet-valide"],
                CodesCertifinfo = ["93561"],
                OuvertureSaisie = new DateOnly(2024, 10, 1),
                FermetureSaisie = new DateOnly(2025, 12, 31),
            },
        },
        JoursFeries = new Dictionary<DateOnly, string> { [new(2025, 5, 1)] = "fête du Travail" },
        Libelles = new Libelles(new Dictionary<ListeOuverte, IReadOnlyDictionary<string, string>>
        {
            [ListeOuverte.TypesCertification] = Values("999", "370"),
            [ListeOuverte.Formacodes] = Values("32047", "32048", "32094", "32154", "32006", "34076"),
            [ListeOuverte.Publics] = Values([.. Enumerable.Range(80001, 12).Select(code => $"{code}")]),
            [ListeOuverte.Prerequis] = new Dictionary<string, string>
            {
                ["projet-creation"] = "Avoir un projet de création ou de reprise d’entreprise",
                ["projet-valide"] = "Avoir un projet professionnel validé",
                ["permis-b"] = "Être titulaire du permis de conduire B",
            },
            [ListeOuverte.Blocs] = Values("RNCP39266BC01", "RNCP39266BC02", "RNCP39266BC03"),
            [ListeOuverte.Lieux] = Values("1", "2"),
            [ListeOuverte.Contacts] = Values("1902", "1903"),
            [ListeOuverte.Communes] = Values("44109", "49007"),
        }),
    };

    /// <summary>The session of the procedure: 200 hours from March 2025 on.</summary>
    public static SessionSaisie Session(int numero = 143842, int dispositif = 501) => new()
    {
        Numero = numero,
        Responsable = Cariforef,
        Fiche = new FicheSession
        {
            LieuId = 1,
            DateDebut = new DateOnly(2025, 3, 10),
            DateFin = new DateOnly(2025, 4, 18),
            Esp = "0",
            Rythmes = "5",
            PeriodesFormation = ["96414"],
            TypeParcours = "4",
            ModalitesPedagogiques = ["etablissement", "entreprise", "96129"],
            ModalitesEnseignement = "1",
            DureeCentre = 165,
            DureeEntreprise = 35,
            DureeHebdo = 35,
            CommentaireDuree = "Une semaine en entreprise.",
            CycleAlternance = "3",
            UniteEntreprise = 1,
            UniteCentre = 5,
            EtatRecrutement = "1",
            ModalitesRecrutement = ["9", "8"],
            ReferentPmr = 1902,
            ReferentPrf = 1903,
            MailLiaison = "liaison@exemple.test",
            ReferentMobilite = 1902,
            ContactSession = 1903,
        },
        Informations =
        [
            new LigneSaisie<FicheInformationCollective>(1, $"01_{numero}", new FicheInformationCollective
            {
                Date = new DateOnly(2025, 2, 20), HeureDebut = new TimeOnly(9, 30), HeureFin = new TimeOnly(11, 0), NbPlaces = 20, ADistance = "0",
                Lieu = "1 rue de l’Exemple, 44000 Nantes", Url = "https://exemple.test/reunion", Perimetre = "2", PerimetreDetail = "Loire-Atlantique", Commentaire = "Apporter un CV.",
            }),
        ],
        Periodes =
        [
            new LigneSaisie<FichePeriodeInscription>(1, $"P01_{numero}", new FichePeriodeInscription { Type = "inscription", Debut = new DateOnly(2025, 1, 15), Fin = new DateOnly(2025, 3, 3) }),
        ],
        Dispositifs =
        [
            new DispositifSaisie
            {
                Id = dispositif, Code = 8, Libelle = "PROGRAMME REGION - Pass entreprendre Pays de la Loire - Formation", Nature = NatureDispositif.ProgrammeRegional, Lot = Lot,
                Fiche = new FicheDispositif
                {
                    Publics = ["80006"], NbPlaces = 12, NbPlacesRestantes = 9, EffectifMinimal = 6, CapaciteSimultanee = 14, FraisHt = 2400.5m, TauxTva = 0, FraisAdditionnels = 40,
                    FraisCertification = "1", PriseEnCharge = "1", DetailFraisAdditionnels = "Frais de dossier.",
                },
            },
        ],
    };

    /// <summary>The sheet of an établissement, complete.</summary>
    public static readonly FicheEtablissement Etablissement = new()
    {
        Siret = "13000511900032",
        RaisonSociale = "CARIFOREF DES PAYS DE LA LOIRE",
        NomCommercial = "Cariforef",
        Nda = "52449990044",
        Uai = "0681761V",
        Qualiopi = ["formation", "vae"],
        QualiopiJusquAu = new DateOnly(2027, 12, 31),
        Voie = "1 rue de l’Exemple",
        Commune = ["44109"],
        CodePostal = "44000",
        Telephone = "02 40 20 20 40",
        Courriel = "contact@exemple.test",
        SiteWeb = "https://exemple.test",
        ContactPrincipal = 1902,
    };

    /// <summary>A place, complete.</summary>
    public static readonly FicheLieu Lieu = new()
    {
        Nom = "Antenne de Pornic",
        Voie = "2 place de l’Exemple",
        Commune = ["44109"],
        CodePostal = "44000",
        Latitude = 47.218371m,
        Longitude = -1.553621m,
        AccesHandicapes = "Plain-pied.",
        Restauration = "Self à 100 m.",
        Hebergement = "Foyer de jeunes travailleurs.",
        Transport = "Bus 23.",
    };

    /// <summary>A contact, complete.</summary>
    public static readonly FicheContact Contact = new()
    {
        Civilite = "Mme",
        Nom = "Tanguy",
        Prenom = "Maëlle",
        Fonction = "Référente handicap",
        Telephone = "02 61 91 00 05",
        Portable = "06 39 98 00 05",
        Courriel = "maelle.tanguy@exemple.test",
        Types = ["1", "3"],
    };

    /// <summary>An open day, complete.</summary>
    public static readonly FichePorteOuverte PorteOuverte = new()
    {
        Titre = "Portes ouvertes du campus",
        Date = new DateOnly(2025, 3, 15),
        HeureDebut = new TimeOnly(9, 30),
        HeureFin = new TimeOnly(17, 0),
        ADistance = "0",
        LieuId = 1,
        Url = "https://exemple.test/visite",
        Public = "Collégiens et leurs familles",
        LienInscription = "https://exemple.test/inscription",
        CourrielInscription = "accueil@exemple.test",
        Commentaire = "Visite des ateliers à 10 h et à 14 h.",
    };

    /// <summary>A scheme that is not a programme of the Région.</summary>
    public static DispositifSaisie AutreDispositif(NatureDispositif nature) => Session().Dispositifs[0] with { Code = 9, Libelle = "Autre financement", Nature = nature, Lot = null };

    public static Contexte Formation(this Contexte c, Func<FormationSaisie, FormationSaisie> change) => c with { Offre = c.Offre with { Formation = change(c.Offre.Formation) } };

    public static Contexte Action(this Contexte c, Func<ActionSaisie, ActionSaisie> change) => c with { Offre = c.Offre with { Action = change(c.Offre.Action) } };

    /// <summary>Changes the first session.</summary>
    public static Contexte Session(this Contexte c, Func<SessionSaisie, SessionSaisie> change) =>
        c with { Offre = c.Offre with { Sessions = [change(c.Offre.Sessions[0]), .. c.Offre.Sessions.Skip(1)] } };

    /// <summary>Changes the first dispositif of the first session.</summary>
    public static Contexte Dispositif(this Contexte c, Func<DispositifSaisie, DispositifSaisie> change) =>
        c.Session(s => s with { Dispositifs = [change(s.Dispositifs[0]), .. s.Dispositifs.Skip(1)] });

    /// <summary>Changes the expectations of the programme.</summary>
    public static Contexte Programme(this Contexte c, Func<Attentes, Attentes> change) =>
        c with { Attentes = new Dictionary<string, Attentes> { ["PE2025"] = change(c.Attentes["PE2025"]) } };

    /// <summary>Puts a fiche or a line in the place of the one that the offer has.</summary>
    public static Contexte Put(this Contexte c, object fiche) => fiche switch
    {
        FicheFormation f => c.Formation(x => x with { Fiche = f }),
        FicheAction f => c.Action(x => x with { Fiche = f }),
        FicheEquipement f => c.Action(x => x with { Equipements = [x.Equipements[0] with { Fiche = f }] }),
        FicheSession f => c.Session(x => x with { Fiche = f }),
        FicheInformationCollective f => c.Session(x => x with { Informations = [x.Informations[0] with { Fiche = f }] }),
        FichePeriodeInscription f => c.Session(x => x with { Periodes = [x.Periodes[0] with { Fiche = f }] }),
        FicheDispositif f => c.Dispositif(x => x with { Fiche = f }),
        _ => throw new ArgumentException($"{fiche.GetType().Name} is no fiche.", nameof(fiche)),
    };

    /// <summary>The fiche or line of a type that the offer has, or the faultless one of an organisation's own desk.</summary>
    public static object FicheOf(Type type)
    {
        var session = Offre.Sessions[0];
        return new object[]
        {
            Offre.Formation.Fiche, Offre.Action.Fiche, Offre.Action.Equipements[0].Fiche, session.Fiche, session.Informations[0].Fiche, session.Periodes[0].Fiche, session.Dispositifs[0].Fiche,
            Etablissement, Lieu, Contact, PorteOuverte,
        }.Single(fiche => fiche.GetType() == type);
    }

    private static Dictionary<string, string> Values(params string[] codes) => codes.ToDictionary(code => code, code => $"Libellé {code}");
}
