using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Comptes;
using Sofi.Core.Data;

namespace Sofi.Core.Offre;

/// <summary>
/// What a person was typing in a fiche and did not save: the raw fields of the form, as they were. One per person and fiche.
/// Neither the journal nor the version of the fiche know of it; only Enregistrer writes the fiche (DESIGN §5).
/// </summary>
public sealed class Brouillon
{
    /// <summary>Person.</summary>
    public required int CompteId { get; init; }

    /// <summary>Address of the fiche, with the choices that a new one carries; up to 400 characters.</summary>
    public required string Adresse { get; init; }

    /// <summary>Names and values of the fields, as JSON.</summary>
    public required string Champs { get; set; }

    /// <summary>When it was last kept (UTC).</summary>
    public required DateTime Instant { get; set; }

    /// <summary>The fields, in the order of the form.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Lire() => JsonSerializer.Deserialize<List<KeyValuePair<string, string>>>(Champs)!;
}

/// <summary>Keeps, gives back and throws away what was being typed.</summary>
public sealed class BrouillonService(SofiDbContext db, TimeProvider clock)
{
    /// <summary>Days after which a draft that nobody took up again is thrown away.</summary>
    private const int JoursGardes = 30;

    /// <summary>Most drafts of one person: the oldest leave first.</summary>
    private const int MaxParPersonne = 50;

    /// <summary>Longest address of a fiche.</summary>
    public const int LongueurAdresse = 400;

    /// <summary>Keeps the fields of a form; those of the same fiche before are replaced.</summary>
    public async Task KeepAsync(int compteId, string adresse, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = clock.UtcInstant();
        var json = JsonSerializer.Serialize(fields);
        var mine = db.Set<Brouillon>().Where(b => b.CompteId == compteId);
        // A write that changes nothing: two windows of one person keep one after the other.
        await db.Set<Compte>().Where(c => c.Id == compteId).ExecuteUpdateAsync(set => set.SetProperty(c => c.Nom, c => c.Nom), cancellation);
        var replaced = await mine.Where(b => b.Adresse == adresse)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.Champs, json).SetProperty(b => b.Instant, now), cancellation);
        if (replaced == 0)
        {
            db.Add(new Brouillon { CompteId = compteId, Adresse = adresse, Champs = json, Instant = now });
            await db.SaveChangesAsync(cancellation);
            var limit = now.AddDays(-JoursGardes);
            var kept = mine.OrderByDescending(b => b.Instant).Take(MaxParPersonne).Select(b => b.Adresse);
            await mine.Where(b => b.Instant < limit || !kept.Contains(b.Adresse)).ExecuteDeleteAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>What the person was typing on a fiche, or <c>null</c>.</summary>
    public async Task<Brouillon?> FindAsync(int compteId, string adresse, CancellationToken cancellation = default) =>
        await db.Set<Brouillon>().AsNoTracking().FirstOrDefaultAsync(b => b.CompteId == compteId && b.Adresse == adresse, cancellation);

    /// <summary>Throws it away: it was saved, or given up.</summary>
    public Task DropAsync(int compteId, string adresse, CancellationToken cancellation = default) =>
        db.Set<Brouillon>().Where(b => b.CompteId == compteId && b.Adresse == adresse).ExecuteDeleteAsync(cancellation);
}

internal sealed class BrouillonMapping : IEntityTypeConfiguration<Brouillon>
{
    public void Configure(EntityTypeBuilder<Brouillon> builder)
    {
        builder.ToTable("brouillon");
        builder.HasKey(b => new { b.CompteId, b.Adresse });
        builder.Property(b => b.Adresse).HasMaxLength(BrouillonService.LongueurAdresse);
    }
}
