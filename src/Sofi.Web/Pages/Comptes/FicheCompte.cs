using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Comptes;
using Sofi.Core.Journal;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Comptes;

/// <summary>The sheet of an account and the gestures on it, the same for a gestionnaire and for the Cariforef.</summary>
public abstract class FicheCompte(
    GestionComptes gestion, InvitationService invitations, EtablissementsAccessibles etablissements, UtilisateurCourant courant) : PageModel
{
    private const int EventsShown = 20;

    /// <summary>Address of the list.</summary>
    public abstract string Liste { get; }

    /// <summary>The account.</summary>
    public Core.Comptes.Compte Compte { get; private set; } = null!;

    /// <summary>Where it stands.</summary>
    public EtatCompte Etat => gestion.StateOf(Compte);

    /// <summary>True when the reader may change it as a whole.</summary>
    public bool Entierement => GestionComptes.IsWhollyManagedBy(Compte, courant.Value);

    /// <summary>True for the reader's own account.</summary>
    public bool EstLeMien => Compte.Id == courant.Value.CompteId;

    /// <summary>Roles that it may be given: those of its own nature.</summary>
    public IEnumerable<Role> Roles => InvitationService.RolesGivenBy(courant.Value).Where(role => role is Role.Redacteur or Role.Gestionnaire == Compte.EstOrganisme);

    /// <summary>Établissements offered as boxes to a gestionnaire; empty for the Cariforef, who writes SIRETs.</summary>
    public IReadOnlyList<EtablissementAccessible> Choix { get; private set; } = [];

    /// <summary>SIRETs of the form: those of the account, or those just typed.</summary>
    public IReadOnlyList<string> Sirets { get; private set; } = [];

    /// <summary>Its latest events.</summary>
    public IReadOnlyList<(DateTime Instant, string Auteur, Evenement Evenement)> Journal { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellation) => await LoadAsync(id, cancellation) ? Page() : NotFound();

    public Task<IActionResult> OnPostRoleAsync(int id, Role? role, CancellationToken cancellation) =>
        AnswerAsync(id, gestion.ChangeRoleAsync(id, role, courant.Value, cancellation), "Le rôle est changé.", "role", cancellation);

    public Task<IActionResult> OnPostEtablissementsAsync(int id, string[] sirets, CancellationToken cancellation)
    {
        Sirets = SiretsSaisis.Read(sirets);
        return AnswerAsync(id, gestion.SetEtablissementsAsync(id, Sirets, courant.Value, cancellation), "Les établissements sont enregistrés.", "sirets", cancellation);
    }

    public Task<IActionResult> OnPostDebloquerAsync(int id, CancellationToken cancellation) =>
        AnswerAsync(id, gestion.UnlockAsync(id, courant.Value, cancellation), "Le compte est débloqué.", "", cancellation);

    public Task<IActionResult> OnPostDesactiverAsync(int id, CancellationToken cancellation) =>
        AnswerAsync(id, gestion.DeactivateAsync(id, courant.Value, cancellation), "Le compte est désactivé : il ne se connecte plus, son historique reste.", "", cancellation);

    public Task<IActionResult> OnPostReactiverAsync(int id, CancellationToken cancellation) =>
        AnswerAsync(id, gestion.ReactivateAsync(id, courant.Value, cancellation), "Le compte est réactivé.", "", cancellation);

    public Task<IActionResult> OnPostRenvoyerAsync(int id, CancellationToken cancellation) =>
        AnswerAsync(id, invitations.ResendAsync(id, courant.Value, cancellation), "L’invitation est renvoyée ; le lien précédent n’ouvre plus rien.", "", cancellation);

    public Task<IActionResult> OnPostSecondFacteurAsync(int id, CancellationToken cancellation) => AnswerAsync(
        id, gestion.RemoveSecondFactorAsync(id, courant.Value, cancellation), "Le second facteur est retiré : la personne en activera un autre.", "", cancellation);

    private async Task<IActionResult> AnswerAsync(int id, Task<Geste> work, string done, string field, CancellationToken cancellation)
    {
        var outcome = await work;
        if (outcome.Fait)
        {
            this.Announce(done);
            // A gestionnaire who detached the account from her last établissement sees it no more.
            return LocalRedirect(await gestion.FindAsync(id, courant.Value, cancellation) is null ? Liste : $"{Liste}/{id}");
        }

        if (!await LoadAsync(id, cancellation)) return NotFound();
        foreach (var fault in outcome.Fautes) ModelState.AddModelError(field, fault.Message);
        return Page();
    }

    private async Task<bool> LoadAsync(int id, CancellationToken cancellation)
    {
        if (await gestion.FindAsync(id, courant.Value, cancellation) is not { } compte) return false;
        Compte = compte;
        Choix = compte.EstOrganisme && courant.Value.EstOrganisme ? await etablissements.AllAsync() : [];
        if (Sirets.Count == 0) Sirets = [.. compte.Etablissements.Select(a => a.Etablissement.Siret).Order(StringComparer.Ordinal)];
        Journal = await gestion.HistoryAsync(id, EventsShown, cancellation);
        return true;
    }
}

/// <summary>The field of établissements.</summary>
/// <param name="Choix">Those offered as boxes; empty to write SIRETs.</param>
/// <param name="Sirets">SIRETs chosen or typed.</param>
/// <param name="Nom">Name of the field.</param>
public sealed record ChoixEtablissements(IReadOnlyList<EtablissementAccessible> Choix, IReadOnlyList<string> Sirets, string Nom);

/// <summary>Reads SIRETs: boxes that were ticked, or a text with one on each line.</summary>
internal static class SiretsSaisis
{
    public static IReadOnlyList<string> Read(IEnumerable<string> typed) =>
        [.. typed.SelectMany(text => (text ?? "").Split(['\n', '\r', ',', ';'])).Select(line => string.Concat(line.Where(c => !char.IsWhiteSpace(c)))).Where(line => line.Length > 0).Distinct()];
}
