using Sofi.Core.Comptes;

namespace Sofi.Core.Tests.Comptes;

public class RegleMotDePasseTests
{
    [Theory]
    [InlineData("Demonstration-2026!")]
    [InlineData("Abcdef12")]
    [InlineData("abcdef-1")]
    [InlineData("ABCDEF-1")]
    [InlineData("Abcdefg!")]
    [InlineData("Été 2025 à Rezé")]
    public void Eight_characters_of_three_kinds_are_accepted(string password) =>
        Assert.Empty(RegleMotDePasse.Faults(password, "Claire Moreau", "redacteur@demo.test"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Abc-12")]
    [InlineData("Abcde-1")]
    public void A_short_password_is_refused(string? password) =>
        Assert.Contains(RegleMotDePasse.Faults(password, null, null), fault => fault.Contains("au moins 8"));

    [Theory]
    [InlineData("abcdefghijkl")]
    [InlineData("abcdefgh1234")]
    [InlineData("ABCDEFGH-----")]
    [InlineData("12345678!!!!")]
    [InlineData("Abcdefghijkl")]
    public void Fewer_than_three_kinds_are_refused(string password) =>
        Assert.Contains(RegleMotDePasse.Faults(password, null, null), fault => fault.Contains("trois sortes"));

    [Theory]
    [InlineData("Guillou-2026")]
    [InlineData("heLENE-2026")]
    [InlineData("2026-Hélène!")]
    public void The_name_is_refused_whatever_its_accents_and_case(string password) =>
        Assert.Contains(RegleMotDePasse.Faults(password, "Hélène Guillou", "valideur@demo.test"), fault => fault.Contains("votre nom"));

    [Theory]
    [InlineData("Helene.Guillou@exemple.fr-1", "helene.guillou@exemple.fr")]
    [InlineData("X-VALIDEUR-2026x", "valideur@demo.test")]
    public void The_email_address_is_refused(string password, string courriel) =>
        Assert.Contains(RegleMotDePasse.Faults(password, null, courriel), fault => fault.Contains("adresse e-mail"));

    [Fact]
    public void Short_particles_of_a_name_are_no_obstacle() =>
        Assert.Empty(RegleMotDePasse.Faults("Le-Delta-2026", "Li Le Du", "li@demo.test"));
}
