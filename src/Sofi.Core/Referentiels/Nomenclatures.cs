using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Data;

namespace Sofi.Core.Referentiels;

/// <summary>A French commune (COG 2026): search by name or postal code, distance.</summary>
public sealed class Commune
{
    /// <summary>INSEE code, five characters.</summary>
    public required string CodeInsee { get; init; }

    /// <summary>Official name.</summary>
    public required string Nom { get; set; }

    /// <summary>Postal codes.</summary>
    public Codes CodesPostaux { get; set; } = Codes.Aucun;

    /// <summary>Code of the département.</summary>
    public required string Departement { get; set; }

    /// <summary>INSEE code of the region.</summary>
    public required string Region { get; set; }

    /// <summary>Latitude of the centroid, degrees; <c>null</c> when the source has none.</summary>
    public double? Latitude { get; set; }

    /// <summary>Longitude of the centroid, degrees; <c>null</c> when the source has none.</summary>
    public double? Longitude { get; set; }

    /// <summary>Population.</summary>
    public int? Population { get; set; }

    /// <summary>Folded name, then the postal codes, for search.</summary>
    public string Recherche { get; set; } = "";
}

/// <summary>A descriptor of the Formacode thesaurus.</summary>
public sealed class Formacode
{
    /// <summary>Code, five digits.</summary>
    public required string Code { get; init; }

    /// <summary>Libellé.</summary>
    public required string Libelle { get; set; }

    /// <summary>List, one of <see cref="ListesFormacode"/>.</summary>
    public required string Liste { get; set; }

    /// <summary>Semantic field, for domain descriptors.</summary>
    public string? CodeChamp { get; set; }

    /// <summary>Synonyms, for search.</summary>
    public string? Synonymes { get; set; }

    /// <summary>Folded libellé and synonyms, then the code, for search.</summary>
    public string Recherche { get; set; } = "";
}

/// <summary>Names of the lists of Formacode.</summary>
public static class ListesFormacode
{
    /// <summary>Descriptors of what is taught, software included: those of "Formacodes" on the Fiche Formation.</summary>
    public const string Domaine = "domaine";

    /// <summary>Publics visés (8xxxx).</summary>
    public const string Public = "public";

    /// <summary>Modalités pédagogiques (961xx).</summary>
    public const string ModalitePedagogique = "modalite-pedagogique";

    /// <summary>Périodes de formation (964xx).</summary>
    public const string Periode = "periode";
}

/// <summary>Names of the simple nomenclatures.</summary>
public static class Nomenclatures
{
    /// <summary>ROME 4.60 fiches; their parent is the former fiche that the source links.</summary>
    public const string Rome = "rome";

    /// <summary>ROME grands domaines (one letter) and domaines.</summary>
    public const string RomeDomaine = "rome-domaine";

    /// <summary>NSF; the parent is the code without its letter.</summary>
    public const string Nsf = "nsf";

    /// <summary>LHÉO levels; the parent of 11 to 18 is the European level, 1 to 8.</summary>
    public const string Niveau = "niveau";

    /// <summary>Départements; the parent is the region.</summary>
    public const string Departement = "departement";

    /// <summary>Regions.</summary>
    public const string Region = "region";

    /// <summary>Semantic fields of Formacode; the parent is the name of the grand domaine, where known.</summary>
    public const string FormacodeChamp = "formacode-champ";
}

/// <summary>An item of a simple nomenclature: ROME, NSF, niveaux, département, region, champ Formacode…</summary>
public sealed class Nomenclature
{
    /// <summary>Name of the list, one of <see cref="Nomenclatures"/>, or a LHÉO table such as <c>dict-AIS</c>.</summary>
    public required string Liste { get; init; }

    /// <summary>Code in the list.</summary>
    public required string Code { get; init; }

    /// <summary>Libellé.</summary>
    public required string Libelle { get; set; }

    /// <summary>Code of the parent item, or another single link the source gives.</summary>
    public string? Parent { get; set; }

    /// <summary>Folded libellé, for search.</summary>
    public string Recherche { get; set; } = "";
}

/// <summary>A public holiday of metropolitan France.</summary>
public sealed class JourFerie
{
    /// <summary>The day.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Its name.</summary>
    public required string Nom { get; set; }
}

/// <summary>An item of "Pré-requis" on the Fiche Action: a table that the Cariforef keeps (decision 18).</summary>
public sealed class Prerequis
{
    /// <summary>Stable code, up to 40 characters.</summary>
    public required string Code { get; init; }

    /// <summary>Libellé shown to the organisme de formation.</summary>
    public required string Libelle { get; set; }

    /// <summary>Order of display.</summary>
    public int Ordre { get; set; }

    /// <summary>False once withdrawn from the choices.</summary>
    public bool Actif { get; set; } = true;

    /// <summary>Changes at each save.</summary>
    public int Version { get; set; }
}

internal sealed class CommuneMapping : IEntityTypeConfiguration<Commune>
{
    public void Configure(EntityTypeBuilder<Commune> builder)
    {
        builder.ToTable("commune");
        builder.HasKey(c => c.CodeInsee);
        builder.Property(c => c.CodeInsee).HasMaxLength(5);
        builder.HasIndex(c => c.Recherche);
    }
}

internal sealed class FormacodeMapping : IEntityTypeConfiguration<Formacode>
{
    public void Configure(EntityTypeBuilder<Formacode> builder)
    {
        builder.ToTable("formacode");
        builder.HasKey(f => f.Code);
        builder.Property(f => f.Code).HasMaxLength(5);
        builder.HasIndex(f => f.Liste);
    }
}

internal sealed class NomenclatureMapping : IEntityTypeConfiguration<Nomenclature>
{
    public void Configure(EntityTypeBuilder<Nomenclature> builder)
    {
        builder.ToTable("nomenclature");
        builder.HasKey(n => new { n.Liste, n.Code });
    }
}

internal sealed class JourFerieMapping : IEntityTypeConfiguration<JourFerie>
{
    public void Configure(EntityTypeBuilder<JourFerie> builder)
    {
        builder.ToTable("jour_ferie");
        builder.HasKey(j => j.Date);
    }
}

internal sealed class PrerequisMapping : IEntityTypeConfiguration<Prerequis>
{
    public void Configure(EntityTypeBuilder<Prerequis> builder)
    {
        builder.ToTable("prerequis");
        builder.HasKey(p => p.Code);
        builder.Property(p => p.Code).HasMaxLength(40);
        builder.Property(p => p.Libelle).HasMaxLength(255);
        builder.Property(p => p.Version).IsConcurrencyToken();
    }
}
