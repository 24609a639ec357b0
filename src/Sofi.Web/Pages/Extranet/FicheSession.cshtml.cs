using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Core.Offre.Regles;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet;

/// <summary>Fiche Session (procedure, page 10): dates, place, pace, recruitment and contacts of one session, and its dispositifs.</summary>
public class FicheSessionModel(UtilisateurCourant courant, SaisieService saisie, OffreLoader loader, ContexteLoader contextes, SofiDbContext db) : FichePage(courant)
{
    [BindProperty]
    public FicheSession Fiche { get; set; } = new();

    /// <summary>Information collective being typed.</summary>
    [BindProperty]
    public FicheInformationCollective Information { get; set; } = new();

    /// <summary>Rank of the information collective being changed; <c>null</c> to add one.</summary>
    [BindProperty(SupportsGet = true)]
    public int? InformationRang { get; set; }

    /// <summary>Période d'inscription being typed.</summary>
    [BindProperty]
    public FichePeriodeInscription Periode { get; set; } = new();

    /// <summary>Rank of the période d'inscription being changed; <c>null</c> to add one.</summary>
    [BindProperty(SupportsGet = true)]
    public int? PeriodeRang { get; set; }

    public override NatureFiche Nature => NatureFiche.Session;

    public override int Numero => Session.Numero;

    /// <summary>The session shown.</summary>
    public SessionSaisie Session { get; private set; } = null!;

    public override SessionSaisie? SessionMontree => Session;

    public override IReadOnlyList<SectionFiche> Sections =>
    [
        new("description", "Description", nameof(Fiche.LieuId), nameof(Fiche.DateDebut), nameof(Fiche.DateFin), nameof(Fiche.Esp), nameof(Fiche.Rythmes), nameof(Fiche.PeriodesFormation),
            nameof(Fiche.TypeParcours), nameof(Fiche.ModalitesPedagogiques), nameof(Fiche.ModalitesEnseignement)),
        new("durees", "Durées", nameof(Fiche.DureeCentre), nameof(Fiche.DureeEntreprise), nameof(Fiche.DureeHebdo), nameof(Fiche.CommentaireDuree), nameof(Fiche.CycleAlternance),
            nameof(Fiche.UniteEntreprise), nameof(Fiche.UniteCentre)),
        new("organisme", "Organisme Responsable"),
        new("recrutement", "Recrutement", nameof(Fiche.EtatRecrutement), nameof(Fiche.ModalitesRecrutement)),
        new("informations", "Informations collectives") { Lignes = typeof(FicheInformationCollective) },
        new("inscriptions", "Périodes d’inscription") { Lignes = typeof(FichePeriodeInscription) },
        new("contacts", "Contacts référents", nameof(Fiche.ReferentPmr), nameof(Fiche.ReferentPrf), nameof(Fiche.MailLiaison), nameof(Fiche.ReferentMobilite), nameof(Fiche.ContactSession)),
        .. ShowsDispositifs ? [new SectionFiche("dispositifs", "Dispositifs") { Fiches = [.. Session.Dispositifs.Where(d => d.Id > 0).Select(d => (NatureFiche.Dispositif, d.Id))] }]
            : Array.Empty<SectionFiche>(),
    ];

    /// <summary>False while nothing tells the dispositifs of a session that is not saved yet.</summary>
    public bool ShowsDispositifs => Numero > 0 || Session.Dispositifs.Count > 0;

    /// <summary>Informations collectives, one page.</summary>
    public PageListe<LigneSaisie<FicheInformationCollective>> Informations { get; private set; } = null!;

    /// <summary>Périodes d'inscription, one page.</summary>
    public PageListe<LigneSaisie<FichePeriodeInscription>> Periodes { get; private set; } = null!;

    /// <summary>Dispositifs, one page.</summary>
    public PageListe<DispositifSaisie> Dispositifs { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int? a, int? s)
    {
        if (await LoadAsync(a, s) is not { } action) return NotFound();
        if (s is null && Utilisateur.CanEdit(action.Offre.Formation.Dispensateur.Numero) && SaisieService.ReasonLocked(action.Etat) is { } reason)
        {
            this.Announce(reason, TonAnnonce.Attention);
            return Redirect($"/sofi/actions/{a}");
        }

        Fiche = Session.Fiche;
        Information = InformationModifiee()?.Fiche ?? Information;
        Periode = PeriodeModifiee()?.Fiche ?? Periode;
        Begin(Session.Version, Fiche, Information, Periode);
        await ShowAsync(action);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? a, int? s)
    {
        if (await LoadAsync(a, s) is not { } action) return NotFound();
        var typed = (Fiche, Information, Periode);
        Fiche = Settle(Session.Fiche, Fiche);
        Information = Settle(InformationModifiee()?.Fiche, Information);
        Periode = Settle(PeriodeModifiee()?.Fiche, Periode);
        await ShowAsync(action);
        if (!ModelState.IsValid || IsOnlyShown) return Page();
        var (information, periode) = (LigneModifiee.Of(InformationRang, Information), LigneModifiee.Of(PeriodeRang, Periode));
        var result = s is null
            ? await saisie.CreateSessionAsync(Utilisateur, a!.Value, Fiche, information, periode, Jeton)
            : await saisie.SaveSessionAsync(Utilisateur, s.Value, VersionDepart, Fiche, information, periode, Jeton, DepartLu);
        AnnounceKept(result);
        if (result.Enregistre && RankOf("retirer-information") is { } info) result = await saisie.RemoveInformationAsync(Utilisateur, result.Numero, info);
        if (result.Enregistre && RankOf("retirer-periode") is { } period) result = await saisie.RemovePeriodeAsync(Utilisateur, result.Numero, period);
        if (Unwritten(result, typed.Fiche, typed.Information, typed.Periode) is { } answer) return answer;
        if (Geste == "suivante") return Redirect(await NextAsync(result.Numero));
        if (Geste == "etat") return Redirect($"/sofi/actions/{action.Offre.Action.Numero}/etat");
        AnnounceSaved();
        return Redirect($"/sofi/sessions/{result.Numero}" + await LineAsync(result.Numero, information, periode));
    }

    /// <summary>The line that the page opens or stays at, and the table that it stands in.</summary>
    private async Task<string> LineAsync(int session, LigneModifiee<FicheInformationCollective>? information, LigneModifiee<FichePeriodeInscription>? periode)
    {
        var info = RankOf("modifier-information");
        if (StaysAt(information)) info = information!.Rang ?? await db.Set<InformationCollective>().Where(i => i.SessionNumero == session).MaxAsync(i => i.Rang);
        var period = RankOf("modifier-periode");
        if (StaysAt(periode)) period = periode!.Rang ?? await db.Set<PeriodeInscription>().Where(p => p.SessionNumero == session).MaxAsync(p => p.Rang);
        var opened = new[] { ("informationRang", info), ("periodeRang", period) }.Where(line => line.Item2 is not null)
            .Select(line => KeyValuePair.Create(line.Item1, line.Item2?.ToString(CultureInfo.InvariantCulture)));
        return QueryString.Create(opened) + (info is not null || Geste.Contains("information", StringComparison.Ordinal) ? "#informations"
            : period is not null || Geste.Contains("periode", StringComparison.Ordinal) ? "#inscriptions" : "");
    }

    protected override bool IsLineShown(Constat constat) =>
        constat.Rang == (constat.Regle.TypeFiche == typeof(FicheInformationCollective) ? InformationRang : PeriodeRang);

    /// <summary>The information collective being changed; its rank is forgotten when it is not there, or not any more: what is typed is then added.</summary>
    private LigneSaisie<FicheInformationCollective>? InformationModifiee()
    {
        var line = Session.Informations.FirstOrDefault(i => i.Rang == InformationRang);
        InformationRang = line?.Rang;
        return line;
    }

    /// <summary>The période d'inscription being changed; its rank is forgotten when it is not there, or not any more: what is typed is then added.</summary>
    private LigneSaisie<FichePeriodeInscription>? PeriodeModifiee()
    {
        var line = Session.Periodes.FirstOrDefault(p => p.Rang == PeriodeRang);
        PeriodeRang = line?.Rang;
        return line;
    }

    /// <summary>The only dispositif, a new one, or the table to choose from (decision 52).</summary>
    private async Task<string> NextAsync(int session)
    {
        var dispositifs = await db.Set<DispositifSession>().Where(d => d.SessionNumero == session).Select(d => d.Id).Take(2).ToListAsync();
        return dispositifs.Count switch
        {
            0 => $"/sofi/sessions/{session}/dispositifs/nouveau",
            1 => $"/sofi/sessions/{session}/dispositifs/{dispositifs[0]}",
            _ => $"/sofi/sessions/{session}#dispositifs",
        };
    }

    private async Task<ActionChargee?> LoadAsync(int? a, int? s)
    {
        var numero = s is { } session ? await db.Set<SessionFormation>().Where(x => x.Numero == session).Select(x => x.ActionNumero).FirstOrDefaultAsync() : a!.Value;
        if ((await loader.ActionAsync(numero))?.VisibleTo(Utilisateur) is not { } action) return null;
        Session = s is null ? await saisie.NouvelleSessionAsync(action) : action.Offre.Sessions.First(x => x.Numero == s);
        if (!Session.MiseDeCote) Champs.ToutEnLectureSeule = SaisieService.ReasonLocked(action.Etat);
        return action;
    }

    private async Task ShowAsync(ActionChargee action)
    {
        Session = Session with { Fiche = Fiche };
        var others = action.Offre.Sessions.Where(x => x.Numero != Session.Numero);
        var contexte = await contextes.LoadAsync(action.Offre with { Sessions = [.. others.Append(Session).OrderBy(x => x.Numero == 0).ThenBy(x => x.Numero)] });
        if ((contexte with { Session = Session }).Lot is { } lot)
            Champs.Aides["Fiche." + nameof(FicheSession.DateDebut)] = $"La session doit obligatoirement débuter en {lot.Annee}. JJ/MM/AAAA.";
        Show(contexte, action);
        RefuseLines(contexte with { Session = Session }, Information, Periode);
        Informations = Session.Informations.ToPage(ListeParametres.Read(Request.Query, "infos"),
            new ColonnesListe<LigneSaisie<FicheInformationCollective>>(i => i.Rang).By("date", i => i.Fiche.Date), i => $"{i.Code} {i.Fiche.Lieu} {i.Fiche.Url} {i.Fiche.Date:dd/MM/yyyy}");
        Periodes = Session.Periodes.ToPage(ListeParametres.Read(Request.Query, "periodes"),
            new ColonnesListe<LigneSaisie<FichePeriodeInscription>>(p => p.Rang).By("debut", p => p.Fiche.Debut), p => $"{p.Code} {Listes.TypePeriodeInscription.Libelle(p.Fiche.Type)}");
        Dispositifs = Session.Dispositifs.ToPage(ListeParametres.Read(Request.Query, "dispositifs"), new ColonnesListe<DispositifSaisie>(d => d.Id), d => $"{d.Code} {d.Libelle}");
    }
}
