using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sofi.Core.Comptes;
using Sofi.Testing;

namespace Sofi.Core.Tests.Comptes;

public class GestionComptesTests
{
    [Theory, EveryDatabase]
    public async Task Of_two_administrateurs_who_deactivate_each_other_one_remains(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        await using var services = database.CreateServices();
        var comptes = Enumerable.Range(0, 2).Select(_ => OffreScene.NewCompte($"{Guid.NewGuid():N}@exemple.test", Role.Administrateur)).ToList();
        await using (var db = database.CreateContext())
        {
            foreach (var compte in comptes) compte.PasswordHash = "x";
            db.AddRange(comptes);
            await db.SaveChangesAsync();
        }

        var gestes = await Task.WhenAll(comptes.Select(async compte =>
        {
            await using var scope = services.CreateAsyncScope();
            var other = comptes.Single(c => c != compte);
            return await scope.ServiceProvider.GetRequiredService<GestionComptes>()
                .DeactivateAsync(other.Id, new Utilisateur(compte.Id, compte.Nom, Role.Administrateur, [], null));
        }));
        Assert.Single(gestes, geste => geste.Fait);
        await using var after = database.CreateContext();
        Assert.Equal(1, await after.Set<Compte>().CountAsync(c => c.Role == Role.Administrateur && c.DesactiveLe == null));
    }

    [Theory]
    [EveryDatabase(Role.Redacteur)]
    [EveryDatabase(Role.Valideur)]
    [EveryDatabase(Role.Region)]
    public async Task A_role_that_manages_no_account_sees_none(DatabaseKind kind, Role role)
    {
        await using var core = await CoreScope.ForAsync(kind, typeof(A_role_without_accounts));
        var etablissement = await OffreScene.AddEtablissementAsync(core.Db);
        var compte = OffreScene.NewCompte($"{Guid.NewGuid():N}@exemple.test", Role.Redacteur);
        compte.Etablissements.Add(new CompteEtablissement { EtablissementNumero = etablissement.Numero });
        core.Db.Add(compte);
        await core.Db.SaveChangesAsync();
        var reader = new Utilisateur(0, "Personne", role, [etablissement.Numero], etablissement.Numero);
        Assert.Empty(await core.Get<GestionComptes>().List(reader, []).ToListAsync());
        Assert.Null(await core.Get<GestionComptes>().FindAsync(compte.Id, reader));
        Assert.False((await core.Get<GestionComptes>().DeactivateAsync(compte.Id, reader)).Fait);
    }

    private sealed class A_role_without_accounts;
}
