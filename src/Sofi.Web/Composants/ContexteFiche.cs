using Sofi.Core.Offre;

namespace Sofi.Web.Composants;

/// <summary>One choice of an open list.</summary>
/// <param name="Code">Value posted.</param>
/// <param name="Libelle">Words shown.</param>
public sealed record Choix(string Code, string Libelle);

/// <summary>
/// What a page gives to the <c>champ</c> components below it: the values of open lists, what remains to be completed for the sending,
/// and what is read-only. A page holds it as <c>ViewData["Contexte"]</c>.
/// </summary>
public sealed class ContexteFiche
{
    /// <summary>Values of each open list, in the order of the screen.</summary>
    public Dictionary<ListeOuverte, IReadOnlyList<Choix>> Listes { get; } = [];

    /// <summary>What remains to be completed, by field path (<c>Fiche.DateDebut</c>): shown as "À compléter" marks, never as errors.</summary>
    public Dictionary<string, List<string>> AFaire { get; } = [];

    /// <summary>Paths of the fields that the sending needs here although they carry no star elsewhere: they show one.</summary>
    public HashSet<string> Necessaires { get; } = [];

    /// <summary>Advice that blocks nothing, by field path.</summary>
    public Dictionary<string, List<string>> Conseils { get; } = [];

    /// <summary>Field paths shown as text instead of a control, with the reason (may be empty).</summary>
    public Dictionary<string, string> LectureSeule { get; } = [];

    /// <summary>Reason why the whole fiche is read-only; <c>null</c> while it can be typed.</summary>
    public string? ToutEnLectureSeule { get; set; }

    /// <summary>Hints that replace those of the field, by field path.</summary>
    public Dictionary<string, string> Aides { get; } = [];

    /// <summary>Values of a closed list that are offered first or alone, by field path; none: all values of the list.</summary>
    public Dictionary<string, IReadOnlyList<string>> Restreintes { get; } = [];

    /// <summary>What the text cleaner took out of a field, by field path: the user is told (decision 27).</summary>
    public Dictionary<string, string> Nettoyes { get; } = [];
}
