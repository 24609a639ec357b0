namespace Sofi.Core.Data;

/// <summary>Transactions of services that call one another: only the outermost commits.</summary>
public static class Transactions
{
    /// <summary>Runs <paramref name="work"/> in the caller's transaction, or else in one of its own, committed when it succeeds.</summary>
    public static async Task<T> InTransactionAsync<T>(this SofiDbContext db, Func<Task<T>> work, CancellationToken cancellation = default)
    {
        if (db.Database.CurrentTransaction is not null) return await work();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var result = await work();
        await transaction.CommitAsync(cancellation);
        return result;
    }
}
