using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Core.Programmes;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet;

/// <summary>Fiche Dispositif (procedure, page 11): seats and fees of a session under one scheme; programme, publics and external codes are read-only.</summary>
public class FicheDispositifModel(UtilisateurCourant courant, SaisieService saisie, OffreLoader loader, ContexteLoader contextes, SofiDbContext db) : FichePage(courant)
{
    [BindProperty]
    public FicheDispositif Fiche { get; set; } = new();

    /// <summary>Scheme of a new dispositif: <c>code-9</c> for one of the table, <c>lot-12</c> for a line of the Région's file.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Choix { get; set; }

    public override NatureFiche Nature => NatureFiche.Dispositif;

    public override int Numero => Dispositif?.Id ?? 0;

    /// <summary>The dispositif shown; <c>null</c> while its scheme is being chosen.</summary>
    public DispositifSaisie? Dispositif { get; private set; }

    /// <summary>The session that it belongs to.</summary>
    public SessionSaisie Session { get; private set; } = null!;

    public override SessionSaisie? SessionMontree => Session;

    public override DispositifSaisie? DispositifMontre => Dispositif;

    public override IReadOnlyList<SectionFiche> Sections =>
    [
        new("description", "Description", nameof(Fiche.Publics)),
        new("places", "Places", nameof(Fiche.NbPlaces), nameof(Fiche.NbPlacesRestantes), nameof(Fiche.EffectifMinimal), nameof(Fiche.CapaciteSimultanee)),
        new("frais", "Frais pédagogiques", nameof(Fiche.FraisHt), nameof(Fiche.TauxTva), nameof(Fiche.FraisAdditionnels), nameof(Fiche.FraisCertification), nameof(Fiche.PriseEnCharge),
            nameof(Fiche.DetailFraisAdditionnels)),
        new("gestion", "Gestion"),
    ];

    /// <summary>Schemes that may be chosen for a new dispositif.</summary>
    public IReadOnlyList<Choix> Choisissables { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int s, int? d)
    {
        if (await LoadAsync(s, d) is not { } action) return NotFound();
        Fiche = Dispositif?.Fiche ?? Fiche;
        Begin(Dispositif?.Version ?? 0, Fiche);
        await ShowAsync(action);
        return Dispositif is null && Request.Query.ContainsKey(nameof(Choix)) ? NotChosen() : Page();
    }

    public async Task<IActionResult> OnPostAsync(int s, int? d)
    {
        if (await LoadAsync(s, d) is not { } action) return NotFound();
        if (Dispositif is null)
        {
            await ShowAsync(action);
            return NotChosen();
        }

        if (Dispositif.Lot is { } lot) Fiche = Fiche with { Publics = lot.Publics };
        var typed = Fiche;
        Fiche = Settle(Dispositif.Fiche, typed);
        Dispositif = Dispositif with { Fiche = Fiche };
        await ShowAsync(action);
        if (!ModelState.IsValid || IsOnlyShown) return Page();
        var result = d is null
            ? await saisie.CreateDispositifAsync(Utilisateur, s, Dispositif.Lot is null ? Dispositif.Code : null, Dispositif.Lot?.Id, Fiche, Jeton)
            : await saisie.SaveDispositifAsync(Utilisateur, d.Value, VersionDepart, Fiche, DepartLu);
        AnnounceKept(result);
        if (Unwritten(result, typed) is { } answer) return answer;
        if (Geste is "etat" or "suivante") return Redirect($"/sofi/actions/{action.Offre.Action.Numero}/etat");
        AnnounceSaved();
        return Redirect($"/sofi/sessions/{s}/dispositifs/{result.Numero}");
    }

    private PageResult NotChosen()
    {
        ModelState.AddModelError(nameof(Choix), "Dispositif : choisissez un dispositif de la liste.");
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private async Task<ActionChargee?> LoadAsync(int s, int? d)
    {
        var numero = await db.Set<SessionFormation>().Where(x => x.Numero == s).Select(x => x.ActionNumero).FirstOrDefaultAsync();
        if ((await loader.ActionAsync(numero))?.VisibleTo(Utilisateur) is not { } action) return null;
        Session = action.Offre.Sessions.First(x => x.Numero == s);
        if (!Session.MiseDeCote) Champs.ToutEnLectureSeule = SaisieService.ReasonLocked(action.Etat);
        var owner = action.Offre.Formation.Dispensateur.Numero;
        if (d is { } id) Dispositif = Session.Dispositifs.First(x => x.Id == id);
        else if (Parse(Choix) is var (code, lot)) Dispositif = await saisie.NouveauDispositifAsync(owner, code, lot);
        if (d is null) Choisissables = await ChoicesAsync(owner, action.Offre.Action.Lot);
        return action;
    }

    private async Task ShowAsync(ActionChargee action)
    {
        var session = Dispositif is null ? Session
            : Session with { Dispositifs = Dispositif.Id == 0 ? [.. Session.Dispositifs, Dispositif] : [.. Session.Dispositifs.Select(x => x.Id == Dispositif.Id ? Dispositif : x)] };
        var offre = action.Offre with { Sessions = [.. action.Offre.Sessions.Select(x => x.Numero == session.Numero ? session : x)] };
        if (Dispositif?.Lot is not null) Champs.LectureSeule["Fiche." + nameof(FicheDispositif.Publics)] = "";
        Show(await contextes.LoadAsync(offre), action);
    }

    /// <summary>Schemes of the table, and the lots of the établissement, the action's own first: those that the session does not have yet.</summary>
    private async Task<List<Choix>> ChoicesAsync(int etablissement, LotSaisie? current)
    {
        var lots = await db.Set<Lot>().OpenTo(etablissement)
            .OrderByDescending(l => l.Programme.Annee).ThenBy(l => l.Numero).Select(l => new { l.Id, l.Numero, l.Intitule, l.CodeMandataireCr }).Take(200).ToListAsync();
        var schemes = await db.Set<Dispositif>().Where(x => x.Actif && x.Nature != NatureDispositif.ProgrammeRegional).OrderBy(x => x.Code).ToListAsync();
        return
        [
            .. schemes.Where(x => Session.Dispositifs.All(own => own.Code != x.Code)).Select(x => new Choix($"code-{x.Code}", $"{x.Code} - {x.Libelle}")),
            .. lots.Where(l => Session.Dispositifs.All(own => own.Lot?.Id != l.Id)).OrderByDescending(l => l.Id == current?.Id).Select(l => new Choix($"lot-{l.Id}", $"{l.Numero} - {l.Intitule} (mandataire {l.CodeMandataireCr})")),
        ];
    }

    private static (int? Code, int? Lot)? Parse(string? choice) => choice?.Split('-') switch
    {
        ["code", var text] when int.TryParse(text, out var code) => (code, null),
        ["lot", var text] when int.TryParse(text, out var lot) => (null, lot),
        _ => null,
    };
}
