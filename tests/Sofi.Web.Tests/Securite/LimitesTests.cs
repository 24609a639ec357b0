using System.Net;
using Sofi.Testing;

namespace Sofi.Web.Tests.Securite;

/// <summary>The forms that anyone can send are limited for each network address.</summary>
public class LimitesTests
{
    [Theory]
    [EveryDatabase("/connexion", 30, 5)]
    [EveryDatabase("/connexion/code", 30, 5)]
    [EveryDatabase("/mot-de-passe-oublie", 10, 60)]
    [EveryDatabase("/mot-de-passe/inconnu", 30, 60)]
    [EveryDatabase("/invitation/inconnu", 30, 60)]
    [EveryDatabase("/demander-un-acces", 10, 60)]
    public async Task Beyond_its_number_a_form_is_answered_429_in_French_with_the_time_to_wait(DatabaseKind kind, string address, int most, int minutes)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var network = $"192.0.2.{most + minutes}";
        for (var i = 0; i < most; i++) Assert.NotEqual(HttpStatusCode.TooManyRequests, (await PostAsync(app, network, address)).Status);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var refused = await PostAsync(app, network, address);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal(TimeSpan.FromMinutes(minutes - 1), refused.Response.Headers.RetryAfter!.Delta);
        Assert.Equal("Trop de demandes", refused.Text("h1"));
        Assert.Contains($"Réessayez dans {minutes - 1} minutes.", refused.Text(), StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await app.Browse(network).GetWithoutFollowingAsync(address)).Status);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await PostAsync(app, "192.0.2.1", address)).Status);
        app.Clock.Advance(TimeSpan.FromMinutes(minutes - 1));
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await PostAsync(app, network, address)).Status);
    }

    [Theory, EveryDatabase]
    public async Task An_IPv6_network_is_one_address(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        for (var i = 0; i < 30; i++) await PostAsync(app, $"2001:db8::{i + 1:x}", "/connexion");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await PostAsync(app, "2001:db8::ffff", "/connexion")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(app, "2001:db8:0:1::1", "/connexion")).Status);
    }

    private static Task<PageHtml> PostAsync(SofiApp app, string network, string address) => app.Browse(network).PostAsync(address, [], antiforgery: false);
}
