using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Referentiels;
using Sofi.Testing;

namespace Sofi.Core.Tests.Referentiels;

public class RncpImporterTests
{
    [Theory, EveryDatabase]
    public async Task The_CSV_set_of_France_competences_is_taken(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        var report = await ImportAsync(database, Set("RNCP900001", "RNCP900002"));
        Assert.Equal([(2, 0), (2, 0)], report.Decomptes.Select(d => (d.Crees, d.Modifies)));
        await using var db = database.CreateContext();
        var fiche = await db.Set<FicheRncp>().SingleAsync(f => f.Code == "RNCP900001");
        Assert.Equal(("Coiffeur d’été", "13", true, new DateOnly(2028, 8, 31)), (fiche.Intitule, fiche.NiveauSortie, fiche.Active, fiche.DateEcheance));
        Assert.Equal(("42050|42032", "336", "D1202", "MINISTERE ; AUTRE"), (fiche.Formacodes.ToString(), fiche.Nsfs.ToString(), fiche.Romes.ToString(), fiche.Certificateurs));
        Assert.Equal("RNCP900002", fiche.Remplacants.ToString());
        Assert.Equal(["Couper", "Coiffer"], await db.Set<BlocRncp>().Where(b => b.CodeRncp == "RNCP900001").OrderBy(b => b.Code).Select(b => b.Libelle).ToListAsync());
        var inactive = await db.Set<FicheRncp>().SingleAsync(f => f.Code == "RNCP900002");
        Assert.Equal(("1", false), (inactive.NiveauSortie, inactive.Active));
    }

    [Theory, EveryDatabase]
    public async Task The_same_set_twice_changes_and_journals_nothing(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        var folder = Set("RNCP900011", "RNCP900012");
        await ImportAsync(database, folder);
        var report = await ImportAsync(database, folder);
        Assert.True(report.RienDeNouveau, report.ToString());
        await using var db = database.CreateContext();
        Assert.Equal(1, await db.Set<Evenement>().CountAsync(e => e.Type == "RncpImporte" && e.Cle == Path.GetFileName(folder)));
    }

    [Theory, EveryDatabase]
    public async Task A_bloc_that_France_competences_withdraws_goes_and_other_fiches_stay(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        var folder = Set("RNCP900021", "RNCP900022");
        await ImportAsync(database, folder);
        Write(folder, "Blocs_De_Compétences_2026_02_01", "\"Numero_Fiche\";\"Bloc_Competences_Code\";\"Bloc_Competences_Libelle\"\n\"RNCP900021\";\"RNCP900021BC01\";\"Couper mieux\"\n");
        var report = await ImportAsync(database, folder);
        Assert.Equal((0, 2), (report.Decomptes[1].Crees, report.Decomptes[1].Modifies));
        await using var db = database.CreateContext();
        Assert.Equal("Couper mieux", (await db.Set<BlocRncp>().SingleAsync(b => b.CodeRncp == "RNCP900021")).Libelle);
        Assert.True(await db.Set<BlocRncp>().AnyAsync(b => b.CodeRncp == "RNCP39266"));
    }

    [Theory, EveryDatabase]
    public async Task A_faulty_file_refuses_the_whole_set(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        var folder = Set("RNCP900031", "RNCP900032");
        Write(folder, "Formacode_2026_02_01", "\"Numero_Fiche\";\"Formacode_Code\"\n\"900031\";\"42050\"\n");
        var refusal = await Assert.ThrowsAsync<FileRefusedException>(() => ImportAsync(database, folder));
        Assert.Equal("export_fiches_CSV_Formacode_2026_02_01.csv, ligne 2, colonne Numero_Fiche, « 900031 » : Ce n’est pas un numéro de fiche. Il commence par RNCP ou RS, par exemple RNCP37948.", refusal.Message);
        await using var db = database.CreateContext();
        Assert.False(await db.Set<FicheRncp>().AnyAsync(f => f.Code == "RNCP900031"));
    }

    [Fact]
    public async Task A_folder_without_the_set_or_with_two_editions_is_refused()
    {
        var database = await TestDatabase.ForAsync(DatabaseKind.Sqlite, GetType());
        Assert.Contains("Ce dossier n’existe pas.", (await Assert.ThrowsAsync<FileRefusedException>(() => ImportAsync(database, "/nulle/part"))).Message, StringComparison.Ordinal);
        var empty = Directory.CreateTempSubdirectory("sofi-rncp-").FullName;
        Assert.Contains("Il manque le fichier «\u00A0Standard\u00A0»", (await Assert.ThrowsAsync<FileRefusedException>(() => ImportAsync(database, empty))).Message, StringComparison.Ordinal);
        var twice = Set("RNCP900041", "RNCP900042");
        Write(twice, "Standard_2026_03_01", "x\n");
        Assert.Contains("Plusieurs fichiers «\u00A0standard\u00A0»", (await Assert.ThrowsAsync<FileRefusedException>(() => ImportAsync(database, twice))).Message, StringComparison.Ordinal);
    }

    /// <summary>A set of two fiches, the second replacing the first, written as France compétences does.</summary>
    private static string Set(string first, string second)
    {
        var folder = Directory.CreateTempSubdirectory("sofi-rncp-").FullName;
        Write(folder, "Standard_2026_02_01", $"""
            "Id_Fiche";"Numero_Fiche";"Intitule";"Nomenclature_Europe_Niveau";"Date_Fin_Enregistrement";"Actif"
            "1";"{first}";"Coiffeur d’été";"NIV3";"31/08/2028";"ACTIVE"
            "2";"{second}";"Autre";;;"INACTIVE"

            """);
        Write(folder, "Blocs_De_Compétences_2026_02_01", $"""
            "Numero_Fiche";"Bloc_Competences_Code";"Bloc_Competences_Libelle"
            "{first}";"{first}BC01";"Couper"
            "{first}";"{first}BC02";"Coiffer"

            """);
        Write(folder, "Formacode_2026_02_01", $"\"Numero_Fiche\";\"Formacode_Code\";\"Formacode_Libelle\"\n\"{first}\";\"42050\";\"42050 : Coiffure\"\n\"{first}\";\"42032\";\"42032 : Soins\"\n");
        Write(folder, "Nsf_2026_02_01", $"\"Numero_Fiche\";\"Nsf_Code\";\"Nsf_Intitule\"\n\"{first}\";\"336\";\"336 : Coiffure\"\n");
        Write(folder, "Rome_2026_02_01", $"\"Numero_Fiche\";\"Codes_Rome_Code\";\"Codes_Rome_Libelle\"\n\"{first}\";\"D1202\";\"Coiffure\"\n");
        Write(folder, "Certificateurs_2026_02_01", $"\"Numero_Fiche\";\"Siret_Certificateur\";\"Nom_Certificateur\"\n\"{first}\";\"\t11004301500012\";\"MINISTERE\"\n\"{first}\";\"\t11004301500013\";\"AUTRE\"\n");
        Write(folder, "Ancienne_Nouvelle_Certification_2026_02_01", $"\"Numero_Fiche\";\"Ancienne_Certification\";\"Nouvelle_Certification\"\n\"{first}\";;\"{second}\"\n\"{second}\";\"{first}\";\n");
        Write(folder, "CCN_2026_02_01", "\"Numero_Fiche\";\"Ccn_1_Numero\"\n");
        return folder;
    }

    private static void Write(string folder, string name, string content) =>
        File.WriteAllText(Path.Combine(folder, $"export_fiches_CSV_{name}.csv"), content.ReplaceLineEndings("\r\n"), Encoding.UTF8);

    private static async Task<BilanImport> ImportAsync(TestDatabase database, string folder)
    {
        await using var services = database.CreateServices();
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RncpImporter>().ImportAsync(folder, Auteur.Systeme);
    }
}
