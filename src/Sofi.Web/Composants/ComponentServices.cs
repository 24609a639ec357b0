namespace Sofi.Web.Composants;

/// <summary>Registers what the components of the pages need.</summary>
internal static class ComponentServices
{
    public static IServiceCollection AddSofiComponents(this IServiceCollection services)
    {
        services.AddScoped<Menu>();
        services.AddScoped<EtablissementsAccessibles>();
        return services;
    }
}
