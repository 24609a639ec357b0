using Microsoft.EntityFrameworkCore;

namespace Sofi.Core.Data;

/// <summary>
/// What differs between the two databases: connection, migration, bulk insert, number generators. Everything else is the same EF model and LINQ.
/// </summary>
public interface IDatabaseEngine
{
    /// <summary>Points the context at this database, with its migrations and connection settings.</summary>
    void Configure(DbContextOptionsBuilder options);

    /// <summary>
    /// Brings the schema up to this version of Sofi. Guarded against two processes starting together;
    /// a start that was killed half-way is taken up again by the next.
    /// </summary>
    Task MigrateAsync(SofiDbContext db, CancellationToken cancellation = default);

    /// <summary>
    /// Inserts many rows of one entity by the fastest road of the database (COPY, prepared statements), inside the
    /// context's current transaction when there is one. Properties are read through the EF model; complex properties are supported,
    /// store-generated keys are left to the database unless the entity carries a value.
    /// </summary>
    /// <returns>The number of rows written.</returns>
    Task<long> BulkInsertAsync<TEntity>(SofiDbContext db, IEnumerable<TEntity> rows, CancellationToken cancellation = default)
        where TEntity : class => BulkInsertAsync(db, rows, null, cancellation);

    /// <summary>The same, into another table that has the columns of the entity; <c>null</c> for the entity's own.</summary>
    Task<long> BulkInsertAsync<TEntity>(SofiDbContext db, IEnumerable<TEntity> rows, string? table, CancellationToken cancellation)
        where TEntity : class;

    /// <summary>
    /// Moves the number generator of an entity past the highest number present: after rows that brought their own,
    /// in their transaction. It never moves back.
    /// </summary>
    Task AdvanceIdentityAsync<TEntity>(SofiDbContext db, CancellationToken cancellation = default)
        where TEntity : class;
}
