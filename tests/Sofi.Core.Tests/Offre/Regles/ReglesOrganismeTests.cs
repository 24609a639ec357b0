using Sofi.Core.Offre.Regles;

namespace Sofi.Core.Tests.Offre.Regles;

/// <summary>One case of a rule of an organisation's own desk.</summary>
/// <param name="Code">Code of the rule.</param>
/// <param name="Holds">The nearest fiche that it lets pass.</param>
/// <param name="Breaks">The fiche that it stops.</param>
/// <param name="Message">What the rule says of it.</param>
public sealed record CasOrganisme(string Code, object Holds, object Breaks, string Message);

/// <summary>Rules of coherence of établissements, places, contacts and open days, as a table.</summary>
public class ReglesOrganismeTests
{
    internal static readonly IReadOnlyList<CasOrganisme> Tous =
    [
        new("ETA-SIRET-10", OffreEssai.Etablissement with { Siret = "35600000049837" }, OffreEssai.Etablissement with { Siret = "35600000049838" },
            "SIRET : la clé de contrôle est fausse ; vérifiez les 14 chiffres."),
        new("ETA-SIRET-10", OffreEssai.Etablissement, OffreEssai.Etablissement with { Siret = "130005119" },
            "SIRET : « 130005119 » n’a pas 14 chiffres ; écrivez-les sans espace."),
        new("ETA-NDA-10", OffreEssai.Etablissement with { Nda = "942A0012324" }, OffreEssai.Etablissement with { Nda = "5244999004" },
            "Numéro de déclaration d’activité : « 5244999004 » n’a pas 11 chiffres ; écrivez-les sans espace."),
        new("ETA-UAI-10", OffreEssai.Etablissement with { Uai = "0572493A" }, OffreEssai.Etablissement with { Uai = "0681761W" },
            "UAI : « 0681761W » n’est pas sept chiffres et leur lettre de contrôle ; vérifiez-le."),
        new("ETA-QUALIOPI-FIN-10", OffreEssai.Etablissement with { QualiopiJusquAu = OffreEssai.Aujourdhui },
            OffreEssai.Etablissement with { QualiopiJusquAu = OffreEssai.Aujourdhui.AddDays(-1) },
            "Certificat valable jusqu’au : le 11/02/2025 est passé ; indiquez le nouveau certificat."),
        new("ETA-CODE-POSTAL-10", OffreEssai.Etablissement with { CodePostal = null }, OffreEssai.Etablissement with { CodePostal = "4400" },
            "Code postal : il a cinq chiffres ; vérifiez-le."),
        new("LIE-CODE-POSTAL-10", OffreEssai.Lieu with { CodePostal = "44042" }, OffreEssai.Lieu with { CodePostal = "F4400" },
            "Code postal : il a cinq chiffres ; vérifiez-le."),
        new("LIE-LATITUDE-10", OffreEssai.Lieu with { Latitude = null, Longitude = null }, OffreEssai.Lieu with { Latitude = null },
            "Latitude : la longitude est indiquée ; indiquez aussi la latitude."),
        new("LIE-LONGITUDE-10", OffreEssai.Lieu with { Latitude = 0, Longitude = 0 }, OffreEssai.Lieu with { Longitude = null },
            "Longitude : la latitude est indiquée ; indiquez aussi la longitude."),
        new("CON-COURRIEL-10", OffreEssai.Contact with { Courriel = null, Telephone = null }, OffreEssai.Contact with { Courriel = null, Telephone = null, Portable = null },
            "Courriel : le contact n’a ni courriel ni téléphone ; indiquez-en un."),
        new("POR-FIN-10", OffreEssai.PorteOuverte with { HeureFin = null }, OffreEssai.PorteOuverte with { HeureFin = new TimeOnly(9, 30) },
            "Heure de fin : elle ne suit pas l’heure de début ; corrigez l’une des deux."),
        new("POR-DATE-10", OffreEssai.PorteOuverte with { Date = OffreEssai.Aujourdhui }, OffreEssai.PorteOuverte with { Date = OffreEssai.Aujourdhui.AddDays(-1) },
            "Date : le 11/02/2025 est passé et la journée est archivée ; vérifiez-la."),
        new("POR-LIEU-10", OffreEssai.PorteOuverte with { LieuId = null, ADistance = "1" }, OffreEssai.PorteOuverte with { LieuId = null },
            "Lieu : la journée a lieu sur place ; choisissez un lieu."),
        new("POR-URL-10", OffreEssai.PorteOuverte with { Url = null }, OffreEssai.PorteOuverte with { Url = null, ADistance = "1" },
            "Lien de connexion : la journée a lieu à distance ; indiquez le lien."),
    ];

    [Fact]
    public void A_faultless_fiche_breaks_no_rule() => Assert.All(
        new object[] { OffreEssai.Etablissement, OffreEssai.Lieu, OffreEssai.Contact, OffreEssai.PorteOuverte }, fiche => Assert.Empty(Judge(fiche)));

    [Theory, MemberData(nameof(Cases))]
    public void A_rule_stops_the_fiche_that_it_is_for_and_no_other(string code, int index)
    {
        var cas = Tous[index];
        Assert.Empty(Judge(cas.Holds));
        var constat = Assert.Single(Judge(cas.Breaks));
        Assert.Equal((code, cas.Message), (constat.Regle.Code, constat.Message));
    }

    public static TheoryData<string, int> Cases() => new(Tous.Index().Select(entry => (entry.Item.Code, entry.Index)));

    private static IEnumerable<Constat> Judge(object fiche) => Catalogue.Judge(fiche, OffreEssai.Contexte(), 0);
}
