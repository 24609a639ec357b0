using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet;

/// <summary>The formations of the current établissement; also as a file.</summary>
public class FormationsModel(UtilisateurCourant courant, TableauDeBordService tableau) : PageModel
{
    private static readonly ColonnesListe<LigneFormation> Colonnes = new ColonnesListe<LigneFormation>(f => f.Numero, "-modifiee")
        .By("formation", f => f.Numero).Number("formation", f => f.Numero)
        .By("intitule", f => f.Recherche).Words("intitule", f => f.Recherche)
        .By("certifinfo", f => f.CodeCertifinfo)
        .OneOf("certifinfo", [new("avec", "Avec référence"), new("sans", "Sans référence")],
            value => value == "avec" ? f => f.CodeCertifinfo != null : f => f.CodeCertifinfo == null)
        .By("actions", f => f.Actions).Number("actions", f => f.Actions)
        .By("sessions", f => f.Sessions).Number("sessions", f => f.Sessions)
        .By("modifiee", f => f.ModifieLe).Day("modifiee", f => f.ModifieLe)
        .By("ligne", f => f.EnLigneDepuis)
        .OneOf("ligne", [new("oui", "Publiée"), new("non", "Jamais publiée")],
            value => value == "oui" ? f => f.EnLigneDepuis != null : f => f.EnLigneDepuis == null);

    private static readonly IReadOnlyList<ColonneExport<LigneFormation>> Exportees =
    [
        new("Formation", f => f.Numero.ToString(CultureInfo.InvariantCulture)), new("Intitulé", f => f.Intitule),
        new("Code Certifinfo", f => f.CodeCertifinfo?.ToString(CultureInfo.InvariantCulture)),
        new("Actions", f => f.Actions.ToString(CultureInfo.InvariantCulture)), new("Sessions", f => f.Sessions.ToString(CultureInfo.InvariantCulture)),
        new("Modifiée le", f => $"{f.ModifieLe.ToCivilDate():dd/MM/yyyy}"), new("En ligne depuis", f => $"{f.EnLigneDepuis?.ToCivilDate():dd/MM/yyyy}"),
    ];

    /// <summary>One page of the formations.</summary>
    public PageListe<LigneFormation> Formations { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string? export, ListeParametres liste, CancellationToken cancellation)
    {
        if (courant.Value.EtablissementCourant is not { } etablissement) return NotFound();
        var lignes = tableau.Formations(etablissement).Matching(liste, f => f.Recherche);
        if (export is not null) return new ExportListe<LigneFormation>(export, "formations", Exportees, lignes.ToWhole(liste, Colonnes));
        Formations = await lignes.ToPageAsync(liste, Colonnes, cancellation);
        return Page();
    }
}
