using System.Net;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Offre;
using Sofi.Core.Programmes;
using Sofi.Testing;

namespace Sofi.Web.Tests.Extranet;

/// <summary>The mandataire reads all that is entered on its lots, with the seats of each formateur, and edits none of it (decision 7).</summary>
public class LotsTests
{
    [Theory, EveryDatabase]
    public async Task A_mandataire_reads_what_each_formateur_entered_and_the_seats(DatabaseKind kind)
    {
        await using var mandataire = await Poste.OpenAsync(kind, GetType());
        await using var formateur = await mandataire.NeighbourAsync();
        await using var idle = await mandataire.NeighbourAsync();
        await mandataire.AddFormateurAsync(formateur.Scene.Etablissement.Numero);
        await mandataire.AddFormateurAsync(idle.Scene.Etablissement.Numero);
        var (_, own, _, _) = await mandataire.Scene.CreateFullOffreAsync();
        var theirs = await EnterAsync(formateur, mandataire.Scene.Lot.Id, 6);
        var page = await mandataire.GetAsync("/sofi/lots");
        Assert.Equal("Lots dont vous êtes mandataire", page.Text("h1"));
        Assert.Equal("Ce que vous et vos organismes formateurs y saisissez. Vous lisez leurs fiches, vous ne les modifiez pas.",
            page.Text(".tete-page .second"));
        Assert.Equal(mandataire.Scene.Lot.Libelle, page.Text("h2[id^=t-lot]"));
        Assert.Equal("18 places saisies sur 20", page.Text(".carton-tete .chiffre"));
        Assert.StartsWith("PROGRAMME REGION - Programme de test", page.Text("section .second.petit"));
        Assert.Equal(
            [Line(mandataire, 1, 12, $"{own}"), Line(formateur, 1, 6, $"{theirs}"), Line(idle, 0, 0, "Rien de saisi")],
            page.Rows("section").Order(StringComparer.Ordinal));
        Assert.Empty(page.Document.QuerySelectorAll(".champ-marque, main form"));

        var read = await page.FollowAsync($"{theirs}");
        Assert.Equal($"/sofi/actions/{theirs}/etat", read.Address);
        Assert.Empty(read.Document.QuerySelectorAll("main form, .barre-bas form, .controle a"));
        foreach (var handler in new[] { "Envoyer", "MettreDeCote" })
            Assert.Equal(HttpStatusCode.NotFound,
                (await mandataire.Redacteur.PostAsync($"/sofi/actions/{theirs}/etat?handler={handler}", [])).Status);

        Assert.DoesNotContain(mandataire.Scene.Lot.Numero, (await formateur.GetAsync("/sofi/lots")).Html);
    }

    [Theory, EveryDatabase]
    public async Task Seats_over_the_quota_and_a_lot_gone_from_the_file_are_told(DatabaseKind kind)
    {
        await using var mandataire = await Poste.OpenAsync(kind, GetType());
        await using var formateur = await mandataire.NeighbourAsync();
        await mandataire.AddFormateurAsync(formateur.Scene.Etablissement.Numero);
        await mandataire.Scene.CreateFullOffreAsync();
        await EnterAsync(formateur, mandataire.Scene.Lot.Id, 9);
        await mandataire.WriteAsync(db =>
            db.Set<Lot>().Where(l => l.Id == mandataire.Scene.Lot.Id).ExecuteUpdateAsync(set => set.SetProperty(l => l.Present, false)));
        var page = await mandataire.GetAsync("/sofi/lots");
        Assert.Equal("21 places saisies sur 20", page.Text(".carton-tete .chiffre"));
        Assert.Equal("Le total des places dépasse celles du lot : vérifiez le bon de commande de la Région.", page.Text(".champ-marque"));
        Assert.EndsWith("· absent du dernier fichier de la Région", page.Text("section .second.petit"));
    }

    [Theory, EveryDatabase]
    public async Task An_etablissement_without_lot_is_told_and_other_roles_stay_out(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var plain = (await OffreScene.AddEtablissementAsync(poste.App.CreateContext())).Numero;
        foreach (var compte in new[] { await poste.App.AddCompteAsync(Role.Gestionnaire, plain), await poste.App.AddCompteAsync(Role.Redacteur) })
        {
            var page = await (await poste.App.SignInAsync(compte)).GetAsync("/sofi/lots");
            page.AssertOk();
            Assert.Equal("Cet établissement n’est mandataire d’aucun lot de la Région.", page.Text(".vide"));
        }

        foreach (var role in new[] { Role.Valideur, Role.Administrateur, Role.Region })
            Assert.Equal(HttpStatusCode.Forbidden, (await (await poste.SignInAsync(role)).GetAsync("/sofi/lots")).Status);
    }

    [Theory, EveryDatabase]
    public async Task They_cost_the_same_queries_whatever_is_entered(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await poste.Scene.CreateFullOffreAsync();
        var one = await poste.QueriesAsync("/sofi/lots");
        for (var i = 0; i < 29; i++) await EnterAsync(poste, poste.Scene.Lot.Id, 1);
        await poste.WriteAsync(async db =>
        {
            for (var i = 0; i < 29; i++)
            {
                var formateur = await OffreScene.AddEtablissementAsync(db);
                var lot = new Lot
                {
                    Numero = $"{poste.Scene.Lot.Numero}_{i}",
                    CodeMandataireCr = "386",
                    Intitule = "Autre lot",
                    CodeProgramme = poste.Scene.Lot.CodeProgramme,
                    IdActionCr = "4259",
                    MandataireNumero = poste.Scene.Etablissement.Numero,
                };
                lot.Formateurs.Add(new LotFormateur { EtablissementNumero = formateur.Numero });
                db.Add(lot);
            }

            await db.SaveChangesAsync();
        });
        Assert.Equal((ReadQueries, ReadQueries), (one, await poste.QueriesAsync("/sofi/lots")));
    }

    private const int ReadQueries = 6;

    private static string Line(Poste poste, int sessions, int places, string actions) =>
        $"{poste.Scene.Etablissement.Numero} - ORGANISME DE TEST | {sessions} | {places} | {actions}";

    /// <summary>An action with one session on a lot, with so many seats.</summary>
    private static async Task<int> EnterAsync(Poste poste, int lot, int places)
    {
        var formation = await poste.Scene.CreateFormationAsync();
        var action = (await poste.Scene.SaisieAsync(s =>
            s.CreateActionAsync(poste.Scene.Redacteur, formation, lot, poste.Scene.Lieu.Id, new FicheAction(), null, Guid.NewGuid()))).Numero;
        var session = await poste.Scene.CreateSessionAsync(action);
        var dispositif = (await poste.SessionAsync(session)).Dispositifs[0].Id;
        await poste.Scene.SaisieAsync(s =>
            s.SaveDispositifAsync(poste.Scene.Redacteur, dispositif, 0, new FicheDispositif { NbPlaces = places, PriseEnCharge = "1" }));
        return action;
    }
}
