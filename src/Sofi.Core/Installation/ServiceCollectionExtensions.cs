using Microsoft.Extensions.DependencyInjection;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Programmes;
using Sofi.Core.Referentiels;

namespace Sofi.Core.Installation;

/// <summary>Registers Core in a host: the web site, the command line, the tests.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Adds the database context over <paramref name="engine"/> and every service of Core.</summary>
    public static IServiceCollection AddSofiCore(this IServiceCollection services, IDatabaseEngine engine, SofiSettings settings)
    {
        services.AddSingleton(engine);
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddDbContext<SofiDbContext>(engine.Configure);
        services.AddScoped<JournalService>();
        services.AddScoped<ReferentielService>();
        services.AddScoped<ProgrammeService>();
        services.AddScoped<ILotUsage, LotUsage>();
        services.AddScoped<ImportProgrammeService>();
        services.AddScoped<ProgrammesLivres>();
        services.AddScoped<FirstStart>();
        return services;
    }
}
