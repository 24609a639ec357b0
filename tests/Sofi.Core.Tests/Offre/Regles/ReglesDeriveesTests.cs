using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Core.Offre.Regles;
using Sofi.Core.Programmes;

namespace Sofi.Core.Tests.Offre.Regles;

/// <summary>Rules that follow from the definition of a field: each is tried on both sides of its limit.</summary>
public class ReglesDeriveesTests
{
    [Theory, MemberData(nameof(Cases))]
    public void A_derived_rule_stops_at_its_limit(string code, int index)
    {
        var cas = Derived().ElementAt(index);
        var contexte = cas.Context(OffreEssai.Contexte());
        Assert.All(cas.Holds, value => Assert.DoesNotContain(code, CodesOf(contexte, cas.Champ, value)));
        Assert.All(cas.Breaks, value => Assert.Contains(code, CodesOf(contexte, cas.Champ, value)));
    }

    [Fact]
    public void Every_rule_of_the_catalogue_is_broken_by_a_case()
    {
        var broken = Derived().Select(cas => cas.Code).Concat(ReglesEcritesTests.Tous.Select(cas => cas.Code))
            .Concat(ReglesOrganismeTests.Tous.Select(cas => cas.Code)).ToHashSet();
        Assert.Equal(Catalogue.Regles.Select(regle => regle.Code).Order(StringComparer.Ordinal), broken.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("FOR-INTITULE-02", "Intitulé : 256 caractères, 255 au plus ; raccourcissez le texte.")]
    [InlineData("FOR-FORMACODES-02", "Formacodes : 6 valeurs, 5 au plus ; retirez-en.")]
    [InlineData("FOR-NIVEAU-SORTIE-01", "Niveau de sortie : choisissez une valeur.")]
    [InlineData("FOR-BLOCS-03", "Blocs de compétences : « inconnue » n’est pas dans la liste ; choisissez une de ses valeurs.")]
    [InlineData("ACT-URL-VIDEO-03", "URL Vidéo : « https://vimeo.com/1 » ne convient pas ; écrivez l’adresse d’une vidéo YouTube ou d’un fichier MP4.")]
    [InlineData("SES-DUREE-CENTRE-02", "Durée en centre (en h) : -1 ne convient pas ; écrivez un nombre de 0 à 99\u202F999.")]
    [InlineData("SES-PEDAGOGIE-01", "Modalités pédagogiques : cochez au moins une modalité.")]
    [InlineData("SES-ESP-04", "ESP : « Entrée/sortie cadencées ou séquencées » alors que le programme attend « Entrée/sortie à dates fixes » ; vérifiez votre choix.")]
    [InlineData("SES-ESP-05", "ESP : « Entrée/sortie cadencées ou séquencées » n’est pas admis par le programme ; choisissez « Entrée/sortie à dates fixes ».")]
    [InlineData("DIS-FRAIS-HT-02", "Frais HT : 12,345 ne convient pas ; écrivez un nombre de 0 à 999\u202F999,99, avec deux décimales au plus.")]
    [InlineData("LIE-COMMUNE-01", "Commune : cherchez la commune, puis choisissez-la.")]
    [InlineData("LIE-COMMUNE-02", "Commune : 2 valeurs, une seule ; retirez-en.")]
    [InlineData("LIE-LATITUDE-02", "Latitude : 90,01 ne convient pas ; écrivez un nombre de -90 à 90, avec 6 décimales au plus.")]
    [InlineData("CON-TELEPHONE-03", "Téléphone : « poste 12 » ne convient pas ; écrivez dix chiffres, par exemple 02 40 00 00 00, ou un numéro qui commence par +.")]
    [InlineData("DIS-PLACES-01", "Nb places dispositif : indiquez le nombre de places.")]
    public void A_derived_message_gives_the_fact_and_its_remedy(string code, string message)
    {
        var cas = Derived().First(cas => cas.Code == code);
        var contexte = cas.Context(OffreEssai.Contexte());
        Assert.Contains(message, cas.Breaks.SelectMany(value => Judge(contexte, cas.Champ, value)).Select(constat => constat.Message));
    }

    public static TheoryData<string, int> Cases() => new(Derived().Index().Select(entry => (entry.Item.Code, entry.Index)));

    /// <summary>Values on both sides of the limit of one derived rule.</summary>
    private sealed record Derivee(string Code, Champ Champ, object?[] Holds, object?[] Breaks)
    {
        public Func<Contexte, Contexte> Context { get; init; } = contexte => contexte;
    }

    private static IEnumerable<Derivee> Derived() => Fiches.Types.SelectMany(fiche => Champ.Of(fiche).SelectMany(champ => Of(fiche, champ)));

    private static IEnumerable<Derivee> Of(Type fiche, Champ champ)
    {
        var d = champ.Definition;
        var filled = champ.Read(OffreEssai.FicheOf(fiche));
        if (d.Etoile) yield return new Derivee($"{d.Code}-01", champ, [filled], [.. Empties(champ)]);
        if (d.Longueur > 0) yield return new Derivee($"{d.Code}-02", champ, [null, Text(champ, d.Longueur)], [Text(champ, d.Longueur + 1)]);
        if (champ.Type == typeof(int) && d.Ouverte == ListeOuverte.Aucune)
            yield return new Derivee($"{d.Code}-02", champ, [null, (int)d.Min, (int)d.Max], [(int)d.Min - 1, (int)d.Max + 1]);
        if (champ.Type == typeof(decimal))
            yield return new Derivee($"{d.Code}-02", champ, [null, (decimal)d.Min, (decimal)d.Max, 12.34m, 12.340m], [(decimal)d.Min - 0.01m, (decimal)d.Max + 0.01m, d.Decimales == 2 ? 12.345m : 12.3456789m]);
        if (d.MaxValeurs > 0) yield return new Derivee($"{d.Code}-02", champ, [Codes.Aucun, Some(champ, d.MaxValeurs)], [Some(champ, d.MaxValeurs + 1)]);
        if (Known(champ) is { Count: > 0 } known) yield return new Derivee($"{d.Code}-03", champ, [.. known.Select(code => Value(champ, code))], [Value(champ, "inconnue"), Value(champ, known[^1] + "0")]);
        if (d.Forme is Forme.Adresse or Forme.Video or Forme.Courriel or Forme.Telephone) yield return new Derivee($"{d.Code}-03", champ, Right(d.Forme), Wrong(d.Forme));
        if (champ.Liste is null || !Fiches.OfProgramme(fiche)) yield break;
        var (first, second) = (Full(champ)[0], Full(champ)[1]);
        yield return new Derivee($"{d.Code}-04", champ, [null, Value(champ, first)], [Value(champ, second)]) { Context = c => Expect(c, fiche, champ, new AttenteChamp("", [], [first], [])) };
        yield return new Derivee($"{d.Code}-05", champ, [null, Value(champ, first)], [Value(champ, second)]) { Context = c => Expect(c, fiche, champ, new AttenteChamp("", [], [first], [first])) };
    }

    private static IEnumerable<object?> Empties(Champ champ)
    {
        if (champ.Multiple) yield return Codes.Aucun;
        else yield return null;
        if (champ.Type == typeof(string)) yield return "";
        if (champ.Definition.ZeroVide) yield return 0;
        foreach (var code in champ.Liste?.Valeurs.Where(v => v.Vide).Select(v => v.Code) ?? []) yield return Value(champ, code);
    }

    /// <summary>A text of exactly this length, that its form accepts.</summary>
    private static string Text(Champ champ, int length) => champ.Definition.Forme switch
    {
        Forme.Adresse => "https://exemple.test/".PadRight(length, 'a'),
        Forme.Video => "https://exemple.test/".PadRight(length - 4, 'a') + ".mp4",
        Forme.Courriel => "nom@".PadRight(length - 8, 'a') + ".exemple",
        _ => new string('é', length),
    };

    private static object?[] Right(Forme forme) => forme switch
    {
        Forme.Courriel => [null, "nom@organisme.fr", "prenom.nom+sofi@sous.domaine.exemple.test", "o'neil@exemple.test"],
        Forme.Telephone => [null, "0240202040", "02 40 20 20 40", "02.40.20.20.40", "02-40-20-20-40", "3949", "+33 2 40 20 20 40", "+1 (555) 010 0000"],
        Forme.Video =>
        [
            "https://www.youtube.com/watch?v=abc", "https://youtu.be/abc", "https://m.youtube.com/watch?v=abc", "https://www.youtube-nocookie.com/embed/abc",
            "http://exemple.test/film.mp4", "https://exemple.test/film.MP4?debut=10",
        ],
        _ => [null, "https://exemple.test", "http://exemple.test/a?b=c#d", "https://exemple.test/plaquette-été.pdf"],
    };

    private static object?[] Wrong(Forme forme) => forme switch
    {
        Forme.Courriel => ["nom", "nom@organisme", "nom organisme@exemple.test", "nom@exemple.test, autre@exemple.test", "nom@@exemple.test", "<nom@exemple.test>"],
        Forme.Telephone => ["02 40 20 20 4", "1240202040", "02 40 20 20 40 ou 41", "poste 12", "+33", "=0240202040"],
        Forme.Video => ["https://vimeo.com/1", "https://youtube.com.exemple.test/watch", "https://exemple.test/film.avi", "film.mp4", "https://notyoutube.com/watch?v=abc"],
        _ => ["exemple.test", "www.exemple.test", "ftp://exemple.test", "javascript:alert(1)", "https://exemple", "https://nom:secret@exemple.test", "https://exemple.test/a b", "https://"],
    };

    /// <summary>Codes that the list of a field knows, closed or open.</summary>
    private static List<string> Known(Champ champ) => champ.Liste is { } list
        ? [.. list.Valeurs.Select(v => v.Code)]
        : [.. OffreEssai.Contexte().Libelles.Of(champ.Definition.Ouverte).Keys];

    /// <summary>Codes of the list that do not count as empty.</summary>
    private static List<string> Full(Champ champ) => [.. champ.Liste!.Valeurs.Where(v => !v.Vide).Select(v => v.Code)];

    private static Codes Some(Champ champ, int count) => Codes.From(Known(champ).Take(count));

    private static object? Value(Champ champ, string code) => champ switch
    {
        { Multiple: true } => Codes.From([code]),
        { Type: var type } when type == typeof(int) => int.TryParse(code, out var number) ? number : 999999,
        _ => code,
    };

    private static Contexte Expect(Contexte contexte, Type fiche, Champ champ, AttenteChamp attente) =>
        contexte.Programme(p => p with { Champs = [attente with { Champ = $"{Fiches.NatureOf(fiche)}.{champ.Nom}" }] });

    private static IEnumerable<string> CodesOf(Contexte contexte, Champ champ, object? value) => Judge(contexte, champ, value).Select(constat => constat.Regle.Code);

    private static IReadOnlyList<Constat> Judge(Contexte contexte, Champ champ, object? value)
    {
        // A copy of the faultless fiche with one value changed.
        var fiche = OffreEssai.FicheOf(champ.Property.DeclaringType!);
        var copy = fiche.GetType().GetMethod("<Clone>$")!.Invoke(fiche, null)!;
        champ.Property.SetValue(copy, value ?? (champ.Multiple ? Codes.Aucun : null));
        return Fiches.NatureOf(fiche.GetType()) > NatureFiche.Dispositif ? [.. Catalogue.Judge(copy, contexte, 0)] : Catalogue.Judge(contexte.Put(copy));
    }
}
