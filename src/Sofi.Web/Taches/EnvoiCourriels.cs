using Sofi.Core.Courriels;

namespace Sofi.Web.Taches;

/// <summary>Empties the outbox every few seconds, on each node, beside the pages: a mail server that is slow or down blocks nobody.</summary>
internal sealed partial class EnvoiCourriels(IServiceScopeFactory scopes, TimeProvider clock, ILogger<EnvoiCourriels> logger) : BackgroundService
{
    public static readonly TimeSpan Pas = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pas, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<ExpeditionService>().SendDueAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The database may be away for a moment: the next tick tries again.
                LogFailure(e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Les courriels n’ont pas pu être envoyés")]
    private partial void LogFailure(Exception exception);
}
