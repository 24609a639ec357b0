using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Referentiels;

namespace Sofi.Cli.Commandes;

/// <summary><c>sofi importer …</c>: files that come from outside.</summary>
internal static class Importer
{
    public static Command Build(IServiceProvider services) => new("importer", "Importe un fichier reçu d’ailleurs.")
    {
        ImporterProgramme.Build(services),
        Certifinfo(services),
        Rncp(services),
    };

    private static Command Certifinfo(IServiceProvider services)
    {
        var file = new Argument<string>("FICHIER") { Description = "Fichier CSV des données ouvertes CertifInfo, ou au format livré avec Sofi." };
        var command = new Command("certifinfo", "Importe les certifications CertifInfo.") { file };
        command.Do(services, async (scope, result, cancellation) =>
        {
            var path = result.GetRequiredValue(file);
            return (await scope.GetRequiredService<CertifinfoImporter>().ImportAsync(OpenRead(path), Path.GetFileName(path), Auteur.Systeme, cancellation)).ToString();
        });
        return command;
    }

    private static Command Rncp(IServiceProvider services)
    {
        var folder = new Argument<string>("DOSSIER") { Description = "Dossier qui contient les fichiers CSV de France compétences, décompressés." };
        var command = new Command("rncp", "Importe les fiches RNCP et RS de France compétences.") { folder };
        command.Do(services, async (scope, result, cancellation) =>
            (await scope.GetRequiredService<RncpImporter>().ImportAsync(result.GetRequiredValue(folder), Auteur.Systeme, cancellation)).ToString());
        return command;
    }

    private static FileStream OpenRead(string path) =>
        File.Exists(path) ? File.OpenRead(path) : throw new FileRefusedException(path, "Ce fichier n’existe pas.", "Vérifiez son chemin.");
}
