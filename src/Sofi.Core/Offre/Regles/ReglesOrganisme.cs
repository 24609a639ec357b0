using System.Text.RegularExpressions;
using Sofi.Core.Organismes;

namespace Sofi.Core.Offre.Regles;

/// <summary>
/// Coherence of the fiches of an organisation's own desk: établissement, places, contacts, open days. Nothing is sent there: a blocking rule holds
/// back the save.
/// </summary>
public static partial class ReglesOrganisme
{
    /// <summary>A SIRET has a right Luhn key, with La Poste's exception.</summary>
    public static readonly Regle<FicheEtablissement> SiretJuste = new(
        "ETA-SIRET-10", [e => e.Siret], Gravite.Bloquant,
        "SIRET : la clé de contrôle est fausse ; vérifiez les 14 chiffres.",
        (e, _) => e.Siret is null || Identifiants.IsSiret(e.Siret),
        (e, _) => e.Siret!.Length == 14 && e.Siret.All(char.IsAsciiDigit)
            ? "SIRET : la clé de contrôle est fausse ; vérifiez les 14 chiffres."
            : $"SIRET : « {e.Siret} » n’a pas 14 chiffres ; écrivez-les sans espace.");

    /// <summary>A NDA has 11 characters (LHÉO).</summary>
    public static readonly Regle<FicheEtablissement> NdaEntier = new(
        "ETA-NDA-10", [e => e.Nda], Gravite.Bloquant,
        "Numéro de déclaration d’activité : il a 11 chiffres ; vérifiez-le.",
        (e, _) => e.Nda is null || Nda().IsMatch(e.Nda),
        (e, _) => $"Numéro de déclaration d’activité : « {e.Nda} » n’a pas 11 chiffres ; écrivez-les sans espace.");

    /// <summary>A UAI has a right key.</summary>
    public static readonly Regle<FicheEtablissement> UaiJuste = new(
        "ETA-UAI-10", [e => e.Uai], Gravite.Bloquant,
        "UAI : sept chiffres et leur lettre de contrôle ; vérifiez-le.",
        (e, _) => e.Uai is null || Identifiants.IsUai(e.Uai),
        (e, _) => $"UAI : « {e.Uai} » n’est pas sept chiffres et leur lettre de contrôle ; vérifiez-le.");

    /// <summary>A certificate that is over certifies nothing.</summary>
    public static readonly Regle<FicheEtablissement> QualiopiEnCours = new(
        "ETA-QUALIOPI-FIN-10", [e => e.QualiopiJusquAu, e => e.Qualiopi], Gravite.Avertissement,
        "Certificat valable jusqu’au : la date est passée ; indiquez le nouveau certificat.",
        (e, contexte) => e.Qualiopi.Count == 0 || e.QualiopiJusquAu is null || e.QualiopiJusquAu >= contexte.Aujourdhui,
        (e, _) => $"Certificat valable jusqu’au : le {e.QualiopiJusquAu.Jour()} est passé ; indiquez le nouveau certificat.");

    /// <summary>A postal code has five digits.</summary>
    public static readonly Regle<FicheEtablissement> CodePostalEtablissement = new(
        "ETA-CODE-POSTAL-10", [e => e.CodePostal], Gravite.Bloquant, "Code postal : il a cinq chiffres ; vérifiez-le.",
        (e, _) => e.CodePostal is null || CodePostal().IsMatch(e.CodePostal));

    /// <summary>A postal code has five digits.</summary>
    public static readonly Regle<FicheLieu> CodePostalLieu = new(
        "LIE-CODE-POSTAL-10", [l => l.CodePostal], Gravite.Bloquant, "Code postal : il a cinq chiffres ; vérifiez-le.",
        (l, _) => l.CodePostal is null || CodePostal().IsMatch(l.CodePostal));

    /// <summary>Half a point is no point.</summary>
    public static readonly Regle<FicheLieu> LatitudeSeule = new(
        "LIE-LATITUDE-10", [l => l.Latitude, l => l.Longitude], Gravite.Bloquant, "Latitude : la longitude est indiquée ; indiquez aussi la latitude.",
        (l, _) => l.Latitude is not null || l.Longitude is null);

    /// <summary>Half a point is no point.</summary>
    public static readonly Regle<FicheLieu> LongitudeSeule = new(
        "LIE-LONGITUDE-10", [l => l.Longitude, l => l.Latitude], Gravite.Bloquant, "Longitude : la latitude est indiquée ; indiquez aussi la longitude.",
        (l, _) => l.Longitude is not null || l.Latitude is null);

    /// <summary>A contact can be reached.</summary>
    public static readonly Regle<FicheContact> Joignable = new(
        "CON-COURRIEL-10", [c => c.Courriel, c => c.Telephone, c => c.Portable], Gravite.Bloquant,
        "Courriel : le contact n’a ni courriel ni téléphone ; indiquez-en un.",
        (c, _) => c.Courriel is not null || c.Telephone is not null || c.Portable is not null);

    /// <summary>An open day ends after its start.</summary>
    public static readonly Regle<FichePorteOuverte> FinApresDebut = new(
        "POR-FIN-10", [p => p.HeureFin, p => p.HeureDebut], Gravite.Bloquant, "Heure de fin : elle ne suit pas l’heure de début ; corrigez l’une des deux.",
        (p, _) => p.HeureDebut is null || p.HeureFin is null || p.HeureFin > p.HeureDebut);

    /// <summary>An open day that is over is not announced.</summary>
    public static readonly Regle<FichePorteOuverte> DatePassee = new(
        "POR-DATE-10", [p => p.Date], Gravite.Avertissement, "Date : elle est passée et la journée est archivée ; vérifiez-la.",
        (p, contexte) => p.Date is null || p.Date >= contexte.Aujourdhui,
        (p, _) => $"Date : le {p.Date.Jour()} est passé et la journée est archivée ; vérifiez-la.");

    /// <summary>On site, people need to know where.</summary>
    public static readonly Regle<FichePorteOuverte> LieuSurPlace = new(
        "POR-LIEU-10", [p => p.LieuId, p => p.ADistance], Gravite.Bloquant, "Lieu : la journée a lieu sur place ; choisissez un lieu.",
        (p, _) => p.ADistance == Listes.Oui || p.LieuId is not null);

    /// <summary>At a distance, people need a link.</summary>
    public static readonly Regle<FichePorteOuverte> LienADistance = new(
        "POR-URL-10", [p => p.Url, p => p.ADistance], Gravite.Bloquant, "Lien de connexion : la journée a lieu à distance ; indiquez le lien.",
        (p, _) => p.ADistance != Listes.Oui || p.Url is not null);

    [GeneratedRegex(@"^\d{3}[\dAB]\d{7}$")]
    private static partial Regex Nda();

    [GeneratedRegex(@"^\d{5}$")]
    private static partial Regex CodePostal();
}
