using Sofi.Core.Gestion;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;

namespace Sofi.Core.Tests.Gestion;

/// <summary>An open day as a calendar file.</summary>
public class AgendaTests
{
    private static readonly Lieu Pornic = new() { Nom = "Antenne de Pornic", Adresse = new Adresse { Voie = "2 place de l’Exemple", CodePostal = "44210", Commune = "Pornic" } };

    [Fact]
    public void An_open_day_says_when_where_and_how_to_register()
    {
        var porte = new PorteOuverte
        {
            Numero = 12,
            EtablissementNumero = 36364,
            Version = 3,
            Fiche = new FichePorteOuverte
            {
                Titre = "Portes ouvertes ; ateliers, visites",
                Date = new DateOnly(2025, 7, 5),
                HeureDebut = new TimeOnly(9, 30),
                HeureFin = new TimeOnly(17, 0),
                Public = "Tout public",
                Commentaire = "À 10 h\nà 14 h",
                LienInscription = "https://exemple.test/inscription",
            },
        };
        var lines = Agenda.Write(porte, Pornic, new DateTime(2025, 2, 12, 9, 0, 0, DateTimeKind.Utc)).Split("\r\n");
        Assert.Equal(
            [
                "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sofi//Portes ouvertes//FR", "CALSCALE:GREGORIAN", "BEGIN:VEVENT", "UID:porte-ouverte-12@sofi", "SEQUENCE:3",
                "DTSTAMP:20250212T090000Z", "DTSTART:20250705T073000Z", "DTEND:20250705T150000Z", "SUMMARY:Portes ouvertes \\; ateliers\\, visites",
                "LOCATION:Antenne de Pornic\\, 2 place de l’Exemple\\, 44210 Pornic", "DESCRIPTION:Public : Tout public\\nÀ 10 h\\nà 14 h\\nInscription : https://e",
                " xemple.test/inscription", "URL:https://exemple.test/inscription", "END:VEVENT", "END:VCALENDAR", "",
            ], lines);
        Assert.All(lines, line => Assert.True(System.Text.Encoding.UTF8.GetByteCount(line) <= 75, line));
    }

    [Fact]
    public void At_a_distance_in_winter_without_end()
    {
        var porte = new PorteOuverte
        {
            EtablissementNumero = 36364,
            Fiche = new FichePorteOuverte { Titre = "Visite", Date = new DateOnly(2025, 12, 6), HeureDebut = new TimeOnly(10, 0), ADistance = "1", Url = "https://visio.exemple.test" },
        };
        var text = Agenda.Write(porte, null, DateTime.UnixEpoch);
        Assert.Contains("\r\nDTSTART:20251206T090000Z\r\nSUMMARY:Visite\r\nLOCATION:À distance\r\nDESCRIPTION:Connexion : https://visio.exemple.test\r\nURL:https://visio.exemple.test\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("DTEND", text, StringComparison.Ordinal);
    }
}
