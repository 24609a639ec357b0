using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Offre;
using Sofi.Core.Programmes;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Cariforef.Administration;

/// <summary>Table of dispositifs (decision 44): read, change, add.</summary>
public class DispositifsModel(UtilisateurCourant courant, ProgrammeService programmes) : PageModel
{
    /// <summary>Code of the dispositif being changed; <c>null</c> to add one.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Code { get; set; }

    /// <summary>Dispositif being typed.</summary>
    [BindProperty]
    public DispositifSaisi Saisie { get; set; } = new();

    /// <summary>Version that the form started from.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>The table, by code.</summary>
    public IReadOnlyList<Dispositif> Table { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        if (Code is null) return Page();
        if (Table.FirstOrDefault(d => d.Code == Code) is not { } edited) return NotFound();
        Saisie = new DispositifSaisi
        {
            Code = edited.Code,
            Libelle = edited.Libelle,
            Nature = edited.Nature.ToString(),
            Actif = edited.Actif ? Listes.Oui : Listes.Non,
        };
        Version = edited.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        if (Code is not null && Table.All(d => d.Code != Code)) return NotFound();
        var code = Code ?? Saisie.Code;
        if (code is null or < 1 or > DispositifSaisi.CodeMax)
            ModelState.TryAddModelError("Saisie.Code", $"Code : écrivez un nombre de 1 à {DispositifSaisi.CodeMax}.");
        if (Saisie.Libelle is null) ModelState.AddModelError("Saisie.Libelle", "Libellé : écrivez le libellé.");
        else if (Saisie.Libelle.Length > DispositifSaisi.Longueur)
            ModelState.AddModelError("Saisie.Libelle", $"Libellé : {DispositifSaisi.Longueur} caractères au plus.");
        if (!Listes.NatureDispositif.Contains(Saisie.Nature ?? "")) ModelState.AddModelError("Saisie.Nature", "Nature : choisissez une nature.");
        if (!ModelState.IsValid) return Page();

        var dispositif = new Dispositif
        {
            Code = code!.Value,
            Libelle = Saisie.Libelle!,
            Nature = Enum.Parse<NatureDispositif>(Saisie.Nature!),
            Actif = Saisie.Actif != Listes.Non,
            Version = Version,
        };
        var issue = Code is null
            ? await programmes.AddAsync(dispositif, courant.Value.Auteur, cancellation)
            : await programmes.SaveAsync(dispositif, courant.Value.Auteur, cancellation);
        if (issue == IssueReglage.Enregistre)
        {
            this.Announce($"Le dispositif {code} est enregistré.");
            return Redirect("/cariforef/dispositifs");
        }

        Response.StatusCode = StatusCodes.Status409Conflict;
        if (issue == IssueReglage.DejaPris) ModelState.AddModelError("Saisie.Code", "Code : ce code existe déjà ; choisissez-en un autre.");
        else Reread("Quelqu’un a changé ce dispositif pendant votre saisie : relisez la table, puis enregistrez de nouveau si vos valeurs sont les bonnes.");
        return Page();
    }

    /// <summary>The next save is a knowing one: it starts from the version now shown in the table.</summary>
    private void Reread(string message)
    {
        Version = Table.First(d => d.Code == Code).Version;
        ModelState.Remove(nameof(Version));
        ModelState.AddModelError("", message);
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        Table = await programmes.DispositifsAsync(cancellation);
        var contexte = new ContexteFiche();
        if (Code is not null) contexte.LectureSeule["Saisie.Code"] = "";
        ViewData["Contexte"] = contexte;
    }
}

/// <summary>A dispositif as typed.</summary>
public sealed record DispositifSaisi
{
    internal const int Longueur = 150;
    internal const int CodeMax = 99_999;

    /// <summary>Code, chosen once.</summary>
    [Champ("DSP-CODE", "Code", Etoile = true, Aide = "Affiché comme « Code dispositif » dans les listes. Il ne change plus.")]
    public int? Code { get; init; }

    /// <summary>Libellé.</summary>
    [Champ("DSP-LIBELLE", "Libellé", Etoile = true, Longueur = Longueur)]
    public string? Libelle { get; init; }

    /// <summary>Kind.</summary>
    [Champ("DSP-NATURE", "Nature", Etoile = true, Liste = nameof(Listes.NatureDispositif),
        Aide = "Elle décide des compteurs ; un programme régional demande un lot.")]
    public string? Nature { get; init; }

    /// <summary>Offered or not.</summary>
    [Champ("DSP-ACTIF", "Proposé aux organismes", Liste = nameof(Listes.OuiNon), Radio = true)]
    public string? Actif { get; init; } = Listes.Oui;
}
