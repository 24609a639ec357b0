using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Installation.Demonstration;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Offre.Regles;
using Sofi.Core.Validation;
using Sofi.Testing;

namespace Sofi.Core.Tests.Installation;

/// <summary>The demonstration offers on the day of the first start: whatever the day, a person finds something in every rubric.</summary>
public abstract class DemonstrationOffresTests(int year, int month, int day)
{
    private const int Cariforef = 36364;

    private static readonly ConcurrentDictionary<(Type, DatabaseKind), Lazy<Task>> Installed = new();

    [Theory, EveryDatabase]
    public async Task Every_counter_of_the_dashboard_shows_something(DatabaseKind kind)
    {
        await using var scope = await InstalledAsync(kind);
        var counts = await scope.Get<TableauDeBordService>().CountAsync(Cariforef);
        // Questions of the Cariforef and the replacement of a code come with a later issue.
        Assert.Equal(["certifinfo-remplace", "en-attente-reponses"], counts.Where(count => count.Value == 0).Select(count => count.Key).Order());
    }

    [Theory, EveryDatabase]
    public async Task Offers_stand_in_every_state(DatabaseKind kind)
    {
        await using var scope = await InstalledAsync(kind);
        var actions = await scope.Db.Set<ActionFormation>().AsNoTracking().Where(a => a.Formation.EtablissementNumero == Cariforef).ToListAsync();
        Assert.Equal([EtatAction.EnCoursDeSaisie, EtatAction.EnAttenteValidation, EtatAction.Validee, EtatAction.Refusee], actions.Select(a => a.Etat).Distinct().Order());
        Assert.All(actions.Where(a => a.Etat == EtatAction.Validee), a => Assert.NotNull(a.EnLigneDepuis));
        var refused = actions.Single(a => a.Etat == EtatAction.Refusee);
        Assert.StartsWith("Le lieu n’indique pas la salle", (await scope.Get<ValidationService>().LastOfAsync(refused.Numero))!.Motif);

        var drafts = new List<EtatSaisie>();
        foreach (var draft in actions.Where(a => a.Etat == EtatAction.EnCoursDeSaisie)) drafts.Add((await scope.Get<EnvoiService>().EtatAsync(draft.Numero))!);
        Assert.Single(drafts, etat => !etat.Bloquants.Any());
        var natures = drafts.SelectMany(etat => etat.Bloquants).Select(constat => constat.Regle.Code[^2..]).ToHashSet();
        Assert.Superset(new HashSet<string> { "01", "05", "10" }, natures);
        Assert.DoesNotContain(drafts.SelectMany(etat => etat.Constats), constat => constat.Regle.Gravite == Gravite.Impossible);
    }

    [Theory, EveryDatabase]
    public async Task The_desk_has_a_queue_that_nothing_holds_back(DatabaseKind kind)
    {
        await using var scope = await InstalledAsync(kind);
        var queue = await scope.Get<ValidationService>().Queue().ToListAsync();
        Assert.InRange(queue.Select(s => s.Organisme).Distinct().Count(), 5, 12);
        Assert.Contains(queue, s => s.Programme is null);
        foreach (var soumission in queue) Assert.Empty((await scope.Get<ValidationService>().ReviewAsync(soumission.Id))!.Etat.Bloquants);
    }

    [Theory, EveryDatabase]
    public async Task Their_fiches_are_full_and_their_sessions_start_on_working_days(DatabaseKind kind)
    {
        await using var scope = await InstalledAsync(kind);
        var sessions = await scope.Db.Set<SessionFormation>().AsNoTrackingWithIdentityResolution().AsSplitQuery()
            .Include(s => s.InformationsCollectives).Include(s => s.PeriodesInscription).Include(s => s.Dispositifs).ThenInclude(d => d.Lot!.Programme).ToListAsync();
        var dispositifs = sessions.SelectMany(s => s.Dispositifs).ToList();
        Assert.Contains(sessions, s => s.InformationsCollectives.Count > 1);
        Assert.Contains(sessions, s => s.PeriodesInscription.Count > 1);
        Assert.Contains(sessions, s => s.Dispositifs.Count > 1);
        Assert.Contains(sessions, s => s.MiseDeCote);
        Assert.Contains(sessions.GroupBy(s => s.ActionNumero), action => action.Count() > 1);
        Assert.Contains(await scope.Db.Set<Equipement>().GroupBy(e => e.ActionNumero).Select(g => g.Count()).ToListAsync(), count => count > 1);
        Assert.Equal([1, 3, 4, 8, 9], dispositifs.Select(d => d.CodeDispositif).Distinct().Order());
        Assert.All(sessions, s => Assert.DoesNotContain(s.Fiche.DateDebut!.Value.DayOfWeek, new[] { DayOfWeek.Saturday, DayOfWeek.Sunday }));
        Assert.All(dispositifs.Where(d => d.Lot is not null), d => Assert.Equal((year, year), (d.Session.Fiche.DateDebut!.Value.Year, d.Lot!.Programme.Annee)));
        // A session of a forfait lot starts on the day that the Région programmed: these dates follow the first start.
        Assert.DoesNotContain(dispositifs, d => d.Lot is { ForfaitRecrutement: true });
    }

    [Theory, EveryDatabase]
    public async Task A_mandataire_reads_what_its_formateurs_enter(DatabaseKind kind)
    {
        await using var scope = await InstalledAsync(kind);
        var account = await scope.Db.Set<Compte>().AsNoTracking().SingleAsync(c => c.Email == "redacteur@demo.test");
        var redacteur = new Utilisateur(account.Id, account.Nom, Role.Redacteur, [Cariforef], Cariforef);
        var read = await scope.Db.Set<ActionFormation>().VisibleTo(redacteur)
            .Where(a => a.Formation.EtablissementNumero != Cariforef).Select(a => a.Formation.EtablissementNumero).Distinct().ToListAsync();
        Assert.InRange(read.Count, 2, 10);
        Assert.DoesNotContain(read, numero => redacteur.CanEdit(numero));
    }

    /// <summary>The first test to come installs the set; the others wait for it.</summary>
    private async Task<CoreScope> InstalledAsync(DatabaseKind kind)
    {
        await Installed.GetOrAdd((GetType(), kind), _ => new Lazy<Task>(async () =>
        {
            await using var first = await ScopeAsync(kind);
            await first.Get<DemonstrationSet>().RunAsync();
        })).Value;
        return await ScopeAsync(kind);
    }

    private Task<CoreScope> ScopeAsync(DatabaseKind kind) =>
        CoreScope.ForAsync(kind, GetType(), new FakeTimeProvider(new DateTimeOffset(year, month, day, 9, 0, 0, TimeSpan.Zero)));
}

public class DemonstrationOffresInJulyTests() : DemonstrationOffresTests(2026, 7, 15);

public class DemonstrationOffresOnTheFirstWorkingDayTests() : DemonstrationOffresTests(2027, 1, 4);

public class DemonstrationOffresOnTheLastDayTests() : DemonstrationOffresTests(2026, 12, 31);

public class DemonstrationOffresAgainTests
{
    private static readonly DateTimeOffset Day = new(2026, 7, 15, 9, 0, 0, TimeSpan.Zero);

    [Theory, EveryDatabase]
    public async Task Installing_again_enters_nothing(DatabaseKind kind)
    {
        await using var scope = await InstallAsync(kind, typeof(Again), new FakeTimeProvider(Day));
        var before = await StateAsync(scope.Db);
        using var counter = QueryCounter.Start();
        await scope.Get<DemonstrationOffres>().RunAsync();
        Assert.Equal(1, counter.Count);
        Assert.Equal(before, await StateAsync(scope.Db));
    }

    [Theory, EveryDatabase]
    public async Task A_start_that_was_killed_is_taken_up_where_it_stopped(DatabaseKind kind)
    {
        foreach (var life in new[] { 20, 60, 200 })
        {
            var clock = new DyingClock(Day, life);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => InstallAsync(kind, typeof(Killed), clock, clock));
        }

        await using var taken = await InstallAsync(kind, typeof(Killed), new FakeTimeProvider(Day));
        await using var whole = await InstallAsync(kind, typeof(Uninterrupted), new FakeTimeProvider(Day));
        Assert.Equal(await StateAsync(whole.Db), await StateAsync(taken.Db));
    }

    [Theory, EveryDatabase]
    public async Task A_year_without_a_programme_leaves_the_offers_on_its_lots_out(DatabaseKind kind)
    {
        await using var scope = await InstallAsync(kind, typeof(Later), new FakeTimeProvider(Day.AddYears(5)));
        Assert.False(await scope.Db.Set<ActionFormation>().AnyAsync(a => a.LotId != null));
        Assert.True(await scope.Db.Set<ActionFormation>().AnyAsync(a => a.Etat == EtatAction.Validee));
    }

    private static async Task<CoreScope> InstallAsync(DatabaseKind kind, Type database, TimeProvider clock, DyingClock? death = null)
    {
        var scope = await CoreScope.ForAsync(kind, database, clock);
        await scope.Get<DemonstrationSet>().RunAsync(withOffres: false);
        await scope.Get<DemonstrationOffres>().RunAsync(death?.Start() ?? CancellationToken.None);
        return scope;
    }

    private static async Task<(int, int, int, long, long, int)> StateAsync(SofiDbContext db) => (
        await db.Set<ActionFormation>().CountAsync(), await db.Set<SessionFormation>().SumAsync(s => s.Version + 1), await db.Set<DispositifSession>().SumAsync(d => d.Version + 1),
        await db.Set<Evenement>().LongCountAsync(), await db.Set<EntreePublication>().LongCountAsync(), await db.Set<Soumission>().CountAsync());

    /// <summary>A clock that, once started, is read a number of times and then kills what reads it.</summary>
    private sealed class DyingClock(DateTimeOffset day, int life) : TimeProvider
    {
        private readonly CancellationTokenSource source = new();
        private int left = int.MaxValue;

        public CancellationToken Start()
        {
            left = life;
            return source.Token;
        }

        public override DateTimeOffset GetUtcNow()
        {
            if (Interlocked.Decrement(ref left) == 0) source.Cancel();
            return day;
        }
    }

    private sealed class Again;

    private sealed class Killed;

    private sealed class Uninterrupted;

    private sealed class Later;
}
