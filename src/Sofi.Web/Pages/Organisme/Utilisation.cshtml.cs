using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Gestion;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Organisme;

/// <summary>Where a contact or a place is in use, and what may be done with it: replaced everywhere, deactivated, deleted when nothing uses it.</summary>
public class UtilisationModel(UtilisateurCourant courant, SofiDbContext db, GestionService gestion, UsageService usage) : OrganismePage(courant, db)
{
    private int numero;

    /// <summary>The contact or place that takes its place.</summary>
    [BindProperty]
    public int? Remplacant { get; set; }

    /// <summary>True for a contact, false for a place.</summary>
    public bool EstContact { get; private set; }

    /// <summary>Its name.</summary>
    public string Objet { get; private set; } = "";

    /// <summary>Its fiche.</summary>
    public string Retour { get; private set; } = "";

    /// <summary>False once deactivated.</summary>
    public bool Actif { get; private set; }

    /// <summary>Where it is in use.</summary>
    public Usages Usages { get; private set; } = null!;

    /// <summary>What may take its place.</summary>
    public IReadOnlyList<Choix> Remplacants { get; private set; } = [];

    /// <summary>True when the sessions listed are also pages for the person.</summary>
    public bool LitLOffre => Utilisateur.EstOrganisme;

    public Task OnGetAsync(int? c, int? l) => LoadAsync(c, l);

    public async Task<IActionResult> OnPostRemplacerAsync(int? c, int? l)
    {
        await LoadAsync(c, l);
        var (refus, nombre) = EstContact ? await usage.ReplaceContactAsync(Utilisateur, numero, Remplacant) : await usage.ReplaceLieuAsync(Utilisateur, numero, Remplacant);
        if (refus is not null) return Refused(refus, nameof(Remplacant));
        this.Announce(nombre == 0 ? $"{Objet} n’était plus utilisé : rien n’a été remplacé." : $"{Objet} est remplacé {(nombre == 1 ? "à 1 endroit" : $"à {nombre:#,##0} endroits")}.");
        return Redirect(Retour + "/utilisation");
    }

    public Task<IActionResult> OnPostDesactiverAsync(int? c, int? l) => SetActiveAsync(c, l, false);

    public Task<IActionResult> OnPostReactiverAsync(int? c, int? l) => SetActiveAsync(c, l, true);

    public async Task<IActionResult> OnPostSupprimerAsync(int? c, int? l)
    {
        await LoadAsync(c, l);
        var (refus, _) = EstContact ? await usage.DeleteContactAsync(Utilisateur, numero) : await usage.DeleteLieuAsync(Utilisateur, numero);
        if (refus is not null) return Refused(refus);
        this.Announce($"{Objet} est supprimé.");
        return Redirect(EstContact ? Adresse("/sofi/organisme/contacts") : $"/sofi/organisme/sites/{Etablissement.Numero}#lieux");
    }

    private async Task<IActionResult> SetActiveAsync(int? c, int? l, bool actif)
    {
        await LoadAsync(c, l);
        var (refus, _) = EstContact ? await usage.SetContactActiveAsync(Utilisateur, numero, actif) : await usage.SetLieuActiveAsync(Utilisateur, numero, actif);
        if (refus is not null) return Refused(refus);
        this.Announce(actif ? $"{Objet} est de nouveau proposé." : $"{Objet} n’est plus proposé aux nouvelles saisies.");
        return Redirect(Retour + "/utilisation");
    }

    private PageResult Refused(string reason, string field = "")
    {
        ModelState.AddModelError(field, reason);
        return Page();
    }

    private async Task LoadAsync(int? c, int? l)
    {
        EstContact = c is not null;
        numero = c ?? l!.Value;
        if (EstContact)
        {
            var contact = await Db.Set<Contact>().AsNoTracking().FirstAsync(x => x.Numero == numero);
            (Objet, Actif, Retour, Usages) = (contact.NomComplet, contact.Actif, $"/sofi/organisme/contacts/{numero}", await usage.OfContactAsync(numero));
        }
        else
        {
            var lieu = await Db.Set<Lieu>().AsNoTracking().FirstAsync(x => x.Id == numero);
            (Objet, Actif, Retour, Usages) = (lieu.Nom, lieu.Actif, $"/sofi/organisme/sites/{Etablissement.Numero}/lieux/{numero}", await usage.OfLieuAsync(numero));
        }

        if (!Modifiable) return;
        var choices = (await gestion.ContexteAsync(Etablissement.Numero, [])).Libelles.Of(EstContact ? ListeOuverte.Contacts : ListeOuverte.Lieux);
        Remplacants = [.. choices.Where(pair => pair.Key != GestionService.Text(numero)).Select(pair => new Choix(pair.Key, pair.Value))];
    }
}
