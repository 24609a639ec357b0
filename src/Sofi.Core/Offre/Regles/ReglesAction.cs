using System.Globalization;

namespace Sofi.Core.Offre.Regles;

/// <summary>Coherence of the Fiche Action (procedure, page 9; decisions 11 and 18).</summary>
public static class ReglesAction
{
    /// <summary>Objectifs, when the CertifInfo sheet has none (decision 11).</summary>
    public static readonly Regle<FicheAction> Objectifs =
        Needed("ACT-OBJECTIFS-10", nameof(FicheAction.Objectifs), formation => formation.Objectif);

    /// <summary>Complément programme, when the CertifInfo sheet has no programme (decision 11).</summary>
    public static readonly Regle<FicheAction> ComplementProgramme =
        Needed("ACT-COMPLEMENT-PROGRAMME-10", nameof(FicheAction.ComplementProgramme), formation => formation.Programme);

    /// <summary>Résultats attendus, when the CertifInfo sheet has none (decision 11).</summary>
    public static readonly Regle<FicheAction> ResultatsAttendus =
        Needed("ACT-RESULTATS-10", nameof(FicheAction.ResultatsAttendus), formation => formation.ResultatsAttendus);

    /// <summary>"Mon + formation" is worth filling.</summary>
    public static readonly Regle<FicheAction> PlusFormation = new(
        "ACT-PLUS-10", [a => a.PlusFormation], Gravite.Avertissement,
        "« Mon + formation » est vide : 250 caractères pour dire vos points forts.",
        (a, _) => a.PlusFormation is not null);

    /// <summary>Pré-requis within those that the programme proposes (decision 15).</summary>
    public static readonly Regle<FicheAction> PrerequisDuProgramme = new(
        "ACT-PREREQUIS-10", [a => a.Prerequis], Gravite.Avertissement,
        "Pré-requis : le programme en propose d'autres.",
        (a, contexte) => contexte.AttentesDuProgramme.Prerequis is not { Count: > 0 } wanted || a.Prerequis.All(code => wanted.Contains(code)));

    /// <summary>An action is sent with at least one session.</summary>
    public static readonly Regle<FicheAction> AuMoinsUneSession = new(
        "ACT-SESSIONS-10", "sessions", Gravite.Bloquant,
        "Sessions : ajoutez au moins une session, ou reprenez une session mise de côté.",
        (_, contexte) => contexte.Offre.Sessions.Any(session => !session.MiseDeCote));

    /// <summary>The CertifInfo code is one that the lot and the programme allow.</summary>
    public static readonly Regle<FicheAction> CertifinfoAdmis = new(
        "ACT-CERTIFINFO-10", "site-dispensateur", Gravite.Bloquant,
        "Le code Certifinfo n'est pas admis sur le lot : choisissez une formation du lot.",
        (_, contexte) => IsAllowed(contexte),
        (_, contexte) => $"Le code Certifinfo {contexte.Offre.Formation.CodeCertifinfo?.ToString(CultureInfo.InvariantCulture) ?? "(aucun)"} n'est pas admis sur le lot {contexte.Lot!.Numero} : choisissez une formation du lot.");

    private static bool IsAllowed(Contexte contexte)
    {
        if (contexte.Lot is not { } lot) return true;
        var code = contexte.Offre.Formation.CodeCertifinfo?.ToString(CultureInfo.InvariantCulture) ?? "";
        return (lot.CodesCertifinfo.Count == 0 || lot.CodesCertifinfo.Contains(code))
            && (contexte.AttentesDuProgramme.CodesCertifinfo is not { Count: > 0 } allowed || allowed.Contains(code));
    }

    private static Regle<FicheAction> Needed(string code, string nom, Func<FicheFormation, string?> onFormation)
    {
        var champ = Champ.Of<FicheAction>(nom);
        return new Regle<FicheAction>(code, [champ], Gravite.Bloquant,
            $"{champ.Libelle} : remplissez ce champ, la fiche Certifinfo ne le donne pas.",
            (a, contexte) => contexte.Offre.Formation.CodeCertifinfo is null || onFormation(contexte.Offre.Formation.Fiche) is not null || !champ.EstVide(a));
    }
}
