using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;
using Sofi.Core.Data;
using Sofi.Core.Organismes;

namespace Sofi.Core.Programmes;

/// <summary>
/// Reads the Région's file (<c>docs/fichier-region.md</c>): sheets and columns by name, one value after the other, then what the lines say of
/// each other. Says all that is wrong at once, with sheet, line, column, value and remedy. It never looks into the base.
/// </summary>
public static partial class LecteurFichierRegion
{
    private const int MaxFaults = 500;

    private static readonly string[] Organisme = ["siret", "raison_sociale", "nda", "adresse", "code_postal", "commune", "courriel", "telephone"];

    /// <summary>The sheets and their columns, as the Région writes them.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Colonnes = new Dictionary<string, IReadOnlyList<string>>
    {
        ["programmes"] = ["code_programme", "intitule", "annee", "code_dispositif", "publics"],
        ["lots"] =
        [
            "numero_lot", "intitule", "code_programme", "id_action_cr", "code_mandataire_cr",
            "forfait_recrutement", "nb_places", "departement", "codes_certifinfo",
        ],
        ["mandataires"] = ["code_cr", .. Organisme],
        ["formateurs"] = ["numero_lot", "code_mandataire_cr", .. Organisme],
        ["programmation"] = ["numero_lot", "code_mandataire_cr", "date_debut", "date_fin", "commune", "nb_places", "bon_de_commande"],
    };

    /// <summary>Reads a file.</summary>
    /// <returns>The file, <c>null</c> as soon as a fault blocks; the faults and warnings.</returns>
    public static (FichierRegion? Fichier, IReadOnlyList<FileFault> Fautes) Read(byte[] file)
    {
        Workbook workbook;
        try
        {
            workbook = Workbook.Read(file);
        }
        catch (FileRefusedException e)
        {
            return (null, [e.Fault]);
        }

        var faults = new List<FileFault>(workbook.Faults);
        var sheets = Sheets(workbook, faults);
        if (sheets.Count == 0) return (null, faults);
        var fichier = new Reading(sheets, faults).Run();
        var refused = faults.Any(fault => fault.Blocking);
        var shown = faults.OrderByDescending(fault => fault.Blocking).Take(MaxFaults).ToList();
        if (faults.Count > MaxFaults)
            shown.Add(new FileFault(null, null, null, null, $"{faults.Count - MaxFaults} autres anomalies ne sont pas montrées.",
                "Corrigez celles-ci, puis déposez de nouveau le fichier.", refused));
        return (refused ? null : fichier, shown);
    }

    /// <summary>The expected sheets with their columns found; empty when one of them cannot be read.</summary>
    private static Dictionary<string, Table> Sheets(Workbook workbook, List<FileFault> faults)
    {
        var tables = new Dictionary<string, Table>();
        var met = new HashSet<string>();
        var complete = true;
        foreach (var sheet in workbook.Sheets)
        {
            var name = TableReader.NormalizeHeader(sheet.Name);
            if (!Colonnes.TryGetValue(name, out var expected))
            {
                faults.Add(new FileFault(sheet.Name, null, null, null, "Cette feuille n’est pas attendue : elle n’est pas lue.",
                    $"Les feuilles lues sont : {string.Join(", ", Colonnes.Keys)}.", Blocking: false));
            }
            else if (!met.Add(name))
            {
                complete = false;
                faults.Add(new FileFault(sheet.Name, null, null, null, "Cette feuille existe en double.", "N’en gardez qu’une."));
            }
            else if (Open(name, sheet, expected, faults) is { } table)
            {
                tables[name] = table;
            }
            else
            {
                complete = false;
            }
        }

        foreach (var name in Colonnes.Keys.Where(name => name != "programmation" && !met.Contains(name)))
        {
            complete = false;
            faults.Add(new FileFault(name, null, null, null, "Cette feuille manque.", $"Ajoutez-la, avec les colonnes {string.Join("; ", Colonnes[name])}."));
        }

        return complete ? tables : [];
    }

    private static Table? Open(string name, Sheet sheet, IReadOnlyList<string> expected, List<FileFault> faults)
    {
        if (sheet.Lines.Count == 0)
        {
            faults.Add(new FileFault(name, null, null, null, "La feuille est vide : l’en-tête manque.",
                $"Écrivez les colonnes en première ligne : {string.Join("; ", expected)}."));
            return null;
        }

        var header = sheet.Lines[0];
        var columns = new Dictionary<string, int>();
        var readable = true;
        void Refuse(string? column, string message, string remedy)
        {
            readable = false;
            faults.Add(new FileFault(name, header.Number, column, null, message, remedy));
        }

        for (var i = 0; i < header.Cells.Count; i++)
        {
            if (header.Cells[i] is not { } title)
            {
                if (sheet.Lines.Any(line => i < line.Cells.Count && line.Cells[i] is not null))
                    Refuse(null, $"La colonne {i + 1} n’a pas d’en-tête.", "Donnez-lui le nom d’une colonne attendue, ou supprimez-la.");
                continue;
            }

            var key = TableReader.NormalizeHeader(title);
            if (!expected.Contains(key))
                Refuse(title, "Cette colonne n’est pas attendue.",
                    $"Supprimez-la, ou corrigez son nom. Colonnes attendues : {string.Join("; ", expected)}.");
            else if (!columns.TryAdd(key, i)) Refuse(title, "Cette colonne existe en double.", "N’en gardez qu’une.");
        }

        foreach (var missing in expected.Where(column => !columns.ContainsKey(column)))
        {
            if (readable || header.Cells.Count > 1) Refuse(missing, "Cette colonne manque.", "Ajoutez-la, même si ses cellules restent vides.");
        }

        foreach (var line in sheet.Lines.Where(line => line.Cells.Skip(header.Cells.Count).Any(cell => cell is not null)))
        {
            readable = false;
            faults.Add(new FileFault(name, line.Number, Workbook.Letters(header.Cells.Count), line.Cells[header.Cells.Count],
                "La ligne déborde de l’en-tête.",
                "Mettez entre guillemets un texte qui contient un point-virgule, ou supprimez la cellule de trop."));
        }

        if (header.Cells.Count == 1) Refuse(null, "Une seule colonne a été trouvée.", "Séparez les colonnes par des points-virgules.");
        return readable ? new Table(name, columns, sheet.Lines.Skip(1).ToList()) : null;
    }

    private static string Compact(string text) => text.Replace(" ", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?!20)(0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-8]|98[678])$")]
    private static partial Regex Departement();

    [GeneratedRegex(@"^\d{5}$")]
    private static partial Regex CinqChiffres();

    [GeneratedRegex(@"^\+?[0-9 .()-]{6,19}$")]
    private static partial Regex Telephone();

    private sealed record Table(string Name, IReadOnlyDictionary<string, int> Columns, IReadOnlyList<SheetLine> Lines);

    /// <summary>One line of a table: reads its values and notes what is wrong with them.</summary>
    private sealed class Line(Table table, SheetLine line, List<FileFault> faults)
    {
        public int Number => line.Number;

        /// <summary>True once a value of the line was refused: the line is not taken.</summary>
        public bool Refused { get; private set; }

        public string? Raw(string column) => table.Columns[column] is var i && i < line.Cells.Count ? line.Cells[i] : null;

        public void Refuse(string? column, string message, string remedy)
        {
            Refused = true;
            Note(column, message, remedy, blocking: true);
        }

        public void Warn(string? column, string message, string remedy) => Note(column, message, remedy, blocking: false);

        public string Required(string column, int length) => Optional(column, length) ?? Missing(column, "Complétez la cellule.");

        public string? Optional(string column, int length)
        {
            var text = Raw(column);
            if (text?.Length > length) Refuse(column, $"La valeur dépasse {length} caractères.", "Raccourcissez-la.");
            return text;
        }

        public int? Number32(string column, int min, int max)
        {
            if (Raw(column) is not { } text) return null;
            if (int.TryParse(Compact(text), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;
            Refuse(column, "Ce n’est pas un nombre attendu.", $"Écrivez un nombre entier de {min} à {max}.");
            return null;
        }

        public int RequiredNumber(string column, int min, int max)
        {
            if (Raw(column) is null) Missing(column, $"Écrivez un nombre entier de {min} à {max}.");
            return Number32(column, min, max) ?? 0;
        }

        public DateOnly RequiredDate(string column)
        {
            if (Raw(column) is not { } text) Missing(column, "Écrivez la date sous la forme JJ/MM/AAAA.");
            else if (DateOnly.TryParseExact(text, "dd/MM/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
            else Refuse(column, "Ce n’est pas une date.", "Écrivez la date sous la forme JJ/MM/AAAA.");
            return default;
        }

        public bool YesNo(string column)
        {
            switch (Texte.Fold(Raw(column)))
            {
                case "o" or "oui": return true;
                case "n" or "non": return false;
                case "": Missing(column, "Écrivez O (oui) ou N (non)."); break;
                default: Refuse(column, "Ce n’est ni O ni N.", "Écrivez O (oui) ou N (non)."); break;
            }

            return false;
        }

        public Codes List(string column, int max, Func<string, bool> valid, string expected)
        {
            var codes = Codes.Parse(Raw(column));
            if (!codes.All(valid)) Refuse(column, $"Un code de la liste n’a pas la forme attendue ({expected}).", "Séparez les codes par une barre « | ».");
            if (codes.Count > max) Refuse(column, $"La liste compte plus de {max} codes.", "Retirez-en.");
            return codes;
        }

        private string Missing(string column, string remedy)
        {
            Refuse(column, "La valeur manque.", remedy);
            return "";
        }

        private void Note(string? column, string message, string remedy, bool blocking) =>
            faults.Add(new FileFault(table.Name, line.Number, column, column is null ? null : Raw(column), message, remedy, blocking));
    }

    /// <summary>One reading: what each sheet has given so far, so that the next ones can be checked against it.</summary>
    private sealed class Reading(Dictionary<string, Table> tables, List<FileFault> faults)
    {
        private readonly Dictionary<string, LigneProgramme> programmes = [];
        private readonly Dictionary<(string Numero, string Mandataire), LigneLot> lots = [];
        private readonly Dictionary<string, string> mandataires = [];
        private readonly Dictionary<string, LigneOrganisme> organismes = [];

        // What was named, well written or not: a reference to a faulty line is not a second fault.
        private readonly HashSet<string> namedProgrammes = [];
        private readonly HashSet<(string, string)> namedLots = [];
        private readonly HashSet<string> namedMandataires = [];
        private readonly HashSet<string> usedMandataires = [];

        public FichierRegion Run()
        {
            foreach (var line in LinesOf("programmes")) ReadProgramme(line);
            foreach (var line in LinesOf("mandataires")) ReadMandataire(line);
            foreach (var line in LinesOf("lots")) ReadLot(line);
            CheckLots();
            var formateurs = ReadFormateurs();
            var programmation = tables.ContainsKey("programmation") ? ReadProgrammation() : null;
            return new FichierRegion([.. programmes.Values], [.. lots.Values], mandataires, formateurs, programmation, organismes);
        }

        private IEnumerable<Line> LinesOf(string sheet) => tables[sheet].Lines.Select(line => new Line(tables[sheet], line, faults));

        private void ReadProgramme(Line line)
        {
            var programme = new LigneProgramme(
                line.Number, line.Required("code_programme", 40), line.Required("intitule", 255), line.RequiredNumber("annee", 2000, 2100),
                line.RequiredNumber("code_dispositif", 1, 99_999),
                line.List("publics", 10, code => CinqChiffres().IsMatch(code) && code[0] == '8', "Formacode 8xxxx"));
            if (programme.Code.Length > 0 && !namedProgrammes.Add(programme.Code))
                line.Refuse("code_programme", "Ce programme est déjà décrit plus haut.", "N’en gardez qu’une ligne.");
            if (!line.Refused) programmes.Add(programme.Code, programme);
        }

        private void ReadMandataire(Line line)
        {
            var code = line.Required("code_cr", 40);
            if (code.Length > 0 && !namedMandataires.Add(code))
                line.Refuse("code_cr", "Ce code est déjà donné à un mandataire plus haut.", "N’en gardez qu’une ligne.");
            var organisme = ReadOrganisme("mandataires", line);
            if (line.Refused) return;
            mandataires.Add(code, organisme.Siret);
            Merge(line, organisme);
        }

        private static LigneOrganisme ReadOrganisme(string sheet, Line line)
        {
            var organisme = new LigneOrganisme(
                sheet, line.Number, Compact(line.Required("siret", 30)), line.Required("raison_sociale", 255), Nda(line), line.Optional("adresse", 200),
                line.Optional("code_postal", 10), line.Optional("commune", 100), line.Optional("courriel", 254), line.Optional("telephone", 20));
            if (organisme.Siret.Length > 0 && !Identifiants.IsSiret(organisme.Siret))
                line.Refuse("siret", "Ce n’est pas un SIRET : 14 chiffres, dont la clé de contrôle est juste.",
                    "Vérifiez-le ; dans un tableur, mettez la colonne au format Texte.");
            if (organisme.CodePostal is { } postal && !CinqChiffres().IsMatch(postal))
                line.Refuse("code_postal", "Ce n’est pas un code postal.", "Écrivez cinq chiffres ; dans un tableur, mettez la colonne au format Texte.");
            if (organisme.Courriel is { } courriel && !IsCourriel(courriel))
                line.Refuse("courriel", "Ce n’est pas une adresse de courriel.", "Écrivez une seule adresse, telle que nom@organisme.fr.");
            if (organisme.Telephone is { } telephone && !Telephone().IsMatch(telephone))
                line.Refuse("telephone", "Ce n’est pas un numéro de téléphone.", "Écrivez un seul numéro, tel que 02 40 20 40 20.");
            return organisme;
        }

        private static bool IsCourriel(string text) =>
            MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal);

        /// <summary>The NDA without its spaces; one of another form is not kept, with a warning.</summary>
        private static string? Nda(Line line)
        {
            if (line.Raw("nda") is not { } text || Compact(text) is not { Length: > 0 } nda) return null;
            if (Identifiants.IsNda(nda)) return nda;
            line.Warn("nda", "Ce n’est pas un numéro de déclaration d’activité : il n’est pas repris.", "Écrivez ses 11 chiffres.");
            return null;
        }

        /// <summary>An organisation named several times is one: each value comes from the first line that gives it.</summary>
        private void Merge(Line line, LigneOrganisme given)
        {
            if (!organismes.TryGetValue(given.Siret, out var known))
            {
                organismes.Add(given.Siret, given);
                return;
            }

            string? Keep(string column, string? first, string? other)
            {
                if (first is not null && other is not null && Texte.Fold(first) != Texte.Fold(other))
                    line.Warn(column,
                        $"La feuille {known.Feuille}, ligne {known.Ligne}, donne « {first} » pour ce SIRET : c’est cette valeur qui est prise.",
                        "Écrivez la même valeur sur toutes les lignes de l’organisme.");
                return first ?? other;
            }

            organismes[given.Siret] = known with
            {
                RaisonSociale = Keep("raison_sociale", known.RaisonSociale, given.RaisonSociale)!,
                Nda = Keep("nda", known.Nda, given.Nda),
                Voie = Keep("adresse", known.Voie, given.Voie),
                CodePostal = Keep("code_postal", known.CodePostal, given.CodePostal),
                Commune = Keep("commune", known.Commune, given.Commune),
                Courriel = Keep("courriel", known.Courriel, given.Courriel),
                Telephone = Keep("telephone", known.Telephone, given.Telephone),
            };
        }

        private void ReadLot(Line line)
        {
            var lot = new LigneLot(
                line.Number, line.Required("numero_lot", 40), line.Required("intitule", 255), line.Required("code_programme", 40),
                line.Required("id_action_cr", 40), line.Required("code_mandataire_cr", 40), line.YesNo("forfait_recrutement"),
                line.Number32("nb_places", 0, 99_999), line.Optional("departement", 3),
                line.List("codes_certifinfo", 100, code => code.Length <= 9 && code.All(char.IsAsciiDigit), "des chiffres"));
            if (lot.Departement is { } departement && !Departement().IsMatch(departement))
                line.Refuse("departement", "Ce n’est pas un code de département.",
                    "Écrivez deux ou trois caractères, tels que 44 ou 2A ; dans un tableur, mettez la colonne au format Texte.");
            if (lot.CodeProgramme.Length > 0 && !namedProgrammes.Contains(lot.CodeProgramme))
                line.Refuse("code_programme", "Ce programme n’est pas dans la feuille programmes.", "Corrigez le code, ou ajoutez le programme.");
            if (lot.CodeMandataireCr.Length > 0 && !namedMandataires.Contains(lot.CodeMandataireCr))
                line.Refuse("code_mandataire_cr", "Ce mandataire n’est pas dans la feuille mandataires.", "Corrigez le code, ou ajoutez le mandataire.");
            usedMandataires.Add(lot.CodeMandataireCr);
            var key = (lot.Numero, lot.CodeMandataireCr);
            if (lot.Numero.Length > 0 && lot.CodeMandataireCr.Length > 0 && !namedLots.Add(key))
                line.Refuse("numero_lot", "Ce lot est déjà décrit plus haut pour ce mandataire.", "N’en gardez qu’une ligne par lot et mandataire.");
            if (!line.Refused) lots.Add(key, lot);
        }

        /// <summary>The lines of one lot, one for each mandataire, must say the same of the lot itself.</summary>
        private void CheckLots()
        {
            foreach (var lines in lots.Values.GroupBy(lot => lot.Numero))
            {
                var first = lines.First();
                foreach (var other in lines.Skip(1))
                {
                    if (other.Intitule != first.Intitule) RefuseOther(other, "intitule", other.Intitule, first.Intitule);
                    if (other.CodeProgramme != first.CodeProgramme) RefuseOther(other, "code_programme", other.CodeProgramme, first.CodeProgramme);
                }

                void RefuseOther(LigneLot other, string column, string value, string expected) => faults.Add(new FileFault(
                    "lots", other.Ligne, column, value, $"La ligne {first.Ligne} donne « {expected} » pour le même lot.",
                    "Écrivez la même valeur sur toutes les lignes du lot."));
            }

            foreach (var line in LinesOf("mandataires"))
            {
                if (line.Raw("code_cr") is { } code && mandataires.ContainsKey(code) && !usedMandataires.Contains(code))
                    line.Warn("code_cr", "Ce mandataire n’a aucun lot.", "Vérifiez le code, ou retirez la ligne.");
            }
        }

        private List<LigneFormateur> ReadFormateurs()
        {
            var formateurs = new List<LigneFormateur>();
            var seen = new HashSet<(string, string, string)>();
            foreach (var line in LinesOf("formateurs"))
            {
                var (numero, mandataire) = LotOf(line);
                var organisme = ReadOrganisme("formateurs", line);
                if (!line.Refused && !seen.Add((numero, mandataire, organisme.Siret)))
                    line.Refuse("siret", "Ce formateur est déjà donné plus haut pour ce lot et ce mandataire.", "N’en gardez qu’une ligne.");
                if (line.Refused) continue;
                formateurs.Add(new LigneFormateur(line.Number, numero, mandataire, organisme.Siret));
                Merge(line, organisme);
            }

            return formateurs;
        }

        private List<LigneProgrammation> ReadProgrammation()
        {
            var lines = new List<LigneProgrammation>();
            var seen = new HashSet<(string, string, DateOnly, string)>();
            foreach (var line in LinesOf("programmation"))
            {
                var (numero, mandataire) = LotOf(line);
                var ordered = new LigneProgrammation(
                    line.Number, numero, mandataire, line.RequiredDate("date_debut"), line.RequiredDate("date_fin"), line.Required("commune", 100),
                    line.Number32("nb_places", 1, 99_999), line.Optional("bon_de_commande", 80));
                if (line.Refused) continue;
                if (ordered.DateFin < ordered.DateDebut) line.Refuse("date_fin", "La date de fin précède la date de début.", "Corrigez l’une des deux.");
                if (YearOf(numero, mandataire) is { } year && ordered.DateDebut.Year != year)
                    line.Refuse("date_debut", $"La session doit commencer dans l’année du programme, {year}.",
                        "Corrigez la date, ou déplacez la ligne dans le fichier de son année.");
                if (!seen.Add((numero, mandataire, ordered.DateDebut, Texte.Fold(ordered.Commune))))
                    line.Refuse("date_debut", "Cette session est déjà donnée plus haut : même lot, même mandataire, même date, même commune.",
                        "N’en gardez qu’une ligne, avec le total des places.");
                if (!line.Refused) lines.Add(ordered);
            }

            foreach (var group in lines.GroupBy(line => (line.NumeroLot, line.CodeMandataireCr)))
            {
                if (lots.TryGetValue(group.Key, out var lot) && lot.NbPlaces is { } quota
                    && group.Sum(line => (long)(line.NbPlaces ?? 0)) is var ordered && ordered > quota)
                {
                    faults.Add(new FileFault("programmation", group.First().Ligne, "nb_places", ordered.ToString(CultureInfo.InvariantCulture),
                        $"Les sessions programmées du lot {lot.Numero} pour le mandataire {lot.CodeMandataireCr} dépassent ses {quota} places.",
                        "Vérifiez les places du lot et de ses sessions.", Blocking: false));
                }
            }

            return lines;
        }

        private (string Numero, string Mandataire) LotOf(Line line)
        {
            var key = (line.Required("numero_lot", 40), line.Required("code_mandataire_cr", 40));
            if (key.Item1.Length > 0 && key.Item2.Length > 0 && !namedLots.Contains(key))
                line.Refuse("numero_lot", $"La feuille lots n’a pas ce lot pour le mandataire {key.Item2}.",
                    "Corrigez le numéro du lot ou le code du mandataire.");
            return key;
        }

        private int? YearOf(string numero, string mandataire) =>
            lots.TryGetValue((numero, mandataire), out var lot) && programmes.TryGetValue(lot.CodeProgramme, out var programme) ? programme.Annee : null;
    }
}
