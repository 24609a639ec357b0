using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Gestion;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Referentiels;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Organisme;

/// <summary>A place of an établissement: its address, and what one finds there.</summary>
public class LieuModel(UtilisateurCourant courant, SofiDbContext db, GestionService gestion, ReferentielService referentiels) : FicheOrganismePage(courant, db)
{
    [BindProperty]
    public FicheLieu Fiche { get; set; } = new();

    /// <summary>The place shown; <c>null</c> for a new one.</summary>
    public Lieu? Lieu { get; private set; }

    public async Task<IActionResult> OnGetAsync(int? l)
    {
        if (l is null && !Modifiable) return NotFound();
        await LoadAsync(l);
        if (Lieu is not null) (Fiche, Version) = (Lieu.ToFiche(), Lieu.Version);
        await ShowAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? l)
    {
        await LoadAsync(l);
        var typed = Lieu is null ? Fiche : Fiche.At(Lieu);
        Fiche = Settle(Lieu?.ToFiche(), typed);
        await ShowAsync();
        if (!ModelState.IsValid || IsOnlyShown) return Page();
        var result = l is null ? await gestion.CreateLieuAsync(Utilisateur, Etablissement.Numero, Fiche, Jeton) : await gestion.SaveLieuAsync(Utilisateur, l.Value, VersionDepart, Fiche);
        if (Unwritten(result, typed) is { } answer) return answer;
        this.Announce($"Le lieu « {Fiche.Nom} » est enregistré.");
        return Redirect($"/sofi/organisme/sites/{Etablissement.Numero}#lieux");
    }

    private async Task LoadAsync(int? l) => Lieu = l is null ? null : await Db.Set<Lieu>().AsNoTracking().FirstAsync(x => x.Id == l);

    private async Task ShowAsync()
    {
        if (Lieu is { EstPrincipal: true })
            foreach (var name in new[] { nameof(FicheLieu.Nom), nameof(FicheLieu.Voie), nameof(FicheLieu.CodePostal), nameof(FicheLieu.Commune) }) Champs.LectureSeule["Fiche." + name] = "";
        await ShowAsync(Fiche, await gestion.ContexteAsync(Etablissement.Numero, Fiche.Commune), referentiels);
    }
}
