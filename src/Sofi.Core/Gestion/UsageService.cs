using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Validation;

namespace Sofi.Core.Gestion;

/// <summary>A session that uses a contact or a place.</summary>
/// <param name="Formation">Number F.</param>
/// <param name="Action">Number A.</param>
/// <param name="Session">Number S.</param>
/// <param name="Intitule">Intitulé of its formation.</param>
/// <param name="DateDebut">Its start, or <c>null</c>.</param>
/// <param name="Roles">What the contact is there; empty for a place.</param>
/// <param name="Figee">True when its place cannot be replaced: its action waits for an answer or is validated.</param>
public sealed record UsageSession(int Formation, int Action, int Session, string? Intitule, DateOnly? DateDebut, IReadOnlyList<string> Roles, bool Figee);

/// <summary>Where a contact or a place is in use.</summary>
/// <param name="Sessions">The first of its sessions, latest first: at most <see cref="UsageService.MostShown"/>.</param>
/// <param name="NbSessions">How many sessions use it in all.</param>
/// <param name="NbFigees">How many of them keep it whatever is replaced: the place of an action that waits or is validated.</param>
/// <param name="Autres">Other uses, in words: contact principal, référent, open days, default place of actions.</param>
/// <param name="NbAutres">How many uses the words stand for.</param>
/// <param name="NbRestants">How many other uses stay whatever is replaced: open days that are over.</param>
public sealed record Usages(IReadOnlyList<UsageSession> Sessions, int NbSessions, int NbFigees, IReadOnlyList<string> Autres, int NbAutres, int NbRestants = 0)
{
    /// <summary>True when nothing uses it: it can be deleted.</summary>
    public bool EstLibre => NbSessions + NbAutres == 0;

    /// <summary>How many uses a replacement changes.</summary>
    public int NbRemplacables => NbSessions - NbFigees + NbAutres - NbRestants;
}

/// <summary>
/// Contacts and places in use: where, and their replacement everywhere in one step. What is in use cannot be deleted; once deactivated it leaves
/// the choices, not the history. A contact is a live fact, replaced in every session and at once in what is published (decision 32); a place is part
/// of what is validated, so sessions of an action that waits or is validated keep theirs.
/// </summary>
public sealed class UsageService(SofiDbContext db, PublicationService publication, JournalService journal, TimeProvider clock)
{
    /// <summary>Most sessions listed.</summary>
    public const int MostShown = 20;

    private const NatureProcessus Nature = NatureProcessus.Organisme;

    /// <summary>Where a contact is in use; four queries.</summary>
    public async Task<Usages> OfContactAsync(int contact, CancellationToken cancellation = default)
    {
        var sessions = SessionsOf(contact);
        var rows = await sessions.OrderByDescending(s => s.Numero).Take(MostShown)
            .Select(s => new { s.Numero, s.ActionNumero, s.Action.FormationNumero, s.Action.Formation.Fiche.Intitule, s.Fiche }).AsNoTracking().ToListAsync(cancellation);
        var principal = await db.Set<Etablissement>().CountAsync(e => e.ContactPrincipalNumero == contact, cancellation);
        var roles = await db.Set<Referent>().Where(r => r.ContactNumero == contact).Select(r => new { r.Role, r.ParDefaut }).ToListAsync(cancellation);
        return new Usages(
            [.. rows.Select(r => new UsageSession(r.FormationNumero, r.ActionNumero, r.Numero, r.Intitule, r.Fiche.DateDebut, RolesIn(r.Fiche, contact), false))],
            await sessions.CountAsync(cancellation), 0,
            [
                .. principal > 0 ? ["Contact principal de l’établissement"] : Array.Empty<string>(),
                .. roles.Select(r => Listes.RolesReferent.Libelle(r.Role) + (r.ParDefaut ? ", par défaut" : "")),
            ],
            principal + roles.Count);
    }

    /// <summary>Where a place is in use; six queries.</summary>
    public async Task<Usages> OfLieuAsync(int lieu, CancellationToken cancellation = default)
    {
        var today = clock.Today();
        var sessions = db.Set<SessionFormation>().Where(s => s.Fiche.LieuId == lieu);
        var editable = Editable(sessions).Select(s => s.Numero);
        var rows = await sessions.OrderByDescending(s => s.Numero).Take(MostShown)
            .Select(s => new { s.Numero, s.ActionNumero, s.Action.FormationNumero, s.Action.Formation.Fiche.Intitule, s.Fiche.DateDebut, Editable = editable.Contains(s.Numero) })
            .ToListAsync(cancellation);
        var total = await sessions.CountAsync(cancellation);
        var actions = await db.Set<ActionFormation>().CountAsync(a => a.LieuId == lieu, cancellation);
        var coming = await db.Set<PorteOuverte>().At(today, archived: false).CountAsync(p => p.Fiche.LieuId == lieu, cancellation);
        var past = await db.Set<PorteOuverte>().At(today, archived: true).CountAsync(p => p.Fiche.LieuId == lieu, cancellation);
        return new Usages(
            [.. rows.Select(r => new UsageSession(r.FormationNumero, r.ActionNumero, r.Numero, r.Intitule, r.DateDebut, [], !r.Editable))],
            total, total - await editable.CountAsync(cancellation),
            [
                .. Some(actions, "action", "le propose à ses nouvelles sessions", "le proposent à leurs nouvelles sessions"),
                .. Some(coming, "journée portes ouvertes", "à venir", "à venir"), .. Some(past, "journée portes ouvertes", "passée", "passées"),
            ],
            actions + coming + past, past);

        static IEnumerable<string> Some(int count, string noun, string one, string many) =>
            count == 0 ? [] : [count == 1 ? $"1 {noun} {one}" : $"{count} {Plural(noun)} {many}"];

        static string Plural(string noun) => noun == "action" ? "actions" : "journées portes ouvertes";
    }

    /// <summary>Puts a contact in the place of another everywhere, published offers included, in one transaction. Returns why it cannot be done, else <c>null</c>.</summary>
    public Task<(string? Refus, int Nombre)> ReplaceContactAsync(Utilisateur utilisateur, int former, int? next, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            var pair = await db.Set<Contact>().Include(c => c.Etablissement).Where(c => c.Numero == former || c.Numero == next).ToListAsync(cancellation);
            if (pair.Find(c => c.Numero == former) is not { } old || !utilisateur.CanManage(old.EtablissementNumero)) return ("Ce contact n’existe plus.", 0);
            if (pair.Find(c => c.Numero == next && c.Numero != former) is not { Actif: true } heir || heir.EtablissementNumero != old.EtablissementNumero)
                return ("Remplaçant : choisissez un autre contact de la liste.", 0);
            await db.LockAsync($"organisme-{old.EtablissementNumero}", cancellation);
            // Live facts take the lock of each action, whatever its état (DESIGN §5).
            await db.Set<ActionFormation>().Where(a => SessionsOf(former).Any(s => s.ActionNumero == a.Numero))
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.Revision, a => a.Revision + 1), cancellation);
            var shown = await publication.ActionsShowingAsync(former, cancellation);
            var sessions = await SessionsOf(former).OrderBy(s => s.Numero).Select(s => new { s.Numero, s.ActionNumero }).ToListAsync(cancellation);
            var (now, by, to) = (clock.UtcInstant(), utilisateur.Nom, heir.Numero);
            await SessionsOf(former).ExecuteUpdateAsync(set => set
                .SetProperty(s => s.Fiche.ReferentPmr, s => s.Fiche.ReferentPmr == former ? to : s.Fiche.ReferentPmr)
                .SetProperty(s => s.Fiche.ReferentPrf, s => s.Fiche.ReferentPrf == former ? to : s.Fiche.ReferentPrf)
                .SetProperty(s => s.Fiche.ReferentMobilite, s => s.Fiche.ReferentMobilite == former ? to : s.Fiche.ReferentMobilite)
                .SetProperty(s => s.Fiche.ContactSession, s => s.Fiche.ContactSession == former ? to : s.Fiche.ContactSession)
                .SetProperty(s => s.Version, s => s.Version + 1).SetProperty(s => s.Trace.ModifieLe, now).SetProperty(s => s.Trace.ModifiePar, by), cancellation);

            var principal = old.Etablissement.ContactPrincipalNumero == former;
            if (principal) (old.Etablissement.ContactPrincipalNumero, old.Etablissement.Version) = (to, old.Etablissement.Version + 1);
            var referents = await db.Set<Referent>().Where(r => r.ContactNumero == former || r.ContactNumero == to).ToListAsync(cancellation);
            var roles = referents.Where(r => r.ContactNumero == former).ToList();
            foreach (var role in roles)
            {
                if (referents.Find(r => r.ContactNumero == to && r.Role == role.Role) is { } own)
                {
                    own.ParDefaut |= role.ParDefaut;
                    db.Remove(role);
                }
                else
                {
                    role.ContactNumero = to;
                }
            }

            var count = sessions.Count + roles.Count + (principal ? 1 : 0);
            if (count == 0) return (null, 0);
            var process = journal.Begin(Nature, utilisateur.Auteur).Add("ContactRemplace", "contact", former,
            [
                new Changement("Contact", GestionService.Text(former), GestionService.Text(to)), .. GestionService.Counted("Sessions", sessions.Count),
                .. GestionService.Counted("Referents", roles.Count), .. GestionService.Counted("Principal", principal ? 1 : 0), .. GestionService.Counted("Publiees", shown.Count),
            ]);
            foreach (var action in sessions.GroupBy(s => s.ActionNumero))
            {
                process.Add("ContactRemplaceDansSessions", "action", action.Key,
                    [new Changement("Contact", old.Libelle, heir.Libelle), new Changement("Sessions", null, string.Join('|', action.Select(s => s.Numero)))], action.Key);
            }

            await db.SaveChangesAsync(cancellation);
            await publication.ReplaceContactAsync(former, to, [.. sessions.Select(s => s.ActionNumero).Distinct()], shown, cancellation);
            return (null, count);
        }, cancellation);

    /// <summary>
    /// Puts a place in the place of another in all that is not validated nor waits: sessions, default place of actions, open days to come.
    /// Returns why it cannot be done, else <c>null</c>.
    /// </summary>
    public Task<(string? Refus, int Nombre)> ReplaceLieuAsync(Utilisateur utilisateur, int former, int? next, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            var pair = await db.Set<Lieu>().AsNoTracking().Include(l => l.Etablissement).Where(l => l.Id == former || l.Id == next).ToListAsync(cancellation);
            if (pair.Find(l => l.Id == former) is not { } old || !utilisateur.CanManage(old.EtablissementNumero)) return ("Ce lieu n’existe plus.", 0);
            if (pair.Find(l => l.Id == next && l.Id != former) is not { Actif: true } heir || heir.EtablissementNumero != old.EtablissementNumero)
                return ("Remplaçant : choisissez un autre lieu de la liste.", 0);
            await db.LockAsync($"organisme-{old.EtablissementNumero}", cancellation);
            var open = Editable(db.Set<SessionFormation>().Where(s => s.Fiche.LieuId == former));
            await db.Set<ActionFormation>().Where(a => a.LieuId == former || open.Any(s => s.ActionNumero == a.Numero))
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.Revision, a => a.Revision + 1), cancellation);
            var sessions = await open.OrderBy(s => s.Numero).Select(s => new { s.Numero, s.ActionNumero }).ToListAsync(cancellation);
            var (now, by, to, today) = (clock.UtcInstant(), utilisateur.Nom, heir.Id, clock.Today());
            await open.ExecuteUpdateAsync(set => set.SetProperty(s => s.Fiche.LieuId, to).SetProperty(s => s.Version, s => s.Version + 1)
                .SetProperty(s => s.Trace.ModifieLe, now).SetProperty(s => s.Trace.ModifiePar, by), cancellation);
            var actions = await db.Set<ActionFormation>().Where(a => a.LieuId == former).ExecuteUpdateAsync(set => set.SetProperty(a => a.LieuId, to), cancellation);
            var portes = await db.Set<PorteOuverte>().At(today, archived: false).Where(p => p.Fiche.LieuId == former)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.Fiche.LieuId, to).SetProperty(p => p.Version, p => p.Version + 1), cancellation);
            var count = sessions.Count + actions + portes;
            if (count == 0) return (null, 0);
            var process = journal.Begin(Nature, utilisateur.Auteur).Add("LieuRemplace", "lieu", former,
            [
                new Changement("Lieu", GestionService.Text(former), GestionService.Text(to)), .. GestionService.Counted("Sessions", sessions.Count),
                .. GestionService.Counted("Actions", actions), .. GestionService.Counted("PortesOuvertes", portes),
            ]);
            foreach (var action in sessions.GroupBy(s => s.ActionNumero))
            {
                process.Add("LieuRemplaceDansSessions", "action", action.Key,
                    [new Changement("Lieu", old.Libelle, heir.Libelle), new Changement("Sessions", null, string.Join('|', action.Select(s => s.Numero)))], action.Key);
            }

            return (null, count);
        }, cancellation);

    /// <summary>Deletes a contact that nothing uses. Returns why it cannot be done, else <c>null</c>.</summary>
    public Task<(string? Refus, int Nombre)> DeleteContactAsync(Utilisateur utilisateur, int numero, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            var contact = await db.Set<Contact>().FirstOrDefaultAsync(c => c.Numero == numero, cancellation);
            if (contact is null || !utilisateur.CanManage(contact.EtablissementNumero)) return ("Ce contact n’existe plus.", 0);
            await LockOffersAsync(contact.EtablissementNumero, cancellation);
            if (!(await OfContactAsync(numero, cancellation)).EstLibre) return ("Ce contact est utilisé : remplacez-le partout, ou désactivez-le.", 0);
            db.Remove(contact);
            await db.Set<ContactPublie>().Where(c => c.Numero == numero).ExecuteDeleteAsync(cancellation);
            journal.Begin(Nature, utilisateur.Auteur).Add("ContactSupprime", "contact", numero, Changement.Between(contact.ToFiche(), new FicheContact()), evenIfEmpty: true);
            return (null, 1);
        }, cancellation);

    /// <summary>Deletes a place that nothing uses; "Principal" stays. Returns why it cannot be done, else <c>null</c>.</summary>
    public Task<(string? Refus, int Nombre)> DeleteLieuAsync(Utilisateur utilisateur, int id, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            var lieu = await db.Set<Lieu>().FirstOrDefaultAsync(l => l.Id == id, cancellation);
            if (lieu is null || !utilisateur.CanManage(lieu.EtablissementNumero)) return ("Ce lieu n’existe plus.", 0);
            if (lieu.EstPrincipal) return ("Le lieu « Principal » est l’adresse de l’établissement : il ne peut pas être supprimé.", 0);
            await LockOffersAsync(lieu.EtablissementNumero, cancellation);
            if (!(await OfLieuAsync(id, cancellation)).EstLibre) return ("Ce lieu est utilisé : remplacez-le, ou désactivez-le.", 0);
            db.Remove(lieu);
            journal.Begin(Nature, utilisateur.Auteur).Add("LieuSupprime", "lieu", id, Changement.Between(lieu.ToFiche(), new FicheLieu()), evenIfEmpty: true);
            return (null, 1);
        }, cancellation);

    /// <summary>Takes a contact out of the choices, or back into them. Returns why it cannot be done, else <c>null</c>.</summary>
    public Task<(string? Refus, int Nombre)> SetContactActiveAsync(Utilisateur utilisateur, int numero, bool actif, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            var contact = await db.Set<Contact>().Include(c => c.Etablissement).FirstOrDefaultAsync(c => c.Numero == numero, cancellation);
            if (contact is null || !utilisateur.CanManage(contact.EtablissementNumero)) return ("Ce contact n’existe plus.", 0);
            if (!actif && contact.Etablissement.ContactPrincipalNumero == numero)
                return ("C’est le contact principal de l’établissement : choisissez-en un autre dans la fiche de l’établissement, ou remplacez-le partout.", 0);
            if (contact.Actif == actif) return (null, 1);
            (contact.Actif, contact.Version) = (actif, contact.Version + 1);
            journal.Begin(Nature, utilisateur.Auteur).Add(actif ? "ContactReactive" : "ContactDesactive", "contact", numero, [], evenIfEmpty: true);
            return (null, 1);
        }, cancellation);

    /// <summary>Takes a place out of the choices, or back into them; "Principal" stays. Returns why it cannot be done, else <c>null</c>.</summary>
    public Task<(string? Refus, int Nombre)> SetLieuActiveAsync(Utilisateur utilisateur, int id, bool actif, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            var lieu = await db.Set<Lieu>().FirstOrDefaultAsync(l => l.Id == id, cancellation);
            if (lieu is null || !utilisateur.CanManage(lieu.EtablissementNumero)) return ("Ce lieu n’existe plus.", 0);
            if (lieu.EstPrincipal) return ("Le lieu « Principal » est l’adresse de l’établissement : il reste actif.", 0);
            if (lieu.Actif == actif) return (null, 1);
            (lieu.Actif, lieu.Version) = (actif, lieu.Version + 1);
            journal.Begin(Nature, utilisateur.Auteur).Add(actif ? "LieuReactive" : "LieuDesactive", "lieu", id, [], evenIfEmpty: true);
            return (null, 1);
        }, cancellation);

    private IQueryable<SessionFormation> SessionsOf(int contact) => db.Set<SessionFormation>().Where(s =>
        s.Fiche.ReferentPmr == contact || s.Fiche.ReferentPrf == contact || s.Fiche.ReferentMobilite == contact || s.Fiche.ContactSession == contact);

    private static IQueryable<SessionFormation> Editable(IQueryable<SessionFormation> sessions) =>
        sessions.Where(s => s.MiseDeCote || s.Action.Etat == EtatAction.EnCoursDeSaisie || s.Action.Etat == EtatAction.Refusee);

    private static IReadOnlyList<string> RolesIn(FicheSession fiche, int contact) =>
    [
        .. new (string Champ, int? Contact)[]
        {
            (nameof(FicheSession.ReferentPmr), fiche.ReferentPmr), (nameof(FicheSession.ReferentPrf), fiche.ReferentPrf),
            (nameof(FicheSession.ReferentMobilite), fiche.ReferentMobilite), (nameof(FicheSession.ContactSession), fiche.ContactSession),
        }.Where(use => use.Contact == contact).Select(use => Champ.Of<FicheSession>(use.Champ).Libelle),
    ];

    /// <summary>Waits for those who are writing a session of the établissement, and makes the next ones wait: nobody takes what is being deleted.</summary>
    private async Task LockOffersAsync(int etablissement, CancellationToken cancellation) =>
        await db.Set<ActionFormation>().Where(a => a.Formation.EtablissementNumero == etablissement)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Revision, a => a.Revision), cancellation);

    private async Task<(string? Refus, int Nombre)> InTransactionAsync(Func<Task<(string? Refus, int Nombre)>> write, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var result = await write();
        if (result.Refus is not null) return result;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return result;
    }
}
