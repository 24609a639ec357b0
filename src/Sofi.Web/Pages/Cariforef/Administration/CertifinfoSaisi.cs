using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Core.Referentiels;

namespace Sofi.Web.Pages.Cariforef.Administration;

/// <summary>The fields of a CertifInfo sheet, as the form binds them.</summary>
public sealed record CertifinfoSaisi
{
    /// <summary>Objectif général.</summary>
    [Champ("CER-OBJECTIF-GENERAL", "Objectif général", Liste = nameof(Listes.ObjectifGeneral), Aide = "Sans choix, la formation est présentée comme une certification.")]
    public string? ObjectifGeneral { get; init; }

    /// <summary>Objectif.</summary>
    [Champ("CER-OBJECTIF", "Objectif", Longueur = 3000, Forme = Forme.Texte, Lignes = 5)]
    public string? Objectif { get; init; }

    /// <summary>Programme.</summary>
    [Champ("CER-PROGRAMME", "Programme", Longueur = 3000, Forme = Forme.Texte, Lignes = 8)]
    public string? Programme { get; init; }

    /// <summary>Résultats attendus.</summary>
    [Champ("CER-RESULTATS", "Résultats attendus", Longueur = 3000, Forme = Forme.Texte)]
    public string? ResultatsAttendus { get; init; }

    /// <summary>Formacodes.</summary>
    [Champ("CER-FORMACODES", "Formacodes", Ouverte = ListeOuverte.Formacodes, MaxValeurs = 5,
        Aide = "Cinq au plus, le premier est le principal. Sans Formacode, l'organisme les choisit sur la Fiche Formation.")]
    public Codes Formacodes { get; init; } = Codes.Aucun;

    /// <summary>The fields of a stored sheet.</summary>
    public static CertifinfoSaisi Of(FicheCertifinfo? fiche) => fiche is null ? new() : new()
    {
        ObjectifGeneral = fiche.ObjectifGeneral,
        Objectif = fiche.Objectif,
        Programme = fiche.Programme,
        ResultatsAttendus = fiche.ResultatsAttendus,
        Formacodes = fiche.Formacodes,
    };

    /// <summary>What is saved: these fields and the blocs given.</summary>
    public SaisieCertifinfo With(IReadOnlyList<SaisieBloc> blocs) => new()
    {
        ObjectifGeneral = ObjectifGeneral,
        Objectif = Objectif,
        Programme = Programme,
        ResultatsAttendus = ResultatsAttendus,
        Formacodes = Formacodes,
        Blocs = blocs,
    };
}

/// <summary>A line of "Blocs de compétences" of a sheet, as the form binds it.</summary>
public sealed record BlocSaisi
{
    /// <summary>Code of the bloc.</summary>
    [Champ("CER-BLOC-CODE", "Code du bloc", Longueur = 40, Aide = "Exemple : RNCP39266BC01.")]
    public string? Code { get; init; }

    /// <summary>Type module.</summary>
    [Champ("CER-BLOC-TYPE", "Type module", Liste = nameof(Listes.TypeModule))]
    public string? TypeModule { get; init; }

    /// <summary>Intitulé module.</summary>
    [Champ("CER-BLOC-INTITULE", "Intitulé module", Longueur = 500)]
    public string? Intitule { get; init; }

    /// <summary>Objectif of the module.</summary>
    [Champ("CER-BLOC-OBJECTIF", "Objectif du module", Longueur = 3000, Forme = Forme.Texte, Lignes = 3)]
    public string? Objectif { get; init; }

    /// <summary>Programme of the module.</summary>
    [Champ("CER-BLOC-PROGRAMME", "Programme du module", Longueur = 3000, Forme = Forme.Texte, Lignes = 4)]
    public string? Programme { get; init; }

    /// <summary>The line of a bloc known for the certification.</summary>
    public static BlocSaisi Of(BlocPropose bloc) => new()
    {
        Code = bloc.Code,
        TypeModule = bloc.TypeModule,
        Intitule = bloc.Intitule,
        Objectif = bloc.Objectif,
        Programme = bloc.Programme,
    };

    /// <summary>What is saved of the line.</summary>
    public SaisieBloc ToSaisie() => new() { Code = Code, TypeModule = TypeModule, Intitule = Intitule, Objectif = Objectif, Programme = Programme };
}
