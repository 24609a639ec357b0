namespace Sofi.Core.Offre.Regles;

/// <summary>Coherence of the Fiche Dispositif (procedure, page 11; decisions 23, 24, 37, 50).</summary>
public static class ReglesDispositif
{
    /// <summary>Seats within the lot's quota (decision 23).</summary>
    public static readonly Regle<FicheDispositif> PlacesDansQuota = new(
        "DIS-PLACES-10", [d => d.NbPlaces], Gravite.Avertissement,
        "Nb places dispositif : le total saisi dépasse les places du lot ; vérifiez le bon de commande de la Région.",
        (d, contexte) => Quota(d, contexte) is not { } quota || quota.Total <= quota.Limit,
        (d, contexte) => Quota(d, contexte) is { } quota
            ? $"Nb places dispositif : {quota.Total} places sont saisies sur le lot {contexte.Lot!.Numero} qui en compte {quota.Limit} ; vérifiez le bon de commande de la Région."
            : "");

    /// <summary>No more seats left than seats.</summary>
    public static readonly Regle<FicheDispositif> RestantesDansPlaces = new(
        "DIS-RESTANTES-10", [d => d.NbPlacesRestantes, d => d.NbPlaces], Gravite.Bloquant,
        "Nb places restantes : elles dépassent les places du dispositif ; corrigez l’un des deux nombres.",
        (d, _) => d.NbPlaces is null or 0 || d.NbPlacesRestantes is null || d.NbPlacesRestantes <= d.NbPlaces,
        (d, _) => $"Nb places restantes : {d.NbPlacesRestantes} pour {d.NbPlaces} places du dispositif ; corrigez l’un des deux nombres.");

    /// <summary>The smallest group fits the room.</summary>
    public static readonly Regle<FicheDispositif> EffectifDansCapacite = new(
        "DIS-EFFECTIF-10", [d => d.EffectifMinimal, d => d.CapaciteSimultanee], Gravite.Bloquant,
        "Effectif Minimal : il dépasse la capacité simultanée ; corrigez l’un des deux nombres.",
        (d, _) => d.EffectifMinimal is null || d.CapaciteSimultanee is null || d.EffectifMinimal <= d.CapaciteSimultanee,
        (d, _) => $"Effectif Minimal : {d.EffectifMinimal} pour une capacité simultanée de {d.CapaciteSimultanee} ; corrigez l’un des deux nombres.");

    /// <summary>A VAT rate without fees says nothing.</summary>
    public static readonly Regle<FicheDispositif> TvaSansFrais = new(
        "DIS-FRAIS-HT-10", [d => d.FraisHt, d => d.TauxTva], Gravite.Avertissement,
        "Frais HT : un taux de TVA est indiqué sans eux ; complétez les frais.",
        (d, _) => d.TauxTva is not > 0 || d.FraisHt is not null,
        (d, _) => $"Frais HT : une TVA de {Champ.Of<FicheDispositif>(nameof(d.TauxTva)).Format(d)} est indiquée sans eux ; complétez les frais.");

    /// <summary>Outside the programmes of the Région the public asks what it costs (Qualiopi, indicator 1).</summary>
    public static readonly Regle<FicheDispositif> FraisHorsProgramme = new(
        "DIS-FRAIS-HT-11", [d => d.FraisHt], Gravite.Avertissement,
        "Frais HT : ils ne sont pas indiqués ; écrivez-les, 0 si la formation est gratuite.",
        (d, contexte) => contexte.Lot is not null || d.FraisHt is not null || d.TauxTva is > 0);

    /// <summary>Mandatory in LHÉO without a star in the procedure (decision 37).</summary>
    public static readonly Regle<FicheDispositif> PriseEnChargeDite = new(
        "DIS-PRISE-EN-CHARGE-10", [d => d.PriseEnCharge], Gravite.Bloquant,
        "Prise en charge des frais pédagogiques : rien n’est indiqué ; choisissez Oui ou Non.",
        (d, _) => d.PriseEnCharge is not null);

    /// <summary>Certification fees are said to be among the additional ones: these have an amount (decision 24).</summary>
    public static readonly Regle<FicheDispositif> CertificationDansAdditionnels = new(
        "DIS-CERTIFICATION-10", [d => d.FraisCertification, d => d.FraisAdditionnels], Gravite.Avertissement,
        "Frais afférents au passage de la certification : ils sont annoncés sans frais additionnels ; indiquez le montant ou choisissez Non.",
        (d, _) => d.FraisCertification != Listes.Oui || d.FraisAdditionnels is > 0);

    /// <summary>Additional fees are explained.</summary>
    public static readonly Regle<FicheDispositif> DetailDesFrais = new(
        "DIS-DETAIL-ADDITIONNELS-10", [d => d.DetailFraisAdditionnels, d => d.FraisAdditionnels], Gravite.Avertissement,
        "Détails des frais additionnels non pris en charge : un montant reste à la charge du stagiaire ; dites à quoi il correspond.",
        (d, _) => d.FraisAdditionnels is not > 0 || d.DetailFraisAdditionnels is not null,
        (d, _) => $"Détails des frais additionnels non pris en charge : {Champ.Of<FicheDispositif>(nameof(d.FraisAdditionnels)).Format(d)} restent à la charge du stagiaire ; dites à quoi ils correspondent.");

    /// <summary>Explained additional fees have an amount.</summary>
    public static readonly Regle<FicheDispositif> MontantDesFrais = new(
        "DIS-ADDITIONNELS-10", [d => d.FraisAdditionnels, d => d.DetailFraisAdditionnels], Gravite.Avertissement,
        "Montant total des frais additionnels non pris en charge : leur détail est donné sans montant ; indiquez-le.",
        (d, _) => d.DetailFraisAdditionnels is null || d.FraisAdditionnels is not null);

    /// <summary>Entry open on the programme: creating and sending are refused outside (decision 50).</summary>
    public static readonly Regle<FicheDispositif> SaisieOuverte = new(
        "DIS-PROGRAMME-10", "description", Gravite.Bloquant,
        "Dispositif : la saisie du programme n’est pas ouverte aujourd’hui ; vous pouvez enregistrer, pas envoyer.",
        (_, contexte) => contexte.AttentesDuProgramme.EstOuverteLe(contexte.Aujourdhui),
        (_, contexte) => contexte.AttentesDuProgramme switch
        {
            { OuvertureSaisie: { } first } when contexte.Aujourdhui < first =>
                $"Dispositif : la saisie du programme « {contexte.Lot!.IntituleProgramme} » ouvre le {first:dd/MM/yyyy} ; vous pouvez enregistrer, pas envoyer.",
            var attentes =>
                $"Dispositif : la saisie du programme « {contexte.Lot!.IntituleProgramme} » a fermé le {attentes.FermetureSaisie:dd/MM/yyyy} ; vous pouvez enregistrer, pas envoyer.",
        });

    private static (int Total, int Limit)? Quota(FicheDispositif dispositif, Contexte contexte)
    {
        if (contexte.Lot is not { NbPlaces: { } limit } lot || dispositif.NbPlaces is null) return null;
        var here = contexte.Offre.Sessions.SelectMany(session => session.Dispositifs).Where(d => d.Lot?.Id == lot.Id).Sum(d => d.Fiche.NbPlaces ?? 0);
        return (here + contexte.PlacesAilleurs.GetValueOrDefault(lot.Id), limit);
    }
}
