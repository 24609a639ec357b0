using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
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
    /// <summary>
    /// Loads the person of the cookie, gives the request its role. An account that is gone, or whose stamp changed (new password, account
    /// blocked), is signed out; wrong guesses by others lock the sign-in, never the open sessions.
    /// </summary>
    public static void UseUtilisateur(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var current = context.RequestServices.GetRequiredService<UtilisateurCourant>();
        // The page that tells of a failure must not depend on the database, perhaps its cause; a page shown again knows its person.
        var failed = context.Features.Get<IExceptionHandlerFeature>() is not null;
        if (context.User.Identity?.IsAuthenticated == true && !failed && current.OrNull is null)
        {
            var db = context.RequestServices.GetRequiredService<SofiDbContext>();
            var stamp = context.User.FindFirstValue(new ClaimsIdentityOptions().SecurityStampClaimType);
            var id = int.Parse(context.User.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);
            var utilisateur = await LoadAsync(db, id, stamp, context.RequestAborted);
            if (utilisateur is null)
            {
                await context.SignOutAsync(IdentityConstants.ApplicationScheme);
                context.User = new ClaimsPrincipal(new ClaimsIdentity());
            }
            else
            {
                current.Set(utilisateur);
                context.User.AddIdentity(new ClaimsIdentity([new Claim(ClaimTypes.Role, utilisateur.Role.ToString())]));
            }
        }

        await next();
    });

    private static async Task<Utilisateur?> LoadAsync(SofiDbContext db, int id, string? stamp, CancellationToken cancellation)
    {
        var row = await db.Set<Compte>().AsNoTracking().Where(c => c.Id == id)
            .Select(c => new { c.Nom, c.Role, c.EtablissementCourant, c.SecurityStamp }).FirstOrDefaultAsync(cancellation);
        if (row is null || row.SecurityStamp != stamp) return null;
        var numbers = await EtablissementsAsync(db, id, row.Role, cancellation);
        var current = row.EtablissementCourant is { } chosen && numbers.Contains(chosen) ? chosen : numbers.Count > 0 ? numbers[0] : (int?)null;
        return new Utilisateur(id, row.Nom, row.Role, numbers, current);
    }

    /// <summary>The établissements that the account is attached to; for a gestionnaire all those of their organisations.</summary>
    private static async Task<List<int>> EtablissementsAsync(SofiDbContext db, int id, Role role, CancellationToken cancellation)
    {
        var attached = db.Set<CompteEtablissement>().Where(a => a.CompteId == id);
        return role switch
        {
            Role.Redacteur => await attached.Select(a => a.EtablissementNumero).Order().ToListAsync(cancellation),
            Role.Gestionnaire => await db.Set<Etablissement>().Where(e => attached.Any(a => a.Etablissement.Siren == e.Siren))
                .Select(e => e.Numero).Order().ToListAsync(cancellation),
            _ => [],
        };
    }
}
