using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Offre.Regles;
using Sofi.Core.Organismes;
using Sofi.Core.Programmes;

namespace Sofi.Core.Offre;

/// <summary>Two people on one fiche: what the other one saved meanwhile. Nothing was written.</summary>
/// <param name="Actuelle">The fiche as it now stands.</param>
/// <param name="Version">Its version: resending it with a choice per field writes over it knowingly.</param>
/// <param name="Trace">Who saved it, and when.</param>
/// <param name="Lignes">Lines of its tables that were being changed, as they now stand.</param>
public sealed record Conflit(object Actuelle, int Version, Trace Trace, params IReadOnlyList<object> Lignes);

/// <summary>What another person saved while a form was open, kept with what the form holds.</summary>
/// <param name="Auteur">Her name.</param>
/// <param name="Champs">Labels of the fields that hold her values.</param>
public sealed record ChangementsGardes(string Auteur, IReadOnlyList<string> Champs);

/// <summary>Outcome of a save: exactly one of written, impossible values, conflict, refusal, not found.</summary>
/// <param name="Numero">Number of the fiche written; 0 otherwise.</param>
/// <param name="Impossibles">Values that cannot be stored; the fiche was not written.</param>
/// <param name="Conflit">What another person saved meanwhile.</param>
/// <param name="Refus">Why nothing may be written: état of the action, closed entry.</param>
/// <param name="Fusion">Written together with what another person saved meanwhile; <c>null</c> when nothing of hers was at stake.</param>
public sealed record ResultatSaisie(int Numero, IReadOnlyList<Constat> Impossibles, Conflit? Conflit = null, string? Refus = null, ChangementsGardes? Fusion = null)
{
    /// <summary>The object does not exist, or not for this person.</summary>
    public static readonly ResultatSaisie Introuvable = new(0, []);

    /// <summary>True when the fiche was written.</summary>
    public bool Enregistre => Numero > 0;

    /// <summary>Written.</summary>
    public static ResultatSaisie Saved(int numero, ChangementsGardes? fusion = null) => new(numero, [], Fusion: fusion);

    /// <summary>Refused, with the reason.</summary>
    public static ResultatSaisie Refused(string reason) => new(0, [], Refus: reason);
}

/// <summary>A line of an inner table being added (<see cref="Rang"/> <c>null</c>) or changed.</summary>
/// <param name="Rang">Rank of the line that changes; <c>null</c> to add one.</param>
/// <param name="Fiche">The line.</param>
public sealed record LigneModifiee<TFiche>(int? Rang, TFiche Fiche)
    where TFiche : class;

/// <summary>Reads the lines of inner tables that a form carries.</summary>
public static class LigneModifiee
{
    /// <summary>The line that a form carries; <c>null</c> when nothing was typed in the place of a new one.</summary>
    public static LigneModifiee<TFiche>? Of<TFiche>(int? rang, TFiche fiche)
        where TFiche : class, new() => rang is null && fiche.Equals(new TFiche()) ? null : new(rang, fiche);
}

/// <summary>
/// Entry of the offer: creates and saves the four fiches. It can always be saved with blanks; only values that cannot be stored are refused.
/// Each write locks the action first (DESIGN §5), checks the version that the form started from, and is journalled in its own transaction.
/// What another person saved meanwhile is merged with what the form holds, field by field (<see cref="Depart"/>): only a field that both
/// changed to different values is a conflict.
/// </summary>
public sealed class SaisieService(
    SofiDbContext db, OffreLoader loader, ContexteLoader contextes, ProgrammeService programmes, JournalService journal, TimeProvider clock)
{
    private const NatureProcessus Saisie = NatureProcessus.Saisie;

    /// <summary>
    /// Creates a formation for the current établissement; with a CertifInfo code the one it already has is reused (decision 6).
    /// </summary>
    public Task<ResultatSaisie> CreateFormationAsync(
        Utilisateur utilisateur, int? codeCertifinfo, FicheFormation fiche, Guid jeton, CancellationToken cancellation = default) =>
        CreateAsync(jeton, async () =>
        {
            if (utilisateur.EtablissementCourant is not { } etablissement || !utilisateur.CanEdit(etablissement)) return ResultatSaisie.Introuvable;
            if (codeCertifinfo is { } code && await FindFormationAsync(etablissement, code, cancellation) is { } existing) return ResultatSaisie.Saved(existing);
            var certification = await loader.CertificationAsync(codeCertifinfo, cancellation);
            if (codeCertifinfo is not null && certification is null) return ResultatSaisie.Introuvable;
            if (certification is { Publiee: false })
                return ResultatSaisie.Refused($"Le code Certifinfo {codeCertifinfo} n’est plus publié : prenez le code qui le remplace{(certification.Remplacants.Count > 0 ? " (" + string.Join(" ou ", certification.Remplacants) + ")" : "")}.");
            var blank = await loader.NouvelleFormationAsync(etablissement, codeCertifinfo, cancellation);
            var saisie = blank with { Fiche = fiche.Reprend(certification) };
            var contexte = await contextes.LoadAsync(Alone(saisie), cancellation);
            if (Catalogue.Impossibles(saisie.Fiche, contexte) is { Count: > 0 } faults) return new ResultatSaisie(0, faults);
            var formation = new Formation
            {
                EtablissementNumero = etablissement,
                CodeCertifinfo = codeCertifinfo,
                Fiche = saisie.Fiche,
                Recherche = Texte.Fold(saisie.Fiche.Intitule),
                Trace = Start(utilisateur),
            };
            db.Add(formation);
            await db.SaveChangesAsync(cancellation);
            journal.Begin(Saisie, utilisateur.Auteur).Add("FormationCreee", "formation", formation.Numero, Changement.Between(null, formation.Fiche), evenIfEmpty: true);
            return ResultatSaisie.Saved(formation.Numero);
        }, cancellation);

    /// <summary>Number of the formation that an établissement already has for a CertifInfo code, or <c>null</c>.</summary>
    public async Task<int?> FindFormationAsync(int etablissement, int codeCertifinfo, CancellationToken cancellation = default) =>
        await db.Set<Formation>().Where(f => f.EtablissementNumero == etablissement && f.CodeCertifinfo == codeCertifinfo)
            .Select(f => (int?)f.Numero).FirstOrDefaultAsync(cancellation);

    /// <summary>Saves a Fiche Formation started from <paramref name="version"/>. Its taken-up fields keep the certification's values.</summary>
    public Task<ResultatSaisie> SaveFormationAsync(
        Utilisateur utilisateur, int numero, int version, FicheFormation fiche, Depart? depart = null, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            // The formation's own row is the lock: its version moves with each write.
            await db.Set<Formation>().Where(f => f.Numero == numero).ExecuteUpdateAsync(set => set.SetProperty(f => f.Version, f => f.Version), cancellation);
            var formation = await db.Set<Formation>().FirstOrDefaultAsync(f => f.Numero == numero, cancellation);
            if (formation is null || !utilisateur.CanEdit(formation.EtablissementNumero)) return ResultatSaisie.Introuvable;
            var certification = await loader.CertificationAsync(formation.CodeCertifinfo, cancellation);
            fiche = fiche.Reprend(certification);
            var meanwhile = new Entretemps(formation.Version, version, formation.Trace);
            fiche = meanwhile.Merge(formation.Fiche.Reprend(certification), fiche, depart?.Of<FicheFormation>()?.Reprend(certification));
            if (meanwhile.Conflict is { } conflict) return conflict;
            var saisie = (await loader.FormationAsync(numero, cancellation))!;
            var contexte = await contextes.LoadAsync(Alone(saisie with { Fiche = fiche }), cancellation);
            if (Catalogue.Impossibles(fiche, contexte, numero) is { Count: > 0 } faults) return new ResultatSaisie(0, faults);
            var changes = Changement.Between(formation.Fiche, fiche);
            if (changes.Count == 0) return ResultatSaisie.Saved(numero, meanwhile.Kept);
            formation.Fiche = fiche;
            formation.Recherche = Texte.Fold(fiche.Intitule);
            formation.Version++;
            formation.Trace = formation.Trace.Touch(utilisateur.Nom, clock.UtcInstant());
            journal.Begin(Saisie, utilisateur.Auteur).Add("FormationModifiee", "formation", numero, changes);
            return ResultatSaisie.Saved(numero, meanwhile.Kept);
        }, cancellation);

    /// <summary>True when the person may start an action of an établissement with these choices: a lot that it is on, a place of its own.</summary>
    public async Task<bool> CanStartActionAsync(Utilisateur utilisateur, int etablissement, int? lotId, int? lieuId, CancellationToken cancellation = default) =>
        utilisateur.CanEdit(etablissement)
        && (lotId is not { } lot || await IsOnLotAsync(lot, etablissement, cancellation))
        && (lieuId is not { } lieu || await OwnsPlaceAsync(etablissement, lieu, cancellation));

    /// <summary>Creates an action of a formation, through a lot of the Région or without one (decision 8).</summary>
    public Task<ResultatSaisie> CreateActionAsync(
        Utilisateur utilisateur, int formationNumero, int? lotId, int? lieuId, FicheAction fiche, LigneModifiee<FicheEquipement>? equipement, Guid jeton,
        CancellationToken cancellation = default) =>
        CreateAsync(jeton, async () =>
        {
            var formation = await loader.FormationAsync(formationNumero, cancellation);
            if (formation is null || !await CanStartActionAsync(utilisateur, formation.Dispensateur.Numero, lotId, lieuId, cancellation)) return ResultatSaisie.Introuvable;
            if (lotId is { } id && await RefusalOfLotAsync(id, formation.Dispensateur.Numero, cancellation) is { } refusal) return refusal;
            var contexte = await contextes.LoadAsync(
                new OffreSaisie { Formation = formation, Action = new ActionSaisie { Fiche = fiche, Lot = lotId is { } l ? await loader.LotAsync(l, cancellation) : null } },
                cancellation);
            if (ImpossiblesOf(contexte, 0, fiche, equipement) is { Count: > 0 } faults) return new ResultatSaisie(0, faults);
            var action = new ActionFormation { FormationNumero = formationNumero, LotId = lotId, LieuId = lieuId, Fiche = fiche, Trace = Start(utilisateur) };
            if (equipement is not null) action.Equipements.Add(new Equipement { Fiche = equipement.Fiche });
            db.Add(action);
            await db.SaveChangesAsync(cancellation);
            journal.Begin(Saisie, utilisateur.Auteur)
                .Add("ActionCreee", "action", action.Numero, Changement.Between(null, fiche), action.Numero, evenIfEmpty: true);
            return ResultatSaisie.Saved(action.Numero);
        }, cancellation);

    /// <summary>
    /// Saves a Fiche Action started from <paramref name="version"/>, with the equipment being typed if any.
    /// A resent form that adds a line is known by its <paramref name="jeton"/>.
    /// </summary>
    public Task<ResultatSaisie> SaveActionAsync(
        Utilisateur utilisateur, int numero, int version, FicheAction fiche, LigneModifiee<FicheEquipement>? equipement, Guid jeton = default,
        Depart? depart = null, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            if (await LockAsync(utilisateur, numero, null, cancellation) is { } refusal) return refusal;
            if (equipement is { Rang: null } && await FirstResultAsync(jeton, cancellation) is { } before) return before;
            var action = await db.Set<ActionFormation>().Include(a => a.Equipements).FirstAsync(a => a.Numero == numero, cancellation);
            var line = equipement is null ? null : action.Equipements.FirstOrDefault(e => e.Id == equipement.Rang);
            var meanwhile = new Entretemps(action.Version, version, action.Trace);
            fiche = meanwhile.Merge(action.Fiche, fiche, depart?.Of<FicheAction>());
            equipement = meanwhile.Merge(line?.Fiche, equipement, depart);
            if (meanwhile.Conflict is { } conflict) return conflict;
            var offre = (await loader.ActionAsync(numero, cancellation))!.Offre;
            var contexte = await contextes.LoadAsync(offre with { Action = offre.Action with { Fiche = fiche } }, cancellation);
            if (ImpossiblesOf(contexte, numero, fiche, equipement) is { Count: > 0 } faults) return new ResultatSaisie(0, faults);
            var changes = Changement.Between(action.Fiche, fiche);
            var process = journal.Begin(Saisie, utilisateur.Auteur).Add("ActionModifiee", "action", numero, changes, numero);
            var lineChanged = equipement is not null && WriteLine(
                line, e => e.Fiche, (e, typed) => e.Fiche = typed,
                typed => action.Equipements.Add(new Equipement { Fiche = typed }), equipement, process, "Equipement", "action", numero, numero);
            if (changes.Count == 0 && !lineChanged) return ResultatSaisie.Saved(numero, meanwhile.Kept);
            if (equipement is { Rang: null }) Remember(jeton, numero);
            action.Fiche = fiche;
            action.Version++;
            action.Trace = action.Trace.Touch(utilisateur.Nom, clock.UtcInstant());
            return ResultatSaisie.Saved(numero, meanwhile.Kept);
        }, cancellation);

    /// <summary>Removes an equipment of an action; one that is gone already is removed.</summary>
    public Task<ResultatSaisie> RemoveEquipementAsync(Utilisateur utilisateur, int numero, int id, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            if (await LockAsync(utilisateur, numero, null, cancellation) is { } refusal) return refusal;
            var line = await db.Set<Equipement>().FirstOrDefaultAsync(e => e.Id == id && e.ActionNumero == numero, cancellation);
            if (line is null) return ResultatSaisie.Saved(numero);
            db.Remove(line);
            journal.Begin(Saisie, utilisateur.Auteur).Add("EquipementRetire", "action", numero, Changement.Between(line.Fiche, new FicheEquipement()), numero, evenIfEmpty: true);
            return ResultatSaisie.Saved(numero);
        }, cancellation);

    /// <summary>
    /// A session not saved yet: Site lieu and référents of the établissement, what the programme proposes, and the lot's dispositif (decision 2).
    /// </summary>
    public async Task<SessionSaisie> NouvelleSessionAsync(ActionChargee action, CancellationToken cancellation = default)
    {
        var owner = action.Offre.Formation.Dispensateur;
        var defaults = await db.Set<ActionFormation>().Where(a => a.Numero == action.Offre.Action.Numero)
            .Select(a => new { a.LieuId, a.Formation.Etablissement.ContactPrincipalNumero }).FirstAsync(cancellation);
        var fiche = new FicheSession { LieuId = defaults.LieuId, ReferentPmr = defaults.ContactPrincipalNumero, ReferentMobilite = defaults.ContactPrincipalNumero };
        if (action.Offre.Action.Lot is not { } lot) return new SessionSaisie { Fiche = fiche, Responsable = owner };
        var attentes = (await contextes.LoadAsync(action.Offre, cancellation)).Attentes.GetValueOrDefault(lot.CodeProgramme, Attentes.Aucune);
        return new SessionSaisie
        {
            Fiche = fiche.Preremplir(attentes),
            Responsable = lot.Mandataire,
            Dispositifs = [OffreLoader.NouveauDispositif(lot, await SchemeOfAsync(lot, cancellation), new FicheDispositif().Preremplir(attentes))],
        };
    }

    /// <summary>Creates a session of an action, with the lot's dispositif when the action came through a lot.</summary>
    public Task<ResultatSaisie> CreateSessionAsync(
        Utilisateur utilisateur, int actionNumero, FicheSession fiche, LigneModifiee<FicheInformationCollective>? information,
        LigneModifiee<FichePeriodeInscription>? periode, Guid jeton, CancellationToken cancellation = default) =>
        CreateAsync(jeton, async () =>
        {
            if (await LockAsync(utilisateur, actionNumero, null, cancellation) is { } refusal) return refusal;
            var action = (await loader.ActionAsync(actionNumero, cancellation))!;
            if (action.Offre.Action.Lot is { } lot && await RefusalOfLotAsync(lot.Id, action.Offre.Formation.Dispensateur.Numero, cancellation) is { } closed) return closed;
            var blank = await NouvelleSessionAsync(action, cancellation) with { Fiche = fiche };
            var contexte = await contextes.LoadAsync(action.Offre with { Sessions = [.. action.Offre.Sessions, blank] }, cancellation);
            if (ImpossiblesOf(contexte with { Session = blank }, 0, fiche, information, periode) is { Count: > 0 } faults) return new ResultatSaisie(0, faults);
            var session = new SessionFormation { ActionNumero = actionNumero, Fiche = fiche, Trace = Start(utilisateur) };
            foreach (var dispositif in blank.Dispositifs)
            {
                session.Dispositifs.Add(new DispositifSession
                {
                    SessionNumero = 0,
                    CodeDispositif = dispositif.Code,
                    LotId = dispositif.Lot?.Id,
                    Fiche = dispositif.Fiche,
                    Trace = session.Trace,
                });
            }

            if (information is not null) AddInformation(session, information.Fiche);
            if (periode is not null) AddPeriode(session, periode.Fiche);
            db.Add(session);
            await db.SaveChangesAsync(cancellation);
            journal.Begin(Saisie, utilisateur.Auteur)
                .Add("SessionCreee", "session", session.Numero, Changement.Between(null, fiche), actionNumero, evenIfEmpty: true);
            return ResultatSaisie.Saved(session.Numero);
        }, cancellation);

    /// <summary>
    /// Saves a Fiche Session started from <paramref name="version"/>, with the lines being typed if any.
    /// A resent form that adds a line is known by its <paramref name="jeton"/>.
    /// </summary>
    public Task<ResultatSaisie> SaveSessionAsync(
        Utilisateur utilisateur, int numero, int version, FicheSession fiche, LigneModifiee<FicheInformationCollective>? information,
        LigneModifiee<FichePeriodeInscription>? periode, Guid jeton = default, Depart? depart = null, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            if (await LockSessionAsync(utilisateur, numero, cancellation) is { Refusal: { } refusal }) return refusal;
            var adds = information is { Rang: null } || periode is { Rang: null };
            if (adds && await FirstResultAsync(jeton, cancellation) is { } before) return before;
            var session = await db.Set<SessionFormation>().Include(s => s.InformationsCollectives).Include(s => s.PeriodesInscription).AsSplitQuery()
                .FirstAsync(s => s.Numero == numero, cancellation);
            var meeting = information is null ? null : session.InformationsCollectives.FirstOrDefault(i => i.Rang == information.Rang);
            var period = periode is null ? null : session.PeriodesInscription.FirstOrDefault(p => p.Rang == periode.Rang);
            var meanwhile = new Entretemps(session.Version, version, session.Trace);
            fiche = meanwhile.Merge(session.Fiche, fiche, depart?.Of<FicheSession>());
            information = meanwhile.Merge(meeting?.Fiche, information, depart);
            periode = meanwhile.Merge(period?.Fiche, periode, depart);
            if (meanwhile.Conflict is { } conflict) return conflict;
            var offre = (await loader.ActionAsync(session.ActionNumero, cancellation))!.Offre;
            var changed = offre.Sessions.First(s => s.Numero == numero) with { Fiche = fiche };
            var contexte = await contextes.LoadAsync(offre with { Sessions = [.. offre.Sessions.Select(s => s.Numero == numero ? changed : s)] }, cancellation);
            if (ImpossiblesOf(contexte with { Session = changed }, numero, fiche, information, periode) is { Count: > 0 } faults) return new ResultatSaisie(0, faults);
            var changes = Changement.Between(session.Fiche, fiche);
            var process = journal.Begin(Saisie, utilisateur.Auteur).Add("SessionModifiee", "session", numero, changes, session.ActionNumero);
            var lineChanged = information is not null && WriteLine(
                meeting, i => i.Fiche, (i, line) => i.Fiche = line, line => AddInformation(session, line), information, process, "InformationCollective", "session", numero, session.ActionNumero);
            lineChanged |= periode is not null && WriteLine(
                period, p => p.Fiche, (p, line) => p.Fiche = line, line => AddPeriode(session, line), periode, process, "PeriodeInscription", "session", numero, session.ActionNumero);
            if (changes.Count == 0 && !lineChanged) return ResultatSaisie.Saved(numero, meanwhile.Kept);
            if (adds) Remember(jeton, numero);
            session.Fiche = fiche;
            session.Version++;
            session.Trace = session.Trace.Touch(utilisateur.Nom, clock.UtcInstant());
            return ResultatSaisie.Saved(numero, meanwhile.Kept);
        }, cancellation);

    /// <summary>Removes an information collective; its rank is never given again. One that is gone already is removed.</summary>
    public Task<ResultatSaisie> RemoveInformationAsync(Utilisateur utilisateur, int numero, int rang, CancellationToken cancellation = default) =>
        RemoveLineAsync(utilisateur, numero, db.Set<InformationCollective>().Where(i => i.SessionNumero == numero && i.Rang == rang),
            line => Changement.Between(line.Fiche, new FicheInformationCollective()), "InformationCollectiveRetiree", cancellation);

    /// <summary>Removes a période d'inscription; its rank is never given again. One that is gone already is removed.</summary>
    public Task<ResultatSaisie> RemovePeriodeAsync(Utilisateur utilisateur, int numero, int rang, CancellationToken cancellation = default) =>
        RemoveLineAsync(utilisateur, numero, db.Set<PeriodeInscription>().Where(p => p.SessionNumero == numero && p.Rang == rang),
            line => Changement.Between(line.Fiche, new FichePeriodeInscription()), "PeriodeInscriptionRetiree", cancellation);

    /// <summary>A dispositif not saved yet, preset by its programme; <c>null</c> when the scheme or the lot is not open to the établissement.</summary>
    public async Task<DispositifSaisie?> NouveauDispositifAsync(int etablissement, int? codeDispositif, int? lotId, CancellationToken cancellation = default)
    {
        if (lotId is { } id)
        {
            if (!await IsOnLotAsync(id, etablissement, cancellation) || await loader.LotAsync(id, cancellation) is not { } lot) return null;
            return OffreLoader.NouveauDispositif(lot, await SchemeOfAsync(lot, cancellation), new FicheDispositif().Preremplir(await programmes.AttentesAsync(lot.CodeProgramme, clock.Today(), cancellation)));
        }

        var scheme = await db.Set<Dispositif>().AsNoTracking()
            .FirstOrDefaultAsync(d => d.Code == codeDispositif && d.Actif && d.Nature != NatureDispositif.ProgrammeRegional, cancellation);
        return scheme is null ? null : new DispositifSaisie { Code = scheme.Code, Libelle = scheme.Libelle, Nature = scheme.Nature, Fiche = new FicheDispositif() };
    }

    /// <summary>Adds a dispositif to a session: a scheme of the table, or a line of the Région's file.</summary>
    public Task<ResultatSaisie> CreateDispositifAsync(
        Utilisateur utilisateur, int sessionNumero, int? codeDispositif, int? lotId, FicheDispositif fiche, Guid jeton, CancellationToken cancellation = default) =>
        CreateAsync(jeton, async () =>
        {
            var (refusal, session) = await LockSessionAsync(utilisateur, sessionNumero, cancellation);
            if (refusal is not null) return refusal;
            var offre = (await loader.ActionAsync(session!.ActionNumero, cancellation))!.Offre;
            if (await NouveauDispositifAsync(offre.Formation.Dispensateur.Numero, codeDispositif, lotId, cancellation) is not { } blank) return ResultatSaisie.Introuvable;
            if (lotId is { } id && await RefusalOfLotAsync(id, offre.Formation.Dispensateur.Numero, cancellation) is { } closed) return closed;
            blank = blank with { Fiche = blank.Lot is null ? fiche : fiche with { Publics = blank.Lot.Publics } };
            var parent = offre.Sessions.First(s => s.Numero == sessionNumero);
            if (parent.Dispositifs.Any(d => d.Code == blank.Code && d.Lot?.Id == blank.Lot?.Id))
                return ResultatSaisie.Refused($"La session a déjà le dispositif « {blank.Libelle} » : ouvrez-le pour le modifier.");
            parent = parent with { Dispositifs = [.. parent.Dispositifs, blank] };
            var contexte = await contextes.LoadAsync(offre with { Sessions = [.. offre.Sessions.Select(s => s.Numero == sessionNumero ? parent : s)] }, cancellation);
            if (Catalogue.Impossibles(blank.Fiche, contexte with { Session = parent, Dispositif = blank }) is { Count: > 0 } faults) return new ResultatSaisie(0, faults);
            var row = new DispositifSession { SessionNumero = sessionNumero, CodeDispositif = blank.Code, LotId = lotId, Fiche = blank.Fiche, Trace = Start(utilisateur) };
            db.Add(row);
            await db.SaveChangesAsync(cancellation);
            journal.Begin(Saisie, utilisateur.Auteur)
                .Add("DispositifCree", "dispositif", row.Id, Changement.Between(null, row.Fiche), session.ActionNumero, evenIfEmpty: true);
            return ResultatSaisie.Saved(row.Id);
        }, cancellation);

    /// <summary>Saves a Fiche Dispositif started from <paramref name="version"/>. The publics of a regional programme stay the programme's.</summary>
    public Task<ResultatSaisie> SaveDispositifAsync(
        Utilisateur utilisateur, int id, int version, FicheDispositif fiche, Depart? depart = null, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            var sessionNumero = await db.Set<DispositifSession>().Where(d => d.Id == id).Select(d => d.SessionNumero).FirstOrDefaultAsync(cancellation);
            if (await LockSessionAsync(utilisateur, sessionNumero, cancellation) is { Refusal: { } refusal }) return refusal;
            var row = await db.Set<DispositifSession>().Include(d => d.Session).FirstAsync(d => d.Id == id, cancellation);
            var offre = (await loader.ActionAsync(row.Session.ActionNumero, cancellation))!.Offre;
            var parent = offre.Sessions.First(s => s.Numero == sessionNumero);
            var current = parent.Dispositifs.First(d => d.Id == id);
            if (current.Lot is { } lot) fiche = fiche with { Publics = lot.Publics };
            var meanwhile = new Entretemps(row.Version, version, row.Trace);
            fiche = meanwhile.Merge(current.Fiche, fiche, depart?.Of<FicheDispositif>());
            if (meanwhile.Conflict is { } conflict) return conflict;
            var changed = current with { Fiche = fiche };
            parent = parent with { Dispositifs = [.. parent.Dispositifs.Select(d => d.Id == id ? changed : d)] };
            var contexte = await contextes.LoadAsync(offre with { Sessions = [.. offre.Sessions.Select(s => s.Numero == sessionNumero ? parent : s)] }, cancellation);
            if (Catalogue.Impossibles(fiche, contexte with { Session = parent, Dispositif = changed }, id) is { Count: > 0 } faults) return new ResultatSaisie(0, faults);
            var changes = Changement.Between(row.Fiche, fiche);
            if (changes.Count == 0) return ResultatSaisie.Saved(id, meanwhile.Kept);
            row.Fiche = fiche;
            row.Version++;
            row.Trace = row.Trace.Touch(utilisateur.Nom, clock.UtcInstant());
            journal.Begin(Saisie, utilisateur.Auteur).Add("DispositifModifie", "dispositif", id, changes, row.Session.ActionNumero);
            return ResultatSaisie.Saved(id, meanwhile.Kept);
        }, cancellation);

    /// <summary>Sets a session aside so that its sisters go, or takes it back (decisions 9 and 51).</summary>
    public Task<ResultatSaisie> SetAsideAsync(Utilisateur utilisateur, int sessionNumero, bool aside, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            var action = await db.Set<SessionFormation>().Where(s => s.Numero == sessionNumero).Select(s => s.ActionNumero).FirstOrDefaultAsync(cancellation);
            if (await LockAsync(utilisateur, action, null, cancellation) is { } refusal) return refusal;
            var session = await db.Set<SessionFormation>().FirstAsync(s => s.Numero == sessionNumero, cancellation);
            if (session.MiseDeCote == aside) return ResultatSaisie.Saved(sessionNumero);
            session.MiseDeCote = aside;
            journal.Begin(NatureProcessus.Envoi, utilisateur.Auteur)
                .Add(aside ? "SessionMiseDeCote" : "SessionReprise", "session", sessionNumero, [], session.ActionNumero, evenIfEmpty: true);
            return ResultatSaisie.Saved(sessionNumero);
        }, cancellation);

    /// <summary>Deletes a session that was never sent.</summary>
    public Task<ResultatSaisie> DeleteSessionAsync(Utilisateur utilisateur, int numero, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            if (await LockSessionAsync(utilisateur, numero, cancellation) is { Refusal: { } refusal }) return refusal;
            var session = await db.Set<SessionFormation>().FirstAsync(s => s.Numero == numero, cancellation);
            if (session.EnvoyeeLe is not null) return ResultatSaisie.Refused("La session a déjà été envoyée au Cariforef : elle ne peut plus être supprimée. Mettez-la de côté.");
            db.Remove(session);
            journal.Begin(Saisie, utilisateur.Auteur).Add("SessionSupprimee", "session", numero, [], session.ActionNumero, evenIfEmpty: true);
            return ResultatSaisie.Saved(numero);
        }, cancellation);

    /// <summary>Deletes an action that was never sent, with its sessions.</summary>
    public Task<ResultatSaisie> DeleteActionAsync(Utilisateur utilisateur, int numero, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            if (await LockAsync(utilisateur, numero, null, cancellation) is { } refusal) return refusal;
            var action = await db.Set<ActionFormation>().FirstAsync(a => a.Numero == numero, cancellation);
            if (action.EnvoyeeLe is not null) return ResultatSaisie.Refused("L’action a déjà été envoyée au Cariforef : elle ne peut plus être supprimée.");
            db.Remove(action);
            journal.Begin(Saisie, utilisateur.Auteur).Add("ActionSupprimee", "action", numero, [], numero, evenIfEmpty: true);
            return ResultatSaisie.Saved(numero);
        }, cancellation);

    /// <summary>Removes a dispositif of a session that was never sent.</summary>
    public Task<ResultatSaisie> DeleteDispositifAsync(Utilisateur utilisateur, int id, CancellationToken cancellation = default) =>
        InTransactionAsync(async () =>
        {
            var sessionNumero = await db.Set<DispositifSession>().Where(d => d.Id == id).Select(d => d.SessionNumero).FirstOrDefaultAsync(cancellation);
            if (await LockSessionAsync(utilisateur, sessionNumero, cancellation) is { Refusal: { } refusal }) return refusal;
            var row = await db.Set<DispositifSession>().Include(d => d.Session).FirstAsync(d => d.Id == id, cancellation);
            if (row.Session.EnvoyeeLe is not null) return ResultatSaisie.Refused("La session a déjà été envoyée au Cariforef : ses dispositifs ne peuvent plus être retirés.");
            db.Remove(row);
            journal.Begin(Saisie, utilisateur.Auteur).Add("DispositifSupprime", "dispositif", id, [], row.Session.ActionNumero, evenIfEmpty: true);
            return ResultatSaisie.Saved(id);
        }, cancellation);

    /// <summary>The sentence that says why an action cannot be changed in its état; <c>null</c> while it can.</summary>
    public static string? ReasonLocked(EtatAction etat) => etat switch
    {
        EtatAction.EnAttenteValidation => "L’action est en attente de validation par le Cariforef : elle ne peut pas être modifiée jusqu’à sa réponse.",
        EtatAction.EnAttenteReponses => "L’action est en attente de réponses.",
        EtatAction.Validee => "L’action est validée et en ligne : ses fiches sont en lecture seule.",
        _ => null,
    };

    private static OffreSaisie Alone(FormationSaisie formation) => new() { Formation = formation, Action = new ActionSaisie { Fiche = new FicheAction() } };

    private static List<Constat> ImpossiblesOf(Contexte contexte, int numero, FicheAction fiche, LigneModifiee<FicheEquipement>? equipement) =>
        [.. Catalogue.Impossibles(fiche, contexte, numero), .. Impossibles(equipement, contexte, numero)];

    private static List<Constat> ImpossiblesOf(
        Contexte contexte, int numero, FicheSession fiche, LigneModifiee<FicheInformationCollective>? information, LigneModifiee<FichePeriodeInscription>? periode) =>
        [.. Catalogue.Impossibles(fiche, contexte, numero), .. Impossibles(information, contexte, numero), .. Impossibles(periode, contexte, numero)];

    private static IReadOnlyList<Constat> Impossibles<TFiche>(LigneModifiee<TFiche>? line, Contexte contexte, int numero)
        where TFiche : class => line is null ? [] : Catalogue.Impossibles(line.Fiche, contexte, numero, line.Rang ?? 0);

    private static void AddInformation(SessionFormation session, FicheInformationCollective fiche) =>
        session.InformationsCollectives.Add(new InformationCollective { Rang = ++session.DernierRangInformation, Fiche = fiche });

    private static void AddPeriode(SessionFormation session, FichePeriodeInscription fiche) =>
        session.PeriodesInscription.Add(new PeriodeInscription { Rang = ++session.DernierRangPeriode, Fiche = fiche });

    /// <summary>Adds a line or changes the one found; true when something changed.</summary>
    private static bool WriteLine<TRow, TFiche>(
        TRow? row, Func<TRow, TFiche> read, Action<TRow, TFiche> write, Action<TFiche> add, LigneModifiee<TFiche> line,
        Ecriture process, string name, string objet, int numero, int action)
        where TRow : class
        where TFiche : class
    {
        var changes = Changement.Between(row is null ? null : read(row), line.Fiche);
        process.Add(row is null ? name + "Ajoutee" : name + "Modifiee", objet, numero, changes, action, evenIfEmpty: row is null);
        if (row is null) add(line.Fiche);
        else write(row, line.Fiche);
        return row is null || changes.Count > 0;
    }

    /// <summary>Remembers the token of a form that added something, in the transaction of the addition itself.</summary>
    private void Remember(Guid jeton, int numero)
    {
        if (jeton != Guid.Empty) db.Add(new JetonFormulaire { Jeton = jeton, Resultat = numero, Instant = clock.UtcInstant() });
    }

    private Trace Start(Utilisateur utilisateur) => Trace.Start(utilisateur.Nom, clock.UtcInstant());

    private async Task<bool> OwnsPlaceAsync(int etablissement, int lieu, CancellationToken cancellation) =>
        await db.Set<Lieu>().AnyAsync(l => l.Id == lieu && l.EtablissementNumero == etablissement, cancellation);

    private async Task<bool> IsOnLotAsync(int lotId, int etablissement, CancellationToken cancellation) =>
        await db.Set<Lot>().OpenTo(etablissement).AnyAsync(l => l.Id == lotId, cancellation);

    private async Task<Dispositif> SchemeOfAsync(LotSaisie lot, CancellationToken cancellation) => await (
        from programme in db.Set<Programme>()
        join dispositif in db.Set<Dispositif>() on programme.CodeDispositif equals dispositif.Code
        where programme.Code == lot.CodeProgramme
        select dispositif).AsNoTracking().FirstAsync(cancellation);

    /// <summary>Why nothing may be created on a lot: the Région's file no longer opens it to the établissement, or its entry is closed (decision 50).</summary>
    private async Task<ResultatSaisie?> RefusalOfLotAsync(int lotId, int etablissement, CancellationToken cancellation)
    {
        if (!await IsOnLotAsync(lotId, etablissement, cancellation))
            return ResultatSaisie.Refused("Le fichier de la Région n’ouvre plus ce lot à votre établissement : rien ne peut y être créé.");
        var lot = (await loader.LotAsync(lotId, cancellation))!;
        return (await programmes.AttentesAsync(lot.CodeProgramme, clock.Today(), cancellation)).EstOuverteLe(clock.Today())
            ? null
            : ResultatSaisie.Refused($"La saisie du programme « {lot.IntituleProgramme} » n’est pas ouverte aujourd’hui : rien ne peut y être créé.");
    }

    /// <summary>
    /// Takes the action's lock (DESIGN §5): the first statement of every write. <c>null</c> when taken.
    /// A session set aside stays editable while its action waits (decision 51).
    /// </summary>
    private async Task<ResultatSaisie?> LockAsync(Utilisateur utilisateur, int action, int? setAsideSession, CancellationToken cancellation)
    {
        var locked = await db.Set<ActionFormation>()
            .Where(a => a.Numero == action
                && (a.Etat == EtatAction.EnCoursDeSaisie || a.Etat == EtatAction.Refusee
                    || (setAsideSession != null && a.Sessions.Any(s => s.Numero == setAsideSession && s.MiseDeCote))))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Revision, a => a.Revision + 1), cancellation) == 1;
        var found = await db.Set<ActionFormation>().Where(a => a.Numero == action).Select(a => new { a.Etat, a.Formation.EtablissementNumero }).FirstOrDefaultAsync(cancellation);
        if (found is null || !utilisateur.CanEdit(found.EtablissementNumero)) return ResultatSaisie.Introuvable;
        return locked ? null : ResultatSaisie.Refused(ReasonLocked(found.Etat)!);
    }

    private async Task<(ResultatSaisie? Refusal, SessionFormation? Session)> LockSessionAsync(Utilisateur utilisateur, int sessionNumero, CancellationToken cancellation)
    {
        var session = await db.Set<SessionFormation>().AsNoTracking().FirstOrDefaultAsync(s => s.Numero == sessionNumero, cancellation);
        if (session is null) return (ResultatSaisie.Introuvable, null);
        return (await LockAsync(utilisateur, session.ActionNumero, sessionNumero, cancellation), session);
    }

    private Task<ResultatSaisie> RemoveLineAsync<TRow>(
        Utilisateur utilisateur, int sessionNumero, IQueryable<TRow> line, Func<TRow, IReadOnlyList<Changement>> changes, string type, CancellationToken cancellation)
        where TRow : class =>
        InTransactionAsync(async () =>
        {
            var (refusal, session) = await LockSessionAsync(utilisateur, sessionNumero, cancellation);
            if (refusal is not null) return refusal;
            var row = await line.FirstOrDefaultAsync(cancellation);
            if (row is null) return ResultatSaisie.Saved(sessionNumero);
            db.Remove(row);
            journal.Begin(Saisie, utilisateur.Auteur).Add(type, "session", sessionNumero, changes(row), session!.ActionNumero, evenIfEmpty: true);
            return ResultatSaisie.Saved(sessionNumero);
        }, cancellation);

    private async Task<ResultatSaisie> InTransactionAsync(Func<Task<ResultatSaisie>> write, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var result = await write();
        // A form that changes nothing leaves the revision as it was: a récapitulatif open elsewhere stays true.
        if (!result.Enregistre || !db.ChangeTracker.HasChanges()) return result;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return result;
    }

    /// <summary>
    /// Runs a creation once for its form token: a double click or a resent form finds its first result.
    /// Two people creating the same thing at once: the second try finds what the first one made.
    /// </summary>
    private async Task<ResultatSaisie> CreateAsync(Guid jeton, Func<Task<ResultatSaisie>> create, CancellationToken cancellation)
    {
        for (var firstTry = true; ; firstTry = false)
        {
            if (await FirstResultAsync(jeton, cancellation) is { } before) return before;
            try
            {
                return await InTransactionAsync(async () =>
                {
                    var result = await create();
                    if (result.Enregistre) Remember(jeton, result.Numero);
                    return result;
                }, cancellation);
            }
            catch (DbUpdateException) when (firstTry)
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<ResultatSaisie?> FirstResultAsync(Guid jeton, CancellationToken cancellation) =>
        await db.Set<JetonFormulaire>().AsNoTracking().FirstOrDefaultAsync(j => j.Jeton == jeton, cancellation) is { } done ? ResultatSaisie.Saved(done.Resultat) : null;

    /// <summary>
    /// What another person saved while a form was open, brought together with what the form holds; nothing when the form started from what is
    /// stored. A form sent twice holds what is stored: no conflict. Adding a line hides nothing.
    /// </summary>
    private sealed class Entretemps(int stored, int started, Trace trace)
    {
        private readonly List<object> current = [];
        private readonly List<string> received = [];
        private bool conflict;

        /// <summary>The conflict that remains after the merges, or <c>null</c>. The fiche is merged first, then its lines.</summary>
        public ResultatSaisie? Conflict => conflict ? new ResultatSaisie(0, [], new Conflit(current[0], stored, trace, [.. current.Skip(1)])) : null;

        /// <summary>The values of the other person that were kept, or <c>null</c>.</summary>
        public ChangementsGardes? Kept => received.Count == 0 ? null : new ChangementsGardes(trace.ModifiePar, received);

        public TFiche Merge<TFiche>(TFiche now, TFiche typed, TFiche? start)
            where TFiche : class
        {
            if (stored == started) return typed;
            current.Add(now);
            conflict |= Fusion.Conflits(now, typed, start).Any();
            received.AddRange(Fusion.Recus(now, typed, start).Select(champ => champ.Libelle));
            return Fusion.Merge(now, typed, start);
        }

        public LigneModifiee<TFiche>? Merge<TFiche>(TFiche? now, LigneModifiee<TFiche>? line, Depart? depart)
            where TFiche : class => now is null || line is null ? line : line with { Fiche = Merge(now, line.Fiche, depart?.Of<TFiche>()) };
    }
}
