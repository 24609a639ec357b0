using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sofi.Core.Programmes;

/// <summary>Where an import of the Région's file stands. Stored by name.</summary>
public enum EtatImport
{
    /// <summary>Previewed, not applied: replaced by its author's next preview.</summary>
    Apercu,

    /// <summary>Applied.</summary>
    Applique,
}

/// <summary>An import of the Région's file: the file as it came, who brought it, what it did. Never changed once applied.</summary>
public sealed class ImportProgramme
{
    /// <summary>Number of the import.</summary>
    public int Id { get; init; }

    /// <summary>Name of the file, up to 200 characters.</summary>
    public required string NomFichier { get; init; }

    /// <summary>The file, byte for byte.</summary>
    public required byte[] Contenu { get; init; }

    /// <summary>Account that brought it; <c>null</c> for the command line.</summary>
    public int? CompteId { get; init; }

    /// <summary>Name of who brought it, as it was then.</summary>
    public required string Auteur { get; init; }

    /// <summary>When it was brought (UTC).</summary>
    public required DateTime DeposeLe { get; init; }

    /// <summary>Where it stands.</summary>
    public required EtatImport Etat { get; set; }

    /// <summary>Name of who applied it.</summary>
    public string? AppliquePar { get; set; }

    /// <summary>When it was applied (UTC).</summary>
    public DateTime? AppliqueLe { get; set; }

    /// <summary>What it does, as JSON of <see cref="RapportImport"/>; the apply is refused when the base would now give another one.</summary>
    public required string Rapport { get; init; }

    /// <summary>Number of lines created, changed or absent: zero for a file that changes nothing.</summary>
    public required int NbChangements { get; init; }
}

internal sealed class ImportProgrammeMapping : IEntityTypeConfiguration<ImportProgramme>
{
    public void Configure(EntityTypeBuilder<ImportProgramme> builder)
    {
        builder.ToTable("import_programme");
        builder.Property(i => i.NomFichier).HasMaxLength(200);
        builder.Property(i => i.Auteur).HasMaxLength(200);
        builder.Property(i => i.AppliquePar).HasMaxLength(200);
        builder.Property(i => i.Etat).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(i => i.DeposeLe);
    }
}
