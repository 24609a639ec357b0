using System.Text;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;
using Sofi.Core.Offre;
using Sofi.Testing;

namespace Sofi.Web.Tests.Extranet;

/// <summary>Sessions, actions, formations: filtered under each column, sorted on each, exported as found.</summary>
public class ListesTests
{
    [Theory, EveryDatabase]
    public async Task Sessions_are_filtered_under_each_column(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var offre = await poste.Scene.CreateFullOffreAsync();
        await poste.ValidateAsync(offre.Action);
        var fas = $"{offre.Formation}-{offre.Action}-{offre.Session}";
        foreach (var (column, found, missed) in new[]
        {
            ("Code FAS", fas, "99999999"), ("Intitulé formation", "CERTIFICATION", "coiffure"), ("Site dispensateur", "test organisme", "lycée"),
            ("Commune lieu", "nant", "angers"), ("Date début", "10/03/2025", "11/03/2025"), ("Date début", "03/2025", "04/2025"),
            ("Date fin", "2025", "2024"), ("Date fin", "3/2025", "32/13/2025"), ("Code dispositif", "8", "3"), ("Etat A/I", "Actif", "Inactif"),
            ("Programme et lot", poste.Scene.Lot.Numero, "PE2025_99"), ("État de la saisie, en ligne", "Validée", "Refusée"),
        })
        {
            var page = await poste.GetAsync("/sofi/sessions");
            page = await page.Fill("Filtrer : " + column, found).PressAsync("Rechercher", ".liste");
            Assert.True(page.Texts("tbody th").SequenceEqual([fas]), $"{column}: {found}");
            page = await page.Fill("Filtrer : " + column, missed).PressAsync("Rechercher", ".liste");
            Assert.True(page.Text("tbody").StartsWith("Aucun résultat trouvé", StringComparison.Ordinal), $"{column}: {missed}");
        }
    }

    [Theory, EveryDatabase]
    public async Task Every_column_sorts_both_ways_with_a_constant_number_of_queries(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var offre = await poste.Scene.CreateFullOffreAsync();
        await poste.Scene.CreateSessionAsync(offre.Action, poste.Scene.FullSession() with { DateDebut = new DateOnly(2025, 4, 7), DateFin = new DateOnly(2025, 4, 11) });
        await poste.Scene.DoAsync<SaisieService, ResultatSaisie>(s => s.SetAsideAsync(poste.Scene.Redacteur, offre.Session + 1, true));
        await poste.ValidateAsync(offre.Action);
        foreach (var list in new[] { "/sofi/sessions", "/sofi/actions?rubrique=en-attente-validation", "/sofi/formations" })
        {
            var page = await poste.GetAsync(list);
            var queries = await poste.QueriesAsync(list);
            var sorts = page.Document.QuerySelectorAll(".liste thead a").Select(a => a.GetAttribute("href")!.Split('#')[0]).ToList();
            Assert.Equal(page.Document.QuerySelectorAll(".liste thead th:not(:has(.visually-hidden))").Length, sorts.Count);
            foreach (var sort in sorts)
            {
                Assert.Equal(queries, await poste.QueriesAsync(sort));
                var sorted = await poste.GetAsync(sort);
                Assert.NotNull(sorted.One(".liste [aria-sort]"));
                (await poste.GetAsync(sorted.One(".liste [aria-sort] a").GetAttribute("href")!)).AssertOk();
            }
        }
    }

    [Theory, EveryDatabase]
    public async Task Actions_and_formations_are_filtered_on_numbers_days_and_choices(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var offre = await poste.Scene.CreateFullOffreAsync();
        foreach (var (list, column, found, missed) in new[]
        {
            ("/sofi/actions", "Action", $"{offre.Action}", "99999999"), ("/sofi/actions", "Sessions", "1", "beaucoup"),
            ("/sofi/actions", "Etat", "En cours de saisie", "Refusée"), ("/sofi/actions", "Type", "Publique", "Autre"),
            ("/sofi/actions", "Modifiée le", "12/02/2025", "11/02/2025"), ("/sofi/formations", "Formation", $"{offre.Formation}", "99999999"),
            ("/sofi/formations", "Intitulé", "de test", "coiffure"), ("/sofi/formations", "Code Certifinfo", "Avec référence", "Sans référence"),
            ("/sofi/formations", "Actions", "1", "2"), ("/sofi/formations", "Sessions", "1", "2"), ("/sofi/formations", "Modifiée le", "02/2025", "2024"),
            ("/sofi/formations", "En ligne depuis", "Jamais publiée", "Publiée"),
        })
        {
            var page = await (await poste.GetAsync(list)).Fill("Filtrer : " + column, found).PressAsync("Rechercher", ".liste");
            Assert.True(page.Texts("tbody th").Count == 1, $"{list}, {column}: {found}");
            page = await page.Fill("Filtrer : " + column, missed).PressAsync("Rechercher", ".liste");
            Assert.True(page.Text("tbody").StartsWith("Aucun résultat trouvé", StringComparison.Ordinal), $"{list}, {column}: {missed}");
        }
    }

    [Theory, EveryDatabase]
    public async Task A_list_is_exported_as_found_and_a_text_that_looks_like_a_formula_stays_a_text(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var formation = await poste.Scene.CreateFormationAsync();
        foreach (var complement in new[] { "=1+1", "Plus loin" })
            await poste.Scene.SaisieAsync(s => s.CreateActionAsync(
                poste.Scene.Redacteur, formation, poste.Scene.Lot.Id, poste.Scene.Lieu.Id, new FicheAction { ComplementIntitule = complement }, null, Guid.NewGuid()));
        await poste.WriteAsync(db => db.Database.ExecuteSqlAsync($"UPDATE formation SET fiche_intitule = '=HYPERLINK(1)' WHERE numero = {formation}"));
        var page = await poste.GetAsync("/sofi/actions?tri=action&filtre-type=publique&taille=10&page=1");
        var csv = await page.FollowAsync("Exporter en CSV");
        Assert.Equal("text/csv", csv.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("actions-en-cours-2025-02-12.csv", csv.Response.Content.Headers.ContentDisposition!.FileNameStar);
        var lines = (await csv.Response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Formation;Action;Intitulé formation;Sessions;Etat;En ligne depuis;Type;Modifiée le", lines[0].TrimStart('\uFEFF'));
        Assert.Equal(3, lines.Length);
        Assert.EndsWith(";\"'=HYPERLINK(1) - =1+1\";0;En cours de saisie;;Publique;12/02/2025", lines[1], StringComparison.Ordinal);

        var xlsx = await page.FollowAsync("Exporter en XLSX");
        using var content = new MemoryStream(await xlsx.Response.Content.ReadAsByteArrayAsync());
        var rows = content.Query(useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
        Assert.Equal(["=HYPERLINK(1) - =1+1", "=HYPERLINK(1) - Plus loin"], rows.Select(row => row["Intitulé formation"]));

        var none = await (await poste.GetAsync("/sofi/actions?filtre-type=autre")).FollowAsync("Exporter en CSV");
        Assert.Single((await none.Response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await poste.GetAsync("/sofi/actions?export=exe")).Status);
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), (await csv.Response.Content.ReadAsByteArrayAsync())[..3]);
    }

    [Theory, EveryDatabase]
    public async Task Lists_and_their_files_hold_nothing_of_another_organisation(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var neighbour = await poste.NeighbourAsync();
        var theirs = await neighbour.Scene.CreateFullOffreAsync();
        await neighbour.ValidateAsync(theirs.Action);
        var waiting = await neighbour.Scene.CreateFullOffreAsync();
        Assert.Equal(theirs.Formation, waiting.Formation);
        foreach (var address in new[] { "/sofi/sessions", "/sofi/actions", "/sofi/formations" })
        {
            Assert.StartsWith("Aucun résultat trouvé", (await poste.GetAsync(address)).Text("tbody"));
            var file = await (await poste.GetAsync(address + "?export=csv")).Response.Content.ReadAsStringAsync();
            Assert.Single(file.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }
}
