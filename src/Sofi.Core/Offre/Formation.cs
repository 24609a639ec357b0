using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Organismes;
using Sofi.Core.Programmes;

namespace Sofi.Core.Offre;

/// <summary>Who created and last changed a fiche, and when: shown in the block "Gestion" (decision 25).</summary>
public sealed record Trace
{
    /// <summary>When it was created (UTC).</summary>
    public DateTime CreeLe { get; init; }

    /// <summary>Name of its creator.</summary>
    public string CreePar { get; init; } = "";

    /// <summary>When it was last changed (UTC).</summary>
    public DateTime ModifieLe { get; init; }

    /// <summary>Name of the last author.</summary>
    public string ModifiePar { get; init; } = "";

    /// <summary>A trace that starts now.</summary>
    public static Trace Start(string author, DateTime instant) => new() { CreeLe = instant, CreePar = author, ModifieLe = instant, ModifiePar = author };

    /// <summary>The same trace, changed now.</summary>
    public Trace Touch(string author, DateTime instant) => this with { ModifieLe = instant, ModifiePar = author };
}

/// <summary>État of an action (decision 30). Stored by name: names are stable.</summary>
public enum EtatAction
{
    /// <summary>Created or changed and not sent: "en cours de saisie".</summary>
    EnCoursDeSaisie,

    /// <summary>Sent: "en attente de validation".</summary>
    EnAttenteValidation,

    /// <summary>The Cariforef asked something: "en attente de réponses".</summary>
    EnAttenteReponses,

    /// <summary>Validated and published.</summary>
    Validee,

    /// <summary>Refused with a reason: counts as "en cours de saisie" until sent again.</summary>
    Refusee,
}

/// <summary>Formation (F): what is taught, owned by one établissement, shared by its actions (decision 6).</summary>
public sealed class Formation
{
    /// <summary>Number F, given at the first save.</summary>
    public int Numero { get; init; }

    /// <summary>Établissement that owns it: the Site dispensateur of its actions.</summary>
    public required int EtablissementNumero { get; init; }

    /// <summary>CertifInfo code; <c>null</c> for a free formation. One formation per code and établissement.</summary>
    public int? CodeCertifinfo { get; set; }

    /// <summary>The fiche; with a CertifInfo code its taken-up fields are copies that no form can post.</summary>
    public FicheFormation Fiche { get; set; } = new();

    /// <summary>Folded intitulé, for search and sort.</summary>
    public string Recherche { get; set; } = "";

    /// <summary>Version of the fiche: the two-editors screen compares it.</summary>
    public int Version { get; set; }

    /// <summary>Who and when.</summary>
    public Trace Trace { get; set; } = new();

    /// <summary>Établissement that owns it.</summary>
    public Etablissement Etablissement { get; init; } = null!;

    /// <summary>Its actions.</summary>
    public List<ActionFormation> Actions { get; } = [];
}

/// <summary>Action (A): how the site delivers a formation; the unit that is sent, validated and published.</summary>
public sealed class ActionFormation
{
    /// <summary>Number A, given at the first save.</summary>
    public int Numero { get; init; }

    /// <summary>Its formation.</summary>
    public required int FormationNumero { get; init; }

    /// <summary>État of the saisie.</summary>
    public EtatAction Etat { get; set; }

    /// <summary>Counts every write to the action, its sessions and their tables: the lock of DESIGN §5.</summary>
    public int Revision { get; set; }

    /// <summary>Lot chosen on "Formations publiques"; <c>null</c> through the other door. Prefills only (decision 2).</summary>
    public int? LotId { get; set; }

    /// <summary>Site de réalisation chosen at creation; prefills the Site lieu of new sessions.</summary>
    public int? LieuId { get; set; }

    /// <summary>The fiche.</summary>
    public FicheAction Fiche { get; set; } = new();

    /// <summary>True once the Cariforef replaced its CertifInfo code, until the organisation acknowledges.</summary>
    public bool CertifinfoRemplace { get; set; }

    /// <summary>First sending (UTC); <c>null</c> for a draft, which alone can be deleted (decision 9).</summary>
    public DateTime? EnvoyeeLe { get; set; }

    /// <summary>First publication (UTC); <c>null</c> while never published.</summary>
    public DateTime? EnLigneDepuis { get; set; }

    /// <summary>Version of the fiche.</summary>
    public int Version { get; set; }

    /// <summary>Who and when.</summary>
    public Trace Trace { get; set; } = new();

    /// <summary>Its formation.</summary>
    public Formation Formation { get; init; } = null!;

    /// <summary>Its equipments.</summary>
    public List<Equipement> Equipements { get; } = [];

    /// <summary>Its sessions.</summary>
    public List<SessionFormation> Sessions { get; } = [];
}

/// <summary>A line of "Equipement" on the Fiche Action.</summary>
public sealed class Equipement
{
    /// <summary>Row number.</summary>
    public int Id { get; init; }

    /// <summary>Its action.</summary>
    public int ActionNumero { get; init; }

    /// <summary>The line.</summary>
    public FicheEquipement Fiche { get; set; } = new();
}

/// <summary>Session (S): when and where an action takes place.</summary>
public sealed class SessionFormation
{
    /// <summary>Number S, given at the first save.</summary>
    public int Numero { get; init; }

    /// <summary>Its action.</summary>
    public required int ActionNumero { get; init; }

    /// <summary>The fiche.</summary>
    public FicheSession Fiche { get; set; } = new();

    /// <summary>True when set aside so that its sisters go (decision 9): stays editable and unsent (decision 51).</summary>
    public bool MiseDeCote { get; set; }

    /// <summary>First sending (UTC); <c>null</c> for a draft, which alone can be deleted (decision 9).</summary>
    public DateTime? EnvoyeeLe { get; set; }

    /// <summary>Last rank given to an information collective: ranks are never reused.</summary>
    public int DernierRangInformation { get; set; }

    /// <summary>Last rank given to a période d'inscription: ranks are never reused.</summary>
    public int DernierRangPeriode { get; set; }

    /// <summary>Version of the fiche.</summary>
    public int Version { get; set; }

    /// <summary>Who and when.</summary>
    public Trace Trace { get; set; } = new();

    /// <summary>Its action.</summary>
    public ActionFormation Action { get; init; } = null!;

    /// <summary>Its informations collectives.</summary>
    public List<InformationCollective> InformationsCollectives { get; } = [];

    /// <summary>Its périodes d'inscription.</summary>
    public List<PeriodeInscription> PeriodesInscription { get; } = [];

    /// <summary>Its dispositifs.</summary>
    public List<DispositifSession> Dispositifs { get; } = [];
}

/// <summary>A line of "Informations collectives"; keeps its code for ever (decision 22).</summary>
public sealed class InformationCollective
{
    /// <summary>Row number.</summary>
    public int Id { get; init; }

    /// <summary>Its session.</summary>
    public int SessionNumero { get; init; }

    /// <summary>Rank within the session, from 1, never reused.</summary>
    public required int Rang { get; init; }

    /// <summary>The line.</summary>
    public FicheInformationCollective Fiche { get; set; } = new();

    /// <summary>Lasting code: <c>01_143842</c>.</summary>
    public string Code => $"{Rang:00}_{SessionNumero}";
}

/// <summary>A line of "Périodes d'inscription"; keeps its code for ever (decision 22).</summary>
public sealed class PeriodeInscription
{
    /// <summary>Row number.</summary>
    public int Id { get; init; }

    /// <summary>Its session.</summary>
    public int SessionNumero { get; init; }

    /// <summary>Rank within the session, from 1, never reused.</summary>
    public required int Rang { get; init; }

    /// <summary>The line.</summary>
    public FichePeriodeInscription Fiche { get; set; } = new();

    /// <summary>Lasting code: <c>P01_143842</c>.</summary>
    public string Code => $"P{Rang:00}_{SessionNumero}";
}

/// <summary>Dispositif (D) of a session: the scheme under which it is paid, with its seats and fees.</summary>
public sealed class DispositifSession
{
    /// <summary>Row number: the one in URLs (decision 3).</summary>
    public int Id { get; init; }

    /// <summary>Its session.</summary>
    public required int SessionNumero { get; init; }

    /// <summary>Code of the scheme (<see cref="Dispositif"/>), 8 in the procedure.</summary>
    public required int CodeDispositif { get; set; }

    /// <summary>Line of the Région's file; <c>null</c> for another scheme.</summary>
    public int? LotId { get; set; }

    /// <summary>The fiche.</summary>
    public FicheDispositif Fiche { get; set; } = new();

    /// <summary>Version of the fiche.</summary>
    public int Version { get; set; }

    /// <summary>Who and when.</summary>
    public Trace Trace { get; set; } = new();

    /// <summary>Its session.</summary>
    public SessionFormation Session { get; init; } = null!;

    /// <summary>The scheme.</summary>
    public Dispositif Dispositif { get; init; } = null!;

    /// <summary>Line of the Région's file.</summary>
    public Lot? Lot { get; init; }
}

internal sealed class FormationMapping : IEntityTypeConfiguration<Formation>
{
    public void Configure(EntityTypeBuilder<Formation> builder)
    {
        builder.ToTable("formation");
        builder.HasKey(f => f.Numero);
        builder.ComplexProperty(f => f.Fiche);
        builder.ComplexProperty(f => f.Trace);
        builder.Property(f => f.Version).IsConcurrencyToken();
        builder.HasIndex(f => new { f.EtablissementNumero, f.CodeCertifinfo }).IsUnique();
        builder.HasOne(f => f.Etablissement).WithMany().HasForeignKey(f => f.EtablissementNumero);
        builder.HasMany(f => f.Actions).WithOne(a => a.Formation).HasForeignKey(a => a.FormationNumero);
    }
}

internal sealed class ActionFormationMapping : IEntityTypeConfiguration<ActionFormation>
{
    public void Configure(EntityTypeBuilder<ActionFormation> builder)
    {
        builder.ToTable("action");
        builder.HasKey(a => a.Numero);
        builder.ComplexProperty(a => a.Fiche);
        builder.ComplexProperty(a => a.Trace);
        builder.Property(a => a.Etat).HasConversion<string>().HasMaxLength(30);
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasIndex(a => a.Etat);
        builder.HasOne<Lot>().WithMany().HasForeignKey(a => a.LotId);
        builder.HasOne<Lieu>().WithMany().HasForeignKey(a => a.LieuId);
        builder.HasMany(a => a.Equipements).WithOne().HasForeignKey(e => e.ActionNumero);
        builder.HasMany(a => a.Sessions).WithOne(s => s.Action).HasForeignKey(s => s.ActionNumero);
    }
}

internal sealed class EquipementMapping : IEntityTypeConfiguration<Equipement>
{
    public void Configure(EntityTypeBuilder<Equipement> builder)
    {
        builder.ToTable("equipement");
        builder.ComplexProperty(e => e.Fiche);
    }
}

internal sealed class SessionFormationMapping : IEntityTypeConfiguration<SessionFormation>
{
    public void Configure(EntityTypeBuilder<SessionFormation> builder)
    {
        builder.ToTable("session");
        builder.HasKey(s => s.Numero);
        builder.ComplexProperty(s => s.Fiche);
        builder.ComplexProperty(s => s.Trace);
        builder.Property(s => s.Version).IsConcurrencyToken();
        builder.HasMany(s => s.InformationsCollectives).WithOne().HasForeignKey(i => i.SessionNumero);
        builder.HasMany(s => s.PeriodesInscription).WithOne().HasForeignKey(p => p.SessionNumero);
        builder.HasMany(s => s.Dispositifs).WithOne(d => d.Session).HasForeignKey(d => d.SessionNumero);
    }
}

internal sealed class InformationCollectiveMapping : IEntityTypeConfiguration<InformationCollective>
{
    public void Configure(EntityTypeBuilder<InformationCollective> builder)
    {
        builder.ToTable("information_collective");
        builder.ComplexProperty(i => i.Fiche);
        builder.Ignore(i => i.Code);
        builder.HasIndex(i => new { i.SessionNumero, i.Rang }).IsUnique();
    }
}

internal sealed class PeriodeInscriptionMapping : IEntityTypeConfiguration<PeriodeInscription>
{
    public void Configure(EntityTypeBuilder<PeriodeInscription> builder)
    {
        builder.ToTable("periode_inscription");
        builder.ComplexProperty(p => p.Fiche);
        builder.Ignore(p => p.Code);
        builder.HasIndex(p => new { p.SessionNumero, p.Rang }).IsUnique();
    }
}

internal sealed class DispositifSessionMapping : IEntityTypeConfiguration<DispositifSession>
{
    public void Configure(EntityTypeBuilder<DispositifSession> builder)
    {
        builder.ToTable("dispositif_session");
        builder.ComplexProperty(d => d.Fiche);
        builder.ComplexProperty(d => d.Trace);
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.HasIndex(d => d.LotId);
        builder.HasOne(d => d.Dispositif).WithMany().HasForeignKey(d => d.CodeDispositif);
        builder.HasOne(d => d.Lot).WithMany().HasForeignKey(d => d.LotId);
    }
}
