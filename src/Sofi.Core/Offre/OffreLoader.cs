using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Organismes;
using Sofi.Core.Programmes;
using Sofi.Core.Referentiels;

namespace Sofi.Core.Offre;

/// <summary>An action as the saisie holds it: the offer and the état that decides what may be done with it.</summary>
/// <param name="Offre">The whole action.</param>
/// <param name="Etat">État of the action.</param>
/// <param name="Revision">Revision of the action: the récapitulatif carries it.</param>
/// <param name="EnLigneDepuis">First publication (UTC), or <c>null</c>.</param>
public sealed record ActionChargee(OffreSaisie Offre, EtatAction Etat, int Revision, DateTime? EnLigneDepuis)
{
    /// <summary>True while the organisme may change the action.</summary>
    public bool EstModifiable => Etat is EtatAction.EnCoursDeSaisie or EtatAction.Refusee;
}

/// <summary>Reads formations and whole actions as values, in a fixed number of queries. It checks no right: callers start from <see cref="Portee"/>.</summary>
public sealed class OffreLoader(SofiDbContext db, ReferentielService referentiels)
{
    /// <summary>A formation with its certification, or <c>null</c>.</summary>
    public async Task<FormationSaisie?> FormationAsync(int numero, CancellationToken cancellation = default)
    {
        var formation = await db.Set<Formation>().AsNoTracking().Include(f => f.Etablissement).FirstOrDefaultAsync(f => f.Numero == numero, cancellation);
        return formation is null ? null : await ToSaisieAsync(formation, cancellation);
    }

    /// <summary>A formation not saved yet ("Formation 0"), taken up from its certification when it has a code.</summary>
    public async Task<FormationSaisie> NouvelleFormationAsync(int etablissementNumero, int? codeCertifinfo, CancellationToken cancellation = default)
    {
        var etablissement = await db.Set<Etablissement>().AsNoTracking().FirstAsync(e => e.Numero == etablissementNumero, cancellation);
        return await ToSaisieAsync(
            new Formation { EtablissementNumero = etablissementNumero, Etablissement = etablissement, CodeCertifinfo = codeCertifinfo }, cancellation);
    }

    /// <summary>A whole action, or <c>null</c>.</summary>
    public async Task<ActionChargee?> ActionAsync(int numero, CancellationToken cancellation = default)
    {
        var action = await db.Set<ActionFormation>().AsNoTrackingWithIdentityResolution().AsSplitQuery()
            .Include(a => a.Formation).ThenInclude(f => f.Etablissement)
            .Include(a => a.Equipements)
            .Include(a => a.Sessions).ThenInclude(s => s.InformationsCollectives)
            .Include(a => a.Sessions).ThenInclude(s => s.PeriodesInscription)
            .Include(a => a.Sessions).ThenInclude(s => s.Dispositifs).ThenInclude(d => d.Dispositif)
            .Include(a => a.Sessions).ThenInclude(s => s.Dispositifs).ThenInclude(d => d.Lot!.Programme)
            .Include(a => a.Sessions).ThenInclude(s => s.Dispositifs).ThenInclude(d => d.Lot!.Mandataire)
            .FirstOrDefaultAsync(a => a.Numero == numero, cancellation);
        if (action is null) return null;
        var formation = await ToSaisieAsync(action.Formation, cancellation);
        var lot = action.LotId is { } lotId ? await LotAsync(lotId, cancellation) : null;
        var offre = new OffreSaisie
        {
            Formation = formation,
            Action = new ActionSaisie
            {
                Numero = action.Numero,
                Version = action.Version,
                Trace = action.Trace,
                EnvoyeeLe = action.EnvoyeeLe,
                Lot = lot,
                Fiche = action.Fiche,
                Equipements = [.. action.Equipements.OrderBy(e => e.Id).Select(e => new LigneSaisie<FicheEquipement>(e.Id, $"{e.Id}", e.Fiche))],
            },
            Sessions = [.. action.Sessions.OrderBy(s => s.Numero).Select(session => ToSaisie(session, formation.Dispensateur))],
        };
        return new ActionChargee(offre, action.Etat, action.Revision, action.EnLigneDepuis);
    }

    /// <summary>A line of the Région's file, or <c>null</c>.</summary>
    public async Task<LotSaisie?> LotAsync(int lotId, CancellationToken cancellation = default)
    {
        var lot = await db.Set<Lot>().AsNoTracking().Include(l => l.Programme).Include(l => l.Mandataire).FirstOrDefaultAsync(l => l.Id == lotId, cancellation);
        return lot is null ? null : ToSaisie(lot);
    }

    /// <summary>A dispositif not saved yet: that of a line of the Région's file.</summary>
    public static DispositifSaisie NouveauDispositif(LotSaisie lot, Dispositif dispositif, FicheDispositif fiche) => new()
    {
        Code = dispositif.Code,
        Libelle = lot.LibelleProgramme,
        Nature = dispositif.Nature,
        Lot = lot,
        Fiche = fiche with { Publics = lot.Publics },
    };

    /// <summary>
    /// The certification of a CertifInfo code, as a fiche can take it up: open data may give more Formacodes than the field holds, or others
    /// than those of Sofi, that the organisme could not mend. <c>null</c> without a code.
    /// </summary>
    public async Task<CertificationComplete?> CertificationAsync(int? code, CancellationToken cancellation = default)
    {
        if (code is not { } given || await referentiels.FindCertificationAsync(given, cancellation) is not { } found) return null;
        var formacodes = found.Formacodes.ToList();
        var known = await db.Set<Formacode>().Where(f => f.Liste == ListesFormacode.Domaine && formacodes.Contains(f.Code)).Select(f => f.Code).ToListAsync(cancellation);
        return found with { Formacodes = Codes.From(formacodes.Where(known.Contains).Take(Champ.Of<FicheFormation>(nameof(FicheFormation.Formacodes)).Definition.MaxValeurs)) };
    }

    private static SessionSaisie ToSaisie(SessionFormation session, EtablissementSaisie dispensateur)
    {
        var dispositifs = session.Dispositifs.OrderBy(d => d.Id).Select(ToSaisie).ToList();
        return new SessionSaisie
        {
            Numero = session.Numero,
            Version = session.Version,
            Trace = session.Trace,
            EnvoyeeLe = session.EnvoyeeLe,
            Fiche = session.Fiche,
            MiseDeCote = session.MiseDeCote,
            Responsable = dispositifs.FirstOrDefault(d => d.Lot is not null)?.Lot!.Mandataire ?? dispensateur,
            Informations = [.. session.InformationsCollectives.OrderBy(i => i.Rang).Select(i => new LigneSaisie<FicheInformationCollective>(i.Rang, i.Code, i.Fiche))],
            Periodes = [.. session.PeriodesInscription.OrderBy(p => p.Rang).Select(p => new LigneSaisie<FichePeriodeInscription>(p.Rang, p.Code, p.Fiche))],
            Dispositifs = dispositifs,
        };
    }

    private static DispositifSaisie ToSaisie(DispositifSession dispositif)
    {
        var lot = dispositif.Lot is null ? null : ToSaisie(dispositif.Lot);
        return new DispositifSaisie
        {
            Id = dispositif.Id,
            Version = dispositif.Version,
            Trace = dispositif.Trace,
            Code = dispositif.CodeDispositif,
            Libelle = lot?.LibelleProgramme ?? dispositif.Dispositif.Libelle,
            Nature = dispositif.Dispositif.Nature,
            Lot = lot,
            Fiche = lot is null ? dispositif.Fiche : dispositif.Fiche with { Publics = lot.Publics },
        };
    }

    private static LotSaisie ToSaisie(Lot lot) => new()
    {
        Id = lot.Id,
        Numero = lot.Numero,
        Intitule = lot.Intitule,
        IdActionCr = lot.IdActionCr,
        CodeMandataireCr = lot.CodeMandataireCr,
        Mandataire = ToSaisie(lot.Mandataire),
        ForfaitRecrutement = lot.ForfaitRecrutement,
        NbPlaces = lot.NbPlaces,
        CodesCertifinfo = lot.CodesCertifinfo,
        CodeProgramme = lot.CodeProgramme,
        IntituleProgramme = lot.Programme.Intitule,
        Annee = lot.Programme.Annee,
        Publics = lot.Programme.Publics,
    };

    private static EtablissementSaisie ToSaisie(Etablissement e) => new(e.Numero, e.Siret, e.RaisonSociale, e.Adresse.Commune);

    private async Task<FormationSaisie> ToSaisieAsync(Formation formation, CancellationToken cancellation)
    {
        var certification = await CertificationAsync(formation.CodeCertifinfo, cancellation);
        return new FormationSaisie
        {
            Numero = formation.Numero,
            Version = formation.Version,
            Trace = formation.Trace,
            Dispensateur = ToSaisie(formation.Etablissement),
            CodeCertifinfo = formation.CodeCertifinfo,
            CodeRncp = certification?.CodeRncp,
            CodeRs = certification?.CodeRs,
            Romes = certification?.Romes ?? Codes.Aucun,
            Nsfs = certification?.Nsfs ?? Codes.Aucun,
            CertificationPubliee = certification?.Publiee ?? true,
            Remplacants = certification?.Remplacants ?? Codes.Aucun,
            Blocs = certification?.Blocs ?? [],
            Fiche = formation.Fiche.Reprend(certification),
        };
    }
}

/// <summary>Takes up a certification in a Fiche Formation (procedure, page 8: "Ces éléments ne sont pas modifiables").</summary>
public static class Reprise
{
    /// <summary>
    /// The fiche with everything that the certification gives; without blocs, Non / Totale are preset and nothing is asked (decision 13).
    /// Blocs stand in the order of their codes, wherever the screen showed them.
    /// </summary>
    public static FicheFormation Reprend(this FicheFormation fiche, CertificationComplete? certification)
    {
        if (certification is not null)
        {
            fiche = fiche with
            {
                Intitule = certification.Libelle,
                ObjectifGeneral = certification.ObjectifGeneral,
                TypeCertification = certification.CodeType.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Objectif = certification.Objectif,
                Programme = certification.Programme,
                ResultatsAttendus = certification.ResultatsAttendus,
                NiveauSortie = certification.NiveauSortie,
                Formacodes = certification.Formacodes.Count > 0 ? certification.Formacodes : fiche.Formacodes,
            };
        }

        return certification is { Blocs.Count: > 0 }
            ? fiche with { BlocsChoisis = Codes.From(fiche.BlocsChoisis.Order(StringComparer.Ordinal)) }
            : fiche with { IndividualiserBlocs = Listes.Non, ValidationFormation = Listes.Totale, BlocsChoisis = Codes.Aucun };
    }
}
