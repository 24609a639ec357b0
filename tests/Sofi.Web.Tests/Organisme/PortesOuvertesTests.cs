using System.Net;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Gestion;
using Sofi.Testing;

namespace Sofi.Web.Tests.Organisme;

/// <summary>Open days: <c>/sofi/organisme/portes-ouvertes</c>. The day is 12 February 2025.</summary>
public class PortesOuvertesTests
{
    [Theory, EveryDatabase]
    public async Task An_open_day_is_added_changed_duplicated_and_deleted(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var page = await (await bureau.Gestionnaire.GetAsync("/sofi/organisme/portes-ouvertes")).FollowAsync("Ajouter une journée");
        page.Fill("Titre", "Portes ouvertes du campus").Fill("Date", "15/3/2025").Fill("Heure de début", "9 h 30").Fill("Heure de fin", "17 h").Fill("Lieu", $"{bureau.Lieu.Id}")
            .Fill("Public", "Collégiens").Fill("Lien d’inscription", "https://exemple.test/inscription").Fill("Commentaire", "Visite à 10 h.");
        page = await page.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(["La journée est enregistrée."], page.Annonces);
        Assert.Equal("sam. 15/03/2025 9 h 30 – 17 h Portes ouvertes du campus Principal – NantesCollégiens", page.Text(".liste tbody tr").Split(" Dupliquer")[0].Trim());
        var porte = await PorteAsync(bureau);
        page = await (await page.FollowAsync("Portes ouvertes du campus")).Fill("Heure de fin", "9 h").PressAsync("Enregistrer", ".barre-bas");
        page.AssertErrors("Heure de fin : elle ne suit pas l’heure de début ; corrigez l’une des deux.");
        page = await page.Fill("Heure de fin", "18 h").PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(["PorteOuverteCreee", "PorteOuverteModifiee"], await bureau.EventsAsync("porte-ouverte", porte.Numero));

        var copy = await page.FollowAsync("Dupliquer Portes ouvertes du campus du 15/03/2025");
        Assert.Equal(("Portes ouvertes du campus", "", "18 h"), (copy.Value("Titre"), copy.Value("Date"), copy.Value("Heure de fin")));
        (await copy.PressAsync("Enregistrer", ".barre-bas")).AssertErrors("Date : indiquez une date.");
        page = await copy.Fill("Date", "22/3/2025").PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(2, page.Texts(".liste tbody tr").Count);
        page = await (await bureau.Gestionnaire.GetAsync($"/sofi/organisme/portes-ouvertes/{porte.Numero}")).PressAsync("Supprimer");
        Assert.Equal(["La journée est supprimée."], page.Annonces);
        Assert.Equal(["PorteOuverteCreee", "PorteOuverteModifiee", "PorteOuverteSupprimee"], await bureau.EventsAsync("porte-ouverte", porte.Numero));
    }

    [Theory, EveryDatabase]
    public async Task On_site_a_place_at_a_distance_a_link(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var page = await bureau.Gestionnaire.GetAsync("/sofi/organisme/portes-ouvertes/nouvelle");
        page.Fill("Titre", "Visite").Fill("Date", "15/03/2025").Fill("Heure de début", "25 h");
        page = await page.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(2, page.Errors.Count);
        Assert.StartsWith("Heure de début : « 25 h » n'est pas une heure", page.Errors[0], StringComparison.Ordinal);
        Assert.Equal("Lieu : la journée a lieu sur place ; choisissez un lieu.", page.Errors[1]);
        page = await page.Fill("Heure de début", "10 h").PressAsync("Enregistrer", ".barre-bas");
        page.AssertErrors("Lieu : la journée a lieu sur place ; choisissez un lieu.");
        page = await page.Fill("À distance", "Oui").PressAsync("Enregistrer", ".barre-bas");
        page.AssertErrors("Lien de connexion : la journée a lieu à distance ; indiquez le lien.");
        page = await page.Fill("Lien de connexion", "https://visio.exemple.test").PressAsync("Enregistrer", ".barre-bas");
        Assert.Contains("À distance", page.Text(".liste tbody"), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Recurring_dates_are_reviewed_before_they_are_saved(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var page = await bureau.Gestionnaire.GetAsync("/sofi/organisme/portes-ouvertes/nouvelle");
        page.Fill("Titre", "Atelier").Fill("Date", "17/04/2025").Fill("Heure de début", "14 h").Fill("Lieu", $"{bureau.Lieu.Id}").Fill("Répéter", "Chaque semaine, le même jour");
        (await page.PressAsync("Enregistrer", ".barre-bas")).AssertErrors("Nombre de journées : écrivez un nombre de 2 à 52.");
        page = await page.Fill("Nombre de journées", "3").PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(["jeudi 17 avril 2025", "jeudi 24 avril 2025", "jeudi 1er mai 2025 (Fête du travail)"], page.Texts("#Retenues label"));
        Assert.Equal("2025-04-17|2025-04-24", page.Value("Retenues"));
        Assert.False(await bureau.Scene.ReadAsync(db => db.Set<PorteOuverte>().AnyAsync(p => p.EtablissementNumero == bureau.Etablissement)));
        // Another choice of dates is reviewed again.
        page = await page.Fill("Nombre de journées", "2").PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(2, page.Texts("#Retenues label").Count);
        page = await page.Fill("Nombre de journées", "3").PressAsync("Enregistrer", ".barre-bas");
        page = await page.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(["2 journées sont enregistrées."], page.Annonces);
        Assert.Equal([new DateOnly(2025, 4, 17), new DateOnly(2025, 4, 24)],
            await bureau.Scene.ReadAsync(db => db.Set<PorteOuverte>().Where(p => p.EtablissementNumero == bureau.Etablissement).OrderBy(p => p.Numero).Select(p => p.Fiche.Date!.Value).ToListAsync()));
    }

    [Theory, EveryDatabase]
    public async Task A_day_that_is_over_is_archived_by_itself(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        await bureau.Scene.AddPorteAsync(new DateOnly(2025, 2, 11));
        await bureau.Scene.AddPorteAsync(new DateOnly(2025, 2, 12));
        var page = await bureau.Gestionnaire.GetAsync("/sofi/organisme/portes-ouvertes");
        Assert.Contains("12/02/2025", Assert.Single(page.Texts(".liste tbody tr")), StringComparison.Ordinal);
        Assert.Contains("11/02/2025", Assert.Single((await page.FollowAsync("Voir celles qui sont passées")).Texts(".liste tbody tr")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await bureau.Gestionnaire.GetAsync("/sofi/organisme/portes-ouvertes?rubrique=autre")).Status);
    }

    [Theory, EveryDatabase]
    public async Task An_open_day_is_downloaded_for_an_agenda(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var number = await bureau.Scene.AddPorteAsync(new DateOnly(2025, 3, 15));
        var answer = await bureau.Redacteur.GetAsync($"/sofi/organisme/portes-ouvertes/{number}?handler=Agenda");
        Assert.Equal(("text/calendar", $"portes-ouvertes-{number}.ics"), (answer.Response.Content.Headers.ContentType!.MediaType, answer.Response.Content.Headers.ContentDisposition!.FileName));
        Assert.Contains("DTSTART:20250315T083000Z\r\n", answer.Html, StringComparison.Ordinal);
        Assert.Contains("LOCATION:Principal\\, 1 rue de l’Exemple\\, 44000 Nantes\r\n", answer.Html, StringComparison.Ordinal);
    }

    private static Task<PorteOuverte> PorteAsync(Bureau bureau) =>
        bureau.Scene.ReadAsync(db => db.Set<PorteOuverte>().SingleAsync(p => p.EtablissementNumero == bureau.Etablissement));
}
