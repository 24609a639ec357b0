using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Sofi.Core.Installation.Demonstration;
using Sofi.Core.Offre;
using Sofi.Testing;

namespace Sofi.Core.Tests.Installation;

public class DemonstrationOffresTests
{
    [Theory, EveryDatabase]
    public async Task Every_state_is_shown_and_a_second_start_changes_nothing(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        await RunAsync(database);
        await using var db = database.CreateContext();
        var states = await db.Set<ActionFormation>().GroupBy(a => a.Etat).ToDictionaryAsync(group => group.Key, group => group.Count());
        Assert.All(
            [EtatAction.EnCoursDeSaisie, EtatAction.EnAttenteValidation, EtatAction.Refusee, EtatAction.Validee],
            state => Assert.True(states.GetValueOrDefault(state) > 0, $"{state}"));
        Assert.True(await db.Set<SessionFormation>().AnyAsync(s => s.MiseDeCote));

        await RunAsync(database);
        Assert.Equal(states, await db.Set<ActionFormation>().GroupBy(a => a.Etat).ToDictionaryAsync(group => group.Key, group => group.Count()));
    }

    private static async Task RunAsync(TestDatabase database)
    {
        await using var scope = CoreScope.Of(database, new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero)));
        await scope.Get<DemonstrationSet>().RunAsync();
    }
}
