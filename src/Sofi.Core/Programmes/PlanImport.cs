using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Organismes;
using Sofi.Core.Referentiels;

namespace Sofi.Core.Programmes;

/// <summary>What the base holds of what a file speaks of: read in a fixed number of queries.</summary>
internal sealed record EtatBase(
    IReadOnlyDictionary<int, NatureDispositif> Dispositifs, HashSet<string> Publics, IReadOnlyDictionary<int, Codes?> Certifications,
    IReadOnlyList<Programme> Programmes, IReadOnlyList<Lot> Lots, ILookup<int, Etablissement> Formateurs, ILookup<int, Programmation> Programmation,
    IReadOnlyDictionary<string, Etablissement> Organismes, ILookup<string, Commune> Communes, ILookup<int, SaisieSurLot> Saisies)
{
    public static async Task<EtatBase> LoadAsync(SofiDbContext db, ILotUsage usage, FichierRegion fichier, CancellationToken cancellation)
    {
        var years = fichier.Programmes.Select(p => p.Annee).Distinct().ToList();
        var codes = fichier.Programmes.Select(p => p.Code).ToList();
        var numeros = fichier.Lots.Select(l => l.Numero).Distinct().ToList();
        var sirets = fichier.Organismes.Keys.ToList();
        var publics = fichier.Programmes.SelectMany(p => p.Publics).Distinct().ToList();
        var certifinfo = fichier.Lots.SelectMany(l => l.CodesCertifinfo).Distinct()
            .Select(code => int.Parse(code, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var departements = fichier.Organismes.Values.SelectMany(o => Departements(o.CodePostal)).Distinct().ToList();

        var lots = db.Set<Lot>().Where(l => EF.Parameter(years).Contains(l.Programme.Annee) || EF.Parameter(numeros).Contains(l.Numero));
        var ids = lots.Select(l => l.Id);
        return new EtatBase(
            await db.Set<Dispositif>().ToDictionaryAsync(d => d.Code, d => d.Nature, cancellation),
            await db.Set<Formacode>().Where(f => EF.Parameter(publics).Contains(f.Code)).Select(f => f.Code).ToHashSetAsync(cancellation),
            await db.Set<Certification>().Where(c => EF.Parameter(certifinfo).Contains(c.Code)).Select(c => new { c.Code, c.Publiee, c.Remplacants })
                .ToDictionaryAsync(c => c.Code, c => c.Publiee ? null : c.Remplacants, cancellation),
            await db.Set<Programme>().AsNoTracking().Where(p => EF.Parameter(years).Contains(p.Annee) || EF.Parameter(codes).Contains(p.Code))
                .ToListAsync(cancellation),
            await lots.AsNoTracking().Include(l => l.Programme).Include(l => l.Mandataire).OrderBy(l => l.Id).ToListAsync(cancellation),
            (await db.Set<LotFormateur>().AsNoTracking().Where(f => ids.Contains(f.LotId)).Include(f => f.Etablissement).ToListAsync(cancellation))
                .ToLookup(f => f.LotId, f => f.Etablissement),
            (await db.Set<Programmation>().AsNoTracking().Where(p => ids.Contains(p.LotId)).ToListAsync(cancellation)).ToLookup(p => p.LotId),
            await db.Set<Etablissement>().AsNoTracking().Where(e => EF.Parameter(sirets).Contains(e.Siret)).ToDictionaryAsync(e => e.Siret, cancellation),
            (await db.Set<Commune>().AsNoTracking().Where(c => EF.Parameter(departements).Contains(c.Departement)).ToListAsync(cancellation))
                .ToLookup(c => Key(c.Nom)),
            (await usage.FindAsync(ids, cancellation)).ToLookup(s => s.LotId));
    }

    /// <summary>The commune of a name and postal code, when one and only one answers.</summary>
    public Commune? FindCommune(string? nom, string? postal)
    {
        var found = Communes[Key(nom)].Where(c => postal is not null && c.CodesPostaux.Contains(postal)).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>The name of a commune as it is compared: "ST NAZAIRE" is "saint nazaire".</summary>
    private static string Key(string? commune) =>
        string.Join(' ', Texte.Words(commune).Select(word => word switch { "st" => "saint", "ste" => "sainte", _ => word }));

    private static string[] Departements(string? postal) => postal?[..2] switch
    {
        null => [],
        "20" => ["2A", "2B"],
        "97" or "98" => [postal[..3]],
        var departement => [departement],
    };
}

/// <summary>
/// What a file does to the base: the comparison, line by line, as a report for the reader and as rows for the writer. It asks the base nothing
/// and writes nothing there.
/// </summary>
internal sealed class PlanImport
{
    private readonly FichierRegion fichier;
    private readonly EtatBase etat;
    private readonly HashSet<int> annees;
    private readonly List<LigneRapport> lignes = [];
    private readonly Dictionary<NatureLigne, int> unchanged = Enum.GetValues<NatureLigne>().ToDictionary(nature => nature, _ => 0);

    private PlanImport(FichierRegion fichier, EtatBase etat, IEnumerable<FileFault> warnings)
    {
        this.fichier = fichier;
        this.etat = etat;
        annees = [.. fichier.Programmes.Select(p => p.Annee)];
        Fautes = [.. warnings];
    }

    /// <summary>Faults that only the base shows, and every warning.</summary>
    public List<FileFault> Fautes { get; }

    /// <summary>The report; without meaning when a fault blocks.</summary>
    public RapportImport Rapport { get; private set; } = null!;

    /// <summary>SIRETs of the file.</summary>
    public List<string> Sirets => [.. fichier.Organismes.Keys];

    /// <summary>Numéros of the lots of the file.</summary>
    public List<string> Numeros => [.. fichier.Lots.Select(lot => lot.Numero).Distinct()];

    public List<Etablissement> OrganismesCrees { get; } = [];

    public List<Etablissement> OrganismesModifies { get; } = [];

    public List<Programme> ProgrammesCrees { get; } = [];

    public List<Programme> ProgrammesModifies { get; } = [];

    public List<string> ProgrammesRetires { get; } = [];

    public List<LigneLot> LotsCrees { get; } = [];

    /// <summary>Lots to write again, with the line of the file; without line, a lot to mark absent.</summary>
    public List<(Lot Lot, LigneLot? Ligne)> LotsModifies { get; } = [];

    public List<int> LotsRetires { get; } = [];

    /// <summary>Lines whose formateurs are written anew.</summary>
    public HashSet<(string Numero, string Mandataire)> LotsAuxFormateursModifies { get; } = [];

    /// <summary>Formateurs of those lines.</summary>
    public IEnumerable<LigneFormateur> FormateursAEcrire =>
        fichier.Formateurs.Where(f => LotsAuxFormateursModifies.Contains((f.NumeroLot, f.CodeMandataireCr)));

    public List<LigneProgrammation> ProgrammationsCreees { get; } = [];

    public List<Programmation> ProgrammationsModifiees { get; } = [];

    public List<int> ProgrammationsRetirees { get; } = [];

    /// <summary>Compares a file with the base.</summary>
    public static PlanImport Compare(FichierRegion fichier, EtatBase etat, IEnumerable<FileFault> warnings)
    {
        var plan = new PlanImport(fichier, etat, warnings);
        plan.CompareOrganismes();
        var lots = plan.CompareLots();
        plan.CompareProgrammes();
        plan.CompareFormateurs(lots);
        plan.CompareProgrammation(lots);
        plan.Rapport = new RapportImport(
            [.. plan.annees.Order()],
            [.. plan.lignes.OrderBy(line => line.Nature).ThenBy(line => line.Cle, StringComparer.Ordinal)],
            plan.unchanged, [.. plan.Fautes.Where(fault => !fault.Blocking)]);
        return plan;
    }

    /// <summary>SIRET of the mandataire of a line.</summary>
    public string SiretOf(LigneLot line) => fichier.Mandataires[line.CodeMandataireCr];

    private void CompareProgrammes()
    {
        var known = etat.Programmes.ToDictionary(p => p.Code);
        foreach (var line in fichier.Programmes)
        {
            if (!etat.Dispositifs.TryGetValue(line.CodeDispositif, out var nature))
                Refuse("programmes", line.Ligne, "code_dispositif", line.CodeDispositif, "Ce dispositif n’existe pas.",
                    $"Prenez un code de la table des dispositifs, ou ajoutez-le ({KnownDispositifs()}).");
            else if (nature != NatureDispositif.ProgrammeRegional)
                Refuse("programmes", line.Ligne, "code_dispositif", line.CodeDispositif, "Ce dispositif n’est pas un programme régional.",
                    $"Prenez un dispositif de programme régional ({KnownDispositifs()}).");
            foreach (var code in line.Publics.Where(code => !etat.Publics.Contains(code)))
                Refuse("programmes", line.Ligne, "publics", code, "Ce code n’est pas dans la liste des publics Formacode.", "Corrigez-le, ou retirez-le.");
            var programme = new Programme
            {
                Code = line.Code,
                Intitule = line.Intitule,
                Annee = line.Annee,
                CodeDispositif = line.CodeDispositif,
                Publics = line.Publics,
            };
            if (!known.TryGetValue(line.Code, out var before))
            {
                Note(NatureLigne.Programme, SortLigne.Creee, line.Code, line.Intitule);
                ProgrammesCrees.Add(programme);
                continue;
            }

            if (before.Annee != line.Annee)
                Refuse("programmes", line.Ligne, "annee", line.Annee, $"Ce programme est déjà connu pour l’année {before.Annee}.",
                    "Donnez un autre code au programme de la nouvelle année.");
            var changes = new Changements()
                .Add("intitule", before.Intitule, line.Intitule).Add("code_dispositif", before.CodeDispositif, line.CodeDispositif)
                .Add("publics", before.Publics, line.Publics).Add("present", before.Present, true).List;
            if (Changed(NatureLigne.Programme, line.Code, line.Intitule, changes)) ProgrammesModifies.Add(programme);
        }

        var named = fichier.Programmes.Select(p => p.Code).ToHashSet();
        var removed = LotsRetires.ToHashSet();
        var kept = etat.Lots.Where(lot => !removed.Contains(lot.Id)).Select(lot => lot.CodeProgramme).ToHashSet();
        foreach (var absent in etat.Programmes.Where(p => annees.Contains(p.Annee) && !named.Contains(p.Code)))
        {
            if (!kept.Contains(absent.Code))
            {
                Note(NatureLigne.Programme, SortLigne.Retiree, absent.Code, absent.Intitule);
                ProgrammesRetires.Add(absent.Code);
            }
            else if (absent.Present)
            {
                Note(NatureLigne.Programme, SortLigne.Marquee, absent.Code, absent.Intitule);
                absent.Present = false;
                ProgrammesModifies.Add(absent);
            }
        }
    }

    /// <summary>Compares the lots; gives those of the base that the file still holds, with their line.</summary>
    private List<(Lot Lot, LigneLot Ligne)> CompareLots()
    {
        var known = etat.Lots.ToDictionary(lot => (lot.Numero, lot.CodeMandataireCr));
        var years = fichier.Programmes.ToDictionary(p => p.Code, p => p.Annee);
        var others = etat.Lots.Where(lot => !annees.Contains(lot.Programme.Annee)).Select(lot => (lot.Numero, lot.Programme.Annee)).Distinct()
            .ToLookup(lot => lot.Numero, lot => lot.Annee);
        var still = new List<(Lot, LigneLot)>();
        foreach (var line in fichier.Lots)
        {
            if (others[line.Numero].Any())
                Refuse("lots", line.Ligne, "numero_lot", line.Numero, $"Ce lot est déjà connu pour l’année {others[line.Numero].First()}.",
                    "Un numéro de lot ne sert qu’une année : donnez-en un autre.");
            CheckCertifinfo(line);
            var key = LotKey(line.Numero, line.CodeMandataireCr);
            if (!known.TryGetValue((line.Numero, line.CodeMandataireCr), out var before))
            {
                Note(NatureLigne.Lot, SortLigne.Creee, key, line.Intitule);
                LotsCrees.Add(line);
                continue;
            }

            if (others[line.Numero].Any()) continue;
            if (years[line.CodeProgramme] != before.Programme.Annee)
                Refuse("lots", line.Ligne, "code_programme", line.CodeProgramme, $"Ce lot est déjà connu pour l’année {before.Programme.Annee}.",
                    "Un numéro de lot ne sert qu’une année : donnez-en un autre.");
            still.Add((before, line));
            var changes = new Changements()
                .Add("intitule", before.Intitule, line.Intitule).Add("code_programme", before.CodeProgramme, line.CodeProgramme)
                .Add("id_action_cr", before.IdActionCr, line.IdActionCr).Add("siret du mandataire", before.Mandataire.Siret, SiretOf(line))
                .Add("forfait_recrutement", before.ForfaitRecrutement, line.ForfaitRecrutement).Add("nb_places", before.NbPlaces, line.NbPlaces)
                .Add("departement", before.Departement, line.Departement).Add("codes_certifinfo", before.CodesCertifinfo, line.CodesCertifinfo)
                .Add("present", before.Present, true).List;
            if (Changed(NatureLigne.Lot, key, line.Intitule, changes, etat.Saisies[before.Id])) LotsModifies.Add((before, line));
        }

        var named = fichier.Lots.Select(lot => (lot.Numero, lot.CodeMandataireCr)).ToHashSet();
        foreach (var absent in etat.Lots.Where(lot => annees.Contains(lot.Programme.Annee) && !named.Contains((lot.Numero, lot.CodeMandataireCr))))
        {
            var key = LotKey(absent.Numero, absent.CodeMandataireCr);
            if (!etat.Saisies[absent.Id].Any())
            {
                Note(NatureLigne.Lot, SortLigne.Retiree, key, absent.Intitule);
                LotsRetires.Add(absent.Id);
            }
            else if (absent.Present)
            {
                Note(NatureLigne.Lot, SortLigne.Marquee, key, absent.Intitule, etat.Saisies[absent.Id]);
                LotsModifies.Add((absent, null));
            }
        }

        return still;
    }

    private void CheckCertifinfo(LigneLot line)
    {
        foreach (var code in line.CodesCertifinfo)
        {
            if (!etat.Certifications.TryGetValue(int.Parse(code, System.Globalization.CultureInfo.InvariantCulture), out var successors))
                Refuse("lots", line.Ligne, "codes_certifinfo", code, "Ce code CertifInfo est inconnu.",
                    "Corrigez-le, ou importez d’abord le fichier CertifInfo à jour.");
            else if (successors is not null)
                Warn("lots", line.Ligne, "codes_certifinfo", code, "Cette certification n’est plus publiée.",
                    successors.Count > 0 ? $"Elle est remplacée par {string.Join(", ", successors)}." : "Vérifiez le code avec la Région.");
        }
    }

    /// <summary>A known organisation keeps its fiche: the file only completes what is missing there, and the differences are told.</summary>
    private void CompareOrganismes()
    {
        foreach (var line in fichier.Organismes.Values)
        {
            var commune = etat.FindCommune(line.Commune, line.CodePostal);
            var adresse = new Adresse
            {
                Voie = line.Voie,
                CodePostal = line.CodePostal,
                Commune = commune?.Nom ?? line.Commune,
                CodeInsee = commune?.CodeInsee,
            };
            if (!etat.Organismes.TryGetValue(line.Siret, out var known))
            {
                if (line.Commune is null)
                    Warn(line.Feuille, line.Ligne, "commune", null, "Ce nouvel organisme n’a pas de commune.",
                        "Complétez-la : elle est publiée avec l’offre.");
                else if (commune is null)
                    Warn(line.Feuille, line.Ligne, "commune", line.Commune,
                        "Cette commune n’est pas reconnue avec ce code postal : l’adresse est reprise telle quelle.",
                        "Vérifiez le code postal et le nom officiel.");
                Note(NatureLigne.Organisme, SortLigne.Creee, line.Siret, line.RaisonSociale);
                OrganismesCrees.Add(new Etablissement
                {
                    Siret = line.Siret,
                    RaisonSociale = line.RaisonSociale,
                    Nda = line.Nda,
                    Adresse = adresse,
                    Courriel = line.Courriel,
                    Telephone = line.Telephone,
                });
                continue;
            }

            var changes = new Changements();
            Keep(line, "raison_sociale", known.RaisonSociale, line.RaisonSociale);
            if (Completes(line, "nda", known.Nda, line.Nda, changes)) known.Nda = line.Nda;
            if (Completes(line, "courriel", known.Courriel, line.Courriel, changes)) known.Courriel = line.Courriel;
            if (Completes(line, "telephone", known.Telephone, line.Telephone, changes)) known.Telephone = line.Telephone;
            if (known.Adresse is { Voie: null, CodePostal: null, Commune: null })
            {
                changes.Add("adresse", null, adresse.Voie).Add("code_postal", null, adresse.CodePostal).Add("commune", null, adresse.Commune);
                known.Adresse = adresse;
            }
            else
            {
                Keep(line, "adresse", known.Adresse.Voie, adresse.Voie);
                Keep(line, "code_postal", known.Adresse.CodePostal, adresse.CodePostal);
                Keep(line, "commune", known.Adresse.Commune, adresse.Commune);
            }

            if (Changed(NatureLigne.Organisme, line.Siret, known.RaisonSociale, changes.List)) OrganismesModifies.Add(known);
        }
    }

    /// <summary>True when the fiche lacks a value that the file gives.</summary>
    private bool Completes(LigneOrganisme line, string column, string? known, string? given, Changements changes)
    {
        Keep(line, column, known, given);
        if (known is null && given is not null) changes.Add(column, null, given);
        return known is null && given is not null;
    }

    private void Keep(LigneOrganisme line, string column, string? known, string? given)
    {
        if (known is null || given is null || Bare(known) == Bare(given)) return;
        Warn(line.Feuille, line.Ligne, column, given, $"La fiche de l’organisme indique « {known} » : elle est gardée.",
            "Si le fichier a raison, corrigez la fiche de l’organisme.");
    }

    private void CompareFormateurs(List<(Lot Lot, LigneLot Ligne)> still)
    {
        var wanted = fichier.Formateurs.ToLookup(f => (f.NumeroLot, f.CodeMandataireCr));
        foreach (var line in LotsCrees)
        {
            foreach (var formateur in wanted[(line.Numero, line.CodeMandataireCr)]) Add(formateur);
        }

        foreach (var (lot, _) in still)
        {
            var before = etat.Formateurs[lot.Id].ToDictionary(e => e.Siret);
            foreach (var formateur in wanted[(lot.Numero, lot.CodeMandataireCr)])
            {
                if (before.Remove(formateur.Siret)) unchanged[NatureLigne.Formateur]++;
                else Add(formateur);
            }

            foreach (var absent in before.Values)
            {
                Note(NatureLigne.Formateur, SortLigne.Retiree, $"{LotKey(lot.Numero, lot.CodeMandataireCr)} - {absent.Siret}", absent.RaisonSociale,
                    etat.Saisies[lot.Id].Where(entered => entered.EtablissementNumero == absent.Numero));
                LotsAuxFormateursModifies.Add((lot.Numero, lot.CodeMandataireCr));
            }
        }

        void Add(LigneFormateur formateur)
        {
            Note(NatureLigne.Formateur, SortLigne.Creee, $"{LotKey(formateur.NumeroLot, formateur.CodeMandataireCr)} - {formateur.Siret}",
                fichier.Organismes[formateur.Siret].RaisonSociale);
            LotsAuxFormateursModifies.Add((formateur.NumeroLot, formateur.CodeMandataireCr));
        }
    }

    /// <summary>Without a sheet <c>programmation</c> nothing is said of it: what the base holds stays.</summary>
    private void CompareProgrammation(List<(Lot Lot, LigneLot Ligne)> still)
    {
        if (fichier.Programmation is null) return;
        var wanted = fichier.Programmation.ToLookup(p => (p.NumeroLot, p.CodeMandataireCr));
        foreach (var line in LotsCrees.SelectMany(lot => wanted[(lot.Numero, lot.CodeMandataireCr)])) Add(line);
        foreach (var (lot, _) in still)
        {
            var before = etat.Programmation[lot.Id].ToDictionary(p => (p.DateDebut, Texte.Fold(p.Commune)));
            foreach (var line in wanted[(lot.Numero, lot.CodeMandataireCr)])
            {
                if (!before.Remove((line.DateDebut, Texte.Fold(line.Commune)), out var known))
                {
                    Add(line);
                    continue;
                }

                var changes = new Changements().Add("date_fin", known.DateFin, line.DateFin).Add("nb_places", known.NbPlaces, line.NbPlaces)
                    .Add("bon_de_commande", known.BonDeCommande, line.BonDeCommande).List;
                var key = Key(line.NumeroLot, line.CodeMandataireCr, line.DateDebut, line.Commune);
                if (!Changed(NatureLigne.Programmation, key, "", changes, SameDay(lot, line.DateDebut))) continue;
                (known.DateFin, known.NbPlaces, known.BonDeCommande) = (line.DateFin, line.NbPlaces, line.BonDeCommande);
                ProgrammationsModifiees.Add(known);
            }

            foreach (var absent in before.Values)
            {
                Note(NatureLigne.Programmation, SortLigne.Retiree, Key(lot.Numero, lot.CodeMandataireCr, absent.DateDebut, absent.Commune), "",
                    SameDay(lot, absent.DateDebut));
                ProgrammationsRetirees.Add(absent.Id);
            }
        }

        IEnumerable<SaisieSurLot> SameDay(Lot lot, DateOnly day) => etat.Saisies[lot.Id].Where(entered => entered.DateDebut == day);

        static string Key(string numero, string mandataire, DateOnly day, string commune) => $"{LotKey(numero, mandataire)} - {day:yyyy-MM-dd} - {commune}";

        void Add(LigneProgrammation line)
        {
            Note(NatureLigne.Programmation, SortLigne.Creee, Key(line.NumeroLot, line.CodeMandataireCr, line.DateDebut, line.Commune), "");
            ProgrammationsCreees.Add(line);
        }
    }

    private static string LotKey(string numero, string mandataire) => $"{numero} × {mandataire}";

    /// <summary>A value without what readers do not see as a difference: case, accents, spaces, hyphens, dots.</summary>
    private static string Bare(string? text) => string.Concat(Texte.Fold(text).Where(c => c is not (' ' or '-' or '.')));

    private string KnownDispositifs() =>
        string.Join(", ", etat.Dispositifs.Where(d => d.Value == NatureDispositif.ProgrammeRegional).Select(d => d.Key).Order());

    private bool Changed(NatureLigne nature, string key, string label, List<Changement> changes, IEnumerable<SaisieSurLot>? entered = null)
    {
        if (changes.Count == 0)
        {
            unchanged[nature]++;
            return false;
        }

        lignes.Add(new LigneRapport(nature, SortLigne.Modifiee, key, label, changes, [.. entered ?? []]));
        return true;
    }

    private void Note(NatureLigne nature, SortLigne sort, string key, string label, IEnumerable<SaisieSurLot>? entered = null) =>
        lignes.Add(new LigneRapport(nature, sort, key, label, [], [.. entered ?? []]));

    private void Refuse(string sheet, int line, string column, object? value, string message, string remedy) =>
        Fault(sheet, line, column, value, message, remedy, blocking: true);

    private void Warn(string sheet, int line, string column, object? value, string message, string remedy) =>
        Fault(sheet, line, column, value, message, remedy, blocking: false);

    private void Fault(string sheet, int line, string column, object? value, string message, string remedy, bool blocking) =>
        Fautes.Add(new FileFault(sheet, line, column, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture), message, remedy, blocking));

    /// <summary>The values that differ, by column of the file.</summary>
    private sealed class Changements
    {
        public List<Changement> List { get; } = [];

        public Changements Add<T>(string column, T before, T after)
        {
            if (!EqualityComparer<T>.Default.Equals(before, after)) List.Add(new Changement(column, Text(before), Text(after)));
            return this;
        }

        private static string? Text(object? value) => value switch
        {
            null => null,
            bool answer => answer ? "O" : "N",
            DateOnly date => date.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture),
            Codes { Count: 0 } => null,
            _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
