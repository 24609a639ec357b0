using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Programmes;
using Sofi.Core.Validation;

namespace Sofi.Core.Installation.Demonstration;

/// <summary>
/// Fictitious offers in every state, entered, sent and answered through the services themselves, from <c>offres.json</c>. Their dates are counted
/// from today, so that the counters always show something. An offer on a lot that no file of the Région gives for the current year is left out.
/// Each step has its own form token: a start that was killed is taken up where it stopped, and an offer once whole is never touched again.
/// </summary>
public sealed class DemonstrationOffres(
    SofiDbContext db, SofiSettings settings, SaisieService saisie, OffreLoader loader, ProgrammeService programmes, EnvoiService envoi, ValidationService validation,
    TimeProvider clock)
{
    private const string Valideur = "Hélène Guillou";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Enters the offers that are not there yet. One query when all of them are.</summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        var file = JsonSerializer.Deserialize<Fichier>(
            await File.ReadAllTextAsync(Path.Combine(settings.ReferenceFolder, "demonstration", "offres.json"), cancellation), Json)!;
        var tokens = file.Offres.ToDictionary(offre => Token(offre, "entiere"));
        var whole = await db.Set<JetonFormulaire>().Where(j => tokens.Keys.Contains(j.Jeton)).Select(j => j.Jeton).ToHashSetAsync(cancellation);
        foreach (var (token, offre) in tokens.Where(entry => !whole.Contains(entry.Key)))
        {
            if (await EnterAsync(file, offre, cancellation) is not { } action) continue;
            db.Add(new JetonFormulaire { Jeton = token, Resultat = action, Instant = clock.UtcInstant() });
            await db.SaveChangesAsync(cancellation);
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>Enters an offer and brings it to its state. Returns its action, or <c>null</c> when its lot does not exist this year.</summary>
    private async Task<int?> EnterAsync(Fichier file, OffreDuFichier offre, CancellationToken cancellation)
    {
        var etablissement = await db.Set<Etablissement>().AsNoTracking().Include(e => e.Lieux).FirstAsync(e => e.Siret == offre.Siret, cancellation);
        var lot = await LotAsync(offre, etablissement.Numero, cancellation);
        if (offre.Lot is not null && lot is null) return null;
        var author = await PersonAsync(offre.Auteur, Role.Redacteur, etablissement.Numero, cancellation);
        var attentes = lot is null ? Attentes.Aucune : await programmes.AttentesAsync(lot.CodeProgramme, clock.Today(), cancellation);
        var place = etablissement.Lieux.First(l => l.Nom == Lieu.NomPrincipal).Id;
        var fiche = Over(new FicheAction().Preremplir(attentes), offre.Action);
        var equipements = (offre.Equipements ?? []).Select(line => new LigneModifiee<FicheEquipement>(null, line)).ToList();

        var formation = Written(offre, await saisie.CreateFormationAsync(author, offre.Certifinfo, Over(new FicheFormation(), offre.Formation), Token(offre, "formation"), cancellation));
        var action = Written(offre, await saisie.CreateActionAsync(author, formation, lot?.Id, place, fiche, equipements.FirstOrDefault(), Token(offre, "action"), cancellation));
        var entered = (await loader.ActionAsync(action, cancellation))!;
        if (entered.EstModifiable)
        {
            foreach (var (i, line) in equipements.Index().Skip(1))
                Written(offre, await saisie.SaveActionAsync(author, action, i - 1, fiche, line, Token(offre, $"equipement-{i}"), cancellation: cancellation));
            var blank = (await saisie.NouvelleSessionAsync(entered, cancellation)).Fiche;
            foreach (var (i, session) in offre.Sessions.Index())
            {
                if (Dates(session, offre) is not { } dates) continue;
                var into = new EnCours(file, offre, etablissement, author, action, $"session-{i}");
                await EnterSessionAsync(into, session, Over(Over(blank, file.Session), session.Fiche), dates, cancellation);
            }
        }

        if (offre.Etat is "envoyee" or "validee" or "refusee") await SendAsync(offre, author, action, cancellation);
        return action;
    }

    private async Task EnterSessionAsync(EnCours into, SessionDuFichier session, FicheSession preset, (DateOnly Start, DateOnly End) dates, CancellationToken cancellation)
    {
        var fiche = preset with
        {
            LieuId = session.Lieu is { } name ? into.Etablissement.Lieux.First(l => l.Nom == name).Id : preset.LieuId,
            DateDebut = dates.Start,
            DateFin = dates.End,
        };
        var meetings = (session.Informations ?? []).Select(line => new LigneModifiee<FicheInformationCollective>(null, Meeting(into, line))).ToList();
        var periods = (session.Periodes ?? []).Select(line => new LigneModifiee<FichePeriodeInscription>(
            null, new FichePeriodeInscription { Type = line.Type, Debut = clock.Today().AddDays(line.Debut), Fin = clock.Today().AddDays(line.Fin) })).ToList();
        var numero = Written(into.Offre, await saisie.CreateSessionAsync(
            into.Author, into.Action, fiche, meetings.FirstOrDefault(), periods.FirstOrDefault(), Token(into.Offre, into.Step), cancellation));
        for (var i = 1; i < Math.Max(meetings.Count, periods.Count); i++)
        {
            Written(into.Offre, await saisie.SaveSessionAsync(
                into.Author, numero, i - 1, fiche, meetings.ElementAtOrDefault(i), periods.ElementAtOrDefault(i), Token(into.Offre, $"{into.Step}-ligne-{i}"), cancellation: cancellation));
        }

        foreach (var dispositif in session.Dispositifs ?? []) await EnterDispositifAsync(into, numero, dispositif, cancellation);
        if (session.MiseDeCote) Written(into.Offre, await saisie.SetAsideAsync(into.Author, numero, true, cancellation));
    }

    /// <summary>The lot's dispositif came with the session and is completed; another one is created.</summary>
    private async Task EnterDispositifAsync(EnCours into, int session, DispositifDuFichier dispositif, CancellationToken cancellation)
    {
        if (dispositif.Code is { } code)
        {
            Written(into.Offre, await saisie.CreateDispositifAsync(
                into.Author, session, code, null, Over(new FicheDispositif(), dispositif.Fiche), Token(into.Offre, $"{into.Step}-dispositif-{code}"), cancellation));
            return;
        }

        var row = await db.Set<DispositifSession>().AsNoTracking().FirstAsync(d => d.SessionNumero == session, cancellation);
        Written(into.Offre, await saisie.SaveDispositifAsync(into.Author, row.Id, row.Version, Over(row.Fiche, dispositif.Fiche), cancellation: cancellation));
    }

    private async Task SendAsync(OffreDuFichier offre, Utilisateur author, int action, CancellationToken cancellation)
    {
        var etat = (await envoi.EtatAsync(action, cancellation))!;
        if (etat.Action.Etat == EtatAction.EnCoursDeSaisie)
        {
            var sent = await envoi.SendAsync(author, action, etat.Action.Revision, etat.Action.Offre.Formation.Version, cancellation);
            if (!sent.Envoyee) throw Refused(offre, [sent.Refus, .. sent.Bloquants.Select(constat => constat.Message)]);
        }

        var soumission = (await validation.LastOfAsync(action, cancellation))!;
        if (offre.Etat == "envoyee" || soumission.Etat != EtatSoumission.EnAttente) return;
        var desk = await PersonAsync(Valideur, Role.Valideur, null, cancellation);
        var refusal = offre.Etat == "refusee"
            ? await validation.RefuseAsync(desk, soumission.Id, soumission.Version, offre.Motif!, cancellation)
            : await validation.ValidateAsync(desk, soumission.Id, soumission.Version, cancellation);
        if (refusal is not null) throw Refused(offre, [refusal]);
    }

    /// <summary>The line of the lot in the programme of the current year that the établissement may enter on.</summary>
    private async Task<Lot?> LotAsync(OffreDuFichier offre, int etablissement, CancellationToken cancellation)
    {
        var numero = offre.Lot?.Replace("{annee}", $"{clock.Today().Year}", StringComparison.Ordinal);
        return numero is null ? null : await db.Set<Lot>().OpenTo(etablissement).AsNoTracking().Where(l => l.Numero == numero)
            .OrderByDescending(l => l.MandataireNumero == etablissement).ThenBy(l => l.Id).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>The demonstration account of that name; a person without account signs by name alone.</summary>
    private async Task<Utilisateur> PersonAsync(string name, Role role, int? etablissement, CancellationToken cancellation)
    {
        var account = await db.Set<Compte>().Where(c => c.Nom == name).Select(c => c.Id).FirstOrDefaultAsync(cancellation);
        return new Utilisateur(account, name, role, etablissement is { } numero ? [numero] : [], etablissement);
    }

    /// <summary>
    /// Dates of a session, off week-ends; on a lot it starts within the current year, as its programme wants. <c>null</c> when that leaves it no day.
    /// </summary>
    private (DateOnly Start, DateOnly End)? Dates(SessionDuFichier session, OffreDuFichier offre)
    {
        var today = clock.Today();
        var (start, end) = (OffWeekEnd(today.AddDays(session.Debut)), OffWeekEnd(today.AddDays(session.Fin)));
        if (offre.Lot is not null && start.Year < today.Year) start = OffWeekEnd(new DateOnly(today.Year, 1, 2));
        while (offre.Lot is not null && (start.Year > today.Year || start != OffWeekEnd(start))) start = start.AddDays(-1);
        return end < start && session.Fin >= session.Debut ? null : (start, end);
    }

    /// <summary>The day itself, or the Monday that follows a week-end.</summary>
    private static DateOnly OffWeekEnd(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(2),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };

    private FicheInformationCollective Meeting(EnCours into, InformationDuFichier line)
    {
        var address = into.Etablissement.Adresse;
        var preset = Over(new FicheInformationCollective { Lieu = $"{address.Voie}, {address.CodePostal} {address.Commune}" }, into.File.Information);
        return Over(preset, line.Fiche) with { Date = OffWeekEnd(clock.Today().AddDays(line.Jour)) };
    }

    /// <summary>A fiche where the fields that the file gives hold its values.</summary>
    private static TFiche Over<TFiche>(TFiche fiche, JsonElement? given)
        where TFiche : class
    {
        if (given is not { } values) return fiche;
        var names = values.EnumerateObject().Select(property => property.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return fiche.Reprendre(values.Deserialize<TFiche>(Json)!, names);
    }

    private static int Written(OffreDuFichier offre, ResultatSaisie result) =>
        result.Enregistre ? result.Numero : throw Refused(offre, [result.Refus, .. result.Impossibles.Select(constat => constat.Message)]);

    private static InvalidOperationException Refused(OffreDuFichier offre, IEnumerable<string?> reasons) => new($"offres.json, {offre.Cle}: {string.Join(' ', reasons)}");

    private static Guid Token(OffreDuFichier offre, string step) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"demonstration/{offre.Cle}/{step}")).AsSpan(0, 16));

    /// <summary>The session being entered: its offer, who enters it where, and the name of its step in the tokens.</summary>
    private sealed record EnCours(Fichier File, OffreDuFichier Offre, Etablissement Etablissement, Utilisateur Author, int Action, string Step);

    /// <summary>The file: what its sessions and meetings have in common, then the offers.</summary>
    private sealed record Fichier(JsonElement Session, JsonElement Information, IReadOnlyList<OffreDuFichier> Offres);

    /// <summary>An action: état is <c>saisie</c> (with faults), <c>complete</c>, <c>envoyee</c>, <c>validee</c> or <c>refusee</c>.</summary>
    private sealed record OffreDuFichier(
        string Cle, string Siret, string Auteur, int? Certifinfo, string? Lot, string Etat, string? Motif, JsonElement? Formation, JsonElement? Action,
        IReadOnlyList<FicheEquipement>? Equipements, IReadOnlyList<SessionDuFichier> Sessions);

    /// <summary>A session; its dates are days from today.</summary>
    private sealed record SessionDuFichier(
        string? Lieu, int Debut, int Fin, JsonElement? Fiche, IReadOnlyList<InformationDuFichier>? Informations, IReadOnlyList<PeriodeDuFichier>? Periodes,
        IReadOnlyList<DispositifDuFichier>? Dispositifs, bool MiseDeCote);

    /// <summary>A meeting, a day counted from today.</summary>
    private sealed record InformationDuFichier(int Jour, JsonElement? Fiche);

    /// <summary>A period of inscription, its days counted from today.</summary>
    private sealed record PeriodeDuFichier(string Type, int Debut, int Fin);

    /// <summary>A dispositif: of a scheme of the table, or of the session's lot.</summary>
    private sealed record DispositifDuFichier(int? Code, JsonElement? Fiche);
}
