using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Sofi.Core.Courriels;

/// <summary>The road by which a mail leaves.</summary>
public interface ITransportCourriel
{
    /// <summary>Hands the mail over; throws when it was not taken.</summary>
    Task SendAsync(MimeMessage message, CancellationToken cancellation = default);
}

/// <summary>Hands mails to a mail server, one connection each: they are few.</summary>
/// <param name="serveur">The server.</param>
public sealed class TransportSmtp(ServeurSmtp serveur) : ITransportCourriel
{
    private const int TimeoutInMilliseconds = 30_000;

    /// <inheritdoc/>
    public async Task SendAsync(MimeMessage message, CancellationToken cancellation = default)
    {
        using var client = new SmtpClient { Timeout = TimeoutInMilliseconds };
        var options = serveur.Chiffrement switch
        {
            Chiffrement.Tls => SecureSocketOptions.SslOnConnect,
            Chiffrement.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
        await client.ConnectAsync(serveur.Hote, serveur.Port, options, cancellation);
        if (serveur.Utilisateur is { } user) await client.AuthenticateAsync(user, serveur.MotDePasse ?? "", cancellation);
        await client.SendAsync(message, cancellation);
        await client.DisconnectAsync(quit: true, cancellation);
    }
}

/// <summary>Writes mails as <c>.eml</c> files, named after their Message-ID: one sent twice is one file.</summary>
/// <param name="dossier">Folder, created when it is missing.</param>
public sealed class TransportDossier(string dossier) : ITransportCourriel
{
    /// <inheritdoc/>
    public async Task SendAsync(MimeMessage message, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(dossier);
        var path = Path.Combine(dossier, message.MessageId!.Split('@')[0] + ".eml");
        await message.WriteToAsync(path + ".part", cancellation);
        File.Move(path + ".part", path, overwrite: true);
    }
}
