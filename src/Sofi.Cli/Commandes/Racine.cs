using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sofi.Core.Data;

namespace Sofi.Cli.Commandes;

/// <summary>
/// The <c>sofi</c> command and what all its commands share: one scope of services per run, French messages, and the exit codes of the
/// contract (0 done, 1 refused with the reasons on the error output, 2 bad usage).
/// </summary>
public static class Racine
{
    private const int Done = 0;
    private const int Refused = 1;
    private const int BadUsage = 2;

    /// <summary>Parses and runs a command line.</summary>
    /// <param name="args">Arguments, without the name of the program.</param>
    /// <param name="services">Services of Core.</param>
    /// <param name="output">Where reports go.</param>
    /// <param name="errors">Where reasons of refusal go.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] args, IServiceProvider services, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("Sofi : l’offre de formation professionnelle d’une région.")
        {
            Migrer.Build(services),
            Importer.Build(services),
            Compte.Build(services, Console.In, Environment.GetEnvironmentVariable(Compte.VariableMotDePasse)),
        };
        var result = root.Parse(args);
        if (result.Errors.Count == 0) return result.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });
        foreach (var error in result.Errors) errors.WriteLine(error.Message);
        errors.WriteLine($"Aide : ./sofi {string.Concat(PathOf(result.CommandResult.Command).Select(name => name + ' '))}--help");
        return Task.FromResult(BadUsage);
    }

    /// <summary>Names of a command below <c>sofi</c>: "importer", "certifinfo".</summary>
    private static IEnumerable<string> PathOf(Command command) =>
        command is RootCommand ? [] : [.. command.Parents.OfType<Command>().SelectMany(PathOf), command.Name];

    /// <summary>
    /// Gives a command its work: run with the services of one scope on a base that is ready; a refusal is told on the error output.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="services">Services of Core.</param>
    /// <param name="run">The work; what it returns is printed.</param>
    /// <param name="onReadyBase">False for the command that makes the base ready.</param>
    public static void Do(
        this Command command, IServiceProvider services, Func<IServiceProvider, ParseResult, CancellationToken, Task<string>> run, bool onReadyBase = true) =>
        command.SetAction(async (result, cancellation) =>
        {
            var (output, errors) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            await using var scope = services.CreateAsyncScope();
            try
            {
                if (onReadyBase && (await scope.ServiceProvider.GetRequiredService<SofiDbContext>().Database.GetPendingMigrationsAsync(cancellation)).Any())
                {
                    await errors.WriteLineAsync("La base n’est pas prête. Lancez d’abord : ./sofi migrer");
                    return Refused;
                }

                await output.WriteLineAsync(await run(scope.ServiceProvider, result, cancellation));
                return Done;
            }
            catch (FileRefusedException refusal)
            {
                foreach (var error in refusal.Faults) await errors.WriteLineAsync(error.ToString());
                await errors.WriteLineAsync("Rien n’a été écrit.");
                return Refused;
            }
            catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
            {
                await errors.WriteLineAsync(refusal.Message);
                return Refused;
            }
        });
}
