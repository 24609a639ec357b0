using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Programmes;
using Sofi.Core.Referentiels;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Cariforef.Administration;

/// <summary>
/// A programme and its dated settings (decision 15): the settings chosen in the address, or those of today, or a new line that starts from them.
/// </summary>
public class ProgrammeModel(
    UtilisateurCourant courant, ProgrammeService programmes, ReferentielService referentiels, SofiDbContext db, TimeProvider clock) : PageModel
{
    /// <summary>The three lists of values that a programme may settle for a field.</summary>
    public static readonly IReadOnlyList<(string Nom, string Libelle, Func<AttenteChamp, Codes> Of)> Colonnes =
    [
        ("proposees", "Proposée", expected => expected.Proposees),
        ("attendues", "Attendue", expected => expected.Attendues),
        ("admises", "Admise", expected => expected.Admises),
    ];

    /// <summary>Settings being changed: 0 for a new line; <c>null</c> for those of today.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Reglage { get; set; }

    /// <summary>Version that the form started from.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>Settings being typed; expectations and texts of each field are read beside them.</summary>
    [BindProperty]
    public ReglagesSaisis Saisie { get; set; } = new();

    /// <summary>Button pressed: <c>enregistrer</c> or <c>chercher-Publics</c>.</summary>
    [BindProperty(Name = "action")]
    public string Geste { get; set; } = "enregistrer";

    /// <summary>Code of the programme.</summary>
    public string Code { get; private set; } = "";

    /// <summary>The programme; <c>null</c> while only its settings are known.</summary>
    public Programme? Programme { get; private set; }

    /// <summary>Dated settings, latest first.</summary>
    public IReadOnlyList<ReglagesProgramme> Reglages { get; private set; } = [];

    /// <summary>Number of the settings that apply today; 0 when none does.</summary>
    public int Applicables { get; private set; }

    /// <summary>Other programmes whose settings can be taken up.</summary>
    public IReadOnlyList<ProgrammeListe> Modeles { get; private set; } = [];

    /// <summary>What the form shows of the fields.</summary>
    public Attentes Attentes { get; private set; } = Attentes.Aucune;

    /// <summary>What someone else saved meanwhile, against what was typed; empty without conflict.</summary>
    public IReadOnlyList<Changement> Differences { get; private set; } = [];

    /// <summary>Name of the form field that holds the values of a list.</summary>
    public static string NameOf(string colonne, string cle) => $"{colonne}-{cle}";

    public async Task<IActionResult> OnGetAsync(string code, string? modele, CancellationToken cancellation)
    {
        if (!await LoadAsync(code, cancellation)) return NotFound();
        var shown = Reglages.FirstOrDefault(r => r.Id == Reglage) ?? Reglages.FirstOrDefault(r => r.Id == Applicables)
            ?? (Reglages is [var latest, ..] ? latest : null);
        if (Reglage is > 0 && shown?.Id != Reglage) return NotFound();
        if (modele is not null && await programmes.ReglagesAsync(modele, cancellation) is [var model, ..]) shown = model;
        if (modele is not null || shown is null) Reglage = 0;
        Reglage ??= shown!.Id;
        Attentes = shown?.Attentes ?? Attentes.Aucune;
        Saisie = ReglagesSaisis.Of(Attentes, Reglage == 0 ? null : shown!.ApplicableLe, Reglage == 0 ? null : shown!.Remarque);
        Version = Reglage == 0 ? 0 : shown!.Version;
        await ShowAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string code, CancellationToken cancellation)
    {
        if (!await LoadAsync(code, cancellation)) return NotFound();
        Attentes = Saisie.ToAttentes(ReadChamps(), ReadTextes());
        await ShowAsync(cancellation);
        if (Geste.StartsWith("chercher-", StringComparison.Ordinal)) return Page();
        await VerifyAsync(cancellation);
        if (!ModelState.IsValid) return Page();

        var typed = new ReglagesProgramme
        {
            Id = Reglage ?? 0,
            CodeProgramme = code,
            ApplicableLe = Saisie.ApplicableLe!.Value,
            Attentes = Attentes,
            Remarque = Saisie.Remarque,
            Version = Version,
        };
        switch (await programmes.SaveAsync(typed, courant.Value.Auteur, cancellation))
        {
            case IssueReglage.Enregistre:
                this.Announce($"Les réglages applicables à partir du {typed.ApplicableLe:dd/MM/yyyy} sont enregistrés.");
                return Redirect($"/cariforef/programmes/{Uri.EscapeDataString(code)}");
            case IssueReglage.DejaPris:
                ModelState.AddModelError("Saisie.ApplicableLe",
                    "Applicables à partir du : d'autres réglages portent déjà cette date ; choisissez-en une autre, ou modifiez-les.");
                return Page();
            default:
                return await ConflictAsync(typed, cancellation);
        }
    }

    /// <summary>Both values are shown; saving again is a knowing choice.</summary>
    private async Task<IActionResult> ConflictAsync(ReglagesProgramme typed, CancellationToken cancellation)
    {
        Reglages = await programmes.ReglagesAsync(Code, cancellation);
        if (Reglages.FirstOrDefault(r => r.Id == typed.Id) is not { } stored) return NotFound();
        Differences = ReglagesSaisis.Differences(stored, typed);
        Version = stored.Version;
        ModelState.Remove(nameof(Version));
        ModelState.AddModelError("",
            "Quelqu’un a enregistré ces réglages pendant votre saisie. Comparez les valeurs ci-dessous, puis enregistrez de nouveau pour garder les vôtres.");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private async Task VerifyAsync(CancellationToken cancellation)
    {
        if (Saisie.ApplicableLe is null) ModelState.TryAddModelError("Saisie.ApplicableLe", "Applicables à partir du : indiquez une date.");
        if (Saisie.FermetureSaisie < Saisie.OuvertureSaisie)
            ModelState.AddModelError("Saisie.FermetureSaisie", "Fermeture de la saisie : elle précède l'ouverture ; corrigez l'une des deux.");
        if (Saisie.Remarque?.Length > ReglagesSaisis.LongueurRemarque)
            ModelState.AddModelError("Saisie.Remarque", $"Remarque : {ReglagesSaisis.LongueurRemarque} caractères au plus.");
        foreach (var (cle, faute) in ChampsReglables.Verify(Attentes)) ModelState.AddModelError("champ-" + cle, faute);
        var codes = Attentes.CodesCertifinfo.Select(text => int.TryParse(text, out var number) ? number : 0).ToList();
        var known = await db.Set<Certification>().Where(c => codes.Contains(c.Code)).Select(c => c.Code).ToListAsync(cancellation);
        if (Attentes.CodesCertifinfo.Where((_, i) => !known.Contains(codes[i])).ToList() is { Count: > 0 } unknown)
            ModelState.AddModelError("Saisie.CodesCertifinfo", $"Codes CertifInfo : {string.Join(", ", unknown)} inconnus ; corrigez-les ou retirez-les.");
    }

    private async Task<bool> LoadAsync(string code, CancellationToken cancellation)
    {
        Code = code;
        var all = await programmes.ListAsync(cancellation);
        if (all.FirstOrDefault(p => p.Code == code) is not { } found) return false;
        Programme = found.Programme;
        Modeles = [.. all.Where(p => p.NbReglages > 0 && p.Code != code)];
        Reglages = await programmes.ReglagesAsync(code, cancellation);
        Applicables = Reglages.FirstOrDefault(r => r.ApplicableLe <= clock.Today())?.Id ?? 0;
        return true;
    }

    private async Task ShowAsync(CancellationToken cancellation)
    {
        var contexte = new ContexteFiche();
        contexte.Listes[ListeOuverte.Prerequis] = [.. (await referentiels.PrerequisAsync(retires: true, cancellation))
            .Where(p => p.Actif || Saisie.Prerequis.Contains(p.Code)).Select(p => new Choix(p.Code, p.Libelle))];
        contexte.Listes[ListeOuverte.Publics] = [.. await db.Set<Formacode>().Where(f => f.Liste == ListesFormacode.Public).OrderBy(f => f.Code)
            .Select(f => new Choix(f.Code, f.Libelle)).ToListAsync(cancellation)];
        ViewData["Contexte"] = contexte;
    }

    private IEnumerable<AttenteChamp> ReadChamps()
    {
        foreach (var (cle, _, _) in ChampsReglables.Choix)
        {
            var lists = Colonnes.Select(colonne => Codes.From(Request.Form[NameOf(colonne.Nom, cle)].Select(Texte.CleanLine))).ToList();
            if (lists.Any(codes => codes.Count > 0)) yield return new AttenteChamp(cle, lists[0], lists[1], lists[2]);
        }
    }

    private Dictionary<string, string> ReadTextes() => ChampsReglables.Textes
        .Select(field => (field.Cle, Texte.Clean(Request.Form[NameOf("texte", field.Cle)]).Texte))
        .Where(text => text.Texte is not null).ToDictionary(text => text.Cle, text => text.Texte!);
}

/// <summary>The settings of a programme as typed, but the expectations and texts of the fields.</summary>
public sealed record ReglagesSaisis
{
    internal const int LongueurRemarque = 500;

    /// <summary>First day.</summary>
    [Champ("REG-APPLICABLE", "Applicables à partir du", Etoile = true,
        Aide = "JJ/MM/AAAA. Les derniers réglages dont la date est passée s'appliquent.")]
    public DateOnly? ApplicableLe { get; init; }

    /// <summary>Opening of the entry.</summary>
    [Champ("REG-OUVERTURE", "Ouverture de la saisie", Aide = "Sans date, la saisie est déjà ouverte.")]
    public DateOnly? OuvertureSaisie { get; init; }

    /// <summary>Closing of the entry.</summary>
    [Champ("REG-FERMETURE", "Fermeture de la saisie", Aide = "Dernier jour pour créer et envoyer ; enregistrer reste possible après.")]
    public DateOnly? FermetureSaisie { get; init; }

    /// <summary>Information collective required.</summary>
    [Champ("REG-INFORMATION", "Information collective nécessaire", Liste = nameof(Listes.OuiNon), Radio = true,
        Aide = "Pour alimenter Kairos, Ouiform et les sites régionaux.")]
    public string? InformationCollective { get; init; } = Listes.Oui;

    /// <summary>CertifInfo codes, separated by bars.</summary>
    [Champ("REG-CERTIFINFO", "Codes CertifInfo", Longueur = 1000, Aide = "Ceux que l'on peut saisir, séparés par une barre : 93561|12345. Vide : tous.")]
    public string? CodesCertifinfo { get; init; }

    /// <summary>Pré-requis offered.</summary>
    [Champ("REG-PREREQUIS", "Pré-requis proposés", Ouverte = ListeOuverte.Prerequis, Aide = "Aucun coché : toute la table.")]
    public Codes Prerequis { get; init; } = Codes.Aucun;

    /// <summary>Publics expected.</summary>
    [Champ("REG-PUBLICS", "Publics attendus", Ouverte = ListeOuverte.Publics, MaxValeurs = 10)]
    public Codes Publics { get; init; } = Codes.Aucun;

    /// <summary>Remark.</summary>
    [Champ("REG-REMARQUE", "Remarque", Longueur = LongueurRemarque, Forme = Forme.Texte, Lignes = 2,
        Aide = "D'où viennent ces réglages. Seul le Cariforef la lit.")]
    public string? Remarque { get; init; }

    /// <summary>Settings as the form shows them.</summary>
    public static ReglagesSaisis Of(Attentes attentes, DateOnly? applicableLe, string? remarque) => new()
    {
        ApplicableLe = applicableLe,
        OuvertureSaisie = attentes.OuvertureSaisie,
        FermetureSaisie = attentes.FermetureSaisie,
        InformationCollective = attentes.InformationCollectiveRequise ? Listes.Oui : Listes.Non,
        CodesCertifinfo = attentes.CodesCertifinfo.Count == 0 ? null : attentes.CodesCertifinfo.ToString(),
        Prerequis = attentes.Prerequis,
        Publics = attentes.Of(ChampsReglables.Publics)?.Proposees ?? Codes.Aucun,
        Remarque = remarque,
    };

    /// <summary>What was typed as settings, with what was read of each field.</summary>
    public Attentes ToAttentes(IEnumerable<AttenteChamp> champs, IReadOnlyDictionary<string, string> textes) => new()
    {
        Champs = [.. champs, .. Publics.Count == 0 ? Array.Empty<AttenteChamp>() : [new AttenteChamp(ChampsReglables.Publics, Publics, Publics, Codes.Aucun)]],
        TextesProposes = textes,
        Prerequis = Prerequis,
        CodesCertifinfo = Codes.Parse(CodesCertifinfo),
        OuvertureSaisie = OuvertureSaisie,
        FermetureSaisie = FermetureSaisie,
        InformationCollectiveRequise = InformationCollective != Listes.Non,
    };

    /// <summary>The values that differ between what is stored and what was typed, in the words of the screen.</summary>
    public static IReadOnlyList<Changement> Differences(ReglagesProgramme stored, ReglagesProgramme typed)
    {
        var (before, after) = (Words(stored), Words(typed));
        return [.. before.Keys.Union(after.Keys).Select(key => new Changement(key, before.GetValueOrDefault(key), after.GetValueOrDefault(key)))
            .Where(change => change.Avant != change.Apres)];
    }

    private static Dictionary<string, string> Words(ReglagesProgramme reglages)
    {
        var saisis = Of(reglages.Attentes, reglages.ApplicableLe, reglages.Remarque);
        var words = Champ.Of<ReglagesSaisis>().Select(champ => (champ.Libelle, Texte: champ.Format(saisis))).Where(value => value.Texte.Length > 0)
            .ToDictionary(value => value.Libelle, value => value.Texte);
        foreach (var (cle, _, champ) in ChampsReglables.Choix)
        {
            if (reglages.Attentes.Of(cle) is not { } expected) continue;
            foreach (var (_, libelle, of) in ProgrammeModel.Colonnes)
                if (of(expected).Count > 0) words[$"{champ.Libelle} ({libelle.ToLowerInvariant()})"] = champ.FormatValue(of(expected));
        }

        foreach (var (cle, text) in reglages.Attentes.TextesProposes) words[ChampsReglables.Textes.First(field => field.Cle == cle).Champ.Libelle] = text;
        return words;
    }
}
