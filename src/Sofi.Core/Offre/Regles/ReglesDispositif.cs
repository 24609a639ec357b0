namespace Sofi.Core.Offre.Regles;

/// <summary>Coherence of the Fiche Dispositif (procedure, page 11; decisions 23, 24, 37, 50).</summary>
public static class ReglesDispositif
{
    /// <summary>No more seats left than seats.</summary>
    public static readonly Regle<FicheDispositif> RestantesDansPlaces = new(
        "DIS-RESTANTES-10", [d => d.NbPlacesRestantes, d => d.NbPlaces], Gravite.Bloquant,
        "Les places restantes dépassent les places du dispositif : corrigez l'un des deux nombres.",
        (d, _) => d.NbPlaces is null || d.NbPlacesRestantes is null || d.NbPlacesRestantes <= d.NbPlaces,
        (d, _) => $"Il reste {d.NbPlacesRestantes} places pour {d.NbPlaces} places du dispositif : corrigez l'un des deux nombres.");

    /// <summary>The smallest group fits the room.</summary>
    public static readonly Regle<FicheDispositif> EffectifDansCapacite = new(
        "DIS-EFFECTIF-10", [d => d.EffectifMinimal, d => d.CapaciteSimultanee], Gravite.Bloquant,
        "L'effectif minimal dépasse la capacité simultanée : corrigez l'un des deux nombres.",
        (d, _) => d.EffectifMinimal is null || d.CapaciteSimultanee is null || d.EffectifMinimal <= d.CapaciteSimultanee,
        (d, _) => $"L'effectif minimal ({d.EffectifMinimal}) dépasse la capacité simultanée ({d.CapaciteSimultanee}) : corrigez l'un des deux nombres.");

    /// <summary>Seats within the lot's quota (decision 23).</summary>
    public static readonly Regle<FicheDispositif> PlacesDansQuota = new(
        "DIS-PLACES-10", [d => d.NbPlaces], Gravite.Avertissement,
        "Le total des places dépasse celles du lot : vérifiez le bon de commande de la Région.",
        (d, contexte) => Quota(d, contexte) is not { } quota || quota.Total <= quota.Limit,
        (d, contexte) => Quota(d, contexte) is { } quota
            ? $"Avec cette session, {quota.Total} places sont saisies sur le lot {contexte.Lot!.Numero} qui en compte {quota.Limit} : vérifiez le bon de commande de la Région."
            : "");

    /// <summary>Mandatory in LHÉO without a star in the procedure (decision 37).</summary>
    public static readonly Regle<FicheDispositif> PriseEnChargeDite = new(
        "DIS-PRISE-EN-CHARGE-10", [d => d.PriseEnCharge], Gravite.Bloquant,
        "Prise en charge des frais pédagogiques : choisissez Oui ou Non.",
        (d, _) => d.PriseEnCharge is not null);

    /// <summary>Additional fees are explained.</summary>
    public static readonly Regle<FicheDispositif> DetailDesFrais = new(
        "DIS-DETAIL-ADDITIONNELS-10", [d => d.DetailFraisAdditionnels, d => d.FraisAdditionnels], Gravite.Avertissement,
        "Des frais additionnels restent à la charge du stagiaire : dites lesquels dans leur détail.",
        (d, _) => d.FraisAdditionnels is not > 0 || d.DetailFraisAdditionnels is not null);

    /// <summary>A VAT rate without fees says nothing.</summary>
    public static readonly Regle<FicheDispositif> TvaSansFrais = new(
        "DIS-FRAIS-HT-10", [d => d.FraisHt, d => d.TauxTva], Gravite.Avertissement,
        "Un taux de TVA est indiqué sans frais HT : complétez les frais.",
        (d, _) => d.TauxTva is not > 0 || d.FraisHt is not null);

    /// <summary>Entry open on the programme: creating and sending are refused outside (decision 50).</summary>
    public static readonly Regle<FicheDispositif> SaisieOuverte = new(
        "DIS-PROGRAMME-10", "description", Gravite.Bloquant,
        "La saisie du programme n'est pas ouverte aujourd'hui : vous pouvez enregistrer, pas envoyer.",
        (_, contexte) => contexte.AttentesDuProgramme.EstOuverteLe(contexte.Aujourdhui),
        (_, contexte) => contexte.AttentesDuProgramme switch
        {
            { OuvertureSaisie: { } first } when contexte.Aujourdhui < first => $"La saisie du programme ouvre le {first:dd/MM/yyyy} : vous pouvez enregistrer, pas envoyer.",
            var attentes => $"La saisie du programme est close depuis le {attentes.FermetureSaisie:dd/MM/yyyy} : vous pouvez enregistrer, pas envoyer.",
        });

    private static (int Total, int Limit)? Quota(FicheDispositif dispositif, Contexte contexte)
    {
        if (contexte.Lot is not { NbPlaces: { } limit } lot || dispositif.NbPlaces is null) return null;
        var here = contexte.Offre.Sessions.SelectMany(session => session.Dispositifs).Where(d => d.Lot?.Id == lot.Id).Sum(d => d.Fiche.NbPlaces ?? 0);
        return (here + contexte.PlacesAilleurs.GetValueOrDefault(lot.Id), limit);
    }
}
