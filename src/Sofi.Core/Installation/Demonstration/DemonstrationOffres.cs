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
/// Fictitious offers in every state, entered, sent and answered through the services themselves, from <c>offres.json</c>. Their dates are days from
/// today, so that the counters always show something; a session on a lot that no file of the Région gives for its year is left out.
/// </summary>
public sealed class DemonstrationOffres(
    SofiDbContext db, SofiSettings settings, SaisieService saisie, EnvoiService envoi, ValidationService validation, TimeProvider clock)
{
    /// <summary>Formacode of "Demandeur d'emploi".</summary>
    private const string Demandeur = "80006";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Enters the offers that are not there yet.</summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        var offres = JsonSerializer.Deserialize<List<Offre>>(await File.ReadAllTextAsync(Path.Combine(settings.ReferenceFolder, "demonstration", "offres.json"), cancellation), Json)!;
        var tokens = offres.Select((offre, i) => (Offre: offre, Jeton: TokenOf(i))).ToList();
        var wanted = tokens.Select(t => t.Jeton).ToList();
        var done = await db.Set<JetonFormulaire>().Where(j => wanted.Contains(j.Jeton)).Select(j => j.Jeton).ToHashSetAsync(cancellation);
        foreach (var (offre, jeton) in tokens.Where(t => !done.Contains(t.Jeton)))
        {
            await EnterAsync(offre, jeton, cancellation);
            db.ChangeTracker.Clear();
        }
    }

    private async Task EnterAsync(Offre offre, Guid jeton, CancellationToken cancellation)
    {
        var etablissement = await db.Set<Etablissement>().AsNoTracking().Include(e => e.Lieux).FirstAsync(e => e.Siret == offre.Siret, cancellation);
        var author = new Utilisateur(0, offre.Auteur, Role.Redacteur, [etablissement.Numero], etablissement.Numero);
        var lot = await LotOfAsync(offre, etablissement.Numero, cancellation);
        if (offre.Lot is not null && lot is null) return;
        var formation = Written(await saisie.CreateFormationAsync(author, offre.Certifinfo, offre.Formation ?? new FicheFormation(), TokenOf(jeton, "formation"), cancellation));
        var fiche = new FicheAction
        {
            ComplementIntitule = offre.ComplementIntitule,
            PlusFormation = offre.Plus,
            CommentairePrerequis = "Public visé : Demandeurs d'emploi ayant un projet de création/reprise d'entreprise.",
        };
        var action = Written(await saisie.CreateActionAsync(author, formation, lot, etablissement.Lieux[0].Id, fiche, null, jeton, cancellation));
        foreach (var session in offre.Sessions) await EnterAsync(author, action, offre, session, etablissement, cancellation);
        if (offre.Etat is not "saisie") await SendAsync(author, action, offre, cancellation);
    }

    private async Task EnterAsync(Utilisateur author, int action, Offre offre, Session session, Etablissement etablissement, CancellationToken cancellation)
    {
        var (today, contact) = (clock.Today(), etablissement.ContactPrincipalNumero);
        var start = Day(session.Debut, offre);
        var fiche = new FicheSession
        {
            LieuId = etablissement.Lieux[^1].Id,
            DateDebut = start,
            DateFin = start.AddDays(session.Fin - session.Debut),
            Esp = Listes.EspDatesFixes,
            Rythmes = "5",
            PeriodesFormation = ["96414"],
            TypeParcours = "4",
            ModalitesEnseignement = session.Enseignement ?? "0",
            ModalitesPedagogiques = session.Enseignement == "2" ? [Listes.Foad] : session.Entreprise > 0 ? ["etablissement", "entreprise"] : ["etablissement"],
            DureeCentre = session.Centre,
            DureeEntreprise = session.Entreprise,
            DureeHebdo = 35,
            CycleAlternance = session.Cycle,
            UniteEntreprise = session.Cycle is null ? 0 : 3,
            UniteCentre = session.Cycle is null ? 0 : 1,
            EtatRecrutement = session.Recrutement ?? Listes.RecrutementOuvert,
            ModalitesRecrutement = session.Information is null ? ["8"] : [Listes.InformationCollective, "8"],
            ReferentPmr = contact,
            ReferentMobilite = contact,
        };
        var meeting = session.Information is { } days
            ? new LigneModifiee<FicheInformationCollective>(null, new FicheInformationCollective
            {
                Date = today.AddDays(days),
                HeureDebut = new TimeOnly(9, 30),
                HeureFin = new TimeOnly(11, 0),
                NbPlaces = 20,
                Lieu = $"{etablissement.Adresse.Voie}, {etablissement.Adresse.CodePostal} {etablissement.Adresse.Commune}",
            })
            : null;
        var period = session.Inscription
            ? new LigneModifiee<FichePeriodeInscription>(null, new FichePeriodeInscription { Type = "inscription", Debut = start.AddDays(-40), Fin = start.AddDays(-5) })
            : null;
        var numero = Written(await saisie.CreateSessionAsync(author, action, fiche, meeting, period, Guid.NewGuid(), cancellation));
        var seats = new FicheDispositif
        {
            Publics = offre.Dispositif == 3 ? ["82020"] : [Demandeur],
            NbPlaces = session.Places,
            NbPlacesRestantes = session.Restantes,
            EffectifMinimal = session.Places / 2,
            CapaciteSimultanee = session.Places,
            PriseEnCharge = Listes.Oui,
        };
        var scheme = await db.Set<DispositifSession>().AsNoTracking().FirstOrDefaultAsync(d => d.SessionNumero == numero, cancellation);
        if (scheme is null) Written(await saisie.CreateDispositifAsync(author, numero, offre.Dispositif, null, seats, Guid.NewGuid(), cancellation));
        else Written(await saisie.SaveDispositifAsync(author, scheme.Id, scheme.Version, seats, cancellation));
        if (session.MiseDeCote) Written(await saisie.SetAsideAsync(author, numero, true, cancellation));
    }

    private async Task SendAsync(Utilisateur author, int action, Offre offre, CancellationToken cancellation)
    {
        var etat = (await envoi.EtatAsync(action, cancellation))!;
        var sent = await envoi.SendAsync(author, action, etat.Action.Revision, etat.Action.Offre.Formation.Version, cancellation);
        if (!sent.Envoyee) throw new InvalidOperationException($"offres.json, {offre.Siret}: {sent.Refus} {string.Join(' ', sent.Bloquants.Select(c => c.Regle.Code))}");
        if (offre.Etat == "envoyee") return;
        var desk = new Utilisateur(0, "Hélène Guillou", Role.Valideur, [], null);
        var soumission = (await validation.LastOfAsync(action, cancellation))!;
        var refusal = offre.Etat == "refusee"
            ? await validation.RefuseAsync(desk, soumission.Id, soumission.Version, offre.Motif!, cancellation)
            : await validation.ValidateAsync(desk, soumission.Id, soumission.Version, cancellation);
        if (refusal is not null) throw new InvalidOperationException($"offres.json, {offre.Siret}: {refusal}");
    }

    /// <summary>The line of the lot in the programme of the current year, when it is open to the établissement.</summary>
    private async Task<int?> LotOfAsync(Offre offre, int etablissement, CancellationToken cancellation)
    {
        if (offre.Lot is null) return null;
        var numero = offre.Lot.Replace("{annee}", $"{clock.Today().Year}", StringComparison.Ordinal);
        return await db.Set<Lot>().Where(l => l.Numero == numero && (l.MandataireNumero == etablissement || l.Formateurs.Any(f => f.EtablissementNumero == etablissement)))
            .OrderBy(l => l.Id).Select(l => (int?)l.Id).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>A day from today, never a Sunday; on a lot, within the current year, as its programme wants.</summary>
    private DateOnly Day(int days, Offre offre)
    {
        var today = clock.Today();
        var day = today.AddDays(days);
        if (offre.Lot is not null) day = day.Year < today.Year ? new DateOnly(today.Year, 1, 2) : day.Year > today.Year ? new DateOnly(today.Year, 12, 30) : day;
        return day.DayOfWeek != DayOfWeek.Sunday ? day : day.AddDays(day is { Month: 12, Day: 31 } ? -1 : 1);
    }

    private static int Written(ResultatSaisie result) => result.Enregistre
        ? result.Numero
        : throw new InvalidOperationException($"offres.json: {result.Refus} {string.Join(' ', result.Impossibles.Select(c => c.Message))}");

    private static Guid TokenOf(int index) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"demonstration-{index}")).AsSpan(0, 16));

    private static Guid TokenOf(Guid jeton, string part) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{jeton}-{part}")).AsSpan(0, 16));

    /// <summary>An action of the file.</summary>
    private sealed record Offre(
        string Siret, string Auteur, int? Certifinfo, string? Lot, int Dispositif, string Etat, string? ComplementIntitule, string? Plus, string? Motif,
        FicheFormation? Formation, IReadOnlyList<Session> Sessions);

    /// <summary>A session of the file; dates are days from today.</summary>
    private sealed record Session(
        int Debut, int Fin, int? Centre, int? Entreprise, int? Places, int? Restantes, int? Information, bool Inscription, string? Enseignement,
        string? Recrutement, string? Cycle, bool MiseDeCote);
}
