using System.Text;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Referentiels;
using Sofi.Testing;

namespace Sofi.Core.Tests.Referentiels;

public class FicheCertifinfoTests
{
    private const string Header = "code_certifinfo;objectif_general;objectif;programme;resultats_attendus;formacodes;code_bloc;type_module;intitule_module;objectif_module;programme_module\n";
    private static readonly Auteur Administratrice = new(null, "Administratrice");

    [Theory, EveryDatabase]
    public async Task The_sheet_of_93561_ships_completed_and_marked_as_an_example(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var sheet = await scope.Get<FicheCertifinfoService>().FindAsync(93561);
        Assert.Equal(("6", "32047|32048", true), (sheet!.ObjectifGeneral, sheet.Formacodes.ToString(), sheet.Exemple));
        Assert.StartsWith("Exemple de texte.", sheet.Objectif, StringComparison.Ordinal);
        Assert.Contains("\n", sheet.Programme!, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_sheet_is_saved_cleaned_with_its_blocs_and_the_journal_keeps_old_and_new(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var service = scope.Get<FicheCertifinfoService>();
        var first = await service.SaveAsync(1879, new SaisieCertifinfo
        {
            ObjectifGeneral = "6",
            Objectif = "<b>Devenir</b> actuaire 😀",
            Formacodes = ["41054"],
            Blocs = [new() { Code = "rncp000001bc01", TypeModule = "1", Intitule = "Probabilités" }, new() { TypeModule = "0" }],
        }, 0, Administratrice);
        Assert.True(first.Reussi, string.Join(", ", first.Fautes));
        Assert.Equal(("Devenir actuaire", 1, "RNCP000001BC01"), (first.Fiche!.Objectif, first.Fiche.Version, Assert.Single(first.Fiche.Blocs).Code));

        var second = await service.SaveAsync(1879, SaisieCertifinfo.Of(first.Fiche) with
        {
            Objectif = "Être actuaire",
            Blocs = [new() { Code = "RNCP000001BC02", TypeModule = "2", Intitule = "Statistiques" }],
        }, 1, Administratrice);
        Assert.True(second.Reussi);
        var change = await scope.Db.Set<Evenement>().SingleAsync(e => e.Type == "FicheCertifinfoModifiee" && e.Cle == "1879");
        Assert.Contains(new Changement("Objectif", "Devenir actuaire", "Être actuaire"), change.Changements);
        Assert.Contains(new Changement("Blocs[RNCP000001BC01].Intitule", "Probabilités", null), change.Changements);
        Assert.Contains(new Changement("Blocs[RNCP000001BC02].Intitule", null, "Statistiques"), change.Changements);
        Assert.Equal("RNCP000001BC02", Assert.Single((await service.FindAsync(1879))!.Blocs).Code);
    }

    [Theory, EveryDatabase]
    public async Task Saving_what_is_there_already_is_silent(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var service = scope.Get<FicheCertifinfoService>();
        var sheet = await service.FindAsync(106627);
        Assert.True((await service.SaveAsync(106627, SaisieCertifinfo.Of(sheet), sheet!.Version, Administratrice)).Reussi);
        Assert.False(await scope.Db.Set<Evenement>().AnyAsync(e => e.Objet == "certifinfo" && e.Cle == "106627"));
        Assert.Equal((sheet.Version, true), ((await service.FindAsync(106627))!.Version, (await service.FindAsync(106627))!.Exemple));
    }

    [Theory, EveryDatabase]
    public async Task Values_that_cannot_be_stored_are_named_field_by_field_and_nothing_is_written(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var service = scope.Get<FicheCertifinfoService>();
        var result = await service.SaveAsync(1880, new SaisieCertifinfo
        {
            ObjectifGeneral = "1",
            Programme = new string('p', 3001),
            Formacodes = ["11001", "11014", "11017", "41054", "41079", "99999"],
            Blocs = [new() { Code = "BC1", Intitule = "Court" }, new() { Code = "RNCP000002BC01", TypeModule = "7" }, new() { Code = "RNCP000002BC01", Intitule = "Deux fois" }],
        }, 0, Administratrice);
        Assert.Equal(
            ["ObjectifGeneral", "Programme", "Formacodes", "Formacodes", "Blocs[0].Code", "Blocs[1].TypeModule", "Blocs[1].Intitule", "Blocs[2].Code"],
            result.Fautes.Select(f => f.Champ));
        Assert.Null(await service.FindAsync(1880));
    }

    [Theory, EveryDatabase]
    public async Task Two_editors_never_overwrite_each_other(DatabaseKind kind)
    {
        await using var one = await CoreScope.ForAsync(kind, GetType());
        await using var two = await CoreScope.ForAsync(kind, GetType());
        var first = await one.Get<FicheCertifinfoService>().SaveAsync(1888, new SaisieCertifinfo { Objectif = "Le premier" }, 0, Administratrice);
        Assert.True(first.Reussi);
        var late = await two.Get<FicheCertifinfoService>().SaveAsync(1888, new SaisieCertifinfo { Objectif = "Le second" }, 0, Administratrice);
        Assert.True(late.Conflit);
        Assert.Equal(("Le premier", 1), (late.Fiche!.Objectif, late.Fiche.Version));
    }

    [Theory, EveryDatabase]
    public async Task Two_saves_at_the_same_instant_leave_one_winner(DatabaseKind kind)
    {
        var saves = Enumerable.Range(0, 4).Select(async i =>
        {
            await using var scope = await CoreScope.ForAsync(kind, GetType());
            return await scope.Get<FicheCertifinfoService>().SaveAsync(1890, new SaisieCertifinfo { Objectif = $"Éditeur {i}" }, 0, Administratrice);
        });
        var results = await Task.WhenAll(saves);
        Assert.Equal((1, 3), (results.Count(r => r.Reussi), results.Count(r => r.Conflit)));
    }

    [Theory, EveryDatabase]
    public async Task A_file_is_previewed_field_by_field_then_applied_once(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var importer = scope.Get<FicheCertifinfoImporter>();
        await scope.Get<FicheCertifinfoService>().SaveAsync(1896, new SaisieCertifinfo { Objectif = "Avant", Programme = "Reste" }, 0, Administratrice);
        var content = Header.Replace(";programme;", ";", StringComparison.Ordinal)
            + "1896;Certification;\"Après\nsur deux lignes\";;41054;;;;;\n"
            + "1901;7;Nouveau;;;RNCP000003BC01;Obligatoire;Un bloc;;\n1901;;;;;RNCP000003BC02;;Deux blocs;;\n";
        var preview = await importer.PreviewAsync(File(content), "fiches.csv");
        Assert.Empty(preview.Erreurs);
        Assert.Equal([1901], preview.Creees.Select(f => f.Code));
        Assert.Equal([new("ObjectifGeneral", null, "6"), new("Objectif", "Avant", "Après\nsur deux lignes"), new Changement("Formacodes", null, "41054")], Assert.Single(preview.Modifiees).Changements);
        Assert.Equal("Avant", (await scope.Get<FicheCertifinfoService>().FindAsync(1896))!.Objectif);

        var (_, applied) = await importer.ApplyAsync(File(content), "fiches.csv", preview.Empreinte, Administratrice);
        Assert.True(applied);
        var changed = await scope.Get<FicheCertifinfoService>().FindAsync(1896);
        Assert.Equal(("6", "Après\nsur deux lignes", "Reste", 2), (changed!.ObjectifGeneral, changed.Objectif, changed.Programme, changed.Version));
        Assert.Equal(["1", "0"], (await scope.Get<FicheCertifinfoService>().FindAsync(1901))!.Blocs.OrderBy(b => b.Code).Select(b => b.TypeModule));
        var again = await importer.PreviewAsync(File(content), "fiches.csv");
        Assert.Equal(2, again.Inchangees.Count());
        await importer.ApplyAsync(File(content), "fiches.csv", again.Empreinte, Administratrice);
        Assert.Equal(1, await scope.Db.Set<Evenement>().CountAsync(e => e.Type == "FichesCertifinfoImportees" && e.Cle == "fiches.csv"));
    }

    [Theory, EveryDatabase]
    public async Task A_file_with_a_fault_is_refused_whole_and_every_fault_is_told(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var importer = scope.Get<FicheCertifinfoImporter>();
        var content = Header + "1911;6;Bon;;;;;;;;\n1;6;Inconnu;;;;;;;;\n1909;certif;;;;00000;;;;;\n1916;;;;;;X;;;;\nabc;;;;;;;;;;\n1911;6;Encore;;;;;;;;\n";
        var preview = await importer.PreviewAsync(File(content), "faux.csv");
        Assert.Equal([3, 4, 4, 5, 5, 6, 7], preview.Erreurs.Select(e => e.Line!.Value));
        Assert.Contains("Ce code CertifInfo est inconnu.", preview.Erreurs[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(["code_bloc", "intitule_module"], preview.Erreurs.Where(e => e.Line == 5).Select(e => e.Column));
        await Assert.ThrowsAsync<FileRefusedException>(() => importer.ApplyAsync(File(content), "faux.csv", null, Administratrice));
        Assert.Null(await scope.Get<FicheCertifinfoService>().FindAsync(1911));
    }

    [Theory, EveryDatabase]
    public async Task What_was_shown_is_applied_or_nothing(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var importer = scope.Get<FicheCertifinfoImporter>();
        var content = "code_certifinfo;objectif\n1923;Du fichier\n";
        var preview = await importer.PreviewAsync(File(content), "apercu.csv");
        await scope.Get<FicheCertifinfoService>().SaveAsync(1923, new SaisieCertifinfo { Objectif = "Saisi entre-temps" }, 0, Administratrice);
        var (shownAgain, applied) = await importer.ApplyAsync(File(content), "apercu.csv", preview.Empreinte, Administratrice);
        Assert.False(applied);
        Assert.Equal("Saisi entre-temps", Assert.Single(shownAgain.Modifiees).Changements[0].Avant);
        Assert.Equal("Saisi entre-temps", (await scope.Get<FicheCertifinfoService>().FindAsync(1923))!.Objectif);
    }

    [Theory, EveryDatabase]
    public async Task Applying_a_file_takes_a_number_of_queries_that_does_not_depend_on_its_lines(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var codes = await scope.Db.Set<Certification>().Where(c => c.Code > 50000).OrderBy(c => c.Code).Select(c => c.Code).Take(1001).ToListAsync();
        Assert.Equal(await CountAsync(codes.Take(1)), await CountAsync(codes.Skip(1)));

        async Task<int> CountAsync(IEnumerable<int> some)
        {
            var content = "code_certifinfo;objectif;code_bloc;intitule_module\n" + string.Concat(some.Select(code => $"{code};Objectif {code};RNCP{code}BC01;Bloc\n"));
            using var counter = QueryCounter.Start();
            await scope.Get<FicheCertifinfoImporter>().ApplyAsync(File(content), "grand.csv", null, Administratrice);
            return counter.Count;
        }
    }

    private static MemoryStream File(string content) => new(Encoding.UTF8.GetBytes(content));
}
