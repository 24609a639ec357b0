namespace Sofi.Core.Offre;

/// <summary>The lines of inner tables as one sentence, for a reader who does not see the columns.</summary>
public static class EnClair
{
    /// <summary>"13/02/2026, de 9 h 30 à 10 h 30, sur place : 1 rue de l'Exemple, 44000 Nantes, 20 places".</summary>
    public static string Phrase(this FicheInformationCollective line)
    {
        var hours = (Of(line, nameof(line.HeureDebut)), Of(line, nameof(line.HeureFin))) switch
        {
            ("", "") => "",
            (var start, "") => $"à {start}",
            ("", var end) => $"jusqu’à {end}",
            var (start, end) => $"de {start} à {end}",
        };
        var place = line.ADistance == Listes.Oui ? Place("à distance", line.Url) : Place("sur place", line.Lieu);
        var perimeter = Of(line, nameof(line.Perimetre)) is { Length: > 0 } range ? $"périmètre : {range}{(line.PerimetreDetail is { } detail ? $" ({detail})" : "")}" : "";
        return Join(line.Date.Jour(), hours, place, line.NbPlaces is { } seats ? $"{seats.Nombre()} {(seats > 1 ? "places" : "place")}" : "", perimeter, line.Commentaire);

        static string Place(string where, string? precision) => precision is null ? where : $"{where} : {precision}";
    }

    /// <summary>"Candidature individuelle, du 01/02/2026 au 28/02/2026".</summary>
    public static string Phrase(this FichePeriodeInscription line) => Join(Listes.TypePeriodeInscription.Libelle(line.Type), (line.Debut.Jour(), line.Fin.Jour()) switch
    {
        ("", "") => "",
        (var start, "") => $"à partir du {start}",
        ("", var end) => $"jusqu’au {end}",
        var (start, end) => $"du {start} au {end}",
    });

    /// <summary>"Ordinateur, coût indicatif 500 €".</summary>
    public static string Phrase(this FicheEquipement line) =>
        Join(Of(line, nameof(line.Type)), line.CoutIndicatif is null ? "" : $"coût indicatif {Of(line, nameof(line.CoutIndicatif))}", line.Commentaire);

    private static string Of<TFiche>(TFiche line, string nom)
        where TFiche : class => Champ.Of<TFiche>(nom).Format(line);

    private static string Join(params string?[] parts) => string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)));
}
