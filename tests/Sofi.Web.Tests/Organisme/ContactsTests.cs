using System.Net;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Validation;
using Sofi.Testing;

namespace Sofi.Web.Tests.Organisme;

/// <summary>Contacts and référents: <c>/sofi/organisme/contacts</c>, <c>/sofi/organisme/referents</c>; what is in use.</summary>
public class ContactsTests
{
    [Theory, EveryDatabase]
    public async Task A_contact_is_added_found_and_changed(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        for (var i = 0; i < 12; i++) await bureau.Scene.AddContactAsync($"Service {i:00}", $"service{i}@exemple.test");
        var page = await (await bureau.Gestionnaire.GetAsync("/sofi/organisme/contacts")).FollowAsync("Ajouter un contact");
        Assert.Equal(15, page.Document.QuerySelectorAll("#Fiche_Types input").Length);
        page.Fill("Civilité", "Madame").Fill("Nom", "Tanguy").Fill("Prénom", "Maëlle").Fill("Fonction", "Référente handicap").Fill("Téléphone portable", "06 39 98 00 05")
            .Fill("Courriel", "maelle.tanguy@exemple.test").Fill("Type de contact", "Référent handicap", "Référent pédagogique");
        page = await page.PressAsync("Enregistrer", ".barre-bas");
        var contact = await bureau.Scene.ReadAsync(db => db.Set<Contact>().SingleAsync(c => c.EtablissementNumero == bureau.Etablissement && c.Nom == "Tanguy"));
        Assert.Equal([$"Le contact {contact.Numero} est enregistré."], page.Annonces);
        Assert.Contains("Voir 1 à 10 sur 14 résultats", page.Text(), StringComparison.Ordinal);

        page = await bureau.Gestionnaire.GetAsync("/sofi/organisme/contacts?recherche=maelle+handicap");
        Assert.Equal(["Maëlle Tanguy"], page.Texts(".liste tbody th a"));
        Assert.Contains("Référent handicap, Référent pédagogique", page.Text(".liste tbody"), StringComparison.Ordinal);
        page = await page.FollowAsync("Maëlle Tanguy");
        Assert.Equal(("Mme", "1|3"), (page.Value("Civilité"), page.Value("Type de contact").Split('|').Order().Aggregate((a, b) => a + "|" + b)));
        await page.Fill("Fonction", "").PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal(["ContactCree", "ContactModifie"], await bureau.EventsAsync("contact", contact.Numero));
    }

    [Theory, EveryDatabase]
    public async Task A_contact_without_a_way_to_reach_it_is_refused_with_the_input_kept(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var page = await bureau.Gestionnaire.GetAsync("/sofi/organisme/contacts/nouveau");
        page = await page.Fill("Prénom", "Maëlle").PressAsync("Enregistrer", ".barre-bas");
        page.AssertErrors("Nom : remplissez ce champ.", "Courriel : le contact n’a ni courriel ni téléphone ; indiquez-en un.");
        Assert.Equal("Maëlle", page.Value("Prénom"));
    }

    [Theory, EveryDatabase]
    public async Task A_contact_shown_to_the_public_says_so_and_changes_at_once(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var (action, _) = await bureau.Scene.PublishAsync();
        var page = await bureau.Gestionnaire.GetAsync($"/sofi/organisme/contacts/{bureau.Contact.Numero}");
        Assert.Contains("Ce contact figure dans une action publiée : un changement y paraît aussitôt.", page.Text(), StringComparison.Ordinal);
        page = await page.Fill("Téléphone", "02 40 20 20 40").PressAsync("Enregistrer", ".barre-bas");
        Assert.Equal([$"Le contact {bureau.Contact.Numero} est enregistré, et ce qui est publié de lui est à jour."], page.Annonces);
        Assert.Equal("02 40 20 20 40", (await bureau.Scene.DoAsync((PublicationService p) => p.FindAsync(action)))!.Contacts[bureau.Contact.Numero].Telephone);
    }

    [Theory, EveryDatabase]
    public async Task A_contact_in_use_is_replaced_everywhere_then_deleted(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var (_, action, session, _) = await bureau.Scene.Offre.CreateFullOffreAsync();
        var next = await bureau.Scene.AddContactAsync();
        var page = await (await bureau.Gestionnaire.GetAsync($"/sofi/organisme/contacts/{bureau.Contact.Numero}")).FollowAsync("Où ce contact est-il utilisé ? Le remplacer, le désactiver ou le supprimer");
        Assert.Contains("1 session", page.Text("section"), StringComparison.Ordinal);
        Assert.Contains("Référent PMR, Référent mobilité", page.Text(".tableau"), StringComparison.Ordinal);
        Assert.Equal($"/sofi/sessions/{session}", page.One(".tableau a").GetAttribute("href"));
        Assert.Empty(page.Document.QuerySelectorAll(".btn-danger"));
        Assert.Contains("En une fois, aux 2 endroits", page.Text(), StringComparison.Ordinal);
        (await page.PressAsync("Remplacer")).AssertErrors("Remplaçant : choisissez un autre contact de la liste.");
        page = await page.Fill("Remplaçant", $"{next}").PressAsync("Remplacer");
        Assert.Equal(["auto saisie est remplacé à 2 endroits."], page.Annonces);
        Assert.Contains("Nulle part : il peut être supprimé.", page.Text(), StringComparison.Ordinal);
        Assert.Equal(next, await bureau.Scene.ReadAsync(db => db.Set<SessionFormation>().Where(s => s.Numero == session).Select(s => s.Fiche.ReferentPmr).SingleAsync()));
        page = await page.PressAsync("Supprimer");
        Assert.Equal(["auto saisie est supprimé."], page.Annonces);
        Assert.Equal(["ContactRemplace", "ContactSupprime"], await bureau.EventsAsync("contact", bureau.Contact.Numero));
        Assert.Contains("ContactRemplaceDansSessions", await bureau.EventsAsync("action", action));
        Assert.Equal(HttpStatusCode.NotFound, (await bureau.Gestionnaire.GetAsync($"/sofi/organisme/contacts/{bureau.Contact.Numero}")).Status);
    }

    [Theory, EveryDatabase]
    public async Task A_deactivated_place_leaves_the_choices_and_comes_back(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var lieu = await bureau.Scene.AddLieuAsync();
        var address = $"/sofi/organisme/sites/{bureau.Etablissement}/lieux/{lieu}/utilisation";
        var page = await (await bureau.Gestionnaire.GetAsync(address)).PressAsync("Désactiver");
        Assert.Equal(["Antenne de Pornic n’est plus proposé aux nouvelles saisies."], page.Annonces);
        Assert.DoesNotContain("Antenne de Pornic", (await bureau.Gestionnaire.GetAsync("/sofi/organisme/portes-ouvertes/nouvelle")).Text("#Fiche_LieuId"), StringComparison.Ordinal);
        page = await (await bureau.Gestionnaire.GetAsync(address)).PressAsync("Réactiver");
        Assert.Equal(["Antenne de Pornic est de nouveau proposé."], page.Annonces);
        var principal = await (await bureau.Gestionnaire.GetAsync($"/sofi/organisme/sites/{bureau.Etablissement}/lieux/{bureau.Lieu.Id}/utilisation")).PressAsync("Désactiver");
        principal.AssertErrors("Le lieu « Principal » est l’adresse de l’établissement : il reste actif.");
    }

    [Theory, EveryDatabase]
    public async Task Referents_are_added_by_role_one_by_default(DatabaseKind kind)
    {
        await using var bureau = await Bureau.OpenAsync(kind, GetType());
        var other = await bureau.Scene.AddContactAsync();
        var page = await bureau.Gestionnaire.GetAsync("/sofi/organisme/referents");
        (await page.PressAsync("Ajouter")).AssertErrors("Rôle : choisissez un rôle de la liste.");
        page = await page.Fill("Rôle", "Référent PMR").Fill("Contact", $"{bureau.Contact.Numero}").PressAsync("Ajouter");
        Assert.Equal(["Le référent est ajouté."], page.Annonces);
        page = await page.Fill("Rôle", "Référent PMR").Fill("Contact", $"{other}").PressAsync("Ajouter");
        page = await page.PressAsync("Par défaut : Maëlle, Référent PMR");
        Assert.Equal(["Les nouvelles sessions prendront ce référent."], page.Annonces);
        Assert.Equal([$"{other}, Maëlle", $"{bureau.Contact.Numero}, auto saisie"], page.Texts(".tableau tbody a"));
        page = await page.PressAsync("Retirer : auto saisie, Référent PMR");
        Assert.Equal([$"{other}, Maëlle"], page.Texts(".tableau tbody a"));
        Assert.Equal(["ReferentAjoute", "ReferentParDefaut", "ReferentAjoute", "ReferentParDefaut", "ReferentRetire"], await bureau.EventsAsync("etablissement", bureau.Etablissement));

        var action = await bureau.Scene.Offre.CreateActionAsync(await bureau.Scene.Offre.CreateFormationAsync());
        var session = await bureau.Redacteur.GetAsync($"/sofi/actions/{action}/sessions/nouvelle");
        Assert.Equal(($"{other}", $"{bureau.Contact.Numero}"), (session.Value("Référent PMR"), session.Value("Référent mobilité")));
    }
}
