using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Courriels;
using Sofi.Core.Data;

namespace Sofi.Core.Comptes;

/// <summary>What a link sent by mail opens. Stored by name: names are stable.</summary>
public enum NatureLien
{
    /// <summary>The first password of an invited person; seven days.</summary>
    Invitation,

    /// <summary>A new password for one that was forgotten; one hour.</summary>
    MotDePasse,
}

/// <summary>
/// A link sent by mail. The database holds its fingerprint only: whoever reads the database opens no account with it. Used, it is gone.
/// </summary>
public sealed class LienCompte
{
    /// <summary>SHA-256 of the token, 64 hexadecimal digits.</summary>
    public required string Empreinte { get; init; }

    /// <summary>Account that it opens.</summary>
    public required int CompteId { get; init; }

    /// <summary>What it opens.</summary>
    public required NatureLien Nature { get; init; }

    /// <summary>From when it opens nothing more (UTC).</summary>
    public required DateTime ExpireLe { get; init; }

    /// <summary>Account that it opens.</summary>
    public Compte Compte { get; init; } = null!;
}

/// <summary>Draws, finds and uses up the links sent by mail.</summary>
public sealed class LienService(SofiDbContext db, ReglagesCourriel reglages, TimeProvider clock)
{
    private const int TokenBytes = 32;

    /// <summary>How long a link of this nature opens.</summary>
    public static TimeSpan LifetimeOf(NatureLien nature) => nature == NatureLien.Invitation ? TimeSpan.FromDays(7) : TimeSpan.FromHours(1);

    /// <summary>Adds a link to what the caller is about to save, in its transaction; the former ones of the account open nothing more.</summary>
    /// <returns>Its absolute address.</returns>
    public async Task<string> CreateAsync(int compte, NatureLien nature, CancellationToken cancellation = default)
    {
        var now = clock.UtcInstant();
        await db.Set<LienCompte>().Where(l => l.CompteId == compte || l.ExpireLe <= now).ExecuteDeleteAsync(cancellation);
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        db.Add(new LienCompte { Empreinte = Fingerprint(token), CompteId = compte, Nature = nature, ExpireLe = now + LifetimeOf(nature) });
        return $"{reglages.Adresse}/{(nature == NatureLien.Invitation ? "invitation" : "mot-de-passe")}/{token}";
    }

    /// <summary>The account that a link opens, or <c>null</c>: unknown, used and expired links are alike. It is not used up.</summary>
    public Task<Compte?> FindAsync(string jeton, NatureLien nature, CancellationToken cancellation = default) =>
        Valid(jeton, nature).Select(l => l.Compte).AsNoTracking().FirstOrDefaultAsync(cancellation)!;

    /// <summary>Uses a link up, in the caller's transaction: of two at once, one opens.</summary>
    /// <returns>The account, followed by the context; <c>null</c> when the link opens nothing.</returns>
    internal async Task<Compte?> UseAsync(string jeton, NatureLien nature, CancellationToken cancellation)
    {
        var compte = await Valid(jeton, nature).Select(l => l.Compte).FirstOrDefaultAsync(cancellation);
        var used = compte is not null && await db.Set<LienCompte>().Where(l => l.CompteId == compte.Id).ExecuteDeleteAsync(cancellation) > 0;
        return used ? compte : null;
    }

    private IQueryable<LienCompte> Valid(string jeton, NatureLien nature)
    {
        var (now, fingerprint) = (clock.UtcInstant(), Fingerprint(jeton));
        return db.Set<LienCompte>().Where(l => l.Empreinte == fingerprint && l.Nature == nature && l.ExpireLe > now && l.Compte.DesactiveLe == null);
    }

    private static string Fingerprint(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

internal sealed class LienCompteMapping : IEntityTypeConfiguration<LienCompte>
{
    public void Configure(EntityTypeBuilder<LienCompte> builder)
    {
        builder.ToTable("lien_compte");
        builder.HasKey(l => l.Empreinte);
        builder.Property(l => l.Empreinte).HasMaxLength(64);
        builder.Property(l => l.Nature).HasConversion<string>().HasMaxLength(20);
        builder.HasOne(l => l.Compte).WithMany().HasForeignKey(l => l.CompteId);
    }
}
