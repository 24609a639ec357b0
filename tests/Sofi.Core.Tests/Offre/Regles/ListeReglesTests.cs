using Sofi.Core.Offre.Regles;
using Sofi.Testing;

namespace Sofi.Core.Tests.Offre.Regles;

public class ListeReglesTests
{
    [Fact]
    public void The_printed_list_is_that_of_the_catalogue()
    {
        var page = Depot.File("docs/regles.md");
        if (Environment.GetEnvironmentVariable("SOFI_REGENERER") == "1") File.WriteAllText(page, ListeRegles.Write());
        Assert.True(
            File.Exists(page) && File.ReadAllText(page) == ListeRegles.Write(),
            "docs/regles.md is stale: run SOFI_REGENERER=1 ./test, read the differences and commit the page.");
    }

    [Fact]
    public void Each_rule_has_its_line_under_its_fiche()
    {
        var sections = ListeRegles.Write().Split("\n## ").Skip(1).ToList();
        Assert.Equal(
            ["Fiche Formation", "Fiche Action", "Fiche Session", "Fiche Dispositif", "Établissement", "Lieu", "Contact", "Portes ouvertes"], sections.Select(s => s[..s.IndexOf('\n', StringComparison.Ordinal)]));
        Assert.All(Catalogue.Regles, regle => Assert.Contains($"| {regle.Code} | ", sections[(int)regle.Fiche], StringComparison.Ordinal));
        Assert.Equal(Catalogue.Regles.Count, sections.Sum(s => s.Split('\n').Count(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Code", StringComparison.Ordinal))));
    }
}
