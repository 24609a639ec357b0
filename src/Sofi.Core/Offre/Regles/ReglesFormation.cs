namespace Sofi.Core.Offre.Regles;

/// <summary>Coherence of the Fiche Formation (procedure, page 8; decisions 11 to 14 and 49).</summary>
public static class ReglesFormation
{
    /// <summary>Free formation: its objectif blocks the sending (decision 49).</summary>
    public static readonly Regle<FicheFormation> ObjectifSansCertifinfo = Needed("FOR-OBJECTIF-10", nameof(FicheFormation.Objectif));

    /// <summary>Free formation: its programme blocks the sending (decision 49).</summary>
    public static readonly Regle<FicheFormation> ProgrammeSansCertifinfo = Needed("FOR-PROGRAMME-10", nameof(FicheFormation.Programme));

    /// <summary>Free formation: its résultats attendus block the sending (decision 49).</summary>
    public static readonly Regle<FicheFormation> ResultatsSansCertifinfo = Needed("FOR-RESULTATS-10", nameof(FicheFormation.ResultatsAttendus));

    /// <summary>A formation without CertifInfo code leads to no certification (decision 14).</summary>
    public static readonly Regle<FicheFormation> CertificationSansCertifinfo = new(
        "FOR-OBJECTIF-GENERAL-10", [f => f.ObjectifGeneral], Gravite.Avertissement,
        "Objectif général : « Certification » suppose une référence Certifinfo et la formation n’en a pas ; vérifiez votre choix.",
        (f, contexte) => contexte.Offre.Formation.CodeCertifinfo is not null || f.ObjectifGeneral != Listes.ObjectifCertification);

    /// <summary>A retired CertifInfo code stays readable; its successor is named.</summary>
    public static readonly Regle<FicheFormation> CertifinfoPublie = new(
        "FOR-INTITULE-10", [f => f.Intitule], Gravite.Avertissement,
        "Intitulé : le code Certifinfo n’est plus publié ; voyez avec le service Offre du Cariforef le code qui le remplace.",
        (_, contexte) => contexte.Offre.Formation.CertificationPubliee,
        (_, contexte) => contexte.Offre.Formation is { CodeCertifinfo: var code, Remplacants: { Count: > 0 } next }
            ? $"Intitulé : le code Certifinfo {code} a été remplacé par {string.Join(" ou ", next)} ; voyez avec le service Offre du Cariforef."
            : $"Intitulé : le code Certifinfo {contexte.Offre.Formation.CodeCertifinfo} n’est plus publié ; voyez avec le service Offre du Cariforef.");

    /// <summary>Partielle: at least one bloc, not all (LHÉO validation-blocs).</summary>
    public static readonly Regle<FicheFormation> ValidationPartielle = new(
        "FOR-BLOCS-10", [f => f.BlocsChoisis, f => f.ValidationFormation], Gravite.Bloquant,
        "Blocs de compétences : la validation est partielle ; cochez au moins un bloc, mais pas tous, ou choisissez « Totale ».",
        (f, contexte) => f.ValidationFormation != Listes.Partielle || Known(contexte) == 0 || IsSome(f, contexte),
        (f, contexte) => $"Blocs de compétences : {Ticked(f, contexte)} pour une validation partielle ; cochez au moins un bloc, mais pas tous, ou choisissez « Totale ».");

    /// <summary>Individualised path: the blocs that may be followed alone are ticked.</summary>
    public static readonly Regle<FicheFormation> BlocsIndividualises = new(
        "FOR-BLOCS-11", [f => f.BlocsChoisis, f => f.IndividualiserBlocs], Gravite.Bloquant,
        "Blocs de compétences : le parcours est individualisé ; cochez au moins un bloc.",
        (f, contexte) => f.IndividualiserBlocs != Listes.Oui || f.ValidationFormation == Listes.Partielle || Known(contexte) == 0 || f.BlocsChoisis.Count > 0);

    /// <summary>Totale without individualised path: all the blocs, said by ticking all or none (LHÉO validation-blocs).</summary>
    public static readonly Regle<FicheFormation> ValidationTotale = new(
        "FOR-BLOCS-12", [f => f.BlocsChoisis, f => f.ValidationFormation, f => f.IndividualiserBlocs], Gravite.Bloquant,
        "Blocs de compétences : la validation est totale, sans individualisation ; cochez tous les blocs ou aucun, ou choisissez « Partielle ».",
        (f, contexte) => f.ValidationFormation != Listes.Totale || f.IndividualiserBlocs != Listes.Non || !IsSome(f, contexte),
        (f, contexte) => $"Blocs de compétences : {Ticked(f, contexte)} pour une validation totale, sans individualisation ; cochez tous les blocs ou aucun, ou choisissez « Partielle ».");

    private static int Known(Contexte contexte) => contexte.Offre.Formation.Blocs.Count;

    private static bool IsSome(FicheFormation f, Contexte contexte) => f.BlocsChoisis.Count > 0 && f.BlocsChoisis.Count < Known(contexte);

    private static string Ticked(FicheFormation f, Contexte contexte) => $"{f.BlocsChoisis.Count} {(f.BlocsChoisis.Count > 1 ? "cochés" : "coché")} sur {Known(contexte)}";

    private static Regle<FicheFormation> Needed(string code, string nom)
    {
        var champ = Champ.Of<FicheFormation>(nom);
        return new Regle<FicheFormation>(code, [champ], Gravite.Bloquant,
            $"{champ.Libelle} : nécessaire sans référence Certifinfo ; remplissez ce champ.",
            (f, contexte) => contexte.Offre.Formation.CodeCertifinfo is not null || !champ.EstVide(f));
    }
}
