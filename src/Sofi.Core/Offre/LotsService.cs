using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Programmes;

namespace Sofi.Core.Offre;

/// <summary>What one établissement entered on a lot.</summary>
/// <param name="EtablissementNumero">Number of the formateur, or of the mandataire himself.</param>
/// <param name="RaisonSociale">Its name.</param>
/// <param name="Sessions">Sessions entered.</param>
/// <param name="Places">Seats entered.</param>
/// <param name="Actions">Numbers of its actions on the lot.</param>
public sealed record SaisieFormateur(int EtablissementNumero, string RaisonSociale, int Sessions, int Places, IReadOnlyList<int> Actions);

/// <summary>A lot as its mandataire follows it: the quota, and what each formateur entered (decision 7).</summary>
/// <param name="Lot">Line of the Région's file.</param>
/// <param name="Formateurs">What each établissement entered; those that entered nothing too.</param>
public sealed record LotSuivi(Lot Lot, IReadOnlyList<SaisieFormateur> Formateurs)
{
    /// <summary>Seats entered in all.</summary>
    public int Places => Formateurs.Sum(f => f.Places);

    /// <summary>True when more seats are entered than the quota holds.</summary>
    public bool EstDepasse => Lot.NbPlaces is { } quota && Places > quota;
}

/// <summary>An action on a lot of the Région, as the Région lists it.</summary>
public sealed record OffreSurLot
{
    /// <summary>Number A.</summary>
    public required int Action { get; init; }

    /// <summary>Number F.</summary>
    public required int Formation { get; init; }

    /// <summary>Intitulé of the formation.</summary>
    public required string? Intitule { get; init; }

    /// <summary>Raison sociale of the établissement.</summary>
    public required string Organisme { get; init; }

    /// <summary>Line of the Région's file of its first regional dispositif.</summary>
    public required int LotId { get; init; }

    /// <summary>Intitulé of the programme.</summary>
    public required string Programme { get; init; }

    /// <summary>Numéro of the lot.</summary>
    public required string Lot { get; init; }

    /// <summary>Sessions sent on lots.</summary>
    public required int Sessions { get; init; }

    /// <summary>Seats of these sessions.</summary>
    public required int Places { get; init; }

    /// <summary>État of the saisie.</summary>
    public required EtatAction Etat { get; init; }

    /// <summary>First publication (UTC).</summary>
    public required DateTime? EnLigneDepuis { get; init; }

    /// <summary>Last change (UTC).</summary>
    public required DateTime ModifieLe { get; init; }

    /// <summary>Folded intitulé of the formation, for search and sort.</summary>
    public required string Recherche { get; init; }
}

/// <summary>Seats entered on a lot, against those that the Région ordered.</summary>
/// <param name="Saisies">Seats entered, drafts included.</param>
/// <param name="Quota">Seats ordered.</param>
public sealed record PlacesLot(int Saisies, int Quota);

/// <summary>Follows the lots of a mandataire. Reads only: a mandataire never edits what its formateurs enter.</summary>
public sealed class LotsService(SofiDbContext db)
{
    /// <summary>Lots of which an établissement is the mandataire, latest year first. A fixed number of queries.</summary>
    public async Task<IReadOnlyList<LotSuivi>> MandatesOfAsync(int etablissement, CancellationToken cancellation = default)
    {
        var lots = await db.Set<Lot>().AsNoTracking().AsSplitQuery().Include(l => l.Programme).Include(l => l.Mandataire)
            .Include(l => l.Formateurs).ThenInclude(f => f.Etablissement)
            .Where(l => l.MandataireNumero == etablissement).OrderByDescending(l => l.Programme.Annee).ThenBy(l => l.Numero).ToListAsync(cancellation);
        var entered = await db.Set<DispositifSession>().Where(d => d.Lot!.MandataireNumero == etablissement)
            .GroupBy(d => new { LotId = d.LotId!.Value, d.Session.ActionNumero, d.Session.Action.Formation.EtablissementNumero })
            .Select(group => new { group.Key.LotId, group.Key.ActionNumero, group.Key.EtablissementNumero, Sessions = group.Count(), Places = group.Sum(d => d.Fiche.NbPlaces ?? 0) })
            .ToListAsync(cancellation);
        var byLot = entered.ToLookup(row => row.LotId);
        return [.. lots.Select(lot => new LotSuivi(lot, [.. lot.Formateurs.Select(f => f.Etablissement).Prepend(lot.Mandataire).DistinctBy(e => e.Numero).Select(e =>
        {
            var own = byLot[lot.Id].Where(row => row.EtablissementNumero == e.Numero).ToList();
            return new SaisieFormateur(e.Numero, e.RaisonSociale, own.Sum(row => row.Sessions), own.Sum(row => row.Places), [.. own.Select(row => row.ActionNumero).Order()]);
        })]))];
    }

    /// <summary>Actions sent on lots that the person sees: what the Région reads.</summary>
    public IQueryable<OffreSurLot> Offres(Utilisateur lecteur) =>
        from action in db.Set<ActionFormation>().AsNoTracking().VisibleTo(lecteur)
        let dispositifs = action.Sessions.Where(s => s.EnvoyeeLe != null).SelectMany(s => s.Dispositifs).Where(d => d.LotId != null)
        let lot = dispositifs.OrderBy(d => d.Id).Select(d => d.Lot!).First()
        select new OffreSurLot
        {
            Action = action.Numero,
            Formation = action.FormationNumero,
            Intitule = action.Formation.Fiche.Intitule,
            Organisme = action.Formation.Etablissement.RaisonSociale,
            LotId = lot.Id,
            Programme = lot.Programme.Intitule,
            Lot = lot.Numero,
            Sessions = dispositifs.Select(d => d.SessionNumero).Distinct().Count(),
            Places = dispositifs.Sum(d => d.Fiche.NbPlaces ?? 0),
            Etat = action.Etat,
            EnLigneDepuis = action.EnLigneDepuis,
            ModifieLe = action.Trace.ModifieLe,
            Recherche = action.Formation.Recherche,
        };

    /// <summary>Of these lots, those on which more seats are entered than ordered (decision 23). One query.</summary>
    public async Task<IReadOnlyDictionary<int, PlacesLot>> DepassementsAsync(IReadOnlyList<int> lots, CancellationToken cancellation = default) =>
        (await db.Set<DispositifSession>().Where(d => d.LotId != null && lots.Contains(d.LotId.Value) && d.Lot!.NbPlaces != null)
            .GroupBy(d => new { d.LotId, d.Lot!.NbPlaces }).Select(group => new { group.Key.LotId, group.Key.NbPlaces, Saisies = group.Sum(d => d.Fiche.NbPlaces ?? 0) })
            .Where(row => row.Saisies > row.NbPlaces).ToListAsync(cancellation))
        .ToDictionary(row => row.LotId!.Value, row => new PlacesLot(row.Saisies, row.NbPlaces!.Value));
}
