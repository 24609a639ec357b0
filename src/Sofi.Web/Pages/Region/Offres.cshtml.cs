using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Offre;
using Sofi.Web.Composants;
using Sofi.Web.Pages.Extranet;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Region;

/// <summary>The Région reads the offers of its programmes, once sent, with the seats entered against those of the lot (decision 23).</summary>
public class OffresModel(UtilisateurCourant courant, LotsService lots) : PageModel
{
    private static readonly ColonnesListe<OffreSurLot> Colonnes = new ColonnesListe<OffreSurLot>(o => o.Action, "-modifiee")
        .By("action", o => o.Action).Number("action", o => o.Action)
        .By("intitule", o => o.Recherche).Words("intitule", o => o.Recherche)
        .By("organisme", o => o.Organisme)
        .By("programme", o => o.Programme)
        .By("lot", o => o.Lot)
        .By("sessions", o => o.Sessions).Number("sessions", o => o.Sessions)
        .By("places", o => o.Places)
        .By("etat", o => o.Etat).OneOf("etat", ActionsModel.Etats, value =>
        {
            var etat = Enum.Parse<EtatAction>(value);
            return o => o.Etat == etat;
        })
        .By("modifiee", o => o.ModifieLe).Day("modifiee", o => o.ModifieLe);

    /// <summary>Actions on its lots, one page.</summary>
    public PageListe<OffreSurLot> Offres { get; private set; } = null!;

    /// <summary>Lots of this page on which more seats are entered than the Région ordered.</summary>
    public IReadOnlyDictionary<int, PlacesLot> Depassements { get; private set; } = new Dictionary<int, PlacesLot>();

    public async Task OnGetAsync(ListeParametres liste, CancellationToken cancellation)
    {
        Offres = await lots.Offres(courant.Value).Matching(liste, o => o.Recherche).ToPageAsync(liste, Colonnes, cancellation);
        Depassements = await lots.DepassementsAsync([.. Offres.Lignes.Select(o => o.LotId).Distinct()], cancellation);
    }
}
