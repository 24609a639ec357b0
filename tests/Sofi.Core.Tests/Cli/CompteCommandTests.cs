using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Journal;
using Sofi.Core.Organismes;
using Sofi.Testing;
using Commande = Sofi.Cli.Commandes.Compte;

namespace Sofi.Core.Tests.Cli;

public class CompteCommandTests
{
    [Theory, EveryDatabase]
    public async Task An_account_is_created_with_a_password_that_is_printed_once(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var (code, output, _) = await RunAsync(scope, "creer --email tire@exemple.test --nom Administratrice --role administrateur");
        Assert.Equal(0, code);
        Assert.True(await SignsInAsync(scope, "tire@exemple.test", output.TrimEnd().Split(' ')[^1]));
    }

    [Theory, EveryDatabase]
    public async Task The_password_comes_from_standard_input_or_from_the_environment(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var siret = TestSiret.Next();
        var sibling = TestSiret.Sibling(siret, 2);
        foreach (var s in new[] { siret, sibling })
            await scope.Get<OrganismeService>().CreateAsync(new Etablissement { Siret = s, RaisonSociale = "ORGANISME D’ESSAI" }, Auteur.Systeme);

        var (code, output, _) = await RunAsync(
            scope, $"creer --email entree@exemple.test --nom Oriane --role redacteur --siret {siret} --siret {sibling} --mot-de-passe-stdin", "Marée-haute-44\nreste");
        Assert.Equal((0, "Compte créé : entree@exemple.test."), (code, output.Trim()));
        Assert.True(await SignsInAsync(scope, "entree@exemple.test", "Marée-haute-44"));
        Assert.Equal(2, await scope.Db.Set<CompteEtablissement>().CountAsync(a => a.Etablissement.Siren == siret.Substring(0, 9)));

        (code, output, _) = await RunAsync(scope, "creer --email variable@exemple.test --nom Oriane --role region", environment: "Marée-basse-85");
        Assert.Equal((0, "Compte créé : variable@exemple.test."), (code, output.Trim()));
        Assert.True(await SignsInAsync(scope, "variable@exemple.test", "Marée-basse-85"));
    }

    [Theory, EveryDatabase]
    public async Task A_refusal_ends_with_1_and_its_reasons_on_standard_error(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var (code, output, error) = await RunAsync(scope, "creer --email refus --nom Oriane --role redacteur --mot-de-passe-stdin", "");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("adresse e-mail", error, StringComparison.Ordinal);
        Assert.Contains("au moins 8", error, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task An_account_is_attached_to_another_etablissement(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        string[] sirets = [TestSiret.Next(), TestSiret.Next()];
        foreach (var s in sirets)
            await scope.Get<OrganismeService>().CreateAsync(new Etablissement { Siret = s, RaisonSociale = "ORGANISME D’ESSAI" }, Auteur.Systeme);
        Assert.Equal(0, (await RunAsync(scope, $"creer --email deux@exemple.test --nom Oriane --role gestionnaire --siret {sirets[0]}")).Code);
        Assert.Equal(0, (await RunAsync(scope, $"rattacher --email deux@exemple.test --siret {sirets[1]}")).Code);
        Assert.Equal(2, await scope.Db.Set<Compte>().Where(c => c.Email == "deux@exemple.test").Select(c => c.Etablissements.Count).SingleAsync());
        Assert.Equal(1, (await RunAsync(scope, "rattacher --email deux@exemple.test --siret 13000511900033")).Code);
    }

    [Theory]
    [EveryDatabase("creer --email a@exemple.test")]
    [EveryDatabase("creer --email a@exemple.test --nom A --role chef")]
    [EveryDatabase("rattacher --email a@exemple.test")]
    public async Task A_wrong_usage_is_told_before_anything_is_done(DatabaseKind kind, string arguments)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        Assert.NotEmpty(Commande.Build(scope.Services, TextReader.Null, null).Parse(arguments).Errors);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(CoreScope scope, string arguments, string input = "", string? environment = null)
    {
        var configuration = new InvocationConfiguration { Output = new StringWriter(), Error = new StringWriter() };
        var code = await Commande.Build(scope.Services, new StringReader(input), environment).Parse(arguments).InvokeAsync(configuration);
        return (code, configuration.Output.ToString()!, configuration.Error.ToString()!);
    }

    private static async Task<bool> SignsInAsync(CoreScope scope, string courriel, string password)
    {
        var compte = await scope.Db.Set<Compte>().AsNoTracking().SingleAsync(c => c.Email == courriel);
        return scope.Get<IPasswordHasher<Compte>>().VerifyHashedPassword(compte, compte.PasswordHash!, password) == PasswordVerificationResult.Success;
    }
}
