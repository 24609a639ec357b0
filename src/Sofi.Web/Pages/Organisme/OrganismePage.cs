using System.Globalization;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Gestion;
using Sofi.Core.Organismes;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Organisme;

/// <summary>What the pages of an organisation's own desk share: whose desk it is, and whether the person keeps it or only reads it.</summary>
public abstract class OrganismePage(UtilisateurCourant courant, SofiDbContext db) : PageModel
{
    /// <summary>The établissement whose desk is open; <c>null</c> on the page that creates one.</summary>
    public Etablissement Etablissement { get; private set; } = null!;

    /// <summary>Words that lead to the sheet of the établissement.</summary>
    public string NomEtablissement => Etablissement.Adresse.Commune is { } commune ? $"{Etablissement.RaisonSociale} – {commune}" : Etablissement.RaisonSociale;

    /// <summary>True when the person keeps the desk: the others only read.</summary>
    public bool Modifiable => courant.Value.CanManage(Etablissement.Numero);

    /// <summary>The signed-in person.</summary>
    protected Utilisateur Utilisateur => courant.Value;

    /// <summary>Database of the page's own reads.</summary>
    protected SofiDbContext Db => db;

    /// <summary>True on a page that may open without an établissement.</summary>
    protected virtual bool SansEtablissement => false;

    /// <summary>An address of this desk: it names the établissement when it is not that of the switcher.</summary>
    public string Adresse(string path) => Etablissement.Numero == Utilisateur.EtablissementCourant ? path
        : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{AccesOrganisme.Parametre}={Etablissement.Numero.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Opens the desk; the Cariforef chooses an établissement first, and an address whose values cannot be read leads nowhere.</summary>
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!HttpMethods.IsPost(Request.Method) && !ModelState.IsValid)
        {
            context.Result = NotFound();
            return;
        }

        if (AccesOrganisme.Etablissement(HttpContext) is { } numero) Etablissement = await db.Set<Etablissement>().AsNoTracking().FirstAsync(e => e.Numero == numero);
        else if (!SansEtablissement) context.Result = Utilisateur.EstCariforef && HttpMethods.IsGet(Request.Method) ? Redirect("/sofi/organisme/sites") : NotFound();
        if (context.Result is null) await next();
    }
}
