using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Data;

namespace Sofi.Core.Organismes;

/// <summary>A postal address. The commune is the one of the communes table when its code INSEE is known.</summary>
public sealed record Adresse
{
    /// <summary>Number and street, up to 200 characters.</summary>
    public string? Voie { get; init; }

    /// <summary>Postal code, five digits.</summary>
    public string? CodePostal { get; init; }

    /// <summary>Name of the commune, up to 100 characters.</summary>
    public string? Commune { get; init; }

    /// <summary>INSEE code of the commune, five characters.</summary>
    public string? CodeInsee { get; init; }
}

/// <summary>
/// An établissement (SIRET) of a training organisation (SIREN), decision 45. Its number is the "36364" of the procedure (decision 4).
/// It is the Site dispensateur of its formations.
/// </summary>
public sealed class Etablissement
{
    /// <summary>Number given by Sofi.</summary>
    public int Numero { get; init; }

    /// <summary>SIRET, 14 digits.</summary>
    public required string Siret { get; init; }

    /// <summary>SIREN of the organisation: the nine first digits of the SIRET.</summary>
    public string Siren { get; private init; } = "";

    /// <summary>Raison sociale, in the official capitals, up to 255 characters.</summary>
    public required string RaisonSociale { get; set; }

    /// <summary>Numéro de déclaration d'activité, 11 characters; <c>null</c> when unknown.</summary>
    public string? Nda { get; set; }

    /// <summary>Address of the établissement.</summary>
    public Adresse Adresse { get; set; } = new();

    /// <summary>General e-mail address.</summary>
    public string? Courriel { get; set; }

    /// <summary>General telephone number.</summary>
    public string? Telephone { get; set; }

    /// <summary>Contact published when a session names none (decision 48); a number of <see cref="Contact"/>.</summary>
    public int? ContactPrincipalNumero { get; set; }

    /// <summary>Folded name and commune, for search: always those of the present name and address.</summary>
    public string Recherche
    {
        get => Texte.Fold($"{RaisonSociale} {Adresse.Commune}");
        private set { }
    }

    /// <summary>Changes at each save: two people never overwrite each other silently.</summary>
    public int Version { get; set; }

    /// <summary>Places where the établissement teaches.</summary>
    public List<Lieu> Lieux { get; } = [];

    /// <summary>"SIRET - numéro - nom - commune": the Site dispensateur of the procedure.</summary>
    public string LibelleDispensateur => $"{Siret} - {Numero} - {RaisonSociale} - {Adresse.Commune}";
}

/// <summary>A place of an établissement: "Principal" or another (decision 4). It is the Site lieu of sessions.</summary>
public sealed class Lieu
{
    /// <summary>Name of the place that stands at the établissement's own address.</summary>
    public const string NomPrincipal = "Principal";

    /// <summary>Number of the place.</summary>
    public int Id { get; init; }

    /// <summary>Établissement that it belongs to.</summary>
    public int EtablissementNumero { get; init; }

    /// <summary>Name: "Principal" for the établissement's own address.</summary>
    public required string Nom { get; set; }

    /// <summary>Address of the place.</summary>
    public Adresse Adresse { get; set; } = new();

    /// <summary>False once deactivated: it leaves the choices, not the history.</summary>
    public bool Actif { get; set; } = true;

    /// <summary>Changes at each save.</summary>
    public int Version { get; set; }

    /// <summary>Établissement that it belongs to.</summary>
    public Etablissement Etablissement { get; init; } = null!;

    /// <summary>"36364 - CARIFOREF DES PAYS DE LA LOIRE - Principal", as the procedure shows a Site lieu (decision 4).</summary>
    public string Libelle => $"{Etablissement.Numero} - {Etablissement.RaisonSociale} - {Nom}";
}

/// <summary>A person or desk of an établissement: contact of sessions and référent. "1902, auto saisie" in the procedure.</summary>
public sealed class Contact
{
    /// <summary>Number of the contact.</summary>
    public int Numero { get; init; }

    /// <summary>Établissement that it belongs to.</summary>
    public int EtablissementNumero { get; init; }

    /// <summary>Displayed name, up to 100 characters.</summary>
    public required string Nom { get; set; }

    /// <summary>Function, up to 100 characters.</summary>
    public string? Fonction { get; set; }

    /// <summary>E-mail address.</summary>
    public string? Courriel { get; set; }

    /// <summary>Telephone number.</summary>
    public string? Telephone { get; set; }

    /// <summary>False once deactivated: it leaves the choices, not the history.</summary>
    public bool Actif { get; set; } = true;

    /// <summary>Changes at each save.</summary>
    public int Version { get; set; }

    /// <summary>Établissement that it belongs to.</summary>
    public Etablissement Etablissement { get; init; } = null!;

    /// <summary>"1902, auto saisie - 36364, CARIFOREF DES PAYS DE LA LOIRE, SIRET 13000511900032", as the procedure shows a référent.</summary>
    public string Libelle => $"{Numero}, {Nom} - {Etablissement.Numero}, {Etablissement.RaisonSociale}, SIRET {Etablissement.Siret}";
}

internal sealed class EtablissementMapping : IEntityTypeConfiguration<Etablissement>
{
    public void Configure(EntityTypeBuilder<Etablissement> builder)
    {
        builder.ToTable("etablissement");
        builder.HasKey(e => e.Numero);
        builder.Property(e => e.Siret).HasMaxLength(14);
        builder.Property(e => e.Siren).HasMaxLength(9).HasComputedColumnSql("substr(siret, 1, 9)", stored: true);
        builder.Property(e => e.RaisonSociale).HasMaxLength(255);
        builder.Property(e => e.Nda).HasMaxLength(11);
        builder.ComplexProperty(e => e.Adresse, AdresseMapping.Configure);
        builder.Property(e => e.Version).IsConcurrencyToken();
        builder.Property(e => e.Recherche).UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.Ignore(e => e.LibelleDispensateur);
        builder.HasIndex(e => e.Siret).IsUnique();
        builder.HasIndex(e => e.Siren);
        builder.HasMany(e => e.Lieux).WithOne(l => l.Etablissement).HasForeignKey(l => l.EtablissementNumero);
    }
}

internal sealed class LieuMapping : IEntityTypeConfiguration<Lieu>
{
    public void Configure(EntityTypeBuilder<Lieu> builder)
    {
        builder.ToTable("lieu");
        builder.Property(l => l.Nom).HasMaxLength(100);
        builder.ComplexProperty(l => l.Adresse, AdresseMapping.Configure);
        builder.Property(l => l.Version).IsConcurrencyToken();
        builder.Ignore(l => l.Libelle);
    }
}

internal sealed class ContactMapping : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> builder)
    {
        builder.ToTable("contact");
        builder.HasKey(c => c.Numero);
        builder.Property(c => c.Nom).HasMaxLength(100);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Ignore(c => c.Libelle);
        builder.HasOne(c => c.Etablissement).WithMany().HasForeignKey(c => c.EtablissementNumero);
    }
}

internal static class AdresseMapping
{
    public static void Configure(ComplexPropertyBuilder<Adresse> builder)
    {
        builder.Property(a => a.Voie).HasMaxLength(200);
        builder.Property(a => a.CodePostal).HasMaxLength(5);
        builder.Property(a => a.Commune).HasMaxLength(100);
        builder.Property(a => a.CodeInsee).HasMaxLength(5);
    }
}
