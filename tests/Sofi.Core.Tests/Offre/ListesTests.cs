using System.Reflection;
using CsvHelper;
using Sofi.Core.Offre;
using Sofi.Testing;

namespace Sofi.Core.Tests.Offre;

/// <summary>The closed lists against the official tables that Sofi ships.</summary>
public class ListesTests
{
    /// <summary>Codes of a LHÉO table that a list leaves out on purpose.</summary>
    private static readonly Dictionary<string, string[]> LeftOut = new()
    {
        // "Code(s) obsolète(s)" names no objective (decision 43).
        ["dict-AIS"] = ["1"],
    };

    private static readonly IReadOnlyDictionary<string, Liste> Lists = typeof(Listes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.FieldType == typeof(Liste)).ToDictionary(field => field.Name, field => (Liste)field.GetValue(null)!);

    [Fact]
    public void A_LHEO_list_holds_the_codes_of_its_table_and_no_other()
    {
        var tables = Read("lheo/tables.csv").ToLookup(line => line["table"], line => line["code"]);
        foreach (var (name, list) in Lists.Where(entry => entry.Value.TableLheo is not null))
        {
            var left = LeftOut.GetValueOrDefault(list.TableLheo!, []);
            var own = list.Valeurs.Select(v => v.Code).Where(code => code != Listes.ParcoursInconnu);
            Assert.True(tables[list.TableLheo!].Except(left).Order().SequenceEqual(own.Order()), $"{name} is not {list.TableLheo}.");
        }
    }

    [Fact]
    public void A_Formacode_of_a_list_is_one_of_those_shipped()
    {
        var shipped = Read("formacode/formacode-modalites-pedagogiques-v10.csv").ToLookup(line => line["groupe"], line => line["code"]);
        // The head of each group is no choice of its own.
        Assert.Equal(
            shipped["Périodes de formation"].Except(["96410"]).Order(), Listes.PeriodesFormation.Valeurs.Select(v => v.Code).Order());
        Assert.Equal(
            shipped["Modalités pédagogiques"].Except(["96121"]).Order(),
            Listes.ModalitesPedagogiques.Valeurs.Select(v => v.Code).Except([Listes.EnEtablissement, Listes.EnEntreprise]).Order());
    }

    [Fact]
    public void A_code_stands_once_in_its_list()
    {
        Assert.All(Lists.Values, list => Assert.Equal(list.Valeurs.Length, list.Valeurs.Select(v => v.Code).Distinct().Count()));
        Assert.All(Lists.Values, list => Assert.Equal(
            list.Valeurs.Count(v => v.Propose), list.Valeurs.Where(v => v.Propose).Select(v => v.Libelle).Distinct().Count()));
    }

    [Fact]
    public void The_codes_that_the_code_reads_are_in_their_lists()
    {
        var constants = typeof(Listes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral);
        Assert.All(constants, field => Assert.Contains(Lists.Values, list => list.Contains((string)field.GetRawConstantValue()!)));
        Assert.All(Listes.ModalitesADistance, code => Assert.True(Listes.ModalitesPedagogiques.Contains(code)));
        Assert.Equal("Sans niveau spécifique", Listes.Niveaux.Libelle(Listes.SansNiveau));
        Assert.Equal("Ouvert", Listes.EtatRecrutement.Libelle(Listes.RecrutementOuvert));
        Assert.Equal("Fermé", Listes.EtatRecrutement.Libelle(Listes.RecrutementFerme));
        Assert.Equal("Information collective", Listes.ModalitesRecrutement.Libelle(Listes.InformationCollective));
        Assert.Equal("Certification", Listes.ObjectifGeneral.Libelle(Listes.ObjectifCertification));
        Assert.Equal("En alternance", Listes.ModalitesPedagogiques.Libelle(Listes.EnAlternance));
        Assert.Equal("Formation en présentiel", Listes.ModalitesEnseignement.Libelle(Listes.EnPresentiel));
        Assert.Equal("Formation entièrement à distance", Listes.ModalitesEnseignement.Libelle(Listes.ADistance));
    }

    [Fact]
    public void What_is_unknown_counts_as_empty_and_old_levels_are_not_offered()
    {
        Assert.True(Listes.TypeParcours.EstVide(Listes.ParcoursInconnu));
        Assert.True(Listes.ModalitesRecrutement.EstVide("0"));
        Assert.True(Listes.Niveaux.EstVide("0"));
        Assert.Equal(["1", "11", "12", "13", "14", "15", "16", "17", "18"], Listes.Niveaux.Valeurs.Where(v => v.Propose).Select(v => v.Code));
        Assert.DoesNotContain(Listes.ObjectifGeneral.Valeurs, v => v.Code == "3" && v.Propose);
    }

    private static List<IReadOnlyDictionary<string, string>> Read(string file)
    {
        using var reader = CsvReader.FromText(File.ReadAllText(Depot.File("data/reference/" + file)), new CsvReaderOptions { Separator = ';' });
        var lines = new List<IReadOnlyDictionary<string, string>>();
        while (reader.Read()) lines.Add(reader.Headers.ToDictionary(header => header, header => reader.GetString(header)));
        return lines;
    }
}
