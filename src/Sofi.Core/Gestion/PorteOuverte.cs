using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;

namespace Sofi.Core.Gestion;

/// <summary>An open day of an établissement. To come until its day is over, then archived: the date says it, nothing has to be done.</summary>
public sealed class PorteOuverte
{
    /// <summary>Number.</summary>
    public int Numero { get; init; }

    /// <summary>Établissement that opens its doors.</summary>
    public required int EtablissementNumero { get; init; }

    /// <summary>The fiche; its title, date, start and place are complete.</summary>
    public FichePorteOuverte Fiche { get; set; } = new();

    /// <summary>Folded title, for search.</summary>
    public string Recherche
    {
        get => Texte.Fold(Fiche.Titre);
        private set { }
    }

    /// <summary>Version of the fiche.</summary>
    public int Version { get; set; }

    /// <summary>Établissement that opens its doors.</summary>
    public Etablissement Etablissement { get; init; } = null!;
}

/// <summary>The open days to come and those that are over.</summary>
public static class PortesOuvertes
{
    /// <summary>Those of today and later, or those that are over.</summary>
    public static IQueryable<PorteOuverte> At(this IQueryable<PorteOuverte> portes, DateOnly today, bool archived) =>
        archived ? portes.Where(p => p.Fiche.Date < today) : portes.Where(p => p.Fiche.Date >= today);
}

internal sealed class PorteOuverteMapping : IEntityTypeConfiguration<PorteOuverte>
{
    public void Configure(EntityTypeBuilder<PorteOuverte> builder)
    {
        builder.ToTable("porte_ouverte");
        builder.HasKey(p => p.Numero);
        builder.ComplexProperty(p => p.Fiche);
        builder.Property(p => p.Recherche).UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.HasOne(p => p.Etablissement).WithMany().HasForeignKey(p => p.EtablissementNumero);
    }
}
