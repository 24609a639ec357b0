using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Comptes;
using Sofi.Web.Composants;

namespace Sofi.Web.Pages.Cariforef.Administration;

/// <summary>Requests for access, those that wait first.</summary>
public class DemandesModel(DemandeAccesService demandes) : PageModel
{
    private static readonly ColonnesListe<DemandeAcces> Tris = new ColonnesListe<DemandeAcces>(d => d.Id, "-recue")
        .By("recue", d => d.RecueLe).By("organisme", d => d.Recherche).By("personne", d => d.Nom);

    /// <summary>Requests shown.</summary>
    [BindProperty(Name = "etat", SupportsGet = true)]
    public EtatDemande Etat { get; set; }

    /// <summary>One page of requests.</summary>
    public PageListe<DemandeAcces> Demandes { get; private set; } = null!;

    public async Task OnGetAsync(ListeParametres liste, CancellationToken cancellation) =>
        Demandes = await demandes.All().Where(d => d.Etat == Etat).Matching(liste, d => d.Recherche).ToPageAsync(liste, Tris, cancellation);

    /// <summary>Words of a state.</summary>
    public string Libelle(EtatDemande etat) => etat switch
    {
        EtatDemande.Acceptee => "Demandes acceptées",
        EtatDemande.Refusee => "Demandes refusées",
        _ => "Demandes en attente",
    };
}
