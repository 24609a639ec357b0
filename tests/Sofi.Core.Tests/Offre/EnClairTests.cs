using Sofi.Core.Offre;

namespace Sofi.Core.Tests.Offre;

public class EnClairTests
{
    public static readonly TheoryData<FicheInformationCollective, string> Meetings = new()
    {
        {
            new() { Date = new(2026, 2, 13), HeureDebut = new(9, 30), HeureFin = new(10, 0), Lieu = "1 rue de l’Exemple, 44000 Nantes", NbPlaces = 20 },
            "13/02/2026, de 9 h 30 à 10 h, sur place : 1 rue de l’Exemple, 44000 Nantes, 20 places"
        },
        { new() { Lieu = "1 rue de l’Exemple" }, "sur place : 1 rue de l’Exemple" },
        {
            new() { Date = new(2026, 2, 13), HeureDebut = new(14, 0), ADistance = Listes.Oui, Url = "https://visio.exemple.fr", Perimetre = "3", PerimetreDetail = "et voisines" },
            "13/02/2026, à 14 h, à distance : https://visio.exemple.fr, périmètre : Région (et voisines)"
        },
    };

    [Theory, MemberData(nameof(Meetings))]
    public void An_information_collective_reads_as_one_sentence(FicheInformationCollective line, string phrase) => Assert.Equal(phrase, line.Phrase());

    [Fact]
    public void The_other_lines_do_too()
    {
        Assert.Equal("Inscription, du 01/02/2026 au 28/02/2026", new FichePeriodeInscription { Type = "inscription", Debut = new(2026, 2, 1), Fin = new(2026, 2, 28) }.Phrase());
        Assert.Equal("Recrutement, à partir du 01/02/2026", new FichePeriodeInscription { Type = "recrutement", Debut = new(2026, 2, 1) }.Phrase());
        Assert.Equal("Protection de la tête, coût indicatif 12\u00A0€, Casque", new FicheEquipement { Type = "1", CoutIndicatif = 12, Commentaire = "Casque" }.Phrase());
    }
}
