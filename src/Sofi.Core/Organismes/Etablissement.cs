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

    /// <summary>Name under which the public knows it, up to 255 characters; <c>null</c> when it is the raison sociale.</summary>
    public string? NomCommercial { get; set; }

    /// <summary>Numéro de déclaration d'activité, 11 characters; <c>null</c> when unknown.</summary>
    public string? Nda { get; set; }

    /// <summary>UAI of a school or CFA, 8 characters; <c>null</c> for others.</summary>
    public string? Uai { get; set; }

    /// <summary>Categories of its Qualiopi certificate (codes of the list of the screens); none: not certified.</summary>
    public Codes Qualiopi { get; set; } = Codes.Aucun;

    /// <summary>Last day of its Qualiopi certificate.</summary>
    public DateOnly? QualiopiJusquAu { get; set; }

    /// <summary>Web site, up to 400 characters.</summary>
    public string? SiteWeb { get; set; }

    /// <summary>Address of the établissement.</summary>
    public Adresse Adresse { get; set; } = new();

    /// <summary>General e-mail address.</summary>
    public string? Courriel { get; set; }

    /// <summary>General telephone number.</summary>
    public string? Telephone { get; set; }

    /// <summary>Contact published when a session names none (decision 48); a number of <see cref="Contact"/>.</summary>
    public int? ContactPrincipalNumero { get; set; }

    /// <summary>Folded names, commune and SIRET, for search: always those of the present names and address.</summary>
    public string Recherche
    {
        get => Texte.Fold(string.Join(' ', new[] { RaisonSociale, NomCommercial, Adresse.Commune, Siret }.OfType<string>()));
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

    /// <summary>Latitude, degrees (WGS 84), six decimals; <c>null</c> when unknown.</summary>
    public decimal? Latitude { get; set; }

    /// <summary>Longitude, degrees (WGS 84), six decimals; <c>null</c> when unknown.</summary>
    public decimal? Longitude { get; set; }

    /// <summary>How people with a disability are received, up to 250 characters (LHÉO acces-handicapes).</summary>
    public string? AccesHandicapes { get; set; }

    /// <summary>Meals, up to 250 characters (LHÉO restauration).</summary>
    public string? Restauration { get; set; }

    /// <summary>Lodging, up to 250 characters (LHÉO hebergement).</summary>
    public string? Hebergement { get; set; }

    /// <summary>How to come, up to 250 characters (LHÉO transport).</summary>
    public string? Transport { get; set; }

    /// <summary>False once deactivated: it leaves the choices, not the history.</summary>
    public bool Actif { get; set; } = true;

    /// <summary>Changes at each save.</summary>
    public int Version { get; set; }

    /// <summary>Folded name and commune, for search: always those of the present name and address.</summary>
    public string Recherche
    {
        get => Texte.Fold(string.Join(' ', new[] { Nom, Adresse.Commune, Adresse.CodePostal }.OfType<string>()));
        private set { }
    }

    /// <summary>Établissement that it belongs to.</summary>
    public Etablissement Etablissement { get; init; } = null!;

    /// <summary>True for the place at the établissement's own address: it cannot leave, be renamed or move by itself.</summary>
    public bool EstPrincipal => Nom == NomPrincipal;

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

    /// <summary>Civilité, a code of the list of the screens (LHÉO civilite); <c>null</c> for a desk.</summary>
    public string? Civilite { get; set; }

    /// <summary>Name of the person, or of the desk, up to 100 characters.</summary>
    public required string Nom { get; set; }

    /// <summary>First name, up to 50 characters; <c>null</c> for a desk.</summary>
    public string? Prenom { get; set; }

    /// <summary>Function, up to 100 characters.</summary>
    public string? Fonction { get; set; }

    /// <summary>E-mail address.</summary>
    public string? Courriel { get; set; }

    /// <summary>Telephone number.</summary>
    public string? Telephone { get; set; }

    /// <summary>Mobile telephone number.</summary>
    public string? Portable { get; set; }

    /// <summary>What the contact answers for: codes of LHÉO dict-type-contact.</summary>
    public Codes Types { get; set; } = Codes.Aucun;

    /// <summary>False once deactivated: it leaves the choices, not the history.</summary>
    public bool Actif { get; set; } = true;

    /// <summary>Changes at each save.</summary>
    public int Version { get; set; }

    /// <summary>Établissement that it belongs to.</summary>
    public Etablissement Etablissement { get; init; } = null!;

    /// <summary>Displayed name: first name and name, or the desk.</summary>
    public string NomComplet => Prenom is null ? Nom : $"{Prenom} {Nom}";

    /// <summary>Folded names, function and address, for search: always the present ones.</summary>
    public string Recherche
    {
        get => Texte.Fold(string.Join(' ', new[] { Nom, Prenom, Fonction, Courriel }.OfType<string>()));
        private set { }
    }

    /// <summary>"1902, auto saisie - 36364, CARIFOREF DES PAYS DE LA LOIRE, SIRET 13000511900032", as the procedure shows a référent.</summary>
    public string Libelle => $"{Numero}, {NomComplet} - {Etablissement.Numero}, {Etablissement.RaisonSociale}, SIRET {Etablissement.Siret}";
}

/// <summary>
/// A contact who answers for a role of an établissement (PMR, mobilité, PRF, pédagogique…). The default one of a role stands on new sessions.
/// </summary>
public sealed class Referent
{
    /// <summary>Row number.</summary>
    public int Id { get; init; }

    /// <summary>Établissement.</summary>
    public required int EtablissementNumero { get; init; }

    /// <summary>Role: a code of the list of the screens.</summary>
    public required string Role { get; init; }

    /// <summary>The contact, of the same établissement.</summary>
    public required int ContactNumero { get; set; }

    /// <summary>True for the one that new sessions take; one a role at most.</summary>
    public bool ParDefaut { get; set; }

    /// <summary>The contact.</summary>
    public Contact Contact { get; init; } = null!;
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
        builder.Property(e => e.NomCommercial).HasMaxLength(255);
        builder.Property(e => e.Nda).HasMaxLength(11);
        builder.Property(e => e.Uai).HasMaxLength(8);
        builder.Property(e => e.SiteWeb).HasMaxLength(400);
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
        builder.Property(l => l.Latitude).HasPrecision(9, 6);
        builder.Property(l => l.Longitude).HasPrecision(9, 6);
        builder.Property(l => l.Recherche).UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.Ignore(l => l.EstPrincipal);
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
        builder.Property(c => c.Prenom).HasMaxLength(50);
        builder.Property(c => c.Recherche).UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.Ignore(c => c.NomComplet);
        builder.Ignore(c => c.Libelle);
        builder.HasOne(c => c.Etablissement).WithMany().HasForeignKey(c => c.EtablissementNumero);
    }
}

internal sealed class ReferentMapping : IEntityTypeConfiguration<Referent>
{
    public void Configure(EntityTypeBuilder<Referent> builder)
    {
        builder.ToTable("referent");
        builder.Property(r => r.Role).HasMaxLength(20);
        builder.HasIndex(r => new { r.EtablissementNumero, r.Role, r.ContactNumero }).IsUnique();
        builder.HasOne(r => r.Contact).WithMany().HasForeignKey(r => r.ContactNumero).OnDelete(DeleteBehavior.Restrict);
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
