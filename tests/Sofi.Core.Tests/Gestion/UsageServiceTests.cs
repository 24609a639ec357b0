using Microsoft.EntityFrameworkCore;
using Sofi.Core.Gestion;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Validation;
using Sofi.Testing;

namespace Sofi.Core.Tests.Gestion;

/// <summary>Contacts and places in use: never deleted, replaced everywhere in one step, deactivated without touching the history.</summary>
public class UsageServiceTests
{
    [Theory, EveryDatabase]
    public async Task A_contact_in_use_is_not_deleted_and_its_uses_are_listed(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var (_, action, session, _) = await scene.Offre.CreateFullOffreAsync();
        var contact = scene.Offre.Contact.Numero;
        await scene.DoAsync((ReferentService r) => r.AddAsync(scene.Gestionnaire, scene.Etablissement, Listes.TypeHandicap, contact, true));
        var usages = await scene.DoAsync((UsageService u) => u.OfContactAsync(contact));
        var line = Assert.Single(usages.Sessions);
        Assert.Equal((action, session, false), (line.Action, line.Session, line.Figee));
        Assert.Equal(["Référent PMR", "Référent mobilité"], line.Roles);
        Assert.Equal(["Contact principal de l’établissement", "Référent PMR, par défaut"], usages.Autres);
        Assert.Equal((1, 3, false), (usages.NbSessions, usages.NbRemplacables, usages.EstLibre));
        Assert.Equal("Ce contact est utilisé : remplacez-le partout, ou désactivez-le.", (await DeleteContactAsync(scene, contact)).Refus);
        Assert.True(await scene.ReadAsync(db => db.Set<Contact>().AnyAsync(c => c.Numero == contact)));
    }

    [Theory, EveryDatabase]
    public async Task The_list_of_uses_is_bounded_and_its_count_is_not(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var action = await scene.Offre.CreateActionAsync(await scene.Offre.CreateFormationAsync());
        for (var i = 0; i < UsageService.MostShown + 2; i++) await scene.Offre.CreateSessionAsync(action);
        using var counter = QueryCounter.Start();
        var usages = await scene.DoAsync((UsageService u) => u.OfContactAsync(scene.Offre.Contact.Numero));
        Assert.Equal(4, counter.Count);
        Assert.Equal((UsageService.MostShown, UsageService.MostShown + 2), (usages.Sessions.Count, usages.NbSessions));
    }

    [Theory, EveryDatabase]
    public async Task A_contact_that_nothing_uses_is_deleted(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var contact = await scene.AddContactAsync();
        Assert.Equal("Ce contact n’existe plus.", (await scene.DoAsync((UsageService u) => u.DeleteContactAsync(scene.Offre.Redacteur, contact))).Refus);
        Assert.Null((await DeleteContactAsync(scene, contact)).Refus);
        Assert.Equal(["ContactCree", "ContactSupprime"], (await scene.EventsAsync("contact", contact)).Select(e => e.Type));
    }

    [Theory, EveryDatabase]
    public async Task A_contact_is_replaced_everywhere_and_published_at_once(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var (published, online) = await scene.PublishAsync();
        var draft = await scene.Offre.CreateActionAsync(await scene.Offre.CreateFormationAsync());
        var session = await scene.Offre.CreateSessionAsync(draft, scene.Offre.FullSession() with { ReferentMobilite = null, ContactSession = scene.Offre.Contact.Numero });
        var (former, next) = (scene.Offre.Contact.Numero, await scene.AddContactAsync());
        foreach (var contact in new[] { former, next })
            await scene.DoAsync((ReferentService r) => r.AddAsync(scene.Gestionnaire, scene.Etablissement, Listes.TypeHandicap, contact, contact == former));
        var revision = await RevisionAsync(scene, draft);
        var before = await GestionServiceTests.LastAsync(scene);

        Assert.Equal((null, 4), await scene.DoAsync((UsageService u) => u.ReplaceContactAsync(scene.Gestionnaire, former, next)));

        Assert.True((await scene.DoAsync((UsageService u) => u.OfContactAsync(former))).EstLibre);
        var fiche = (await SessionAsync(scene, session)).Fiche;
        Assert.Equal(((int?)next, (int?)null, (int?)next), (fiche.ReferentPmr, fiche.ReferentMobilite, fiche.ContactSession));
        // Open fiches learn of it: their version moved, and so did the revision of their action.
        Assert.Equal((1, "Nadia Le Bihan", revision + 1), ((await SessionAsync(scene, session)).Version, (await SessionAsync(scene, session)).Trace.ModifiePar, await RevisionAsync(scene, draft)));
        Assert.Equal((next, 1), (
            await scene.ReadAsync(db => db.Set<Etablissement>().Where(e => e.Numero == scene.Etablissement).Select(e => e.ContactPrincipalNumero).SingleAsync()),
            (await scene.DoAsync((ReferentService r) => r.ListAsync(scene.Etablissement))).Count(r => r is { ParDefaut: true } && r.ContactNumero == next)));

        var offre = (await scene.DoAsync((PublicationService p) => p.FindAsync(published)))!;
        Assert.Equal(next, offre.Offre.Sessions.Single(s => s.Numero == online).Fiche.ReferentPmr);
        Assert.Equal([next], offre.Contacts.Keys);
        Assert.Equal([(before + 1, published, NaturePublication.Contact, 1, 2)], await GestionServiceTests.EntriesAsync(scene, before));
        var replaced = (await scene.EventsAsync("contact", former)).Single(e => e.Type == "ContactRemplace");
        Assert.Equal(
            [new Changement("Contact", $"{former}", $"{next}"), new Changement("Sessions", null, "2"), new Changement("Referents", null, "1"), new Changement("Principal", null, "1"),
             new Changement("Publiees", null, "1")], replaced.Changements);
        Assert.Single(await scene.EventsAsync("action", draft), e => e.Type == "ContactRemplaceDansSessions" && e.ActionNumero == draft);
        Assert.Null((await DeleteContactAsync(scene, former)).Refus);
    }

    [Theory, EveryDatabase]
    public async Task A_replacement_stays_in_its_etablissement(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        await using var other = await SetAsync(kind);
        var former = scene.Offre.Contact.Numero;
        var inactive = await scene.AddContactAsync();
        await scene.DoAsync((UsageService u) => u.SetContactActiveAsync(scene.Gestionnaire, inactive, false));
        foreach (var next in new int?[] { null, former, other.Offre.Contact.Numero, inactive })
            Assert.Equal("Remplaçant : choisissez un autre contact de la liste.", (await scene.DoAsync((UsageService u) => u.ReplaceContactAsync(scene.Gestionnaire, former, next))).Refus);
        Assert.Equal("Ce contact n’existe plus.", (await scene.DoAsync((UsageService u) => u.ReplaceContactAsync(other.Gestionnaire, former, other.Offre.Contact.Numero))).Refus);
    }

    [Theory, EveryDatabase]
    public async Task A_place_is_replaced_where_nothing_is_validated_nor_waits(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var (_, online) = await scene.PublishAsync();
        var action = await scene.Offre.CreateActionAsync(await scene.Offre.CreateFormationAsync());
        var session = await scene.Offre.CreateSessionAsync(action);
        var today = new DateOnly(2025, 2, 12);
        var (past, coming) = (await scene.AddPorteAsync(today.AddDays(-1)), await scene.AddPorteAsync(today));
        var (former, next) = (scene.Offre.Lieu.Id, await scene.AddLieuAsync());
        var usages = await scene.DoAsync((UsageService u) => u.OfLieuAsync(former));
        Assert.Equal(["2 actions le proposent à leurs nouvelles sessions", "1 journée portes ouvertes à venir", "1 journée portes ouvertes passée"], usages.Autres);
        Assert.Equal((2, 1, 4), (usages.NbSessions, usages.NbFigees, usages.NbRemplacables));
        Assert.Equal([(session, false), (online, true)], usages.Sessions.Select(s => (s.Session, s.Figee)));

        Assert.Equal((null, 4), await scene.DoAsync((UsageService u) => u.ReplaceLieuAsync(scene.Gestionnaire, former, next)));
        Assert.Equal(((int?)next, (int?)former), ((await SessionAsync(scene, session)).Fiche.LieuId, (await SessionAsync(scene, online)).Fiche.LieuId));
        Assert.Equal([(past, (int?)former), (coming, (int?)next)],
            await scene.ReadAsync(async db => (await db.Set<PorteOuverte>().Where(p => p.Numero == past || p.Numero == coming).OrderBy(p => p.Numero).ToListAsync()).Select(p => (p.Numero, p.Fiche.LieuId))));
        Assert.Contains("« Principal »", (await scene.DoAsync((UsageService u) => u.DeleteLieuAsync(scene.Gestionnaire, former))).Refus, StringComparison.Ordinal);
        Assert.Equal("Ce lieu est utilisé : remplacez-le, ou désactivez-le.", (await scene.DoAsync((UsageService u) => u.DeleteLieuAsync(scene.Gestionnaire, next))).Refus);
    }

    [Theory, EveryDatabase]
    public async Task What_is_deactivated_leaves_the_choices_not_the_history(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var (lieu, contact) = (await scene.AddLieuAsync(), await scene.AddContactAsync());
        var action = await scene.Offre.CreateActionAsync(await scene.Offre.CreateFormationAsync());
        var session = await scene.Offre.CreateSessionAsync(action, scene.Offre.FullSession() with { LieuId = lieu, ReferentPmr = contact });
        Assert.Null((await scene.DoAsync((UsageService u) => u.SetLieuActiveAsync(scene.Gestionnaire, lieu, false))).Refus);
        Assert.Null((await scene.DoAsync((UsageService u) => u.SetContactActiveAsync(scene.Gestionnaire, contact, false))).Refus);
        Assert.DoesNotContain(await scene.DoAsync((OrganismeService o) => o.LieuxAsync(scene.Etablissement)), l => l.Id == lieu);
        Assert.DoesNotContain(await scene.DoAsync((OrganismeService o) => o.ContactsAsync(scene.Etablissement)), c => c.Numero == contact);
        // The session that has them can still be saved.
        var fiche = (await SessionAsync(scene, session)).Fiche;
        Assert.True((await scene.Offre.SaisieAsync(s => s.SaveSessionAsync(scene.Offre.Redacteur, session, 0, fiche with { DureeCentre = 201 }, null, null))).Enregistre);
        Assert.Equal("C’est le contact principal de l’établissement : choisissez-en un autre dans la fiche de l’établissement, ou remplacez-le partout.",
            (await scene.DoAsync((UsageService u) => u.SetContactActiveAsync(scene.Gestionnaire, scene.Offre.Contact.Numero, false))).Refus);
        Assert.NotNull((await scene.DoAsync((UsageService u) => u.SetLieuActiveAsync(scene.Gestionnaire, scene.Offre.Lieu.Id, false))).Refus);
        Assert.Equal(["LieuCree", "LieuDesactive"], (await scene.EventsAsync("lieu", lieu)).Select(e => e.Type));
    }

    private static Task<(string? Refus, int Nombre)> DeleteContactAsync(BureauScene scene, int contact) =>
        scene.DoAsync((UsageService u) => u.DeleteContactAsync(scene.Gestionnaire, contact));

    private static Task<SessionFormation> SessionAsync(BureauScene scene, int numero) => scene.ReadAsync(db => db.Set<SessionFormation>().SingleAsync(s => s.Numero == numero));

    private static Task<int> RevisionAsync(BureauScene scene, int action) =>
        scene.ReadAsync(db => db.Set<ActionFormation>().Where(a => a.Numero == action).Select(a => a.Revision).SingleAsync());

    private async Task<BureauScene> SetAsync(DatabaseKind kind) => await BureauScene.SetAsync(await TestDatabase.ForAsync(kind, GetType()));
}
