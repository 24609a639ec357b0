using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sofi.Core.Data;
using Sofi.Core.Referentiels;
using Sofi.Testing;

namespace Sofi.Core.Tests.Referentiels;

public class ReferenceLoaderTests
{
    [Theory, EveryDatabase]
    public async Task A_first_start_loads_every_list_whole(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        await using var db = database.CreateContext();
        Assert.Equal(35_014, await db.Set<Commune>().CountAsync());
        Assert.Equal(12_429, await db.Set<Certification>().CountAsync());
        Assert.Equal(114, await db.Set<TypeCertification>().CountAsync());
        var formacodes = await db.Set<Formacode>().GroupBy(f => f.Liste).ToDictionaryAsync(g => g.Key, g => g.Count());
        Assert.Equal(new() { ["domaine"] = 2073, ["public"] = 73, ["modalite-pedagogique"] = 15, ["periode"] = 5 }, formacodes);
        var lists = await db.Set<Nomenclature>().GroupBy(n => n.Liste).ToDictionaryAsync(g => g.Key, g => g.Count());
        Assert.Equal((1584, 124, 461, 17), (lists["rome"], lists["rome-domaine"], lists["nsf"], lists["niveau"]));
        Assert.Equal((109, 26, 65), (lists["departement"], lists["region"], lists["formacode-champ"]));
        Assert.Equal(133, lists.Where(l => l.Key.StartsWith("dict-", StringComparison.Ordinal)).Sum(l => l.Value));
        Assert.Equal(3343, await db.Set<FicheRncp>().CountAsync(f => f.Intitule != null));
        Assert.Equal(54, await db.Set<BlocRncp>().CountAsync());
        Assert.Equal(275, await db.Set<JourFerie>().CountAsync());
        Assert.InRange(await db.Set<Prerequis>().CountAsync(), 8, 15);
        Assert.Equal(2, await db.Set<FicheCertifinfo>().CountAsync(f => f.Exemple));
    }

    [Theory, EveryDatabase]
    public async Task Levels_of_CertifInfo_become_those_of_LHEO(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        await using var db = database.CreateContext();
        var levels = await db.Set<Certification>().GroupBy(c => c.NiveauSortie).ToDictionaryAsync(g => g.Key, g => g.Count());
        Assert.Equal(new() { ["1"] = 3899, ["13"] = 679, ["14"] = 1067, ["15"] = 1595, ["16"] = 1606, ["17"] = 3561, ["18"] = 22 }, levels);
    }

    [Theory, EveryDatabase]
    public async Task Only_types_that_lead_to_no_certification_are_open_to_a_free_formation(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        await using var db = database.CreateContext();
        var without = await db.Set<TypeCertification>().Where(t => t.SansCertification).Select(t => t.Libelle).ToListAsync();
        Assert.Contains("Autre certification sans niveau spécifique", without);
        Assert.Contains("Préparation à un concours de niveau bac", without);
        Assert.DoesNotContain(without, label => label.Contains("Diplôme", StringComparison.Ordinal) || label.Contains("Titre", StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task A_second_start_loads_nothing(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        Assert.Empty(await LoadAsync(database, database.Settings.ReferenceFolder));
    }

    [Theory, EveryDatabase]
    public async Task A_changed_file_is_loaded_again_and_alone(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, typeof(Changed));
        var folder = CopyOf(database.Settings.ReferenceFolder);
        await File.AppendAllTextAsync(Path.Combine(folder, "calendrier/jours-feries-metropole-2016-2040.csv"), "2041-01-01;Jour de l'an\n");
        Assert.Equal(["jours-feries"], await LoadAsync(database, folder));
        await using var db = database.CreateContext();
        Assert.Equal(276, await db.Set<JourFerie>().CountAsync());
    }

    [Theory, EveryDatabase]
    public async Task A_start_killed_half_way_is_taken_up_where_it_stopped(DatabaseKind kind)
    {
        var database = await TestDatabase.EmptyAsync(kind);
        await using (var db = database.CreateContext()) await database.Engine.MigrateAsync(db);
        var folder = CopyOf(database.Settings.ReferenceFolder);
        var broken = Path.Combine(folder, "formacode/formacode-publics-v14.csv");
        var whole = await File.ReadAllTextAsync(broken);
        await File.WriteAllTextAsync(broken, whole + "80999;Public;de trop\n");
        var refusal = await Assert.ThrowsAsync<FileRefusedException>(() => LoadAsync(database, folder));
        Assert.Contains("formacode-publics-v14.csv, ligne 75", refusal.Message, StringComparison.Ordinal);

        await using var after = database.CreateContext();
        Assert.Equal(35_014, await after.Set<Commune>().CountAsync());
        Assert.Equal(0, await after.Set<Formacode>().CountAsync());
        await File.WriteAllTextAsync(broken, whole);
        var taken = await LoadAsync(database, folder);
        Assert.DoesNotContain("communes", taken);
        Assert.Contains("formacode", taken);
        Assert.Equal(12_429, await after.Set<Certification>().CountAsync());
    }

    [Theory, EveryDatabase]
    public async Task Two_starts_together_load_once(DatabaseKind kind)
    {
        var database = await TestDatabase.EmptyAsync(kind);
        await using (var db = database.CreateContext()) await database.Engine.MigrateAsync(db);
        var loaded = await Task.WhenAll(LoadAsync(database, database.Settings.ReferenceFolder), LoadAsync(database, database.Settings.ReferenceFolder));
        var names = loaded.SelectMany(l => l).ToList();
        Assert.Equal(names.Distinct().Count(), names.Count);
        await using var after = database.CreateContext();
        Assert.Equal(await after.Set<ListeChargee>().CountAsync(), names.Count);
        Assert.Equal(35_014, await after.Set<Commune>().CountAsync());
    }

    [Theory, EveryDatabase]
    public async Task What_the_Cariforef_keeps_is_not_overwritten_by_a_later_version_of_the_files(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, typeof(Kept));
        await using (var db = database.CreateContext())
        {
            (await db.Set<Prerequis>().SingleAsync(p => p.Code == "permis-b")).Libelle = "Permis B exigé";
            (await db.Set<FicheCertifinfo>().SingleAsync(f => f.Code == 93561)).Objectif = "Le nôtre";
            await db.SaveChangesAsync();
        }

        var folder = CopyOf(database.Settings.ReferenceFolder);
        await File.AppendAllTextAsync(Path.Combine(folder, "sofi/prerequis.csv"), "nouveau;Un pré-requis nouveau\n");
        await File.AppendAllTextAsync(Path.Combine(folder, "sofi/fiches-certifinfo.csv"), "93559;7;Bilan;;;;;;;;;oui\n");
        Assert.Equal(["prerequis", "fiches-certifinfo"], await LoadAsync(database, folder));
        await using var after = database.CreateContext();
        Assert.Equal("Permis B exigé", (await after.Set<Prerequis>().SingleAsync(p => p.Code == "permis-b")).Libelle);
        Assert.Equal("Un pré-requis nouveau", (await after.Set<Prerequis>().SingleAsync(p => p.Code == "nouveau")).Libelle);
        Assert.Equal("Le nôtre", (await after.Set<FicheCertifinfo>().SingleAsync(f => f.Code == 93561)).Objectif);
        Assert.True((await after.Set<FicheCertifinfo>().SingleAsync(f => f.Code == 93559)).Exemple);
    }

    private static async Task<IReadOnlyList<string>> LoadAsync(TestDatabase database, string folder)
    {
        await using var services = database.CreateServices();
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ReferenceLoader>().LoadAsync(folder);
    }

    private static string CopyOf(string folder)
    {
        var copy = Directory.CreateTempSubdirectory("sofi-reference-").FullName;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    /// <summary>Bases of their own for the tests that change shipped lists.</summary>
    private sealed class Changed;

    private sealed class Kept;
}
