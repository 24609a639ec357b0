using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Offre.Regles;
using Sofi.Core.Organismes;
using Sofi.Core.Referentiels;
using Sofi.Core.Validation;

namespace Sofi.Core.Gestion;

/// <summary>
/// Imports the contacts and places of an établissement from a file: preview, then apply, all or nothing, with the rules of the screens. A line is
/// found by its number, else by its name; it creates or changes, and never deletes. What is published of a changed contact or place is refreshed.
/// </summary>
public sealed class ImportOrganismeService(SofiDbContext db, PublicationService publication, JournalService journal, TimeProvider clock)
{
    private static readonly Dictionary<string, string> Civilites = new() { ["madame"] = "Mme", ["mme"] = "Mme", ["monsieur"] = "M.", ["m."] = "M.", ["m"] = "M.", ["mr"] = "M." };

    /// <summary>Says what a file would do; writes nothing.</summary>
    /// <exception cref="FileRefusedException">The file cannot be read at all.</exception>
    public async Task<ApercuImport> PreviewAsync(int etablissement, byte[] file, CancellationToken cancellation = default) =>
        (await PlanAsync(etablissement, Workbook.ReadTable(file), cancellation)).Apercu;

    /// <summary>Applies a previewed file, unless it would now do something else than what <paramref name="empreinte"/> stands for.</summary>
    /// <returns>What the file does, and whether it was done.</returns>
    /// <exception cref="FileRefusedException">The file cannot be read at all.</exception>
    public async Task<(ApercuImport Apercu, bool Fait)> ApplyAsync(
        Utilisateur utilisateur, int etablissement, byte[] file, string empreinte, CancellationToken cancellation = default)
    {
        var workbook = Workbook.ReadTable(file);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync($"organisme-{etablissement}", cancellation);
        var plan = await PlanAsync(etablissement, workbook, cancellation);
        if (!utilisateur.CanManage(etablissement) || !plan.Apercu.EstApplicable || plan.Apercu.Empreinte != empreinte) return (plan.Apercu, false);
        if (plan.Apercu.Lignes.All(ligne => ligne.Issue == IssueLigne.Inchangee)) return (plan.Apercu, true);

        foreach (var write in plan.Ecritures) write();
        db.AddRange(plan.NouveauxContacts);
        db.AddRange(plan.NouveauxLieux);
        await db.SaveChangesAsync(cancellation);
        var owner = await db.Set<Etablissement>().FirstAsync(e => e.Numero == etablissement, cancellation);
        if (owner.ContactPrincipalNumero is null && plan.NouveauxContacts.Find(c => c.Actif) is { } first) (owner.ContactPrincipalNumero, owner.Version) = (first.Numero, owner.Version + 1);
        var shown = plan.Contacts.Count == 0 ? [] : await publication.ActionsShowingAsync([.. plan.Contacts.Select(c => c.Numero)], cancellation);
        var held = plan.Lieux.Count == 0 ? [] : await publication.ActionsAtAsync([.. plan.Lieux.Select(l => l.Id)], cancellation);
        journal.Begin(NatureProcessus.Import, utilisateur.Auteur).Add("ContactsEtLieuxImportes", "etablissement", etablissement,
        [
            .. GestionService.Counted("ContactsCrees", plan.NouveauxContacts.Count), .. GestionService.Counted("ContactsModifies", plan.Contacts.Count),
            .. GestionService.Counted("LieuxCrees", plan.NouveauxLieux.Count), .. GestionService.Counted("LieuxModifies", plan.Lieux.Count),
            .. GestionService.Counted("Publiees", shown.Union(held).Count()),
        ]);
        await db.SaveChangesAsync(cancellation);
        await publication.RefreshAsync([.. plan.Contacts.Select(c => c.Numero)], shown, plan.Lieux, held, cancellation);
        await transaction.CommitAsync(cancellation);
        return (plan.Apercu, true);
    }

    /// <summary>The workbook of what an établissement has.</summary>
    public async Task<byte[]> ExportAsync(int etablissement, CancellationToken cancellation = default) => FichierOrganisme.Write(
        await db.Set<Contact>().AsNoTracking().Where(c => c.EtablissementNumero == etablissement).OrderBy(c => c.Numero).ToListAsync(cancellation),
        await db.Set<Lieu>().AsNoTracking().Where(l => l.EtablissementNumero == etablissement).OrderBy(l => l.Id).ToListAsync(cancellation));

    /// <summary>Reads and compares a file with the base, in a number of queries that does not depend on its lines.</summary>
    private async Task<Plan> PlanAsync(int etablissement, Workbook workbook, CancellationToken cancellation)
    {
        var plan = new Plan();
        plan.Fautes.AddRange(workbook.Faults);
        var tables = workbook.Sheets.Select(sheet => Table.Of(sheet, plan.Fautes)).OfType<Table>().ToList();
        if (tables.Count == 0 && plan.Fautes.Count == 0)
            throw new FileRefusedException("fichier", "Il n’y a ni contact ni lieu à lire.", "Partez du modèle : une feuille « contacts », une feuille « lieux », ou un CSV séparé par des points-virgules.");
        var contacts = await db.Set<Contact>().Where(c => c.EtablissementNumero == etablissement).ToListAsync(cancellation);
        var lieux = await db.Set<Lieu>().Where(l => l.EtablissementNumero == etablissement).ToListAsync(cancellation);
        var principal = await db.Set<Etablissement>().Where(e => e.Numero == etablissement).Select(e => e.ContactPrincipalNumero).FirstAsync(cancellation);
        var communes = await CommunesAsync([.. tables.Where(t => t.Feuille == FichierOrganisme.FeuilleLieux).SelectMany(t => t.Lignes)], lieux, cancellation);
        foreach (var table in tables)
        {
            var seen = new Dictionary<object, int>();
            foreach (var line in table.Lignes)
            {
                if (table.Feuille == FichierOrganisme.FeuilleContacts) ReadContact(plan, line, contacts, principal, seen, etablissement);
                else ReadLieu(plan, line, lieux, communes, seen, etablissement);
            }
        }

        return plan;
    }

    private void ReadContact(Plan plan, Ligne line, List<Contact> contacts, int? principal, Dictionary<object, int> seen, int etablissement)
    {
        var (found, known) = Find(plan, line, contacts, c => c.Numero, c => c.Actif, c => Same(c.Nom, line["nom"]) && (!line.Has("prenom") || Same(c.Prenom, line["prenom"])));
        if (!known) return;
        var before = found?.ToFiche() ?? new FicheContact();
        var fiche = new FicheContact
        {
            Civilite = line.Or("civilite", before.Civilite, text => Civilites.GetValueOrDefault(Texte.Fold(text), text)),
            Nom = line.Or("nom", before.Nom),
            Prenom = line.Or("prenom", before.Prenom),
            Fonction = line.Or("fonction", before.Fonction),
            Telephone = line.Or("telephone", before.Telephone),
            Portable = line.Or("portable", before.Portable),
            Courriel = line.Or("courriel", before.Courriel),
            Types = line.Has("types") ? Codes.From((line["types"] ?? "").Split('|', ',').Select(TypeOf)) : before.Types,
        };
        if (!Judge(plan, line, fiche, new Contexte { Aujourdhui = clock.Today() }) || !IsFirst(plan, line, seen, (object?)found ?? (Texte.Fold(fiche.Nom), Texte.Fold(fiche.Prenom)))) return;
        var actif = line.State(plan.Fautes) ?? found?.Actif ?? true;
        if (!actif && found is not null && found.Numero == principal)
        {
            plan.Fautes.Add(line.Fault("actif", "C’est le contact principal de l’établissement.", "Choisissez-en un autre dans la fiche de l’établissement avant de le désactiver."));
            return;
        }

        var changes = Changes(found is null ? null : before, fiche, found?.Actif, actif);
        plan.Add(line, found is null, fiche.Prenom is null ? fiche.Nom! : $"{fiche.Prenom} {fiche.Nom}", found?.Numero ?? 0, changes);
        if (found is null)
        {
            var contact = new Contact { EtablissementNumero = etablissement, Nom = fiche.Nom!, Actif = actif };
            contact.Write(fiche);
            plan.NouveauxContacts.Add(contact);
        }
        else if (changes.Count > 0)
        {
            plan.Contacts.Add(found);
            plan.Ecritures.Add(() =>
            {
                found.Write(fiche);
                (found.Actif, found.Version) = (actif, found.Version + 1);
            });
        }
    }

    private void ReadLieu(Plan plan, Ligne line, List<Lieu> lieux, CommunesConnues communes, Dictionary<object, int> seen, int etablissement)
    {
        var (found, known) = Find(plan, line, lieux, l => l.Id, l => true, l => Same(l.Nom, line["nom"]));
        if (!known) return;
        var before = found?.ToFiche() ?? new FicheLieu();
        var commune = before.Commune;
        if (line.Has("commune"))
        {
            var town = communes.Find(line["commune"], line.Or("code_postal", before.CodePostal));
            if (town is null && line["commune"] is not null)
            {
                plan.Fautes.Add(line.Fault("commune", "La commune n’est pas dans la liste officielle.", "Écrivez son nom officiel et son code postal, ou son code INSEE."));
                return;
            }

            commune = town is null ? Codes.Aucun : [town.CodeInsee];
        }

        var fiche = new FicheLieu
        {
            Nom = line.Or("nom", before.Nom),
            Voie = line.Or("voie", before.Voie),
            Commune = commune,
            CodePostal = line.Or("code_postal", before.CodePostal),
            Latitude = line.Number("latitude", before.Latitude, plan.Fautes),
            Longitude = line.Number("longitude", before.Longitude, plan.Fautes),
            AccesHandicapes = line.Or("acces_handicapes", before.AccesHandicapes),
            Restauration = line.Or("restauration", before.Restauration),
            Hebergement = line.Or("hebergement", before.Hebergement),
            Transport = line.Or("transport", before.Transport),
        };
        if (found is { EstPrincipal: true } && fiche != fiche.At(found))
        {
            plan.Fautes.Add(line.Fault("nom", "Le lieu « Principal » garde son nom et l’adresse de l’établissement.", "Changez l’adresse dans la fiche de l’établissement, et laissez-la ici telle qu’elle est."));
            return;
        }

        var contexte = new Contexte { Aujourdhui = clock.Today(), Libelles = communes.Libelles };
        if (!Judge(plan, line, fiche, contexte) || !IsFirst(plan, line, seen, Texte.Fold(fiche.Nom))) return;
        if (lieux.Exists(l => l != found && Same(l.Nom, fiche.Nom)))
        {
            plan.Fautes.Add(line.Fault("nom", "Un autre lieu de l’établissement porte ce nom.", "Donnez-lui un autre nom."));
            return;
        }

        var actif = line.State(plan.Fautes) ?? found?.Actif ?? true;
        if (!actif && found is { EstPrincipal: true })
        {
            plan.Fautes.Add(line.Fault("actif", "Le lieu « Principal » reste actif.", "Écrivez O."));
            return;
        }

        var adresse = FichesDeGestion.Address(fiche.Voie, fiche.CodePostal, communes.ByCode(fiche.Commune[0]));
        if (found is { EstPrincipal: true }) adresse = found.Adresse;
        fiche = fiche with { CodePostal = adresse.CodePostal };
        var changes = Changes(found is null ? null : before, fiche, found?.Actif, actif);
        plan.Add(line, found is null, fiche.Nom!, found?.Id ?? 0, changes);
        if (found is null)
        {
            var lieu = new Lieu { EtablissementNumero = etablissement, Nom = fiche.Nom!, Actif = actif };
            lieu.Write(fiche, adresse);
            plan.NouveauxLieux.Add(lieu);
        }
        else if (changes.Count > 0)
        {
            plan.Lieux.Add(found);
            plan.Ecritures.Add(() =>
            {
                found.Write(fiche, adresse);
                (found.Actif, found.Version) = (actif, found.Version + 1);
            });
        }
    }

    /// <summary>The row that a line is about: by its number, else by its name when a single active one has it.</summary>
    private static (TRow? Row, bool Known) Find<TRow>(Plan plan, Ligne line, List<TRow> rows, Func<TRow, int> number, Func<TRow, bool> active, Func<TRow, bool> named)
        where TRow : class
    {
        if (line["numero"] is { } text)
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && rows.Find(row => number(row) == asked) is { } found) return (found, true);
            plan.Fautes.Add(line.Fault("numero", "Ce numéro n’est pas de cet établissement.", "Laissez la case vide pour créer."));
            return (null, false);
        }

        var same = rows.Where(row => named(row) && active(row)).ToList();
        if (same.Count <= 1) return (same.FirstOrDefault(), true);
        plan.Fautes.Add(line.Fault("nom", "Plusieurs contacts portent ce nom.", "Indiquez le numéro de celui que la ligne change."));
        return (null, false);
    }

    private static bool Judge(Plan plan, Ligne line, object fiche, Contexte contexte)
    {
        var faults = GestionService.Faults(fiche, contexte);
        plan.Fautes.AddRange(faults.Select(constat => line.Fault(constat)));
        return faults.Count == 0;
    }

    private static bool IsFirst(Plan plan, Ligne line, Dictionary<object, int> seen, object key)
    {
        if (seen.TryAdd(key, line.Numero)) return true;
        plan.Fautes.Add(line.Fault("nom", $"La ligne {seen[key]} dit déjà le même.", "Gardez-en une."));
        return false;
    }

    private static IReadOnlyList<Changement> Changes<TFiche>(TFiche? before, TFiche after, bool? wasActive, bool active)
        where TFiche : class => wasActive is { } was && was != active
        ? [.. Changement.Between(before, after), new Changement("Actif", was ? "O" : "N", active ? "O" : "N")]
        : Changement.Between(before, after);

    private static bool Same(string? one, string? other) => Texte.Fold(one) == Texte.Fold(other);

    private static string TypeOf(string text)
    {
        var folded = Texte.Fold(text.Trim());
        return Listes.TypesContact.Valeurs.FirstOrDefault(v => v.Code == folded || Texte.Fold(v.Libelle) == folded)?.Code ?? text.Trim();
    }

    /// <summary>The communes of the départements that the file names, and those of the places it changes: one query.</summary>
    private async Task<CommunesConnues> CommunesAsync(IReadOnlyList<Ligne> lines, List<Lieu> lieux, CancellationToken cancellation)
    {
        var departements = lines.Select(line => line["code_postal"] ?? line["commune"]).OfType<string>().SelectMany(DepartementsOf).Distinct().ToList();
        var codes = lines.Select(line => line["commune"]).Concat(lieux.Select(l => l.Adresse.CodeInsee)).OfType<string>().Distinct().ToList();
        return new CommunesConnues(await db.Set<Commune>().AsNoTracking().Where(c => departements.Contains(c.Departement) || codes.Contains(c.CodeInsee) || codes.Contains(c.Nom))
            .ToListAsync(cancellation));

        static IEnumerable<string> DepartementsOf(string postal) =>
            postal.Length < 5 || !char.IsAsciiDigit(postal[0]) || !char.IsAsciiDigit(postal[1]) ? []
            : postal.StartsWith("20", StringComparison.Ordinal) ? ["2A", "2B"] : postal.StartsWith("97", StringComparison.Ordinal) ? [postal[..3]] : [postal[..2]];
    }

    /// <summary>What a file does, and the writes that do it.</summary>
    private sealed class Plan
    {
        private readonly List<LigneImport> lignes = [];

        public List<FileFault> Fautes { get; } = [];

        public List<Action> Ecritures { get; } = [];

        public List<Contact> Contacts { get; } = [];

        public List<Contact> NouveauxContacts { get; } = [];

        public List<Lieu> Lieux { get; } = [];

        public List<Lieu> NouveauxLieux { get; } = [];

        public ApercuImport Apercu => new(lignes, Fautes);

        public void Add(Ligne line, bool isNew, string name, int number, IReadOnlyList<Changement> changes) =>
            lignes.Add(new LigneImport(line.Feuille, line.Numero, name, number, isNew ? IssueLigne.Creee : changes.Count > 0 ? IssueLigne.Modifiee : IssueLigne.Inchangee, changes));
    }

    /// <summary>Communes found by name and postal code, or by INSEE code.</summary>
    private sealed class CommunesConnues(IReadOnlyList<Commune> communes)
    {
        public Libelles Libelles { get; } = new(new Dictionary<ListeOuverte, IReadOnlyDictionary<string, string>>
        {
            [ListeOuverte.Communes] = communes.ToDictionary(c => c.CodeInsee, GestionService.Label),
        });

        public Commune ByCode(string code) => communes.First(c => c.CodeInsee == code);

        public Commune? Find(string? text, string? postal)
        {
            if (text is null) return null;
            if (communes.FirstOrDefault(c => c.CodeInsee == text) is { } exact) return exact;
            var same = communes.Where(c => Words(c.Nom) == Words(text)).ToList();
            return same.Find(c => postal is not null && c.CodesPostaux.Contains(postal)) ?? (same.Count == 1 ? same[0] : null);
        }

        private static string Words(string name) => string.Join(' ', Texte.Words(name).Select(word => word switch { "st" => "saint", "ste" => "sainte", _ => word }));
    }

    /// <summary>A sheet whose columns are known.</summary>
    private sealed record Table(string Feuille, IReadOnlyList<Ligne> Lignes)
    {
        /// <summary>The table of a sheet; <c>null</c> for a sheet that is neither contacts nor places, or that holds nothing.</summary>
        public static Table? Of(Sheet sheet, List<FileFault> faults)
        {
            if (sheet.Lines.Count == 0) return null;
            var headers = sheet.Lines[0].Cells.Select(cell => string.Join('_', Texte.Words(cell))).ToList();
            var name = Texte.Fold(sheet.Name);
            if (!FichierOrganisme.Colonnes.ContainsKey(name))
            {
                if (!headers.Contains("nom")) return null;
                name = headers.Contains("commune") ? FichierOrganisme.FeuilleLieux : FichierOrganisme.FeuilleContacts;
            }

            if (!headers.Contains("nom"))
            {
                faults.Add(new FileFault(sheet.Name, sheet.Lines[0].Number, null, null, "Il manque la colonne « nom ».", "La première ligne porte le nom des colonnes ; partez du modèle."));
                return null;
            }

            if (headers.GroupBy(h => h).FirstOrDefault(g => g.Key.Length > 0 && g.Count() > 1) is { } twice)
            {
                faults.Add(new FileFault(sheet.Name, sheet.Lines[0].Number, twice.Key, null, "La colonne figure deux fois.", "Gardez-en une."));
                return null;
            }

            if (sheet.Lines.Count - 1 > FichierOrganisme.MostLines)
            {
                faults.Add(new FileFault(sheet.Name, null, null, null, $"La feuille a plus de {FichierOrganisme.MostLines} lignes.", "Découpez le fichier."));
                return null;
            }

            return new Table(name, [.. sheet.Lines.Skip(1).Select(line => new Ligne(name, line, headers))]);
        }
    }

    /// <summary>A line of a table, read by the name of its columns.</summary>
    private sealed class Ligne(string feuille, SheetLine line, IReadOnlyList<string> headers)
    {
        public string Feuille => feuille;

        public int Numero => line.Number;

        public string? this[string column] => Position(column) is >= 0 and var i && i < line.Cells.Count ? line.Cells[i] : null;

        public bool Has(string column) => headers.Contains(column);

        /// <summary>The text of a column, or the value in place when the file has no such column.</summary>
        public string? Or(string column, string? inPlace, Func<string, string>? read = null) => !Has(column) ? inPlace : this[column] is { } text ? read?.Invoke(text) ?? text : null;

        public decimal? Number(string column, decimal? inPlace, List<FileFault> faults)
        {
            if (!Has(column)) return inPlace;
            if (this[column] is not { } text) return null;
            if (decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return number;
            faults.Add(Fault(column, "Ce n’est pas un nombre.", "Écrivez-le en degrés, par exemple 47,218371."));
            return inPlace;
        }

        /// <summary>Offered or not, O or N; <c>null</c> when the file does not say.</summary>
        public bool? State(List<FileFault> faults)
        {
            switch (Texte.Fold(this["actif"]))
            {
                case "":
                    return null;
                case "o" or "oui" or "1":
                    return true;
                case "n" or "non" or "0":
                    return false;
                default:
                    faults.Add(Fault("actif", "On attend O ou N.", "Écrivez O pour proposer, N pour désactiver."));
                    return null;
            }
        }

        public FileFault Fault(string column, string message, string remedy) => new(feuille, Numero, column, this[column], message, remedy);

        /// <summary>A broken rule, on the column of its field: what is wrong, then its remedy.</summary>
        public FileFault Fault(Constat constat)
        {
            var column = FichierOrganisme.Colonnes[feuille].First(c => c.Champ == constat.Champ!.Nom).Colonne;
            var rest = constat.Message[(constat.Champ!.Libelle.Length + 3)..];
            var parts = rest.Split(" ; ", 2);
            return new FileFault(feuille, Numero, column, this[column], parts.Length == 2 ? Upper(parts[0]) + "." : "La valeur manque.", Upper(parts[^1]));
        }

        private int Position(string column) => headers.ToList().IndexOf(column);

        private static string Upper(string text) => char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];
    }
}
