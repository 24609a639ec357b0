using Sofi.Core.Programmes;

namespace Sofi.Core.Offre;

/// <summary>A field on which a programme may have expectations, under the name that the settings give it.</summary>
/// <param name="Cle">Fiche and property, such as <c>Session.Esp</c> (<see cref="AttenteChamp.Champ"/>).</param>
/// <param name="Fiche">Fiche of the field.</param>
/// <param name="Champ">The field.</param>
public sealed record ChampReglable(string Cle, NatureFiche Fiche, Champ Champ);

/// <summary>
/// What the settings of a programme may say of the fiches (decision 15): the fields of the offer, read from the fiches themselves.
/// </summary>
public static class ChampsReglables
{
    /// <summary>The publics of a dispositif: the one open list that settings speak of.</summary>
    public const string Publics = nameof(NatureFiche.Dispositif) + "." + nameof(FicheDispositif.Publics);

    private static readonly ChampReglable[] All =
        [.. Of<FicheAction>(NatureFiche.Action), .. Of<FicheSession>(NatureFiche.Session), .. Of<FicheDispositif>(NatureFiche.Dispositif)];

    /// <summary>Fields of a closed list: values may be proposed, expected, allowed.</summary>
    public static IReadOnlyList<ChampReglable> Choix { get; } = [.. All.Where(field => field.Champ.Liste is not null)];

    /// <summary>Fields of several lines: a text may be proposed.</summary>
    public static IReadOnlyList<ChampReglable> Textes { get; } = [.. All.Where(field => field.Champ.Definition.Forme == Forme.Texte)];

    /// <summary>What is wrong in some expectations, by field: unknown names and values, values proposed that would then be refused.</summary>
    public static IEnumerable<(string Cle, string Faute)> Verify(Attentes attentes)
    {
        foreach (var expected in attentes.Champs.Where(expected => expected.Champ != Publics))
        {
            if (Choix.FirstOrDefault(field => field.Cle == expected.Champ)?.Champ is not { } champ)
            {
                yield return (expected.Champ, "Ce champ n'existe pas : retirez-le.");
                continue;
            }

            var unknown = expected.Proposees.Concat(expected.Attendues).Concat(expected.Admises).FirstOrDefault(code => !champ.Liste!.Contains(code));
            if (unknown is not null) yield return (expected.Champ, $"{champ.Libelle} : « {unknown} » n'est pas une valeur de la liste ; retirez-la.");
            if (!champ.Multiple && expected.Proposees.Count > 1)
                yield return (expected.Champ, $"{champ.Libelle} : ne proposez qu'une valeur, le champ n'en prend qu'une.");
            if (champ.Definition.MaxValeurs is > 0 and var most && expected.Proposees.Count > most)
                yield return (expected.Champ, $"{champ.Libelle} : proposez {most} valeurs au plus.");
            if (expected.Attendues.Count > 0 && !expected.Proposees.All(expected.Attendues.Contains))
                yield return (expected.Champ, $"{champ.Libelle} : une valeur proposée doit aussi être attendue.");
            if (expected.Admises.Count > 0 && !expected.Proposees.Concat(expected.Attendues).All(expected.Admises.Contains))
                yield return (expected.Champ, $"{champ.Libelle} : une valeur proposée ou attendue doit aussi être admise.");
        }

        foreach (var (key, text) in attentes.TextesProposes)
        {
            if (Textes.FirstOrDefault(field => field.Cle == key)?.Champ is not { } champ) yield return (key, "Ce champ n'existe pas : retirez-le.");
            else if (text.Length > champ.Definition.Longueur)
                yield return (key, $"{champ.Libelle} : {champ.Definition.Longueur} caractères au plus ; raccourcissez le texte.");
        }
    }

    private static IEnumerable<ChampReglable> Of<TFiche>(NatureFiche nature) =>
        Champ.Of<TFiche>().Select(champ => new ChampReglable($"{nature}.{champ.Nom}", nature, champ));
}
