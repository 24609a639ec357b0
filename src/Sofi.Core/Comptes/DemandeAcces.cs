using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Data;

namespace Sofi.Core.Comptes;

/// <summary>What became of a request for access. Stored by name: names are stable.</summary>
public enum EtatDemande
{
    /// <summary>The Cariforef has not answered.</summary>
    EnAttente,

    /// <summary>The person was invited.</summary>
    Acceptee,

    /// <summary>The person received the reason.</summary>
    Refusee,
}

/// <summary>A request for access, from the public form "Demander un accès".</summary>
public sealed class DemandeAcces
{
    /// <summary>Number of the request.</summary>
    public int Id { get; private set; }

    /// <summary>Raison sociale as typed, up to 255 characters.</summary>
    public required string RaisonSociale { get; init; }

    /// <summary>SIRET, 14 digits.</summary>
    public required string Siret { get; init; }

    /// <summary>Numéro de déclaration d'activité, 11 digits; <c>null</c> when being asked for.</summary>
    public required string? Nda { get; init; }

    /// <summary>Name of the person, up to 100 characters.</summary>
    public required string Nom { get; init; }

    /// <summary>Her e-mail address.</summary>
    public required string Courriel { get; init; }

    /// <summary>Her telephone, up to 20 characters.</summary>
    public required string? Telephone { get; init; }

    /// <summary>What she adds, up to 1,000 characters.</summary>
    public required string? Precisions { get; init; }

    /// <summary>When it was received (UTC).</summary>
    public required DateTime RecueLe { get; init; }

    /// <summary>What became of it.</summary>
    public EtatDemande Etat { get; set; }

    /// <summary>Reason given with a refusal, up to 1,000 characters.</summary>
    public string? Motif { get; set; }

    /// <summary>When it was answered (UTC).</summary>
    public DateTime? TraiteeLe { get; set; }

    /// <summary>Who answered it.</summary>
    public string? TraiteePar { get; set; }

    /// <summary>Folded raison sociale, person, address and SIRET, for search.</summary>
    public string Recherche
    {
        get => Texte.Fold($"{RaisonSociale} {Nom} {Courriel} {Siret}");
        private set { }
    }
}

internal sealed class DemandeAccesMapping : IEntityTypeConfiguration<DemandeAcces>
{
    public void Configure(EntityTypeBuilder<DemandeAcces> builder)
    {
        builder.ToTable("demande_acces");
        builder.Property(d => d.RaisonSociale).HasMaxLength(255);
        builder.Property(d => d.Siret).HasMaxLength(14);
        builder.Property(d => d.Nda).HasMaxLength(11);
        builder.Property(d => d.Nom).HasMaxLength(CompteService.NomMaximum);
        builder.Property(d => d.Courriel).HasMaxLength(CompteService.CourrielMaximum);
        builder.Property(d => d.Telephone).HasMaxLength(20);
        builder.Property(d => d.Precisions).HasMaxLength(1000);
        builder.Property(d => d.Motif).HasMaxLength(1000);
        builder.Property(d => d.TraiteePar).HasMaxLength(200);
        builder.Property(d => d.Etat).HasConversion<string>().HasMaxLength(20);
        builder.Property(d => d.Recherche).UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.HasIndex(d => new { d.Etat, d.RecueLe });
    }
}
