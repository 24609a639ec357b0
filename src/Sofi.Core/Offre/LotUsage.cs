using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Programmes;

namespace Sofi.Core.Offre;

/// <summary>Tells the import of the Région's file which sessions and actions hang on its lots.</summary>
public sealed class LotUsage(SofiDbContext db) : ILotUsage
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<SaisieSurLot>> FindAsync(IQueryable<int> lots, CancellationToken cancellation = default)
    {
        var sessions = await db.Set<DispositifSession>().Where(d => d.LotId != null && lots.Contains(d.LotId.Value))
            .Select(d => new
            {
                LotId = d.LotId!.Value,
                d.SessionNumero,
                d.Session.ActionNumero,
                d.Session.Action.FormationNumero,
                d.Session.Action.Formation.EtablissementNumero,
                d.Session.Action.Formation.Fiche.Intitule,
                d.Session.Fiche.DateDebut,
            }).Distinct().ToListAsync(cancellation);
        var actions = await db.Set<ActionFormation>().Where(a => a.LotId != null && lots.Contains(a.LotId.Value))
            .Select(a => new { LotId = a.LotId!.Value, a.Numero, a.FormationNumero, a.Formation.EtablissementNumero, a.Formation.Fiche.Intitule })
            .ToListAsync(cancellation);
        var withSessions = sessions.Select(s => (s.LotId, s.ActionNumero)).ToHashSet();
        return
        [
            .. sessions.Select(s => new SaisieSurLot(
                    s.LotId, s.EtablissementNumero, $"{s.FormationNumero}-{s.ActionNumero}-{s.SessionNumero}", s.Intitule ?? "", s.DateDebut))
                .Concat(actions.Where(a => !withSessions.Contains((a.LotId, a.Numero)))
                    .Select(a => new SaisieSurLot(a.LotId, a.EtablissementNumero, $"{a.FormationNumero}-{a.Numero}", a.Intitule ?? "", null)))
                .OrderBy(entered => entered.Code, StringComparer.Ordinal),
        ];
    }
}
