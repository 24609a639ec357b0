using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Journal;
using Sofi.Core.Organismes;
using Sofi.Testing;

namespace Sofi.Core.Tests.Comptes;

public class CompteServiceTests
{
    private const string Password = "Marée-haute-44";

    [Theory, EveryDatabase]
    public async Task An_account_signs_in_with_its_password_and_reaches_its_etablissements(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var (siret, number) = await OrganisationAsync(scope);
        var nouveau = new NouveauCompte("  Lea.Martin@Exemple.test ", "Léa Martin", Role.Redacteur, [siret, siret], Password);
        var result = await scope.Get<CompteService>().CreateAsync(nouveau, Auteur.Systeme);

        Assert.True(result.Fait);
        Assert.Null(result.MotDePasse);
        var compte = await scope.Db.Set<Compte>().AsNoTracking().Include(c => c.Etablissements).SingleAsync(c => c.Id == result.CompteId);
        Assert.Equal(("Lea.Martin@Exemple.test", "LEA.MARTIN@EXEMPLE.TEST", Role.Redacteur), (compte.Email, compte.NormalizedEmail, compte.Role));
        Assert.Equal([number], compte.Etablissements.Select(a => a.EtablissementNumero));
        Assert.True(compte.LockoutEnabled);
        Assert.NotEmpty(compte.SecurityStamp!);
        var hasher = scope.Get<IPasswordHasher<Compte>>();
        Assert.Equal(PasswordVerificationResult.Success, hasher.VerifyHashedPassword(compte, compte.PasswordHash!, Password));
        Assert.Equal(PasswordVerificationResult.Failed, hasher.VerifyHashedPassword(compte, compte.PasswordHash!, Password + "!"));
    }

    [Theory, EveryDatabase]
    public async Task The_journal_tells_the_account_never_the_password(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var result = await scope.Get<CompteService>().CreateAsync(new NouveauCompte("journal@exemple.test", "Jo Ur", Role.Valideur, [], Password), new Auteur(null, "Test"));

        var key = result.CompteId!.Value.ToString(CultureInfo.InvariantCulture);
        var created = await scope.Db.Set<Evenement>().SingleAsync(e => e.Objet == "compte" && e.Cle == key);
        Assert.Equal("CompteCree", created.Type);
        Assert.Equal(["Courriel", "Nom", "Role"], created.Changements.Select(c => c.Champ));
        Assert.DoesNotContain(Password, created.Detail, StringComparison.Ordinal);
        var hash = await scope.Db.Set<Compte>().Where(c => c.Id == result.CompteId).Select(c => c.PasswordHash).SingleAsync();
        Assert.DoesNotContain(hash!, created.Detail, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_drawn_password_is_told_once_and_keeps_the_rule(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var result = await scope.Get<CompteService>().CreateAsync(new NouveauCompte("tire@exemple.test", "Ti Ré", Role.Region, []), Auteur.Systeme);
        Assert.Empty(RegleMotDePasse.Faults(result.MotDePasse, null, null));
        var compte = await scope.Db.Set<Compte>().SingleAsync(c => c.Id == result.CompteId);
        Assert.Equal(PasswordVerificationResult.Success, scope.Get<IPasswordHasher<Compte>>().VerifyHashedPassword(compte, compte.PasswordHash!, result.MotDePasse!));
    }

    [Theory]
    [EveryDatabase("pas une adresse", "Léa Martin", Role.Valideur, null, Password, "n’est pas une adresse e-mail")]
    [EveryDatabase("lea@exemple", "Léa Martin", Role.Valideur, null, Password, "n’est pas une adresse e-mail")]
    [EveryDatabase("refus@exemple.test", " ", Role.Valideur, null, Password, "Le nom compte")]
    [EveryDatabase("refus@exemple.test", "Léa Martin", Role.Valideur, null, "court", "au moins 8")]
    [EveryDatabase("refus@exemple.test", "Léa Martin", Role.Valideur, null, "Martin-2026", "votre nom")]
    [EveryDatabase("refus@exemple.test", "Léa Martin", Role.Redacteur, null, Password, "donnez son SIRET")]
    [EveryDatabase("refus@exemple.test", "Léa Martin", Role.Gestionnaire, "13000511900033", Password, "n’est pas un SIRET")]
    [EveryDatabase("refus@exemple.test", "Léa Martin", Role.Redacteur, "43751505900032", Password, "Aucun établissement")]
    [EveryDatabase("refus@exemple.test", "Léa Martin", Role.Region, "43751505900032", Password, "retirez le SIRET")]
    public async Task A_wrong_account_is_refused_with_its_reason(
        DatabaseKind kind, string courriel, string nom, Role role, string? siret, string password, string reason)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var result = await scope.Get<CompteService>().CreateAsync(new NouveauCompte(courriel, nom, role, siret is null ? [] : [siret], password), Auteur.Systeme);
        Assert.False(result.Fait);
        Assert.Contains(result.Fautes, fault => fault.Contains(reason));
        Assert.False(await scope.Db.Set<Compte>().AnyAsync(c => c.Email == courriel));
    }

    [Theory, EveryDatabase]
    public async Task An_address_has_one_account_whatever_its_case(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var comptes = scope.Get<CompteService>();
        Assert.True((await comptes.CreateAsync(new NouveauCompte("unique@exemple.test", "Un Ic", Role.Valideur, [], Password), Auteur.Systeme)).Fait);
        var again = await comptes.CreateAsync(new NouveauCompte("UNIQUE@exemple.test", "Un Ic", Role.Valideur, [], Password), Auteur.Systeme);
        Assert.Contains(again.Fautes, fault => fault.Contains("existe déjà"));
    }

    [Theory, EveryDatabase]
    public async Task An_account_is_attached_to_further_etablissements_once(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var (first, number) = await OrganisationAsync(scope);
        var (second, other) = await OrganisationAsync(scope);
        var comptes = scope.Get<CompteService>();
        var created = await comptes.CreateAsync(new NouveauCompte("rattache@exemple.test", "Ra Ta", Role.Redacteur, [first], Password), Auteur.Systeme);
        for (var time = 0; time < 2; time++) Assert.True((await comptes.AttachAsync("Rattache@exemple.test", [first, second], Auteur.Systeme)).Fait);

        var key = created.CompteId!.Value.ToString(CultureInfo.InvariantCulture);
        var attached = await scope.Db.Set<CompteEtablissement>().Where(a => a.CompteId == created.CompteId).Select(a => a.EtablissementNumero).ToListAsync();
        Assert.Equal([number, other], attached.Order());
        var journal = Assert.Single(await scope.Db.Set<Evenement>().Where(e => e.Type == "CompteRattache" && e.Cle == key).ToListAsync());
        Assert.Equal([new Changement("Etablissements", null, second)], journal.Changements);
        Assert.Contains((await comptes.AttachAsync("inconnu@exemple.test", [first], Auteur.Systeme)).Fautes, fault => fault.Contains("Aucun compte"));
    }

    private static async Task<(string Siret, int Numero)> OrganisationAsync(CoreScope scope)
    {
        var siret = TestSiret.Next();
        return (siret, await scope.Get<OrganismeService>().CreateAsync(new Etablissement { Siret = siret, RaisonSociale = "ORGANISME D’ESSAI" }, Auteur.Systeme));
    }
}
