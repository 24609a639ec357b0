using System.Text.Json.Serialization;
using Sofi.Core.Data;
using Sofi.Core.Programmes;
using Sofi.Core.Referentiels;

namespace Sofi.Core.Offre;

/// <summary>
/// A whole action as a value: its formation, itself, its sessions and their dispositifs. What the rules judge, the récapitulatif shows
/// and a submission keeps. Persons appear by number only: rectification and erasure touch no snapshot (DESIGN §2.4).
/// </summary>
public sealed record OffreSaisie
{
    /// <summary>Schema of this record when it is serialised; an upcaster is added for each step.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>What is taught.</summary>
    public required FormationSaisie Formation { get; init; }

    /// <summary>How it is delivered.</summary>
    public required ActionSaisie Action { get; init; }

    /// <summary>When and where, in the order of their numbers.</summary>
    public IReadOnlyList<SessionSaisie> Sessions { get; init; } = [];

    /// <summary>True for the fiche of a session set aside, or of one of its dispositifs: it waits for a later sending (decision 9).</summary>
    public bool IsSetAside(NatureFiche fiche, int numero) => Sessions.Any(s => s.MiseDeCote && (
        (fiche == NatureFiche.Session && s.Numero == numero) || (fiche == NatureFiche.Dispositif && s.Dispositifs.Any(d => d.Id == numero))));
}

/// <summary>The formation of an <see cref="OffreSaisie"/>.</summary>
public sealed record FormationSaisie
{
    /// <summary>Number F; 0 before the first save.</summary>
    public int Numero { get; init; }

    /// <summary>Version of the formation: an older part never replaces a newer one in publication.</summary>
    public int Version { get; init; }

    /// <summary>Who and when; not part of a snapshot.</summary>
    [JsonIgnore]
    public Trace Trace { get; init; } = new();

    /// <summary>Établissement that owns it.</summary>
    public required EtablissementSaisie Dispensateur { get; init; }

    /// <summary>CertifInfo code; <c>null</c> for a free formation.</summary>
    public int? CodeCertifinfo { get; init; }

    /// <summary>RNCP code with prefix, or <c>null</c>.</summary>
    public string? CodeRncp { get; init; }

    /// <summary>RS code with prefix, or <c>null</c>.</summary>
    public string? CodeRs { get; init; }

    /// <summary>ROME codes of the certification.</summary>
    public Codes Romes { get; init; } = Codes.Aucun;

    /// <summary>NSF codes of the certification.</summary>
    public Codes Nsfs { get; init; } = Codes.Aucun;

    /// <summary>True while the code may be chosen; false once replaced or closed.</summary>
    public bool CertificationPubliee { get; init; } = true;

    /// <summary>Successors of a replaced code.</summary>
    public Codes Remplacants { get; init; } = Codes.Aucun;

    /// <summary>Blocs known for the certification.</summary>
    public IReadOnlyList<BlocPropose> Blocs { get; init; } = [];

    /// <summary>The fiche.</summary>
    public required FicheFormation Fiche { get; init; }
}

/// <summary>An établissement as an offer shows it.</summary>
/// <param name="Numero">Number of the établissement (36364).</param>
/// <param name="Siret">SIRET.</param>
/// <param name="RaisonSociale">Raison sociale.</param>
/// <param name="Commune">Commune, or <c>null</c>.</param>
public sealed record EtablissementSaisie(int Numero, string Siret, string RaisonSociale, string? Commune)
{
    /// <summary>"SIRET - numéro - nom - commune": Site dispensateur.</summary>
    public string LibelleDispensateur => $"{Siret} - {Numero} - {RaisonSociale} - {Commune}";

    /// <summary>"numéro - nom - Principal": Organisme responsable.</summary>
    public string LibelleResponsable => $"{Numero} - {RaisonSociale} - Principal";
}

/// <summary>The action of an <see cref="OffreSaisie"/>.</summary>
public sealed record ActionSaisie
{
    /// <summary>Number A; 0 before the first save.</summary>
    public int Numero { get; init; }

    /// <summary>Version of the fiche, for the two-editors screen; not part of a snapshot.</summary>
    [JsonIgnore]
    public int Version { get; init; }

    /// <summary>Who and when (block "Gestion"); not part of a snapshot.</summary>
    [JsonIgnore]
    public Trace Trace { get; init; } = new();

    /// <summary>First sending (UTC); <c>null</c> for a draft, which alone can be deleted (decision 9); not part of a snapshot.</summary>
    [JsonIgnore]
    public DateTime? EnvoyeeLe { get; init; }

    /// <summary>Lot chosen at creation; <c>null</c> through "Autres formations".</summary>
    public LotSaisie? Lot { get; init; }

    /// <summary>The fiche.</summary>
    public required FicheAction Fiche { get; init; }

    /// <summary>Its equipments.</summary>
    public IReadOnlyList<LigneSaisie<FicheEquipement>> Equipements { get; init; } = [];
}

/// <summary>A line of an inner table.</summary>
/// <param name="Rang">Number that the screen uses to open the line.</param>
/// <param name="Code">Lasting code, or the rank as text for lines without one.</param>
/// <param name="Fiche">The line.</param>
public sealed record LigneSaisie<TFiche>(int Rang, string Code, TFiche Fiche);

/// <summary>A session of an <see cref="OffreSaisie"/>.</summary>
public sealed record SessionSaisie
{
    /// <summary>Number S; 0 before the first save.</summary>
    public int Numero { get; init; }

    /// <summary>Version of the fiche, for the two-editors screen; not part of a snapshot.</summary>
    [JsonIgnore]
    public int Version { get; init; }

    /// <summary>Who and when (block "Gestion"); not part of a snapshot.</summary>
    [JsonIgnore]
    public Trace Trace { get; init; } = new();

    /// <summary>First sending (UTC); <c>null</c> for a draft, which alone can be deleted (decision 9); not part of a snapshot.</summary>
    [JsonIgnore]
    public DateTime? EnvoyeeLe { get; init; }

    /// <summary>The fiche.</summary>
    public required FicheSession Fiche { get; init; }

    /// <summary>True when set aside from the sending.</summary>
    public bool MiseDeCote { get; init; }

    /// <summary>Organisme responsable: the lot's mandataire, else the dispensateur.</summary>
    public required EtablissementSaisie Responsable { get; init; }

    /// <summary>Its informations collectives.</summary>
    public IReadOnlyList<LigneSaisie<FicheInformationCollective>> Informations { get; init; } = [];

    /// <summary>Its périodes d'inscription.</summary>
    public IReadOnlyList<LigneSaisie<FichePeriodeInscription>> Periodes { get; init; } = [];

    /// <summary>Its dispositifs.</summary>
    public IReadOnlyList<DispositifSaisie> Dispositifs { get; init; } = [];

    /// <summary>The dispositif of a regional programme, or <c>null</c>.</summary>
    public DispositifSaisie? Regional() => Dispositifs.FirstOrDefault(d => d.Lot is not null);
}

/// <summary>A dispositif of a session.</summary>
public sealed record DispositifSaisie
{
    /// <summary>Row number; 0 before the first save.</summary>
    public int Id { get; init; }

    /// <summary>Version of the fiche, for the two-editors screen; not part of a snapshot.</summary>
    [JsonIgnore]
    public int Version { get; init; }

    /// <summary>Who and when (block "Gestion"); not part of a snapshot.</summary>
    [JsonIgnore]
    public Trace Trace { get; init; } = new();

    /// <summary>Code of the scheme (8 in the procedure).</summary>
    public required int Code { get; init; }

    /// <summary>Libellé: the programme's for a regional one, else the scheme's.</summary>
    public required string Libelle { get; init; }

    /// <summary>Kind of the scheme.</summary>
    public required NatureDispositif Nature { get; init; }

    /// <summary>Line of the Région's file; <c>null</c> for another scheme.</summary>
    public LotSaisie? Lot { get; init; }

    /// <summary>The fiche.</summary>
    public required FicheDispositif Fiche { get; init; }
}

/// <summary>A line of the Région's file as an offer shows it.</summary>
public sealed record LotSaisie
{
    /// <summary>Row number of the line.</summary>
    public required int Id { get; init; }

    /// <summary>Numéro lot CR.</summary>
    public required string Numero { get; init; }

    /// <summary>Intitulé of the lot.</summary>
    public required string Intitule { get; init; }

    /// <summary>ID Action CR.</summary>
    public required string IdActionCr { get; init; }

    /// <summary>OF Mandataire CR.</summary>
    public required string CodeMandataireCr { get; init; }

    /// <summary>Établissement of the mandataire.</summary>
    public required EtablissementSaisie Mandataire { get; init; }

    /// <summary>True under forfait recrutement (decision 34).</summary>
    public bool ForfaitRecrutement { get; init; }

    /// <summary>Quota of seats, or <c>null</c>.</summary>
    public int? NbPlaces { get; init; }

    /// <summary>CertifInfo codes allowed; empty: any.</summary>
    public Codes CodesCertifinfo { get; init; } = Codes.Aucun;

    /// <summary>Code of the programme.</summary>
    public required string CodeProgramme { get; init; }

    /// <summary>Intitulé of the programme.</summary>
    public required string IntituleProgramme { get; init; }

    /// <summary>Year in which its sessions start.</summary>
    public required int Annee { get; init; }

    /// <summary>Publics of the programme.</summary>
    public Codes Publics { get; init; } = Codes.Aucun;

    /// <summary>"PROGRAMME REGION - …".</summary>
    public string LibelleProgramme => "PROGRAMME REGION - " + IntituleProgramme;

    /// <summary>"PE2025_12 - Lot 12 - …".</summary>
    public string Libelle => Numero + " - " + Intitule;
}
