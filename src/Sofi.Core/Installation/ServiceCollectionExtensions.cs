using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sofi.Core.Comptes;
using Sofi.Core.Courriels;
using Sofi.Core.Data;
using Sofi.Core.Gestion;
using Sofi.Core.Installation.Demonstration;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Programmes;
using Sofi.Core.Referentiels;
using Sofi.Core.Validation;

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
        services.AddSingleton(settings.Courriels);
        services.AddScoped<CourrielService>();
        services.AddScoped<ExpeditionService>();
        services.AddScoped<ITransportCourriel>(_ => settings.Courriels.Smtp is null
            ? new TransportDossier(settings.Courriels.Dossier)
            : new TransportSmtp(settings.Courriels.Smtp));
        services.AddScoped<ReferentielService>();
        services.AddScoped<ReferenceLoader>();
        services.AddScoped<CertifinfoImporter>();
        services.AddScoped<RncpImporter>();
        services.AddScoped<FicheCertifinfoService>();
        services.AddScoped<FicheCertifinfoImporter>();
        services.AddScoped<OrganismeService>();
        services.TryAddScoped<IPasswordHasher<Compte>, PasswordHasher<Compte>>();
        services.AddScoped<CompteService>();
        services.AddScoped<LienService>();
        services.AddScoped<MotDePasseService>();
        services.AddScoped<InvitationService>();
        services.AddScoped<GestionComptes>();
        services.AddScoped<DemandeAccesService>();
        services.AddScoped<ProgrammeService>();
        services.AddScoped<ILotUsage, LotUsage>();
        services.AddScoped<ImportProgrammeService>();
        services.AddScoped<ProgrammesLivres>();
        services.AddScoped<OffreLoader>();
        services.AddScoped<ContexteLoader>();
        services.AddScoped<SaisieService>();
        services.AddScoped<TableauDeBordService>();
        services.AddScoped<BrouillonService>();
        services.AddScoped<LotsService>();
        services.AddScoped<HistoriqueService>();
        services.AddScoped<EnvoiService>();
        services.AddScoped<PublicationService>();
        services.AddScoped<ValidationService>();
        services.AddScoped<GestionService>();
        services.AddScoped<UsageService>();
        services.AddScoped<ImportOrganismeService>();
        services.AddScoped<ReferentService>();
        services.AddScoped<DemonstrationOffres>();
        services.AddScoped<DemonstrationSet>();
        services.AddScoped<PrerequisService>();
        services.AddScoped<RessourceService>();
        services.AddScoped<FirstStart>();
        return services;
    }
}
