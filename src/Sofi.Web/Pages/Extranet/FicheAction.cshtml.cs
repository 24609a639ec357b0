using Microsoft.AspNetCore.Mvc;
using Sofi.Core.Offre;
using Sofi.Core.Offre.Regles;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet;

/// <summary>Fiche Action (procedure, page 9): how the Site dispensateur delivers the formation, and its sessions.</summary>
public class FicheActionModel(UtilisateurCourant courant, SaisieService saisie, OffreLoader loader, ContexteLoader contextes) : FichePage(courant)
{
    [BindProperty]
    public FicheAction Fiche { get; set; } = new();

    /// <summary>Equipment being typed.</summary>
    [BindProperty]
    public FicheEquipement Equipement { get; set; } = new();

    /// <summary>Row of the equipment being changed; <c>null</c> to add one.</summary>
    [BindProperty(SupportsGet = true)]
    public int? EquipementRang { get; set; }

    /// <summary>Lot chosen on "Formations publiques", for an action not saved yet.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Lot { get; set; }

    /// <summary>Site de réalisation chosen at creation, for an action not saved yet.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Lieu { get; set; }

    public override NatureFiche Nature => NatureFiche.Action;

    public override int Numero => Offre.Action.Numero;

    public override IReadOnlyList<SectionFiche> Sections =>
    [
        new("infos", "Infos générales", "site-dispensateur", nameof(Fiche.ComplementIntitule), nameof(Fiche.ComplementProgramme), nameof(Fiche.Objectifs), nameof(Fiche.ResultatsAttendus)),
        new("marketer", "Marketer l’action", nameof(Fiche.PlusFormation), nameof(Fiche.UrlVideo), nameof(Fiche.UrlPdf), nameof(Fiche.UrlAction)),
        new("equipement", "Equipement") { Lignes = typeof(FicheEquipement) },
        new("prerequis", "Pré-requis", nameof(Fiche.NiveauEntree), nameof(Fiche.Prerequis), nameof(Fiche.CommentairePrerequis)),
        .. Numero == 0 ? Array.Empty<SectionFiche>() : [new SectionFiche("sessions", "Sessions") { Fiches = Below }],
    ];

    /// <summary>The sessions that go with the next sending, and their dispositifs.</summary>
    private HashSet<(NatureFiche, int)> Below =>
    [
        .. Offre.Sessions.Where(s => !s.MiseDeCote).SelectMany(s => s.Dispositifs.Select(d => (NatureFiche.Dispositif, d.Id)).Prepend((NatureFiche.Session, s.Numero))),
    ];

    /// <summary>Equipments, one page.</summary>
    public PageListe<LigneSaisie<FicheEquipement>> Equipements { get; private set; } = null!;

    /// <summary>Sessions, one page.</summary>
    public PageListe<SessionSaisie> Sessions { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int? f, int? a)
    {
        if (await LoadAsync(f, a) is not { } action) return NotFound();
        var contexte = await contextes.LoadAsync(action.Offre);
        Fiche = a is null ? action.Offre.Action.Fiche.Preremplir(contexte.AttentesDuProgramme) : action.Offre.Action.Fiche;
        Equipement = EquipementModifie(action)?.Fiche ?? Equipement;
        Begin(action.Offre.Action.Version, Fiche, Equipement);
        ShowAction(contexte with { Offre = WithFiche(action.Offre) }, a is null ? null : action);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? f, int? a)
    {
        if (await LoadAsync(f, a) is not { } action) return NotFound();
        var typed = (Fiche, Equipement);
        Fiche = Settle(action.Offre.Action.Fiche, Fiche);
        Equipement = Settle(EquipementModifie(action)?.Fiche, Equipement);
        action = action with { Offre = WithFiche(action.Offre) };
        ShowAction(await contextes.LoadAsync(action.Offre), a is null ? null : action);
        if (!ModelState.IsValid || IsOnlyShown) return Page();
        var line = LigneModifiee.Of(EquipementRang, Equipement);
        var result = a is null
            ? await saisie.CreateActionAsync(Utilisateur, f!.Value, Lot, Lieu, Fiche, line, Jeton)
            : await saisie.SaveActionAsync(Utilisateur, a.Value, VersionDepart, Fiche, line, Jeton, DepartLu);
        AnnounceKept(result);
        if (result.Enregistre && RankOf("retirer-equipement") is { } rank) result = await saisie.RemoveEquipementAsync(Utilisateur, result.Numero, rank);
        if (Unwritten(result, typed.Fiche, typed.Equipement) is { } answer) return answer;
        if (Geste == "suivante") return Redirect(Next(result.Numero, action));
        if (Geste == "etat") return Redirect($"/sofi/actions/{result.Numero}/etat");
        AnnounceSaved();
        var opened = StaysAt(line) ? line!.Rang ?? (await loader.ActionAsync(result.Numero))!.Offre.Action.Equipements.Max(e => e.Rang) : RankOf("modifier-equipement");
        return Redirect($"/sofi/actions/{result.Numero}" + (opened is null ? "" : $"?equipementRang={opened}") + (opened is null && Geste == "enregistrer" ? "" : "#equipement"));
    }

    protected override bool IsLineShown(Constat constat) => constat.Rang == EquipementRang;

    /// <summary>The equipment being changed; its rank is forgotten when it is not there, or not any more: what is typed is then added.</summary>
    private LigneSaisie<FicheEquipement>? EquipementModifie(ActionChargee action)
    {
        var line = action.Offre.Action.Equipements.FirstOrDefault(e => e.Rang == EquipementRang);
        EquipementRang = line?.Rang;
        return line;
    }

    /// <summary>The only session, a new one, or the table to choose from (decision 52).</summary>
    private static string Next(int numero, ActionChargee action) => action.Offre.Sessions.Count switch
    {
        0 => $"/sofi/actions/{numero}/sessions/nouvelle",
        1 => $"/sofi/sessions/{action.Offre.Sessions[0].Numero}",
        _ => $"/sofi/actions/{numero}#sessions",
    };

    /// <summary>Fills lists and marks; the programme may restrict the pré-requis (decision 15), a chosen one stays.</summary>
    private void ShowAction(Contexte contexte, ActionChargee? action)
    {
        if (contexte.AttentesDuProgramme.Prerequis is { Count: > 0 } offered) Champs.Restreintes["Fiche." + nameof(FicheAction.Prerequis)] = offered;
        Show(contexte, action);
        RefuseLines(contexte, Equipement);
    }

    private OffreSaisie WithFiche(OffreSaisie offre)
    {
        Equipements = offre.Action.Equipements.ToPage(ListeParametres.Read(Request.Query, "equipements"), new ColonnesListe<LigneSaisie<FicheEquipement>>(e => e.Rang),
            e => $"{Listes.TypeEquipement.Libelle(e.Fiche.Type)} {e.Fiche.Commentaire}");
        Sessions = offre.Sessions.ToPage(ListeParametres.Read(Request.Query, "sessions"),
            new ColonnesListe<SessionSaisie>(s => s.Numero).By("session", s => s.Numero).By("debut", s => s.Fiche.DateDebut).By("fin", s => s.Fiche.DateFin),
            s => $"{s.Numero} {s.Fiche.DateDebut:dd/MM/yyyy} {s.Fiche.DateFin:dd/MM/yyyy} {string.Join(' ', s.Dispositifs.Select(d => d.Libelle))}");
        return offre with { Action = offre.Action with { Fiche = Fiche } };
    }

    private async Task<ActionChargee?> LoadAsync(int? f, int? a)
    {
        if (a is { } numero)
        {
            var action = (await loader.ActionAsync(numero))?.VisibleTo(Utilisateur);
            Champs.ToutEnLectureSeule = action is null ? null : SaisieService.ReasonLocked(action.Etat);
            return action;
        }

        if (await loader.FormationAsync(f!.Value) is not { } formation || !await saisie.CanStartActionAsync(Utilisateur, formation.Dispensateur.Numero, Lot, Lieu)) return null;
        var lot = Lot is { } id ? await loader.LotAsync(id) : null;
        return new ActionChargee(new OffreSaisie { Formation = formation, Action = new ActionSaisie { Fiche = new FicheAction(), Lot = lot } }, EtatAction.EnCoursDeSaisie, 0, null);
    }
}
