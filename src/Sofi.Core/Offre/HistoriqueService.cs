using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Core.Offre;

/// <summary>Reads the journal of an action: its fiches, its sendings, its answers, and the formation that it shares.</summary>
public sealed class HistoriqueService(SofiDbContext db)
{
    /// <summary>Processes read at once.</summary>
    public const int Taille = 25;

    /// <summary>Events of an action and of its formation.</summary>
    public IQueryable<Evenement> Evenements(int action, int formation)
    {
        var key = formation.ToString(CultureInfo.InvariantCulture);
        return db.Set<Evenement>().AsNoTracking().Where(e => e.ActionNumero == action || (e.Objet == "formation" && e.Cle == key));
    }

    /// <summary>The latest processes first, each with its events on this action, and the number of all of them. Two queries.</summary>
    /// <param name="action">Number A.</param>
    /// <param name="formation">Number F.</param>
    /// <param name="page">Page of <see cref="Taille"/> processes, from 1.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<(IReadOnlyList<(Processus Processus, IReadOnlyList<Evenement> Evenements)> Lignes, int Total)> ReadAsync(
        int action, int formation, int page, CancellationToken cancellation = default)
    {
        var events = Evenements(action, formation);
        var processes = db.Set<Processus>().AsNoTracking().Where(p => events.Any(e => e.ProcessusId == p.Id));
        var shown = processes.OrderByDescending(p => p.Id).Skip((Math.Max(page, 1) - 1) * Taille).Take(Taille);
        var rows = await (from process in shown join evenement in events on process.Id equals evenement.ProcessusId select new { process, evenement }).ToListAsync(cancellation);
        return ([.. rows.GroupBy(row => row.process.Id).OrderByDescending(group => group.Key)
            .Select(group => (group.First().process, (IReadOnlyList<Evenement>)[.. group.Select(row => row.evenement).OrderBy(e => e.Id)]))],
            await processes.CountAsync(cancellation));
    }
}
