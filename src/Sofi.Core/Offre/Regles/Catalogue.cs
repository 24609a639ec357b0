using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Sofi.Core.Data;

namespace Sofi.Core.Offre.Regles;

/// <summary>
/// The one catalogue of rules. Stars, limits and lists are derived from the fields (<see cref="ChampAttribute"/>);
/// coherence is written by hand in <see cref="ReglesFormation"/>, <see cref="ReglesAction"/>, <see cref="ReglesSession"/>, <see cref="ReglesDispositif"/>.
/// </summary>
public static partial class Catalogue
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>Every rule, in the order of the procedure then of the codes.</summary>
    public static readonly IReadOnlyList<Regle> Regles = Build();

    private static readonly ILookup<Type, Regle> ByFiche = Regles.ToLookup(regle => regle.TypeFiche);

    /// <summary>The rules that hold back the save of a value and that it breaks (decision 10).</summary>
    public static IReadOnlyList<Constat> Impossibles(object fiche, Contexte contexte, int numero = 0, int? rang = null) =>
        [.. Judge(fiche, contexte, numero, rang).Where(constat => constat.Regle.Gravite == Gravite.Impossible)];

    /// <summary>Every broken rule of a whole offer, in the order of the screens; sessions set aside are judged too.</summary>
    public static IReadOnlyList<Constat> Judge(Contexte contexte)
    {
        var offre = contexte.Offre;
        var faults = new List<Constat>();
        faults.AddRange(Judge(offre.Formation.Fiche, contexte, offre.Formation.Numero));
        faults.AddRange(Judge(offre.Action.Fiche, contexte, offre.Action.Numero));
        foreach (var line in offre.Action.Equipements) faults.AddRange(Judge(line.Fiche, contexte, offre.Action.Numero, line.Rang));
        foreach (var session in offre.Sessions)
        {
            var inside = contexte with { Session = session };
            faults.AddRange(Judge(session.Fiche, inside, session.Numero));
            foreach (var line in session.Informations) faults.AddRange(Judge(line.Fiche, inside, session.Numero, line.Rang));
            foreach (var line in session.Periodes) faults.AddRange(Judge(line.Fiche, inside, session.Numero, line.Rang));
            foreach (var dispositif in session.Dispositifs)
                faults.AddRange(Judge(dispositif.Fiche, inside with { Dispositif = dispositif }, dispositif.Id));
        }

        return faults;
    }

    /// <summary>Every broken rule of one fiche or line.</summary>
    public static IEnumerable<Constat> Judge(object fiche, Contexte contexte, int numero, int? rang = null)
    {
        foreach (var regle in ByFiche[fiche.GetType()])
            if (regle.Fault(fiche, contexte) is { } message)
                yield return new Constat(regle, numero, rang, message);
    }

    private static List<Regle> Build()
    {
        var rules = new List<Regle>();
        foreach (var fiche in Fiches.Types)
        {
            var derive = typeof(Catalogue).GetMethod(nameof(Derive), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(fiche);
            rules.AddRange((IEnumerable<Regle>)derive.Invoke(null, null)!);
        }

        foreach (var holder in new[] { typeof(ReglesFormation), typeof(ReglesAction), typeof(ReglesSession), typeof(ReglesDispositif) })
            rules.AddRange(holder.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (Regle)field.GetValue(null)!));
        return [.. rules.OrderBy(rule => Fiches.Types.ToList().IndexOf(rule.TypeFiche)).ThenBy(rule => rule.Code, StringComparer.Ordinal)];
    }

    private static IEnumerable<Regle> Derive<TFiche>()
        where TFiche : class
    {
        foreach (var champ in Champ.Of<TFiche>())
        {
            var d = champ.Definition;
            if (d.Etoile)
            {
                var todo = d.Consigne ?? DefaultInstruction(champ);
                yield return new Regle<TFiche>($"{d.Code}-01", [champ], Gravite.Bloquant, $"{champ.Libelle} : {todo}.", (fiche, _) => !champ.EstVide(fiche));
            }

            if (champ.Type == typeof(string) && d.Longueur > 0)
            {
                yield return new Regle<TFiche>($"{d.Code}-02", [champ], Gravite.Impossible,
                    $"{champ.Libelle} : {d.Longueur.ToString("N0", French)} caractères au plus ; raccourcissez le texte.",
                    (fiche, _) => champ.Read(fiche) is not string text || text.Length <= d.Longueur,
                    (fiche, _) => $"{champ.Libelle} : {((string)champ.Read(fiche)!).Length.ToString("N0", French)} caractères, {d.Longueur.ToString("N0", French)} au plus ; raccourcissez le texte.");
            }

            if (champ.Type == typeof(int) && d.Ouverte == ListeOuverte.Aucune || champ.Type == typeof(decimal))
            {
                var (min, max) = (((decimal)d.Min).ToString("#,##0.##", French), ((decimal)d.Max).ToString("#,##0.##", French));
                yield return new Regle<TFiche>($"{d.Code}-02", [champ], Gravite.Impossible,
                    $"{champ.Libelle} : un nombre de {min} à {max}.",
                    (fiche, _) => champ.Read(fiche) is not { } value || InBounds(Convert.ToDecimal(value, CultureInfo.InvariantCulture), d, champ.Type == typeof(decimal) ? 2 : 0),
                    (fiche, _) => $"{champ.Libelle} : {champ.FormatValue(champ.Read(fiche), unit: false)} ne convient pas ; écrivez un nombre de {min} à {max}{(champ.Type == typeof(decimal) ? ", avec deux décimales au plus" : "")}.");
            }

            if (d.MaxValeurs > 0)
            {
                yield return new Regle<TFiche>($"{d.Code}-02", [champ], Gravite.Impossible,
                    $"{champ.Libelle} : {d.MaxValeurs} valeurs au plus ; retirez-en.",
                    (fiche, _) => champ.Read(fiche) is not Codes codes || codes.Count <= d.MaxValeurs);
            }

            if (champ.Liste is { } list)
            {
                yield return new Regle<TFiche>($"{d.Code}-03", [champ], Gravite.Impossible,
                    $"{champ.Libelle} : choisissez une valeur de la liste.",
                    (fiche, _) => champ.Read(fiche) switch
                    {
                        string code => list.Contains(code),
                        Codes codes => codes.All(list.Contains),
                        _ => true,
                    });
            }

            if (d.Ouverte is not ListeOuverte.Aucune and not ListeOuverte.Blocs)
            {
                yield return new Regle<TFiche>($"{d.Code}-03", [champ], Gravite.Impossible,
                    $"{champ.Libelle} : choisissez une valeur de la liste.",
                    (fiche, contexte) => CodesOf(champ.Read(fiche)).All(contexte.Libelles.Of(d.Ouverte).ContainsKey));
            }

            foreach (var rule in ExpectationRules<TFiche>(champ)) yield return rule;

            if (champ.Type == typeof(string) && FormRule(d.Forme) is var (matches, remedy))
            {
                yield return new Regle<TFiche>($"{d.Code}-03", [champ], Gravite.Impossible, $"{champ.Libelle} : {remedy}",
                    (fiche, _) => champ.Read(fiche) is not string { Length: > 0 } text || matches(text),
                    (fiche, _) => $"{champ.Libelle} : « {champ.Read(fiche)} » ne convient pas ; {remedy}");
            }
        }
    }

    /// <summary>04: outside what the programme expects, a warning; 05: outside what it allows, blocking (decision 16).</summary>
    private static IEnumerable<Regle> ExpectationRules<TFiche>(Champ champ)
        where TFiche : class
    {
        if (champ.Liste is null || Fiches.PrefixOf(typeof(TFiche)) != "Fiche") yield break;
        var key = Fiches.NatureOf(typeof(TFiche)) + "." + champ.Nom;
        yield return new Regle<TFiche>($"{champ.Definition.Code}-04", [champ], Gravite.Avertissement,
            $"{champ.Libelle} : cette valeur n'est pas celle que le programme attend.",
            (fiche, contexte) => IsWithin(fiche, contexte.AttentesDuProgramme.Of(key)?.Attendues),
            (fiche, contexte) => $"{champ.Libelle} : le programme attend {Words(contexte.AttentesDuProgramme.Of(key)!.Attendues)}.");
        yield return new Regle<TFiche>($"{champ.Definition.Code}-05", [champ], Gravite.Bloquant,
            $"{champ.Libelle} : le programme n'admet pas cette valeur ; choisissez-en une autre.",
            (fiche, contexte) => IsWithin(fiche, contexte.AttentesDuProgramme.Of(key)?.Admises),
            (fiche, contexte) => $"{champ.Libelle} : le programme n'admet que {Words(contexte.AttentesDuProgramme.Of(key)!.Admises)} ; choisissez une autre valeur.");

        bool IsWithin(TFiche fiche, Codes? wanted) =>
            wanted is null or { Count: 0 } || champ.EstVide(fiche) || CodesOf(champ.Read(fiche)).All(code => wanted.Contains(code));

        string Words(Codes codes) => string.Join(" ou ", codes.Select(code => $"« {champ.Liste!.Libelle(code)} »"));
    }

    private static (Func<string, bool> Matches, string Remedy)? FormRule(Forme forme) => forme switch
    {
        Forme.Courriel => (text => Mail().IsMatch(text), "écrivez une adresse complète, par exemple nom@organisme.fr."),
        Forme.Adresse => (IsWebAddress, "écrivez une adresse qui commence par https:// ou http://."),
        Forme.Video => (IsVideo, "écrivez l'adresse d'une vidéo YouTube ou d'un fichier MP4."),
        _ => null,
    };

    private static bool IsWebAddress(string text) =>
        text.Length >= 3 && !text.Any(char.IsWhiteSpace) && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" && uri.Host.Contains('.', StringComparison.Ordinal) && uri.UserInfo.Length == 0;

    private static bool IsVideo(string text)
    {
        if (!IsWebAddress(text)) return false;
        var uri = new Uri(text);
        var host = uri.Host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? uri.Host[4..] : uri.Host;
        return host.ToLowerInvariant() is "youtube.com" or "m.youtube.com" or "youtu.be" or "youtube-nocookie.com"
            || uri.AbsolutePath.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase);
    }

    private static bool InBounds(decimal value, ChampAttribute definition, int decimals) =>
        value >= (decimal)definition.Min && value <= (decimal)definition.Max && decimal.Round(value, decimals) == value;

    private static Codes CodesOf(object? value) => value switch
    {
        Codes codes => codes,
        string { Length: > 0 } code => [code],
        int number => [number.ToString(CultureInfo.InvariantCulture)],
        _ => Codes.Aucun,
    };

    private static string DefaultInstruction(Champ champ) => champ switch
    {
        { Multiple: true } => "cochez au moins une valeur",
        { Liste: not null } or { Definition.Ouverte: not ListeOuverte.Aucune } => "choisissez une valeur",
        { Type: var type } when type == typeof(DateOnly) => "indiquez une date",
        { Type: var type } when type == typeof(TimeOnly) => "indiquez une heure",
        { Type: var type } when type == typeof(int) || type == typeof(decimal) => "indiquez un nombre",
        _ => "remplissez ce champ",
    };

    [GeneratedRegex(@"^[^@\s,;<>""]+@[^@\s,;<>""]+\.[A-Za-z]{2,}$")]
    private static partial Regex Mail();
}
