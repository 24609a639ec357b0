using Sofi.Core.Data;

namespace Sofi.Core.Programmes;

/// <summary>A line of the sheet <c>programmes</c>.</summary>
/// <param name="Ligne">Line in the sheet.</param>
/// <param name="Code">code_programme.</param>
/// <param name="Intitule">intitule.</param>
/// <param name="Annee">annee.</param>
/// <param name="CodeDispositif">code_dispositif.</param>
/// <param name="Publics">publics, Formacode.</param>
public sealed record LigneProgramme(int Ligne, string Code, string Intitule, int Annee, int CodeDispositif, Codes Publics);

/// <summary>A line of the sheet <c>lots</c>: a lot and one of its mandataires.</summary>
/// <param name="Ligne">Line in the sheet.</param>
/// <param name="Numero">numero_lot.</param>
/// <param name="Intitule">intitule.</param>
/// <param name="CodeProgramme">code_programme.</param>
/// <param name="IdActionCr">id_action_cr.</param>
/// <param name="CodeMandataireCr">code_mandataire_cr.</param>
/// <param name="ForfaitRecrutement">forfait_recrutement.</param>
/// <param name="NbPlaces">nb_places.</param>
/// <param name="Departement">departement.</param>
/// <param name="CodesCertifinfo">codes_certifinfo; empty means any.</param>
public sealed record LigneLot(
    int Ligne, string Numero, string Intitule, string CodeProgramme, string IdActionCr, string CodeMandataireCr,
    bool ForfaitRecrutement, int? NbPlaces, string? Departement, Codes CodesCertifinfo);

/// <summary>A line of the sheet <c>formateurs</c>: an organisation that teaches on a lot for a mandataire.</summary>
/// <param name="Ligne">Line in the sheet.</param>
/// <param name="NumeroLot">numero_lot.</param>
/// <param name="CodeMandataireCr">code_mandataire_cr.</param>
/// <param name="Siret">siret, a key of <see cref="FichierRegion.Organismes"/>.</param>
public sealed record LigneFormateur(int Ligne, string NumeroLot, string CodeMandataireCr, string Siret);

/// <summary>A line of the sheet <c>programmation</c>: a session ordered by the Région.</summary>
/// <param name="Ligne">Line in the sheet.</param>
/// <param name="NumeroLot">numero_lot.</param>
/// <param name="CodeMandataireCr">code_mandataire_cr.</param>
/// <param name="DateDebut">date_debut.</param>
/// <param name="DateFin">date_fin.</param>
/// <param name="Commune">commune.</param>
/// <param name="NbPlaces">nb_places.</param>
/// <param name="BonDeCommande">bon_de_commande.</param>
public sealed record LigneProgrammation(
    int Ligne, string NumeroLot, string CodeMandataireCr, DateOnly DateDebut, DateOnly DateFin, string Commune, int? NbPlaces, string? BonDeCommande);

/// <summary>An organisation named by the sheets <c>mandataires</c> and <c>formateurs</c>, each value taken from the first line that gives it.</summary>
/// <param name="Feuille">Sheet of its first line.</param>
/// <param name="Ligne">Number of its first line.</param>
/// <param name="Siret">siret.</param>
/// <param name="RaisonSociale">raison_sociale.</param>
/// <param name="Nda">nda.</param>
/// <param name="Voie">adresse.</param>
/// <param name="CodePostal">code_postal.</param>
/// <param name="Commune">commune.</param>
/// <param name="Courriel">courriel.</param>
/// <param name="Telephone">telephone.</param>
public sealed record LigneOrganisme(
    string Feuille, int Ligne, string Siret, string RaisonSociale, string? Nda,
    string? Voie, string? CodePostal, string? Commune, string? Courriel, string? Telephone);

/// <summary>The Région's file, read and consistent with itself; nothing is known yet of the base.</summary>
/// <param name="Programmes">Sheet <c>programmes</c>.</param>
/// <param name="Lots">Sheet <c>lots</c>.</param>
/// <param name="Mandataires">Sheet <c>mandataires</c>: SIRET by code_cr.</param>
/// <param name="Formateurs">Sheet <c>formateurs</c>.</param>
/// <param name="Programmation">Sheet <c>programmation</c>; <c>null</c> when the file has none.</param>
/// <param name="Organismes">Organisations of both sheets, by SIRET.</param>
public sealed record FichierRegion(
    IReadOnlyList<LigneProgramme> Programmes, IReadOnlyList<LigneLot> Lots, IReadOnlyDictionary<string, string> Mandataires,
    IReadOnlyList<LigneFormateur> Formateurs, IReadOnlyList<LigneProgrammation>? Programmation, IReadOnlyDictionary<string, LigneOrganisme> Organismes);
