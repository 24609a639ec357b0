using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Sofi.Core.Courriels;
using Sofi.Testing;

namespace Sofi.Core.Tests.Courriels;

public class CourrielsTests
{
    private static readonly DateTimeOffset Noon = new(2025, 2, 12, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider clock = new(Noon);
    private readonly string folder = Directory.CreateTempSubdirectory("sofi-courriels-").FullName;

    private ReglagesCourriel Reglages => new(folder) { Adresse = "https://sofi.exemple.test" };

    [Theory, EveryDatabase]
    public async Task A_mail_is_written_with_what_it_tells_or_not_at_all(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        await using (var db = database.CreateContext())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            new CourrielService(db, Reglages, clock).Post("annule@exemple.test", "Personne", "Objet", "Texte.");
            await db.SaveChangesAsync();
        }

        await using var after = database.CreateContext();
        Assert.False(await after.Set<Courriel>().AnyAsync(c => c.Destinataire == "annule@exemple.test"));
    }

    [Theory, EveryDatabase]
    public async Task Without_a_server_a_mail_becomes_a_file_that_any_mail_program_opens(DatabaseKind kind)
    {
        var courriel = await PostAsync(kind, "marie@exemple.test", "Ouvrez ce lien :", "https://sofi.exemple.test/invitation/abc?x=1&y=2", "À bientôt <b>!");
        await SendAsync(kind, new TransportDossier(folder));

        var message = await MimeMessage.LoadAsync(Assert.Single(Directory.GetFiles(folder, courriel.MessageId.Split('@')[0] + ".eml")));
        Assert.Equal(courriel.MessageId, message.MessageId);
        Assert.EndsWith("@sofi.exemple.test", message.MessageId, StringComparison.Ordinal);
        Assert.Equal("\"Sofi\" <offre@cariforef-pdl.org>", message.From.ToString());
        Assert.Equal("\"Marie Éluard\" <marie@exemple.test>", message.To.ToString());
        Assert.Equal("Essai d’envoi : œuvre", message.Subject);
        Assert.Equal(Noon, message.Date);
        Assert.Equal("auto-generated", message.Headers[HeaderId.AutoSubmitted]);
        Assert.StartsWith("Bonjour Marie Éluard,\n\nOuvrez ce lien :\n\nhttps://sofi.exemple.test/invitation/abc?x=1&y=2\n\nÀ bientôt <b>!\n\nService Offre", message.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("<p><a href=\"https://sofi.exemple.test/invitation/abc?x=1&amp;y=2\">https://sofi", message.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;!</p>", message.HtmlBody, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Once_it_is_sent_its_text_is_erased_and_it_never_leaves_again(DatabaseKind kind)
    {
        var courriel = await PostAsync(kind, "efface@exemple.test", "Secret.");
        var transport = new Recording();
        await SendAsync(kind, transport);
        clock.Advance(TimeSpan.FromDays(3));
        await SendAsync(kind, transport);
        Assert.Single(transport.Sent, id => id == courriel.MessageId);
        var sent = await ReadAsync(kind, courriel);
        Assert.Equal((null, null, Noon.UtcDateTime, 1), (sent.Texte, sent.ProchainEssai, sent.EnvoyeLe, sent.Essais));
    }

    [Theory, EveryDatabase]
    public async Task A_failure_is_kept_and_tried_again_later_and_later_under_the_same_Message_ID(DatabaseKind kind)
    {
        var courriel = await PostAsync(kind, "retard@exemple.test", "Texte.");
        var transport = new Recording { Refusal = "Le serveur dit non." };
        await SendAsync(kind, transport);
        var failed = await ReadAsync(kind, courriel);
        Assert.Equal(("Le serveur dit non.", 1, Noon.UtcDateTime.AddMinutes(1)), (failed.DerniereErreur, failed.Essais, failed.ProchainEssai!.Value));

        clock.Advance(TimeSpan.FromSeconds(59));
        await SendAsync(kind, transport);
        Assert.Equal(1, (await ReadAsync(kind, courriel)).Essais);
        clock.Advance(TimeSpan.FromSeconds(1));
        await SendAsync(kind, transport);
        Assert.Equal(Noon.UtcDateTime.AddMinutes(6), (await ReadAsync(kind, courriel)).ProchainEssai);

        transport.Refusal = null;
        clock.Advance(TimeSpan.FromMinutes(5));
        await SendAsync(kind, transport);
        Assert.Equal([courriel.MessageId, courriel.MessageId, courriel.MessageId], transport.Tried.Where(id => id == courriel.MessageId));
        Assert.NotNull((await ReadAsync(kind, courriel)).EnvoyeLe);
    }

    [Theory, EveryDatabase]
    public async Task After_the_last_try_a_mail_is_given_up_its_error_and_text_kept(DatabaseKind kind)
    {
        var courriel = await PostAsync(kind, "abandon@exemple.test", "Texte.");
        var transport = new Recording { Refusal = new string('x', 800) };
        foreach (var wait in ExpeditionService.Attentes)
        {
            await SendAsync(kind, transport);
            clock.Advance(wait);
        }

        await SendAsync(kind, transport);
        var given = await ReadAsync(kind, courriel);
        Assert.Equal((ExpeditionService.Attentes.Count, null, null, 500), (given.Essais, given.ProchainEssai, given.EnvoyeLe, given.DerniereErreur!.Length));
        Assert.NotNull(given.Texte);
    }

    [Theory, EveryDatabase]
    public async Task A_node_that_dies_after_the_server_took_the_mail_sends_it_again_under_the_same_Message_ID(DatabaseKind kind)
    {
        var courriel = await PostAsync(kind, "mort@exemple.test", "Texte.");
        using var death = new CancellationTokenSource();
        var transport = new Recording { OnSent = id => { if (id == courriel.MessageId) death.Cancel(); } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(kind, transport, death.Token));
        transport.OnSent = null;
        clock.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(kind, transport);
        Assert.Equal([courriel.MessageId, courriel.MessageId], transport.Sent.Where(id => id == courriel.MessageId));
        Assert.NotNull((await ReadAsync(kind, courriel)).EnvoyeLe);
    }

    [Theory, EveryDatabase]
    public async Task Two_nodes_never_send_the_same_mail_together(DatabaseKind kind)
    {
        var courriel = await PostAsync(kind, "double@exemple.test", "Texte.");
        var transport = new Recording();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(kind, transport)));
        Assert.Single(transport.Sent, id => id == courriel.MessageId);
    }

    [Theory, EveryDatabase]
    public async Task A_mail_server_receives_what_Sofi_sends(DatabaseKind kind)
    {
        var courriel = await PostAsync(kind, "serveur@exemple.test", "Ouvrez ce lien :", "https://sofi.exemple.test/invitation/abc");
        await using var server = await MailServer.StartAsync(folder);
        await SendAsync(kind, new TransportSmtp(ServeurSmtp.Parse($"smtp://localhost:{server.Port}?clair")));
        Assert.Null((await ReadAsync(kind, courriel)).DerniereErreur);
        var received = await Task.WhenAll(Directory.GetFiles(Path.Combine(folder, "boite", "new")).Select(file => MimeMessage.LoadAsync(file)));
        var message = Assert.Single(received, m => m.MessageId == courriel.MessageId);
        Assert.Contains("https://sofi.exemple.test/invitation/abc", message.TextBody, StringComparison.Ordinal);
        Assert.Equal("serveur@exemple.test", message.Headers["X-RcptTo"]);
    }

    [Theory, EveryDatabase]
    public async Task Nothing_goes_in_clear_to_a_server_that_should_have_offered_STARTTLS(DatabaseKind kind)
    {
        var courriel = await PostAsync(kind, "clair@exemple.test", "Texte.");
        await using var server = await MailServer.StartAsync(folder);
        await SendAsync(kind, new TransportSmtp(ServeurSmtp.Parse($"smtp://moi:secret@localhost:{server.Port}")));
        Assert.Contains("STARTTLS", (await ReadAsync(kind, courriel)).DerniereErreur, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "boite", "new")));
    }

    [Theory]
    [InlineData("smtp://moi%40exemple.test:a%3Ab@smtp.exemple.test", "smtp.exemple.test", 587, Chiffrement.StartTls, "moi@exemple.test", "a:b")]
    [InlineData("smtps://smtp.exemple.test", "smtp.exemple.test", 465, Chiffrement.Tls, null, null)]
    [InlineData("smtp://localhost?clair", "localhost", 25, Chiffrement.Aucun, null, null)]
    [InlineData("smtp://localhost:2525?clair", "localhost", 2525, Chiffrement.Aucun, null, null)]
    public void The_setting_of_the_server_is_one_address(string text, string host, int port, Chiffrement encryption, string? user, string? password) =>
        Assert.Equal(new ServeurSmtp(host, port, encryption, user, password), ServeurSmtp.Parse(text));

    [Theory]
    [InlineData("smtp.exemple.test:25")]
    [InlineData("https://smtp.exemple.test")]
    [InlineData("serveur")]
    public void A_wrong_setting_says_how_to_write_it(string text) =>
        Assert.StartsWith("SOFI_SMTP s’écrit smtp://", Assert.Throws<FormatException>(() => ServeurSmtp.Parse(text)).Message, StringComparison.Ordinal);

    private async Task<Courriel> PostAsync(DatabaseKind kind, string address, params string[] paragraphs)
    {
        await using var db = (await TestDatabase.ForAsync(kind, GetType())).CreateContext();
        new CourrielService(db, Reglages, clock).Post(address, "Marie Éluard", "Essai d’envoi : œuvre", paragraphs);
        await db.SaveChangesAsync();
        return db.Set<Courriel>().Local.Single();
    }

    private async Task SendAsync(DatabaseKind kind, ITransportCourriel transport, CancellationToken cancellation = default)
    {
        await using var db = (await TestDatabase.ForAsync(kind, GetType())).CreateContext();
        await new ExpeditionService(db, Reglages, transport, clock, NullLogger<ExpeditionService>.Instance).SendDueAsync(cancellation);
    }

    private async Task<Courriel> ReadAsync(DatabaseKind kind, Courriel courriel)
    {
        await using var db = (await TestDatabase.ForAsync(kind, GetType())).CreateContext();
        return await db.Set<Courriel>().AsNoTracking().SingleAsync(c => c.Id == courriel.Id);
    }

    private sealed class Recording : ITransportCourriel
    {
        private readonly Lock gate = new();

        public List<string> Tried { get; } = [];

        public List<string> Sent { get; } = [];

        public string? Refusal { get; set; }

        public Action<string>? OnSent { get; set; }

        public Task SendAsync(MimeMessage message, CancellationToken cancellation = default)
        {
            lock (gate)
            {
                Tried.Add(message.MessageId!);
                if (Refusal is not null) throw new IOException(Refusal);
                Sent.Add(message.MessageId!);
            }

            OnSent?.Invoke(message.MessageId!);
            return Task.CompletedTask;
        }
    }

    /// <summary>The SMTP server of Debian's package python3-aiosmtpd, which keeps what it receives in a folder.</summary>
    private sealed class MailServer(Process process, int port) : IAsyncDisposable
    {
        public int Port { get; } = port;

        public static async Task<MailServer> StartAsync(string folder)
        {
            var port = FreePort();
            var process = Process.Start(new ProcessStartInfo("/usr/bin/python3",
                ["-m", "aiosmtpd", "-n", "-l", $"localhost:{port.ToString(CultureInfo.InvariantCulture)}", "-c", "aiosmtpd.handlers.Mailbox", Path.Combine(folder, "boite")]))!;
            for (; ; await Task.Delay(20))
            {
                if (process.HasExited) throw new InvalidOperationException("The mail server stopped: is the package python3-aiosmtpd installed?");
                using var probe = new TcpClient();
                try
                {
                    await probe.ConnectAsync("localhost", port);
                    return new MailServer(process, port);
                }
                catch (SocketException)
                {
                    // Not listening yet.
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
