using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Sofi.Core.Data;

/// <summary>
/// The one database context of Sofi. It names no entity: each concept's folder maps its own
/// (<see cref="IEntityTypeConfiguration{TEntity}"/>), found by scanning this assembly.
/// </summary>
public sealed class SofiDbContext(DbContextOptions<SofiDbContext> options) : DbContext(options)
{
    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(SofiDbContext).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes()) NameColumns(entity, "");
    }

    /// <summary>Instants are UTC everywhere, code lists are stored as <c>|a|b|</c>, money keeps two decimals.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Codes>().HaveConversion<CodesConverter, CodesComparer>();
        configurationBuilder.Properties<decimal>().HavePrecision(12, 2);
    }

    /// <summary>Columns in snake case, those of a complex property behind its name: <c>fiche_date_debut</c>.</summary>
    private static void NameColumns(IMutableTypeBase type, string prefix)
    {
        foreach (var property in type.GetDeclaredProperties()) property.SetColumnName(prefix + SnakeCase(property.Name));
        foreach (var complex in type.GetDeclaredComplexProperties()) NameColumns(complex.ComplexType, prefix + SnakeCase(complex.Name) + "_");
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));

    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        instant => instant, stored => DateTime.SpecifyKind(stored, DateTimeKind.Utc));
}
