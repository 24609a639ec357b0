using Sofi.Core.Data;
using Sofi.Core.Referentiels;

namespace Sofi.Core.Installation;

/// <summary>
/// Makes a database ready: schema, then whatever first start loads. Each step is idempotent, so that a start that was killed
/// is taken up by the next.
/// </summary>
public sealed class FirstStart(SofiDbContext db, IDatabaseEngine engine, ReferenceLoader reference, SofiSettings settings)
{
    /// <summary>Runs every step.</summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await engine.MigrateAsync(db, cancellation);
        await reference.LoadAsync(settings.ReferenceFolder, cancellation);
    }
}
