using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Sofi.Core.Courriels;
using Sofi.Core.Data;
using Sofi.Core.Installation;
using Sofi.Testing;
using Sofi.Web.Taches;

namespace Sofi.Web.Tests.Taches;

public class EnvoiCourrielsTests
{
    [Theory, EveryDatabase]
    public async Task What_the_outbox_holds_leaves_by_itself_even_after_a_failure(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        var clock = new FakeTimeProvider(SofiHost.Start);
        var transport = new OnceBroken();
        await using var services = new ServiceCollection().AddLogging().AddSofiCore(database.Engine, database.Settings)
            .Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)).Replace(ServiceDescriptor.Singleton<ITransportCourriel>(transport)).BuildServiceProvider();
        await using (var scope = services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<CourrielService>().Post("marie@exemple.test", "Marie", "Objet", "Texte.");
            await scope.ServiceProvider.GetRequiredService<SofiDbContext>().SaveChangesAsync();
        }

        using var sender = new EnvoiCourriels(services.GetRequiredService<IServiceScopeFactory>(), clock, NullLogger<EnvoiCourriels>.Instance);
        await sender.StartAsync(CancellationToken.None);
        while (!transport.Sent.Task.IsCompleted)
        {
            clock.Advance(EnvoiCourriels.Pas);
            await Task.Yield();
        }

        Assert.Equal("marie@exemple.test", (await transport.Sent.Task).To.Mailboxes.Single().Address);
        await sender.StopAsync(CancellationToken.None);
    }

    private sealed class OnceBroken : ITransportCourriel
    {
        private bool tried;

        public TaskCompletionSource<MimeMessage> Sent { get; } = new();

        public Task SendAsync(MimeMessage message, CancellationToken cancellation = default)
        {
            if (!tried)
            {
                tried = true;
                throw new IOException("Le serveur ne répond pas.");
            }

            Sent.TrySetResult(message);
            return Task.CompletedTask;
        }
    }
}
