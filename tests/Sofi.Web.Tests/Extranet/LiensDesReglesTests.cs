using Sofi.Core.Comptes;
using Sofi.Core.Offre;
using Sofi.Core.Offre.Regles;
using Sofi.Testing;

namespace Sofi.Web.Tests.Extranet;

/// <summary>The récapitulatif leads to the very field: every rule of the catalogue has its target on the page that it opens.</summary>
public class LiensDesReglesTests
{
    [Theory, EveryDatabase]
    public async Task Every_rule_lands_on_its_field(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (formation, action, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        var bureau = await poste.App.SignInAsync(await poste.App.AddCompteAsync(Role.Gestionnaire, poste.Scene.Etablissement.Numero));
        var pages = new Dictionary<NatureFiche, PageHtml>
        {
            [NatureFiche.Formation] = await poste.GetAsync($"/sofi/formations/{formation}"),
            [NatureFiche.Action] = await poste.GetAsync($"/sofi/actions/{action}"),
            [NatureFiche.Session] = await poste.GetAsync($"/sofi/sessions/{session}"),
            [NatureFiche.Dispositif] = await poste.GetAsync($"/sofi/sessions/{session}/dispositifs/{dispositif}"),
            [NatureFiche.Etablissement] = await bureau.GetAsync($"/sofi/organisme/sites/{poste.Scene.Etablissement.Numero}"),
            [NatureFiche.Lieu] = await bureau.GetAsync($"/sofi/organisme/sites/{poste.Scene.Etablissement.Numero}/lieux/{poste.Scene.Lieu.Id}"),
            [NatureFiche.Contact] = await bureau.GetAsync($"/sofi/organisme/contacts/{poste.Scene.Contact.Numero}"),
            [NatureFiche.PorteOuverte] = await bureau.GetAsync("/sofi/organisme/portes-ouvertes/nouvelle"),
        };
        var lost = Catalogue.Regles
            .Select(regle => (regle.Code, regle.Fiche, Cible: new Constat(regle, 1, null, regle.Message).Cible))
            .Where(rule => pages[rule.Fiche].Document.GetElementById(rule.Cible) is null);
        Assert.Empty(lost);
    }
}
