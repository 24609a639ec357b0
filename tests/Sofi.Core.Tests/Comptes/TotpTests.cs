using Sofi.Core.Comptes;

namespace Sofi.Core.Tests.Comptes;

public class TotpTests
{
    // The key of RFC 6238, appendix B ("12345678901234567890"), in Base 32.
    private const string Key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) => Assert.Equal(code, Totp.CodeOf(Key, seconds / 30));

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void A_clock_may_be_one_step_slow_or_fast(int seconds, bool accepted)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_740_000_000);
        var step = Totp.StepOf(now.AddSeconds(seconds));
        Assert.Equal(accepted ? step : null, Totp.Match(Key, Totp.CodeOf(Key, step), now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("éééééé")]
    public void What_is_no_code_is_refused(string code) => Assert.Null(Totp.Match(Key, code, DateTimeOffset.UnixEpoch));

    [Fact]
    public void Keys_and_recovery_codes_never_come_twice()
    {
        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => Totp.NewKey()).Distinct().Count());
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Matches("^[A-Z2-7]{32}$", Totp.NewKey()));
        Assert.Matches("^[a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5}$", CodeSecours.Draw());
    }

    [Fact]
    public void A_telephone_reads_the_address_whatever_the_mail() => Assert.Equal(
        $"otpauth://totp/Sofi:marie%2Bsofi%40exemple.test?secret={Key}&issuer=Sofi&digits=6&period=30", Totp.AddressOf(Key, "marie+sofi@exemple.test"));
}
