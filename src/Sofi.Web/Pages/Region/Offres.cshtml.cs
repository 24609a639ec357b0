using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Region;

/// <summary>The Région reads the offers of its programmes, once sent.</summary>
public class OffresModel(UtilisateurCourant courant, SofiDbContext db) : PageModel
{
    private static readonly ColonnesListe<ActionFormation> Tris = new ColonnesListe<ActionFormation>(a => a.Numero, "-modifiee")
        .By("action", a => a.Numero)
        .By("intitule", a => a.Formation.Recherche)
        .By("organisme", a => a.Formation.Etablissement.RaisonSociale)
        .By("etat", a => a.Etat)
        .By("modifiee", a => a.Trace.ModifieLe);

    /// <summary>Actions on its lots, one page.</summary>
    public PageListe<ActionFormation> Actions { get; private set; } = null!;

    public async Task OnGetAsync(ListeParametres liste, CancellationToken cancellation) =>
        Actions = await db.Set<ActionFormation>().AsNoTracking().VisibleTo(courant.Value).Include(a => a.Formation.Etablissement)
            .Include(a => a.Sessions.Where(s => s.EnvoyeeLe != null && s.Dispositifs.Any(d => d.LotId != null))).AsSplitQuery()
            .Matching(liste, a => a.Formation.Recherche).ToPageAsync(liste, Tris, cancellation);
}
