using Sofi.Core.Programmes;

namespace Sofi.Core.Offre.Regles;

/// <summary>Coherence of the Fiche Session and of its tables (procedure, page 10; decisions 16 to 23 and 29).</summary>
public static class ReglesSession
{
    /// <summary>A session of a regional programme starts in the programme's year ("la session doit obligatoirement débuter en 2025").</summary>
    public static readonly Regle<FicheSession> DebutDansAnneeDuProgramme = new(
        "SES-DATE-DEBUT-10", [s => s.DateDebut], Gravite.Bloquant,
        "Date début : la session d’un programme régional débute obligatoirement dans l’année du programme ; corrigez la date.",
        (s, contexte) => OtherYear(s, contexte) is null,
        (s, contexte) => $"Date début : la session doit obligatoirement débuter en {OtherYear(s, contexte)} et la date est le {s.DateDebut.Jour()} ; corrigez-la.");

    /// <summary>A past start is allowed (decision 21).</summary>
    public static readonly Regle<FicheSession> DebutPasse = new(
        "SES-DATE-DEBUT-11", [s => s.DateDebut], Gravite.Avertissement,
        "Date début : elle est passée ; vérifiez-la.",
        (s, contexte) => s.DateDebut is not { } start || start >= contexte.Aujourdhui || s.DateFin < contexte.Aujourdhui,
        (s, _) => $"Date début : le {s.DateDebut.Jour()} est passé ; vérifiez-la.");

    /// <summary>A start on a public holiday or a Sunday is unusual.</summary>
    public static readonly Regle<FicheSession> DebutFerie = NotOnHoliday("SES-DATE-DEBUT-12", nameof(FicheSession.DateDebut));

    /// <summary>Two sessions of an action at the same place and dates are probably one.</summary>
    public static readonly Regle<FicheSession> SessionEnDouble = new(
        "SES-DATE-DEBUT-13", [s => s.DateDebut, s => s.DateFin, s => s.LieuId], Gravite.Avertissement,
        "Date début : une autre session de l’action a le même lieu et les mêmes dates ; vérifiez que ce n’est pas un double.",
        (s, contexte) => Twin(s, contexte) is null,
        (s, contexte) => $"Date début : la session {Twin(s, contexte)!.Numero} a le même lieu et les mêmes dates ; vérifiez que ce n’est pas un double.");

    /// <summary>The session ends on or after its start.</summary>
    public static readonly Regle<FicheSession> FinApresDebut = new(
        "SES-DATE-FIN-10", [s => s.DateFin, s => s.DateDebut], Gravite.Bloquant,
        "Date fin : elle précède la date de début ; corrigez l’une des deux.",
        (s, _) => s.DateDebut is null || s.DateFin is null || s.DateFin >= s.DateDebut,
        (s, _) => $"Date fin : le {s.DateFin.Jour()} précède la date de début, le {s.DateDebut.Jour()} ; corrigez l’une des deux.");

    /// <summary>A past end is allowed (decision 21): the session will be inactive as soon as it is published.</summary>
    public static readonly Regle<FicheSession> FinPassee = new(
        "SES-DATE-FIN-11", [s => s.DateFin], Gravite.Avertissement,
        "Date fin : elle est passée et la session sera inactive dès sa validation ; vérifiez les dates.",
        (s, contexte) => s.DateFin is not { } end || end >= contexte.Aujourdhui,
        (s, _) => $"Date fin : le {s.DateFin.Jour()} est passé et la session sera inactive dès sa validation ; vérifiez les dates.");

    /// <summary>An end on a public holiday or a Sunday is unusual.</summary>
    public static readonly Regle<FicheSession> FinFeriee = NotOnHoliday("SES-DATE-FIN-12", nameof(FicheSession.DateFin));

    /// <summary>The modality "en entreprise" goes with hours in company.</summary>
    public static readonly Regle<FicheSession> HeuresEnEntreprise = new(
        "SES-DUREE-ENTREPRISE-10", [s => s.DureeEntreprise, s => s.ModalitesPedagogiques], Gravite.Avertissement,
        "Durée en entreprise (en h) : 0 h alors que « En entreprise » est coché ; vérifiez l’un des deux.",
        (s, _) => s.DureeEntreprise is null or > 0 || !s.ModalitesPedagogiques.Contains(Listes.EnEntreprise));

    /// <summary>Some hours, in the centre or in company.</summary>
    public static readonly Regle<FicheSession> DureeNulle = new(
        "SES-DUREE-CENTRE-10", [s => s.DureeCentre, s => s.DureeEntreprise], Gravite.Avertissement,
        "Durée en centre (en h) : la durée totale est de 0 h ; vérifiez les durées en centre et en entreprise.",
        (s, _) => s.DureeCentre is null || s.DureeEntreprise is null || s.DureeTotale() > 0);

    /// <summary>Hours per week within the total.</summary>
    public static readonly Regle<FicheSession> HebdoDansTotal = new(
        "SES-DUREE-HEBDO-10", [s => s.DureeHebdo, s => s.DureeCentre, s => s.DureeEntreprise], Gravite.Avertissement,
        "Durée hebdo : elle dépasse la durée totale ; vérifiez l’une des deux.",
        (s, _) => s.DureeHebdo is null || s.DureeTotale() is not > 0 || s.DureeHebdo <= s.DureeTotale(),
        (s, _) => $"Durée hebdo : {s.DureeHebdo} h pour une durée totale de {s.DureeTotale()} h ; vérifiez l’une des deux.");

    /// <summary>Alternance, by its modality or by its contract, goes with a cycle (decision 20).</summary>
    public static readonly Regle<FicheSession> CycleDeLAlternance = new(
        "SES-ALTERNANCE-CYCLE-10", [s => s.CycleAlternance, s => s.ModalitesPedagogiques], Gravite.Avertissement,
        "Cycle de l’alternance : la formation est en alternance ; choisissez le cycle.",
        (s, contexte) => s.CycleAlternance is not null || !(s.ModalitesPedagogiques.Contains(Listes.EnAlternance) || contexte.Session!.Dispositifs.Any(IsAlternance)));

    /// <summary>Units without the unit they are counted in say nothing (decision 20).</summary>
    public static readonly Regle<FicheSession> UnitesSansCycle = new(
        "SES-ALTERNANCE-CYCLE-11", [s => s.CycleAlternance, s => s.UniteEntreprise, s => s.UniteCentre], Gravite.Bloquant,
        "Cycle de l’alternance : des unités sont indiquées sans cycle ; choisissez-le ou remettez les unités à 0.",
        (s, _) => s.CycleAlternance is not null || (s.UniteEntreprise is not > 0 && s.UniteCentre is not > 0));

    /// <summary>A cycle says how many units are spent in company (decision 20).</summary>
    public static readonly Regle<FicheSession> UniteEntreprise = new(
        "SES-ALTERNANCE-ENTREPRISE-10", [s => s.UniteEntreprise, s => s.CycleAlternance], Gravite.Bloquant,
        "Unité entreprise : un cycle de l’alternance est choisi ; indiquez combien d’unités se passent en entreprise.",
        (s, _) => s.CycleAlternance is null || s.UniteEntreprise is null or > 0);

    /// <summary>A cycle says how many units are spent in the centre (decision 20).</summary>
    public static readonly Regle<FicheSession> UniteCentre = new(
        "SES-ALTERNANCE-CENTRE-10", [s => s.UniteCentre, s => s.CycleAlternance], Gravite.Bloquant,
        "Unité centre : un cycle de l’alternance est choisi ; indiquez combien d’unités se passent en centre.",
        (s, _) => s.CycleAlternance is null || s.UniteCentre > 0);

    /// <summary>Hours in company go with the modality "en entreprise", with alternance or with training at the workplace.</summary>
    public static readonly Regle<FicheSession> EntrepriseCochee = new(
        "SES-PEDAGOGIE-10", [s => s.ModalitesPedagogiques, s => s.DureeEntreprise], Gravite.Avertissement,
        "Modalités pédagogiques : des heures se passent en entreprise ; cochez « En entreprise ».",
        (s, _) => s.DureeEntreprise is not > 0
            || s.ModalitesPedagogiques.Any(code => code is Listes.EnEntreprise or Listes.EnAlternance or Listes.SituationDeTravail));

    /// <summary>Teaching mixte or à distance goes with a modality at a distance.</summary>
    public static readonly Regle<FicheSession> DistanceCochee = new(
        "SES-PEDAGOGIE-11", [s => s.ModalitesPedagogiques, s => s.ModalitesEnseignement], Gravite.Avertissement,
        "Modalités pédagogiques : la formation a lieu à distance, en tout ou partie ; cochez « FOAD » ou une autre modalité à distance.",
        (s, _) => s.ModalitesEnseignement is null or Listes.EnPresentiel || s.ModalitesPedagogiques.Any(Listes.ModalitesADistance.Contains));

    /// <summary>Teaching en présentiel goes without a modality at a distance.</summary>
    public static readonly Regle<FicheSession> PresentielSansDistance = new(
        "SES-ENSEIGNEMENT-10", [s => s.ModalitesEnseignement, s => s.ModalitesPedagogiques], Gravite.Avertissement,
        "Modalités d’enseignement : en présentiel alors qu’une modalité à distance est cochée ; vérifiez l’une des deux.",
        (s, _) => s.ModalitesEnseignement != Listes.EnPresentiel || !s.ModalitesPedagogiques.Any(Listes.ModalitesADistance.Contains));

    /// <summary>Teaching entirely at a distance does not take place at the centre.</summary>
    public static readonly Regle<FicheSession> DistanceSansEtablissement = new(
        "SES-ENSEIGNEMENT-11", [s => s.ModalitesEnseignement, s => s.ModalitesPedagogiques], Gravite.Avertissement,
        "Modalités d’enseignement : entièrement à distance alors que « En établissement de formation » est coché ; vérifiez l’une des deux.",
        (s, _) => s.ModalitesEnseignement != Listes.ADistance || !s.ModalitesPedagogiques.Contains(Listes.EnEtablissement));

    /// <summary>No seat left: the recruitment may be closed (decision 23).</summary>
    public static readonly Regle<FicheSession> RecrutementSansPlace = new(
        "SES-RECRUTEMENT-10", [s => s.EtatRecrutement], Gravite.Avertissement,
        "Recrutement : il est ouvert et il ne reste aucune place ; passez-le à « Fermé » s’il est terminé.",
        (s, contexte) => s.EtatRecrutement != Listes.RecrutementOuvert || contexte.Session!.Dispositifs.Count == 0
            || contexte.Session.Dispositifs.Any(d => (d.Fiche.NbPlacesRestantes ?? d.Fiche.NbPlaces) is null or > 0));

    /// <summary>The modality "information collective" comes from the table (decision 22).</summary>
    public static readonly Regle<FicheSession> ModaliteInformation = new(
        "SES-MODALITES-RECRUTEMENT-10", [s => s.ModalitesRecrutement], Gravite.Avertissement,
        "Modalité de recrutement : « Information collective » est cochée sans date ; ajoutez-en une dans les informations collectives.",
        (s, contexte) => !s.ModalitesRecrutement.Contains(Listes.InformationCollective) || contexte.Session!.Informations.Count > 0);

    /// <summary>The information collective opens Kairos, Ouiform and the regional sites (procedure, page 10; decision 22).</summary>
    public static readonly Regle<FicheSession> InformationCollective = new(
        "SES-INFO-10", "informations", Gravite.Canal,
        "Informations collectives : la saisie est obligatoire pour que l’offre puisse alimenter Kairos, Ouiform et les sites régionaux ; ajoutez-en une.",
        (_, contexte) => contexte.Lot is null || !contexte.AttentesDuProgramme.InformationCollectiveRequise || contexte.Session!.Informations.Count > 0);

    /// <summary>A meeting to come while the recruitment is open (decision 22).</summary>
    public static readonly Regle<FicheSession> InformationAVenir = new(
        "SES-INFO-11", "informations", Gravite.Avertissement,
        "Informations collectives : le recrutement est ouvert et aucune n’est à venir ; ajoutez-en une ou fermez le recrutement.",
        (s, contexte) => s.EtatRecrutement != Listes.RecrutementOuvert || contexte.Session!.Informations.Count == 0
            || contexte.Session.Informations.Any(line => line.Fiche.Date is null || line.Fiche.Date >= contexte.Aujourdhui));

    /// <summary>Candidates see when to apply.</summary>
    public static readonly Regle<FicheSession> PeriodeInscription = new(
        "SES-INSC-10", "inscriptions", Gravite.Avertissement,
        "Périodes d’inscription : il n’y en a aucune et les candidats ne verront que la date de début ; ajoutez-en une.",
        (_, contexte) => contexte.Session!.Periodes.Count > 0);

    /// <summary>A session is paid under at least one dispositif.</summary>
    public static readonly Regle<FicheSession> AuMoinsUnDispositif = new(
        "SES-DISPOSITIFS-10", "dispositifs", Gravite.Bloquant,
        "Dispositifs : la session n’en a aucun ; ajoutez-en un.",
        (_, contexte) => contexte.Session!.Dispositifs.Count > 0);

    /// <summary>The meeting comes before the session starts; where people enter all along, it may come later.</summary>
    public static readonly Regle<FicheInformationCollective> InformationAvantSession = new(
        "SES-INFO-DATE-10", [i => i.Date], Gravite.Avertissement,
        "Date de l’information collective : elle suit le début de la session ; vérifiez-la.",
        (i, contexte) => i.Date is null || contexte.Session?.Fiche is not { DateDebut: { } start, Esp: Listes.EspDatesFixes } || i.Date <= start,
        (i, contexte) => $"Date de l’information collective : le {i.Date.Jour()} suit le début de la session, le {contexte.Session!.Fiche.DateDebut.Jour()} ; vérifiez-la.");

    /// <summary>The meeting ends after its start.</summary>
    public static readonly Regle<FicheInformationCollective> HeureFinApresDebut = new(
        "SES-INFO-FIN-10", [i => i.HeureFin, i => i.HeureDebut], Gravite.Bloquant,
        "Heure de fin : elle ne suit pas l’heure de début ; corrigez l’une des deux.",
        (i, _) => i.HeureDebut is null || i.HeureFin is null || i.HeureFin > i.HeureDebut,
        (i, _) => $"Heure de fin : {Champ.Of<FicheInformationCollective>(nameof(i.HeureFin)).Format(i)} ne suit pas l’heure de début, {Champ.Of<FicheInformationCollective>(nameof(i.HeureDebut)).Format(i)} ; corrigez l’une des deux.");

    /// <summary>On site, an address.</summary>
    public static readonly Regle<FicheInformationCollective> LieuSurPlace = new(
        "SES-INFO-LIEU-10", [i => i.Lieu, i => i.ADistance], Gravite.Bloquant,
        "Lieu : l’information collective a lieu sur place ; indiquez son adresse ou choisissez « À distance ».",
        (i, _) => i.ADistance is null or Listes.Oui || i.Lieu is not null);

    /// <summary>At a distance, a link.</summary>
    public static readonly Regle<FicheInformationCollective> LienADistance = new(
        "SES-INFO-URL-10", [i => i.Url, i => i.ADistance], Gravite.Bloquant,
        "Lien de connexion : l’information collective a lieu à distance ; indiquez l’adresse de la réunion.",
        (i, _) => i.ADistance != Listes.Oui || i.Url is not null);

    /// <summary>The detail of a périmètre goes with it (LHÉO infos-perimetre-recrutement).</summary>
    public static readonly Regle<FicheInformationCollective> PerimetreDit = new(
        "SES-INFO-PERIMETRE-10", [i => i.Perimetre, i => i.PerimetreDetail], Gravite.Avertissement,
        "Périmètre de recrutement : une précision est donnée sans lui ; choisissez le périmètre.",
        (i, _) => i.PerimetreDetail is null || i.Perimetre is not null);

    /// <summary>Candidates apply before the session ends.</summary>
    public static readonly Regle<FichePeriodeInscription> PeriodeAvantFinDeSession = new(
        "SES-INSC-DEBUT-10", [p => p.Debut], Gravite.Avertissement,
        "Début de la période : elle commence après la fin de la session ; vérifiez ses dates.",
        (p, contexte) => p.Debut is null || contexte.Session?.Fiche.DateFin is not { } end || p.Debut <= end,
        (p, contexte) => $"Début de la période : le {p.Debut.Jour()} suit la fin de la session, le {contexte.Session!.Fiche.DateFin.Jour()} ; vérifiez ses dates.");

    /// <summary>The period ends on or after its start.</summary>
    public static readonly Regle<FichePeriodeInscription> PeriodeFinApresDebut = new(
        "SES-INSC-FIN-10", [p => p.Fin, p => p.Debut], Gravite.Bloquant,
        "Fin de la période : elle précède son début ; corrigez l’une des deux dates.",
        (p, _) => p.Debut is null || p.Fin is null || p.Fin >= p.Debut,
        (p, _) => $"Fin de la période : le {p.Fin.Jour()} précède son début, le {p.Debut.Jour()} ; corrigez l’une des deux dates.");

    private static bool IsAlternance(DispositifSaisie dispositif) =>
        dispositif.Nature is NatureDispositif.ContratApprentissage or NatureDispositif.ContratProfessionnalisation;

    /// <summary>The year in which a programme of the session wants it to start and in which it does not; <c>null</c> when all is well.</summary>
    private static int? OtherYear(FicheSession session, Contexte contexte) => session.DateDebut is { } start
        ? contexte.Session!.Dispositifs.Select(d => d.Lot?.Annee).FirstOrDefault(year => year is not null && year != start.Year)
        : null;

    /// <summary>An older session at the same place and dates: the fault stands on the newer one alone.</summary>
    private static SessionSaisie? Twin(FicheSession session, Contexte contexte) => session is { DateDebut: not null, DateFin: not null, LieuId: not null }
        ? contexte.Offre.Sessions.FirstOrDefault(other => IsOlder(other, contexte.Session!) && other.Fiche.LieuId == session.LieuId
            && other.Fiche.DateDebut == session.DateDebut && other.Fiche.DateFin == session.DateFin)
        : null;

    /// <summary>Numbers grow with time; a session not saved yet has none.</summary>
    private static bool IsOlder(SessionSaisie other, SessionSaisie session) => other.Numero > 0 && (session.Numero == 0 || other.Numero < session.Numero);

    private static Regle<FicheSession> NotOnHoliday(string code, string nom)
    {
        var champ = Champ.Of<FicheSession>(nom);
        return new Regle<FicheSession>(code, [champ], Gravite.Avertissement,
            $"{champ.Libelle} : ce jour est férié ou un dimanche ; vérifiez-la.",
            (s, contexte) => champ.Read(s) is not DateOnly day || DayOff(day, contexte) is null,
            (s, contexte) => $"{champ.Libelle} : le {champ.Format(s)} est {DayOff((DateOnly)champ.Read(s)!, contexte)} ; vérifiez-la.");
    }

    private static string? DayOff(DateOnly day, Contexte contexte) =>
        contexte.JoursFeries.TryGetValue(day, out var name) ? $"férié ({name})" : day.DayOfWeek == DayOfWeek.Sunday ? "un dimanche" : null;
}
