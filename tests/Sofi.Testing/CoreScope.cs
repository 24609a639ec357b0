using Microsoft.Extensions.DependencyInjection;
using Sofi.Core.Data;

namespace Sofi.Testing;

/// <summary>The services of Core in one scope, as a request has them, over the clone of a test class.</summary>
public sealed class CoreScope : IAsyncDisposable
{
    private readonly AsyncServiceScope scope;

    private CoreScope(ServiceProvider services)
    {
        Services = services;
        scope = services.CreateAsyncScope();
    }

    public ServiceProvider Services { get; }

    public SofiDbContext Db => Get<SofiDbContext>();

    public static async Task<CoreScope> ForAsync(DatabaseKind kind, Type testClass, TimeProvider? clock = null) =>
        Of(await TestDatabase.ForAsync(kind, testClass), clock);

    public static CoreScope Of(TestDatabase database, TimeProvider? clock = null) => new(database.CreateServices(clock));

    public T Get<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await scope.DisposeAsync();
        await Services.DisposeAsync();
    }
}
