namespace Sofi.Core.Offre.Regles;

/// <summary>Coherence of the Fiche Session and of its tables (procedure, page 10; decisions 16 to 23).</summary>
public static class ReglesSession
{
    /// <summary>The session ends on or after its start.</summary>
    public static readonly Regle<FicheSession> FinApresDebut = new(
        "SES-DATE-FIN-10", [s => s.DateFin, s => s.DateDebut], Gravite.Bloquant,
        "La date de fin précède la date de début : corrigez l'une des deux.",
        (s, _) => s.DateDebut is null || s.DateFin is null || s.DateFin >= s.DateDebut,
        (s, _) => $"La date de fin ({s.DateFin:dd/MM/yyyy}) précède la date de début ({s.DateDebut:dd/MM/yyyy}) : corrigez l'une des deux.");

    /// <summary>A session of a regional programme starts in the programme's year ("la session doit obligatoirement débuter en 2025").</summary>
    public static readonly Regle<FicheSession> DebutDansAnneeDuProgramme = new(
        "SES-DATE-DEBUT-10", [s => s.DateDebut], Gravite.Bloquant,
        "La session d'un programme régional doit débuter dans l'année du programme.",
        (s, contexte) => s.DateDebut is null || contexte.Lot is not { } lot || s.DateDebut.Value.Year == lot.Annee,
        (s, contexte) => $"La session doit obligatoirement débuter en {contexte.Lot!.Annee} : la date de début est le {s.DateDebut:dd/MM/yyyy}.");

    /// <summary>A past start is allowed (decision 21).</summary>
    public static readonly Regle<FicheSession> DebutPasse = new(
        "SES-DATE-DEBUT-11", [s => s.DateDebut], Gravite.Avertissement,
        "La date de début est passée : vérifiez-la.",
        (s, contexte) => s.DateDebut is not { } start || start >= contexte.Aujourdhui);

    /// <summary>A start on a public holiday or a Sunday is unusual.</summary>
    public static readonly Regle<FicheSession> DebutFerie = NotOnHoliday("SES-DATE-DEBUT-12", nameof(FicheSession.DateDebut));

    /// <summary>An end on a public holiday or a Sunday is unusual.</summary>
    public static readonly Regle<FicheSession> FinFeriee = NotOnHoliday("SES-DATE-FIN-12", nameof(FicheSession.DateFin));

    /// <summary>Some hours, in the centre or in company.</summary>
    public static readonly Regle<FicheSession> DureeNulle = new(
        "SES-DUREE-CENTRE-10", [s => s.DureeCentre, s => s.DureeEntreprise], Gravite.Avertissement,
        "La durée totale est de 0 h : vérifiez les durées en centre et en entreprise.",
        (s, _) => s.DureeCentre is null || s.DureeEntreprise is null || s.DureeTotale() > 0);

    /// <summary>Hours per week within the total.</summary>
    public static readonly Regle<FicheSession> HebdoDansTotal = new(
        "SES-DUREE-HEBDO-10", [s => s.DureeHebdo, s => s.DureeCentre, s => s.DureeEntreprise], Gravite.Avertissement,
        "La durée hebdo dépasse la durée totale : vérifiez l'une des deux.",
        (s, _) => s.DureeHebdo is null || s.DureeTotale() is not > 0 || s.DureeHebdo <= s.DureeTotale());

    /// <summary>A cycle says how many units are spent where (decision 20).</summary>
    public static readonly Regle<FicheSession> UnitesDuCycle = new(
        "SES-ALTERNANCE-ENTREPRISE-10", [s => s.UniteEntreprise, s => s.CycleAlternance], Gravite.Bloquant,
        "Unité entreprise : un cycle de l'alternance est choisi, indiquez combien d'unités se passent en entreprise.",
        (s, _) => s.CycleAlternance is null || s.UniteEntreprise > 0);

    /// <summary>"En alternance" goes with a cycle.</summary>
    public static readonly Regle<FicheSession> CycleDeLAlternance = new(
        "SES-ALTERNANCE-CYCLE-10", [s => s.CycleAlternance, s => s.ModalitesPedagogiques], Gravite.Avertissement,
        "La formation est en alternance : choisissez le cycle de l'alternance.",
        (s, _) => s.CycleAlternance is not null || !s.ModalitesPedagogiques.Contains("96142"));

    /// <summary>Hours in company go with the modality "en entreprise" or with alternance.</summary>
    public static readonly Regle<FicheSession> EntrepriseCochee = new(
        "SES-PEDAGOGIE-10", [s => s.ModalitesPedagogiques, s => s.DureeEntreprise], Gravite.Avertissement,
        "Des heures se passent en entreprise : cochez « En entreprise » dans les modalités pédagogiques.",
        (s, _) => s.DureeEntreprise is not > 0 || s.ModalitesPedagogiques.Any(code => code is "entreprise" or "96142" or "96147"));

    /// <summary>The modality "en entreprise" goes with hours in company.</summary>
    public static readonly Regle<FicheSession> HeuresEnEntreprise = new(
        "SES-DUREE-ENTREPRISE-10", [s => s.DureeEntreprise, s => s.ModalitesPedagogiques], Gravite.Avertissement,
        "« En entreprise » est coché et la durée en entreprise est de 0 h : vérifiez l'une des deux.",
        (s, _) => s.DureeEntreprise is null or > 0 || !s.ModalitesPedagogiques.Contains("entreprise"));

    /// <summary>Teaching at a distance goes with FOAD or another distance modality.</summary>
    public static readonly Regle<FicheSession> DistanceCochee = new(
        "SES-ENSEIGNEMENT-10", [s => s.ModalitesEnseignement, s => s.ModalitesPedagogiques], Gravite.Avertissement,
        "La formation est en présentiel et une modalité à distance est cochée : vérifiez l'une des deux.",
        (s, _) => s.ModalitesEnseignement != "0" || !s.ModalitesPedagogiques.Any(IsDistance));

    /// <summary>A session is paid under at least one dispositif.</summary>
    public static readonly Regle<FicheSession> AuMoinsUnDispositif = new(
        "SES-DISPOSITIFS-10", "dispositifs", Gravite.Bloquant,
        "Dispositifs : ajoutez au moins un dispositif à la session.",
        (_, contexte) => contexte.Session!.Dispositifs.Count > 0);

    /// <summary>No seat left: the recruitment may be closed (decision 23).</summary>
    public static readonly Regle<FicheSession> RecrutementSansPlace = new(
        "SES-RECRUTEMENT-10", [s => s.EtatRecrutement], Gravite.Avertissement,
        "Il ne reste aucune place et le recrutement est ouvert : passez-le à « Fermé » s'il est terminé.",
        (s, contexte) => s.EtatRecrutement != Listes.RecrutementOuvert || contexte.Session!.Dispositifs.Count == 0
            || contexte.Session.Dispositifs.Any(d => (d.Fiche.NbPlacesRestantes ?? d.Fiche.NbPlaces) is null or > 0));

    /// <summary>The information collective opens Kairos, Ouiform and the regional sites (procedure, page 10; decision 22).</summary>
    public static readonly Regle<FicheSession> InformationCollective = new(
        "SES-INFO-10", "informations", Gravite.Canal,
        "Informations collectives : la saisie est obligatoire pour que l'offre puisse alimenter Kairos, Ouiform et les sites régionaux.",
        (_, contexte) => contexte.Lot is null || !contexte.AttentesDuProgramme.InformationCollectiveRequise || contexte.Session!.Informations.Count > 0);

    /// <summary>A meeting to come while the recruitment is open (decision 22).</summary>
    public static readonly Regle<FicheSession> InformationAVenir = new(
        "SES-INFO-11", "informations", Gravite.Avertissement,
        "Informations collectives : aucune n'est à venir alors que le recrutement est ouvert.",
        (s, contexte) => s.EtatRecrutement != Listes.RecrutementOuvert || contexte.Session!.Informations.Count == 0
            || contexte.Session.Informations.Any(line => line.Fiche.Date is null || line.Fiche.Date >= contexte.Aujourdhui));

    /// <summary>The modality "information collective" comes from the table (decision 22).</summary>
    public static readonly Regle<FicheSession> ModaliteInformation = new(
        "SES-MODALITES-RECRUTEMENT-10", [s => s.ModalitesRecrutement], Gravite.Avertissement,
        "« Information collective » est coché : ajoutez sa date dans les informations collectives.",
        (s, contexte) => !s.ModalitesRecrutement.Contains(Listes.InformationCollective) || contexte.Session!.Informations.Count > 0);

    /// <summary>Candidates see when to apply.</summary>
    public static readonly Regle<FicheSession> PeriodeInscription = new(
        "SES-INSC-10", "inscriptions", Gravite.Avertissement,
        "Aucune période d'inscription : les candidats ne verront que la date de début.",
        (_, contexte) => contexte.Session!.Periodes.Count > 0);

    /// <summary>The meeting ends after its start.</summary>
    public static readonly Regle<FicheInformationCollective> HeureFinApresDebut = new(
        "SES-INFO-FIN-10", [i => i.HeureFin, i => i.HeureDebut], Gravite.Bloquant,
        "L'heure de fin précède l'heure de début : corrigez l'une des deux.",
        (i, _) => i.HeureDebut is null || i.HeureFin is null || i.HeureFin > i.HeureDebut);

    /// <summary>On site, an address.</summary>
    public static readonly Regle<FicheInformationCollective> LieuSurPlace = new(
        "SES-INFO-LIEU-10", [i => i.Lieu, i => i.ADistance], Gravite.Bloquant,
        "Lieu : indiquez l'adresse de l'information collective, ou choisissez « À distance ».",
        (i, _) => i.ADistance == Listes.Oui || i.Lieu is not null);

    /// <summary>At a distance, a link.</summary>
    public static readonly Regle<FicheInformationCollective> LienADistance = new(
        "SES-INFO-URL-10", [i => i.Url, i => i.ADistance], Gravite.Bloquant,
        "Lien de connexion : indiquez l'adresse de la réunion à distance.",
        (i, _) => i.ADistance != Listes.Oui || i.Url is not null);

    /// <summary>The meeting comes before the session starts.</summary>
    public static readonly Regle<FicheInformationCollective> InformationAvantSession = new(
        "SES-INFO-DATE-10", [i => i.Date], Gravite.Avertissement,
        "L'information collective a lieu après le début de la session : vérifiez sa date.",
        (i, contexte) => i.Date is null || contexte.Session?.Fiche.DateDebut is not { } start || i.Date <= start);

    /// <summary>The period ends on or after its start.</summary>
    public static readonly Regle<FichePeriodeInscription> PeriodeFinApresDebut = new(
        "SES-INSC-FIN-10", [p => p.Fin, p => p.Debut], Gravite.Bloquant,
        "La fin de la période précède son début : corrigez l'une des deux dates.",
        (p, _) => p.Debut is null || p.Fin is null || p.Fin >= p.Debut);

    /// <summary>Candidates apply before the session ends.</summary>
    public static readonly Regle<FichePeriodeInscription> PeriodeAvantFinDeSession = new(
        "SES-INSC-DEBUT-10", [p => p.Debut], Gravite.Avertissement,
        "La période d'inscription débute après la fin de la session : vérifiez ses dates.",
        (p, contexte) => p.Debut is null || contexte.Session?.Fiche.DateFin is not { } end || p.Debut <= end);

    private static bool IsDistance(string code) => code is "96129" or "96133" or "96130" or "96131" or "96128";

    private static Regle<FicheSession> NotOnHoliday(string code, string nom)
    {
        var champ = Champ.Of<FicheSession>(nom);
        return new Regle<FicheSession>(code, [champ], Gravite.Avertissement,
            $"{champ.Libelle} : ce jour est férié ou un dimanche ; vérifiez-le.",
            (s, contexte) => champ.Read(s) is not DateOnly day || DayOff(day, contexte) is null,
            (s, contexte) => $"{champ.Libelle} : le {champ.Format(s)} est {DayOff((DateOnly)champ.Read(s)!, contexte)} ; vérifiez ce jour.");
    }

    private static string? DayOff(DateOnly day, Contexte contexte) =>
        contexte.JoursFeries.TryGetValue(day, out var name) ? $"férié ({name})" : day.DayOfWeek == DayOfWeek.Sunday ? "un dimanche" : null;
}
