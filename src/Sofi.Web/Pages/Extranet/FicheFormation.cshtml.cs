using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Core.Referentiels;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet;

/// <summary>Fiche Formation (procedure, page 8): taken up from CertifInfo or free, with its blocs and its actions.</summary>
public class FicheFormationModel(UtilisateurCourant courant, SaisieService saisie, OffreLoader loader, ContexteLoader contextes, ReferentielService referentiels, SofiDbContext db)
    : FichePage(courant)
{
    private static readonly string[] Reprises =
    [
        nameof(FicheFormation.Intitule), nameof(FicheFormation.ObjectifGeneral), nameof(FicheFormation.TypeCertification), nameof(FicheFormation.Objectif),
        nameof(FicheFormation.Programme), nameof(FicheFormation.ResultatsAttendus), nameof(FicheFormation.NiveauSortie),
    ];

    private static readonly ColonnesListe<ActionDeFormation> TrisActions = new ColonnesListe<ActionDeFormation>(a => a.Numero)
        .By("action", a => a.Numero)
        .By("libelle", a => a.Libelle)
        .By("etat", a => a.Etat);

    [BindProperty]
    public FicheFormation Fiche { get; set; } = new();

    /// <summary>CertifInfo code of a formation not saved yet.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Certifinfo { get; set; }

    /// <summary>Établissement of a formation not saved yet: that of the form, even when another one was chosen in the banner meanwhile.</summary>
    [BindProperty]
    public int? Etablissement { get; set; }

    /// <summary>Lot chosen on "Formations publiques": carried to the action.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Lot { get; set; }

    /// <summary>Site de réalisation chosen at creation: carried to the action.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Lieu { get; set; }

    /// <summary>Words searched among the Formacodes.</summary>
    [BindProperty]
    public string? RechercheFormacodes { get; set; }

    public override NatureFiche Nature => NatureFiche.Formation;

    public override int Numero => Offre.Formation.Numero;

    public override IReadOnlyList<SectionFiche> Sections =>
    [
        new("intitule", "Intitulé", nameof(Fiche.Intitule), nameof(Fiche.ObjectifGeneral), nameof(Fiche.TypeCertification)),
        new("description", "Description", nameof(Fiche.Objectif), nameof(Fiche.Programme), nameof(Fiche.ResultatsAttendus), nameof(Fiche.NiveauSortie), nameof(Fiche.Formacodes)),
        new("blocs", "Blocs de compétences", nameof(Fiche.IndividualiserBlocs), nameof(Fiche.ValidationFormation), nameof(Fiche.BlocsChoisis)),
        .. Actions is null ? Array.Empty<SectionFiche>() : [new SectionFiche("actions", "Action")],
    ];

    /// <summary>Blocs de compétences of the certification, one page.</summary>
    public PageListe<BlocPropose> Blocs { get; private set; } = null!;

    /// <summary>Actions of the formation, one page.</summary>
    public PageListe<ActionDeFormation>? Actions { get; private set; }

    public async Task<IActionResult> OnGetAsync(int? f)
    {
        if (await LoadAsync(f) is not { } formation) return NotFound();
        if (f is null && Certifinfo is { } code)
        {
            if (await saisie.FindFormationAsync(formation.Dispensateur.Numero, code) is { } existing) return Redirect($"/sofi/formations/{existing}" + Carried());
            if (!formation.CertificationPubliee) return NotFound();
        }

        Fiche = formation.Fiche;
        Begin(formation.Version, Fiche);
        await ShowAsync(formation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? f)
    {
        if (await LoadAsync(f) is not { } formation) return NotFound();
        var certification = await loader.CertificationAsync(formation.CodeCertifinfo);
        var typed = Fiche.Reprend(certification);
        Fiche = Settle(formation.Fiche, Fiche).Reprend(certification);
        await ShowAsync(formation with { Fiche = Fiche });
        if (!ModelState.IsValid || IsOnlyShown) return Page();
        var result = f is null
            ? await saisie.CreateFormationAsync(Utilisateur with { EtablissementCourant = Etablissement }, Certifinfo, Fiche, Jeton)
            : await saisie.SaveFormationAsync(Utilisateur, f.Value, VersionDepart, Fiche, DepartLu);
        AnnounceKept(result);
        if (Unwritten(result, typed) is { } answer) return answer;
        if (Geste == "suivante") return Redirect(await NextAsync(result.Numero));
        if (Actions is { Total: > 0 }) AnnounceSaved();
        else this.Announce($"La formation {result.Numero} est enregistrée. Passez à l’étape suivante pour décrire son action.");
        return Redirect($"/sofi/formations/{result.Numero}" + Carried());
    }

    /// <summary>The only next fiche, a new one, or the table to choose from (decision 52); through a lot, always a new action.</summary>
    private async Task<string> NextAsync(int formation)
    {
        var actions = Lot is null ? await db.Set<ActionFormation>().Where(a => a.FormationNumero == formation).Select(a => a.Numero).Take(2).ToListAsync() : [];
        return actions.Count switch
        {
            0 => $"/sofi/formations/{formation}/actions/nouvelle" + Carried(),
            1 => $"/sofi/actions/{actions[0]}",
            _ => $"/sofi/formations/{formation}#actions",
        };
    }

    /// <summary>Lot and Site de réalisation, carried from the creation page to the action.</summary>
    public QueryString Carried() => QueryString.Create(
        new Dictionary<string, string?> { ["lot"] = Lot?.ToString(CultureInfo.InvariantCulture), ["lieu"] = Lieu?.ToString(CultureInfo.InvariantCulture) }.Where(pair => pair.Value is not null));

    private async Task<FormationSaisie?> LoadAsync(int? f)
    {
        if (f is { } numero) return await loader.FormationAsync(numero);
        if ((Etablissement ??= Utilisateur.EtablissementCourant) is not { } etablissement || !Utilisateur.CanEdit(etablissement)) return null;
        return Certifinfo is { } code && await loader.CertificationAsync(code) is null ? null : await loader.NouvelleFormationAsync(etablissement, Certifinfo);
    }

    private async Task ShowAsync(FormationSaisie formation)
    {
        var contexte = await contextes.LoadAsync(new OffreSaisie { Formation = formation, Action = new ActionSaisie { Fiche = new FicheAction() } });
        if (RechercheFormacodes is { } words)
        {
            var chosen = contexte.Libelles.Of(ListeOuverte.Formacodes);
            var found = await referentiels.SearchFormacodesAsync(words);
            Champs.Listes[ListeOuverte.Formacodes] =
                [.. chosen.Select(pair => new Choix(pair.Key, pair.Value)), .. found.Where(x => !chosen.ContainsKey(x.Code)).Select(x => new Choix(x.Code, $"{x.Code} {x.Libelle}"))];
        }

        Show(contexte, null);
        if (formation.CodeCertifinfo is not null)
        {
            foreach (var name in Reprises) Champs.LectureSeule["Fiche." + name] = "";
            if ((await loader.CertificationAsync(formation.CodeCertifinfo))!.Formacodes.Count > 0) Champs.LectureSeule["Fiche." + nameof(FicheFormation.Formacodes)] = "";
        }

        if (formation.Blocs.Count == 0)
        {
            Champs.LectureSeule["Fiche." + nameof(FicheFormation.IndividualiserBlocs)] = "";
            Champs.LectureSeule["Fiche." + nameof(FicheFormation.ValidationFormation)] = "";
        }

        Blocs = formation.Blocs.ToPage(ListeParametres.Read(Request.Query, "blocs"),
            new ColonnesListe<BlocPropose>(b => b.Code).By("type", b => b.TypeModule).By("intitule", b => b.Intitule), b => $"{b.Code} {b.Intitule} {b.Objectif} {b.Programme}");
        if (formation.Numero > 0)
        {
            var numero = formation.Numero;
            ActionsMontrees = await db.Set<ActionFormation>().VisibleTo(Utilisateur).Where(a => a.FormationNumero == numero)
                .Select(a => new ActionDeFormation(
                    a.Numero, a.Fiche.ComplementIntitule ?? formation.Fiche.Intitule, a.Etat, a.EnLigneDepuis,
                    a.LotId != null || a.Sessions.Any(s => s.Dispositifs.Any(d => d.LotId != null)), a.Sessions.Count))
                .ToListAsync();
            Actions = ActionsMontrees.ToPage(ListeParametres.Read(Request.Query, "actions"), TrisActions, a => $"{a.Numero} {a.Libelle} {a.Type}");
        }
    }
}

/// <summary>A line of the table of actions of a Fiche Formation.</summary>
/// <param name="Numero">Number A.</param>
/// <param name="Libelle">Its complement, else the intitulé of the formation.</param>
/// <param name="Etat">État of the action.</param>
/// <param name="EnLigneDepuis">First publication (UTC), or <c>null</c>.</param>
/// <param name="EstPublique">True on a lot of the Région (decision 30).</param>
/// <param name="Sessions">Number of its sessions.</param>
public sealed record ActionDeFormation(int Numero, string? Libelle, EtatAction Etat, DateTime? EnLigneDepuis, bool EstPublique, int Sessions)
{
    /// <summary>"Publique" or "Autre" (decision 47).</summary>
    public string Type => EstPublique ? "Publique" : "Autre";
}
