using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Organismes;
using Sofi.Testing;

namespace Sofi.Web.Tests.Organisme;

/// <summary>Contacts and places from a file: <c>/sofi/organisme/import</c>.</summary>
public class ImportTests
{
    private const string Address = "/sofi/organisme/import";

    [Theory, EveryDatabase]
    public async Task A_file_is_previewed_then_applied(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var page = await bureau.Gestionnaire.GetAsync(Address);
        page = await page.Attach("Fichier", "contacts.csv", Csv("nom;prenom;courriel", "Tanguy;Maëlle;maelle@exemple.test", "auto saisie;;nouveau@exemple.test")).PressAsync("Voir l’aperçu");
        page.AssertOk();
        Assert.Equal(["1", "1", "0"], page.Texts(".faits dd"));
        Assert.Equal(["auto saisie", "Maëlle Tanguy"], page.Texts(".changement h3"));
        Assert.Contains("CourrielAvantcontact@exemple.testAprèsnouveau@exemple.test", page.Text(".changement").Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        page = await page.PressAsync("Appliquer");
        Assert.Equal(["Fichier importé : 1 créés, 1 modifiés, 0 inchangés."], page.Annonces);
        Assert.Equal("nouveau@exemple.test", await bureau.Scene.ReadAsync(db => db.Set<Contact>().Where(c => c.Numero == bureau.Contact.Numero).Select(c => c.Courriel).SingleAsync()));
        Assert.Equal(["ContactsEtLieuxImportes"], await bureau.EventsAsync("etablissement", bureau.Etablissement));
    }

    [Theory, EveryDatabase]
    public async Task Errors_are_listed_by_line_and_nothing_is_written(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var page = await bureau.Gestionnaire.GetAsync(Address);
        (await page.PressAsync("Voir l’aperçu")).AssertErrors("Fichier : choisissez un classeur XLSX ou un fichier CSV.");
        page = await page.Attach("Fichier", "contacts.csv", Csv("nom;courriel", "Tanguy;maelle", "Roy;")).PressAsync("Voir l’aperçu");
        page.AssertErrors("Fichier : corrigez les 2 erreurs ci-dessous.");
        Assert.Equal(2, page.Texts(".controle li").Count);
        Assert.StartsWith("contacts, ligne 2, colonne courriel, « maelle »", page.Texts(".controle li")[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Appliquer", page.Texts("button"));
    }

    [Theory, EveryDatabase]
    public async Task A_preview_that_is_not_true_any_more_is_shown_anew(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var page = await (await bureau.Gestionnaire.GetAsync(Address)).Attach("Fichier", "c.csv", Csv("nom;courriel", "Accueil;accueil@exemple.test")).PressAsync("Voir l’aperçu");
        await bureau.Scene.AddContactAsync("Accueil", "autre@exemple.test");
        page = await page.PressAsync("Appliquer");
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Equal(["0", "1", "0"], page.Texts(".faits dd"));
    }

    [Theory, EveryDatabase]
    public async Task Models_and_workbook_are_downloaded_by_those_who_keep_the_desk(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        Assert.StartsWith("numero;civilite;nom;prenom;", (await bureau.Gestionnaire.GetAsync(Address + "?handler=Modele&feuille=contacts")).Html, StringComparison.Ordinal);
        Assert.Equal("contacts-et-lieux.xlsx", (await bureau.Gestionnaire.GetAsync(Address + "?handler=Classeur")).Response.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(HttpStatusCode.NotFound, (await bureau.Gestionnaire.GetAsync(Address + "?handler=Modele&feuille=autre")).Status);
        foreach (var address in new[] { Address, Address + "?handler=Classeur", Address + "?handler=Modele&feuille=lieux" })
            Assert.Equal(HttpStatusCode.NotFound, (await bureau.Redacteur.GetAsync(address)).Status);
    }

    private static byte[] Csv(params string[] lines) => Encoding.UTF8.GetBytes(string.Join("\r\n", lines));
}
