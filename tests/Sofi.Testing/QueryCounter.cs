using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sofi.Testing;

/// <summary>
/// Counts the commands that EF sends on behalf of the present test, so that it can promise a number of queries that does not depend
/// on the number of rows. Tests running beside it are not counted.
/// </summary>
public sealed class QueryCounter : IDisposable
{
    private static readonly AsyncLocal<QueryCounter?> Current = new();
    private int count;

    private QueryCounter() => Current.Value = this;

    /// <summary>Tells the counter of each command; the services of a <see cref="TestDatabase"/> carry it.</summary>
    public static IInterceptor Interceptor { get; } = new Counting();

    public int Count => count;

    public static QueryCounter Start() => new();

    public void Dispose() => Current.Value = null;

    private sealed class Counting : DbCommandInterceptor
    {
        public override InterceptionResult<DbCommand> CommandCreating(CommandCorrelatedEventData eventData, InterceptionResult<DbCommand> result)
        {
            if (Current.Value is { } counter) Interlocked.Increment(ref counter.count);
            return result;
        }
    }
}
