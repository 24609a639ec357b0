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

    /// <summary>Blocs are those of the certification.</summary>
    public static readonly Regle<FicheFormation> BlocsConnus = new(
        "FOR-BLOCS-10", [f => f.BlocsChoisis], Gravite.Impossible,
        "Blocs de compétences : choisissez des blocs de cette certification.",
        (f, contexte) => f.BlocsChoisis.All(code => contexte.Offre.Formation.Blocs.Any(bloc => bloc.Code == code)));

    /// <summary>Partielle: at least one bloc, not all (LHÉO validation-blocs).</summary>
    public static readonly Regle<FicheFormation> ValidationPartielle = new(
        "FOR-BLOCS-11", [f => f.BlocsChoisis, f => f.ValidationFormation], Gravite.Bloquant,
        "Validation partielle : cochez au moins un bloc de compétences, mais pas tous.",
        (f, contexte) => f.ValidationFormation != Listes.Partielle || contexte.Offre.Formation.Blocs.Count == 0
            || (f.BlocsChoisis.Count > 0 && f.BlocsChoisis.Count < contexte.Offre.Formation.Blocs.Count));

    /// <summary>Individualised path: the blocs that may be followed alone are ticked.</summary>
    public static readonly Regle<FicheFormation> BlocsIndividualises = new(
        "FOR-BLOCS-12", [f => f.BlocsChoisis, f => f.IndividualiserBlocs], Gravite.Bloquant,
        "Parcours individualisé : cochez au moins un bloc de compétences.",
        (f, contexte) => f.IndividualiserBlocs != Listes.Oui || contexte.Offre.Formation.Blocs.Count == 0 || f.BlocsChoisis.Count > 0);

    /// <summary>A retired CertifInfo code stays readable; its successor is named.</summary>
    public static readonly Regle<FicheFormation> CertifinfoPublie = new(
        "FOR-INTITULE-10", [f => f.Intitule], Gravite.Avertissement,
        "Le code Certifinfo n'est plus publié : voyez avec le service Offre du Cariforef le code qui le remplace.",
        (_, contexte) => contexte.Offre.Formation.CertificationPubliee,
        (_, contexte) => contexte.Offre.Formation.Remplacants is { Count: > 0 } next
            ? $"Le code Certifinfo {contexte.Offre.Formation.CodeCertifinfo} a été remplacé par {string.Join(" ou ", next)} : voyez avec le service Offre du Cariforef."
            : $"Le code Certifinfo {contexte.Offre.Formation.CodeCertifinfo} n'est plus publié : voyez avec le service Offre du Cariforef.");

    private static Regle<FicheFormation> Needed(string code, string nom)
    {
        var champ = Champ.Of<FicheFormation>(nom);
        return new Regle<FicheFormation>(code, [champ], Gravite.Bloquant,
            $"{champ.Libelle} : remplissez ce champ, nécessaire sans référence Certifinfo.",
            (f, contexte) => contexte.Offre.Formation.CodeCertifinfo is not null || !champ.EstVide(f));
    }
}
