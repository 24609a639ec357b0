using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Programmes;

namespace Sofi.Core.Validation;

/// <summary>
/// Writes publications and reads them back as <see cref="OffrePubliee"/>. A formation has one published state per F: validating it
/// publishes anew, in the same transaction, every published action of that F (DESIGN §2.4).
/// </summary>
public sealed class PublicationService(SofiDbContext db, TimeProvider clock)
{
    /// <summary>Name of the counter of the publication log.</summary>
    public const string NomCompteur = "publication";

    /// <summary>
    /// Published actions of the offer's formation that show another, not newer, formation part: those that its validation publishes anew.
    /// </summary>
    public async Task<IReadOnlyList<int>> SistersAsync(OffreSaisie offre, CancellationToken cancellation = default)
    {
        var formation = offre.Formation;
        var fingerprint = Fingerprint(formation);
        return await db.Set<ActionPubliee>()
            .Where(a => a.FormationNumero == formation.Numero && a.ActionNumero != offre.Action.Numero
                && a.FormationVersion <= formation.Version && a.FormationEmpreinte != fingerprint)
            .OrderBy(a => a.ActionNumero).Select(a => a.ActionNumero).ToListAsync(cancellation);
    }

    /// <summary>Publishes a validated snapshot. Must run inside the validation's transaction; the log number is the last row it locks.</summary>
    /// <param name="offre">The snapshot that was validated.</param>
    /// <param name="live">The action as the saisie now holds it: its live facts are the latest ones (decision 32).</param>
    /// <param name="soumissionId">Submission validated.</param>
    /// <param name="validator">Name of the validator.</param>
    /// <param name="cancellation">Stops the work.</param>
    internal async Task PublishAsync(OffreSaisie offre, OffreSaisie live, int soumissionId, string validator, CancellationToken cancellation)
    {
        var now = clock.UtcInstant();
        var formation = await NewestFormationAsync(offre.Formation, cancellation);
        var facts = new FaitsAction { Sessions = [.. live.Sessions.Where(s => offre.Sessions.Any(sent => sent.Numero == s.Numero)).Select(FaitsSession.Of)] };
        offre = offre with { Formation = formation };
        var entries = new List<(ActionPubliee Action, NaturePublication Nature)>
        {
            (await WriteContentAsync(offre, soumissionId, validator, now, cancellation), NaturePublication.Contenu),
        };
        entries[0].Action.RevisionFaits++;
        db.Add(new FaitsPublies { ActionNumero = offre.Action.Numero, Revision = entries[0].Action.RevisionFaits, Faits = OffreSerializer.Write(facts) });
        foreach (var sister in await SistersAsync(offre, cancellation))
        {
            var published = await ReadContentAsync(sister, cancellation);
            entries.Add((await WriteContentAsync(published with { Formation = formation }, soumissionId, validator, now, cancellation), NaturePublication.Formation));
        }

        await WriteContactsAsync(facts, offre.Formation.Dispensateur.Numero, cancellation);
        await db.SaveChangesAsync(cancellation);
        var last = await TakeNumbersAsync(entries.Count, cancellation);
        var number = last - entries.Count;
        foreach (var (action, nature) in entries)
        {
            db.Add(new EntreePublication
            {
                Numero = ++number,
                ActionNumero = action.ActionNumero,
                Nature = nature,
                VersionContenu = action.VersionContenu,
                RevisionFaits = action.RevisionFaits,
                Instant = now,
            });
        }

        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>What is published of an action, or <c>null</c>.</summary>
    public async Task<OffrePubliee?> FindAsync(int actionNumero, CancellationToken cancellation = default)
    {
        var row = await (
            from action in db.Set<ActionPubliee>()
            join contenu in db.Set<ContenuPublie>() on new { action.ActionNumero, Version = action.VersionContenu } equals new { contenu.ActionNumero, contenu.Version }
            join faits in db.Set<FaitsPublies>() on new { action.ActionNumero, Revision = action.RevisionFaits } equals new { faits.ActionNumero, faits.Revision }
            where action.ActionNumero == actionNumero
            select new { contenu.Contenu, contenu.Version, faits.Faits }).FirstOrDefaultAsync(cancellation);
        if (row is null) return null;
        var facts = OffreSerializer.ReadFaits(row.Faits);
        var numbers = facts.ContactsPublics.ToList();
        var contacts = await db.Set<ContactPublie>().Where(c => numbers.Contains(c.Numero))
            .Select(c => new ContactVu(c.Numero, c.Nom, c.Fonction, c.Courriel, c.Telephone)).ToListAsync(cancellation);
        return OffrePubliee.Compose(OffreSerializer.ReadOffre(row.Contenu), row.Version, facts, contacts);
    }

    private static string Fingerprint(FormationSaisie formation) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(OffreSerializer.Write(formation))));

    private async Task<FormationSaisie> NewestFormationAsync(FormationSaisie formation, CancellationToken cancellation)
    {
        var newer = await db.Set<ActionPubliee>().Where(a => a.FormationNumero == formation.Numero && a.FormationVersion > formation.Version)
            .OrderByDescending(a => a.FormationVersion).Select(a => (int?)a.ActionNumero).FirstOrDefaultAsync(cancellation);
        return newer is { } action ? (await ReadContentAsync(action, cancellation)).Formation : formation;
    }

    private async Task<OffreSaisie> ReadContentAsync(int actionNumero, CancellationToken cancellation) => OffreSerializer.ReadOffre(await (
        from action in db.Set<ActionPubliee>()
        join contenu in db.Set<ContenuPublie>() on new { action.ActionNumero, Version = action.VersionContenu } equals new { contenu.ActionNumero, contenu.Version }
        where action.ActionNumero == actionNumero
        select contenu.Contenu).FirstAsync(cancellation));

    private async Task<ActionPubliee> WriteContentAsync(OffreSaisie offre, int soumissionId, string validator, DateTime now, CancellationToken cancellation)
    {
        var action = await db.Set<ActionPubliee>().FirstOrDefaultAsync(a => a.ActionNumero == offre.Action.Numero, cancellation);
        if (action is null)
        {
            action = new ActionPubliee
            {
                ActionNumero = offre.Action.Numero,
                FormationNumero = offre.Formation.Numero,
                FormationVersion = 0,
                FormationEmpreinte = "",
                VersionContenu = 0,
                RevisionFaits = 0,
            };
            db.Add(action);
        }

        action.VersionContenu++;
        action.FormationVersion = offre.Formation.Version;
        action.FormationEmpreinte = Fingerprint(offre.Formation);
        db.Add(new ContenuPublie
        {
            ActionNumero = action.ActionNumero,
            Version = action.VersionContenu,
            FormationNumero = offre.Formation.Numero,
            FormationVersion = offre.Formation.Version,
            Contenu = OffreSerializer.Write(offre with { Sessions = [.. offre.Sessions.Select(FaitsSession.TakeOut)] }),
            SoumissionId = soumissionId,
            PublieLe = now,
            PubliePar = validator,
        });
        await ProjectAsync(offre, cancellation);
        return action;
    }

    /// <summary>Rewrites the projected lines of an action's sessions: what lists and counters read.</summary>
    private async Task ProjectAsync(OffreSaisie offre, CancellationToken cancellation)
    {
        var numero = offre.Action.Numero;
        await db.Set<SessionPubliee>().Where(s => s.ActionNumero == numero).ExecuteDeleteAsync(cancellation);
        var places = offre.Sessions.Select(s => s.Fiche.LieuId).OfType<int>().Distinct().ToList();
        var communes = await db.Set<Lieu>().Where(l => places.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.Adresse.Commune ?? "", cancellation);
        foreach (var session in offre.Sessions)
        {
            var intitule = offre.Action.Fiche.ComplementIntitule is { } complement ? $"{offre.Formation.Fiche.Intitule} - {complement}" : offre.Formation.Fiche.Intitule!;
            var commune = communes.GetValueOrDefault(session.Fiche.LieuId ?? 0, "");
            var lots = session.Dispositifs.Select(d => d.Lot).OfType<LotSaisie>().ToList();
            var (programmes, numeros) = (string.Join(", ", lots.Select(l => l.IntituleProgramme).Distinct()), string.Join(", ", lots.Select(l => l.Numero)));
            db.Add(new SessionPubliee
            {
                SessionNumero = session.Numero,
                ActionNumero = numero,
                FormationNumero = offre.Formation.Numero,
                EtablissementNumero = offre.Formation.Dispensateur.Numero,
                Intitule = intitule,
                SiteDispensateur = offre.Formation.Dispensateur.RaisonSociale,
                CommuneLieu = commune,
                DateDebut = session.Fiche.DateDebut!.Value,
                DateFin = session.Fiche.DateFin!.Value,
                CodesDispositif = Codes.From(session.Dispositifs.Select(d => d.Code.ToString(CultureInfo.InvariantCulture))),
                Programmes = programmes,
                Lots = numeros,
                ProgrammeRegional = Has(session, NatureDispositif.ProgrammeRegional),
                Apprentissage = Has(session, NatureDispositif.ContratApprentissage),
                Professionnalisation = Has(session, NatureDispositif.ContratProfessionnalisation),
                Initiale = Has(session, NatureDispositif.FormationInitiale),
                ADistance = session.Fiche.EstADistance(),
                IntituleRecherche = Texte.Fold(intitule),
                SiteRecherche = Texte.Fold(offre.Formation.Dispensateur.RaisonSociale),
                CommuneRecherche = Texte.Fold(commune),
                DispositifsRecherche = string.Join(", ", session.Dispositifs.Select(d => d.Code)),
                LotsRecherche = Texte.Fold($"{programmes} {numeros}"),
                Recherche = Texte.Fold(
                    $"{intitule} {offre.Formation.Dispensateur.RaisonSociale} {commune} {programmes} {numeros} {offre.Formation.Numero}-{numero}-{session.Numero}"),
            });
        }

        static bool Has(SessionSaisie session, NatureDispositif nature) => session.Dispositifs.Any(d => d.Nature == nature);
    }

    /// <summary>Persons are published in one place; the établissement's principal contact stands for a session without one (decision 48).</summary>
    private async Task WriteContactsAsync(FaitsAction facts, int etablissement, CancellationToken cancellation)
    {
        var principal = await db.Set<Etablissement>().Where(e => e.Numero == etablissement).Select(e => e.ContactPrincipalNumero).FirstOrDefaultAsync(cancellation);
        var numbers = facts.ContactsPublics.Append(principal ?? 0).ToList();
        var contacts = await db.Set<Contact>().AsNoTracking().Where(c => numbers.Contains(c.Numero)).ToListAsync(cancellation);
        var published = await db.Set<ContactPublie>().Where(c => numbers.Contains(c.Numero)).ToDictionaryAsync(c => c.Numero, cancellation);
        foreach (var contact in contacts)
        {
            if (!published.TryGetValue(contact.Numero, out var row)) db.Add(row = new ContactPublie { Numero = contact.Numero, Nom = contact.Nom });
            (row.Nom, row.Fonction, row.Courriel, row.Telephone) = (contact.Nom, contact.Fonction, contact.Courriel, contact.Telephone);
        }
    }

    private async Task<long> TakeNumbersAsync(int count, CancellationToken cancellation) => (await db.Database
        .SqlQuery<long>($"UPDATE compteur SET valeur = valeur + {count} WHERE nom = {NomCompteur} RETURNING valeur").ToListAsync(cancellation))[0];
}
