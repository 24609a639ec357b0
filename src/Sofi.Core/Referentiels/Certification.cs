using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Data;

namespace Sofi.Core.Referentiels;

/// <summary>
/// A certification of CertifInfo open data: code, libellé, type, level, links. Filled by the importer, never edited.
/// No foreign key points to it, so that an import can replace the whole table at bulk speed.
/// </summary>
public sealed class Certification
{
    /// <summary>Code CertifInfo, such as 93561 (LHÉO code-CERTIFINFO).</summary>
    public required int Code { get; init; }

    /// <summary>Libellé of the diploma, title or certificate.</summary>
    public required string Libelle { get; set; }

    /// <summary>Type, a code of <see cref="TypeCertification"/>; 999 = "Autre certification sans niveau spécifique".</summary>
    public required int CodeType { get; set; }

    /// <summary>Exit level, LHÉO dict-niveaux code.</summary>
    public required string NiveauSortie { get; set; }

    /// <summary>RNCP code with its prefix (<c>RNCP37948</c>); <c>null</c> when unknown.</summary>
    public string? CodeRncp { get; set; }

    /// <summary>RS code with its prefix; <c>null</c> when unknown.</summary>
    public string? CodeRs { get; set; }

    /// <summary>Formacodes given by the open data.</summary>
    public Codes Formacodes { get; set; } = Codes.Aucun;

    /// <summary>ROME codes, up to five.</summary>
    public Codes Romes { get; set; } = Codes.Aucun;

    /// <summary>NSF codes.</summary>
    public Codes Nsfs { get; set; } = Codes.Aucun;

    /// <summary>True when the certification may be chosen; a replaced or closed one may not.</summary>
    public bool Publiee { get; set; } = true;

    /// <summary>CertifInfo codes that replace this one ("Code Certifinfo remplaçant"); several need a human choice.</summary>
    public Codes Remplacants { get; set; } = Codes.Aucun;

    /// <summary>Folded libellé, then the codes under which it is looked for (CertifInfo, RNCP, RS).</summary>
    public string Recherche { get; set; } = "";
}

/// <summary>A type of certification of CertifInfo (114 of them).</summary>
public sealed class TypeCertification
{
    /// <summary>Code of the type.</summary>
    public required int Code { get; init; }

    /// <summary>Libellé of the type, as shown in "Type de certification".</summary>
    public required string Libelle { get; set; }

    /// <summary>True for the types without certification, the only ones open to a free formation (decision 49).</summary>
    public bool SansCertification { get; set; }
}

/// <summary>
/// What the Cariforef completes on a CertifInfo code (decision 11): the open data has no objectif, programme or bloc.
/// Read-only for organismes de formation.
/// </summary>
public sealed class FicheCertifinfo
{
    /// <summary>Code CertifInfo that it completes.</summary>
    public required int Code { get; init; }

    /// <summary>Objectif général, LHÉO dict-AIS code.</summary>
    public string? ObjectifGeneral { get; set; }

    /// <summary>Objectif, up to 3,000 characters.</summary>
    public string? Objectif { get; set; }

    /// <summary>Programme (LHÉO contenu), up to 3,000 characters.</summary>
    public string? Programme { get; set; }

    /// <summary>Résultats attendus, up to 3,000 characters.</summary>
    public string? ResultatsAttendus { get; set; }

    /// <summary>Formacodes, up to five, the first being the principal one.</summary>
    public Codes Formacodes { get; set; } = Codes.Aucun;

    /// <summary>True for a sheet shipped with Sofi as an example, whose texts no source gives.</summary>
    public bool Exemple { get; set; }

    /// <summary>Name of who last saved or imported it; <c>null</c> as shipped.</summary>
    public string? ModifieePar { get; set; }

    /// <summary>When it was last saved or imported (UTC); <c>null</c> as shipped.</summary>
    public DateTime? ModifieeLe { get; set; }

    /// <summary>Changes at each save.</summary>
    public int Version { get; set; }

    /// <summary>Blocs completed by the Cariforef; those of the RNCP code need no line here.</summary>
    public List<BlocCertifinfo> Blocs { get; } = [];
}

/// <summary>A bloc de compétences completed by the Cariforef on a CertifInfo sheet.</summary>
public sealed class BlocCertifinfo
{
    /// <summary>CertifInfo code of the sheet.</summary>
    public int CodeCertifinfo { get; init; }

    /// <summary>Code of the bloc, such as <c>RNCP12281BC01</c>, 8 to 40 characters.</summary>
    public required string Code { get; init; }

    /// <summary>Type de module, LHÉO dict-type-module code: 0 inconnu, 1 obligatoire, 2 personnalisable.</summary>
    public string TypeModule { get; set; } = "0";

    /// <summary>Intitulé of the module, up to 500 characters.</summary>
    public required string Intitule { get; set; }

    /// <summary>Objectif of the module, up to 3,000 characters.</summary>
    public string? Objectif { get; set; }

    /// <summary>Programme of the module, up to 3,000 characters.</summary>
    public string? Programme { get; set; }
}

/// <summary>A fiche of France compétences, RNCP or RS: what a certification takes up where CertifInfo says nothing, and its successors.</summary>
public sealed class FicheRncp
{
    /// <summary>Code with its prefix: <c>RNCP37948</c>, <c>RS5000</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Intitulé; <c>null</c> for a fiche known by its replacement alone.</summary>
    public string? Intitule { get; set; }

    /// <summary>Exit level, LHÉO dict-niveaux code.</summary>
    public string NiveauSortie { get; set; } = "1";

    /// <summary>True while France compétences says ACTIVE.</summary>
    public bool Active { get; set; } = true;

    /// <summary>Last day of the registration; <c>null</c> when unknown.</summary>
    public DateOnly? DateEcheance { get; set; }

    /// <summary>Formacodes.</summary>
    public Codes Formacodes { get; set; } = Codes.Aucun;

    /// <summary>NSF codes.</summary>
    public Codes Nsfs { get; set; } = Codes.Aucun;

    /// <summary>ROME codes.</summary>
    public Codes Romes { get; set; } = Codes.Aucun;

    /// <summary>Names of the certificateurs, separated by " ; ".</summary>
    public string? Certificateurs { get; set; }

    /// <summary>Fiches that replace this one ("Nouvelle_Certification").</summary>
    public Codes Remplacants { get; set; } = Codes.Aucun;
}

/// <summary>A bloc de compétences published by France compétences for an RNCP code.</summary>
public sealed class BlocRncp
{
    /// <summary>RNCP code with its prefix.</summary>
    public required string CodeRncp { get; init; }

    /// <summary>Code of the bloc.</summary>
    public required string Code { get; init; }

    /// <summary>Libellé of the bloc.</summary>
    public required string Libelle { get; set; }
}

internal sealed class CertificationMapping : IEntityTypeConfiguration<Certification>
{
    public void Configure(EntityTypeBuilder<Certification> builder)
    {
        builder.ToTable("certification");
        builder.HasKey(c => c.Code);
        builder.Property(c => c.Code).ValueGeneratedNever();
        builder.HasIndex(c => c.CodeRncp);
    }
}

internal sealed class TypeCertificationMapping : IEntityTypeConfiguration<TypeCertification>
{
    public void Configure(EntityTypeBuilder<TypeCertification> builder)
    {
        builder.ToTable("type_certification");
        builder.HasKey(t => t.Code);
        builder.Property(t => t.Code).ValueGeneratedNever();
    }
}

internal sealed class FicheCertifinfoMapping : IEntityTypeConfiguration<FicheCertifinfo>
{
    public void Configure(EntityTypeBuilder<FicheCertifinfo> builder)
    {
        builder.ToTable("fiche_certifinfo");
        builder.HasKey(f => f.Code);
        builder.Property(f => f.Code).ValueGeneratedNever();
        builder.Property(f => f.Version).IsConcurrencyToken();
        builder.Property(f => f.ModifieePar).HasMaxLength(200);
        builder.HasMany(f => f.Blocs).WithOne().HasForeignKey(b => b.CodeCertifinfo);
    }
}

internal sealed class BlocCertifinfoMapping : IEntityTypeConfiguration<BlocCertifinfo>
{
    public void Configure(EntityTypeBuilder<BlocCertifinfo> builder)
    {
        builder.ToTable("bloc_certifinfo");
        builder.HasKey(b => new { b.CodeCertifinfo, b.Code });
    }
}

internal sealed class FicheRncpMapping : IEntityTypeConfiguration<FicheRncp>
{
    public void Configure(EntityTypeBuilder<FicheRncp> builder)
    {
        builder.ToTable("fiche_rncp");
        builder.HasKey(f => f.Code);
        builder.Property(f => f.Code).HasMaxLength(20);
    }
}

internal sealed class BlocRncpMapping : IEntityTypeConfiguration<BlocRncp>
{
    public void Configure(EntityTypeBuilder<BlocRncp> builder)
    {
        builder.ToTable("bloc_rncp");
        builder.HasKey(b => new { b.CodeRncp, b.Code });
    }
}
