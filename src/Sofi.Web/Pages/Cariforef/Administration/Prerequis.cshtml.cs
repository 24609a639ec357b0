using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Offre;
using Sofi.Core.Referentiels;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Cariforef.Administration;

/// <summary>Table of pré-requis (decision 18): add, rename, order, withdraw.</summary>
public class PrerequisModel(UtilisateurCourant courant, ReferentielService referentiels, PrerequisService prerequis) : PageModel
{
    /// <summary>Item being added.</summary>
    [BindProperty]
    public PrerequisSaisi Ajout { get; set; } = new();

    /// <summary>Every item, the withdrawn ones too, in order.</summary>
    public IReadOnlyList<Core.Referentiels.Prerequis> Table { get; private set; } = [];

    /// <summary>Code of the item whose new libellé was refused, and that libellé.</summary>
    public (string Code, string? Libelle)? Refuse { get; private set; }

    public async Task OnGetAsync() => Table = await referentiels.PrerequisAsync(retires: true);

    public async Task<IActionResult> OnPostAjouterAsync() =>
        await AnswerAsync(await prerequis.AddAsync(Ajout.Libelle, courant.Value.Auteur), "Le pré-requis est ajouté à la fin de la table.", "Ajout.Libelle");

    public async Task<IActionResult> OnPostRenommerAsync(string code, int version, string? libelle)
    {
        Refuse = (code, libelle);
        return await AnswerAsync(await prerequis.RenameAsync(code, libelle, version, courant.Value.Auteur), "Le pré-requis est enregistré.", "libelle-" + code);
    }

    public async Task<IActionResult> OnPostDeplacerAsync(string code, int version, bool monter) =>
        await AnswerAsync(await prerequis.MoveAsync(code, monter, version, courant.Value.Auteur), null, "");

    public async Task<IActionResult> OnPostProposerAsync(string code, int version, bool actif) => await AnswerAsync(
        await prerequis.OfferAsync(code, actif, version, courant.Value.Auteur),
        actif ? "Le pré-requis est de nouveau proposé." : "Le pré-requis n’est plus proposé ; les fiches qui le portent le gardent.", "");

    private async Task<IActionResult> AnswerAsync(string? refusal, string? done, string path)
    {
        if (refusal is null)
        {
            if (done is not null) this.Announce(done);
            return Redirect("/cariforef/prerequis");
        }

        ModelState.AddModelError(path, refusal);
        await OnGetAsync();
        return Page();
    }
}

/// <summary>A pré-requis being added.</summary>
public sealed record PrerequisSaisi
{
    /// <summary>Its libellé.</summary>
    [Champ("PRE-LIBELLE", "Nouveau pré-requis", Longueur = PrerequisService.MaxLibelle, Aide = "Tel que l'organisme le lira. Exemple : Être titulaire du permis de conduire B.")]
    public string? Libelle { get; init; }
}
