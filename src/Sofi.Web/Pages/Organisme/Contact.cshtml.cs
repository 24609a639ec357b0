using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Gestion;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Validation;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Organisme;

/// <summary>A contact of an établissement; what is published of it changes with it.</summary>
public class ContactModel(UtilisateurCourant courant, SofiDbContext db, GestionService gestion, PublicationService publication) : FicheOrganismePage(courant, db)
{
    [BindProperty]
    public FicheContact Fiche { get; set; } = new();

    /// <summary>The contact shown; <c>null</c> for a new one.</summary>
    public Contact? Contact { get; private set; }

    /// <summary>Published actions that show it.</summary>
    public int Publiees { get; private set; }

    public async Task<IActionResult> OnGetAsync(int? c)
    {
        if (c is null && !Modifiable) return NotFound();
        await LoadAsync(c);
        if (Contact is not null) (Fiche, Version) = (Contact.ToFiche(), Contact.Version);
        await ShowAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? c)
    {
        await LoadAsync(c);
        var typed = Fiche;
        Fiche = Settle(Contact?.ToFiche(), typed);
        await ShowAsync();
        if (!ModelState.IsValid) return Page();
        var result = c is null ? await gestion.CreateContactAsync(Utilisateur, Etablissement.Numero, Fiche, Jeton) : await gestion.SaveContactAsync(Utilisateur, c.Value, VersionDepart, Fiche);
        if (Unwritten(result, typed) is { } answer) return answer;
        this.Announce($"Le contact {result.Numero} est enregistré{(Publiees == 0 ? "." : ", et ce qui est publié de lui est à jour.")}");
        return Redirect(Adresse("/sofi/organisme/contacts"));
    }

    private async Task LoadAsync(int? c)
    {
        if (c is not { } numero) return;
        Contact = await Db.Set<Contact>().AsNoTracking().FirstAsync(x => x.Numero == numero);
        Publiees = (await publication.ActionsShowingAsync(numero)).Count;
    }

    private async Task ShowAsync() => await ShowAsync(Fiche, await gestion.ContexteAsync(Etablissement.Numero, []));
}
