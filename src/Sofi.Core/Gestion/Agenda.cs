using System.Globalization;
using System.Text;
using Sofi.Core.Data;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;

namespace Sofi.Core.Gestion;

/// <summary>An open day as a calendar file (RFC 5545): what a phone or an agenda opens.</summary>
public static class Agenda
{
    /// <summary>Longest line of the file, in bytes (RFC 5545, 3.1).</summary>
    private const int LongestLine = 75;

    /// <summary>The file of one open day. Instants are UTC, so that no time zone has to be described.</summary>
    /// <param name="porte">The open day; its date and start are known.</param>
    /// <param name="lieu">Its place; <c>null</c> at a distance.</param>
    /// <param name="now">When the file is written (UTC).</param>
    public static string Write(PorteOuverte porte, Lieu? lieu, DateTime now)
    {
        var fiche = porte.Fiche;
        var address = lieu is null ? null : string.Join(", ", new[] { lieu.Nom, lieu.Adresse.Voie, $"{lieu.Adresse.CodePostal} {lieu.Adresse.Commune}".Trim() }.OfType<string>());
        string?[] notes =
        [
            fiche.Public is null ? null : "Public : " + fiche.Public, fiche.Commentaire, fiche.Url is null ? null : "Connexion : " + fiche.Url,
            fiche.LienInscription is null ? null : "Inscription : " + fiche.LienInscription, fiche.CourrielInscription is null ? null : "Inscription : " + fiche.CourrielInscription,
        ];
        string?[] lines =
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sofi//Portes ouvertes//FR", "CALSCALE:GREGORIAN", "BEGIN:VEVENT",
            $"UID:porte-ouverte-{porte.Numero}@sofi", $"SEQUENCE:{porte.Version}", "DTSTAMP:" + Instant(now),
            "DTSTART:" + Instant(fiche.Date!.Value.ToUtcInstant(fiche.HeureDebut!.Value)),
            fiche.HeureFin is { } end ? "DTEND:" + Instant(fiche.Date.Value.ToUtcInstant(end)) : null,
            "SUMMARY:" + Escape(fiche.Titre!), Line("LOCATION:", address ?? (fiche.ADistance == Listes.Oui ? "À distance" : null)),
            Line("DESCRIPTION:", string.Join('\n', notes.OfType<string>()) is { Length: > 0 } text ? text : null),
            (fiche.LienInscription ?? fiche.Url) is { } url ? "URL:" + url : null,
            "END:VEVENT", "END:VCALENDAR",
        ];
        return string.Concat(lines.OfType<string>().Select(line => Fold(line) + "\r\n"));
    }

    private static string? Line(string name, string? value) => value is null ? null : name + Escape(value);

    private static string Instant(DateTime utc) => utc.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
            .ReplaceLineEndings("\n").Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>Cuts a line so that no part is longer than the standard allows, never inside a character.</summary>
    private static string Fold(string line)
    {
        var folded = new StringBuilder(line.Length);
        var bytes = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > LongestLine)
            {
                folded.Append("\r\n ");
                bytes = 1;
            }

            folded.Append(rune.ToString());
            bytes += rune.Utf8SequenceLength;
        }

        return folded.ToString();
    }
}
