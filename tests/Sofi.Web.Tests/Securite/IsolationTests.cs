using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sofi.Core.Comptes;
using Sofi.Testing;

namespace Sofi.Web.Tests.Securite;

/// <summary>
/// Nobody enters a page that is not hers, nor sees an object that is not hers: proved for every page of the site, those written later included.
/// </summary>
public class IsolationTests
{
    /// <summary>Who enters which folder; pages of the other folders are for any signed-in person.</summary>
    private static readonly (string Folder, Role[] Roles)[] Doors =
    [
        ("/Extranet/Comptes/", [Role.Gestionnaire]),
        ("/Extranet/", [Role.Redacteur, Role.Gestionnaire]),
        ("/Organisme/", [Role.Redacteur, Role.Gestionnaire, Role.Administrateur]),
        ("/Cariforef/Administration/", [Role.Administrateur]),
        ("/Cariforef/", [Role.Valideur, Role.Administrateur]),
        ("/Region/", [Role.Region]),
    ];

    [Fact]
    public async Task Every_page_whose_address_carries_a_value_is_declared()
    {
        var app = await SofiApp.ForAsync(DatabaseKind.Sqlite, GetType());
        Assert.Empty(Undeclared(app));
    }

    [Fact]
    public async Task A_page_that_nobody_declared_is_found()
    {
        var app = await SofiApp.ForAsync(DatabaseKind.Sqlite, typeof(A_page_of_the_tests), components: true);
        Assert.Equal(["/essai/{numero:int}"], Undeclared(app));
    }

    [Theory, EveryDatabase]
    public async Task Whoever_is_not_signed_in_is_led_to_the_sign_in(DatabaseKind kind)
    {
        var (app, own, _) = await WorldAsync(kind);
        var faults = new List<string>();
        foreach (var page in Pages(app))
        {
            var answer = await app.Browse().GetWithoutFollowingAsync(page.Address(own));
            var led = answer.Location?.StartsWith("/connexion?retour=", StringComparison.Ordinal) == true;
            if (led == page.IsPublic) faults.Add($"{page.Template}: {(int)answer.Status} {answer.Location}");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [EveryDatabase(Role.Redacteur)]
    [EveryDatabase(Role.Gestionnaire)]
    [EveryDatabase(Role.Valideur)]
    [EveryDatabase(Role.Administrateur)]
    [EveryDatabase(Role.Region)]
    public async Task A_role_enters_its_pages_only(DatabaseKind kind, Role role)
    {
        var (app, own, _) = await WorldAsync(kind);
        var compte = await app.AddCompteAsync(role);
        var faults = new List<string>();
        foreach (var page in Pages(app).Where(page => !page.IsPublic))
        {
            var refused = !page.Roles.Contains(role);
            // A browser for each page: one of them closes the session.
            foreach (var (method, status) in await AskAsync(await app.SignInAsync(compte), page, own))
                if ((status == HttpStatusCode.Forbidden) != refused) faults.Add($"{method} {page.Template}: {(int)status}");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [EveryDatabase(Role.Redacteur)]
    [EveryDatabase(Role.Gestionnaire)]
    public async Task An_object_of_another_organisation_is_not_found(DatabaseKind kind, Role role)
    {
        var (app, own, _) = await WorldAsync(kind);
        await using var other = await OffreScene.SetAsync(app.Database);
        var browser = await app.SignInAsync(await app.AddCompteAsync(role, other.Etablissement.Numero));
        await AssertNotFoundAsync(browser, Pages(app).Where(page => page.HasValues && page.Roles.Contains(role)
            && (page.Folder.StartsWith("/Extranet/", StringComparison.Ordinal) || page.Folder.StartsWith("/Organisme/", StringComparison.Ordinal))), own);
    }

    [Theory, EveryDatabase]
    public async Task The_Region_sees_nothing_of_what_it_does_not_pay(DatabaseKind kind)
    {
        var (app, _, unfunded) = await WorldAsync(kind);
        var browser = await app.SignInAsync(await app.AddCompteAsync(Role.Region));
        await AssertNotFoundAsync(browser, Pages(app).Where(page => page.HasValues && page.Folder.StartsWith("/Region/", StringComparison.Ordinal)), unfunded);
    }

    [Theory]
    [EveryDatabase(Role.Gestionnaire)]
    [EveryDatabase(Role.Administrateur)]
    [EveryDatabase(Role.Region)]
    public async Task An_object_that_does_not_exist_is_not_found(DatabaseKind kind, Role role)
    {
        var (app, _, _) = await WorldAsync(kind);
        var browser = await app.SignInAsync(await app.AddCompteAsync(role));
        await AssertNotFoundAsync(browser, Pages(app).Where(page => page.HasValues && page.Roles.Contains(role) && !page.IsPublic), Objets.Inconnus);
    }

    private static async Task AssertNotFoundAsync(Navigateur browser, IEnumerable<SitePage> pages, Objets objets)
    {
        var faults = new List<string>();
        foreach (var page in pages)
            foreach (var (method, status) in await AskAsync(browser, page, objets))
                if (!IsNothing(page, method, status)) faults.Add($"{method} {page.Template}: {(int)status}");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>Not found; a form of the desk may also lead back to its list, saying why.</summary>
    private static bool IsNothing(SitePage page, string method, HttpStatusCode status) =>
        status == HttpStatusCode.NotFound || (status == HttpStatusCode.Found && method != "GET" && page.Folder.StartsWith("/Cariforef/", StringComparison.Ordinal));

    /// <summary>Asks a page by each road it has: GET, and every form it receives.</summary>
    private static async Task<List<(string Method, HttpStatusCode Status)>> AskAsync(Navigateur browser, SitePage page, Objets objets)
    {
        var address = page.Address(objets);
        var answers = new List<(string, HttpStatusCode)> { ("GET", (await browser.GetWithoutFollowingAsync(address)).Status) };
        foreach (var handler in page.Posts)
        {
            var target = handler.Length == 0 ? address : address + "?handler=" + handler;
            answers.Add(($"POST {handler}".TrimEnd(), (await browser.PostAsync(target, [])).Status));
        }

        return answers;
    }

    private static IEnumerable<string> Undeclared(SofiApp app) =>
        Pages(app).Where(page => page.HasValues && !Adresses.WithValues.ContainsKey(page.Template)).Select(page => page.Template);

    private static List<SitePage> Pages(SofiApp app)
    {
        var loader = app.Host.Services.GetRequiredService<PageLoader>();
        return [.. app.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (endpoint, Page: endpoint.Metadata.GetMetadata<PageActionDescriptor>()))
            .Where(pair => pair.Page is not null)
            .Select(pair => new SitePage(
                "/" + pair.endpoint.RoutePattern.RawText!.Trim('/'), pair.Page!.ViewEnginePath,
                [.. loader.LoadAsync(pair.Page, EndpointMetadataCollection.Empty).GetAwaiter().GetResult().HandlerMethods
                    .Where(handler => handler.HttpMethod == "Post").Select(handler => handler.Name ?? "")]))
            .DistinctBy(page => page.Template)];
    }

    /// <summary>The site, a whole offer of an organisation on a lot of the Région, and another one outside any lot.</summary>
    private async Task<(SofiApp App, Objets Own, Objets Unfunded)> WorldAsync(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        await using var scene = await OffreScene.SetAsync(app.Database);
        var own = await Adresses.OfAsync(scene);
        var formation = (await scene.SaisieAsync(s => s.CreateFormationAsync(scene.Redacteur, null, new(), Guid.NewGuid()))).Numero;
        var action = (await scene.SaisieAsync(s => s.CreateActionAsync(scene.Redacteur, formation, null, scene.Lieu.Id, new(), null, Guid.NewGuid()))).Numero;
        var session = await scene.CreateSessionAsync(action);
        return (app, own, new Objets(formation, action, session, Objets.Inconnus.Dispositif));
    }

    /// <summary>Names the database of the test that needs the pages of the tests.</summary>
    private sealed class A_page_of_the_tests;

    /// <summary>A page of the site.</summary>
    /// <param name="Template">Its route.</param>
    /// <param name="Folder">Where it stands below <c>Pages</c>.</param>
    /// <param name="Posts">Names of the forms it receives; empty name for the plain one.</param>
    private sealed record SitePage(string Template, string Folder, IReadOnlyList<string> Posts)
    {
        public bool HasValues => Template.Contains('{', StringComparison.Ordinal);

        public bool IsPublic => Folder.StartsWith("/Public/", StringComparison.Ordinal) || Folder == "/Erreur";

        public IReadOnlyList<Role> Roles =>
            Doors.FirstOrDefault(door => Folder.StartsWith(door.Folder, StringComparison.Ordinal)) is { Roles: { } roles } ? roles : Enum.GetValues<Role>();

        public string Address(Objets objets) => Adresses.WithValues.TryGetValue(Template, out var address) ? address(objets) : Template;
    }
}
