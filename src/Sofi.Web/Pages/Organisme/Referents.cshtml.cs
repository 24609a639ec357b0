using Microsoft.AspNetCore.Mvc;
using Sofi.Core.Data;
using Sofi.Core.Gestion;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Organisme;

/// <summary>The référents of an établissement, by role; the default ones stand on new sessions.</summary>
public class ReferentsModel(UtilisateurCourant courant, SofiDbContext db, GestionService gestion, ReferentService referents) : OrganismePage(courant, db)
{
    /// <summary>Role of the référent being added.</summary>
    [BindProperty]
    public string? Role { get; set; }

    /// <summary>Contact of the référent being added.</summary>
    [BindProperty]
    public int? Contact { get; set; }

    /// <summary>True to make it the default one of its role.</summary>
    [BindProperty]
    public bool ParDefaut { get; set; }

    /// <summary>The référents, in the order of the roles.</summary>
    public IReadOnlyList<Referent> Referents { get; private set; } = [];

    /// <summary>Contacts that may be chosen.</summary>
    public IReadOnlyList<Choix> Contacts { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public Task<IActionResult> OnPostAjouterAsync() =>
        AnswerAsync(referents.AddAsync(Utilisateur, Etablissement.Numero, Role, Contact, ParDefaut), "Le référent est ajouté.");

    public Task<IActionResult> OnPostParDefautAsync(int id) =>
        AnswerAsync(referents.SetDefaultAsync(Utilisateur, Etablissement.Numero, id), "Les nouvelles sessions prendront ce référent.");

    public Task<IActionResult> OnPostRetirerAsync(int id) =>
        AnswerAsync(referents.RemoveAsync(Utilisateur, Etablissement.Numero, id), "Le référent est retiré. Les sessions qui le nomment le gardent.");

    private async Task<IActionResult> AnswerAsync(Task<string?> change, string done)
    {
        if (await change is { } reason)
        {
            ModelState.AddModelError(reason.StartsWith("Rôle", StringComparison.Ordinal) ? nameof(Role) : reason.StartsWith("Contact", StringComparison.Ordinal) ? nameof(Contact) : "", reason);
            await LoadAsync();
            return Page();
        }

        this.Announce(done);
        return Redirect(Adresse("/sofi/organisme/referents"));
    }

    private async Task LoadAsync()
    {
        var roles = Listes.RolesReferent.Valeurs.Select(v => v.Code).ToList();
        Referents = [.. (await referents.ListAsync(Etablissement.Numero)).OrderBy(r => roles.IndexOf(r.Role))];
        if (Modifiable) Contacts = [.. (await gestion.ContexteAsync(Etablissement.Numero, [])).Libelles.Of(ListeOuverte.Contacts).Select(pair => new Choix(pair.Key, pair.Value))];
    }
}
