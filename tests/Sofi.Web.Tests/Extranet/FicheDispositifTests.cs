using System.Net;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Programmes;
using Sofi.Testing;

namespace Sofi.Web.Tests.Extranet;

/// <summary>Fiche Dispositif (procedure, page 11).</summary>
public class FicheDispositifTests
{
    [Theory, EveryDatabase]
    public async Task The_programme_its_publics_and_its_codes_are_filled_in_and_read_only(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, _, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        var page = await poste.GetAsync($"/sofi/sessions/{session}/dispositifs/{dispositif}");
        page.AssertOk();
        Assert.Equal("Fiche Dispositif", page.Text("h1"));
        Assert.Equal(["Description", "Places", "Frais pédagogiques", "Gestion"], page.Texts("#fiche section h2"));
        Assert.Equal(["Dispositif *", "Publics *", "Codes externes"], page.Texts("#description .libelle"));
        Assert.Equal(
            ["PROGRAMME REGION - Programme de test", "Public de test", $"Numéro lot CR - {poste.Scene.Lot.Numero}ID Action CR - 4259OF Mandataire CR - 386"],
            page.Texts("#description .valeur"));
        Assert.Equal(
            ["Nb places dispositif *", "Nb places restantes", "Effectif Minimal", "Capacité Simultanée", "Frais HT", "Taux TVA", "Frais TTC",
             "Montant total des frais additionnels non pris en charge", "Frais afférents au passage de la certification", "Prise en charge des frais pédagogiques * (nécessaire à l’envoi)",
             "Détails des frais additionnels non pris en charge"],
            page.Texts("#places .champ > label, #places .champ > .libelle, #frais .champ > label, #frais .champ > .libelle, #frais fieldset > legend"));
        Assert.StartsWith("À indiquer obligatoirement : cf. bon de commande Région et tableau de programmation annexé", page.Text("#Fiche_NbPlaces-aide"));
        Assert.Equal(("12", "", "0", "1", "–"), (page.Value("Nb places dispositif"), page.Value("Nb places restantes"), page.Value("Taux TVA"), page.Value("Prise en charge des frais pédagogiques"), page.Text("#frais output")));
        Assert.Equal("Fiche_FraisHt Fiche_TauxTva", page.One("#frais output").GetAttribute("data-ttc"));

        var forged = await poste.Redacteur.PostAsync($"/sofi/sessions/{session}/dispositifs/{dispositif}",
            new() { ["Version"] = "1", ["Fiche.NbPlaces"] = "10", ["Fiche.Publics"] = "80006", ["Fiche.PriseEnCharge"] = "1", ["Choix"] = "code-9", ["action"] = "enregistrer" });
        Assert.Equal(HttpStatusCode.Redirect, forged.Status);
        var stored = await poste.DispositifAsync(dispositif);
        Assert.Equal((8, poste.Scene.Lot.Id, 10), (stored.CodeDispositif, stored.LotId, stored.Fiche.NbPlaces));
        Assert.Equal(["82025"], stored.Fiche.Publics);
    }

    [Theory, EveryDatabase]
    public async Task Gestion_tells_who_when_the_lot_and_the_forfait(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        await poste.WriteAsync(db => db.Set<Lot>().Where(l => l.Id == poste.Scene.Lot.Id).ExecuteUpdateAsync(set => set.SetProperty(l => l.ForfaitRecrutement, true)));
        var page = await poste.GetAsync($"/sofi/sessions/{session}/dispositifs/{dispositif}");
        Assert.Equal(["Créé", "Modifié", "État", "Lot", "Mandataire", "Forfait recrutement"], page.Texts("#gestion dt"));
        Assert.Equal(
            ["le 12/02/2025, par Personne de test", "le 12/02/2025, par Personne de test", "En cours de saisie Hors ligne, jamais publiée", $"{poste.Scene.Lot.Numero} - Lot de test",
             $"{poste.Scene.Etablissement.Numero} - ORGANISME DE TEST - Principal", "Oui : la session démarre à la date prévue initialement, même à effectif réduit."],
            page.Texts("#gestion dd"));
        Assert.Empty(page.Document.QuerySelectorAll("#gestion input, #gestion select, #gestion textarea"));
        await poste.ValidateAsync(action);
        Assert.Equal("Validée En ligne depuis le 12/02/2025", (await poste.GetAsync($"/sofi/sessions/{session}/dispositifs/{dispositif}")).Texts("#gestion dd")[2]);
    }

    [Theory, EveryDatabase]
    public async Task Every_field_is_saved_and_the_TTC_is_computed_half_up(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        var page = await poste.GetAsync($"/sofi/sessions/{session}/dispositifs/{dispositif}");
        page.Fill("Nb places dispositif", "14").Fill("Nb places restantes", "0").Fill("Effectif Minimal", "6").Fill("Capacité Simultanée", "14").Fill("Frais HT", "1 234,50 €").Fill("Taux TVA", "5,5 %")
            .Fill("Montant total des frais additionnels non pris en charge", "20.5").Fill("Frais afférents au passage de la certification", "Oui").Fill("Prise en charge des frais pédagogiques", "Non")
            .Fill("Détails des frais additionnels non pris en charge", "Tenue");
        page = await page.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal($"/sofi/sessions/{session}/dispositifs/{dispositif}", page.Address);
        Assert.Equal(["Votre saisie est sauvegardée dans la rubrique Actions de formation en cours de saisie de votre tableau de bord."], page.Annonces);
        Assert.Equal(
            new FicheDispositif
            {
                Publics = ["82025"],
                NbPlaces = 14,
                NbPlacesRestantes = 0,
                EffectifMinimal = 6,
                CapaciteSimultanee = 14,
                FraisHt = 1234.5m,
                TauxTva = 5.5m,
                FraisAdditionnels = 20.5m,
                FraisCertification = "1",
                PriseEnCharge = "0",
                DetailFraisAdditionnels = "Tenue",
            },
            (await poste.DispositifAsync(dispositif)).Fiche);
        Assert.Equal("1 302,40 €", page.Text("#frais output"));
        Assert.Equal(["1 234,50", "5,50", "20,50"], new[] { "Frais HT", "Taux TVA", "Montant total des frais additionnels non pris en charge" }.Select(field => PageHtml.Clean(page.Value(field))));
        Assert.Equal(["DispositifModifie", "DispositifModifie"], await poste.EventsAsync("dispositif", dispositif));
        Assert.Equal($"/sofi/actions/{action}/etat", (await page.PressAsync("Étape suivante", follow: false)).Location);
    }

    [Theory]
    [EveryDatabase("Fiche.NbPlaces", "douze")]
    [EveryDatabase("Fiche.NbPlaces", "100000")]
    [EveryDatabase("Fiche.NbPlacesRestantes", "-1")]
    [EveryDatabase("Fiche.FraisHt", "1000000")]
    [EveryDatabase("Fiche.FraisHt", "12,345")]
    [EveryDatabase("Fiche.TauxTva", "101")]
    [EveryDatabase("Fiche.FraisAdditionnels", "beaucoup")]
    public async Task A_value_that_cannot_be_stored_is_refused_on_its_field_and_all_is_kept(DatabaseKind kind, string field, string value)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, _, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        var page = (await poste.GetAsync($"/sofi/sessions/{session}/dispositifs/{dispositif}")).Fill("Effectif Minimal", "5").Fill(field, value);
        page = await page.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Single(page.Errors);
        Assert.Equal("#" + field.Replace('.', '_'), page.One(".resume-erreurs a").GetAttribute("href"));
        Assert.Equal((value, "5"), (page.Value(field), page.Value("Effectif Minimal")));
        Assert.Null((await poste.DispositifAsync(dispositif)).Fiche.EffectifMinimal);
    }

    [Theory, EveryDatabase]
    public async Task Incoherent_seats_are_saved_and_marked_at_once(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, _, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        var page = (await poste.GetAsync($"/sofi/sessions/{session}/dispositifs/{dispositif}")).Fill("Nb places restantes", "13").Fill("Effectif Minimal", "9").Fill("Capacité Simultanée", "8");
        page = await page.PressAsync("Enregistrer", ".barre-bas");
        page.AssertOk();
        Assert.NotEqual("", page.Text("#Fiche_NbPlacesRestantes-faire"));
        Assert.NotEqual("", page.Text("#Fiche_EffectifMinimal-faire"));
        Assert.Equal(13, (await poste.DispositifAsync(dispositif)).Fiche.NbPlacesRestantes);
        page = await page.Fill("Nb places dispositif", "21").PressAsync("Enregistrer", ".barre-bas");
        Assert.Contains("20", page.Text("#Fiche_NbPlaces-conseil"));
    }

    [Theory, EveryDatabase]
    public async Task A_new_dispositif_is_chosen_among_the_schemes_and_the_lots_of_the_etablissement(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var mandataire = await poste.NeighbourAsync();
        await using var stranger = await poste.NeighbourAsync();
        await mandataire.AddFormateurAsync(poste.Scene.Etablissement.Numero);
        var (_, _, session, _) = await poste.Scene.CreateFullOffreAsync();
        var page = await poste.GetAsync($"/sofi/sessions/{session}/dispositifs/nouveau");
        page.AssertOk();
        var choices = page.Document.QuerySelectorAll("#Choix option").Select(option => option.GetAttribute("value")!).ToList();
        Assert.Contains("code-9", choices);
        Assert.Contains($"lot-{mandataire.Scene.Lot.Id}", choices);
        Assert.DoesNotContain("code-8", choices);
        Assert.DoesNotContain($"lot-{poste.Scene.Lot.Id}", choices);
        Assert.DoesNotContain($"lot-{stranger.Scene.Lot.Id}", choices);
        Assert.Empty(page.Document.QuerySelectorAll(".barre-bas"));

        page = await page.PressAsync("Suivant");
        page.AssertErrors("Dispositif : choisissez un dispositif de la liste.");
        foreach (var choice in new[] { "code-8", "code-77", $"lot-{stranger.Scene.Lot.Id}", "lot-0", "n’importe quoi" })
            (await poste.GetAsync($"/sofi/sessions/{session}/dispositifs/nouveau?choix={choice}")).AssertErrors("Dispositif : choisissez un dispositif de la liste.");

        page = await page.Fill("choix", $"lot-{mandataire.Scene.Lot.Id}").PressAsync("Suivant");
        Assert.Equal(["PROGRAMME REGION - Programme de test", "Public de test", $"Numéro lot CR - {mandataire.Scene.Lot.Numero}ID Action CR - 4259OF Mandataire CR - 386"], page.Texts("#description .valeur"));
        Assert.Equal(("", "1"), (page.Value("Nb places dispositif"), page.Value("Prise en charge des frais pédagogiques")));
        var first = await page.Fill("Nb places dispositif", "5").PressAsync("Enregistrer", ".barre-bas", follow: false);
        var second = await page.PressAsync("Enregistrer", ".barre-bas", follow: false);
        Assert.Equal(first.Location, second.Location);
        var stored = (await poste.SessionAsync(session)).Dispositifs.Single(d => d.LotId == mandataire.Scene.Lot.Id);
        Assert.Equal((5, $"/sofi/sessions/{session}/dispositifs/{stored.Id}"), (stored.Fiche.NbPlaces, first.Location));
        Assert.Equal(["DispositifCree"], await poste.EventsAsync("dispositif", stored.Id));
    }

    [Theory, EveryDatabase]
    public async Task Outside_the_programmes_the_publics_are_searched_without_script_and_chosen(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, _, session, _) = await poste.Scene.CreateFullOffreAsync();
        var page = (await poste.GetAsync($"/sofi/sessions/{session}/dispositifs/nouveau?choix=code-9")).Fill("Nb places dispositif", "8").Fill("RecherchePublics", "PUBLIC de test");
        Assert.DoesNotContain("Codes externes", page.Text("#description"));
        page = await page.PressAsync("Rechercher", "#Fiche_Publics");
        page.AssertOk();
        Assert.Equal("8", page.Value("Nb places dispositif"));
        Assert.Equal(["Public de test"], page.Texts("#Fiche_Publics .form-check"));
        page = await page.Fill("Publics", "82025").PressAsync("Enregistrer", ".barre-bas");
        page.AssertOk();
        var stored = (await poste.SessionAsync(session)).Dispositifs.Single(d => d.CodeDispositif == 9);
        Assert.Equal(["82025"], stored.Fiche.Publics);
        Assert.Equal(["Public de test"], page.Texts("#Fiche_Publics .form-check"));

        var forged = await poste.Redacteur.PostAsync($"/sofi/sessions/{session}/dispositifs/{stored.Id}", new() { ["Version"] = "0", ["Fiche.Publics"] = "15054", ["action"] = "enregistrer" });
        Assert.Equal("#Fiche_Publics", forged.One(".resume-erreurs a").GetAttribute("href"));
        Assert.Equal(HttpStatusCode.BadRequest, forged.Status);
    }

    [Theory, EveryDatabase]
    public async Task A_dispositif_that_the_session_has_already_is_refused(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, _, session, _) = await poste.Scene.CreateFullOffreAsync();
        var form = await poste.GetAsync($"/sofi/sessions/{session}/dispositifs/nouveau?choix=code-9");
        await poste.Scene.SaisieAsync(s => s.CreateDispositifAsync(poste.Scene.Redacteur, session, 9, null, new FicheDispositif(), Guid.NewGuid()));
        var page = await form.Fill("Nb places dispositif", "7").PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("La session a déjà le dispositif", Assert.Single(page.Errors));
        Assert.Equal("7", page.Value("Nb places dispositif"));
    }

    [Theory, EveryDatabase]
    public async Task A_closed_programme_refuses_a_new_dispositif_and_says_that_one_may_only_save(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, _, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        await poste.SetAttentesAsync(attentes => attentes with { FermetureSaisie = new DateOnly(2025, 2, 11) });
        var page = await poste.GetAsync($"/sofi/sessions/{session}/dispositifs/{dispositif}");
        Assert.Contains("11/02/2025", page.Text("#description > .champ-marque"));
        (await page.Fill("Nb places dispositif", "9").PressAsync("Enregistrer", ".barre-bas")).AssertOk();
        Assert.Equal(9, (await poste.DispositifAsync(dispositif)).Fiche.NbPlaces);
        page = await poste.Redacteur.PostAsync($"/sofi/sessions/{session}/dispositifs/nouveau", new() { ["Choix"] = $"lot-{poste.Scene.Lot.Id}", ["action"] = "enregistrer" });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("n’est pas ouverte aujourd’hui", Assert.Single(page.Errors));
    }

    [Theory, EveryDatabase]
    public async Task It_follows_the_state_of_its_action(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        var address = $"/sofi/sessions/{session}/dispositifs/{dispositif}";
        Assert.Equal($"{address}/suppression", (await poste.GetAsync(address)).One("#gestion a.btn-danger").GetAttribute("href"));
        await poste.RefuseAsync(action, "Revoyez les places.");
        Assert.Empty((await poste.GetAsync(address)).Document.QuerySelectorAll("#gestion a.btn-danger"));
        await poste.SendAsync(action);
        var page = await poste.GetAsync(address);
        Assert.Contains("en attente de validation par le Cariforef", page.Text(".message"));
        Assert.Empty(page.Document.QuerySelectorAll("#fiche [name^='Fiche.'], .barre-bas button"));
        Assert.Equal("12", page.Text("#places .valeur"));
        page = await poste.Redacteur.PostAsync(address, new() { ["Version"] = "1", ["Fiche.NbPlaces"] = "1", ["action"] = "enregistrer" });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal(12, (await poste.DispositifAsync(dispositif)).Fiche.NbPlaces);
    }

    [Theory, EveryDatabase]
    public async Task What_is_missing_or_another_organisations_or_of_another_session_is_not_found(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var other = await poste.NeighbourAsync();
        var own = await poste.Scene.CreateFullOffreAsync();
        var theirs = await other.Scene.CreateFullOffreAsync();
        foreach (var address in new[]
        {
            $"/sofi/sessions/{theirs.Session}/dispositifs/{theirs.Dispositif}", $"/sofi/sessions/{own.Session}/dispositifs/{theirs.Dispositif}", $"/sofi/sessions/{own.Session}/dispositifs/999999999",
            $"/sofi/sessions/{theirs.Session}/dispositifs/nouveau", $"/sofi/sessions/{own.Session}/dispositifs/{theirs.Dispositif}/suppression",
        })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await poste.GetAsync(address)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await poste.Redacteur.PostAsync(address, new() { ["Fiche.NbPlaces"] = "1", ["Choix"] = "code-9" })).Status);
        }

        Assert.Equal(12, (await other.DispositifAsync(theirs.Dispositif)).Fiche.NbPlaces);
    }

    [Theory, EveryDatabase]
    public async Task A_mandataire_reads_it_and_changes_nothing(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var mandataire = await poste.NeighbourAsync();
        var (_, _, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        await poste.WriteAsync(db => db.Set<DispositifSession>().Where(d => d.Id == dispositif).ExecuteUpdateAsync(set => set.SetProperty(d => d.LotId, mandataire.Scene.Lot.Id)));
        var address = $"/sofi/sessions/{session}/dispositifs/{dispositif}";
        var page = await mandataire.GetAsync(address);
        page.AssertOk();
        Assert.Contains("au titre de mandataire", page.Text(".message"));
        Assert.Empty(page.Document.QuerySelectorAll("#fiche [name^='Fiche.'], .barre-bas button, #gestion a"));
        Assert.Equal(HttpStatusCode.NotFound, (await mandataire.Redacteur.PostAsync(address, new() { ["Fiche.NbPlaces"] = "1" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await mandataire.GetAsync(address + "/suppression")).Status);
    }

    [Theory, EveryDatabase]
    public async Task The_fiche_costs_the_same_queries_whatever_the_sessions_and_lots(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var (_, action, session, dispositif) = await poste.Scene.CreateFullOffreAsync();
        string[] addresses = [$"/sofi/sessions/{session}/dispositifs/{dispositif}", $"/sofi/sessions/{session}/dispositifs/nouveau", $"/sofi/sessions/{session}/dispositifs/nouveau?choix=code-9"];
        var before = await CountAsync();
        for (var i = 0; i < 29; i++) await poste.Scene.CreateSessionAsync(action);
        await poste.WriteAsync(db => { db.AddRange(Enumerable.Range(0, 30).Select(i => new Contact { EtablissementNumero = poste.Scene.Etablissement.Numero, Nom = $"Contact {i}" })); return db.SaveChangesAsync(); });
        Assert.Equal(before, await CountAsync());

        async Task<List<int>> CountAsync()
        {
            var counts = new List<int>();
            foreach (var address in addresses) counts.Add(await poste.QueriesAsync(address));
            return counts;
        }
    }
}
