using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Core.Offre.Regles;
using Sofi.Core.Referentiels;
using Sofi.Web.Composants;
using Sofi.Web.Pages.Extranet;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Organisme;

/// <summary>What the fiches of an organisation's own desk share: form token, version, lists and advice of the fields, conflict screen.</summary>
public abstract class FicheOrganismePage(UtilisateurCourant courant, SofiDbContext db) : OrganismePage(courant, db)
{
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

    /// <summary>Button pressed: <c>enregistrer</c>, or <c>chercher-…</c>.</summary>
    [BindProperty(Name = "action")]
    public string Geste { get; set; } = "enregistrer";

    /// <summary>Words searched among the communes.</summary>
    [BindProperty]
    public string? RechercheCommune { get; set; }

    /// <summary>What the fields below need: lists, advice, read-only reasons.</summary>
    public ContexteFiche Champs { get; } = new() { MentionEtoile = " (obligatoire)" };

    /// <summary>Two people on one fiche: what the other one saved.</summary>
    public ConflitVue? Conflit { get; private set; }

    /// <summary>True when the form only comes back with its values: a search among the communes.</summary>
    protected bool IsOnlyShown => Geste.StartsWith("chercher-", StringComparison.Ordinal);

    /// <summary>Fills lists and advice for the view.</summary>
    /// <param name="fiche">The fiche shown.</param>
    /// <param name="contexte">What its rules look at.</param>
    /// <param name="referentiels">Finds communes.</param>
    protected async Task ShowAsync(object fiche, Contexte contexte, ReferentielService? referentiels = null)
    {
        DepartEcrit = HttpMethods.IsPost(Request.Method) ? Request.Form[nameof(Depart)] : Depart.Write(fiche);
        foreach (var list in new[] { ListeOuverte.Communes, ListeOuverte.Lieux, ListeOuverte.Contacts })
            Champs.Listes[list] = [.. contexte.Libelles.Of(list).Select(pair => new Choix(pair.Key, pair.Value))];
        if (referentiels is not null && RechercheCommune is { } words)
        {
            var found = await referentiels.SearchCommunesAsync(words, 12);
            var chosen = Champs.Listes[ListeOuverte.Communes];
            Champs.Listes[ListeOuverte.Communes] =
                [.. chosen, .. found.Where(c => chosen.All(choix => choix.Code != c.CodeInsee)).Select(c => new Choix(c.CodeInsee, Core.Gestion.GestionService.Label(c)))];
        }

        foreach (var constat in Catalogue.Judge(fiche, contexte, 0))
        {
            if (constat.Regle.Gravite != Gravite.Avertissement)
            {
                // A refused form tells all that holds it back at once: what could not even be read, and what the rules refuse.
                if (!ModelState.IsValid && ModelState.GetValidationState(constat.Chemin) != ModelValidationState.Invalid) ModelState.AddModelError(constat.Chemin, constat.Message);
                continue;
            }

            if (!Champs.Conseils.TryGetValue(constat.Chemin, out var advice)) Champs.Conseils[constat.Chemin] = advice = [];
            advice.Add(constat.Message);
        }

        if (Etablissement is not null && !Modifiable) Champs.ToutEnLectureSeule = "Seul le gestionnaire de l’organisme modifie cette fiche.";
        if (Jeton == Guid.Empty) Jeton = Guid.NewGuid();
        ViewData["Contexte"] = Champs;
    }

    /// <summary>Puts faults on their fields, a refusal on the page, or shows the conflict screen; <c>null</c> when the fiche was written.</summary>
    protected IActionResult? Unwritten(ResultatSaisie result, object typed)
    {
        if (result.Enregistre) return null;
        if (result == ResultatSaisie.Introuvable) return NotFound();
        foreach (var constat in result.Impossibles) ModelState.AddModelError(constat.Chemin, constat.Message);
        if (result.Refus is { } reason) ModelState.AddModelError("", reason);
        if (result.Conflit is { } conflict)
        {
            Conflit = ConflitVue.Between(conflict, [typed], Depart.Read(DepartEcrit), Champs, Request.Form);
            if (VersionVue is not null) Conflit.RequireChoices(ModelState);
        }

        Response.StatusCode = Conflit is null ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict;
        return new PageResult();
    }

    /// <summary>
    /// The fiche to save after the conflict screen: what was typed, with the other person's value where she alone changed the field or where it was chosen.
    /// </summary>
    protected TFiche Settle<TFiche>(TFiche? current, TFiche typed)
        where TFiche : class
    {
        if (current is null || VersionVue is null) return typed;
        (var fiche, isSettled) = ConflitVue.Settle(Request.Form, current, typed, Depart.Read(Request.Form[nameof(Depart)]));
        return fiche;
    }

    /// <summary>Version that the save starts from: the one whose conflicts were all settled, else that of the form.</summary>
    protected int VersionDepart => isSettled ? VersionVue ?? Version : Version;
}
