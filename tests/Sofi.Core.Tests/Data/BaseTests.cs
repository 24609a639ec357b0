using Microsoft.EntityFrameworkCore;
using Sofi.Core.Organismes;
using Sofi.Testing;

namespace Sofi.Core.Tests.Data;

public class BaseTests
{
    [Theory, EveryDatabase]
    public async Task The_model_has_no_pending_change(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        await using var db = database.CreateContext();
        Assert.False(db.Database.HasPendingModelChanges(), "run tests/migrations.sh");
    }

    [Theory, EveryDatabase]
    public async Task Starting_twice_changes_nothing(DatabaseKind kind)
    {
        var database = await TestDatabase.EmptyAsync(kind);
        await using var first = database.CreateContext();
        await using var second = database.CreateContext();
        await Task.WhenAll(database.Engine.MigrateAsync(first), database.Engine.MigrateAsync(second));
        Assert.Empty(await first.Database.GetPendingMigrationsAsync());
    }

    [Theory, EveryDatabase]
    public async Task Bulk_insert_writes_what_EF_reads(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        await using var db = database.CreateContext();
        var rows = Enumerable.Range(0, 500).Select(i => new Etablissement
        {
            Siret = $"{700000000 + i}00001",
            RaisonSociale = "ORGANISME « É » " + i,
            Adresse = new Adresse { Voie = i % 2 == 0 ? null : "1 rue d’Œuvre", Commune = "Nantes", CodePostal = "44000" },
        }).ToList();
        Assert.Equal(500, await database.Engine.BulkInsertAsync(db, rows));
        var read = await db.Set<Etablissement>().Where(e => e.Siren.StartsWith("7000")).OrderBy(e => e.Siret).ToListAsync();
        Assert.Equal(rows.Select(r => (r.Siret, r.RaisonSociale, r.Adresse)), read.Select(r => (r.Siret, r.RaisonSociale, r.Adresse)));
        Assert.All(read, e => Assert.Equal(e.Siret[..9], e.Siren));
    }
}
