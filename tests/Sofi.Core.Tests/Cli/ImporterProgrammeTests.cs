using Microsoft.EntityFrameworkCore;
using Sofi.Cli.Commandes;
using Sofi.Core.Data;
using Sofi.Core.Programmes;
using Sofi.Core.Tests.Programmes;
using Sofi.Testing;

namespace Sofi.Core.Tests.Cli;

public class ImporterProgrammeTests
{
    [Theory, EveryDatabase]
    public async Task A_preview_writes_nothing_and_an_import_is_told_line_by_line(DatabaseKind kind)
    {
        await using var core = await CoreScope.ForAsync(kind, GetType());
        using var file = new TemporaryFile(FichierEssai.Correct("X1").Zip());
        var (code, output, errors) = await RunAsync(core, "importer", "programme", file.Path, "--apercu");
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("Aperçu, rien n’a été écrit : année 2025.", output, StringComparison.Ordinal);
        Assert.Matches(@"Lots +1 à créer, 0 à modifier, 0 absents, 0 inchangés", output);
        Assert.False(await core.Db.Set<Programme>().AnyAsync(p => p.Code == "X1"));
        Assert.False(await core.Db.Set<ImportProgramme>().AnyAsync());

        (code, output, errors) = await RunAsync(core, "importer", "programme", file.Path);
        Assert.Equal((0, ""), (code, errors));
        Assert.Matches(@"Organismes +2 créés", output);
        Assert.Contains($"Organismes, Création : {FichierEssai.Siret("X1", 1)} - MANDATAIRE X1 (EXEMPLE)", output, StringComparison.Ordinal);
        Assert.True(await core.Db.Set<Programme>().AnyAsync(p => p.Code == "X1"));

        using var changed = new TemporaryFile(FichierEssai.Correct("X1").Replace("lots", ";40;", ";;").Xlsx());
        (_, output, _) = await RunAsync(core, "importer", "programme", changed.Path);
        Assert.Contains("nb_places : 40 → (vide)", output, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_refused_file_ends_with_1_and_tells_why_on_the_error_output(DatabaseKind kind)
    {
        await using var core = await CoreScope.ForAsync(kind, GetType());
        using var file = new TemporaryFile(FichierEssai.Correct("X2").Replace("lots", ";N;", ";peut-être;").Zip());
        var (code, output, errors) = await RunAsync(core, "importer", "programme", file.Path);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("lots, ligne 2, colonne forfait_recrutement, « peut-être » : Ce n’est ni O ni N.", errors, StringComparison.Ordinal);
        Assert.Contains("Rien n’a été écrit.", errors, StringComparison.Ordinal);
        Assert.False(await core.Db.Set<Programme>().AnyAsync(p => p.Code == "X2"));

        Assert.Equal(1, (await RunAsync(core, "importer", "programme", file.Path + ".absent")).Code);
        using var large = new TemporaryFile(new byte[Workbook.MaxBytes + 1]);
        Assert.Contains("10 Mo", (await RunAsync(core, "importer", "programme", large.Path)).Errors, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Bad_usage_ends_with_2(DatabaseKind kind)
    {
        await using var core = await CoreScope.ForAsync(kind, GetType());
        var (code, _, errors) = await RunAsync(core, "importer", "programme");
        Assert.Equal(2, code);
        Assert.Contains("./sofi importer programme --help", errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(CoreScope core, params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await Racine.RunAsync(args, core.Services, output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(byte[] content) => File.WriteAllBytes(Path, content);

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), Guid.NewGuid().ToString("N"));

        public void Dispose() => File.Delete(Path);
    }
}
