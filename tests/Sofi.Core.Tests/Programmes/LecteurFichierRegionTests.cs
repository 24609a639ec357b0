using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sofi.Core.Programmes;

namespace Sofi.Core.Tests.Programmes;

public class LecteurFichierRegionTests
{
    private static readonly FichierEssai Correct = FichierEssai.Correct("PE");

    public static TheoryData<string> Containers => ["zip", "zip-1252", "zip-bom", "xlsx"];

    [Theory, MemberData(nameof(Containers))]
    public void The_same_file_reads_the_same_in_every_container(string container)
    {
        var essai = FichierEssai.Correct("PE").AddProgrammation("PE_12;386;10/03/2025;28/03/2025;Nantes;12;BC 1")
            .Replace("lots", "Création", "Œuvre d’été à 5 €");
        var (fichier, faults) = LecteurFichierRegion.Read(container switch
        {
            "zip-1252" => essai.Zip(CodePagesEncodingProvider.Instance.GetEncoding(1252)!),
            "zip-bom" => essai.Zip(new BomUtf8(), "\n"),
            "xlsx" => essai.Xlsx(),
            _ => essai.Zip(),
        });
        Assert.Empty(faults);
        var lot = Assert.Single(fichier!.Lots);
        Assert.Equal(("PE_12", "Lot 12 - Œuvre d’été à 5 €", "PE", "4259", "386", false, 40, "44"),
            (lot.Numero, lot.Intitule, lot.CodeProgramme, lot.IdActionCr, lot.CodeMandataireCr, lot.ForfaitRecrutement, lot.NbPlaces, lot.Departement));
        Assert.Equal(["93561"], lot.CodesCertifinfo);
        Assert.Equal(2025, Assert.Single(fichier.Programmes).Annee);
        Assert.Equal(FichierEssai.Siret("PE", 1), fichier.Mandataires["386"]);
        Assert.Equal(new LigneProgrammation(2, "PE_12", "386", new(2025, 3, 10), new(2025, 3, 28), "Nantes", 12, "BC 1"),
            Assert.Single(fichier.Programmation!));
        Assert.Equal("Angers", fichier.Organismes[FichierEssai.Siret("PE", 2)].Commune);
    }

    [Fact]
    public void Columns_are_found_by_header_whatever_their_order_case_and_accents()
    {
        var essai = new FichierEssai()
            .Remove("programmes").Add("programmes", "Année;INTITULÉ;Publics;Code programme;code-dispositif", "2025;Pass;80006|80007;PE;8")
            .Add("mandataires", $"386;{FichierEssai.Siret("PE", 1)};OF;;;;;;");
        var (fichier, faults) = LecteurFichierRegion.Read(essai.Zip());
        Assert.All(faults, fault => Assert.False(fault.Blocking));
        Assert.Equal(["80006", "80007"], Assert.Single(fichier!.Programmes).Publics);
    }

    [Fact]
    public void Blank_lines_and_unknown_sheets_are_passed_over_the_latter_with_a_warning()
    {
        var (fichier, faults) = LecteurFichierRegion.Read(FichierEssai.Correct("PE").Add("lots", ";;;;;;;;", "").Add("Lisez-moi", "bonjour").Zip());
        Assert.Single(fichier!.Lots);
        var warning = Assert.Single(faults);
        Assert.Equal(("Lisez-moi", false), (warning.Sheet, warning.Blocking));
    }

    /// <summary>Sheet, text replaced, replacement, then where the fault is told and the words it must hold.</summary>
    public static TheoryData<string, string, string, string, int?, string?, string> Mistakes => new()
    {
        { "programmes", ";2025;", ";25;", "programmes", 2, "annee", "2000 à 2100" },
        { "programmes", ";2025;", ";;", "programmes", 2, "annee", "manque" },
        { "programmes", ";8;", ";huit;", "programmes", 2, "code_dispositif", "nombre" },
        { "programmes", "80006", "80006,80007", "programmes", 2, "publics", "barre" },
        { "programmes", "80006", "15054", "programmes", 2, "publics", "Formacode 8xxxx" },
        { "programmes", "publics", "public", "programmes", 1, "public", "n’est pas attendue" },
        { "programmes", "publics", "public", "programmes", 1, "publics", "manque" },
        { "programmes", "publics", "annee", "programmes", 1, "annee", "double" },
        { "programmes", ";intitule;", ";;", "programmes", 1, null, "n’a pas d’en-tête" },
        { "programmes", ";", ",", "programmes", 1, null, "points-virgules" },
        { "lots", ";N;", ";X;", "lots", 2, "forfait_recrutement", "O (oui) ou N (non)" },
        { "lots", ";N;", ";;", "lots", 2, "forfait_recrutement", "O (oui) ou N (non)" },
        { "lots", ";40;", ";quarante;", "lots", 2, "nb_places", "nombre entier" },
        { "lots", ";40;", ";-4;", "lots", 2, "nb_places", "nombre entier" },
        { "lots", ";40;", ";=20*2;", "lots", 2, "G", "formule" },
        { "lots", ";40;", ";#REF!;", "lots", 2, "G", "formule" },
        { "lots", ";44;", ";4;", "lots", 2, "departement", "44 ou 2A" },
        { "lots", ";PE;", ";PF;", "lots", 2, "code_programme", "feuille programmes" },
        { "lots", ";386;", ";999;", "lots", 2, "code_mandataire_cr", "feuille mandataires" },
        { "lots", "93561", "93561;93562", "lots", 2, "J", "déborde" },
        { "lots", "93561", "RNCP1", "lots", 2, "codes_certifinfo", "des chiffres" },
        { "lots", "PE_12;", ";", "lots", 2, "numero_lot", "manque" },
        { "lots", "Lot 12 - Création", "\"Lot\" 12", "lots", 2, null, "guillemets" },
        { "mandataires", "386;", "386;1", "mandataires", 2, "siret", "clé de contrôle" },
        { "mandataires", ";44000;", ";4400;", "mandataires", 2, "code_postal", "cinq chiffres" },
        { "mandataires", "contact@mandataire.test", "contact arobase", "mandataires", 2, "courriel", "nom@organisme.fr" },
        { "mandataires", "02 61 91 00 01", "demander à Anne", "mandataires", 2, "telephone", "téléphone" },
        { "formateurs", "PE_12;386", "PE_13;386", "formateurs", 2, "numero_lot", "n’a pas ce lot" },
        { "formateurs", "PE_12;386", "PE_12;", "formateurs", 2, "code_mandataire_cr", "manque" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_with_sheet_line_column_value_and_remedy(
        string sheet, string text, string by, string where, int? line, string? column, string words)
    {
        var (fichier, faults) = LecteurFichierRegion.Read(FichierEssai.Correct("PE").Replace(sheet, text, by).Zip());
        Assert.Null(fichier);
        Assert.Contains(faults, f => f.Blocking && f.Sheet == where && f.Line == line && f.Column == column && f.Remedy.Length > 0
            && $"{f.Message} {f.Remedy}".Contains(words, StringComparison.Ordinal));
    }

    /// <summary>Sheet, line added, column and line of the fault, words it must hold.</summary>
    public static TheoryData<string, string, int, string, string> Additions => new()
    {
        { "programmes", "PE;Autre;2025;8;", 3, "code_programme", "déjà" },
        { "mandataires", $"386;{FichierEssai.Siret("PE", 3)};AUTRE;;;;;;", 3, "code_cr", "déjà" },
        { "lots", "PE_12;Lot 12 - Création;PE;4260;386;N;;;", 3, "numero_lot", "déjà" },
        { "formateurs", $"PE_12;386;{FichierEssai.Siret("PE", 2)};FORMATEUR PE (EXEMPLE);;;;;;", 3, "siret", "déjà" },
    };

    [Theory, MemberData(nameof(Additions))]
    public void A_line_given_twice_is_refused(string sheet, string added, int line, string column, string words)
    {
        var (fichier, faults) = LecteurFichierRegion.Read(FichierEssai.Correct("PE").Add(sheet, added).Zip());
        Assert.Null(fichier);
        var fault = Assert.Single(faults, f => f.Blocking);
        Assert.Equal((sheet, line, column), (fault.Sheet, fault.Line, fault.Column));
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lines_of_a_lot_agree_on_its_intitule_and_programme()
    {
        var essai = FichierEssai.Correct("PE")
            .Add("mandataires", $"387;{FichierEssai.Siret("PE", 3)};SECOND;;;;;;").Add("programmes", "PF;Autre;2025;8;")
            .Add("lots", "PE_12;Lot douze;PF;4260;387;N;;;");
        var (_, faults) = LecteurFichierRegion.Read(essai.Zip());
        Assert.Equal(["intitule", "code_programme"], faults.Where(f => f.Blocking).Select(f => f.Column));
        Assert.All(faults, f => Assert.Equal(3, f.Line));
    }

    [Theory]
    [InlineData("10/03/2024;28/03/2025;Nantes", "date_debut", "l’année du programme, 2025")]
    [InlineData("10/03/2025;28/02/2025;Nantes", "date_fin", "précède")]
    [InlineData("2025-03-10;28/03/2025;Nantes", "date_debut", "JJ/MM/AAAA")]
    [InlineData("32/13/2025;28/03/2025;Nantes", "date_debut", "JJ/MM/AAAA")]
    [InlineData(";28/03/2025;Nantes", "date_debut", "JJ/MM/AAAA")]
    [InlineData("10/03/2025;28/03/2025;", "commune", "manque")]
    public void A_programmed_session_has_dates_of_the_programmes_year(string line, string column, string words)
    {
        var (fichier, faults) = LecteurFichierRegion.Read(FichierEssai.Correct("PE").AddProgrammation($"PE_12;386;{line};12;").Zip());
        Assert.Null(fichier);
        var fault = Assert.Single(faults, f => f.Blocking);
        Assert.Equal(("programmation", 2, column), (fault.Sheet, fault.Line, fault.Column));
        Assert.Contains(words, $"{fault.Message} {fault.Remedy}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_programmed_twice_is_refused_and_too_many_seats_are_told()
    {
        var (_, twice) = LecteurFichierRegion.Read(FichierEssai.Correct("PE").AddProgrammation("PE_12;386;10/03/2025;28/03/2025;Nantes;12;",
            "PE_12;386;10/03/2025;29/03/2025;NANTES;12;").Zip());
        Assert.Equal(3, Assert.Single(twice, f => f.Blocking).Line);
        var (fichier, many) = LecteurFichierRegion.Read(FichierEssai.Correct("PE").AddProgrammation("PE_12;386;10/03/2025;28/03/2025;Nantes;41;").Zip());
        Assert.NotNull(fichier);
        Assert.Contains("40 places", Assert.Single(many).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_nda_is_only_a_warning_and_is_not_kept()
    {
        var (fichier, faults) = LecteurFichierRegion.Read(FichierEssai.Correct("PE").Replace("mandataires", "52449990044", "52 44 99").Zip());
        Assert.Null(fichier!.Organismes[FichierEssai.Siret("PE", 1)].Nda);
        Assert.Equal("nda", Assert.Single(faults).Column);
    }

    [Fact]
    public void An_organisation_named_twice_is_one_and_its_differences_are_told()
    {
        var siret = FichierEssai.Siret("PE", 1);
        var (fichier, faults) = LecteurFichierRegion.Read(FichierEssai.Correct("PE")
            .Add("formateurs", $"PE_12;386;{siret[..3]} {siret[3..]};Mandataire PE (exemple);;9 rue d’Ailleurs;;;;02 40 00 00 00").Zip());
        Assert.Equal("1 rue de l’Exemple", fichier!.Organismes[siret].Voie);
        Assert.Equal(["adresse", "telephone"], faults.Select(f => f.Column));
        Assert.Equal(2, fichier.Formateurs.Count);
    }

    [Fact]
    public void A_missing_sheet_is_told_with_its_columns()
    {
        var (_, faults) = LecteurFichierRegion.Read(FichierEssai.Correct("PE").Remove("mandataires").Zip());
        Assert.Contains("raison_sociale", Assert.Single(faults, f => f.Sheet == "mandataires").Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Markup_and_control_characters_never_pass()
    {
        var (fichier, _) = LecteurFichierRegion.Read(FichierEssai.Correct("PE").Replace("lots", "Création", "<b>Créa</b>\u0007tion\u2028 \U0001F600").Zip());
        Assert.Equal("Lot 12 - Création", Assert.Single(fichier!.Lots).Intitule);
    }

    [Fact]
    public void Any_damage_to_a_file_gives_faults_never_an_exception()
    {
        byte[][] files = [Correct.Zip(), Correct.Xlsx()];
        Prop.ForAll(
            ArbMap.Default.ArbFor<(NonNegativeInt Position, byte Value, bool Cut)[]>(),
            damages =>
            {
                foreach (var original in files)
                {
                    var file = (byte[])original.Clone();
                    foreach (var (position, value, cut) in damages)
                    {
                        var at = position.Get * 7919 % file.Length;
                        if (cut && file.Length > 100) file = file[..Math.Max(100, at)];
                        else file[at % file.Length] = value;
                    }

                    var (fichier, faults) = LecteurFichierRegion.Read(file);
                    if (fichier is null && !faults.Any(f => f.Blocking)) return false;
                }

                return true;
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_text_in_a_cell_gives_a_file_or_a_fault_never_an_exception()
    {
        var columns = LecteurFichierRegion.Colonnes["lots"];
        Prop.ForAll(
            ArbMap.Default.ArbFor<string?[]>(),
            cells =>
            {
                var line = string.Join(';', columns.Select((_, i) => i < cells.Length ? cells[i]?.Replace('\0', ' ') : ""));
                var (fichier, faults) = LecteurFichierRegion.Read(FichierEssai.Correct("PE").Add("lots", line).Zip());
                return fichier is not null || faults.Any(f => f.Blocking);
            }).QuickCheckThrowOnFailure();
    }

    private sealed class BomUtf8 : UTF8Encoding
    {
        public override byte[] GetBytes(string s) => [.. Preamble, .. base.GetBytes(s)];
    }
}
