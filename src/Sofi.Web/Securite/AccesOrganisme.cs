using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Gestion;
using Sofi.Core.Organismes;

namespace Sofi.Web.Securite;

/// <summary>
/// The one place that checks whose desk a page opens: route values e, l, c and p (établissement, place, contact, open day), else the établissement
/// of the address, else the one of the switcher. It must be read by the person, and kept by her when a form is posted. Anything else is a 404.
/// </summary>
internal sealed class AccesOrganisme(SofiDbContext db, UtilisateurCourant courant) : IAsyncAuthorizationFilter
{
    /// <summary>Name of the établissement in the address of a list.</summary>
    public const string Parametre = "etablissement";

    /// <summary>Route values that name an object, from the outermost.</summary>
    public static readonly string[] Values = ["e", "l", "c", "p"];

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        if (courant.OrNull is not { } utilisateur) return;
        var http = context.HttpContext;
        var posts = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);
        int? owner = null;
        foreach (var (name, number) in Named(context))
        {
            var found = await OwnerAsync(name, number, http.RequestAborted);
            if (found is null || (owner is not null && found != owner) || !IsHers(found.Value))
            {
                context.Result = new NotFoundResult();
                return;
            }

            owner = found;
        }

        if (owner is null && http.Request.Query[Parametre].FirstOrDefault() is { Length: > 0 } asked)
            owner = int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && await OwnerAsync("e", number, http.RequestAborted) is { } known ? known : 0;
        owner ??= utilisateur.EtablissementCourant;
        if (owner is { } chosen && !IsHers(chosen)) context.Result = new NotFoundResult();
        http.Items[typeof(AccesOrganisme)] = owner;

        bool IsHers(int etablissement) => etablissement > 0 && (posts ? utilisateur.CanManage(etablissement) : utilisateur.CanRead(etablissement));
    }

    /// <summary>The établissement whose desk the page opens; <c>null</c> while the Cariforef chose none.</summary>
    public static int? Etablissement(HttpContext http) => http.Items[typeof(AccesOrganisme)] as int?;

    private static IEnumerable<(string Name, int Number)> Named(AuthorizationFilterContext context) =>
        from name in Values
        let text = context.RouteData.Values[name] as string
        where text is not null
        select (name, int.Parse(text, CultureInfo.InvariantCulture));

    private async Task<int?> OwnerAsync(string name, int number, CancellationToken cancellation) => name switch
    {
        "e" => await db.Set<Etablissement>().Where(e => e.Numero == number).Select(e => (int?)e.Numero).FirstOrDefaultAsync(cancellation),
        "l" => await db.Set<Lieu>().Where(l => l.Id == number).Select(l => (int?)l.EtablissementNumero).FirstOrDefaultAsync(cancellation),
        "c" => await db.Set<Contact>().Where(c => c.Numero == number).Select(c => (int?)c.EtablissementNumero).FirstOrDefaultAsync(cancellation),
        _ => await db.Set<PorteOuverte>().Where(p => p.Numero == number).Select(p => (int?)p.EtablissementNumero).FirstOrDefaultAsync(cancellation),
    };
}
