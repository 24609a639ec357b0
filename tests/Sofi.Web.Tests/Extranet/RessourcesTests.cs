using System.Net;
using Sofi.Core.Comptes;
using Sofi.Testing;

namespace Sofi.Web.Tests.Extranet;

/// <summary>Ressources et contacts (procedure, page 12).</summary>
public class RessourcesTests
{
    [Theory, EveryDatabase]
    public async Task The_tutorials_and_the_service_Offre_are_those_of_the_procedure(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var page = await poste.GetAsync("/sofi/ressources");
        page.AssertOk();
        Assert.Equal("Ressources et contacts", page.Text("h1"));
        Assert.Equal(["Tutoriels vidéo", "Service Offre – Cariforef"], page.Texts("main h2"));
        Assert.StartsWith("Retrouvez les tutoriels vidéo sur : ", page.Text("[aria-labelledby=t-tutos] p"));
        Assert.Equal("Par téléphone de 9 h à 12 h : 02 40 20 40 20Par mail : offre@cariforef-pdl.org", page.Text("[aria-labelledby=t-contact] p"));
        Assert.Equal(
            ["https://pro.choisirmonmetier-paysdelaloire.fr/formation/Sofi-organismes-de-formation/Onglet/tutos-et-webinaires", "tel:+33240204020",
                "mailto:offre@cariforef-pdl.org"],
            page.Document.QuerySelectorAll("main section a").Select(link => link.GetAttribute("href")));
    }

    [Theory, EveryDatabase]
    public async Task It_is_for_organismes_whether_or_not_they_have_an_etablissement(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        (await (await poste.SignInAsync(Role.Gestionnaire)).GetAsync("/sofi/ressources")).AssertOk();
        foreach (var role in new[] { Role.Valideur, Role.Administrateur, Role.Region })
            Assert.Equal(HttpStatusCode.Forbidden, (await (await poste.SignInAsync(role)).GetAsync("/sofi/ressources")).Status);
    }
}
