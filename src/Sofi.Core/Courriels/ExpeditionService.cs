using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Sofi.Core.Data;

namespace Sofi.Core.Courriels;

/// <summary>
/// Sends what the outbox holds. A mail is taken by putting off its next try, in one statement: two nodes never send it together, and a node that
/// dies between the server's answer and its own note sends it again under the same Message-ID, which the reader's server drops.
/// </summary>
public sealed partial class ExpeditionService(
    SofiDbContext db, ReglagesCourriel reglages, ITransportCourriel transport, TimeProvider clock, ILogger<ExpeditionService> logger)
{
    /// <summary>How long after each try the next one comes; after the last, about three days, the mail is given up and its error kept.</summary>
    public static readonly IReadOnlyList<TimeSpan> Attentes =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4),
        TimeSpan.FromHours(8), TimeSpan.FromHours(12), TimeSpan.FromHours(24), TimeSpan.FromHours(24), TimeSpan.FromMinutes(30),
    ];

    private const int Lot = 50;

    /// <summary>Sends the mails whose time has come, at most fifty.</summary>
    /// <returns>How many left.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellation = default)
    {
        var now = clock.UtcInstant();
        var due = await db.Set<Courriel>().AsNoTracking().Where(c => c.ProchainEssai <= now).OrderBy(c => c.ProchainEssai).ThenBy(c => c.Id).Take(Lot)
            .ToListAsync(cancellation);
        var sent = 0;
        foreach (var courriel in due)
            if (await TakeAsync(courriel, now, cancellation) && await SendAsync(courriel, cancellation)) sent++;
        return sent;
    }

    private async Task<bool> TakeAsync(Courriel courriel, DateTime now, CancellationToken cancellation)
    {
        DateTime? next = now + Attentes[Math.Min(courriel.Essais, Attentes.Count - 1)];
        return await db.Set<Courriel>().Where(c => c.Id == courriel.Id && c.ProchainEssai == courriel.ProchainEssai && c.Essais == courriel.Essais)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ProchainEssai, next).SetProperty(c => c.Essais, c => c.Essais + 1), cancellation) == 1;
    }

    private async Task<bool> SendAsync(Courriel courriel, CancellationToken cancellation)
    {
        var row = db.Set<Courriel>().Where(c => c.Id == courriel.Id);
        try
        {
            using var message = Message.Of(courriel, reglages.Expediteur);
            await transport.SendAsync(message, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            LogFailure(e, courriel.Id);
            var reason = e.Message.Length <= CourrielMapping.LongueurErreur ? e.Message : e.Message[..CourrielMapping.LongueurErreur];
            var over = courriel.Essais + 1 >= Attentes.Count;
            await row.ExecuteUpdateAsync(
                set => set.SetProperty(c => c.DerniereErreur, reason).SetProperty(c => c.ProchainEssai, c => over ? null : c.ProchainEssai), cancellation);
            return false;
        }

        DateTime? sent = clock.UtcInstant();
        await row.ExecuteUpdateAsync(
            set => set.SetProperty(c => c.EnvoyeLe, sent).SetProperty(c => c.ProchainEssai, (DateTime?)null).SetProperty(c => c.Texte, (string?)null), cancellation);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Courriel {Id} non envoyé")]
    private partial void LogFailure(Exception exception, long id);
}
