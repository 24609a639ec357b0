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
    /// <summary>Every rule, in the order of the fields on the screens; rules about an inner table come last on their fiche.</summary>
    public static readonly IReadOnlyList<Regle> Regles = Build();

    private static readonly ILookup<Type, Regle> ByFiche = Regles.ToLookup(regle => regle.TypeFiche);
    private static readonly ILookup<Type, Regle> OfValues = Regles.Where(regle => regle.Gravite == Gravite.Impossible).ToLookup(regle => regle.TypeFiche);

    /// <summary>The rules that hold back the save of a value and that it breaks (decision 10).</summary>
    public static IReadOnlyList<Constat> Impossibles(object fiche, Contexte contexte, int numero = 0, int? rang = null) =>
        [.. Judge(OfValues[fiche.GetType()], fiche, contexte, numero, rang)];

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
    public static IEnumerable<Constat> Judge(object fiche, Contexte contexte, int numero, int? rang = null) =>
        Judge(ByFiche[fiche.GetType()], fiche, contexte, numero, rang);

    /// <summary>
    /// The fields that this fiche needs before it is sent, whatever their value now: those with a star, and those that a rule would miss here
    /// (a free formation needs its objectif, decision 49).
    /// </summary>
    public static IReadOnlySet<string> Necessaires(object fiche, Contexte contexte)
    {
        var type = fiche.GetType();
        return Champ.Of(type).Where(champ => champ.Definition.Etoile || IsMissed(champ)).Select(champ => champ.Nom).ToHashSet();

        bool IsMissed(Champ champ)
        {
            var rules = ByFiche[type].Where(rule => rule.Gravite == Gravite.Bloquant && rule.Champs is [var first, ..] && first == champ).ToList();
            if (rules.Count == 0) return false;
            var blank = Preremplissage.Copy(fiche);
            champ.Property.SetValue(blank, champ.Multiple ? Codes.Aucun : null);
            return rules.Any(rule => rule.Fault(blank, contexte) is not null);
        }
    }

    private static IEnumerable<Constat> Judge(IEnumerable<Regle> rules, object fiche, Contexte contexte, int numero, int? rang)
    {
        foreach (var regle in rules)
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
        return [.. rules.OrderBy(rule => Position(Fiches.Types, rule.TypeFiche)).ThenBy(RankOfField).ThenBy(rule => rule.Code, StringComparer.Ordinal)];

        static int RankOfField(Regle rule) => rule.Champs.Count == 0 ? int.MaxValue : Position(Champ.Of(rule.TypeFiche), rule.Champs[0]);

        static int Position<T>(IReadOnlyList<T> list, T item) => list.Index().First(entry => Equals(entry.Item, item)).Index;
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
                    $"{champ.Libelle} : {d.Longueur.Nombre()} caractères au plus ; raccourcissez le texte.",
                    (fiche, _) => champ.Read(fiche) is not string text || text.Length <= d.Longueur,
                    (fiche, _) => $"{champ.Libelle} : {((string)champ.Read(fiche)!).Length.Nombre()} caractères, {d.Longueur.Nombre()} au plus ; raccourcissez le texte.");
            }

            if ((champ.Type == typeof(int) && d.Ouverte == ListeOuverte.Aucune) || champ.Type == typeof(decimal))
            {
                var decimals = champ.Type == typeof(decimal) ? 2 : 0;
                var remedy = $"écrivez un nombre de {((decimal)d.Min).Nombre()} à {((decimal)d.Max).Nombre()}{(decimals > 0 ? ", avec deux décimales au plus" : "")}.";
                yield return new Regle<TFiche>($"{d.Code}-02", [champ], Gravite.Impossible,
                    $"{champ.Libelle} : {remedy}",
                    (fiche, _) => champ.Read(fiche) is not { } value || InBounds(Number(value), d, decimals),
                    (fiche, _) => $"{champ.Libelle} : {Number(champ.Read(fiche)!).Nombre()} ne convient pas ; {remedy}");
            }

            if (d.MaxValeurs > 0)
            {
                yield return new Regle<TFiche>($"{d.Code}-02", [champ], Gravite.Impossible,
                    $"{champ.Libelle} : {d.MaxValeurs} valeurs au plus ; retirez-en.",
                    (fiche, _) => CodesOf(champ.Read(fiche)).Count <= d.MaxValeurs,
                    (fiche, _) => $"{champ.Libelle} : {CodesOf(champ.Read(fiche)).Count} valeurs, {d.MaxValeurs} au plus ; retirez-en.");
            }

            if (champ.Liste is { } list) yield return InList<TFiche>(champ, (code, _) => list.Contains(code));
            if (d.Ouverte != ListeOuverte.Aucune) yield return InList<TFiche>(champ, (code, contexte) => contexte.Libelles.Of(d.Ouverte).ContainsKey(code));
            foreach (var rule in ExpectationRules<TFiche>(champ)) yield return rule;

            if (champ.Type == typeof(string) && FormRule(d.Forme) is var (matches, form))
            {
                yield return new Regle<TFiche>($"{d.Code}-03", [champ], Gravite.Impossible, $"{champ.Libelle} : {form}",
                    (fiche, _) => champ.Read(fiche) is not string { Length: > 0 } text || matches(text),
                    (fiche, _) => $"{champ.Libelle} : « {champ.Read(fiche)} » ne convient pas ; {form}");
            }
        }
    }

    /// <summary>03: a value of the closed list, or of the open list as the context gives it.</summary>
    private static Regle<TFiche> InList<TFiche>(Champ champ, Func<string, Contexte, bool> contains)
        where TFiche : class
    {
        return new Regle<TFiche>($"{champ.Definition.Code}-03", [champ], Gravite.Impossible,
            $"{champ.Libelle} : choisissez une valeur de la liste.",
            (fiche, contexte) => !Unknown(fiche, contexte).Any(),
            (fiche, contexte) => $"{champ.Libelle} : {Words(Unknown(fiche, contexte))} n’est pas dans la liste ; choisissez une de ses valeurs.");

        IEnumerable<string> Unknown(TFiche fiche, Contexte contexte) => CodesOf(champ.Read(fiche)).Where(code => !contains(code, contexte));

        static string Words(IEnumerable<string> codes) => string.Join(", ", codes.Select(code => $"« {code} »"));
    }

    /// <summary>04: outside what the programme expects, a warning; 05: outside what it allows, blocking (decision 16).</summary>
    private static IEnumerable<Regle> ExpectationRules<TFiche>(Champ champ)
        where TFiche : class
    {
        if (champ.Liste is not { } list || Fiches.PrefixOf(typeof(TFiche)) != "Fiche") yield break;
        var key = Fiches.NatureOf(typeof(TFiche)) + "." + champ.Nom;
        yield return new Regle<TFiche>($"{champ.Definition.Code}-04", [champ], Gravite.Avertissement,
            $"{champ.Libelle} : ce n’est pas ce que le programme attend ; vérifiez votre choix.",
            (fiche, contexte) => !Outside(fiche, Expected(contexte)).Any() || Outside(fiche, Allowed(contexte)).Any(),
            (fiche, contexte) => $"{champ.Libelle} : {Words(Outside(fiche, Expected(contexte)))} alors que le programme attend {Words(Expected(contexte)!)} ; vérifiez votre choix.");
        yield return new Regle<TFiche>($"{champ.Definition.Code}-05", [champ], Gravite.Bloquant,
            $"{champ.Libelle} : le programme ne l’admet pas ; choisissez une autre valeur.",
            (fiche, contexte) => !Outside(fiche, Allowed(contexte)).Any(),
            (fiche, contexte) => $"{champ.Libelle} : {Words(Outside(fiche, Allowed(contexte)))} n’est pas admis par le programme ; choisissez {Words(Allowed(contexte)!)}.");

        Codes? Expected(Contexte contexte) => contexte.AttentesDuProgramme.Of(key)?.Attendues;

        Codes? Allowed(Contexte contexte) => contexte.AttentesDuProgramme.Of(key)?.Admises;

        IEnumerable<string> Outside(TFiche fiche, Codes? wanted) =>
            wanted is null or { Count: 0 } || champ.EstVide(fiche) ? [] : CodesOf(champ.Read(fiche)).Where(code => !wanted.Contains(code));

        string Words(IEnumerable<string> codes) => string.Join(" ou ", codes.Select(code => $"« {list.Libelle(code)} »"));
    }

    private static (Func<string, bool> Matches, string Remedy)? FormRule(Forme forme) => forme switch
    {
        Forme.Courriel => (text => Mail().IsMatch(text), "écrivez une adresse complète, par exemple nom@organisme.fr."),
        Forme.Adresse => (IsWebAddress, "écrivez une adresse qui commence par https:// ou http://."),
        Forme.Video => (IsVideo, "écrivez l’adresse d’une vidéo YouTube ou d’un fichier MP4."),
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

    private static decimal Number(object value) => Convert.ToDecimal(value, CultureInfo.InvariantCulture);

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
