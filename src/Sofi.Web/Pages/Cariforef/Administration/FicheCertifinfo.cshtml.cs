using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Core.Referentiels;
using Sofi.Web.Composants;
using Sofi.Web.Pages.Extranet;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Cariforef.Administration;

/// <summary>A certification: its open data, read-only, then the sheet and the blocs that the Cariforef keeps on it (decision 11).</summary>
public class FicheCertifinfoModel(UtilisateurCourant courant, ReferentielService referentiels, FicheCertifinfoService fiches) : PageModel
{
    private const string RetirerBloc = "retirer-bloc-";

    [BindProperty]
    public CertifinfoSaisi Fiche { get; set; } = new();

    /// <summary>Bloc being typed.</summary>
    [BindProperty]
    public BlocSaisi Bloc { get; set; } = new();

    /// <summary>Code of the bloc being changed; <c>null</c> to add one.</summary>
    [BindProperty(SupportsGet = true, Name = "bloc")]
    public string? BlocModifie { get; set; }

    /// <summary>Version of the sheet that the form started from; 0 when there was none.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>Version whose values the conflict screen showed; <c>null</c> when the form does not come from it.</summary>
    [BindProperty]
    public int? VersionVue { get; set; }

    /// <summary>What the form showed when it was opened, for it to carry.</summary>
    public string? DepartEcrit { get; private set; }

    /// <summary>Button pressed: <c>enregistrer</c>, <c>ajouter-bloc</c>, <c>retirer-bloc-…</c> or <c>chercher-Formacodes</c>.</summary>
    [BindProperty(Name = "action")]
    public string Geste { get; set; } = "enregistrer";

    /// <summary>Words searched among the Formacodes.</summary>
    [BindProperty]
    public string? RechercheFormacodes { get; set; }

    /// <summary>The certification, as a Fiche Formation would take it up.</summary>
    public CertificationComplete Certification { get; private set; } = null!;

    /// <summary>The sheet as stored; <c>null</c> when there is none.</summary>
    public FicheCertifinfo? Stockee { get; private set; }

    /// <summary>Those that stand in its place when it may no longer be chosen.</summary>
    public IReadOnlyList<Successeur> Successeurs { get; private set; } = [];

    /// <summary>Its fiche at France compétences, with its own successors; <c>null</c> when unknown.</summary>
    public (FicheRncp Fiche, IReadOnlyList<string> Successeurs)? Rncp { get; private set; }

    /// <summary>Libellé of the exit level.</summary>
    public string Niveau => Listes.Niveaux.Libelle(Certification.NiveauSortie);

    /// <summary>Blocs known, one page.</summary>
    public PageListe<BlocPropose> Blocs { get; private set; } = null!;

    /// <summary>Two people on one sheet: what the other one saved.</summary>
    public ConflitVue? Conflit { get; private set; }

    public async Task<IActionResult> OnGetAsync(int code)
    {
        if (!await LoadAsync(code)) return NotFound();
        Fiche = CertifinfoSaisi.Of(Stockee);
        Version = Stockee?.Version ?? 0;
        DepartEcrit = Depart.Write(Fiche);
        if (Certification.Blocs.FirstOrDefault(b => b.Code == BlocModifie) is { } bloc) Bloc = BlocSaisi.Of(bloc);
        else BlocModifie = null;
        await ShowAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int code)
    {
        if (!await LoadAsync(code)) return NotFound();
        var typed = Fiche;
        DepartEcrit = Request.Form[nameof(Depart)];
        var start = Depart.Read(DepartEcrit);
        var settled = true;
        if (VersionVue is not null) (Fiche, settled) = ConflitVue.Settle(Request.Form, CertifinfoSaisi.Of(Stockee), typed, start);
        await ShowAsync();
        if (!ModelState.IsValid || Geste.StartsWith("chercher-", StringComparison.Ordinal)) return Page();
        var result = await fiches.SaveAsync(code, Fiche.With(BlocsToSave()), settled ? VersionVue ?? Version : Version, courant.Value.Auteur);
        if (result.Conflit)
        {
            Conflit = ConflitVue.Between(
                new Conflit(CertifinfoSaisi.Of(result.Fiche), result.Fiche!.Version, new Trace { ModifiePar = result.Fiche.ModifieePar ?? "", ModifieLe = result.Fiche.ModifieeLe ?? default }),
                [typed], start, (ContexteFiche)ViewData["Contexte"]!, Request.Form);
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        foreach (var fault in result.Fautes)
            ModelState.AddModelError(fault.Champ.StartsWith("Blocs[", StringComparison.Ordinal) ? "Bloc." + fault.Champ.Split('.')[1] : "Fiche." + fault.Champ, $"{fault.Message} {fault.Remede}");
        if (!result.Reussi) return Page();
        this.Announce($"La fiche CertifInfo {code} est enregistrée.");
        return Redirect($"/cariforef/certifinfo/{code}" + (Geste == "enregistrer" ? "" : "#blocs"));
    }

    /// <summary>True for a bloc that the Cariforef completed, false for one that France compétences alone gives.</summary>
    public bool IsOwn(BlocPropose bloc) => Stockee?.Blocs.Exists(b => b.Code == bloc.Code) == true;

    /// <summary>The stored blocs, with the one typed added or changed, or one withdrawn.</summary>
    private List<SaisieBloc> BlocsToSave()
    {
        var typed = Bloc.ToSaisie();
        var blocs = SaisieCertifinfo.Of(Stockee).Blocs.Where(b => BlocModifie is null || b.Code != BlocModifie).ToList();
        if (Geste.StartsWith(RetirerBloc, StringComparison.Ordinal)) return [.. SaisieCertifinfo.Of(Stockee).Blocs.Where(b => b.Code != Geste[RetirerBloc.Length..])];
        if (!typed.EstVide) blocs.Add(typed);
        return blocs;
    }

    private async Task<bool> LoadAsync(int code)
    {
        if (await referentiels.FindCertificationAsync(code) is not { } certification) return false;
        Certification = certification;
        Stockee = await fiches.FindAsync(code);
        if (!certification.Publiee) Successeurs = await referentiels.FindSuccesseursAsync(code);
        if (certification.CodeRncp is { } rncp) Rncp = await referentiels.FindFicheRncpAsync(rncp);
        return true;
    }

    private async Task ShowAsync()
    {
        var champs = new ContexteFiche();
        var chosen = await referentiels.FindFormacodesAsync([.. Fiche.Formacodes, .. Stockee?.Formacodes ?? Codes.Aucun]);
        var found = RechercheFormacodes is { } words ? await referentiels.SearchFormacodesAsync(words) : [];
        champs.Listes[ListeOuverte.Formacodes] = [.. chosen.Concat(found).DistinctBy(f => f.Code).Select(f => new Choix(f.Code, $"{f.Code} {f.Libelle}"))];
        ViewData["Contexte"] = champs;
        Blocs = Certification.Blocs.ToPage(
            ListeParametres.Read(Request.Query, "blocs"),
            new ColonnesListe<BlocPropose>(b => b.Code).By("code", b => b.Code).By("intitule", b => b.Intitule), b => $"{b.Code} {b.Intitule} {b.Objectif} {b.Programme}");
    }
}
