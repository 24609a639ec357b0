using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Gestion;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Referentiels;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Organisme;

/// <summary>Sheet of an établissement, with its places below; the Cariforef also creates one here.</summary>
public class EtablissementModel(UtilisateurCourant courant, SofiDbContext db, GestionService gestion, ReferentielService referentiels) : FicheOrganismePage(courant, db)
{
    private static readonly ColonnesListe<Lieu> Colonnes = new ColonnesListe<Lieu>(l => l.Id).By("nom", l => l.Recherche).By("commune", l => l.Adresse.Commune);

    [BindProperty]
    public FicheEtablissement Fiche { get; set; } = new();

    /// <summary>Its places, one page; <c>null</c> before it exists.</summary>
    public PageListe<Lieu>? Lieux { get; private set; }

    protected override bool SansEtablissement => true;

    /// <summary>True when the address names no établissement: one is being created, by the Cariforef alone.</summary>
    private bool Creation => !RouteData.Values.ContainsKey("e");

    public async Task<IActionResult> OnGetAsync(ListeParametres liste)
    {
        if (Creation && Utilisateur.Role != Role.Administrateur) return NotFound();
        if (!Creation) (Fiche, Version) = (Etablissement.ToFiche(), Etablissement.Version);
        await ShowAsync(liste);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(ListeParametres liste)
    {
        if (Creation && Utilisateur.Role != Role.Administrateur) return NotFound();
        if (!Creation) Fiche = Fiche with { Siret = Etablissement.Siret };
        var typed = Fiche;
        Fiche = Settle(Creation ? null : Etablissement.ToFiche(), typed);
        await ShowAsync(liste);
        if (!ModelState.IsValid || IsOnlyShown) return Page();
        var result = Creation ? await gestion.CreateEtablissementAsync(Utilisateur, Fiche, Jeton) : await gestion.SaveEtablissementAsync(Utilisateur, Etablissement.Numero, VersionDepart, Fiche);
        if (Unwritten(result, typed) is { } answer) return answer;
        this.Announce(Creation ? "L’établissement est créé." : "La fiche de l’établissement est enregistrée.");
        return Redirect($"/sofi/organisme/sites/{result.Numero}");
    }

    private async Task ShowAsync(ListeParametres liste)
    {
        if (!Creation)
        {
            Champs.LectureSeule["Fiche." + nameof(FicheEtablissement.Siret)] = "";
            Lieux = await Db.Set<Lieu>().AsNoTracking().Where(l => l.EtablissementNumero == Etablissement.Numero).Matching(liste, l => l.Recherche).ToPageAsync(liste, Colonnes);
        }

        var numero = Creation ? 0 : Etablissement.Numero;
        await ShowAsync(Fiche, await gestion.ContexteAsync(numero, Fiche.Commune, contact: Creation ? null : Etablissement.ContactPrincipalNumero), referentiels);
    }
}
