using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Offre;
using Sofi.Core.Validation;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Cariforef;

/// <summary>Review of a submission: the snapshot as a reader would see it, the rules beside it, validate or refuse with a reason.</summary>
public class RevueModel(UtilisateurCourant courant, ValidationService validation) : PageModel
{
    /// <summary>Reason of a refusal.</summary>
    [BindProperty]
    public RefusSaisi Refus { get; set; } = new();

    /// <summary>Version of the submission that the page shows.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>The submission.</summary>
    public Revue Revue { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id)
    {
        if (!await LoadAsync(id)) return NotFound();
        Version = Revue.Soumission.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostValiderAsync(int id)
    {
        if (!await LoadAsync(id)) return Gone();
        ModelState.Clear();
        return await AnswerAsync(await validation.ValidateAsync(courant.Value, id, Version), "validée : elle est en ligne", id);
    }

    public async Task<IActionResult> OnPostRefuserAsync(int id)
    {
        if (!await LoadAsync(id)) return Gone();
        if (string.IsNullOrWhiteSpace(Refus.Motif)) ModelState.AddModelError("Refus.Motif", "Motif du refus : écrivez ce que l’organisme doit corriger.");
        else if (Refus.Motif.Length > RefusSaisi.Longueur) ModelState.AddModelError("Refus.Motif", $"Motif du refus : {RefusSaisi.Longueur} caractères au plus ; raccourcissez le texte.");
        // Once answered, what matters is who answered, not what is wrong with this reason.
        if (!ModelState.IsValid && Revue.Soumission.Etat == EtatSoumission.EnAttente) return Page();
        ModelState.Clear();
        return await AnswerAsync(await validation.RefuseAsync(courant.Value, id, Version, Refus.Motif!), "refusée : l’organisme lit votre motif", id);
    }

    private async Task<bool> LoadAsync(int id)
    {
        if (await validation.ReviewAsync(id) is not { } revue) return false;
        Revue = revue;
        ViewData["Contexte"] = new ContexteFiche();
        return true;
    }

    private RedirectResult Gone()
    {
        this.Announce("Cet envoi n’existe plus : votre réponse n’a pas été enregistrée.", TonAnnonce.Attention);
        return Redirect("/cariforef/validations");
    }

    private async Task<IActionResult> AnswerAsync(string? refusal, string done, int id)
    {
        if (refusal is null)
        {
            this.Announce($"L’action {Revue.Soumission.ActionNumero} est {done}.");
            return Redirect("/cariforef/validations");
        }

        await LoadAsync(id);
        ModelState.AddModelError("", refusal);
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }
}

/// <summary>What the validator types to refuse.</summary>
public sealed record RefusSaisi
{
    /// <summary>Longest reason, in characters.</summary>
    internal const int Longueur = 3000;

    /// <summary>Reason, read by the organisme.</summary>
    [Champ("VAL-MOTIF", "Motif du refus", Longueur = Longueur, Forme = Forme.Texte, Lignes = 4, Aide = "L’organisme lit ce texte : dites quoi corriger.")]
    public string? Motif { get; init; }
}
