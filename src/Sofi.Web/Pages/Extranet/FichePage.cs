using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Offre;
using Sofi.Core.Offre.Regles;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet;

/// <summary>
/// What the four fiches share: the form token, the version they started from, the marks on their fields, the conflict screen,
/// and where the buttons lead.
/// </summary>
public abstract class FichePage(UtilisateurCourant courant) : PageModel
{
    /// <summary>Version that the form started from.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>Token of a creating form.</summary>
    [BindProperty]
    public Guid Jeton { get; set; }

    /// <summary>Button pressed: <c>enregistrer</c>, <c>suivante</c>, <c>etat</c>, <c>ajouter-…</c>, <c>retirer-…</c>, <c>chercher-…</c> or <c>reprendre</c>.</summary>
    [BindProperty(Name = "action")]
    public string Geste { get; set; } = "enregistrer";

    /// <summary>What the fields below need: lists, marks, read-only reasons.</summary>
    public ContexteFiche Champs { get; } = new();

    /// <summary>The offer shown; the action and its sessions are blank above their own fiche.</summary>
    public OffreSaisie Offre { get; protected set; } = null!;

    /// <summary>État of the action; <c>null</c> on a fiche that is not saved yet.</summary>
    public EtatAction? Etat { get; protected set; }

    /// <summary>First publication of the action.</summary>
    public DateTime? EnLigneDepuis { get; protected set; }

    /// <summary>Broken rules of the whole offer.</summary>
    public IReadOnlyList<Constat> Constats { get; private set; } = [];

    /// <summary>Two people on one fiche: what the other one saved.</summary>
    public ConflitVue? Conflit { get; private set; }

    /// <summary>Fiche of this page.</summary>
    public abstract NatureFiche Nature { get; }

    /// <summary>Number of the fiche shown; 0 before the first save.</summary>
    public abstract int Numero { get; }

    /// <summary>The four steps at the head of the fiche, with their codes and what remains to be completed on each.</summary>
    public IReadOnlyList<Marche> Marches => MarchesFasd.Of(this);

    /// <summary>Session shown, or that of the dispositif shown; <c>null</c> above it.</summary>
    public virtual SessionSaisie? SessionMontree => null;

    /// <summary>Dispositif shown; <c>null</c> above it.</summary>
    public virtual DispositifSaisie? DispositifMontre => null;

    /// <summary>Who last saved the fiche shown, and when.</summary>
    public Trace TraceMontree => Nature switch
    {
        NatureFiche.Formation => Offre.Formation.Trace,
        NatureFiche.Action => Offre.Action.Trace,
        NatureFiche.Session => SessionMontree!.Trace,
        _ => DispositifMontre!.Trace,
    };

    /// <summary>What remains to be completed before the sending, on the whole offer; sessions set aside wait.</summary>
    public int ResteACompleter => Constats.Count(c => c.Regle.Gravite is Gravite.Bloquant or Gravite.Impossible && !Offre.IsSetAside(c.Fiche, c.Numero));

    /// <summary>What remains to be completed on the fields listed, for the summary of a fiche.</summary>
    public int Reste(params ReadOnlySpan<string> paths)
    {
        var count = 0;
        foreach (var path in paths) count += Champs.AFaire.TryGetValue("Fiche." + path, out var messages) ? messages.Count : 0;
        return count;
    }

    /// <summary>What remains to be completed on a line of an inner table.</summary>
    public int ResteLigne<TFiche>(int rang) => Constats.Count(c =>
        c.Fiche == Nature && c.Numero == Numero && c.Rang == rang && c.Regle.TypeFiche == typeof(TFiche) && c.Regle.Gravite is Gravite.Bloquant or Gravite.Impossible);

    /// <summary>The signed-in person.</summary>
    protected Core.Comptes.Utilisateur Utilisateur => courant.Value;

    /// <summary>What the person was typing here and did not save.</summary>
    public Brouillon? Brouillon { get; private set; }

    /// <summary>Address that the draft of this fiche is kept under.</summary>
    public string AdresseBrouillon => Request.Path + Request.QueryString;

    /// <summary>
    /// An address whose values cannot be read leads nowhere. Shows the draft on the way in; a saved form throws it away on the way out.
    /// </summary>
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!HttpMethods.IsPost(Request.Method) && !ModelState.IsValid)
        {
            context.Result = NotFound();
            return;
        }

        var done = await next();
        if (done.Result is null or NotFoundResult) return;
        var brouillons = HttpContext.RequestServices.GetRequiredService<BrouillonService>();
        if (HttpMethods.IsGet(Request.Method)) Brouillon = await brouillons.FindAsync(Utilisateur.CompteId, AdresseBrouillon);
        else if (done.Result is RedirectResult) await brouillons.DropAsync(Utilisateur.CompteId, AdresseBrouillon);
    }

    /// <summary>Fills lists and marks for the view, from the offer as it stands.</summary>
    protected void Show(Contexte contexte, ActionChargee? action)
    {
        Offre = contexte.Offre;
        Etat = action?.Etat;
        EnLigneDepuis = action?.EnLigneDepuis;
        foreach (var list in Enum.GetValues<ListeOuverte>())
            Champs.Listes.TryAdd(list, [.. contexte.Libelles.Of(list).Select(pair => new Choix(pair.Key, pair.Value))]);
        Constats = Catalogue.Judge(contexte);
        foreach (var constat in Constats.Where(c => c.Fiche == Nature && c.Numero == Numero && c.Champ is not null && (c.Rang is null || IsLineShown(c))))
        {
            if (constat.Regle.Gravite == Gravite.Impossible) Refuse(constat);
            var marks = constat.Regle.Gravite == Gravite.Avertissement ? Champs.Conseils : Champs.AFaire;
            if (!marks.TryGetValue(constat.Chemin, out var messages)) marks[constat.Chemin] = messages = [];
            messages.Add(constat.Message);
        }

        foreach (var nom in Catalogue.Necessaires(FicheMontree, contexte with { Session = SessionMontree, Dispositif = DispositifMontre })) Champs.Necessaires.Add("Fiche." + nom);
        if (!Utilisateur.CanEdit(Offre.Formation.Dispensateur.Numero))
            Champs.ToutEnLectureSeule = "Vous lisez cette fiche au titre de mandataire du lot : seul l’organisme formateur la modifie.";
        if (Jeton == Guid.Empty) Jeton = Guid.NewGuid();
        ViewData["Contexte"] = Champs;
    }

    /// <summary>The same for the lines of inner tables being typed.</summary>
    protected void RefuseLines(Contexte contexte, params ReadOnlySpan<object> lines)
    {
        foreach (var line in lines)
            foreach (var constat in Catalogue.Impossibles(line, contexte)) Refuse(constat);
    }

    /// <summary>A refused form tells all that cannot be stored at once: what could not even be read, and what no fiche can hold.</summary>
    private void Refuse(Constat constat)
    {
        if (!ModelState.IsValid && ModelState.GetValidationState(constat.Chemin) != ModelValidationState.Invalid)
            ModelState.AddModelError(constat.Chemin, constat.Message);
    }

    private object FicheMontree => Nature switch
    {
        NatureFiche.Formation => Offre.Formation.Fiche,
        NatureFiche.Action => Offre.Action.Fiche,
        NatureFiche.Session => SessionMontree!.Fiche,
        _ => DispositifMontre?.Fiche ?? new FicheDispositif(),
    };

    /// <summary>True when the constat stands on the line of an inner table that the page is editing.</summary>
    protected virtual bool IsLineShown(Constat constat) => false;

    /// <summary>Faults without a field of their own: on inner tables, or on the whole fiche.</summary>
    public IEnumerable<Constat> ConstatsDe(string ancre) =>
        Constats.Where(c => c.Fiche == Nature && c.Numero == Numero && c.Regle.Ancre == ancre);

    /// <summary>Puts impossible values on their fields, a refusal on the page, or shows the conflict screen; <c>null</c> when the fiche was written.</summary>
    /// <param name="result">Outcome of the save.</param>
    /// <param name="typed">The fiche, then the lines of its tables, as the person typed them: before any choice on the conflict screen.</param>
    protected IActionResult? Unwritten(ResultatSaisie result, params object[] typed)
    {
        if (result.Enregistre) return null;
        if (result == ResultatSaisie.Introuvable) return NotFound();
        foreach (var constat in result.Impossibles) ModelState.AddModelError(constat.Chemin, constat.Message);
        if (result.Refus is { } reason) ModelState.AddModelError("", reason);
        if (result.Conflit is { } conflict)
        {
            Conflit = ConflitVue.Between(conflict, typed, Champs, Request.Form);
            Response.StatusCode = StatusCodes.Status409Conflict;
            return new PageResult();
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return new PageResult();
    }

    /// <summary>
    /// The fiche or line to save after the conflict screen: the present one, with the person's own value where she kept it.
    /// What is not there any more is saved as it was typed.
    /// </summary>
    protected TFiche Settle<TFiche>(TFiche? current, TFiche typed)
        where TFiche : class =>
        current is not null && ConflitVue.KeptFields(Request.Form, typeof(TFiche)) is { } kept ? current.Reprendre(typed, kept) : typed;

    /// <summary>True when the form only comes back with its values: a search among a long list, or a draft taken up again.</summary>
    protected bool IsOnlyShown => Geste == "reprendre" || Geste.StartsWith("chercher-", StringComparison.Ordinal);

    /// <summary>Says the procedure's sentence, with a link to the rubric; the action of a session set aside may have left it (decision 51).</summary>
    protected void AnnounceSaved()
    {
        if (Etat is { } etat && SaisieService.ReasonLocked(etat) is not null) this.Announce("Votre saisie est sauvegardée. La session mise de côté partira avec un prochain envoi.");
        else this.Announce("Votre saisie est sauvegardée dans la rubrique", lien: "Actions de formation en cours de saisie", adresse: "/sofi/actions?rubrique=en-cours", fin: "de votre tableau de bord");
    }

    /// <summary>Rank of the line that a <c>retirer-</c> button names, or <c>null</c>.</summary>
    protected int? RemovedRank(string table)
    {
        var prefix = $"retirer-{table}-";
        return Geste.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(Geste[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var rank) ? rank : null;
    }
}

/// <summary>The conflict screen: each field that differs, both values, one choice.</summary>
/// <param name="Auteur">Name of the person who saved meanwhile.</param>
/// <param name="Le">When she saved (UTC).</param>
/// <param name="Version">Version to resend.</param>
/// <param name="Champs">Fields that differ.</param>
/// <param name="Postes">Everything else that the form held, sent again unchanged.</param>
public sealed record ConflitVue(string Auteur, DateTime Le, int Version, IReadOnlyList<ChampEnConflit> Champs, IReadOnlyList<KeyValuePair<string, string>> Postes)
{
    /// <summary>Prefix of the choices in the form.</summary>
    public const string Prefixe = "Garder.";

    /// <summary>Value of a choice that keeps the person's own value.</summary>
    public const string LaMienne = "mienne";

    /// <summary>Value of a choice that keeps the other person's value.</summary>
    public const string LAutre = "autre";

    /// <summary>Fields of a fiche or line whose own value the person kept on the conflict screen; <c>null</c> when the form does not come from it.</summary>
    public static IReadOnlySet<string>? KeptFields(IFormCollection form, Type fiche)
    {
        var prefix = Prefixe + Fiches.PrefixOf(fiche) + ".";
        return !form.Keys.Any(key => key.StartsWith(Prefixe, StringComparison.Ordinal)) ? null
            : form.Where(field => field.Key.StartsWith(prefix, StringComparison.Ordinal) && field.Value == LaMienne).Select(field => field.Key[prefix.Length..]).ToHashSet();
    }

    /// <summary>Compares what is now stored with what was typed: the fiche, and the lines being changed.</summary>
    public static ConflitVue Between(Conflit conflict, IReadOnlyList<object> typed, ContexteFiche contexte, IFormCollection form)
    {
        var fields =
            from current in conflict.Lignes.Prepend(conflict.Actuelle)
            let mine = typed.First(value => value.GetType() == current.GetType())
            from champ in Champ.Of(current.GetType())
            where !Equals(champ.Read(current), champ.Read(mine))
            let path = Fiches.PrefixOf(current.GetType()) + "." + champ.Nom
            select new ChampEnConflit(path, champ.Libelle, Words(champ, current), Words(champ, mine), form[Prefixe + path] == LAutre);
        var kept = form.Where(field => field.Key is not ("Version" or "__RequestVerificationToken") && !field.Key.StartsWith(Prefixe, StringComparison.Ordinal))
            .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")));
        return new ConflitVue(conflict.Trace.ModifiePar, conflict.Trace.ModifieLe, conflict.Version, [.. fields], [.. kept]);

        string Words(Champ champ, object fiche)
        {
            var options = contexte.Listes.TryGetValue(champ.Definition.Ouverte, out var list) ? list.ToDictionary(choice => choice.Code, choice => choice.Libelle) : null;
            return champ.Format(fiche, options) is { Length: > 0 } words ? words : "(vide)";
        }
    }
}

/// <summary>A field of the conflict screen.</summary>
/// <param name="Chemin">Path of the field, such as <c>Fiche.DateDebut</c> or <c>Information.Lieu</c>.</param>
/// <param name="Libelle">Its label.</param>
/// <param name="Autre">The other person's value.</param>
/// <param name="Mienne">One's own value.</param>
/// <param name="GardeAutre">True when the person chose the other value on a former conflict screen.</param>
public sealed record ChampEnConflit(string Chemin, string Libelle, string Autre, string Mienne, bool GardeAutre);
