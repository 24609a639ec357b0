using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;

namespace Sofi.Core.Programmes;

/// <summary>
/// Loads what Sofi ships about programmes at first start, from the folder <c>programmes</c> of the reference data: the table of dispositifs
/// and the settings of PASS Entreprendre.
/// </summary>
public sealed class ProgrammesLivres(SofiDbContext db)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Adds the dispositifs that the table lacks, and settings for programmes that have none. What the Cariforef changed stays.</summary>
    public async Task LoadAsync(string referenceFolder, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync("programmes-livres", cancellation);
        var dispositifs = await ReadAsync<Dispositif>(referenceFolder, "dispositifs.json", cancellation);
        var knownDispositifs = await db.Set<Dispositif>().Select(d => d.Code).ToListAsync(cancellation);
        db.AddRange(dispositifs.Where(d => !knownDispositifs.Contains(d.Code)));

        var reglages = await ReadAsync<ReglagesProgramme>(referenceFolder, "reglages.json", cancellation);
        var knownProgrammes = await db.Set<ReglagesProgramme>().Select(r => r.CodeProgramme).Distinct().ToListAsync(cancellation);
        db.AddRange(reglages.Where(r => !knownProgrammes.Contains(r.CodeProgramme)));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<List<T>> ReadAsync<T>(string referenceFolder, string file, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(Path.Combine(referenceFolder, "programmes", file));
        return (await JsonSerializer.DeserializeAsync<List<T>>(stream, Json, cancellation))!;
    }
}
