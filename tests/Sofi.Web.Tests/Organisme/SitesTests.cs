using System.Net;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Gestion;
using Sofi.Core.Journal;
using Sofi.Core.Organismes;
using Sofi.Testing;

namespace Sofi.Web.Tests.Organisme;

/// <summary>Établissements and their places: <c>/sofi/organisme/sites</c>.</summary>
public class SitesTests
{
    [Theory, EveryDatabase]
    public async Task The_dashboard_and_the_menu_lead_there(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var page = await (await bureau.Gestionnaire.GetAsync("/sofi")).FollowAsync("Gestion de vos sites, contacts, référents et portes ouvertes");
        // Whoever has one établissement opens it at once.
        Assert.Equal($"/sofi/organisme/sites/{bureau.Etablissement}", page.Address);
        Assert.Equal(["Sites et lieux", "Contacts", "Référents", "Portes ouvertes", "Comptes"], page.Texts("#menu a[href^='/sofi/organisme/']"));
        Assert.Equal(["Fiche et lieux", "Contacts", "Référents", "Portes ouvertes", "Importer un fichier"], page.Texts(".onglets a"));
        Assert.Equal("Sites et lieux", (await bureau.Administrateur.GetAsync("/cariforef/validations")).Text("#menu a[href='/sofi/organisme/sites']"));
    }

    [Theory, EveryDatabase]
    public async Task The_sheet_is_saved_with_its_journal(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var page = await bureau.Gestionnaire.GetAsync($"/sofi/organisme/sites/{bureau.Etablissement}");
        page.AssertOk();
        Assert.Equal(("ORGANISME DE TEST", "52440000044", "44109"), (page.Value("Raison sociale"), page.Value("Numéro de déclaration d’activité"), page.Value("Commune")));
        Assert.Equal(bureau.Scene.Offre.Etablissement.Siret, page.Text("#Fiche_Siret"));
        page.Fill("Nom commercial", "L’Essai").Fill("UAI", "0681761v").Fill("Certification Qualiopi", "Actions de formation").Fill("Certificat valable jusqu’au", "31/12/2027").Fill("Site web", "https://exemple.test");
        page = await page.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(["La fiche de l’établissement est enregistrée."], page.Annonces);
        var stored = await bureau.Scene.ReadAsync(db => db.Set<Etablissement>().SingleAsync(e => e.Numero == bureau.Etablissement));
        Assert.Equal(("L’Essai", "0681761V", new DateOnly(2027, 12, 31), "https://exemple.test"), (stored.NomCommercial, stored.Uai, stored.QualiopiJusquAu, stored.SiteWeb));
        var changed = await bureau.LastEventAsync("etablissement", bureau.Etablissement);
        Assert.Equal("EtablissementModifie", changed.Type);
        Assert.Contains(new Changement("Uai", null, "0681761V"), changed.Changements);
    }

    [Theory, EveryDatabase]
    public async Task Wrong_values_are_refused_on_their_fields_with_the_input_kept(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var page = await bureau.Gestionnaire.GetAsync($"/sofi/organisme/sites/{bureau.Etablissement}");
        page.Fill("Raison sociale", "").Fill("Numéro de déclaration d’activité", "123").Fill("UAI", "0681761W").Fill("Certificat valable jusqu’au", "32/13/2027").Fill("Téléphone", "poste 12").Fill("Site web", "exemple.test");
        var refused = await page.PressAsync("Enregistrer", ".barre-bas");
        refused.AssertErrors(
            "Raison sociale : remplissez ce champ.", "Numéro de déclaration d’activité : « 123 » n’a pas 11 chiffres ; écrivez-les sans espace.",
            "UAI : « 0681761W » n’est pas sept chiffres et leur lettre de contrôle ; vérifiez-le.",
            "Certificat valable jusqu’au : « 32/13/2027 » n'est pas une date : écrivez JJ/MM/AAAA.",
            "Téléphone : « poste 12 » ne convient pas ; écrivez dix chiffres, par exemple 02 40 00 00 00, ou un numéro qui commence par +.",
            "Site web : « exemple.test » ne convient pas ; écrivez une adresse qui commence par https:// ou http://.");
        Assert.Equal(("123", "poste 12"), (refused.Value("Numéro de déclaration d’activité"), refused.Value("Téléphone")));
        Assert.Empty(await bureau.EventsAsync("etablissement", bureau.Etablissement));
    }

    [Theory, EveryDatabase]
    public async Task A_commune_is_found_on_the_real_table_and_chosen(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var page = await bureau.Gestionnaire.GetAsync($"/sofi/organisme/sites/{bureau.Etablissement}/lieux/nouveau");
        page.Fill("Nom du lieu", "Antenne de Pornic").Fill("Rechercher : Commune", "pornic 442");
        page = await page.PressAsync("Rechercher", "#Fiche_Commune");
        Assert.Equal(("Antenne de Pornic", HttpStatusCode.OK), (page.Value("Nom du lieu"), page.Status));
        Assert.Equal(["Pornic (44210)"], page.Texts("#Fiche_Commune .form-check label"));
        page.Fill("Commune", "Pornic (44210)").Fill("Latitude", "47,1156").Fill("Longitude", "-2,104").Fill("Transport", "Gare à dix minutes.");
        page = await page.PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(["Le lieu « Antenne de Pornic » est enregistré."], page.Annonces);
        Assert.Contains("Antenne de Pornic", page.Text("#lieux"), StringComparison.Ordinal);
        var lieu = await bureau.Scene.ReadAsync(db => db.Set<Lieu>().SingleAsync(l => l.EtablissementNumero == bureau.Etablissement && l.Nom == "Antenne de Pornic"));
        Assert.Equal(("44210", "Pornic", "44131", 47.1156m, -2.104m), (lieu.Adresse.CodePostal, lieu.Adresse.Commune, lieu.Adresse.CodeInsee, lieu.Latitude, lieu.Longitude));
        Assert.Equal(["LieuCree"], await bureau.EventsAsync("lieu", lieu.Id));
        // A resent form finds its first result.
        Assert.Equal("47,115600", (await bureau.Gestionnaire.GetAsync($"/sofi/organisme/sites/{bureau.Etablissement}/lieux/{lieu.Id}")).Value("Latitude"));
    }

    [Theory, EveryDatabase]
    public async Task Principal_shows_the_address_of_the_etablissement_read_only(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var page = await bureau.Gestionnaire.GetAsync($"/sofi/organisme/sites/{bureau.Etablissement}/lieux/{bureau.Lieu.Id}");
        Assert.Equal(["Principal", "1 rue de l’Exemple", "44000", "Nantes (44)"], page.Texts(".champ-lecture .valeur"));
        page.Fill("Accessibilité aux personnes handicapées", "Plain-pied");
        (await page.PressAsync("Enregistrer", ".barre-bas")).AssertOk();
        Assert.Equal([new Changement("AccesHandicapes", null, "Plain-pied")], (await bureau.LastEventAsync("lieu", bureau.Lieu.Id)).Changements);
    }

    [Theory, EveryDatabase]
    public async Task Two_people_on_one_sheet_choose_field_by_field(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var address = $"/sofi/organisme/sites/{bureau.Etablissement}";
        var (mine, hers) = (await bureau.Gestionnaire.GetAsync(address), await bureau.Administrateur.GetAsync(address));
        await hers.Fill("Téléphone", "02 40 20 20 40").Fill("Nom commercial", "Le sien").PressAsync("Enregistrer", ".barre-bas");
        var conflict = await mine.Fill("Nom commercial", "Le mien").PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal("Marc Ollivier a enregistré cette fiche pendant votre saisie", conflict.Text("#t-conflit"));
        Assert.Equal(["Nom commercial"], conflict.Texts("fieldset legend"));
        Assert.Contains("Ses autres changements seront gardés avec les vôtres : Téléphone.", conflict.Text("#fiche, .carton"));
        conflict = await conflict.PressAsync("Enregistrer mes choix");
        Assert.Equal((HttpStatusCode.Conflict, "Nom commercial : choisissez la valeur à garder."), (conflict.Status, Assert.Single(conflict.Errors)));
        await conflict.Fill("Garder.Fiche.NomCommercial", "mienne").PressAsync("Enregistrer mes choix");
        var stored = await bureau.Scene.ReadAsync(db => db.Set<Etablissement>().SingleAsync(e => e.Numero == bureau.Etablissement));
        Assert.Equal(("Le mien", "02 40 20 20 40"), (stored.NomCommercial, stored.Telephone));
    }

    [Theory, EveryDatabase]
    public async Task A_redacteur_reads_and_posts_nothing(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var porte = await bureau.Scene.AddPorteAsync(new DateOnly(2025, 3, 15));
        foreach (var address in new[] { $"/sofi/organisme/sites/{bureau.Etablissement}", $"/sofi/organisme/sites/{bureau.Etablissement}/lieux/{bureau.Lieu.Id}", "/sofi/organisme/contacts",
            $"/sofi/organisme/contacts/{bureau.Contact.Numero}", $"/sofi/organisme/contacts/{bureau.Contact.Numero}/utilisation", "/sofi/organisme/referents",
            "/sofi/organisme/portes-ouvertes", $"/sofi/organisme/portes-ouvertes/{porte}" })
        {
            var page = await bureau.Redacteur.GetAsync(address);
            page.AssertOk();
            Assert.Contains("Vous lisez cette page.", page.Text(), StringComparison.Ordinal);
            Assert.Empty(page.Document.QuerySelectorAll("main input:not([type=hidden]):not([type=search]), main textarea, main .btn-primary, main .btn-danger"));
        }

        foreach (var address in new[] { $"/sofi/organisme/sites/{bureau.Etablissement}/lieux/nouveau", "/sofi/organisme/contacts/nouveau", "/sofi/organisme/portes-ouvertes/nouvelle", "/sofi/organisme/sites/nouveau" })
            Assert.Equal(HttpStatusCode.NotFound, (await bureau.Redacteur.GetAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bureau.Redacteur.PostAsync($"/sofi/organisme/sites/{bureau.Etablissement}", new() { ["Fiche.RaisonSociale"] = "X" })).Status);
    }

    [Theory, EveryDatabase]
    public async Task The_administrateur_finds_any_organisation_creates_one_and_stays_on_it(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        Assert.Equal("/sofi/organisme/sites", (await bureau.Administrateur.GetWithoutFollowingAsync("/sofi/organisme/contacts")).Location);
        var siret = TestSiret.Next();
        var page = await (await bureau.Administrateur.GetAsync("/sofi/organisme/sites")).FollowAsync("Ajouter un établissement");
        page.Fill("Raison sociale", "ORGANISME CRÉÉ").Fill("SIRET", siret[..13] + (siret[13] == '9' ? '0' : (char)(siret[13] + 1))).Fill("Rechercher : Commune", "angers");
        page = await page.PressAsync("Rechercher", "#Fiche_Commune");
        page = await page.Fill("Commune", "49007").PressAsync("Enregistrer", ".barre-bas");
        page.AssertErrors("SIRET : la clé de contrôle est fausse ; vérifiez les 14 chiffres.");
        page = await page.Fill("SIRET", $"{siret[..3]} {siret[3..6]} {siret[6..9]} {siret[9..]}").PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(["L’établissement est créé."], page.Annonces);
        page = await (await bureau.Administrateur.GetAsync("/sofi/organisme/sites?recherche=" + siret)).FollowAsync("ORGANISME CRÉÉ");
        var contacts = await page.FollowAsync("Contacts");
        Assert.Matches(@"^/sofi/organisme/contacts\?etablissement=\d+$", contacts.Address);
        contacts = await (await contacts.FollowAsync("Ajouter un contact")).Fill("Nom", "Accueil").Fill("Courriel", "accueil@exemple.test").PressAsync("Enregistrer", ".barre-bas");
        Assert.Contains("AccueilContact principal", contacts.Text(".liste tbody"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await bureau.Gestionnaire.GetAsync("/sofi/organisme/sites/nouveau")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bureau.Gestionnaire.GetAsync(contacts.Address)).Status);
    }

    [Theory, EveryDatabase]
    public async Task The_gestionnaire_of_a_siren_keeps_each_of_its_siret(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var sibling = await bureau.Scene.DoAsync((OrganismeService o) => o.CreateAsync(
            new Etablissement { Siret = TestSiret.Sibling(bureau.Scene.Offre.Etablissement.Siret, 7), RaisonSociale = "ORGANISME DE TEST – ANTENNE" }, Auteur.Systeme));
        var page = await bureau.Gestionnaire.GetAsync("/sofi/organisme/sites");
        Assert.Equal(["ORGANISME DE TEST", "ORGANISME DE TEST – ANTENNE"], page.Texts(".liste tbody th a"));
        page = await bureau.Gestionnaire.GetAsync($"/sofi/organisme/contacts/nouveau?etablissement={sibling}");
        await page.Fill("Nom", "Accueil").Fill("Téléphone", "02 40 20 20 40").PressAsync("Enregistrer", ".barre-bas");
        Assert.True(await bureau.Scene.ReadAsync(db => db.Set<Contact>().AnyAsync(c => c.EtablissementNumero == sibling && c.Nom == "Accueil")));
        // The rédacteur is attached to the other one alone.
        Assert.Equal(HttpStatusCode.NotFound, (await bureau.Redacteur.GetAsync($"/sofi/organisme/sites/{sibling}")).Status);
    }

    [Theory, EveryDatabase]
    public async Task A_place_of_another_etablissement_is_not_under_this_one(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        await using var other = await Bureau.OpenAsync(kind, GetType());
        Assert.Equal(HttpStatusCode.NotFound, (await bureau.Administrateur.GetAsync($"/sofi/organisme/sites/{bureau.Etablissement}/lieux/{other.Lieu.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bureau.Gestionnaire.GetAsync("/sofi/organisme/contacts?etablissement=abc")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bureau.Gestionnaire.GetAsync($"/sofi/organisme/portes-ouvertes?etablissement={other.Etablissement}")).Status);
    }

    [Theory, EveryDatabase]
    public async Task A_page_costs_as_many_queries_whatever_the_lines(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var pages = new Dictionary<string, int>
        {
            [$"/sofi/organisme/sites/{bureau.Etablissement}"] = 10,
            ["/sofi/organisme/contacts"] = 6,
            ["/sofi/organisme/referents"] = 7,
            ["/sofi/organisme/portes-ouvertes"] = 7,
        };
        var before = new Dictionary<string, int>();
        foreach (var page in pages.Keys) before[page] = await bureau.QueriesAsync(page);
        for (var i = 0; i < 12; i++)
        {
            var contact = await bureau.Scene.AddContactAsync($"Contact {i}");
            await bureau.Scene.AddLieuAsync($"Lieu {i}");
            await bureau.Scene.AddPorteAsync(new DateOnly(2025, 3, 1).AddDays(i));
            await bureau.Scene.DoAsync((ReferentService r) => r.AddAsync(bureau.Scene.Gestionnaire, bureau.Etablissement, "3", contact, false));
        }

        foreach (var (page, expected) in pages)
        {
            Assert.Equal((page, before[page]), (page, await bureau.QueriesAsync(page)));
            Assert.Equal((page, expected), (page, before[page]));
        }
    }
}
