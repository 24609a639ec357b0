using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Data;
using Sofi.Core.Organismes;

namespace Sofi.Core.Programmes;

/// <summary>Kind of a dispositif (decision 44). Stored by name.</summary>
public enum NatureDispositif
{
    /// <summary>Programme régional.</summary>
    ProgrammeRegional,

    /// <summary>Contrat d'apprentissage.</summary>
    ContratApprentissage,

    /// <summary>Contrat de professionnalisation.</summary>
    ContratProfessionnalisation,

    /// <summary>Formation initiale.</summary>
    FormationInitiale,

    /// <summary>Autre financement, tout public.</summary>
    Autre,
}

/// <summary>A scheme under which a session is paid: the table of dispositifs kept by the Cariforef (decision 44).</summary>
public sealed class Dispositif
{
    /// <summary>Code shown in lists as "Code dispositif" (8 in the procedure), chosen by the Cariforef.</summary>
    public required int Code { get; init; }

    /// <summary>Libellé, up to 150 characters.</summary>
    public required string Libelle { get; set; }

    /// <summary>Kind: decides counters and whether a lot is needed.</summary>
    public required NatureDispositif Nature { get; set; }

    /// <summary>False once withdrawn from the choices.</summary>
    public bool Actif { get; set; } = true;

    /// <summary>Changes at each save.</summary>
    public int Version { get; set; }
}

/// <summary>A programme of the Région for one year ("PASS Entreprendre en Pays de la Loire - Formation", 2025).</summary>
public sealed class Programme
{
    /// <summary>Code in the Région's file.</summary>
    public required string Code { get; init; }

    /// <summary>Intitulé without the words "PROGRAMME REGION - ".</summary>
    public required string Intitule { get; set; }

    /// <summary>Year in which its sessions start; a programme keeps its year for ever.</summary>
    public required int Annee { get; init; }

    /// <summary>Dispositif that its sessions come under.</summary>
    public required int CodeDispositif { get; set; }

    /// <summary>Publics visés, Formacode 8xxxx.</summary>
    public Codes Publics { get; set; } = Codes.Aucun;

    /// <summary>False once absent from the Région's file while lots that carry sessions still belong to it: never removed, only marked.</summary>
    public bool Present { get; set; } = true;

    /// <summary>"PROGRAMME REGION - …", as the procedure shows it.</summary>
    public string Libelle => "PROGRAMME REGION - " + Intitule;
}

/// <summary>
/// One line of the Région's file: a lot and one of its mandataires (decision 50), with its seats. The dispositif of a session points to it.
/// </summary>
public sealed class Lot
{
    /// <summary>Row number.</summary>
    public int Id { get; init; }

    /// <summary>Numéro lot CR, such as <c>PE2025_12</c>.</summary>
    public required string Numero { get; init; }

    /// <summary>OF Mandataire CR, such as <c>386</c>.</summary>
    public required string CodeMandataireCr { get; init; }

    /// <summary>Intitulé of the lot.</summary>
    public required string Intitule { get; set; }

    /// <summary>Programme of the lot.</summary>
    public required string CodeProgramme { get; set; }

    /// <summary>ID Action CR, such as <c>4259</c>.</summary>
    public required string IdActionCr { get; set; }

    /// <summary>Établissement of the mandataire.</summary>
    public required int MandataireNumero { get; set; }

    /// <summary>True for a lot under forfait recrutement: its sessions start on the programmed date (decision 34).</summary>
    public bool ForfaitRecrutement { get; set; }

    /// <summary>Seats ordered for this line: the quota (decision 50); <c>null</c> when the file gives none.</summary>
    public int? NbPlaces { get; set; }

    /// <summary>Département, two or three characters; <c>null</c> when the file gives none.</summary>
    public string? Departement { get; set; }

    /// <summary>CertifInfo codes that may be entered on the lot; empty means any.</summary>
    public Codes CodesCertifinfo { get; set; } = Codes.Aucun;

    /// <summary>False once absent from the Région's file while sessions still use it: never removed, only marked.</summary>
    public bool Present { get; set; } = true;

    /// <summary>Programme of the lot.</summary>
    public Programme Programme { get; init; } = null!;

    /// <summary>Établissement of the mandataire.</summary>
    public Etablissement Mandataire { get; init; } = null!;

    /// <summary>Établissements that teach for the mandataire.</summary>
    public List<LotFormateur> Formateurs { get; } = [];

    /// <summary>"PE2025_12 - Lot 12 - …", as the procedure shows it.</summary>
    public string Libelle => Numero + " - " + Intitule;
}

/// <summary>Who may enter on which lot.</summary>
public static class Ouverture
{
    /// <summary>Lots of the present file of which an établissement is mandataire or formateur: those on which it may enter.</summary>
    public static IQueryable<Lot> OpenTo(this IQueryable<Lot> lots, int etablissement) => lots.Where(l =>
        l.Present && l.Programme.Present && (l.MandataireNumero == etablissement || l.Formateurs.Any(f => f.EtablissementNumero == etablissement)));
}

/// <summary>An OF formateur of one line of the Région's file.</summary>
public sealed class LotFormateur
{
    /// <summary>The line (lot × mandataire).</summary>
    public int LotId { get; init; }

    /// <summary>Établissement that teaches.</summary>
    public required int EtablissementNumero { get; init; }

    /// <summary>Établissement that teaches.</summary>
    public Etablissement Etablissement { get; init; } = null!;
}

/// <summary>A programmed session of the Région's order ("bon de commande"); feeds at most one non-cancelled session (decision 50).</summary>
public sealed class Programmation
{
    /// <summary>Row number.</summary>
    public int Id { get; init; }

    /// <summary>The line (lot × mandataire).</summary>
    public int LotId { get; init; }

    /// <summary>Programmed start.</summary>
    public required DateOnly DateDebut { get; init; }

    /// <summary>Programmed end.</summary>
    public required DateOnly DateFin { get; set; }

    /// <summary>Commune, as the file writes it.</summary>
    public required string Commune { get; init; }

    /// <summary>Seats ordered.</summary>
    public int? NbPlaces { get; set; }

    /// <summary>Number of the order.</summary>
    public string? BonDeCommande { get; set; }
}

internal sealed class DispositifMapping : IEntityTypeConfiguration<Dispositif>
{
    public void Configure(EntityTypeBuilder<Dispositif> builder)
    {
        builder.ToTable("dispositif");
        builder.HasKey(d => d.Code);
        builder.Property(d => d.Code).ValueGeneratedNever();
        builder.Property(d => d.Libelle).HasMaxLength(150);
        builder.Property(d => d.Nature).HasConversion<string>().HasMaxLength(40);
        builder.Property(d => d.Version).IsConcurrencyToken();
    }
}

internal sealed class ProgrammeMapping : IEntityTypeConfiguration<Programme>
{
    public void Configure(EntityTypeBuilder<Programme> builder)
    {
        builder.ToTable("programme");
        builder.HasKey(p => p.Code);
        builder.Property(p => p.Code).HasMaxLength(40);
        builder.Property(p => p.Intitule).HasMaxLength(255);
        builder.Ignore(p => p.Libelle);
        builder.HasOne<Dispositif>().WithMany().HasForeignKey(p => p.CodeDispositif);
    }
}

internal sealed class LotMapping : IEntityTypeConfiguration<Lot>
{
    public void Configure(EntityTypeBuilder<Lot> builder)
    {
        builder.ToTable("lot");
        builder.Property(l => l.Numero).HasMaxLength(40);
        builder.Property(l => l.CodeMandataireCr).HasMaxLength(40);
        builder.Property(l => l.IdActionCr).HasMaxLength(40);
        builder.Property(l => l.Intitule).HasMaxLength(255);
        builder.Property(l => l.Departement).HasMaxLength(3);
        builder.Ignore(l => l.Libelle);
        builder.HasIndex(l => new { l.Numero, l.CodeMandataireCr }).IsUnique();
        builder.HasIndex(l => l.MandataireNumero);
        builder.HasOne(l => l.Programme).WithMany().HasForeignKey(l => l.CodeProgramme);
        builder.HasOne(l => l.Mandataire).WithMany().HasForeignKey(l => l.MandataireNumero);
        builder.HasMany(l => l.Formateurs).WithOne().HasForeignKey(f => f.LotId);
        builder.HasMany<Programmation>().WithOne().HasForeignKey(p => p.LotId);
    }
}

internal sealed class LotFormateurMapping : IEntityTypeConfiguration<LotFormateur>
{
    public void Configure(EntityTypeBuilder<LotFormateur> builder)
    {
        builder.ToTable("lot_formateur");
        builder.HasKey(f => new { f.LotId, f.EtablissementNumero });
        builder.HasOne(f => f.Etablissement).WithMany().HasForeignKey(f => f.EtablissementNumero);
    }
}

internal sealed class ProgrammationMapping : IEntityTypeConfiguration<Programmation>
{
    public void Configure(EntityTypeBuilder<Programmation> builder)
    {
        builder.ToTable("programmation");
        builder.Property(p => p.Commune).HasMaxLength(100);
        builder.Property(p => p.BonDeCommande).HasMaxLength(80);
        builder.HasIndex(p => new { p.LotId, p.DateDebut, p.Commune }).IsUnique();
    }
}
