using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Data;

namespace Sofi.Core.Referentiels;

/// <summary>A list of reference data that was loaded, and from what: a later start reads nothing, a changed file is read again.</summary>
public sealed class ListeChargee
{
    /// <summary>Name of the list, such as <c>communes</c>.</summary>
    public required string Nom { get; init; }

    /// <summary>SHA-256 of the files it came from, in hexadecimal; empty until it is loaded for the first time.</summary>
    public string Empreinte { get; set; } = "";

    /// <summary>True while the list is the one shipped with Sofi; false once an edition was imported, which no shipped file replaces.</summary>
    public bool Livree { get; set; } = true;

    /// <summary>When it was loaded (UTC).</summary>
    public DateTime? ChargeeLe { get; set; }
}

/// <summary>Writes on <see cref="ListeChargee"/>, safe between two processes.</summary>
internal static class ListesChargees
{
    /// <summary>Makes sure that every list has its row, loaded or not.</summary>
    public static async Task EnsureAsync(SofiDbContext db, IEnumerable<string> names, CancellationToken cancellation)
    {
        foreach (var name in names)
            await db.Database.ExecuteSqlAsync($"INSERT INTO liste_chargee (nom, empreinte, livree) VALUES ({name}, '', {true}) ON CONFLICT DO NOTHING", cancellation);
    }

    /// <summary>
    /// Takes a shipped list for loading, inside the caller's transaction: false when another process has just loaded it, or when an
    /// imported edition stands in its place. The row stays locked until the transaction ends.
    /// </summary>
    public static async Task<bool> ClaimAsync(SofiDbContext db, string name, string fingerprint, DateTime instant, CancellationToken cancellation) =>
        await db.Set<ListeChargee>().Where(l => l.Nom == name && l.Livree && l.Empreinte != fingerprint).ExecuteUpdateAsync(
            set => set.SetProperty(l => l.Empreinte, fingerprint).SetProperty(l => l.ChargeeLe, instant), cancellation) == 1;

    /// <summary>Says that an imported edition now stands in the place of the shipped one; imports of one list wait for each other here.</summary>
    public static async Task MarkImportedAsync(SofiDbContext db, string name, CancellationToken cancellation)
    {
        await EnsureAsync(db, [name], cancellation);
        await db.Set<ListeChargee>().Where(l => l.Nom == name).ExecuteUpdateAsync(set => set.SetProperty(l => l.Livree, false), cancellation);
    }
}

internal sealed class ListeChargeeMapping : IEntityTypeConfiguration<ListeChargee>
{
    public void Configure(EntityTypeBuilder<ListeChargee> builder)
    {
        builder.ToTable("liste_chargee");
        builder.HasKey(l => l.Nom);
        builder.Property(l => l.Nom).HasMaxLength(40);
        builder.Property(l => l.Empreinte).HasMaxLength(64);
    }
}
