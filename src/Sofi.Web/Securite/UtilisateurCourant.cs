using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Installation;
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

    /// <summary>The session that the cookie names.</summary>
    public Guid SessionId { get; private set; }

    /// <summary>Organisation whose desk is open in this session, and whether it is only read; <c>null</c> outside a desk.</summary>
    public (string Organisme, bool LectureSeule)? Poste { get; private set; }

    /// <summary>True when the account must have a second factor and has none.</summary>
    public bool SecondFacteurManque { get; private set; }

    internal void Set(Utilisateur utilisateur, Guid session, bool secondFacteurManque, (string Organisme, bool LectureSeule)? poste) =>
        (value, SessionId, SecondFacteurManque, Poste) = (utilisateur, session, secondFacteurManque, poste);
}

internal static class UtilisateurMiddleware
{
    /// <summary>The pages open to a person whose second factor is missing: the one that gives it, and the way out.</summary>
    private static readonly string[] WithoutSecondFactor = ["/Compte/SecondFacteur", "/Compte/Deconnexion", "/Erreur"];

    /// <summary>How old the note of a session's last sight may grow: not every click writes.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Loads the person of the cookie, gives the request its role. An account that is gone or deactivated, whose stamp changed (new password), or whose
    /// session was closed, is signed out; wrong guesses by others lock the sign-in, never the open sessions.
    /// </summary>
    public static void UseUtilisateur(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var current = context.RequestServices.GetRequiredService<UtilisateurCourant>();
        // The page that tells of a failure must not depend on the database, perhaps its cause; a page shown again knows its person.
        var failed = context.Features.Get<IExceptionHandlerFeature>() is not null;
        if (context.User.Identity?.IsAuthenticated == true && !failed && current.OrNull is null && !await LoadAsync(context, current))
        {
            await context.SignOutAsync(IdentityConstants.ApplicationScheme);
            context.User = new ClaimsPrincipal(new ClaimsIdentity());
        }

        if (current.SecondFacteurManque && context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is { } page
            && !WithoutSecondFactor.Contains(page.ViewEnginePath))
        {
            context.Response.Redirect("/compte/second-facteur");
            return;
        }

        // A desk that is only read: no form of any page, present or future, changes anything. One's own account stays one's own.
        if (current.OrNull is { LectureSeule: true } && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
            && !context.Request.Path.StartsWithSegments("/erreur"))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        await next();
    });

    private static async Task<bool> LoadAsync(HttpContext context, UtilisateurCourant current)
    {
        var db = context.RequestServices.GetRequiredService<SofiDbContext>();
        var (cancellation, now) = (context.RequestAborted, context.RequestServices.GetRequiredService<TimeProvider>().UtcInstant());
        var id = int.Parse(context.User.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);
        if (!Guid.TryParse(context.User.FindFirstValue(ConnexionService.SessionClaim), out var session)) return false;
        var open = now - SessionCompte.Duree;
        var row = await db.Set<SessionCompte>().Where(s => s.Id == session && s.CompteId == id && s.VueLe > open)
            .Join(db.Set<Compte>(), s => s.CompteId, c => c.Id, (s, c) => new
            {
                c.Nom,
                c.Role,
                c.EtablissementCourant,
                c.SecurityStamp,
                c.DesactiveLe,
                c.TwoFactorEnabled,
                s.VueLe,
                s.PosteNumero,
                s.PosteEcriture,
            })
            .FirstOrDefaultAsync(cancellation);
        if (row is null || row.DesactiveLe is not null || row.SecurityStamp != context.User.FindFirstValue(ConnexionService.StampClaim)) return false;

        if (row.VueLe < now - Freshness)
            await db.Set<SessionCompte>().Where(s => s.Id == session).ExecuteUpdateAsync(set => set.SetProperty(s => s.VueLe, now), cancellation);
        var own = new Utilisateur(id, row.Nom, row.Role, [], null);
        var mandatory = !own.EstOrganisme && context.RequestServices.GetRequiredService<SofiSettings>().SecondFacteurObligatoire;
        var desk = own.EstCariforef && row.PosteNumero is { } number
            ? await DeskAsync(db, own, number, readOnly: !row.PosteEcriture || row.Role != Role.Administrateur, row.EtablissementCourant, cancellation)
            : null;
        var utilisateur = desk is not null && !IsOwnAccount(context) ? desk
            : own.EstOrganisme ? WithReach(own, await EtablissementsAsync(db, id, row.Role, cancellation), row.EtablissementCourant) : own;
        current.Set(utilisateur, session, mandatory && !row.TwoFactorEnabled, desk is null ? null : (desk.Poste!, desk.LectureSeule));
        context.User.AddIdentity(new ClaimsIdentity([new Claim(ClaimTypes.Role, utilisateur.Role.ToString())]));
        return true;
    }

    private static Utilisateur WithReach(Utilisateur utilisateur, List<int> numbers, int? chosen) => utilisateur with
    {
        Etablissements = numbers,
        EtablissementCourant = chosen is { } kept && numbers.Contains(kept) ? kept : numbers.Count > 0 ? numbers[0] : null,
    };

    /// <summary>Someone of the Cariforef at the desk of an organisation: what its gestionnaire sees, and does when she acts for it.</summary>
    private static async Task<Utilisateur?> DeskAsync(
        SofiDbContext db, Utilisateur own, int number, bool readOnly, int? chosen, CancellationToken cancellation)
    {
        var rows = await db.Set<Etablissement>().Where(e => db.Set<Etablissement>().Any(o => o.Numero == number && o.Siren == e.Siren))
            .OrderBy(e => e.Numero).Select(e => new { e.Numero, e.RaisonSociale }).ToListAsync(cancellation);
        if (rows.FirstOrDefault(row => row.Numero == number) is not { } opened) return null;
        var desk = own with { Role = Role.Gestionnaire, Poste = opened.RaisonSociale, LectureSeule = readOnly };
        var numbers = rows.Select(row => row.Numero).ToList();
        return WithReach(desk, numbers, chosen is { } kept && numbers.Contains(kept) ? kept : number);
    }

    /// <summary>The pages of one's own account are never those of a desk, save the choice of an établissement.</summary>
    private static bool IsOwnAccount(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>()?.ViewEnginePath is { } page
        && page.StartsWith("/Compte/", StringComparison.Ordinal) && page != "/Compte/Etablissement";

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
