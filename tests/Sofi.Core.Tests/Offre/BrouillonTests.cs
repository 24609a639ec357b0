using Microsoft.EntityFrameworkCore;
using Sofi.Core.Offre;
using Sofi.Testing;

namespace Sofi.Core.Tests.Offre;

public class BrouillonTests
{
    private static readonly KeyValuePair<string, string>[] Fields = [new("Fiche.DateFin", "32/13/2025"), new("Fiche.PeriodesFormation", "96414"), new("Fiche.PeriodesFormation", "96411")];

    [Theory, EveryDatabase]
    public async Task What_was_typed_comes_back_as_it_was_and_to_its_author_alone(DatabaseKind kind)
    {
        await using var scene = await OffreScene.SetAsync(await TestDatabase.ForAsync(kind, GetType()));
        await KeepAsync(scene, "/sofi/sessions/1", Fields[..1]);
        await KeepAsync(scene, "/sofi/sessions/1", Fields);
        var draft = await scene.DoAsync((BrouillonService s) => s.FindAsync(scene.Redacteur.CompteId, "/sofi/sessions/1"));
        Assert.Equal(Fields, draft!.Lire());
        Assert.Null(await scene.DoAsync((BrouillonService s) => s.FindAsync(scene.Valideur.CompteId, "/sofi/sessions/1")));
        Assert.Null(await scene.DoAsync((BrouillonService s) => s.FindAsync(scene.Redacteur.CompteId, "/sofi/sessions/2")));
    }

    [Theory, EveryDatabase]
    public async Task Drafts_that_nobody_takes_up_leave(DatabaseKind kind)
    {
        await using var scene = await OffreScene.SetAsync(await TestDatabase.ForAsync(kind, GetType()));
        await KeepAsync(scene, "/sofi/sessions/1", Fields);
        scene.Clock.Advance(TimeSpan.FromDays(31));
        for (var i = 2; i <= 60; i++)
        {
            scene.Clock.Advance(TimeSpan.FromMinutes(1));
            await KeepAsync(scene, $"/sofi/sessions/{i}", Fields);
        }

        await using var db = scene.Database.CreateContext();
        var kept = await db.Set<Brouillon>().Where(b => b.CompteId == scene.Redacteur.CompteId).OrderBy(b => b.Instant).Select(b => b.Adresse).ToListAsync();
        Assert.Equal(50, kept.Count);
        Assert.Equal("/sofi/sessions/11", kept[0]);
    }

    private static Task<bool> KeepAsync(OffreScene scene, string address, KeyValuePair<string, string>[] fields) =>
        scene.DoAsync(async (BrouillonService s) =>
        {
            await s.KeepAsync(scene.Redacteur.CompteId, address, fields);
            return true;
        });
}
