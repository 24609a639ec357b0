namespace Sofi.Core.Offre.Regles;

/// <summary>Writes the catalogue as a page that people read: <c>docs/regles.md</c>.</summary>
public static class ListeRegles
{
    private static readonly IReadOnlyDictionary<Gravite, (string Nom, string Effet)> Gravites = new Dictionary<Gravite, (string, string)>
    {
        [Gravite.Impossible] = ("impossible", "la valeur ne peut pas être enregistrée ; la saisie est gardée à l’écran"),
        [Gravite.Bloquant] = ("bloquant", "la fiche s’enregistre, l’action ne s’envoie pas ; une fiche de l’organisme ne s’enregistre pas"),
        [Gravite.Canal] = ("canal", "l’action s’envoie, un canal de diffusion reste fermé"),
        [Gravite.Avertissement] = ("avertissement", "rien n’est retenu, c’est un conseil"),
    };

    /// <summary>The page, in Markdown: one table for each fiche and inner table, one line for each rule.</summary>
    public static string Write() => string.Join('\n',
    [
        "# Règles de la saisie", "",
        $"Page tirée du catalogue (`src/Sofi.Core/Offre/Regles`) : {Catalogue.Regles.Count} règles. Elle ne se modifie pas à la main ;",
        "`SOFI_REGENERER=1 ./test` la refait. L’écran, le récapitulatif, l’envoi et la validation appliquent ces règles et elles seules.", "",
        "| Gravité | Effet |", "|---|---|",
        .. Gravites.Values.Select(gravite => $"| {gravite.Nom} | {gravite.Effet} |"), "",
        "La fin d’un code dit sa nature : 01 champ obligatoire, 02 longueur ou bornes, 03 liste ou forme, 04 valeur attendue par le programme,",
        "05 valeur admise par le programme, 10 et au-delà cohérence.", "",
        .. Catalogue.Regles.GroupBy(regle => regle.Fiche).SelectMany(fiche => new[] { "## " + Heading(fiche.Key), "" }
            .Concat(fiche.GroupBy(regle => regle.TypeFiche).SelectMany(Table))),
    ]);

    private static IEnumerable<string> Table(IGrouping<Type, Regle> rules) =>
    [
        .. Title(rules.Key) is { } title ? new[] { "### " + title, "" } : [],
        "| Code | Champs | Gravité | Message | Depuis |", "|---|---|---|---|---|",
        .. rules.Select(Line), "",
    ];

    private static string Line(Regle regle)
    {
        var fields = regle.Champs.Count == 0 ? "–" : string.Join(", ", regle.Champs.Select(champ => champ.Libelle));
        return $"| {regle.Code} | {fields} | {Gravites[regle.Gravite].Nom} | {regle.Message} | {(regle.Depuis is { } day ? day.Jour() : "toujours")} |";
    }

    private static string Heading(NatureFiche fiche) => fiche switch
    {
        NatureFiche.Etablissement => "Établissement",
        NatureFiche.PorteOuverte => "Portes ouvertes",
        NatureFiche.Lieu or NatureFiche.Contact => fiche.ToString(),
        _ => $"Fiche {fiche}",
    };

    private static string? Title(Type fiche) => fiche.Name switch
    {
        nameof(FicheEquipement) => "Équipement",
        nameof(FicheInformationCollective) => "Informations collectives",
        nameof(FichePeriodeInscription) => "Périodes d’inscription",
        _ => null,
    };
}
