using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Data;
using Sofi.Core.Organismes;

namespace Sofi.Core.Comptes;

/// <summary>What an account may do (DESIGN §1). Stored by name: names are stable.</summary>
public enum Role
{
    /// <summary>OF rédacteur: enters and sends the offer of the établissements he is attached to.</summary>
    Redacteur,

    /// <summary>OF gestionnaire: the same, for all établissements of his organisations (SIREN), plus its sites, contacts and accounts.</summary>
    Gestionnaire,

    /// <summary>Cariforef valideur: the validation desk, all offers.</summary>
    Valideur,

    /// <summary>Cariforef administrateur: the same, plus imports, reference data, settings, organisations, accounts, journal.</summary>
    Administrateur,

    /// <summary>Région: reads the offers of its programmes.</summary>
    Region,
}

/// <summary>An account: e-mail, hashed password, lockout (ASP.NET Core Identity), its role and its établissements.</summary>
public sealed class Compte : IdentityUser<int>
{
    /// <summary>Displayed name of the person, up to 100 characters.</summary>
    public required string Nom { get; set; }

    /// <summary>What the account may do.</summary>
    public required Role Role { get; set; }

    /// <summary>Établissement chosen in the switcher (decision 5); <c>null</c> until the first choice.</summary>
    public int? EtablissementCourant { get; set; }

    /// <summary>When it was deactivated (UTC): it signs in no more, its history stays; <c>null</c> for an account in use.</summary>
    public DateTime? DesactiveLe { get; set; }

    /// <summary>When it last signed in (UTC); <c>null</c> until then.</summary>
    public DateTime? DerniereConnexion { get; set; }

    /// <summary>Key of the second factor, protected by the web's keys, up to 300 characters; <c>null</c> without one.</summary>
    public string? CleTotp { get; set; }

    /// <summary>Step of the last code accepted (<see cref="Totp"/>): a code is accepted once.</summary>
    public long PasTotp { get; set; }

    /// <summary>Folded name and e-mail address, for search: always those of the present ones.</summary>
    public string Recherche
    {
        get => Texte.Fold($"{Nom} {Email}");
        private set { }
    }

    /// <summary>True for an account of an organisme de formation.</summary>
    public bool EstOrganisme => Role is Role.Redacteur or Role.Gestionnaire;

    /// <summary>Établissements that the account is attached to; a gestionnaire reaches all those of their SIREN.</summary>
    public List<CompteEtablissement> Etablissements { get; } = [];
}

/// <summary>Attachment of an account to an établissement.</summary>
public sealed class CompteEtablissement
{
    /// <summary>The account.</summary>
    public int CompteId { get; init; }

    /// <summary>The établissement.</summary>
    public required int EtablissementNumero { get; init; }

    /// <summary>The établissement.</summary>
    public Etablissement Etablissement { get; init; } = null!;
}

internal sealed class CompteMapping : IEntityTypeConfiguration<Compte>
{
    public void Configure(EntityTypeBuilder<Compte> builder)
    {
        builder.ToTable("compte");
        builder.Property(c => c.Nom).HasMaxLength(100);
        builder.Property(c => c.Role).HasConversion<string>().HasMaxLength(20);
        builder.Property(c => c.ConcurrencyStamp).IsConcurrencyToken();
        builder.Property(c => c.UserName).HasMaxLength(256);
        builder.Property(c => c.NormalizedUserName).HasMaxLength(256);
        builder.Property(c => c.Email).HasMaxLength(256);
        builder.Property(c => c.NormalizedEmail).HasMaxLength(256);
        builder.Property(c => c.LockoutEnd).HasConversion(
            end => end == null ? (DateTime?)null : end.Value.UtcDateTime,
            stored => stored == null ? null : new DateTimeOffset(DateTime.SpecifyKind(stored.Value, DateTimeKind.Utc)));
        builder.Property(c => c.CleTotp).HasMaxLength(300);
        builder.Property(c => c.Recherche).UsePropertyAccessMode(PropertyAccessMode.Property);
        builder.Ignore(c => c.EstOrganisme);
        builder.HasIndex(c => c.NormalizedUserName).IsUnique();
        builder.HasIndex(c => c.NormalizedEmail).IsUnique();
        builder.HasMany(c => c.Etablissements).WithOne().HasForeignKey(a => a.CompteId);
    }
}

internal sealed class CompteEtablissementMapping : IEntityTypeConfiguration<CompteEtablissement>
{
    public void Configure(EntityTypeBuilder<CompteEtablissement> builder)
    {
        builder.ToTable("compte_etablissement");
        builder.HasKey(a => new { a.CompteId, a.EtablissementNumero });
        builder.HasOne(a => a.Etablissement).WithMany().HasForeignKey(a => a.EtablissementNumero);
    }
}

internal sealed class IdentityMapping :
    IEntityTypeConfiguration<IdentityUserClaim<int>>,
    IEntityTypeConfiguration<IdentityUserLogin<int>>,
    IEntityTypeConfiguration<IdentityUserToken<int>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<int>> builder)
    {
        builder.ToTable("compte_claim");
        builder.HasOne<Compte>().WithMany().HasForeignKey(c => c.UserId);
    }

    public void Configure(EntityTypeBuilder<IdentityUserLogin<int>> builder)
    {
        builder.ToTable("compte_login");
        builder.HasKey(l => new { l.LoginProvider, l.ProviderKey });
        builder.HasOne<Compte>().WithMany().HasForeignKey(l => l.UserId);
    }

    public void Configure(EntityTypeBuilder<IdentityUserToken<int>> builder)
    {
        builder.ToTable("compte_token");
        builder.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
        builder.HasOne<Compte>().WithMany().HasForeignKey(t => t.UserId);
    }
}
