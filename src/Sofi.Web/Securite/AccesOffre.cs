using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Offre;

namespace Sofi.Web.Securite;

/// <summary>
/// The one place that checks the object of a page: route values f, a, s and d (formation, action, session, dispositif) must exist within the
/// person's reach, and be hers to change when a form is posted. Anything else is a 404: nobody learns that it exists.
/// </summary>
internal sealed class AccesOffre(SofiDbContext db, UtilisateurCourant courant) : IAsyncAuthorizationFilter
{
    /// <summary>Route values that name an object, from the outermost.</summary>
    public static readonly string[] Values = ["f", "a", "s", "d"];

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        if (courant.OrNull is not { } utilisateur) return;
        var cancellation = context.HttpContext.RequestAborted;
        foreach (var (name, number) in Named(context))
        {
            int? owner = name switch
            {
                "f" => await db.Set<Formation>().VisibleTo(utilisateur).Where(f => f.Numero == number).Select(f => (int?)f.EtablissementNumero).FirstOrDefaultAsync(cancellation),
                "a" => await db.Set<ActionFormation>().VisibleTo(utilisateur).Where(a => a.Numero == number).Select(a => (int?)a.Formation.EtablissementNumero).FirstOrDefaultAsync(cancellation),
                "s" => await db.Set<SessionFormation>().VisibleTo(utilisateur).Where(s => s.Numero == number).Select(s => (int?)s.Action.Formation.EtablissementNumero).FirstOrDefaultAsync(cancellation),
                _ => await OwnerOfDispositifAsync(context, number, cancellation),
            };
            var posts = !HttpMethods.IsGet(context.HttpContext.Request.Method) && !HttpMethods.IsHead(context.HttpContext.Request.Method);
            if (owner is null || (posts && !utilisateur.CanEdit(owner.Value))) context.Result = new NotFoundResult();
            if (context.Result is not null) return;
        }
    }

    private static IEnumerable<(string Name, int Number)> Named(AuthorizationFilterContext context) =>
        from name in Values
        let text = context.RouteData.Values[name] as string
        where text is not null
        select (name, int.Parse(text, CultureInfo.InvariantCulture));

    /// <summary>A dispositif counts only under its own session, whose reach was checked before it.</summary>
    private async Task<int?> OwnerOfDispositifAsync(AuthorizationFilterContext context, int id, CancellationToken cancellation)
    {
        var session = int.Parse((string)context.RouteData.Values["s"]!, CultureInfo.InvariantCulture);
        return await db.Set<DispositifSession>().Where(d => d.Id == id && d.SessionNumero == session)
            .Select(d => (int?)d.Session.Action.Formation.EtablissementNumero).FirstOrDefaultAsync(cancellation);
    }
}
