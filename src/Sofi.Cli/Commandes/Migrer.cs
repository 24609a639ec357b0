using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Sofi.Core.Installation;

namespace Sofi.Cli.Commandes;

/// <summary><c>sofi migrer</c>: makes the base ready.</summary>
internal static class Migrer
{
    public static Command Build(IServiceProvider services)
    {
        var command = new Command("migrer", "Prépare la base : schéma et données de référence.");
        command.Do(services, async (scope, _, cancellation) =>
        {
            await scope.GetRequiredService<FirstStart>().RunAsync(cancellation: cancellation);
            return "La base est prête.";
        }, onReadyBase: false);
        return command;
    }
}
