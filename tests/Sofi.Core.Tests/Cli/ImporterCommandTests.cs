using Microsoft.EntityFrameworkCore;
using Sofi.Cli.Commandes;
using Sofi.Core.Referentiels;
using Sofi.Testing;

namespace Sofi.Core.Tests.Cli;

/// <summary><c>sofi importer certifinfo</c> and <c>sofi importer rncp</c>: what a script and an operator rely on.</summary>
public class ImporterCommandTests
{
    [Theory, EveryDatabase]
    public async Task A_file_is_imported_with_a_short_report(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        var file = Path.Combine(Directory.CreateTempSubdirectory("sofi-cli-").FullName, "certifinfo.csv");
        await File.WriteAllTextAsync(file, "code_certifinfo;libelle;code_type\n920001;Nouvelle;999\n93561;Renommée;999\n");
        var (code, output, errors) = await RunAsync(database, "importer", "certifinfo", file);
        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(
            "certifinfo.csv\n  Certifications : 1 ajout, 1 modification, 0 sans changement, 12 428 hors du fichier.\n"
            + "  Types de certification : 0 ajout, 0 modification, 114 sans changement, 0 hors du fichier.\n", Plain(output));
        await using var db = database.CreateContext();
        Assert.Equal("Renommée", (await db.Set<Certification>().SingleAsync(c => c.Code == 93561)).Libelle);
    }

    [Theory, EveryDatabase]
    public async Task A_refused_file_says_why_on_the_error_output_and_exits_1(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        var file = Path.Combine(Directory.CreateTempSubdirectory("sofi-cli-").FullName, "faux.csv");
        await File.WriteAllTextAsync(file, "code_certifinfo;libelle;code_type\nx;Faux;999\n");
        var (code, output, errors) = await RunAsync(database, "importer", "certifinfo", file);
        Assert.Equal((1, ""), (code, output));
        Assert.Equal("faux.csv, ligne 2, colonne code_certifinfo, « x » : Ce n’est pas un nombre entier. N’écrivez que des chiffres.\nRien n’a été écrit.\n", Plain(errors));
        Assert.Equal(1, (await RunAsync(database, "importer", "certifinfo", "/nulle/part.csv")).Code);
        Assert.Equal(1, (await RunAsync(database, "importer", "rncp", "/nulle/part")).Code);
    }

    [Theory]
    [EveryDatabase("importer")]
    [EveryDatabase("importer", "certifinfo")]
    [EveryDatabase("importer", "rncp", "a", "b")]
    [EveryDatabase("importer", "autre")]
    public async Task Bad_usage_exits_2_and_shows_the_way_to_the_help(DatabaseKind kind, params string[] args)
    {
        var (code, output, errors) = await RunAsync(await TestDatabase.ForAsync(kind, GetType()), args);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("Aide : ./sofi importer", errors, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_base_that_is_not_ready_is_refused_with_the_command_that_makes_it_so(DatabaseKind kind)
    {
        var (code, _, errors) = await RunAsync(await TestDatabase.EmptyAsync(kind), "importer", "rncp", "/tmp");
        Assert.Equal((1, "La base n’est pas prête. Lancez d’abord : ./sofi migrer\n"), (code, Plain(errors)));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(TestDatabase database, params string[] args)
    {
        await using var services = database.CreateServices();
        var (output, errors) = (new StringWriter(), new StringWriter());
        return (await Racine.RunAsync(args, services, output, errors), output.ToString(), errors.ToString());
    }

    /// <summary>Line breaks and spaces as a test writes them.</summary>
    private static string Plain(string text) => text.ReplaceLineEndings("\n").Replace('\u00A0', ' ').Replace('\u202F', ' ');
}
