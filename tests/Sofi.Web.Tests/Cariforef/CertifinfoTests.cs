using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Journal;
using Sofi.Testing;

namespace Sofi.Web.Tests.Cariforef;

/// <summary>Search of certifications, their sheets, the import of sheets.</summary>
public class CertifinfoTests
{
    private const string Adresse = "/cariforef/certifinfo";

    [Theory]
    [EveryDatabase(Role.Valideur, HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [EveryDatabase(Role.Administrateur, HttpStatusCode.OK, HttpStatusCode.OK)]
    [EveryDatabase(Role.Gestionnaire, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [EveryDatabase(Role.Region, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    public async Task The_Cariforef_reads_the_list_and_its_administrator_alone_changes_it(DatabaseKind kind, Role role, HttpStatusCode list, HttpStatusCode rest)
    {
        var browser = await SignInAsync(kind, role);
        Assert.Equal(list, await StatusAsync(Adresse));
        foreach (var address in new[] { Adresse + "/93561", Adresse + "/import", "/cariforef/prerequis" }) Assert.Equal(rest, await StatusAsync(address));

        async Task<HttpStatusCode> StatusAsync(string address)
        {
            var page = await browser.GetWithoutFollowingAsync(address);
            return page.Location?.Contains("/acces-refuse", StringComparison.Ordinal) == true ? HttpStatusCode.Forbidden : page.Status;
        }
    }

    [Theory, EveryDatabase]
    public async Task The_list_is_searched_by_words_or_code_and_a_replaced_code_names_its_successor(DatabaseKind kind)
    {
        var browser = await SignInAsync(kind);
        var page = await browser.GetAsync(Adresse + "?recherche=cap+COIFFURE");
        page.AssertOk();
        Assert.Equal(["106627", "54649"], page.Texts("tbody th"));
        Assert.Contains("par 106627", page.Text("tbody tr:nth-child(2)"));
        Assert.Equal("93561", (await browser.GetAsync(Adresse + "?recherche=93561")).Text("tbody th"));
        Assert.Contains("Aucun résultat trouvé", (await browser.GetAsync(Adresse + "?recherche=zzzz")).Text("tbody"));
    }

    [Theory, EveryDatabase]
    public async Task The_list_is_paged_and_costs_the_same_queries_whatever_the_page(DatabaseKind kind)
    {
        var browser = await SignInAsync(kind);
        var first = await CountAsync(Adresse);
        Assert.Equal(first, await CountAsync(Adresse + "?taille=100&page=3"));
        var beyond = await browser.GetAsync(Adresse + "?page=999999999&vue=remplacees");
        Assert.Contains("54649", beyond.Text("tbody"));
        var sheets = await browser.GetAsync(Adresse + "?vue=fiches&taille=100");
        Assert.Contains("93561", sheets.Texts("tbody th"));

        async Task<int> CountAsync(string address)
        {
            using var counter = QueryCounter.Start();
            (await browser.GetAsync(address)).AssertOk();
            return counter.Count;
        }
    }

    [Theory, EveryDatabase]
    public async Task A_sheet_shows_the_open_data_and_what_the_Cariforef_completed(DatabaseKind kind)
    {
        var browser = await SignInAsync(kind);
        var page = await browser.GetAsync(Adresse + "/93561");
        Assert.Equal("Actions de formation dispensées aux créateurs et repreneurs d'entreprise", page.Text("h1"));
        Assert.Contains("Autre certification sans niveau spécifique", page.Text("#donnees"));
        Assert.Contains("Exemple livré avec Sofi", page.Text(".tete-page"));
        Assert.Equal("32047|32048", page.Value("Formacodes"));
        Assert.Contains("Aucun bloc n’est connu pour cette certification.", page.Text("#blocs"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(Adresse + "/1")).Status);
    }

    [Theory, EveryDatabase]
    public async Task A_replaced_code_leads_to_its_successor_which_has_the_blocs_of_its_RNCP_code(DatabaseKind kind)
    {
        var browser = await SignInAsync(kind);
        var page = await browser.GetAsync(Adresse + "/54649");
        Assert.Contains("106627 CAP métiers de la coiffure", page.Text(".message"));
        Assert.Contains("remplacée par RNCP39266", page.Text("#donnees"));
        page = await page.FollowAsync("106627");
        Assert.Equal(8, page.Document.QuerySelectorAll("#blocs tbody tr").Length);
        Assert.Contains("Complété par le Cariforef", page.Text("#blocs tbody tr:nth-child(1)"));
        Assert.Contains("France compétences", page.Text("#blocs tbody tr:nth-child(3)"));
    }

    [Theory, EveryDatabase]
    public async Task Saving_a_sheet_keeps_it_and_writes_the_journal(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var browser = await SignInAsync(kind);
        var page = await browser.GetAsync(Adresse + "/1879");
        page = await page.Fill("Objectif général", "Professionnalisation").Fill("RechercheFormacodes", "actuariat").PressAsync("Rechercher");
        page = await page.Fill("Formacodes", "41079").Fill("Objectif", "Devenir actuaire <b>diplômé</b>").PressAsync("Enregistrer");
        page.AssertOk();
        Assert.Contains("La fiche CertifInfo 1879 est enregistrée.", page.Annonces);
        Assert.Contains(page.Annonces, a => a.Contains("Retiré de votre texte", StringComparison.Ordinal));
        Assert.Equal(("7", "Devenir actuaire diplômé", "41079"), (page.Value("Objectif général"), page.Value("Objectif"), page.Value("Formacodes")));
        Assert.Contains("Personne de test", page.Text(".barre-bas"));
        await using var db = app.CreateContext();
        Assert.Equal("FicheCertifinfoCreee", (await db.Set<Evenement>().SingleAsync(e => e.Objet == "certifinfo" && e.Cle == "1879")).Type);
    }

    [Theory, EveryDatabase]
    public async Task A_text_too_long_is_refused_on_its_field_with_the_input_kept(DatabaseKind kind)
    {
        var browser = await SignInAsync(kind);
        var page = await browser.GetAsync(Adresse + "/1880");
        page = await page.Fill("Programme", new string('p', 3001)).PressAsync("Enregistrer");
        page.AssertErrors("Programme : 3001 caractères pour 3000 au plus. Raccourcissez le texte.");
        Assert.Equal(3001, page.Value("Programme").Length);
    }

    [Theory, EveryDatabase]
    public async Task A_bloc_is_added_changed_and_withdrawn(DatabaseKind kind)
    {
        var browser = await SignInAsync(kind);
        var page = await browser.GetAsync(Adresse + "/1888");
        page = await page.Fill("Code du bloc", "RNCP000188BC01").Fill("Type module", "Obligatoire").Fill("Intitulé module", "Chimie").PressAsync("Ajouter à la liste");
        Assert.Equal(["RNCP000188BC01"], page.Texts("#blocs tbody th"));
        page = await page.FollowAsync("Modifier RNCP000188BC01");
        Assert.Equal("Chimie", page.Value("Intitulé module"));
        page = await page.Fill("Intitulé module", "Chimie fine").PressAsync("Enregistrer la ligne");
        Assert.Contains("Chimie fine", page.Text("#blocs tbody"));
        page = await page.Fill("Code du bloc", "BC").PressAsync("Ajouter à la liste");
        page.AssertErrors("Code du bloc : le code du bloc a de 8 à 40 caractères. Par exemple RNCP12281BC01.", "Intitulé module : l’intitulé du module manque. Indiquez-le.");
        page = await (await browser.GetAsync(Adresse + "/1888")).PressAsync("Retirer RNCP000188BC01");
        Assert.Contains("Aucun bloc n’est connu", page.Text("#blocs tbody"));
    }

    [Theory, EveryDatabase]
    public async Task Two_administrators_on_one_sheet_choose_between_both_values(DatabaseKind kind)
    {
        var (one, two) = (await SignInAsync(kind), await SignInAsync(kind));
        var (first, second) = (await one.GetAsync(Adresse + "/1890"), await two.GetAsync(Adresse + "/1890"));
        await first.Fill("Objectif", "Du premier").Fill("Programme", "Le programme").PressAsync("Enregistrer");
        var conflict = await second.Fill("Objectif", "Du second").PressAsync("Enregistrer");
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains("Du premier", conflict.Text("form#fiche"));
        Assert.Contains("Du second", conflict.Text("form#fiche"));
        var settled = await conflict.Fill("Garder.Fiche.Objectif", "mienne").PressAsync("Enregistrer mes choix");
        Assert.Equal(("Du second", "Le programme"), (settled.Value("Objectif"), settled.Value("Programme")));
    }

    [Theory, EveryDatabase]
    public async Task A_file_of_sheets_is_previewed_then_applied(DatabaseKind kind)
    {
        var browser = await SignInAsync(kind);
        await (await browser.GetAsync(Adresse + "/1911")).Fill("Objectif", "Premier objectif").PressAsync("Enregistrer");
        var file = Encoding.Latin1.GetBytes("code_certifinfo;objectif_general;objectif\n1896;Certification;Être prêt\n1911;6;Objectif révisé\n");
        var preview = await (await browser.GetAsync(Adresse + "/import")).Attach("Fichier CSV", "fiches d’été.csv", file).PressAsync("Voir l’aperçu");
        preview.AssertOk();
        Assert.Equal("Aperçu de fiches d’été.csv", preview.Text("#t-apercu"));
        Assert.Contains("Être prêt", preview.Text("section[aria-label='Fiches créées']"));
        Assert.Contains("Objectif révisé", preview.Text("section[aria-label='Fiches modifiées']"));
        var done = await preview.PressAsync("Appliquer");
        Assert.Equal(["Fiches importées : 1 créées, 1 modifiées, 0 inchangées."], done.Annonces);
        Assert.Equal("Être prêt", (await browser.GetAsync(Adresse + "/1896")).Value("Objectif"));
        var again = await (await browser.GetAsync(Adresse + "/import")).Attach("Fichier CSV", "encore.csv", file).PressAsync("Voir l’aperçu");
        Assert.Contains("il n’y a rien à appliquer", again.Text());
    }

    [Theory, EveryDatabase]
    public async Task A_faulty_file_says_where_and_how_and_writes_nothing(DatabaseKind kind)
    {
        var browser = await SignInAsync(kind);
        var page = await UploadAsync("code_certifinfo;objectif_general\n1901;inventé\nabc;6\n"u8.ToArray());
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal(
            ["fiches.csv, ligne 2, colonne objectif_general : Cet objectif général n’existe pas. Choisissez-le dans la liste.",
             "fiches.csv, ligne 3, colonne code_certifinfo, « abc » : Ce n’est pas un nombre entier. N’écrivez que des chiffres."], page.Errors);
        Assert.Empty(page.Document.QuerySelectorAll("input[name=Garde]"));
        Assert.Equal("", (await browser.GetAsync(Adresse + "/1901")).Value("Objectif général"));
        Assert.Equal(["Choisissez un fichier CSV."], (await UploadAsync([])).Errors);
        Assert.Contains("Ce n’est pas un fichier CSV.", (await UploadAsync([0x50, 0x4B, 3, 4, 0, 0])).Errors[0], StringComparison.Ordinal);

        async Task<PageHtml> UploadAsync(byte[] content) => await (await browser.GetAsync(Adresse + "/import")).Attach("Fichier CSV", "fiches.csv", content).PressAsync("Voir l’aperçu");
    }

    [Theory, EveryDatabase]
    public async Task A_preview_that_no_longer_holds_is_shown_again_and_a_damaged_one_is_refused(DatabaseKind kind)
    {
        var browser = await SignInAsync(kind);
        var preview = await (await browser.GetAsync(Adresse + "/import")).Attach("Fichier CSV", "apercu.csv", "code_certifinfo;objectif\n1909;Du fichier\n"u8.ToArray()).PressAsync("Voir l’aperçu");
        await (await browser.GetAsync(Adresse + "/1909")).Fill("Objectif", "Entre-temps").PressAsync("Enregistrer");
        var again = await preview.PressAsync("Appliquer");
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("Entre-temps", again.Text("section[aria-label='Fiches modifiées']"));
        (await again.PressAsync("Appliquer")).AssertOk();
        Assert.Equal("Du fichier", (await browser.GetAsync(Adresse + "/1909")).Value("Objectif"));
        preview.Document.QuerySelector("input[name=Garde]")!.SetAttribute("value", "abîmé");
        Assert.Equal(["Le fichier de l’aperçu n’est plus là. Choisissez-le de nouveau."], (await preview.PressAsync("Appliquer")).Errors);
    }

    [Theory, EveryDatabase]
    public async Task The_file_may_carry_a_byte_order_mark_and_a_formula_is_plain_text(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var browser = await SignInAsync(kind);
        byte[] file =
        [
            .. Encoding.UTF8.Preamble,
            .. "Code CertifInfo,Objectif,Programme\r\n1916,\"=HYPERLINK(\"\"https://ailleurs.test\"\")\",\"Sur deux\r\nlignes, à l’été\"\r\n"u8,
        ];
        var preview = await UploadAsync(browser, "formule.csv", file);
        Assert.Empty(preview.Errors);
        Assert.Contains("=HYPERLINK(\"https://ailleurs.test\")", preview.Texts("section[aria-label='Fiches créées'] dd"));
        Assert.Empty(preview.Document.QuerySelectorAll("a[href*='ailleurs']"));
        Assert.Equal("", (await browser.GetAsync(Adresse + "/1916")).Value("Objectif"));
        (await preview.PressAsync("Appliquer")).AssertOk();
        var sheet = await browser.GetAsync(Adresse + "/1916");
        Assert.Equal(("=HYPERLINK(\"https://ailleurs.test\")", "Sur deux\nlignes, à l’été"), (sheet.Value("Objectif"), sheet.Value("Programme")));
        await using var db = app.CreateContext();
        var imported = await db.Set<Evenement>().SingleAsync(e => e.Type == "FichesCertifinfoImportees" && e.Cle == "formule.csv");
        Assert.Equal(["Fiches.Crees 1", "Fiches.Modifies 0", "Fiches.Inchanges 0"], imported.Changements.Select(c => $"{c.Champ} {c.Apres}"));
    }

    [Theory, EveryDatabase]
    public async Task A_file_beyond_five_megabytes_is_refused(DatabaseKind kind)
    {
        var browser = await SignInAsync(kind);
        var content = new byte[(5 << 20) + 1];
        content.AsSpan().Fill((byte)'x');
        var page = await UploadAsync(browser, "enorme.csv", content);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal(["enorme.csv : Le fichier dépasse 5 Mo. Vérifiez que c’est le bon, ou découpez-le."], page.Errors);
    }

    [Theory, EveryDatabase]
    public async Task An_import_costs_the_same_queries_whatever_the_sheets(DatabaseKind kind)
    {
        var browser = await SignInAsync(kind);
        var codes = (await browser.GetAsync(Adresse + "?taille=50")).Texts("tbody th").Take(31).ToList();
        var one = await CountAsync(codes[..1]);
        Assert.Equal(one, await CountAsync(codes[1..]));

        async Task<(int Preview, int Apply)> CountAsync(IEnumerable<string> sheets)
        {
            var file = Encoding.UTF8.GetBytes("code_certifinfo;objectif\n" + string.Join('\n', sheets.Select(code => code + ";Objectif importé")));
            var form = (await browser.GetAsync(Adresse + "/import")).Attach("Fichier CSV", "fiches.csv", file);
            using var preview = QueryCounter.Start();
            var page = await form.PressAsync("Voir l’aperçu");
            var read = preview.Count;
            using var apply = QueryCounter.Start();
            Assert.Equal(HttpStatusCode.Redirect, (await page.PressAsync("Appliquer", follow: false)).Status);
            return (read, apply.Count);
        }
    }

    [Theory, EveryDatabase]
    public async Task The_model_file_can_be_previewed_as_it_is(DatabaseKind kind)
    {
        var browser = await SignInAsync(kind);
        var model = await browser.GetAsync(Adresse + "/import?handler=Modele");
        Assert.Equal("text/csv; charset=utf-8", model.Response.Content.Headers.ContentType!.ToString());
        var page = await (await browser.GetAsync(Adresse + "/import")).Attach("Fichier CSV", "modele.csv", await model.Response.Content.ReadAsByteArrayAsync()).PressAsync("Voir l’aperçu");
        Assert.Contains("il n’y a rien à appliquer", page.Text());
    }

    [Theory, EveryDatabase]
    public async Task The_table_of_prerequis_is_kept_on_its_page(DatabaseKind kind)
    {
        var browser = await SignInAsync(kind);
        var page = await browser.GetAsync("/cariforef/prerequis");
        page.AssertOk();
        page = await page.Fill("Nouveau pré-requis", "Être majeur").PressAsync("Ajouter à la table");
        Assert.Equal("Être majeur", page.Value("Libellé de « Être majeur »"));
        page = await page.PressAsync("Monter Être majeur");
        Assert.Equal("libelle-etre-majeur", page.Document.QuerySelectorAll("tbody input[name=libelle]")[^2].Id);
        page = await page.PressAsync("Retirer Être majeur");
        Assert.Contains("Retiré", page.Text("tbody tr:nth-last-child(2)"));
        page = await page.PressAsync("Rétablir Être majeur");
        page = await page.Fill("Libellé de « Être majeur »", "Être majeur à l’entrée").PressAsync("Enregistrer Être majeur");
        Assert.Equal("Être majeur à l’entrée", page.Value("Libellé de « Être majeur à l’entrée »"));
        page = await page.Fill("Nouveau pré-requis", "etre majeur a l'entree").PressAsync("Ajouter à la table");
        page.AssertErrors("Nouveau pré-requis : ce pré-requis figure déjà dans la table. Rétablissez-le s’il a été retiré.");
        Assert.Equal("etre majeur a l'entree", page.Value("Nouveau pré-requis"));
    }

    private static async Task<PageHtml> UploadAsync(Navigateur browser, string name, byte[] content) =>
        await (await browser.GetAsync(Adresse + "/import")).Attach("Fichier CSV", name, content).PressAsync("Voir l’aperçu");

    private async Task<Navigateur> SignInAsync(DatabaseKind kind, Role role = Role.Administrateur)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        return await app.SignInAsync(await app.AddCompteAsync(role));
    }
}
