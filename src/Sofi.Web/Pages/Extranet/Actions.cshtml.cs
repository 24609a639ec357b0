using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet;

/// <summary>The actions of a rubric of the dashboard: what is being entered, what waits; also as a file.</summary>
public class ActionsModel(UtilisateurCourant courant, TableauDeBordService tableau) : PageModel
{
    /// <summary>États of the saisie, as a filter offers them.</summary>
    internal static readonly IReadOnlyList<Choix> Etats = [.. Listes.EtatsAction.Valeurs.Select(valeur => new Choix(valeur.Code, valeur.Libelle))];

    private static readonly ColonnesListe<LigneAction> Colonnes = new ColonnesListe<LigneAction>(a => a.Numero, "-modifiee")
        .By("action", a => a.Numero).Number("action", a => a.Numero)
        .By("intitule", a => a.Recherche).Words("intitule", a => a.Recherche)
        .By("sessions", a => a.Sessions).Number("sessions", a => a.Sessions)
        .By("etat", a => a.Etat).OneOf("etat", Etats, value =>
        {
            var etat = Enum.Parse<EtatAction>(value);
            return a => a.Etat == etat;
        })
        .By("type", a => a.Publique).OneOf("type", [new("publique", "Publique"), new("autre", "Autre")], value => value == "publique" ? a => a.Publique : a => !a.Publique)
        .By("modifiee", a => a.ModifieLe).Day("modifiee", a => a.ModifieLe);

    /// <summary>Rubric shown.</summary>
    public Rubrique<ActionFormation> Choisie { get; private set; } = Rubriques.Actions[0];

    /// <summary>Its actions, one page.</summary>
    public PageListe<LigneAction> Actions { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string? rubrique, string? export, ListeParametres liste, CancellationToken cancellation)
    {
        var found = rubrique is null ? Rubriques.Actions[0] : Rubriques.Actions.FirstOrDefault(r => r.Cle == rubrique);
        if (courant.Value.EtablissementCourant is not { } etablissement || found is null) return NotFound();
        Choisie = found;
        var lignes = tableau.LignesActions(etablissement, found).Matching(liste, a => a.Recherche);
        if (export is not null) return new ExportListe<LigneAction>(export, "actions-" + found.Cle, Exportees, lignes.ToWhole(liste, Colonnes));
        Actions = await lignes.ToPageAsync(liste, Colonnes, cancellation);
        return Page();
    }

    private static readonly IReadOnlyList<ColonneExport<LigneAction>> Exportees =
    [
        new("Formation", a => a.FormationNumero.ToString(CultureInfo.InvariantCulture)), new("Action", a => a.Numero.ToString(CultureInfo.InvariantCulture)),
        new("Intitulé formation", a => a.IntituleComplet), new("Sessions", a => a.Sessions.ToString(CultureInfo.InvariantCulture)),
        new("Etat", a => Listes.EtatsAction.Libelle(a.Etat.ToString())), new("En ligne depuis", a => $"{a.EnLigneDepuis?.ToCivilDate():dd/MM/yyyy}"),
        new("Type", a => a.Type), new("Modifiée le", a => $"{a.ModifieLe.ToCivilDate():dd/MM/yyyy}"),
    ];
}
