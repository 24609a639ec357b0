using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Sofi.Core.Comptes;
using Sofi.Core.Journal;

namespace Sofi.Cli.Commandes;

/// <summary><c>sofi compte creer</c> and <c>sofi compte rattacher</c>: accounts without the web site, the first administrator among them.</summary>
public static class Compte
{
    /// <summary>Variable that may hold the password, so that it stands neither in the arguments nor in the shell's history.</summary>
    public const string VariableMotDePasse = "SOFI_MOT_DE_PASSE";

    /// <summary>Builds the command.</summary>
    /// <param name="services">Services of Core.</param>
    /// <param name="input">Where <c>--mot-de-passe-stdin</c> reads a line.</param>
    /// <param name="passwordOfEnvironment">Value of <see cref="VariableMotDePasse"/>; <c>null</c> or empty when not set.</param>
    public static Command Build(IServiceProvider services, TextReader input, string? passwordOfEnvironment) =>
        new("compte", "Gère les comptes.") { Creer(services, input, passwordOfEnvironment), Rattacher(services) };

    private static Command Creer(IServiceProvider services, TextReader input, string? passwordOfEnvironment)
    {
        var email = Email();
        var siret = Siret();
        var nom = new Option<string>("--nom") { Description = "Prénom et nom affichés.", Required = true };
        var role = new Option<string>("--role") { Description = "Ce que le compte peut faire.", Required = true };
        role.AcceptOnlyFromAmong([.. Enum.GetNames<Role>().Select(name => name.ToLowerInvariant())]);
        var stdin = new Option<bool>("--mot-de-passe-stdin")
        {
            Description = $"Lit le mot de passe sur l'entrée standard ; sinon {VariableMotDePasse}, sinon un mot de passe est tiré et affiché une fois.",
        };
        var command = new Command("creer", "Crée un compte.") { email, nom, role, siret, stdin };
        command.SetAction((parsed, cancellation) => RunAsync(services, parsed, async comptes =>
        {
            var password = parsed.GetValue(stdin) ? await input.ReadLineAsync(cancellation) ?? ""
                : passwordOfEnvironment is { Length: > 0 } given ? given
                : null;
            var nouveau = new NouveauCompte(
                parsed.GetRequiredValue(email), parsed.GetRequiredValue(nom), Enum.Parse<Role>(parsed.GetRequiredValue(role), ignoreCase: true),
                parsed.GetValue(siret) ?? [], password);
            return (await comptes.CreateAsync(nouveau, Auteur.Systeme, cancellation), $"Compte créé : {nouveau.Courriel}.");
        }));
        return command;
    }

    private static Command Rattacher(IServiceProvider services)
    {
        var email = Email();
        var siret = Siret();
        siret.Required = true;
        var command = new Command("rattacher", "Rattache un compte à d'autres établissements.") { email, siret };
        command.SetAction((parsed, cancellation) => RunAsync(services, parsed, async comptes =>
        {
            var result = await comptes.AttachAsync(parsed.GetRequiredValue(email), parsed.GetRequiredValue(siret), Auteur.Systeme, cancellation);
            return (result, $"Compte rattaché : {parsed.GetRequiredValue(email)}.");
        }));
        return command;
    }

    private static Option<string> Email() => new("--email") { Description = "Adresse e-mail, identifiant de connexion.", Required = true };

    private static Option<string[]> Siret() => new("--siret")
    {
        Description = "SIRET d'un établissement ; à répéter pour plusieurs.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static async Task<int> RunAsync(IServiceProvider services, ParseResult parsed, Func<CompteService, Task<(ResultatCompte Resultat, string Fait)>> work)
    {
        await using var scope = services.CreateAsyncScope();
        var (result, done) = await work(scope.ServiceProvider.GetRequiredService<CompteService>());
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        foreach (var fault in result.Fautes) await error.WriteLineAsync(fault);
        if (!result.Fait) return 1;
        await output.WriteLineAsync(done);
        if (result.MotDePasse is { } drawn) await output.WriteLineAsync($"Mot de passe, affiché cette seule fois : {drawn}");
        return 0;
    }
}
