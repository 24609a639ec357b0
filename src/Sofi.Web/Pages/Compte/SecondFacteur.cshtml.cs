using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Installation;
using Sofi.Core.Offre;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Compte;

/// <summary>One's second factor: enrolment by QR code or by hand, recovery codes shown once, new codes, off.</summary>
public class SecondFacteurModel(
    SofiDbContext db, SecondFacteurService service, ConnexionService connexion, SofiSettings settings, UtilisateurCourant courant) : PageModel
{
    [BindProperty]
    [Champ("TOTP-CODE", "Code", Aide = "Six chiffres.")]
    public string? Code { get; set; }

    [BindProperty, DataType(DataType.Password)]
    [Champ("TOTP-MDP", "Mot de passe actuel", Aide = "Pour être sûr que c’est bien vous.")]
    public string? MotDePasse { get; set; }

    /// <summary>The enrolment under way; <c>null</c> when the second factor is on.</summary>
    public Enrolement? Enrolement { get; private set; }

    /// <summary>The drawing of the enrolment.</summary>
    public QrCode Qr { get; private set; } = null!;

    /// <summary>Recovery codes just drawn, shown this once.</summary>
    public IReadOnlyList<string>? Codes { get; private set; }

    /// <summary>Recovery codes not used yet.</summary>
    public int CodesRestants { get; private set; }

    /// <summary>True when the account may not do without.</summary>
    public bool Obligatoire => settings.SecondFacteurObligatoire && !courant.Value.EstOrganisme;

    /// <summary>Where one goes once the codes are noted: to one's work when the enrolment stood before it.</summary>
    public string Suite => courant.SecondFacteurManque ? Espaces.Of(courant.Value.Role).Home() : "/compte";

    public Task OnGetAsync() => LoadAsync(null);

    public async Task<IActionResult> OnPostActiverAsync(string? scelle)
    {
        if (!await IsOnAsync() && await service.ConfirmAsync(courant.Value, scelle, Code ?? "") is { } codes) return Show(codes);
        ModelState.AddModelError(nameof(Code), "Ce code ne convient pas : attendez le suivant, et vérifiez que le téléphone est à l’heure.");
        await LoadAsync(scelle);
        return Page();
    }

    public async Task<IActionResult> OnPostNouveauxCodesAsync() =>
        await ConfirmedAsync() && await IsOnAsync() ? Show(await service.RenewCodesAsync(courant.Value)) : await AgainAsync();

    public async Task<IActionResult> OnPostDesactiverAsync()
    {
        if (Obligatoire || !await ConfirmedAsync()) return await AgainAsync();
        await service.DisableAsync(courant.Value);
        this.Announce("Le second facteur est désactivé.");
        return RedirectToPage("/Compte/Index");
    }

    private async Task<bool> ConfirmedAsync()
    {
        var right = await connexion.ConfirmAsync(courant.Value, MotDePasse ?? "");
        if (!right) ModelState.AddModelError(nameof(MotDePasse), ConnexionService.WrongPassword);
        return right;
    }

    private PageResult Show(IReadOnlyList<string> codes)
    {
        Codes = codes;
        return Page();
    }

    private async Task<PageResult> AgainAsync()
    {
        await LoadAsync(null);
        return Page();
    }

    private Task<bool> IsOnAsync() => db.Set<Core.Comptes.Compte>().AnyAsync(c => c.Id == courant.Value.CompteId && c.TwoFactorEnabled);

    private async Task LoadAsync(string? scelle)
    {
        var id = courant.Value.CompteId;
        var compte = await db.Set<Core.Comptes.Compte>().Where(c => c.Id == id).Select(c => new { c.Email, c.TwoFactorEnabled }).FirstAsync();
        if (compte.TwoFactorEnabled)
        {
            CodesRestants = await db.Set<CodeSecours>().CountAsync(c => c.CompteId == id);
            return;
        }

        Enrolement = service.Begin(courant.Value, compte.Email!, scelle);
        Qr = QrCode.Of(Enrolement.Adresse);
    }
}
