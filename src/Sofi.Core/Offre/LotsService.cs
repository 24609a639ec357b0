using Microsoft.EntityFrameworkCore;
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
}
