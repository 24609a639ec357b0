using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Programmes;
using Sofi.Testing;

namespace Sofi.Web.Tests.Cariforef;

/// <summary>What the Cariforef keeps of the Région's programmes: its file, their settings, the table of dispositifs.</summary>
public class ProgrammesPagesTests
{
    private const string Imports = "/cariforef/imports/programme";

    [Theory]
    [EveryDatabase(Role.Valideur)]
    [EveryDatabase(Role.Region)]
    [EveryDatabase(Role.Gestionnaire)]
    public async Task Only_the_administrator_enters(DatabaseKind kind, Role role)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        var browser = await app.SignInAsync(await app.AddCompteAsync(role));
        foreach (var address in new[] { Imports, Imports + "/1", Imports + "/1?handler=Fichier", "/cariforef/programmes",
            "/cariforef/programmes/PE2025", "/cariforef/dispositifs" })
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(address)).Status);
    }

    [Theory, EveryDatabase]
    public async Task A_file_is_previewed_then_applied_and_kept(DatabaseKind kind)
    {
        var (app, browser) = await AdministratorAsync(kind);
        var file = Archive("PA2031", 2031);
        var preview = await UploadAsync(browser, file, "région 2031.zip");
        Assert.Equal("région 2031.zip", preview.Text("h1"));
        Assert.Equal("déposé par Personne de test", preview.Text(".tete-page small"));
        Assert.Equal(["1", "0", "0", "0"], preview.Texts("section[aria-labelledby=t-bilan] tbody tr:nth-child(2) td"));
        Assert.Contains("ORGANISME DU FICHIER (EXEMPLE)", preview.Text("section[aria-labelledby=t-Organisme]"), StringComparison.Ordinal);
        await using var db = app.CreateContext();
        Assert.False(await db.Set<Programme>().AnyAsync(p => p.Code == "PA2031"));

        var applied = await preview.PressAsync("Appliquer");
        Assert.Equal(["Le fichier est appliqué."], applied.Annonces);
        Assert.Equal("le 12/02/2025 à 10 h 00 par Personne de test", applied.Text(".tete-page small"));
        Assert.Empty(applied.Document.QuerySelectorAll(".barre-bas"));
        Assert.True(await db.Set<Programme>().AnyAsync(p => p.Code == "PA2031"));
        var kept = await browser.GetAsync(applied.Address.Split('?')[0] + "?handler=Fichier");
        Assert.Equal(file, await kept.Response.Content.ReadAsByteArrayAsync());
        Assert.Equal("région 2031.zip", kept.Response.Content.Headers.ContentDisposition!.FileNameStar);

        var again = await UploadAsync(browser, file);
        Assert.Contains("il n’y a rien à appliquer", again.Text(".message"), StringComparison.Ordinal);
        Assert.Empty(again.Document.QuerySelectorAll(".barre-bas"));
        var list = await browser.GetAsync(Imports);
        Assert.Contains(list.Texts("tbody tr"), line => line.Contains("région 2031.zip", StringComparison.Ordinal)
            && line.Contains("Appliqué", StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task A_wrong_file_tells_every_fault_and_writes_nothing(DatabaseKind kind)
    {
        var (app, browser) = await AdministratorAsync(kind);
        var page = await UploadAsync(browser, Archive("PB2031", 2031, lot: "PB2031_1;Lot;PB2031;1;386;peut-être;beaucoup;44;"));
        page.AssertErrors("Le fichier est refusé : corrigez les 2 erreurs ci-dessous.");
        Assert.Equal(
            ["lots, ligne 2, colonne forfait_recrutement, « peut-être » : Ce n’est ni O ni N. Écrivez O (oui) ou N (non).",
             "lots, ligne 2, colonne nb_places, « beaucoup » : Ce n’est pas un nombre attendu. Écrivez un nombre entier de 0 à 99999."],
            page.Texts("section[aria-labelledby=t-fautes] li"));
        await using var db = app.CreateContext();
        Assert.False(await db.Set<ImportProgramme>().AnyAsync(i => i.Etat == EtatImport.Apercu && i.Rapport.Contains("PB2031")));

        (await (await browser.GetAsync(Imports)).PressAsync("Voir l’aperçu")).AssertErrors("Fichier de la Région : choisissez un classeur XLSX ou une archive ZIP.");
    }

    [Theory, EveryDatabase]
    public async Task Changes_are_shown_field_by_field_with_the_sessions_they_leave_alone(DatabaseKind kind)
    {
        var (app, browser) = await AdministratorAsync(kind);
        await (await UploadAsync(browser, Archive("PC2032", 2032))).PressAsync("Appliquer");
        var fas = await AddSessionAsync(app, "PC2032_1");
        var page = await UploadAsync(browser, Archive("PC2032", 2032, lot: "PC2032_1;Lot;PC2032;1;386;O;;44;"));
        Assert.Equal(["forfait_recrutement", "nb_places"], page.Texts("section[aria-labelledby=t-Lot] p > .code"));
        Assert.Equal(["N", "O", "40", "(vide)"], page.Texts("section[aria-labelledby=t-Lot] dd"));
        Assert.Equal($"{fas} Créer", page.Text("section[aria-labelledby=t-Lot] .message li"));

        var report = await (await browser.GetAsync(page.Address + "?handler=Rapport")).Response.Content.ReadAsStringAsync();
        Assert.Contains($"Lots;Modification;PC2032_1 × 386;Lot;nb_places;40;;{fas}", report, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_preview_that_the_base_has_overtaken_is_made_again(DatabaseKind kind)
    {
        var (app, browser) = await AdministratorAsync(kind);
        await (await UploadAsync(browser, Archive("PD2033", 2033))).PressAsync("Appliquer");
        var preview = await UploadAsync(browser, Archive("PD2033", 2033, lot: "PD2033_1;Lot;PD2033;1;386;N;30;44;"));
        await AddSessionAsync(app, "PD2033_1");
        var refused = await preview.PressAsync("Appliquer");
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("La base a changé depuis cet aperçu", refused.Text("[role=alert]"), StringComparison.Ordinal);
        var renewed = await refused.PressAsync("Refaire l’aperçu");
        Assert.Contains("Une saisie existe sur ce lot", renewed.Text("section[aria-labelledby=t-Lot]"), StringComparison.Ordinal);
        Assert.Equal(["Le fichier est appliqué."], (await renewed.PressAsync("Appliquer")).Annonces);
        Assert.Equal(["Cet aperçu n’existe plus : un autre l’a remplacé."], (await refused.PressAsync("Refaire l’aperçu")).Annonces);
    }

    [Theory, EveryDatabase]
    public async Task The_settings_of_pass_entreprendre_are_shown_and_changed(DatabaseKind kind)
    {
        var (app, browser) = await AdministratorAsync(kind);
        Assert.Contains((await browser.GetAsync("/cariforef/programmes")).Texts("tbody tr"), line => line.StartsWith("PE2025", StringComparison.Ordinal));
        var page = await browser.GetAsync("/cariforef/programmes/PE2025");
        Assert.Equal("01/01/2024", page.Value("Applicables à partir du"));
        Assert.Equal("0", page.Value("proposees-Session.Esp"));
        Assert.Equal("0|cadencees", page.Value("admises-Session.Esp"));
        Assert.StartsWith("Pré-requis : Maîtriser", page.Value("texte-Action.CommentairePrerequis"), StringComparison.Ordinal);
        Assert.Equal("80006", page.Value("Saisie.Publics"));

        var saved = await page.Fill("attendues-Session.Rythmes", "5", "6").Fill("Fermeture de la saisie", "30/11/2025").PressAsync("Enregistrer");
        Assert.Equal(["Les réglages applicables à partir du 01/01/2024 sont enregistrés."], saved.Annonces);
        await using var db = app.CreateContext();
        var stored = (await db.Set<ReglagesProgramme>().AsNoTracking().SingleAsync(r => r.CodeProgramme == "PE2025")).Attentes;
        Assert.Equal(["5", "6"], stored.Of("Session.Rythmes")!.Attendues);
        Assert.Equal(new DateOnly(2025, 11, 30), stored.FermetureSaisie);
        Assert.Equal(["80006"], stored.Of(ChampsReglables.Publics)!.Attendues);
        Assert.Contains("\nPublic visé", stored.TextesProposes["Action.CommentairePrerequis"], StringComparison.Ordinal);
        var happened = await db.Set<Evenement>().SingleAsync(e => e.Type == "ReglagesProgrammeEnregistres" && e.Cle == "PE2025");
        Assert.Equal(["Champs", "FermetureSaisie"], happened.Changements.Select(c => c.Champ));
    }

    [Theory, EveryDatabase]
    public async Task New_settings_start_from_the_former_and_wrong_ones_are_refused_with_the_input_kept(DatabaseKind kind)
    {
        var (app, browser) = await AdministratorAsync(kind);
        var page = await browser.GetAsync("/cariforef/programmes/PE2026?reglage=0");
        Assert.Equal(("", "93561"), (page.Value("Applicables à partir du"), page.Value("Codes CertifInfo")));
        page = await page.Fill("Codes CertifInfo", "93561|99999999").Fill("Fermeture de la saisie", "01/01/2020").Fill("proposees-Session.Esp",
            "1").PressAsync("Enregistrer");
        page.AssertErrors(
            "Applicables à partir du : indiquez une date.", "Fermeture de la saisie : elle précède l'ouverture ; corrigez l'une des deux.",
            "Codes CertifInfo : 99999999 inconnus ; corrigez-les ou retirez-les.",
            "ESP : une valeur proposée doit aussi être attendue.", "ESP : une valeur proposée ou attendue doit aussi être admise.");
        Assert.Equal(("1", "93561|99999999"), (page.Value("proposees-Session.Esp"), page.Value("Codes CertifInfo")));
        page = await page.Fill("Applicables à partir du", "01/06/2026").Fill("Codes CertifInfo", "93561").Fill("Fermeture de la saisie",
            "").Fill("proposees-Session.Esp", "0").PressAsync("Enregistrer");
        Assert.Equal(["Les réglages applicables à partir du 01/06/2026 sont enregistrés."], page.Annonces);
        Assert.Equal(2, page.Texts("section[aria-labelledby=t-reglages] tbody tr").Count);
        Assert.Contains("En vigueur", page.Texts("section[aria-labelledby=t-reglages] tbody tr")[1], StringComparison.Ordinal);

        page = await (await browser.GetAsync("/cariforef/programmes/PE2026?reglage=0")).Fill("Applicables à partir du", "01/06/2026").PressAsync("Enregistrer");
        page.AssertErrors("Applicables à partir du : d'autres réglages portent déjà cette date ; choisissez-en une autre, ou modifiez-les.");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/cariforef/programmes/INCONNU")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/cariforef/programmes/PE2026?reglage=999999")).Status);
        Assert.NotNull(app);
    }

    [Theory, EveryDatabase]
    public async Task Two_people_on_the_same_settings_see_both_values(DatabaseKind kind)
    {
        var (_, browser) = await AdministratorAsync(kind);
        var mine = await browser.GetAsync("/cariforef/programmes/PE2027");
        await (await browser.GetAsync("/cariforef/programmes/PE2027")).Fill("Remarque", "Vue avec la Région").PressAsync("Enregistrer");
        var conflict = await mine.Fill("Remarque", "Vue par téléphone").PressAsync("Enregistrer");
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal(["Vue avec la Région", "Vue par téléphone"], conflict.Texts("section[aria-labelledby=t-differences] dd"));
        Assert.Equal("Vue par téléphone", conflict.Value("Remarque"));
        Assert.Single((await conflict.PressAsync("Enregistrer")).Annonces);
        Assert.Equal("Vue par téléphone", (await browser.GetAsync("/cariforef/programmes/PE2027")).Value("Remarque"));
    }

    [Theory, EveryDatabase]
    public async Task A_programme_takes_up_the_settings_of_another(DatabaseKind kind)
    {
        var (app, browser) = await AdministratorAsync(kind);
        await (await UploadAsync(browser, Archive("PF2034", 2034))).PressAsync("Appliquer");
        var page = await browser.GetAsync("/cariforef/programmes/PF2034");
        Assert.Contains("rien de particulier", page.Text("section[aria-labelledby=t-reglages]"), StringComparison.Ordinal);
        page = await page.Fill("Partir des réglages de", "PE2025").PressAsync("Reprendre");
        Assert.Equal("4", page.Value("proposees-Session.TypeParcours"));
        await page.Fill("Applicables à partir du", "01/01/2033").PressAsync("Enregistrer");
        await using var db = app.CreateContext();
        Assert.Equal(["4", "3"], (await db.Set<ReglagesProgramme>().AsNoTracking()
            .SingleAsync(r => r.CodeProgramme == "PF2034")).Attentes.Of("Session.TypeParcours")!.Attendues);
    }

    [Theory, EveryDatabase]
    public async Task The_publics_expected_are_searched_and_kept(DatabaseKind kind)
    {
        var (app, browser) = await AdministratorAsync(kind);
        await (await UploadAsync(browser, Archive("PG2035", 2035))).PressAsync("Appliquer");
        var page = (await browser.GetAsync("/cariforef/programmes/PG2035")).Fill("Applicables à partir du", "01/01/2034").Fill("RecherchePublics",
            "salarie artisanat");
        page = await page.PressAsync("Rechercher");
        Assert.Equal("01/01/2034", page.Value("Applicables à partir du"));
        await page.Fill("Saisie.Publics", "82046").PressAsync("Enregistrer");
        await using var db = app.CreateContext();
        Assert.Equal(["82046"], (await db.Set<ReglagesProgramme>().AsNoTracking()
            .SingleAsync(r => r.CodeProgramme == "PG2035")).Attentes.Of(ChampsReglables.Publics)!.Proposees);
    }

    [Theory, EveryDatabase]
    public async Task The_table_of_dispositifs_is_read_changed_and_completed(DatabaseKind kind)
    {
        var (_, browser) = await AdministratorAsync(kind);
        var page = await browser.GetAsync("/cariforef/dispositifs");
        Assert.Equal(["Programme régional", "Programme régional", "Proposé"], page.Texts("tbody tr:nth-child(4) td"));
        (await page.PressAsync("Enregistrer")).AssertErrors(
            "Code : écrivez un nombre de 1 à 99999.", "Libellé : écrivez le libellé.", "Nature : choisissez une nature.");
        page = await page.Fill("Saisie.Code", "12").Fill("Libellé", "Plan d’investissement").Fill("Nature",
            "Autre financement, tout public").PressAsync("Enregistrer");
        Assert.Equal(["Le dispositif 12 est enregistré."], page.Annonces);
        var taken = await page.Fill("Saisie.Code", "12").Fill("Libellé", "Encore").Fill("Nature", "Formation initiale").PressAsync("Enregistrer");
        Assert.Equal((HttpStatusCode.Conflict, "Code : ce code existe déjà ; choisissez-en un autre."), (taken.Status, Assert.Single(taken.Errors)));

        var (mine, other) = (await page.FollowAsync("12"), await page.FollowAsync("12"));
        await other.Fill("Libellé", "Plan régional").PressAsync("Enregistrer");
        var conflict = await mine.Fill("Proposé aux organismes", "Non").PressAsync("Enregistrer");
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal(["Plan régional", "Autre financement, tout public", "Proposé"], conflict.Texts("tbody tr:last-child td"));
        page = await conflict.Fill("Libellé", "Plan régional").PressAsync("Enregistrer");
        Assert.Equal(["Plan régional", "Autre financement, tout public", "Retiré"], page.Texts("tbody tr:last-child td"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/cariforef/dispositifs?code=99")).Status);
    }

    private async Task<(SofiApp App, Navigateur Browser)> AdministratorAsync(DatabaseKind kind)
    {
        var app = await SofiApp.ForAsync(kind, GetType());
        return (app, await app.SignInAsync(await app.AddCompteAsync(Role.Administrateur)));
    }

    private static async Task<PageHtml> UploadAsync(Navigateur browser, byte[] file, string name = "fichier.zip")
    {
        var form = await browser.GetAsync(Imports);
        var token = form.One("form[enctype] input[name=__RequestVerificationToken]").GetAttribute("value")!;
        var content = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" },
            { new ByteArrayContent(file), "Fichier", name } };
        return await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, Imports) { Content = content }, follow: true);
    }

    private static byte[] Archive(string code, int year, string? lot = null)
    {
        const string organisme = "siret;raison_sociale;nda;adresse;code_postal;commune;courriel;telephone";
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("programmes", "code_programme;intitule;annee;code_dispositif;publics", $"{code};Programme {code};{year};8;80006");
            Add("lots",
                "numero_lot;intitule;code_programme;id_action_cr;code_mandataire_cr;forfait_recrutement;nb_places;departement;codes_certifinfo", lot
                ?? $"{code}_1;Lot;{code};1;386;N;40;44;");
            Add("mandataires", "code_cr;" + organisme, $"386;{SiretOf(code)};ORGANISME DU FICHIER (EXEMPLE);;;44000;Nantes;;");
            Add("formateurs", "numero_lot;code_mandataire_cr;" + organisme);

            void Add(string name, params string[] lines)
            {
                using var entry = archive.CreateEntry(name + ".csv").Open();
                entry.Write(Encoding.UTF8.GetBytes(string.Join("\r\n", lines)));
            }
        }

        return file.ToArray();
    }

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> Sirets = new();

    private static string SiretOf(string code) => Sirets.GetOrAdd(code, _ => TestSiret.Next());

    private static async Task<string> AddSessionAsync(SofiApp app, string numeroLot)
    {
        await using var db = app.CreateContext();
        var lot = await db.Set<Lot>().SingleAsync(l => l.Numero == numeroLot);
        var formation = new Formation { EtablissementNumero = lot.MandataireNumero, Fiche = new FicheFormation { Intitule = "Créer" } };
        var action = new ActionFormation { FormationNumero = 0, LotId = lot.Id };
        var session = new SessionFormation { ActionNumero = 0 };
        session.Dispositifs.Add(new DispositifSession { SessionNumero = 0, CodeDispositif = 8, LotId = lot.Id });
        action.Sessions.Add(session);
        formation.Actions.Add(action);
        db.Add(formation);
        await db.SaveChangesAsync();
        return $"{formation.Numero}-{action.Numero}-{session.Numero}";
    }
}
