using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sofi.Core.Data;

/// <summary>
/// A named lock: transactions that take the same name pass one after the other, on both databases. It is held until the transaction ends.
/// </summary>
public sealed class Verrou
{
    /// <summary>Name of the work that it guards, up to 40 characters.</summary>
    public required string Nom { get; init; }

    /// <summary>How many times it was taken.</summary>
    public int Prises { get; init; }
}

/// <summary>Takes named locks.</summary>
public static class Verrous
{
    /// <summary>Waits until no other transaction holds the lock, then holds it until the context's current transaction ends.</summary>
    public static async Task LockAsync(this SofiDbContext db, string nom, CancellationToken cancellation = default)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("A named lock is held by a transaction: begin one first.");
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO verrou (nom, prises) VALUES ({nom}, 1) ON CONFLICT (nom) DO UPDATE SET prises = verrou.prises + 1", cancellation);
    }
}

internal sealed class VerrouMapping : IEntityTypeConfiguration<Verrou>
{
    public void Configure(EntityTypeBuilder<Verrou> builder)
    {
        builder.ToTable("verrou");
        builder.HasKey(verrou => verrou.Nom);
        builder.Property(verrou => verrou.Nom).HasMaxLength(40);
    }
}
