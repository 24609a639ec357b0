using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Sofi.Testing;

/// <summary>
/// Runs a theory once on each database: the first parameter receives the kind, the values given here follow it.
/// <code>[Theory, EveryDatabase] public async Task A_rule(DatabaseKind kind)</code>
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class EveryDatabaseAttribute(params object?[] values) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
            [.. Enum.GetValues<DatabaseKind>().Select(kind => new TheoryDataRow([kind, .. values]))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
