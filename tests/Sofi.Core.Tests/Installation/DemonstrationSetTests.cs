using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Installation.Demonstration;
using Sofi.Core.Journal;
using Sofi.Core.Organismes;
using Sofi.Testing;

namespace Sofi.Core.Tests.Installation;

public class DemonstrationSetTests
{
    private const string Cariforef = "13000511900032";

    [Theory, EveryDatabase]
    public async Task The_Cariforef_is_the_one_of_the_procedure(DatabaseKind kind)
    {
        await using var scope = await InstalledAsync(kind);
        var organismes = scope.Get<OrganismeService>();
        var cariforef = await organismes.FindAsync(Cariforef);
        Assert.Equal("13000511900032 - 36364 - CARIFOREF DES PAYS DE LA LOIRE - Nantes", cariforef!.LibelleDispensateur);
        Assert.Equal(["36364 - CARIFOREF DES PAYS DE LA LOIRE - Principal"], (await organismes.LieuxAsync(36364)).Select(l => l.Libelle));
        Assert.Equal(
            "1902, auto saisie - 36364, CARIFOREF DES PAYS DE LA LOIRE, SIRET 13000511900032",
            (await organismes.ContactsAsync(36364)).Select(c => c.Libelle).Single(label => label.StartsWith("1902", StringComparison.Ordinal)));
        Assert.Equal(1902, cariforef.ContactPrincipalNumero);
    }

    [Theory, EveryDatabase]
    public async Task A_dozen_fictitious_organisations_stand_in_the_five_departements(DatabaseKind kind)
    {
        await using var scope = await InstalledAsync(kind);
        var all = await scope.Db.Set<Etablissement>().AsNoTracking().Include(e => e.Lieux).ToListAsync();
        var invented = all.Where(e => e.Siret != Cariforef).ToList();
        Assert.All(all, e => Assert.True(Identifiants.IsSiret(e.Siret) && Identifiants.IsNda(e.Nda), e.RaisonSociale));
        Assert.All(invented, e => Assert.EndsWith("(EXEMPLE)", e.RaisonSociale));
        Assert.All(invented, e => Assert.True(e.Numero > 36364));
        var others = invented.Where(e => !Cariforef.StartsWith(e.Siren, StringComparison.Ordinal)).ToList();
        Assert.Equal(12, others.Select(e => e.Siren).Distinct().Count());
        Assert.Equal(["44", "49", "53", "72", "85"], others.Select(e => e.Adresse.CodePostal![..2]).Distinct().Order());
        Assert.All(others.GroupBy(e => e.Siren), siren => Assert.True(siren.Sum(e => e.Lieux.Count) >= 3));
    }

    [Theory, EveryDatabase]
    public async Task The_accounts_of_the_contract_sign_in(DatabaseKind kind)
    {
        await using var scope = await InstalledAsync(kind);
        var accounts = await scope.Db.Set<Compte>().AsNoTracking().Include(c => c.Etablissements).ThenInclude(a => a.Etablissement).OrderBy(c => c.Id).ToListAsync();
        Assert.Equal(
            [
                ("redacteur@demo.test", Role.Redacteur), ("gestionnaire@demo.test", Role.Gestionnaire), ("valideur@demo.test", Role.Valideur),
                ("admin@demo.test", Role.Administrateur), ("region@demo.test", Role.Region), ("autre@demo.test", Role.Gestionnaire),
            ],
            accounts.Select(c => (c.Email!, c.Role)));
        Assert.Equal("Claire Moreau", accounts[0].Nom);
        Assert.Equal(3, accounts[0].Etablissements.Count(a => Cariforef.StartsWith(a.Etablissement.Siren, StringComparison.Ordinal)));
        Assert.All(accounts[5].Etablissements, a => Assert.False(Cariforef.StartsWith(a.Etablissement.Siren, StringComparison.Ordinal)));
        var hasher = scope.Get<IPasswordHasher<Compte>>();
        Assert.All(accounts, c => Assert.Equal(
            PasswordVerificationResult.Success, hasher.VerifyHashedPassword(c, c.PasswordHash!, DemonstrationSet.MotDePasse)));
        Assert.Equal(6, accounts.Count(c => scope.Get<DemonstrationSet>().Describe().Contains(c.Email!)));
    }

    [Theory, EveryDatabase]
    public async Task Installing_again_changes_nothing_in_a_few_queries(DatabaseKind kind)
    {
        await using var scope = await InstalledAsync(kind);
        var before = await StateAsync(scope.Db);
        await using var again = await CoreScope.ForAsync(kind, GetType());
        using (var counter = QueryCounter.Start())
        {
            await again.Get<DemonstrationSet>().RunAsync();
            Assert.InRange(counter.Count, 1, 4);
        }

        Assert.Equal(before, await StateAsync(again.Db));
    }

    [Theory, EveryDatabase]
    public async Task A_base_that_holds_it_is_known_before_it_goes_into_service(DatabaseKind kind)
    {
        await using var scope = await InstalledAsync(kind);
        Assert.True(await scope.Get<DemonstrationSet>().IsInstalledAsync());

        var empty = await TestDatabase.EmptyAsync(kind);
        await using var production = CoreScope.Of(empty);
        await empty.Engine.MigrateAsync(production.Db);
        Assert.False(await production.Get<DemonstrationSet>().IsInstalledAsync());
    }

    [Theory, EveryDatabase]
    public async Task Nobody_in_it_can_be_written_to_or_called(DatabaseKind kind)
    {
        await using var scope = await InstalledAsync(kind);
        var contacts = await scope.Db.Set<Contact>().AsNoTracking().ToListAsync();
        var etablissements = await scope.Db.Set<Etablissement>().AsNoTracking().ToListAsync();
        Assert.All(contacts.Select(c => c.Courriel).Concat(etablissements.Select(e => e.Courriel)), mail => Assert.EndsWith("demo.test", mail!));
        // 02 61 91 is set aside by the Arcep for works of fiction.
        Assert.All(contacts.Select(c => c.Telephone).Concat(etablissements.Select(e => e.Telephone)), phone => Assert.StartsWith("02 61 91 ", phone!));
    }

    private async Task<CoreScope> InstalledAsync(DatabaseKind kind)
    {
        var scope = await CoreScope.ForAsync(kind, GetType());
        await scope.Get<DemonstrationSet>().RunAsync();
        return scope;
    }

    private static async Task<(int, int, int, int, long, string)> StateAsync(SofiDbContext db) => (
        await db.Set<Etablissement>().SumAsync(e => e.Version + 1), await db.Set<Lieu>().SumAsync(l => l.Version + 1), await db.Set<Contact>().SumAsync(c => c.Version + 1),
        await db.Set<CompteEtablissement>().CountAsync(), await db.Set<Evenement>().LongCountAsync(),
        string.Join('|', await db.Set<Compte>().OrderBy(c => c.Id).Select(c => c.PasswordHash + c.ConcurrencyStamp).ToListAsync()));
}
