using Microsoft.Extensions.Diagnostics.HealthChecks;
using Sofi.Core.Data;

namespace Sofi.Web.Securite;

/// <summary>Ready means that the database answers.</summary>
internal sealed class DatabaseHealth(SofiDbContext db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await db.Database.CanConnectAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
}
