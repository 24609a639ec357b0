using Microsoft.EntityFrameworkCore;

namespace Sofi.Core.Data;

/// <summary>Replaces the content of a list, at bulk speed.</summary>
public static class BulkReplace
{
    /// <summary>
    /// Deletes the rows of <paramref name="former"/> and inserts <paramref name="rows"/>: two commands whatever their number, inside the
    /// context's current transaction. For lists that no foreign key points to.
    /// </summary>
    public static async Task ReplaceAsync<TEntity>(
        this IDatabaseEngine engine, SofiDbContext db, IQueryable<TEntity> former, IReadOnlyCollection<TEntity> rows, CancellationToken cancellation = default)
        where TEntity : class
    {
        await former.ExecuteDeleteAsync(cancellation);
        await engine.BulkInsertAsync(db, rows, cancellation);
    }
}
