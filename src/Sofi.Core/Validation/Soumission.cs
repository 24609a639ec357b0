using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Offre;

namespace Sofi.Core.Validation;

/// <summary>État of a submission. Stored by name.</summary>
public enum EtatSoumission
{
    /// <summary>Waits for the Cariforef.</summary>
    EnAttente,

    /// <summary>Validated: published.</summary>
    Validee,

    /// <summary>Refused, with a reason.</summary>
    Refusee,
}

/// <summary>What was sent to the Cariforef at one moment: the whole snapshot, never rewritten, and the answer it got.</summary>
public sealed class Soumission
{
    /// <summary>Number of the submission.</summary>
    public int Id { get; init; }

    /// <summary>Action sent.</summary>
    public required int ActionNumero { get; init; }

    /// <summary>Revision of the action that the snapshot shows.</summary>
    public required int Revision { get; init; }

    /// <summary>The snapshot (<see cref="OffreSerializer"/>), without the sessions set aside.</summary>
    public required string Contenu { get; init; }

    /// <summary>Établissement that sent it.</summary>
    public required int EtablissementNumero { get; init; }

    /// <summary>Intitulé of the formation, for the queue.</summary>
    public required string Intitule { get; init; }

    /// <summary>Raison sociale of the sender, for the queue.</summary>
    public required string Organisme { get; init; }

    /// <summary>Programme of the first regional session, for the queue; <c>null</c> for another offer.</summary>
    public string? Programme { get; init; }

    /// <summary>Lot of the first regional session, for the queue.</summary>
    public string? Lot { get; init; }

    /// <summary>Folded intitulé, organisme, programme, lot and numbers, for search.</summary>
    public required string Recherche { get; init; }

    /// <summary>Sessions sent.</summary>
    public required int NbSessions { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTime EnvoyeeLe { get; init; }

    /// <summary>Name of the sender.</summary>
    public required string EnvoyeePar { get; init; }

    /// <summary>Answer.</summary>
    public EtatSoumission Etat { get; set; }

    /// <summary>Reason of a refusal, up to 3,000 characters.</summary>
    public string? Motif { get; set; }

    /// <summary>When it was answered (UTC).</summary>
    public DateTime? DecideeLe { get; set; }

    /// <summary>Name of the validator.</summary>
    public string? DecideePar { get; set; }

    /// <summary>Changes at each answer: two validators never answer twice.</summary>
    public int Version { get; set; }
}

internal sealed class SoumissionMapping : IEntityTypeConfiguration<Soumission>
{
    public void Configure(EntityTypeBuilder<Soumission> builder)
    {
        builder.ToTable("soumission");
        builder.Property(s => s.Etat).HasConversion<string>().HasMaxLength(20);
        builder.Property(s => s.Version).IsConcurrencyToken();
        builder.HasIndex(s => new { s.Etat, s.EnvoyeeLe });
        builder.HasIndex(s => s.ActionNumero);
        builder.HasOne<ActionFormation>().WithMany().HasForeignKey(s => s.ActionNumero).OnDelete(DeleteBehavior.Restrict);
    }
}
