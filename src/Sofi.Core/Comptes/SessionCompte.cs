using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Data;

namespace Sofi.Core.Comptes;

/// <summary>A browser signed in: the cookie names it, each request asks for it, so that closing it takes effect at the next click.</summary>
public sealed class SessionCompte
{
    /// <summary>Idle time after which a session is over.</summary>
    public static readonly TimeSpan Duree = TimeSpan.FromHours(10);

    /// <summary>Number drawn at random, held by the cookie.</summary>
    public required Guid Id { get; init; }

    /// <summary>Account signed in.</summary>
    public required int CompteId { get; init; }

    /// <summary>When it was opened (UTC).</summary>
    public required DateTime OuverteLe { get; init; }

    /// <summary>When it was last seen (UTC), to a few minutes.</summary>
    public required DateTime VueLe { get; set; }

    /// <summary>Family of the browser, such as "Firefox sur Windows", up to 60 characters.</summary>
    public required string Navigateur { get; init; }

    /// <summary>Établissement whose organisation's desk the Cariforef has opened in this session; <c>null</c> for its own work.</summary>
    public int? PosteNumero { get; set; }

    /// <summary>True when an administrateur acts for the organisation, false when its desk is only read.</summary>
    public bool PosteEcriture { get; set; }
}

/// <summary>Closes sessions.</summary>
public static class SessionsCompte
{
    /// <summary>Closes every session of an account, in the caller's transaction when there is one.</summary>
    public static Task<int> CloseSessionsAsync(this SofiDbContext db, int compte, CancellationToken cancellation = default) =>
        db.Set<SessionCompte>().Where(s => s.CompteId == compte).ExecuteDeleteAsync(cancellation);
}

internal sealed class SessionCompteMapping : IEntityTypeConfiguration<SessionCompte>
{
    public void Configure(EntityTypeBuilder<SessionCompte> builder)
    {
        builder.ToTable("session_compte");
        builder.Property(s => s.Navigateur).HasMaxLength(60);
        builder.HasOne<Compte>().WithMany().HasForeignKey(s => s.CompteId);
        builder.HasIndex(s => s.VueLe);
    }
}
