using System.Globalization;
using System.Net;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Programmes;
using Sofi.Core.Referentiels;
using Sofi.Testing;

namespace Sofi.Web.Tests.Extranet;

/// <summary>Créer une formation (procedure, page 7): the two doors.</summary>
public class NouvelleFormationTests
{
    private const string Door = "/sofi/formations/nouvelle";
    private static int lastCode = 20_000_000;

    [Theory, EveryDatabase]
    public async Task The_lists_stand_in_the_order_of_the_procedure_and_a_single_choice_is_made(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var page = await poste.GetAsync(Door);
        page.AssertOk();
        Assert.Equal("Formations publiques", page.Text("h1"));
        Assert.Equal(["Organisme *", "Programme *", "Intitulé du lot *", "Mandataire *", "Site de réalisation *"], page.Texts("#choix .libelle, #choix label"));
        Assert.Equal(poste.Scene.Etablissement.LibelleDispensateur, page.Text("#choix .valeur"));
        Assert.Equal(poste.Scene.Lot.CodeProgramme, page.Value("Programme"));
        Assert.Equal("PROGRAMME REGION - Programme de test", page.Text("#Programme option[selected]"));
        Assert.Equal($"{poste.Scene.Lot.Numero} - Lot de test", page.Text("#NumeroLot option[selected]"));
        Assert.Equal("386 - ORGANISME DE TEST", page.Text("#Mandataire option[selected]"));
        Assert.Equal($"{poste.Scene.Etablissement.Numero} - ORGANISME DE TEST - Principal", page.Text("#Lieu option[selected]"));
        Assert.Null(page.Document.GetElementById("reference"));
    }

    [Theory, EveryDatabase]
    public async Task The_lists_offer_the_lots_of_which_one_is_mandataire_or_formateur_and_no_other(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var mandataire = await poste.NeighbourAsync();
        await using var stranger = await poste.NeighbourAsync();
        await mandataire.AddFormateurAsync(poste.Scene.Etablissement.Numero);
        var page = await poste.GetAsync(Door);
        Assert.Equal(new[] { poste, mandataire }.Select(p => p.Scene.Lot.CodeProgramme).Order(), Values(page, "#Programme").Order());
        Assert.Equal("", page.Value("Programme"));
        Assert.Empty(Values(page, "#NumeroLot"));

        page = await page.Fill("Programme", mandataire.Scene.Lot.CodeProgramme).PressAsync("Suivant");
        Assert.Equal([mandataire.Scene.Lot.Numero], Values(page, "#NumeroLot"));
        Assert.Equal(Text(mandataire.Scene.Lot.Id), page.Value("Mandataire"));
        Assert.Equal([Text(poste.Scene.Lieu.Id)], Values(page, "#Lieu"));

        page = await poste.GetAsync($"{Door}?programme={stranger.Scene.Lot.CodeProgramme}&numeroLot={stranger.Scene.Lot.Numero}&mandataire={stranger.Scene.Lot.Id}&lieu={stranger.Scene.Lieu.Id}&suite=true");
        page.AssertErrors("Programme : choisissez un programme.");
        Assert.DoesNotContain(stranger.Scene.Lot.Numero, page.Text());
    }

    [Theory, EveryDatabase]
    public async Task A_lot_with_two_mandataires_asks_which_one(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var other = await poste.NeighbourAsync();
        var (own, second) = (poste.Scene.Lot, new Lot
        {
            Numero = poste.Scene.Lot.Numero,
            CodeMandataireCr = "387",
            Intitule = poste.Scene.Lot.Intitule,
            CodeProgramme = poste.Scene.Lot.CodeProgramme,
            IdActionCr = "4260",
            MandataireNumero = other.Scene.Etablissement.Numero,
        });
        second.Formateurs.Add(new LotFormateur { EtablissementNumero = poste.Scene.Etablissement.Numero });
        await poste.WriteAsync(db => { db.Add(second); return db.SaveChangesAsync(); });
        var page = await (await poste.GetAsync(Door)).PressAsync("Suivant");
        page.AssertErrors("Mandataire : choisissez le mandataire.");
        Assert.Equal([own.Numero], Values(page, "#NumeroLot"));
        Assert.Equal(new[] { Text(own.Id), Text(second.Id) }.Order(), Values(page, "#Mandataire").Order());
        Assert.Equal("Mandataire : choisissez le mandataire.", page.Text("#Mandataire-erreur"));
    }

    [Theory, EveryDatabase]
    public async Task Each_missing_choice_is_asked_on_its_list_and_the_others_are_kept(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await poste.WriteAsync(db => { db.Add(new Lieu { EtablissementNumero = poste.Scene.Etablissement.Numero, Nom = "Atelier" }); return db.SaveChangesAsync(); });
        var page = await (await poste.GetAsync(Door)).PressAsync("Suivant");
        page.AssertErrors("Site de réalisation : choisissez un site.");
        Assert.Equal(poste.Scene.Lot.CodeProgramme, page.Value("Programme"));
        page = await page.Fill("Site de réalisation", $"{poste.Scene.Etablissement.Numero} - ORGANISME DE TEST - Atelier").PressAsync("Suivant");
        page.AssertOk();
        Assert.Equal("Référence Certifinfo", page.Text("#reference h2"));
    }

    [Theory, EveryDatabase]
    public async Task The_code_and_the_magnifier_open_the_Fiche_Formation_with_the_lot(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var page = await ReferenceAsync(poste);
        Assert.Equal("oui", page.Value("La formation a une référence Certifinfo"));
        page = await page.Fill("Code Certifinfo", Text(poste.Scene.Certifinfo)).PressAsync("Rechercher");
        Assert.Equal($"/sofi/formations/nouvelle/fiche?certifinfo={poste.Scene.Certifinfo}&lot={poste.Scene.Lot.Id}&lieu={poste.Scene.Lieu.Id}", page.Address);
        Assert.Equal(["Formation 0", $"CertifInfo {poste.Scene.Certifinfo}"], page.Texts(".tete-page .code"));
    }

    [Theory, EveryDatabase]
    public async Task Words_are_searched_whatever_accents_and_case_and_typing_opens_nothing(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var code = await AddCertificationAsync(poste, "Bûcheron élagueur d’essai");
        var page = await ReferenceAsync(poste);
        page = await page.Fill("Code Certifinfo", "BUCHERON elagueur essai").PressAsync("Rechercher");
        page.AssertOk();
        Assert.Contains($"{code} – Bûcheron élagueur d’essai", page.Text("#resultats"));
        Assert.Contains($"certifinfo={code}&lot=", page.One($"#resultats a[href*='certifinfo={code}&']").GetAttribute("href"));

        page = await poste.GetAsync($"{Door}?porte=autre&reference=oui&certifinfo={code}");
        page.AssertOk();
        Assert.StartsWith(Door, page.Address);
        Assert.Contains("Bûcheron élagueur d’essai", page.Text("#resultats"));
        page = await poste.GetAsync($"{Door}?porte=autre&reference=oui&certifinfo=zyxwvu");
        Assert.StartsWith("Aucun résultat trouvé pour « zyxwvu »", page.Text("#resultats"));
    }

    [Theory, EveryDatabase]
    public async Task An_unknown_code_is_refused_and_kept(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var page = await (await ReferenceAsync(poste)).Fill("Code Certifinfo", "19999999").PressAsync("Rechercher");
        page.AssertErrors("Le code Certifinfo 19999999 n’existe pas : vérifiez-le, ou cherchez avec des mots de l’intitulé.");
        Assert.Equal("19999999", page.Value("Code Certifinfo"));
        page = await (await ReferenceAsync(poste)).PressAsync("Suivant : Fiche Formation");
        page.AssertErrors("Code Certifinfo : écrivez un code, ou des mots de l’intitulé.");
    }

    [Theory, EveryDatabase]
    public async Task A_replaced_code_offers_its_successors_however_many_others_hold_its_digits(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var next = await AddCertificationAsync(poste, "La suite");
        var old = await AddCertificationAsync(poste, "L’ancienne", c => { c.Publiee = false; c.Remplacants = [Text(next)]; });
        for (var i = 0; i < 25; i++) await AddCertificationAsync(poste, $"Reprend {old} n° {i}");
        var page = await poste.GetAsync($"{Door}?porte=autre&reference=oui&certifinfo={old}&ouvrir=true");
        page.AssertOk();
        Assert.Contains($"Le code {old} (« L’ancienne ») a été remplacé.", page.Text("#resultats"));
        page = await page.FollowAsync($"Prendre le code {next}");
        Assert.Equal($"/sofi/formations/nouvelle/fiche?certifinfo={next}", page.Address);
        page.AssertOk();
        Assert.Equal(HttpStatusCode.NotFound, (await poste.GetAsync($"/sofi/formations/nouvelle/fiche?certifinfo={old}")).Status);
    }

    [Theory, EveryDatabase]
    public async Task A_code_that_the_lot_does_not_allow_is_refused_and_none_is_too(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var allowed = await AddCertificationAsync(poste, "Admise sur le lot");
        await poste.SetAttentesAsync(attentes => attentes with { CodesCertifinfo = [Text(allowed)] });
        var page = await ReferenceAsync(poste);
        Assert.Contains($"Codes admis sur ce lot : {allowed}.", page.Text("#Certifinfo-aide"));
        Assert.Equal([$"Choisir {allowed} Admise sur le lot"], page.Texts("#resultats a"));
        var refused = await page.Fill("Code Certifinfo", Text(poste.Scene.Certifinfo)).PressAsync("Rechercher");
        refused.AssertErrors($"Le code Certifinfo {poste.Scene.Certifinfo} n’est pas admis sur ce lot. Codes admis : {allowed}.");
        var found = await refused.Fill("Code Certifinfo", "certification de test").PressAsync("Rechercher");
        Assert.StartsWith("Aucune des certifications admises sur ce lot ne correspond à « certification de test ».", found.Text("#resultats"));
        Assert.Equal([$"Choisir {allowed} Admise sur le lot"], found.Texts("#resultats a"));
        var free = await found.Fill("La formation a une référence Certifinfo", "non").PressAsync("Suivant : Fiche Formation");
        free.AssertErrors($"Ce lot demande une référence Certifinfo. Codes admis : {allowed}.");
        Assert.Equal("Fiche Formation", (await free.Fill("La formation a une référence Certifinfo", "oui").Fill("Code Certifinfo", Text(allowed)).PressAsync("Rechercher")).Text("h1"));
    }

    [Theory, EveryDatabase]
    public async Task Non_opens_a_free_formation(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var page = await (await ReferenceAsync(poste)).Fill("La formation a une référence Certifinfo", "non").PressAsync("Suivant : Fiche Formation");
        Assert.Equal($"/sofi/formations/nouvelle/fiche?lot={poste.Scene.Lot.Id}&lieu={poste.Scene.Lieu.Id}", page.Address);
        Assert.Equal(["Formation 0"], page.Texts(".tete-page .code"));
        Assert.Equal("", page.Value("Intitulé"));
    }

    [Theory, EveryDatabase]
    public async Task A_code_already_entered_by_the_etablissement_opens_its_formation_with_the_lot(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var formation = await poste.Scene.CreateFormationAsync();
        var page = await (await ReferenceAsync(poste)).Fill("Code Certifinfo", Text(poste.Scene.Certifinfo)).PressAsync("Rechercher");
        Assert.Equal($"/sofi/formations/{formation}?lot={poste.Scene.Lot.Id}&lieu={poste.Scene.Lieu.Id}", page.Address);
        page = await page.PressAsync("Étape suivante");
        Assert.Equal($"/sofi/formations/{formation}/actions/nouvelle?lot={poste.Scene.Lot.Id}&lieu={poste.Scene.Lieu.Id}", page.Address);
    }

    [Theory, EveryDatabase]
    public async Task A_programme_whose_entry_is_closed_says_so(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await poste.SetAttentesAsync(attentes => attentes with { FermetureSaisie = new DateOnly(2025, 2, 11) });
        var page = await (await poste.GetAsync(Door)).PressAsync("Suivant");
        page.AssertErrors("La saisie de ce programme est close depuis le 11/02/2025 : rien ne peut plus y être créé.");
        Assert.Null(page.Document.GetElementById("reference"));
        await poste.SetAttentesAsync(attentes => attentes with { OuvertureSaisie = new DateOnly(2025, 3, 1), FermetureSaisie = null });
        page = await (await poste.GetAsync(Door)).PressAsync("Suivant");
        page.AssertErrors("La saisie de ce programme ouvre le 01/03/2025 : rien ne peut y être créé avant.");
    }

    [Theory, EveryDatabase]
    public async Task Autres_formations_asks_for_the_code_alone(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var page = await (await poste.GetAsync("/sofi")).FollowAsync("Autres formations");
        Assert.Equal("Autres formations", page.Text("h1"));
        Assert.Null(page.Document.GetElementById("choix"));
        page = await page.Fill("Code Certifinfo", Text(poste.Scene.Certifinfo)).PressAsync("Rechercher");
        Assert.Equal($"/sofi/formations/nouvelle/fiche?certifinfo={poste.Scene.Certifinfo}", page.Address);
    }

    [Theory, EveryDatabase]
    public async Task The_switcher_changes_the_lists(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        await using var other = await poste.NeighbourAsync();
        var browser = await poste.App.SignInAsync(await poste.App.AddCompteAsync(Role.Redacteur, poste.Scene.Etablissement.Numero, other.Scene.Etablissement.Numero));
        var page = await browser.GetAsync(Door);
        var before = Values(page, "#NumeroLot").Single();
        page = await page.PressAsync(PageHtml.Clean(page.One("#etablissements button:not([aria-current])").TextContent));
        Assert.Equal(Door, page.Address);
        var after = Values(page, "#NumeroLot").Single();
        Assert.Equal(new[] { poste.Scene.Lot.Numero, other.Scene.Lot.Numero }.Order(), new[] { before, after }.Order());
    }

    [Theory, EveryDatabase]
    public async Task An_etablissement_on_no_lot_is_told_so(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var etablissement = await poste.ReadAsync(OffreScene.AddEtablissementAsync);
        var browser = await poste.App.SignInAsync(await poste.App.AddCompteAsync(Role.Redacteur, etablissement.Numero));
        var page = await browser.GetAsync(Door);
        page.AssertOk();
        Assert.Contains("Cet établissement n’est mandataire ou formateur d’aucun lot.", page.Text());
        Assert.Equal(HttpStatusCode.NotFound, (await (await poste.SignInAsync(Role.Redacteur)).GetAsync(Door)).Status);
    }

    [Theory, EveryDatabase]
    public async Task The_door_costs_the_same_queries_whatever_the_number_of_lots(DatabaseKind kind)
    {
        await using var poste = await Poste.OpenAsync(kind, GetType());
        var address = $"{Door}?programme={poste.Scene.Lot.CodeProgramme}&numeroLot={poste.Scene.Lot.Numero}&mandataire={poste.Scene.Lot.Id}&suite=true";
        var before = await poste.QueriesAsync(address);
        await poste.WriteAsync(db =>
        {
            db.AddRange(Enumerable.Range(0, 30).Select(i => new Lot
            {
                Numero = $"{poste.Scene.Lot.Numero}-{i}",
                CodeMandataireCr = "386",
                Intitule = "Lot de test",
                CodeProgramme = poste.Scene.Lot.CodeProgramme,
                IdActionCr = "1",
                MandataireNumero = poste.Scene.Etablissement.Numero,
            }));
            return db.SaveChangesAsync();
        });
        Assert.Equal(before, await poste.QueriesAsync(address));
    }

    /// <summary>The second step of "Formations publiques", on the only lot of the organisation.</summary>
    private static async Task<PageHtml> ReferenceAsync(Poste poste)
    {
        var page = await (await poste.GetAsync(Door)).PressAsync("Suivant");
        page.AssertOk();
        return page;
    }

    private static async Task<int> AddCertificationAsync(Poste poste, string libelle, Action<Certification>? change = null)
    {
        var code = Interlocked.Increment(ref lastCode);
        var certification = new Certification { Code = code, Libelle = libelle, CodeType = 999, NiveauSortie = Listes.SansNiveau, Recherche = Texte.Fold($"{libelle} {code}") };
        change?.Invoke(certification);
        await poste.WriteAsync(db => { db.Add(certification); return db.SaveChangesAsync(); });
        return code;
    }

    private static List<string> Values(PageHtml page, string select) =>
        [.. page.Document.QuerySelectorAll($"{select} option").Select(option => option.GetAttribute("value")!).Where(value => value.Length > 0)];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
