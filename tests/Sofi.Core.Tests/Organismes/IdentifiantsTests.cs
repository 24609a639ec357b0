using Sofi.Core.Organismes;

namespace Sofi.Core.Tests.Organismes;

/// <summary>The cases of the reference data sets (identifiers, rules and test cases).</summary>
public class IdentifiantsTests
{
    [Theory]
    [InlineData("13000511900032")]
    [InlineData("43751505900032")]
    [InlineData("11004401300040")]
    [InlineData("82422814201189")]
    [InlineData("19572493500018")]
    [InlineData("35600000000048")]
    [InlineData("35600000049837")]
    public void A_siret_is_14_digits_with_two_right_keys(string siret) => Assert.True(Identifiants.IsSiret(siret));

    [Theory]
    [InlineData("63445123124916")]
    [InlineData("13000511900033")]
    [InlineData("1300051190003")]
    [InlineData("13000511900O32")]
    [InlineData("35600000049838")]
    [InlineData("130005119000320")]
    [InlineData("13000511900٠32")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_no_siret(string? siret) => Assert.False(Identifiants.IsSiret(siret));

    [Theory]
    [InlineData("130005119", true)]
    [InlineData("437515059", true)]
    [InlineData("356000000", true)]
    [InlineData("130005118", false)]
    [InlineData("13000511", false)]
    [InlineData(null, false)]
    public void A_siren_is_9_digits_with_a_right_key(string? siren, bool right) => Assert.Equal(right, Identifiants.IsSiren(siren));

    [Theory]
    [InlineData("0681761V", true)]
    [InlineData("0010001W", true)]
    [InlineData("0572493A", true)]
    [InlineData("0930121B", true)]
    [InlineData("0681761W", false)]
    [InlineData("0440001I", false)]
    [InlineData("681761V", false)]
    [InlineData(null, false)]
    public void A_uai_is_seven_digits_and_their_letter(string? uai, bool right) => Assert.Equal(right, Identifiants.IsUai(uai));

    [Theory]
    [InlineData("64194292762", true)]
    [InlineData("24930181111", true)]
    [InlineData("5244123456", false)]
    [InlineData("52441234567A", false)]
    [InlineData(null, false)]
    public void An_nda_is_11_digits(string? nda, bool right) => Assert.Equal(right, Identifiants.IsNda(nda));
}
