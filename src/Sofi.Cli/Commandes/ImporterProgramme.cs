using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Programmes;

namespace Sofi.Cli.Commandes;

/// <summary><c>sofi importer programme FICHIER [--apercu]</c>: the Région's file, previewed or applied, with its report.</summary>
internal static class ImporterProgramme
{
    private const int ShownLines = 200;

    public static Command Build(IServiceProvider services)
    {
        var file = new Argument<string>("FICHIER") { Description = "Classeur XLSX, ou ZIP de fichiers CSV : voir docs/fichier-region.md." };
        var preview = new Option<bool>("--apercu") { Description = "Montre ce que le fichier changerait, sans rien écrire." };
        var command = new Command("programme", "Importe le fichier des programmes de la Région.") { file, preview };
        command.Do(services, async (scope, parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(file);
            var content = await ReadAsync(path, cancellation);
            var imports = scope.GetRequiredService<ImportProgrammeService>();
            var result = parsed.GetValue(preview)
                ? await imports.CompareAsync(content, cancellation)
                : await imports.ImportAsync(Path.GetFileName(path), content, Auteur.Systeme, cancellation);
            return result switch
            {
                { Issue: IssueImport.BaseChangee } => throw new FileRefusedException(path, "La base a changé pendant l’import.", "Relancez la commande."),
                { Rapport: { } report } => string.Join(Environment.NewLine, Lines(report, result.Issue)),
                _ => throw new FileRefusedException(result.Fautes),
            };
        });
        return command;
    }

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellation)
    {
        var info = new FileInfo(path);
        if (!info.Exists) throw new FileRefusedException(path, "Ce fichier n’existe pas.", "Vérifiez son chemin.");
        if (info.Length > Workbook.MaxBytes)
            throw new FileRefusedException(path, $"Le fichier dépasse {Workbook.MaxBytes >> 20} Mo.",
                "Retirez les images, les mises en forme et les feuilles inutiles.");
        return await File.ReadAllBytesAsync(path, cancellation);
    }

    /// <summary>The report in lines: counts, what changes field by field, sessions under changed lots, warnings.</summary>
    private static IEnumerable<string> Lines(RapportImport report, IssueImport issue)
    {
        var (title, created, changed) = issue == IssueImport.Apercu
            ? ("Aperçu, rien n’a été écrit", "à créer", "à modifier")
            : ("Import appliqué", "créés", "modifiés");
        yield return $"{title} : {(report.Annees.Count > 1 ? "années" : "année")} {string.Join(", ", report.Annees)}.";
        foreach (var nature in Enum.GetValues<NatureLigne>())
        {
            yield return $"  {nature.Libelle(),-21} {report.Count(nature, SortLigne.Creee)} {created}, {report.Count(nature, SortLigne.Modifiee)} {changed}, "
                + $"{report.Count(nature, SortLigne.Retiree, SortLigne.Marquee)} absents, {report.Inchangees[nature]} inchangés";
        }

        foreach (var line in report.Lignes.Where(IsShown).Take(ShownLines))
        {
            yield return $"{line.Nature.Libelle()}, {line.Sort.Libelle()} : {line.Cle}{(line.Libelle.Length > 0 ? " - " + line.Libelle : "")}";
            foreach (var change in line.Changements) yield return $"    {change.Champ} : {change.Avant ?? "(vide)"} → {change.Apres ?? "(vide)"}";
            foreach (var entered in line.Saisies) yield return $"    déjà saisi, inchangé : {entered.Code} {entered.Intitule}";
        }

        if (report.Lignes.Count(IsShown) is var shown && shown > ShownLines) yield return $"… et {shown - ShownLines} autres lignes.";
        foreach (var warning in report.Avertissements) yield return $"Avertissement : {warning}";
    }

    /// <summary>Lines worth reading one by one: all but creations, except the new organisations.</summary>
    private static bool IsShown(LigneRapport line) => line.Sort != SortLigne.Creee || line.Nature == NatureLigne.Organisme;
}
