using Sofi.Core.Data;
using Sofi.Core.Installation.Demonstration;
using Sofi.Core.Programmes;
using Sofi.Core.Referentiels;

namespace Sofi.Core.Installation;

/// <summary>
/// Makes a database ready: schema, then whatever first start loads. Each step is idempotent, so that a start that was killed
/// is taken up by the next.
/// </summary>
public sealed class FirstStart(
    SofiDbContext db, IDatabaseEngine engine, SofiSettings settings, ReferenceLoader reference, ProgrammesLivres programmes, DemonstrationSet demonstrationSet)
{
    /// <summary>Runs every step.</summary>
    /// <param name="demonstration">True to add the demonstration set: in development only.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    public async Task RunAsync(bool demonstration = false, CancellationToken cancellation = default)
    {
        await engine.MigrateAsync(db, cancellation);
        await reference.LoadAsync(settings.ReferenceFolder, cancellation);
        await programmes.LoadAsync(settings.ReferenceFolder, cancellation);
        if (demonstration) await demonstrationSet.RunAsync(cancellation: cancellation);
    }
}
