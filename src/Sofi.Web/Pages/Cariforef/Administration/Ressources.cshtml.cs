using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Offre;
using Sofi.Core.Referentiels;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Cariforef.Administration;

/// <summary>Keeps "Ressources et contact": whom to call, the tutorials, the dated guides.</summary>
public class RessourcesModel(RessourceService ressources, UtilisateurCourant courant) : PageModel
{
    private const string Address = "/cariforef/ressources";

    /// <summary>Contact being typed.</summary>
    [BindProperty]
    public ContactSaisi Contact { get; set; } = new();

    /// <summary>Guide being typed.</summary>
    [BindProperty]
    public GuideSaisi Guide { get; set; } = new();

    /// <summary>Number of the guide being changed; <c>null</c> to add one.</summary>
    [FromQuery(Name = "guide")]
    public int? Id { get; set; }

    /// <summary>All the guides.</summary>
    public IReadOnlyList<Guide> Guides { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation) => await LoadAsync(contact: true, guide: true, cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnPostContactAsync(CancellationToken cancellation)
    {
        var typed = new ServiceOffre
        {
            Code = ServiceOffre.CodeUnique,
            Nom = Contact.Nom ?? "",
            Telephone = Contact.Telephone ?? "",
            Horaires = Contact.Horaires ?? "",
            Courriel = Contact.Courriel ?? "",
            Tutoriels = Contact.Tutoriels ?? "",
            Version = Contact.Version,
        };
        Forget(nameof(Guide));
        if (ModelState.IsValid) Refuse(nameof(Contact), await ressources.SaveContactAsync(typed, courant.Value.Auteur, cancellation));
        if (ModelState.IsValid) return Done("Le contact est enregistré.");
        return await LoadAsync(contact: false, guide: true, cancellation) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostGuideAsync(CancellationToken cancellation)
    {
        Forget(nameof(Contact));
        if (ModelState.IsValid)
        {
            Refuse(nameof(Guide), await ressources.SaveGuideAsync(
                Id ?? 0, Guide.Version, Guide.Titre, Guide.Programme, Guide.Date, Guide.Adresse, courant.Value.Auteur, cancellation));
        }

        if (ModelState.IsValid) return Done("Le guide est enregistré.");
        return await LoadAsync(contact: true, guide: false, cancellation) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostRetirerAsync(int id, CancellationToken cancellation)
    {
        await ressources.RemoveGuideAsync(id, courant.Value.Auteur, cancellation);
        return Done("Le guide est retiré.");
    }

    private RedirectResult Done(string sentence)
    {
        this.Announce(sentence);
        return Redirect(Address);
    }

    private void Refuse(string part, IReadOnlyList<(string Champ, string Message)> faults)
    {
        foreach (var (field, message) in faults) ModelState.AddModelError(field.Length == 0 ? "" : $"{part}.{field}", message);
    }

    /// <summary>The form that was not sent does not count.</summary>
    private void Forget(string part)
    {
        foreach (var key in ModelState.FindKeysWithPrefix(part).Select(pair => pair.Key).ToList()) ModelState.Remove(key);
    }

    private async Task<bool> LoadAsync(bool contact, bool guide, CancellationToken cancellation)
    {
        Guides = await ressources.GuidesAsync(cancellation);
        if (contact) Contact = ContactSaisi.Of(await ressources.ContactAsync(cancellation));
        if (Id is not { } id) return true;
        if (Guides.FirstOrDefault(g => g.Id == id) is not { } edited) return false;
        if (guide) Guide = GuideSaisi.Of(edited);
        return true;
    }
}

/// <summary>The contact as typed.</summary>
public sealed record ContactSaisi
{
    [Champ("RES-NOM", "Nom du service", Etoile = true)]
    public string? Nom { get; init; }

    [Champ("RES-COURRIEL", "Email", Etoile = true, Forme = Forme.Courriel)]
    public string? Courriel { get; init; }

    [Champ("RES-TEL", "Téléphone", Etoile = true)]
    public string? Telephone { get; init; }

    [Champ("RES-HORAIRES", "Horaires", Aide = "Exemple : de 9 h à 12 h")]
    public string? Horaires { get; init; }

    [Champ("RES-TUTOS", "Adresse des tutoriels", Etoile = true, Forme = Forme.Adresse)]
    public string? Tutoriels { get; init; }

    /// <summary>Version that the form started from.</summary>
    public int Version { get; init; }

    internal static ContactSaisi Of(ServiceOffre s) =>
        new() { Nom = s.Nom, Courriel = s.Courriel, Telephone = s.Telephone, Horaires = s.Horaires, Tutoriels = s.Tutoriels, Version = s.Version };
}

/// <summary>A guide as typed.</summary>
public sealed record GuideSaisi
{
    [Champ("GUI-TITRE", "Titre", Etoile = true)]
    public string? Titre { get; init; }

    [Champ("GUI-DATE", "Date", Etoile = true, Aide = "JJ/MM/AAAA")]
    public DateOnly? Date { get; init; }

    [Champ("GUI-PROGRAMME", "Programme", Aide = "Vide : tous les programmes.")]
    public string? Programme { get; init; }

    [Champ("GUI-ADRESSE", "Adresse", Etoile = true, Forme = Forme.Adresse)]
    public string? Adresse { get; init; }

    /// <summary>Version that the form started from.</summary>
    public int Version { get; init; }

    internal static GuideSaisi Of(Guide g) => new() { Titre = g.Titre, Date = g.Date, Programme = g.Programme, Adresse = g.Adresse, Version = g.Version };
}
