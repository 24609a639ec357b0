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
    private Contexte contexte = null!;
    private bool isSettled = true;

    /// <summary>Version that the form started from.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>Version whose values the conflict screen showed; <c>null</c> when the form does not come from it.</summary>
    [BindProperty]
    public int? VersionVue { get; set; }

    /// <summary>What the form showed when it was opened, for it to carry (<see cref="Depart"/>).</summary>
    public string? DepartEcrit { get; private set; }

    /// <summary>Token of a creating form.</summary>
    [BindProperty]
    public Guid Jeton { get; set; }

    /// <summary>Button pressed: <c>enregistrer</c>, <c>suivante</c>, <c>etat</c>, <c>ajouter-…</c>, <c>modifier-…</c>, <c>retirer-…</c>,
    /// <c>chercher-…</c> or <c>reprendre</c>.</summary>
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

    /// <summary>Actions of the formation shown; empty on the other fiches.</summary>
    public IReadOnlyList<ActionDeFormation> ActionsMontrees { get; protected set; } = [];

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

    /// <summary>Sections of the fiche, for "Dans cette fiche".</summary>
    public abstract IReadOnlyList<SectionFiche> Sections { get; }

    /// <summary>What remains to be completed in a section: its fields, the lines of its table, the fiches that it lists.</summary>
    public int Reste(SectionFiche section) => Constats.Count(c => c.Regle.Gravite is Gravite.Bloquant or Gravite.Impossible
        && (c.Fiche == Nature ? c.Numero == Numero && section.Holds(c) : section.Fiches.Contains((c.Fiche, c.Numero))));

    /// <summary>What remains to be completed on a line of an inner table.</summary>
    public int ResteLigne<TFiche>(int rang) => Constats.Count(c =>
        c.Fiche == Nature && c.Numero == Numero && c.Rang == rang && c.Regle.TypeFiche == typeof(TFiche) && c.Regle.Gravite is Gravite.Bloquant or Gravite.Impossible);

    /// <summary>The signed-in person.</summary>
    protected Core.Comptes.Utilisateur Utilisateur => courant.Value;

    /// <summary>What the person was typing here and did not save.</summary>
    public Brouillon? Brouillon { get; private set; }

    /// <summary>
    /// Address that the draft of this fiche is kept under: its own, whatever line or page of a table is shown; a new one is known by the choices that led to it.
    /// </summary>
    public string AdresseBrouillon => Request.Path + (Numero > 0 ? "" : QueryString.Create(
        ChoixDeCreation.Where(name => Request.Query.ContainsKey(name)).Select(name => KeyValuePair.Create(name, (string?)Request.Query[name]))).ToString());

    /// <summary>Parameters that tell a new fiche from another.</summary>
    private static readonly string[] ChoixDeCreation = ["certifinfo", "lot", "lieu", "choix"];

    /// <summary>
    /// An address whose values cannot be read leads nowhere. Shows the draft on the way in; a saved form throws it away on the way out,
    /// one that comes back unsaved (refused, conflict, search) is kept.
    /// </summary>
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!HttpMethods.IsPost(Request.Method) && !ModelState.IsValid)
        {
            context.Result = NotFound();
            return;
        }

        if (HttpMethods.IsPost(Request.Method)) DepartEcrit = Request.Form[nameof(Depart)];
        var done = await next();
        var brouillons = HttpContext.RequestServices.GetRequiredService<BrouillonService>();
        switch (done.Result)
        {
            case PageResult when HttpMethods.IsGet(Request.Method):
                Brouillon = await brouillons.FindAsync(Utilisateur.CompteId, AdresseBrouillon);
                break;
            case PageResult when HttpMethods.IsPost(Request.Method) && VersionVue is null && Champs.ToutEnLectureSeule is null:
                await brouillons.KeepAsync(Utilisateur.CompteId, AdresseBrouillon, BrouillonModel.FieldsOf(Request.Form));
                break;
            case RedirectResult when HttpMethods.IsPost(Request.Method):
                await brouillons.DropAsync(Utilisateur.CompteId, AdresseBrouillon);
                break;
        }
    }

    /// <summary>Remembers what the form shows when it opens: the fiche, and the lines of its tables being changed.</summary>
    protected void Begin(int version, params IEnumerable<object> fiches) => (Version, DepartEcrit) = (version, Depart.Write(fiches));

    /// <summary>What the form showed when it was opened; <c>null</c> when unknown.</summary>
    protected Depart? DepartLu => Depart.Read(DepartEcrit);

    /// <summary>Fills lists and marks for the view, from the offer as it stands.</summary>
    protected void Show(Contexte contexte, ActionChargee? action)
    {
        this.contexte = contexte;
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
            Conflit = ConflitVue.Between(conflict, typed, DepartLu, Champs, Request.Form);
            if (VersionVue is not null) Conflit.RequireChoices(ModelState);
            Response.StatusCode = StatusCodes.Status409Conflict;
            return new PageResult();
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return new PageResult();
    }

    /// <summary>
    /// The fiche or line to save after the conflict screen: what was typed, with the other person's value where she alone changed the field or
    /// where it was chosen. What is not there any more is saved as it was typed.
    /// </summary>
    protected TFiche Settle<TFiche>(TFiche? current, TFiche typed)
        where TFiche : class
    {
        if (current is null || VersionVue is null) return typed;
        var (fiche, complete) = ConflitVue.Settle(Request.Form, current, typed, DepartLu);
        isSettled &= complete;
        return fiche;
    }

    /// <summary>Version that the save starts from: the one whose conflicts were all settled, else that of the form.</summary>
    protected int VersionDepart => isSettled ? VersionVue ?? Version : Version;

    /// <summary>True when the form only comes back with its values: a search among a long list, or a draft taken up again.</summary>
    protected bool IsOnlyShown => Geste == "reprendre" || Geste.StartsWith("chercher-", StringComparison.Ordinal);

    /// <summary>Says whose changes were kept beside one's own.</summary>
    protected void AnnounceKept(ResultatSaisie result)
    {
        if (result.Fusion is { } fusion)
            this.Announce($"{fusion.Auteur} a enregistré cette fiche pendant votre saisie : ses changements sont gardés avec les vôtres ({string.Join(", ", fusion.Champs)}).");
    }

    /// <summary>Says the procedure's sentence, with a link to the rubric; the action of a session set aside may have left it (decision 51).</summary>
    protected void AnnounceSaved()
    {
        if (Etat is { } etat && SaisieService.ReasonLocked(etat) is not null) this.Announce("Votre saisie est sauvegardée. La session mise de côté partira avec un prochain envoi.");
        else this.Announce("Votre saisie est sauvegardée dans la rubrique", lien: "Actions de formation en cours de saisie", adresse: "/sofi/actions?rubrique=en-cours", fin: "de votre tableau de bord");
    }

    /// <summary>Rank of the line that the button of a row names, such as <c>retirer-equipement-3</c>; <c>null</c> for another button.</summary>
    /// <param name="geste">What the button does to the line, and its table: <c>retirer-equipement</c>.</param>
    protected int? RankOf(string geste) =>
        Geste.StartsWith(geste + "-", StringComparison.Ordinal) && int.TryParse(Geste[(geste.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var rank) ? rank : null;

    /// <summary>True for a line that lacks something, saved by "Enregistrer": the page then stays at that line.</summary>
    protected bool StaysAt<TFiche>(LigneModifiee<TFiche>? line)
        where TFiche : class =>
        Geste == "enregistrer" && line is not null
        && Catalogue.Judge(line.Fiche, contexte with { Session = SessionMontree }, Numero, line.Rang).Any(c => c.Regle.Gravite == Gravite.Bloquant);
}

/// <summary>A section of a fiche, and what remains to be completed there.</summary>
/// <param name="Ancre">Id of the section.</param>
/// <param name="Titre">Its title.</param>
/// <param name="Champs">Names of its fields, and ids that a rule about no field may land on.</param>
public sealed record SectionFiche(string Ancre, string Titre, params string[] Champs)
{
    /// <summary>Lines of its inner table.</summary>
    public Type? Lignes { get; init; }

    /// <summary>Fiches that its table leads to.</summary>
    public IReadOnlyCollection<(NatureFiche Nature, int Numero)> Fiches { get; init; } = [];

    /// <summary>True when a fault of this fiche shows in the section.</summary>
    public bool Holds(Constat constat) => constat.Regle.TypeFiche == Lignes || constat.Regle.Ancre == Ancre
        || (constat.Rang is null && Champs.Contains(constat.Regle.Ancre ?? constat.Champ?.Nom));
}

/// <summary>The conflict screen: each field that two people changed to different values, both values, one choice.</summary>
/// <param name="Auteur">Name of the person who saved meanwhile.</param>
/// <param name="Le">When she saved (UTC).</param>
/// <param name="Version">Version whose values are shown.</param>
/// <param name="Champs">Fields to choose.</param>
/// <param name="Recus">Labels of the fields that the other person alone changed: her values are kept without asking.</param>
/// <param name="Postes">Everything that the form held, sent again unchanged.</param>
public sealed record ConflitVue(
    string Auteur, DateTime Le, int Version, IReadOnlyList<ChampEnConflit> Champs, IReadOnlyList<string> Recus, IReadOnlyList<KeyValuePair<string, string>> Postes)
{
    /// <summary>Prefix of the choices in the form.</summary>
    public const string Prefixe = "Garder.";

    /// <summary>Value of a choice that keeps the person's own value.</summary>
    public const string LaMienne = "mienne";

    /// <summary>Value of a choice that keeps the other person's value.</summary>
    public const string LAutre = "autre";

    /// <summary>Name of the hidden field that tells the conflict screen from the fiche.</summary>
    public const string Vue = "VersionVue";

    /// <summary>
    /// The fiche or line as the person settled it, and whether she answered for each field; one that she did not answer holds what she typed.
    /// </summary>
    public static (TFiche Fiche, bool Complete) Settle<TFiche>(IFormCollection form, TFiche current, TFiche typed, Depart? depart)
        where TFiche : class
    {
        var start = depart?.Of<TFiche>();
        var choices = Fusion.Conflits(current, typed, start).ToDictionary(champ => champ.Nom, champ => (string?)form[NameOf(typeof(TFiche), champ)]);
        var others = choices.Where(choice => choice.Value == LAutre).Select(choice => choice.Key).ToHashSet();
        return (Fusion.Merge(current, typed, start).Reprendre(current, others), choices.Values.All(choice => choice is LAutre or LaMienne));
    }

    /// <summary>Compares what is now stored with what was typed and with what the form started from: the fiche, and the lines being changed.</summary>
    public static ConflitVue Between(Conflit conflict, IReadOnlyList<object> typed, Depart? depart, ContexteFiche contexte, IFormCollection form)
    {
        var pairs = conflict.Lignes.Prepend(conflict.Actuelle)
            .Select(current => (Current: current, Mine: typed.First(value => value.GetType() == current.GetType()), Start: depart?.Of(current.GetType()))).ToList();
        var fields =
            from pair in pairs
            from champ in Fusion.Conflits(pair.Current, pair.Mine, pair.Start)
            let name = NameOf(pair.Current.GetType(), champ)
            select new ChampEnConflit(name, champ.Libelle, Words(champ, pair.Current), Words(champ, pair.Mine), form[name]);
        var received = pairs.SelectMany(pair => Fusion.Recus(pair.Current, pair.Mine, pair.Start)).Select(champ => champ.Libelle);
        var kept = form.Where(field => field.Key is not (Vue or "__RequestVerificationToken") && !field.Key.StartsWith(Prefixe, StringComparison.Ordinal))
            .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")));
        return new ConflitVue(conflict.Trace.ModifiePar, conflict.Trace.ModifieLe, conflict.Version, [.. fields], [.. received], [.. kept]);

        string Words(Champ champ, object fiche)
        {
            var options = contexte.Listes.TryGetValue(champ.Definition.Ouverte, out var list) ? list.ToDictionary(choice => choice.Code, choice => choice.Libelle) : null;
            return champ.Format(fiche, options) is { Length: > 0 } words ? words : "(vide)";
        }
    }

    /// <summary>An answer that leaves a field without a choice is asked again, on that field.</summary>
    public void RequireChoices(ModelStateDictionary state)
    {
        foreach (var champ in Champs.Where(champ => champ.Choix is null)) state.AddModelError(champ.Nom, $"{champ.Libelle} : choisissez la valeur à garder.");
    }

    private static string NameOf(Type fiche, Champ champ) => $"{Prefixe}{Fiches.PrefixOf(fiche)}.{champ.Nom}";
}

/// <summary>A field of the conflict screen.</summary>
/// <param name="Nom">Name of the choice, such as <c>Garder.Fiche.DateDebut</c> or <c>Garder.Information.Lieu</c>.</param>
/// <param name="Libelle">Its label.</param>
/// <param name="Autre">The other person's value.</param>
/// <param name="Mienne">One's own value.</param>
/// <param name="Choix">Choice already made on a former conflict screen; <c>null</c> while there is none.</param>
public sealed record ChampEnConflit(string Nom, string Libelle, string Autre, string Mienne, string? Choix);
