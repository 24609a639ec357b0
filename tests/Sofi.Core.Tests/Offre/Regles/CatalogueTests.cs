using System.Text.RegularExpressions;
using Sofi.Core.Offre;
using Sofi.Core.Offre.Regles;

namespace Sofi.Core.Tests.Offre.Regles;

/// <summary>What the catalogue promises of every rule: a stable code, a place to land on, a sentence that says what to do.</summary>
public partial class CatalogueTests
{
    [Fact]
    public void A_code_names_one_rule()
    {
        Assert.Equal(Catalogue.Regles.Count, Catalogue.Regles.Select(regle => regle.Code).Distinct().Count());
        Assert.Equal(typeof(Fiches).Assembly.GetTypes().Count(type => type.Name.StartsWith("Fiche", StringComparison.Ordinal) && Champ.Of(type).Count > 0), Fiches.Types.Count);
    }

    [Fact]
    public void A_code_begins_with_its_fiche_and_ends_with_its_nature()
    {
        var fiches = new Dictionary<NatureFiche, string>
        {
            [NatureFiche.Formation] = "FOR-",
            [NatureFiche.Action] = "ACT-",
            [NatureFiche.Session] = "SES-",
            [NatureFiche.Dispositif] = "DIS-",
            [NatureFiche.Etablissement] = "ETA-",
            [NatureFiche.Lieu] = "LIE-",
            [NatureFiche.Contact] = "CON-",
            [NatureFiche.PorteOuverte] = "POR-",
        };
        Assert.All(Catalogue.Regles, regle => Assert.Matches(Code(), regle.Code));
        Assert.All(Catalogue.Regles, regle => Assert.StartsWith(fiches[regle.Fiche], regle.Code));
        Assert.All(Catalogue.Regles.Where(regle => regle.Champs.Count > 0), regle => Assert.Equal(regle.Champs[0].Definition.Code, regle.Code[..^3]));
    }

    [Fact]
    public void The_nature_of_a_derived_rule_gives_its_severity()
    {
        var severities = new Dictionary<string, Gravite>
        {
            ["01"] = Gravite.Bloquant,
            ["02"] = Gravite.Impossible,
            ["03"] = Gravite.Impossible,
            ["04"] = Gravite.Avertissement,
            ["05"] = Gravite.Bloquant,
        };
        Assert.All(Catalogue.Regles.Where(regle => severities.ContainsKey(regle.Code[^2..])), regle => Assert.Equal(severities[regle.Code[^2..]], regle.Gravite));
        // Coherence is said at once and saved (decision 10).
        Assert.All(Catalogue.Regles.Where(regle => !severities.ContainsKey(regle.Code[^2..])), regle => Assert.NotEqual(Gravite.Impossible, regle.Gravite));
    }

    [Fact]
    public void A_rule_lands_on_a_field_or_on_a_section()
    {
        Assert.All(Catalogue.Regles, regle => Assert.NotEqual(regle.Champs.Count > 0, regle.Ancre is not null));
        Assert.Equal(
            ["description", "dispositifs", "informations", "inscriptions", "sessions", "site-dispensateur"],
            Catalogue.Regles.Select(regle => regle.Ancre).OfType<string>().Distinct().Order());
    }

    [Fact]
    public void A_message_is_a_sentence_that_begins_with_its_field()
    {
        Assert.All(Catalogue.Regles, regle => Assert.Matches(Sentence(), regle.Message));
        Assert.All(Catalogue.Regles, regle => Assert.DoesNotContain('\'', regle.Message));
        Assert.All(Catalogue.Regles.Where(regle => regle.Champs.Count > 0), regle => Assert.StartsWith(regle.Champs[0].Libelle + " : ", regle.Message));
    }

    [Fact]
    public void Rules_follow_the_fields_of_the_screens()
    {
        foreach (var fiche in Fiches.Types)
        {
            var fields = Champ.Of(fiche).ToList();
            var ranks = Catalogue.Regles.Where(regle => regle.TypeFiche == fiche).Select(regle => regle.Champs.Count == 0 ? fields.Count : fields.IndexOf(regle.Champs[0]));
            Assert.Equal(ranks.Order(), ranks);
        }
    }

    [Fact]
    public void A_rule_says_nothing_before_the_day_from_which_it_applies()
    {
        var rule = new Regle<FicheAction>("ACT-PLUS-99", [a => a.PlusFormation], Gravite.Bloquant, "Mon + formation : obligatoire.", (_, _) => false, depuis: new DateOnly(2025, 3, 1));
        var contexte = OffreEssai.Contexte();
        Assert.Null(rule.Fault(new FicheAction(), contexte with { Aujourdhui = new DateOnly(2025, 2, 28) }));
        Assert.Equal("Mon + formation : obligatoire.", rule.Fault(new FicheAction(), contexte with { Aujourdhui = new DateOnly(2025, 3, 1) }));
    }

    [GeneratedRegex("^(FOR|ACT|SES|DIS|ETA|LIE|CON|POR)(-[A-Z]+)+-(0[1-5]|[1-9][0-9])$")]
    private static partial Regex Code();

    /// <summary>A label, a colon, a fact and its remedy; no double space, one full stop at the end.</summary>
    [GeneratedRegex(@"^\p{Lu}(?!.*  )[^\n]* : [^\n]+[^ .]\.$")]
    private static partial Regex Sentence();
}
