using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Organismes;

namespace Sofi.Web.Securite;

/// <summary>The signed-in person of this request, read once from the database: a withdrawn right is gone at the next click.</summary>
public sealed class UtilisateurCourant
{
    private Utilisateur? value;

    /// <summary>The person; throws on an anonymous page, which must not ask.</summary>
    public Utilisateur Value => value ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>The person, or <c>null</c> when nobody is signed in.</summary>
    public Utilisateur? OrNull => value;

    internal void Set(Utilisateur utilisateur) => value = utilisateur;
}

internal static class UtilisateurMiddleware
{
    /// <summary>Loads the person of the cookie, gives the request its role; an account that is gone or locked is signed out.</summary>
    public static void UseUtilisateur(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.User.Identity?.IsAuthenticated == true)
        {
            var db = context.RequestServices.GetRequiredService<SofiDbContext>();
            var stamp = context.User.FindFirstValue(new ClaimsIdentityOptions().SecurityStampClaimType);
            var clock = context.RequestServices.GetRequiredService<TimeProvider>();
            var id = int.Parse(context.User.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);
            var utilisateur = await LoadAsync(db, id, stamp, clock.UtcInstant(), context.RequestAborted);
            if (utilisateur is null)
            {
                await context.SignOutAsync(IdentityConstants.ApplicationScheme);
                context.User = new ClaimsPrincipal(new ClaimsIdentity());
            }
            else
            {
                context.RequestServices.GetRequiredService<UtilisateurCourant>().Set(utilisateur);
                context.User.AddIdentity(new ClaimsIdentity([new Claim(ClaimTypes.Role, utilisateur.Role.ToString())]));
            }
        }

        await next();
    });

    private static async Task<Utilisateur?> LoadAsync(SofiDbContext db, int id, string? stamp, DateTime now, CancellationToken cancellation)
    {
        var row = await db.Set<Compte>().AsNoTracking().Where(c => c.Id == id).Select(c => new
        {
            c.Nom, c.Role, c.EtablissementCourant, c.SecurityStamp, c.LockoutEnd,
            Etablissements = c.Role == Role.Gestionnaire
                ? db.Set<Etablissement>().Where(e => c.Etablissements.Any(a => a.Etablissement.Siren == e.Siren)).Select(e => e.Numero).ToList()
                : c.Etablissements.Select(a => a.EtablissementNumero).ToList(),
        }).AsSplitQuery().FirstOrDefaultAsync(cancellation);
        if (row is null || (stamp is not null && row.SecurityStamp != stamp) || row.LockoutEnd > new DateTimeOffset(now, TimeSpan.Zero)) return null;
        var numbers = row.Etablissements.Order().ToList();
        var current = row.EtablissementCourant is { } chosen && numbers.Contains(chosen) ? chosen : numbers.Count > 0 ? numbers[0] : (int?)null;
        return new Utilisateur(id, row.Nom, row.Role, numbers, current);
    }
}
