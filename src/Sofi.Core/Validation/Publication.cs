using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Offre;

namespace Sofi.Core.Validation;

/// <summary>What an entry of the publication log stands for. Stored by name.</summary>
public enum NaturePublication
{
    /// <summary>A content was validated.</summary>
    Contenu,

    /// <summary>The formation of the action was published anew with a sister action (decision 6).</summary>
    Formation,

    /// <summary>A contact that it shows changed, or another one took its place (decision 32).</summary>
    Contact,

    /// <summary>A place where its sessions are held changed.</summary>
    Lieu,
}

/// <summary>A validated content, immutable: version n of an action, without its live facts.</summary>
public sealed class ContenuPublie
{
    /// <summary>Action.</summary>
    public required int ActionNumero { get; init; }

    /// <summary>Version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>Formation of the action.</summary>
    public required int FormationNumero { get; init; }

    /// <summary>Version of the formation part: an older one never replaces a newer one.</summary>
    public required int FormationVersion { get; init; }

    /// <summary>The content (<see cref="OffreSerializer"/>).</summary>
    public required string Contenu { get; init; }

    /// <summary>Submission that was validated.</summary>
    public required int SoumissionId { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTime PublieLe { get; init; }

    /// <summary>Name of the validator.</summary>
    public required string PubliePar { get; init; }
}

/// <summary>The live facts of an action's sessions at one revision.</summary>
public sealed class FaitsPublies
{
    /// <summary>Action.</summary>
    public required int ActionNumero { get; init; }

    /// <summary>Revision of the facts, from 1.</summary>
    public required int Revision { get; init; }

    /// <summary>The facts (<see cref="FaitsAction"/>), as JSON.</summary>
    public required string Faits { get; init; }
}

/// <summary>A contact as it is published: the one place where published persons live.</summary>
public sealed class ContactPublie
{
    /// <summary>Number of the contact.</summary>
    public required int Numero { get; init; }

    /// <summary>Displayed name.</summary>
    public required string Nom { get; set; }

    /// <summary>Function.</summary>
    public string? Fonction { get; set; }

    /// <summary>E-mail address.</summary>
    public string? Courriel { get; set; }

    /// <summary>Telephone number.</summary>
    public string? Telephone { get; set; }
}

/// <summary>What is published of an action now.</summary>
public sealed class ActionPubliee
{
    /// <summary>Action.</summary>
    public required int ActionNumero { get; init; }

    /// <summary>Its formation.</summary>
    public required int FormationNumero { get; init; }

    /// <summary>Version of the content online.</summary>
    public required int VersionContenu { get; set; }

    /// <summary>Version of the formation part online.</summary>
    public required int FormationVersion { get; set; }

    /// <summary>SHA-256 of the formation part online, hexadecimal: tells whether a sister shows another formation.</summary>
    public required string FormationEmpreinte { get; set; }

    /// <summary>Revision of the live facts online.</summary>
    public required int RevisionFaits { get; set; }
}

/// <summary>An entry of the one publication log: gapless, visible in order, never deleted (DESIGN §5).</summary>
public sealed class EntreePublication
{
    /// <summary>Number, from 1, without a gap: <c>numero &gt; curseur</c> is a safe cursor.</summary>
    public required long Numero { get; init; }

    /// <summary>Action published.</summary>
    public required int ActionNumero { get; init; }

    /// <summary>What it stands for.</summary>
    public required NaturePublication Nature { get; init; }

    /// <summary>Version of the content from then on.</summary>
    public required int VersionContenu { get; init; }

    /// <summary>Revision of the live facts from then on.</summary>
    public required int RevisionFaits { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTime Instant { get; init; }
}

/// <summary>A one-row counter: gives numbers without a gap, as the last row locked before commit.</summary>
public sealed class Compteur
{
    /// <summary>Name of the counter.</summary>
    public required string Nom { get; init; }

    /// <summary>Last number given.</summary>
    public required long Valeur { get; init; }
}

internal sealed class ContenuPublieMapping : IEntityTypeConfiguration<ContenuPublie>
{
    public void Configure(EntityTypeBuilder<ContenuPublie> builder)
    {
        builder.ToTable("contenu_publie");
        builder.HasKey(c => new { c.ActionNumero, c.Version });
    }
}

internal sealed class FaitsPubliesMapping : IEntityTypeConfiguration<FaitsPublies>
{
    public void Configure(EntityTypeBuilder<FaitsPublies> builder)
    {
        builder.ToTable("faits_publies");
        builder.HasKey(f => new { f.ActionNumero, f.Revision });
    }
}

internal sealed class ContactPublieMapping : IEntityTypeConfiguration<ContactPublie>
{
    public void Configure(EntityTypeBuilder<ContactPublie> builder)
    {
        builder.ToTable("contact_publie");
        builder.HasKey(c => c.Numero);
        builder.Property(c => c.Numero).ValueGeneratedNever();
    }
}

internal sealed class ActionPublieeMapping : IEntityTypeConfiguration<ActionPubliee>
{
    public void Configure(EntityTypeBuilder<ActionPubliee> builder)
    {
        builder.ToTable("action_publiee");
        builder.HasKey(a => a.ActionNumero);
        builder.Property(a => a.ActionNumero).ValueGeneratedNever();
        builder.HasIndex(a => a.FormationNumero);
    }
}

internal sealed class EntreePublicationMapping : IEntityTypeConfiguration<EntreePublication>
{
    public void Configure(EntityTypeBuilder<EntreePublication> builder)
    {
        builder.ToTable("entree_publication");
        builder.HasKey(e => e.Numero);
        builder.Property(e => e.Numero).ValueGeneratedNever();
        builder.Property(e => e.Nature).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(e => e.ActionNumero);
    }
}

internal sealed class CompteurMapping : IEntityTypeConfiguration<Compteur>
{
    public void Configure(EntityTypeBuilder<Compteur> builder)
    {
        builder.ToTable("compteur");
        builder.HasKey(c => c.Nom);
        builder.Property(c => c.Nom).HasMaxLength(40);
        builder.HasData(new Compteur { Nom = PublicationService.NomCompteur, Valeur = 0 });
    }
}
