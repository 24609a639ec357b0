using System.Globalization;

namespace Sofi.Web.Securite;

/// <summary>Where to report a vulnerability (RFC 9116).</summary>
internal static class SecurityTxt
{
    private const int LifetimeInDays = 180;

    public static void MapSecurityTxt(this IEndpointRouteBuilder app) => app.MapGet("/.well-known/security.txt", (TimeProvider clock) =>
    {
        var expires = clock.GetUtcNow().UtcDateTime.Date.AddDays(LifetimeInDays).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return Results.Text($"Contact: mailto:offre@cariforef-pdl.org\nExpires: {expires}\nPreferred-Languages: fr, en\n");
    }).AllowAnonymous();
}
