using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Sofi.Core.Data;

namespace Sofi.Data.PostgreSql;

/// <summary>Lets <c>dotnet ef</c> build the model when a migration is added; never used at run time.</summary>
public sealed class DesignTimeFactory : IDesignTimeDbContextFactory<SofiDbContext>
{
    /// <inheritdoc/>
    public SofiDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SofiDbContext>();
        new PostgreSqlEngine("Host=localhost;Database=design").Configure(options);
        return new SofiDbContext(options.Options);
    }
}
