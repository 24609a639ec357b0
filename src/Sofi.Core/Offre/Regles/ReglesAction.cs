using System.Globalization;

namespace Sofi.Core.Offre.Regles;

/// <summary>Coherence of the Fiche Action (procedure, page 9; decisions 11, 15, 18 and 37).</summary>
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
        "Mon + formation : rien n’est écrit ; dites en 250 caractères les points forts de votre offre.",
        (a, _) => a.PlusFormation is not null);

    /// <summary>Pré-requis within those that the programme proposes (decision 15).</summary>
    public static readonly Regle<FicheAction> PrerequisDuProgramme = new(
        "ACT-PREREQUIS-10", [a => a.Prerequis], Gravite.Avertissement,
        "Pré-requis : un item choisi n’est pas de ceux du programme ; vérifiez votre choix.",
        (a, contexte) => !OutsideProgramme(a, contexte).Any(),
        (a, contexte) => $"Pré-requis : {Words(OutsideProgramme(a, contexte), contexte)} ne fait pas partie des items du programme ; vérifiez votre choix.");

    /// <summary>Without pré-requis nor comment LHÉO says "aucune" (decision 37): worth a thought.</summary>
    public static readonly Regle<FicheAction> PrerequisDits = new(
        "ACT-PREREQUIS-11", [a => a.Prerequis, a => a.CommentairePrerequis], Gravite.Avertissement,
        "Pré-requis : rien n’est indiqué et le public lira « aucune » condition ; choisissez un item ou écrivez un commentaire.",
        (a, _) => a.Prerequis.Count > 0 || a.CommentairePrerequis is not null);

    /// <summary>The CertifInfo code is one that the lots and their programmes allow.</summary>
    public static readonly Regle<FicheAction> CertifinfoAdmis = new(
        "ACT-CERTIFINFO-10", "site-dispensateur", Gravite.Bloquant,
        "Code Certifinfo : il n’est pas admis sur le lot ; choisissez une formation du lot.",
        (_, contexte) => Refusing(contexte) is null,
        (_, contexte) => contexte.Offre.Formation.CodeCertifinfo is { } code
            ? $"Code Certifinfo : {code} n’est pas admis sur le lot {Refusing(contexte)!.Numero} ; choisissez une formation du lot."
            : $"Code Certifinfo : le lot {Refusing(contexte)!.Numero} en demande un ; choisissez une formation du lot.");

    /// <summary>An action is sent with at least one session.</summary>
    public static readonly Regle<FicheAction> AuMoinsUneSession = new(
        "ACT-SESSIONS-10", "sessions", Gravite.Bloquant,
        "Sessions : aucune n’est à envoyer ; ajoutez une session ou reprenez une session mise de côté.",
        (_, contexte) => contexte.Offre.Sessions.Any(session => !session.MiseDeCote));

    private static IEnumerable<string> OutsideProgramme(FicheAction action, Contexte contexte) =>
        contexte.AttentesDuProgramme.Prerequis is { Count: > 0 } wanted ? action.Prerequis.Where(code => !wanted.Contains(code)) : [];

    private static string Words(IEnumerable<string> prerequis, Contexte contexte) => string.Join(", ",
        prerequis.Select(code => $"« {contexte.Libelles.Of(ListeOuverte.Prerequis).GetValueOrDefault(code, code)} »"));

    /// <summary>The first lot of the sessions to send that refuses the code; without such a session, the lot chosen at creation.</summary>
    private static LotSaisie? Refusing(Contexte contexte)
    {
        var code = contexte.Offre.Formation.CodeCertifinfo?.ToString(CultureInfo.InvariantCulture) ?? "";
        var lots = contexte.Offre.Sessions.Where(session => !session.MiseDeCote).SelectMany(session => session.Dispositifs).Select(d => d.Lot).OfType<LotSaisie>().ToList();
        if (lots.Count == 0 && contexte.Offre.Action.Lot is { } chosen) lots.Add(chosen);
        return lots.FirstOrDefault(lot => !Allows(lot.CodesCertifinfo) || !Allows(contexte.AttentesDe(lot).CodesCertifinfo));

        bool Allows(Data.Codes allowed) => allowed.Count == 0 || allowed.Contains(code);
    }

    private static Regle<FicheAction> Needed(string code, string nom, Func<FicheFormation, string?> onFormation)
    {
        var champ = Champ.Of<FicheAction>(nom);
        return new Regle<FicheAction>(code, [champ], Gravite.Bloquant,
            $"{champ.Libelle} : la fiche Certifinfo ne donne pas ce texte ; écrivez-le ici.",
            (a, contexte) => contexte.Offre.Formation.CodeCertifinfo is null || onFormation(contexte.Offre.Formation.Fiche) is not null || !champ.EstVide(a));
    }
}
