using Sofi.Core.Data;
using Sofi.Core.Programmes;

namespace Sofi.Core.Installation;

/// <summary>
/// Makes a database ready: schema, then whatever first start loads. Each step is idempotent, so that a start that was killed
/// is taken up by the next.
/// </summary>
public sealed class FirstStart(SofiDbContext db, IDatabaseEngine engine, SofiSettings settings, ProgrammesLivres programmes)
{
    /// <summary>Runs every step.</summary>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await engine.MigrateAsync(db, cancellation);
        await programmes.LoadAsync(settings.ReferenceFolder, cancellation);
    }
}
