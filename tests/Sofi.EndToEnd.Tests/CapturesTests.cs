using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Sofi.Core.Comptes;
using Sofi.Core.Offre;
using Sofi.Core.Validation;

namespace Sofi.EndToEnd.Tests;

/// <summary>The pictures of the README, taken anew by <c>tests/captures.sh</c>: what a person sees on opening each page, in February 2025.</summary>
public class CapturesTests
{
    [Fact(Explicit = true)]
    public async Task Take_the_pictures_of_the_README()
    {
        var world = await World.OfAsync(GetType());
        await using var db = world.Site.CreateContext();
        var etablissement = await db.Set<Core.Organismes.Etablissement>().Where(e => e.Siret == "13000511900032").Select(e => e.Numero).SingleAsync();
        var session = await db.Set<SessionFormation>().OrderBy(s => s.Numero)
            .Where(s => s.Action.Etat == EtatAction.EnCoursDeSaisie && s.Action.LotId != null && s.Action.Formation.EtablissementNumero == etablissement)
            .Select(s => new { s.Numero, s.ActionNumero }).FirstAsync();
        var submission = await db.Set<Soumission>().Where(s => s.Etat == EtatSoumission.EnAttente).OrderBy(s => s.Id).Select(s => s.Id).FirstAsync();
        var (redacteur, valideur) = (await world.AccountAsync(Role.Redacteur), await world.AccountAsync(Role.Valideur));
        foreach (var (compte, width, name, address) in new[]
        {
            (redacteur, 1280, "tableau-de-bord", "/sofi"),
            (redacteur, 1280, "formations-publiques", "/sofi/formations/nouvelle?porte=publique&programme=PE2025&numeroLot=PE2025_12"),
            (redacteur, 1280, "fiche-session", $"/sofi/sessions/{session.Numero}"),
            (redacteur, 375, "fiche-session-375", $"/sofi/sessions/{session.Numero}"),
            (redacteur, 1280, "etat-de-la-saisie", $"/sofi/actions/{session.ActionNumero}/etat"),
            (valideur, 1280, "validation", $"/cariforef/validations/{submission}"),
        })
        {
            await using var visite = await world.Site.VisitAsync(compte, width);
            await visite.Page.SetViewportSizeAsync(width, width < 600 ? 812 : 900);
            await visite.GoAsync(address);
            await visite.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await visite.Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "../../../../docs/captures", name + ".png") });
        }
    }
}
