using System.Net;
using MimeKit;
using MimeKit.Text;

namespace Sofi.Core.Courriels;

/// <summary>The mail as it travels: plain text, and the same text as simple HTML.</summary>
internal static class Message
{
    public static MimeMessage Of(Courriel courriel, string expediteur)
    {
        var message = new MimeMessage
        {
            MessageId = courriel.MessageId,
            Date = new DateTimeOffset(courriel.EcritLe, TimeSpan.Zero),
            Subject = courriel.Objet,
            Body = new MultipartAlternative(
                new TextPart(TextFormat.Plain) { Text = courriel.Texte! },
                new TextPart(TextFormat.Html) { Text = Html(courriel) }),
        };
        message.From.Add(new MailboxAddress("Sofi", expediteur));
        message.To.Add(new MailboxAddress(courriel.NomDestinataire, courriel.Destinataire));
        // No answering machine answers a machine (RFC 3834).
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    private static string Html(Courriel courriel) =>
        $"<!DOCTYPE html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(courriel.Objet)}</title></head>\n<body>\n"
        + string.Concat(courriel.Texte!.Split("\n\n").Select(Paragraph)) + "</body></html>\n";

    private static string Paragraph(string text)
    {
        var encoded = WebUtility.HtmlEncode(text).Replace("\n", "<br>\n", StringComparison.Ordinal);
        return IsLink(text) ? $"<p><a href=\"{encoded}\">{encoded}</a></p>\n" : $"<p>{encoded}</p>\n";
    }

    private static bool IsLink(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && !text.Contains('\n');
}
