using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Referentiels;
using Sofi.Testing;

namespace Sofi.Core.Tests.Referentiels;

public class CertifinfoImporterTests
{
    /// <summary>The header of the national open data.</summary>
    private const string OpenData =
        "Code_Diplome;Libelle_Diplome;Libelle_Type_Diplome;Code_Niveau_Europeen;Date_MaJ;Code_FormaCode;Libelle_FormaCode;Code_Rome_1;Code_Rome_2;Code_Rome_3;"
        + "Code_Rome_4;Code_Rome_5;Code_Nsf;Code_RNCP;Code_RS;Code_Scolarité;Validateur;Certificateur;Annee_Premiere_Session;Annee_Derniere_Session;Code_Ancien_Diplome;"
        + "Intitule_Ancien_Diplome;Code_Ancien_RNCP;Code_Ancien_Scolarité;Etat;Etat_Libelle;Etat_Ancien_Diplome;Etat_Ancien_Diplome_Libelle;Accessibilite_FI;"
        + "Accessibilite_CA;Accessibilite_FC;Accessibilite_CP;Accessibilite_VAE;Accessibilite_IND;Code_Type_Diplome;Code_Ideo2";

    [Theory, EveryDatabase]
    public async Task The_open_data_in_Latin_1_is_taken_with_all_its_codes(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        var file = OpenDataFile(
            new Line { [0] = "900001", [1] = "Titre \"éclair\" de créateur", [2] = "Titre professionnel (TP de niveau 4)", [3] = "4", [5] = "32047", [7] = "M1302", [8] = "M1402", [12] = "310", [13] = "37948", [14] = "", [25] = "Publié", [34] = "461" },
            new Line { [0] = "900002", [1] = "Certificat d’été", [3] = "", [14] = "RS5000", [25] = "Archivé", [34] = "970" });
        var report = await ImportAsync(database, file);
        Assert.Equal((2, 0, 0), (report.Decomptes[0].Crees, report.Decomptes[0].Modifies, report.Decomptes[0].Inchanges));

        await using var db = database.CreateContext();
        var title = await db.Set<Certification>().AsNoTracking().SingleAsync(c => c.Code == 900001);
        Assert.Equal("Titre \"éclair\" de créateur", title.Libelle);
        Assert.Equal((461, "14", "RNCP37948", null), (title.CodeType, title.NiveauSortie, title.CodeRncp, title.CodeRs));
        Assert.Equal(("32047", "M1302|M1402", "310"), (title.Formacodes.ToString(), title.Romes.ToString(), title.Nsfs.ToString()));
        Assert.True(title.Publiee);
        var closed = await db.Set<Certification>().AsNoTracking().SingleAsync(c => c.Code == 900002);
        Assert.Equal(("1", "RS5000", false), (closed.NiveauSortie, closed.CodeRs, closed.Publiee));
    }

    [Theory, EveryDatabase]
    public async Task The_same_file_twice_changes_and_journals_nothing(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        var file = OpenDataFile(new Line { [0] = "900011", [1] = "Une fois", [34] = "999" }, new Line { [0] = "900012", [1] = "Deux", [20] = "900011", [34] = "999" });
        await ImportAsync(database, file);
        var report = await ImportAsync(database, file, "seconde fois.csv");
        Assert.True(report.RienDeNouveau, report.ToString());
        Assert.Equal(2, report.Decomptes[0].Inchanges);
        await using var db = database.CreateContext();
        Assert.False(await db.Set<Evenement>().AnyAsync(e => e.Cle == "seconde fois.csv"));
    }

    [Theory, EveryDatabase]
    public async Task The_shipped_layout_leaves_the_codes_that_only_the_open_data_gives(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        await ImportAsync(database, OpenDataFile(new Line { [0] = "900021", [1] = "Avant", [3] = "5", [5] = "42050", [13] = "1234", [34] = "999" }));
        var report = await ImportAsync(database, Encoding.UTF8.GetBytes(
            "code_certifinfo;libelle;code_type;libelle_type;niveau_1969;niveau_cec_deduit\n900021;\"Après; mieux\";999;Autre certification sans niveau spécifique;;6\n"));
        Assert.Equal(1, report.Decomptes[0].Modifies);
        await using var db = database.CreateContext();
        var changed = await db.Set<Certification>().SingleAsync(c => c.Code == 900021);
        Assert.Equal(("Après; mieux", "16", "RNCP1234", "42050"), (changed.Libelle, changed.NiveauSortie, changed.CodeRncp, changed.Formacodes.ToString()));
    }

    [Theory, EveryDatabase]
    public async Task A_code_named_as_former_is_replaced_even_when_the_open_data_no_longer_has_it(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        await ImportAsync(database, OpenDataFile(new Line { [0] = "900030", [1] = "Plus ancien", [34] = "999" }));
        var report = await ImportAsync(database, OpenDataFile(
            new Line { [0] = "900032", [1] = "Nouveau A", [20] = "900031", [21] = "L’ancien", [34] = "999" },
            new Line { [0] = "900033", [1] = "Nouveau B", [20] = "900031, 900030", [21] = "L’ancien", [34] = "999" }));
        Assert.Equal((3, 1, 0), (report.Decomptes[0].Crees, report.Decomptes[0].Modifies, report.Decomptes[0].Inchanges));
        await using var db = database.CreateContext();
        var old = await db.Set<Certification>().SingleAsync(c => c.Code == 900031);
        Assert.Equal(("L’ancien", false, "900032|900033"), (old.Libelle, old.Publiee, old.Remplacants.ToString()));
        Assert.Equal("900033", (await db.Set<Certification>().SingleAsync(c => c.Code == 900030)).Remplacants.ToString());
    }

    [Theory, EveryDatabase]
    public async Task Successors_may_also_stand_on_the_replaced_code_separated_by_commas(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        await ImportAsync(database, Encoding.UTF8.GetBytes(
            "Code Certifinfo;Libellé;Code type;Code Certifinfo remplaçant\n900041;Ancien;999;900042,900043\n900042;Un;999;\n900043;Deux;999;\n"));
        await using var db = database.CreateContext();
        var old = await db.Set<Certification>().SingleAsync(c => c.Code == 900041);
        Assert.Equal((false, "900042|900043"), (old.Publiee, old.Remplacants.ToString()));
        Assert.True((await db.Set<Certification>().SingleAsync(c => c.Code == 900042)).Publiee);
    }

    [Theory, EveryDatabase]
    public async Task A_former_code_that_is_still_published_may_still_be_chosen(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        await ImportAsync(database, OpenDataFile(
            new Line { [0] = "900051", [1] = "Dernière session l’an prochain", [25] = "Publié", [34] = "999" },
            new Line { [0] = "900052", [1] = "Rénové", [20] = "900051", [25] = "Publié", [34] = "999" }));
        await using var db = database.CreateContext();
        var old = await db.Set<Certification>().SingleAsync(c => c.Code == 900051);
        Assert.Equal((true, "900052"), (old.Publiee, old.Remplacants.ToString()));
    }

    [Theory, EveryDatabase]
    public async Task A_code_on_several_lines_gathers_its_Formacodes(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        await ImportAsync(database, OpenDataFile(
            new Line { [0] = "900061", [1] = "Multiple", [5] = "32047", [34] = "999" }, new Line { [0] = "900061", [1] = "Multiple", [5] = "32048", [34] = "999" }));
        await using var db = database.CreateContext();
        Assert.Equal("32047|32048", (await db.Set<Certification>().SingleAsync(c => c.Code == 900061)).Formacodes.ToString());
    }

    [Theory, EveryDatabase]
    public async Task An_odd_secondary_code_is_left_aside_and_told(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        var report = await ImportAsync(database, OpenDataFile(new Line { [0] = "900071", [1] = "Code bizarre", [5] = "formacode", [34] = "999" }));
        var warning = Assert.Single(report.Avertissements);
        Assert.Contains("ligne 2, colonne Code_FormaCode, « formacode »", warning.ToString(), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_faulty_file_is_refused_whole_with_every_reason(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        var refusal = await Assert.ThrowsAsync<FileRefusedException>(() => ImportAsync(database, Encoding.UTF8.GetBytes(
            "code_certifinfo;libelle;code_type;libelle_type;niveau_cec_deduit\n900081;Bon;999;;\nabc;Sans code;999;;\n900082;;999;;\n900083;Niveau faux;999;;9\n900084;Type ambigu;;Préparation aux concours;\n")));
        Assert.Equal([3, 4, 5, 6], refusal.Faults.Select(f => f.Line!.Value));
        Assert.Contains("Plusieurs types portent ce libellé (696, 996)", refusal.Message, StringComparison.Ordinal);
        await using var db = database.CreateContext();
        Assert.False(await db.Set<Certification>().AnyAsync(c => c.Code >= 900081 && c.Code <= 900084));
    }

    [Theory, EveryDatabase]
    public async Task An_unknown_type_comes_with_its_libelle(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        var report = await ImportAsync(database, OpenDataFile(new Line { [0] = "900091", [1] = "Type nouveau", [2] = "Brevet nouveau", [34] = "777" }));
        Assert.Equal(1, report.Decomptes[1].Crees);
        await using var db = database.CreateContext();
        Assert.Equal("Brevet nouveau", (await db.Set<TypeCertification>().SingleAsync(t => t.Code == 777)).Libelle);
    }

    [Theory, EveryDatabase]
    public async Task An_import_is_journaled_once_with_its_counts_and_outlives_the_shipped_edition(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, typeof(Alone));
        await ImportAsync(database, OpenDataFile(new Line { [0] = "93561", [1] = "Intitulé national", [34] = "999" }, new Line { [0] = "900101", [1] = "Un de plus", [34] = "999" }), "opendata-certifinfo-01022026.csv");
        await using (var db = database.CreateContext())
        {
            var change = await db.Set<Evenement>().SingleAsync(e => e.Type == "CertifinfoImporte");
            Assert.Equal("opendata-certifinfo-01022026.csv", change.Cle);
            Assert.Equal([("Certifications.Crees", "1"), ("Certifications.Modifies", "1"), ("Certifications.Inchanges", "0")], change.Changements.Take(3).Select(c => (c.Champ, c.Apres)));
        }

        // A later version of Sofi ships another edition: the imported one stays.
        var folder = Directory.CreateTempSubdirectory("sofi-reference-").FullName;
        foreach (var file in Directory.EnumerateFiles(database.Settings.ReferenceFolder, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, Path.GetRelativePath(database.Settings.ReferenceFolder, file)))!);
            File.Copy(file, Path.Combine(folder, Path.GetRelativePath(database.Settings.ReferenceFolder, file)));
        }

        await File.AppendAllTextAsync(Path.Combine(folder, "certifinfo/certifinfo-2020-02.csv"), "93561;Intitulé livré;999;;;\n");
        await using var services = database.CreateServices();
        await using var scope = services.CreateAsyncScope();
        Assert.Empty(await scope.ServiceProvider.GetRequiredService<ReferenceLoader>().LoadAsync(folder));
        await using var after = database.CreateContext();
        Assert.Equal("Intitulé national", (await after.Set<Certification>().SingleAsync(c => c.Code == 93561)).Libelle);
    }

    private static async Task<BilanImport> ImportAsync(TestDatabase database, byte[] content, string name = "essai.csv")
    {
        await using var services = database.CreateServices();
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CertifinfoImporter>().ImportAsync(new MemoryStream(content), name, Auteur.Systeme);
    }

    private static byte[] OpenDataFile(params Line[] lines) => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(
        string.Join("\r\n", [OpenData, .. lines.Select(line => string.Join(';', Enumerable.Range(0, 36).Select(i => line.GetValueOrDefault(i, ""))))]) + "\r\n");

    /// <summary>Cells of a line of the open data, by rank of column.</summary>
    private sealed class Line : Dictionary<int, string>;

    private sealed class Alone;
}
