using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sofi.Core.Comptes;
using Sofi.Core.Programmes;
using Sofi.Testing;
using static Microsoft.Playwright.Assertions;

namespace Sofi.EndToEnd.Tests;

/// <summary>Every page of the site breaks no rule of axe and fits the screen, at 1280 and at 375 pixels: those written later included.</summary>
public class AccessiblePagesTests
{
    [Fact]
    public async Task Every_page_is_accessible_and_fits()
    {
        var world = await World.OfAsync(GetType());
        var gestionnaire = await world.AccountAsync(Role.Gestionnaire);
        var addresses = new Dictionary<string, string>
        {
            ["/sofi/organisme/comptes/{id:int}"] = $"/sofi/organisme/comptes/{gestionnaire}",
            ["/cariforef/comptes/{id:int}"] = $"/cariforef/comptes/{gestionnaire}",
            ["/cariforef/demandes/{id:int}"] = $"/cariforef/demandes/{await world.AskForAccessAsync()}",
            ["/invitation/{jeton}"] = await world.LinkAsync(gestionnaire, NatureLien.Invitation),
            ["/mot-de-passe/{jeton}"] = await world.LinkAsync(await world.AccountAsync(Role.Valideur), NatureLien.MotDePasse),
            ["/sofi/formations/nouvelle"] = $"/sofi/formations/nouvelle?mandataire={world.Scene.Lot.Id}",
            ["/sofi/formations/nouvelle/fiche"] = $"/sofi/formations/nouvelle/fiche?certifinfo={world.Scene.Certifinfo}",
            ["/cariforef/validations/{id:int}"] = $"/cariforef/validations/{world.Waiting.Soumission}",
            ["/cariforef/certifinfo/{code:int}"] = "/cariforef/certifinfo/93561",
            ["/cariforef/programmes/{code}"] = "/cariforef/programmes/PE2025",
            ["/cariforef/imports/programme/{id:int}"] = $"/cariforef/imports/programme/{await world.FirstAsync<ImportProgramme>(i => i.Id)}",
        };
        foreach (var (template, address) in await world.DeskAsync()) addresses[template] = address;
        var pages = world.Site.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { ViewEnginePath: not "/Erreur" })
            .Select(endpoint => (Template: "/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata.GetMetadata<PageActionDescriptor>()!.ViewEnginePath))
            .Distinct().ToLookup(page => page.ViewEnginePath.StartsWith("/Extranet/Comptes/", StringComparison.Ordinal) ? "Gestion" : page.ViewEnginePath.Split('/')[1], page => page.Template);
        var faults = new List<string>();
        foreach (var folder in pages)
        {
            await using var visite = await world.Site.VisitAsync(folder.Key switch
            {
                "Public" => null,
                "Gestion" => gestionnaire,
                "Extranet" or "Compte" => world.Scene.Redacteur.CompteId,
                "Cariforef" or "Organisme" => await world.AccountAsync(Role.Administrateur),
                "Region" => await world.AccountAsync(Role.Region),
                _ => throw new InvalidOperationException($"Who enters {folder.Key}?"),
            });
            foreach (var template in folder)
            {
                var address = addresses.GetValueOrDefault(template) ?? world.InProgress.Fill(template);
                Assert.False(address.Contains('{', StringComparison.Ordinal), $"{template}: which address shows it?");
                await visite.GoAsync(address);
                faults.AddRange(await visite.JudgeAsync("page" + address.Replace('/', '-')));
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task The_pages_of_a_new_organisation_are_accessible_and_fit()
    {
        var site = await SofiSite.ForAsync(typeof(A_new_organisation));
        await using var scene = await OffreScene.SetAsync(site.Host.Database);
        var faults = new List<string>();
        foreach (var (compte, addresses) in new[]
        {
            (scene.Redacteur.CompteId, new[] { "/sofi", "/sofi/actions", "/sofi/sessions", "/sofi/lots", "/sofi/formations/nouvelle?porte=publique" }),
            (scene.Valideur.CompteId, ["/cariforef"]),
        })
        {
            await using var visite = await site.VisitAsync(compte);
            foreach (var address in addresses)
            {
                await visite.GoAsync(address);
                faults.AddRange(await visite.JudgeAsync("vide" + address.Replace('/', '-')));
            }
        }

        Assert.Empty(faults);
    }

    private sealed class A_new_organisation;
}

/// <summary>The states that a page goes through break no rule of axe either.</summary>
public class AccessibleStatesTests
{
    [Fact]
    public async Task A_refused_fiche()
    {
        await using var visite = await OpenAsync(w => w.InProgress.Fill("/sofi/sessions/{s:int}"));
        await visite.FillAsync("Date début", "32/13/2025");
        await visite.FillAsync("Mail de liaison", "nom sans arobase");
        await visite.PressAsync("Enregistrer");
        await visite.SeeRefusalAsync();
        Assert.Empty(await visite.JudgeAsync("etat-refusee"));
    }

    [Fact]
    public async Task A_fiche_that_waits_is_validated_or_was_refused()
    {
        var world = await World.OfAsync(GetType());
        await using var visite = await world.Site.VisitAsync(world.Scene.Redacteur);
        foreach (var offre in new[] { world.Waiting, world.Validated, world.Refused })
        {
            foreach (var (name, page) in new[]
            {
                ("formation", "/sofi/formations/{f:int}"), ("action", "/sofi/actions/{a:int}"), ("session", "/sofi/sessions/{s:int}"),
                ("dispositif", "/sofi/sessions/{s:int}/dispositifs/{d:int}"), ("etat", "/sofi/actions/{a:int}/etat"),
            })
            {
                await visite.GoAsync(offre.Fill(page));
                Assert.Empty(await visite.JudgeAsync($"etat-{offre.Nom}-{name}"));
            }
        }
    }

    [Fact]
    public async Task A_line_being_changed()
    {
        await using var visite = await OpenAsync(w => w.InProgress.Fill("/sofi/sessions/{s:int}"));
        await visite.Page.Locator("#informations details").EvaluateAsync("fold => fold.open = true");
        await visite.FillAsync("Date de l’information collective", "27/02/2025");
        await visite.Page.Locator("#informations").GetByRole(AriaRole.Button, new() { Name = "Ajouter à la liste" }).ClickAsync();
        await visite.Page.GetByRole(AriaRole.Button, new() { Name = "Modifier l’information collective" }).ClickAsync();
        await Expect(visite.Page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer la ligne" })).ToBeVisibleAsync();
        Assert.Empty(await visite.JudgeAsync("etat-ligne"));
        await visite.Page.GetByRole(AriaRole.Button, new() { Name = "Retirer l’information collective" }).ClickAsync();
        await Expect(visite.Page.Locator(".annonce")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Two_people_on_one_fiche()
    {
        var world = await World.OfAsync(GetType());
        await using var first = await world.Site.VisitAsync(world.Scene.Redacteur);
        await using var second = await world.Site.VisitAsync(world.Scene.Redacteur);
        foreach (var visite in new[] { first, second })
        {
            await visite.GoAsync(world.InProgress.Fill("/sofi/sessions/{s:int}"));
            await visite.FillAsync("Commentaire durée", visite == first ? "Six semaines." : "Sept semaines.");
        }

        await first.PressAsync("Enregistrer");
        await Expect(first.Page.Locator(".annonce")).ToBeVisibleAsync();
        await second.PressAsync("Enregistrer");
        await Expect(second.Page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer mes choix" })).ToBeVisibleAsync();
        Assert.Empty(await second.JudgeAsync("etat-conflit"));
    }

    [Fact]
    public async Task A_recapitulatif_that_changed_before_it_was_sent()
    {
        var world = await World.OfAsync(GetType());
        await using var visite = await world.Site.VisitAsync(world.Scene.Redacteur);
        await visite.GoAsync(world.InProgress.Fill("/sofi/actions/{a:int}/etat"));
        await world.ChangeAsync(world.InProgress);
        await visite.PressAsync("Envoyer en validation");
        await visite.SeeRefusalAsync();
        Assert.Empty(await visite.JudgeAsync("etat-envoi-change"));
    }

    [Fact]
    public async Task A_refusal_without_its_reason_and_an_answer()
    {
        var world = await World.OfAsync(GetType());
        await using var visite = await world.Site.VisitAsync(world.Scene.Valideur);
        await visite.GoAsync($"/cariforef/validations/{world.Waiting.Soumission}");
        await visite.PressAsync("Refuser");
        await visite.SeeRefusalAsync();
        Assert.Empty(await visite.JudgeAsync("etat-revue-sans-motif"));
        foreach (var answered in new[] { world.Validated, world.Refused })
        {
            await visite.GoAsync($"/cariforef/validations/{answered.Soumission}");
            Assert.Empty(await visite.JudgeAsync("etat-revue-" + answered.Nom));
        }
    }

    [Fact]
    public async Task Searches_found_refused_and_empty()
    {
        var world = await World.OfAsync(GetType());
        await using var visite = await world.Site.VisitAsync(world.Scene.Redacteur);
        foreach (var (name, address) in new[]
        {
            ("certifinfo-trouves", "/sofi/formations/nouvelle?porte=autre&certifinfo=coiffure"), ("certifinfo-inconnu", "/sofi/formations/nouvelle?porte=autre&certifinfo=99999999"),
            ("certifinfo-aucun", "/sofi/formations/nouvelle?porte=autre&certifinfo=zzzz"), ("certifinfo-remplace", "/sofi/formations/nouvelle?porte=autre&certifinfo=54649"),
            ("formation-libre", "/sofi/formations/nouvelle/fiche"), ("creation-refusee", "/sofi/formations/nouvelle?porte=publique&suite=true"),
            ("liste-sans-resultat", "/sofi/sessions?recherche=zzzz"),
        })
        {
            await visite.GoAsync(address);
            Assert.Empty(await visite.JudgeAsync("etat-" + name));
        }
    }

    [Fact]
    public async Task Menus_open()
    {
        await using var visite = await OpenAsync(_ => "/sofi");
        foreach (var menu in await visite.Page.Locator(".sous-menu summary").AllAsync())
        {
            await menu.ClickAsync();
            Assert.Empty(await visite.JudgeAsync("etat-menu-ouvert", 1280));
        }

        await visite.Page.Locator(".identite-nom").ClickAsync();
        Assert.Empty(await visite.JudgeAsync("etat-compte-ouvert"));
        await visite.Page.Keyboard.PressAsync("Escape");
        await visite.PressAsync("Menu");
        Assert.Empty(await visite.JudgeAsync("etat-menu-ouvert", 375));
    }

    [Fact]
    public async Task What_was_typed_and_not_saved_is_offered_again()
    {
        await using var visite = await OpenAsync(w => w.InProgress.Fill("/sofi/actions/{a:int}"));
        await visite.Page.RunAndWaitForResponseAsync(
            () => visite.FillAsync("Mon + formation", "Un accompagnement individuel."), response => response.Url.EndsWith("/sofi/brouillon", StringComparison.Ordinal));
        await visite.Page.ReloadAsync();
        await Expect(visite.Page.Locator("#brouillon")).ToBeVisibleAsync();
        Assert.Empty(await visite.JudgeAsync("etat-brouillon"));
    }

    [Fact]
    public async Task Pages_that_cannot_be_shown()
    {
        await using var visite = await OpenAsync(_ => "/nulle-part");
        await Expect(visite.Page.GetByRole(AriaRole.Heading, new() { Name = "Page introuvable" })).ToBeVisibleAsync();
        Assert.Empty(await visite.JudgeAsync("erreur-404"));
        await visite.GoAsync("/cariforef");
        await Expect(visite.Page.GetByRole(AriaRole.Heading, new() { Name = "Accès refusé" })).ToBeVisibleAsync();
        Assert.Empty(await visite.JudgeAsync("erreur-403"));
        await visite.GoAsync("/compte");
        await visite.Page.Locator("input[name=__RequestVerificationToken]").EvaluateAllAsync<object>("tokens => tokens.forEach(token => token.value = 'perdu')");
        await visite.Page.Locator("main button[type=submit]").First.ClickAsync();
        await Expect(visite.Page.GetByRole(AriaRole.Heading, new() { Name = "Demande non reçue" })).ToBeVisibleAsync();
        Assert.Empty(await visite.JudgeAsync("erreur-400"));
    }

    private async Task<Visite> OpenAsync(Func<World, string> address)
    {
        var world = await World.OfAsync(GetType());
        var visite = await world.Site.VisitAsync(world.Scene.Redacteur);
        await visite.GoAsync(address(world));
        return visite;
    }
}
