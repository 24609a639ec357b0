using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;

namespace Sofi.Core.Offre;

/// <summary>A line of the dashboard: its words, its definition, its filter. The counter and the list use the same filter.</summary>
/// <typeparam name="T">What is counted.</typeparam>
/// <param name="Cle">Name in URLs, stable.</param>
/// <param name="Libelle">Exact words of the procedure.</param>
/// <param name="Definition">Definition shown on hover and focus (decisions 28 to 30).</param>
/// <param name="Filtre">What is counted on a day.</param>
public sealed record Rubrique<T>(string Cle, string Libelle, string Definition, Func<DateOnly, Expression<Func<T, bool>>> Filtre);

/// <summary>The rubrics of the dashboard (procedure, page 5), defined once.</summary>
public static class Rubriques
{
    /// <summary>Months after the end at which an inactive session is archived and leaves the counters (decision 28).</summary>
    private const int MoisAvantArchive = 12;

    /// <summary>The eight rubrics of sessions.</summary>
    public static readonly IReadOnlyList<Rubrique<SessionPubliee>> Sessions =
    [
        new("actives", "Sessions de formation actives",
            "Sessions en ligne dont la date de fin n’est pas passée.",
            day => s => s.DateFin >= day),
        new("initiales", "Sessions de formation initiales actives",
            "Sessions actives de formation initiale.",
            day => s => s.DateFin >= day && s.Initiale),
        new("bientot-inactives", "Sessions de formation inactives dans moins d’un mois",
            "Sessions actives qui se terminent dans moins d’un mois.",
            day => BeforeNextMonth(day)),
        new("inactives", "Sessions de formation inactives",
            "Sessions terminées depuis moins de douze mois ou retirées de la publication.",
            day => Ended(day)),
        new("programme-region", "Sessions de formation du programme région",
            "Sessions actives d’un programme régional.",
            day => s => s.DateFin >= day && s.ProgrammeRegional),
        new("apprentissage", "Sessions de formation en contrat d’apprentissage",
            "Sessions actives en contrat d’apprentissage.",
            day => s => s.DateFin >= day && s.Apprentissage),
        new("professionnalisation", "Sessions de formation en contrat de professionnalisation",
            "Sessions actives en contrat de professionnalisation.",
            day => s => s.DateFin >= day && s.Professionnalisation),
        new("a-distance", "Sessions de formation ouvertes à distance",
            "Sessions actives en enseignement mixte ou à distance, ou en FOAD.",
            day => s => s.DateFin >= day && s.ADistance),
    ];

    /// <summary>The five rubrics of actions.</summary>
    public static readonly IReadOnlyList<Rubrique<ActionFormation>> Actions =
    [
        new("en-cours", "Actions de formation en cours de saisie",
            "Actions en cours de création ou de modification qui n’ont pas été envoyées en validation.",
            _ => a => a.Etat == EtatAction.EnCoursDeSaisie || a.Etat == EtatAction.Refusee),
        new("publique-en-cours", "Actions de formation publique en cours de saisie",
            "Parmi elles, celles qui sont saisies sur un lot de la Région.",
            _ => a => (a.Etat == EtatAction.EnCoursDeSaisie || a.Etat == EtatAction.Refusee)
                && (a.LotId != null || a.Sessions.Any(s => s.Dispositifs.Any(d => d.LotId != null)))),
        new("en-attente-validation", "Actions de formation en attente de validation par CARIF-OREF",
            "Actions créées et en attente d’être validées par le service Offre du Cariforef.",
            _ => a => a.Etat == EtatAction.EnAttenteValidation),
        new("en-attente-reponses", "Actions de formation en attente de réponses",
            "Actions sur lesquelles le Cariforef attend votre réponse.",
            _ => a => a.Etat == EtatAction.EnAttenteReponses),
        new("certifinfo-remplace", "Actions de formation dont le code Certifinfo a été remplacé par le CARIF-OREF",
            "Actions dont le Cariforef a remplacé le code Certifinfo, jusqu’à ce que vous en preniez acte.",
            _ => a => a.CertifinfoRemplace),
    ];

    private static Expression<Func<SessionPubliee, bool>> BeforeNextMonth(DateOnly day)
    {
        var limit = day.AddMonths(1);
        return s => s.DateFin >= day && s.DateFin < limit;
    }

    private static Expression<Func<SessionPubliee, bool>> Ended(DateOnly day)
    {
        var archived = day.AddMonths(-MoisAvantArchive);
        return s => s.DateFin < day && s.DateFin >= archived;
    }
}

/// <summary>A published session with where its action stands: a line of "Sessions".</summary>
public sealed record LigneSession
{
    /// <summary>What is published.</summary>
    public required SessionPubliee Publiee { get; init; }

    /// <summary>État of the saisie of its action.</summary>
    public required EtatAction Etat { get; init; }

    /// <summary>First publication of its action (UTC).</summary>
    public required DateTime? EnLigneDepuis { get; init; }
}

/// <summary>A line of "Actions".</summary>
public sealed record LigneAction
{
    /// <summary>Number A.</summary>
    public required int Numero { get; init; }

    /// <summary>Number F.</summary>
    public required int FormationNumero { get; init; }

    /// <summary>Intitulé of its formation.</summary>
    public required string? Intitule { get; init; }

    /// <summary>Complément d'intitulé.</summary>
    public required string? ComplementIntitule { get; init; }

    /// <summary>Folded intitulé of its formation, for search and sort.</summary>
    public required string Recherche { get; init; }

    /// <summary>Number of its sessions.</summary>
    public required int Sessions { get; init; }

    /// <summary>État of its saisie.</summary>
    public required EtatAction Etat { get; init; }

    /// <summary>First publication (UTC); <c>null</c> while never published.</summary>
    public required DateTime? EnLigneDepuis { get; init; }

    /// <summary>True on a lot of the Région (decision 30).</summary>
    public required bool Publique { get; init; }

    /// <summary>Last change of its fiche (UTC).</summary>
    public required DateTime ModifieLe { get; init; }

    /// <summary>Intitulé with the complement.</summary>
    public string IntituleComplet => ComplementIntitule is null ? Intitule ?? "" : $"{Intitule} - {ComplementIntitule}";

    /// <summary>"Publique" or "Autre" (decision 47).</summary>
    public string Type => Publique ? "Publique" : "Autre";
}

/// <summary>A line of "Formations".</summary>
public sealed record LigneFormation
{
    /// <summary>Number F.</summary>
    public required int Numero { get; init; }

    /// <summary>Intitulé.</summary>
    public required string? Intitule { get; init; }

    /// <summary>CertifInfo code; <c>null</c> for a free formation.</summary>
    public required int? CodeCertifinfo { get; init; }

    /// <summary>Folded intitulé, for search and sort.</summary>
    public required string Recherche { get; init; }

    /// <summary>Number of its actions.</summary>
    public required int Actions { get; init; }

    /// <summary>Number of its sessions.</summary>
    public required int Sessions { get; init; }

    /// <summary>First publication of one of its actions (UTC); <c>null</c> while never published.</summary>
    public required DateTime? EnLigneDepuis { get; init; }

    /// <summary>Last change of its fiche (UTC).</summary>
    public required DateTime ModifieLe { get; init; }
}

/// <summary>Reads the dashboard of one établissement: all counters in two queries, whatever the volume.</summary>
public sealed class TableauDeBordService(SofiDbContext db, TimeProvider clock)
{
    /// <summary>Published sessions of an établissement within a rubric.</summary>
    public IQueryable<SessionPubliee> Sessions(int etablissement, Rubrique<SessionPubliee> rubrique) =>
        db.Set<SessionPubliee>().AsNoTracking().Where(s => s.EtablissementNumero == etablissement).Where(rubrique.Filtre(clock.Today()));

    /// <summary>The same, with where their action stands.</summary>
    public IQueryable<LigneSession> Lignes(int etablissement, Rubrique<SessionPubliee> rubrique) => Sessions(etablissement, rubrique).Join(
        db.Set<ActionFormation>(), session => session.ActionNumero, action => action.Numero,
        (session, action) => new LigneSession { Publiee = session, Etat = action.Etat, EnLigneDepuis = action.EnLigneDepuis });

    /// <summary>Actions of an établissement within a rubric.</summary>
    public IQueryable<ActionFormation> Actions(int etablissement, Rubrique<ActionFormation> rubrique) =>
        db.Set<ActionFormation>().AsNoTracking().Where(a => a.Formation.EtablissementNumero == etablissement).Where(rubrique.Filtre(clock.Today()));

    /// <summary>The same, as lines of "Actions".</summary>
    public IQueryable<LigneAction> LignesActions(int etablissement, Rubrique<ActionFormation> rubrique) => Actions(etablissement, rubrique).Select(a => new LigneAction
    {
        Numero = a.Numero,
        FormationNumero = a.FormationNumero,
        Intitule = a.Formation.Fiche.Intitule,
        ComplementIntitule = a.Fiche.ComplementIntitule,
        Recherche = a.Formation.Recherche,
        Sessions = a.Sessions.Count,
        Etat = a.Etat,
        EnLigneDepuis = a.EnLigneDepuis,
        Publique = a.LotId != null || a.Sessions.Any(s => s.Dispositifs.Any(d => d.LotId != null)),
        ModifieLe = a.Trace.ModifieLe,
    });

    /// <summary>Formations of an établissement.</summary>
    public IQueryable<LigneFormation> Formations(int etablissement) =>
        db.Set<Formation>().AsNoTracking().Where(f => f.EtablissementNumero == etablissement).Select(f => new LigneFormation
        {
            Numero = f.Numero,
            Intitule = f.Fiche.Intitule,
            CodeCertifinfo = f.CodeCertifinfo,
            Recherche = f.Recherche,
            Actions = f.Actions.Count,
            Sessions = f.Actions.SelectMany(a => a.Sessions).Count(),
            EnLigneDepuis = f.Actions.Min(a => a.EnLigneDepuis),
            ModifieLe = f.Trace.ModifieLe,
        });

    /// <summary>Every counter, by key of its rubric.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountAsync(int etablissement, CancellationToken cancellation = default)
    {
        var sessions = await CountAsync(Rubriques.Sessions, rubrique => Sessions(etablissement, rubrique), cancellation);
        var actions = await CountAsync(Rubriques.Actions, rubrique => Actions(etablissement, rubrique), cancellation);
        return sessions.Concat(actions).ToDictionary();
    }

    /// <summary>One query for all the rubrics of a kind: their counts, put end to end.</summary>
    private static async Task<Dictionary<string, int>> CountAsync<T>(
        IReadOnlyList<Rubrique<T>> rubriques, Func<Rubrique<T>, IQueryable<T>> filtered, CancellationToken cancellation)
    {
        var counts = rubriques
            .Select(rubrique => filtered(rubrique).GroupBy(_ => 1).Select(group => new { rubrique.Cle, Nombre = group.Count() }))
            .Aggregate((all, next) => all.Concat(next));
        var found = await counts.ToDictionaryAsync(row => row.Cle, row => row.Nombre, cancellation);
        return rubriques.ToDictionary(rubrique => rubrique.Cle, rubrique => found.GetValueOrDefault(rubrique.Cle));
    }
}
