using System.Text.RegularExpressions;
using Sofi.Core.Data;

namespace Sofi.Web.Tests.House;

/// <summary>A folder of Core uses only those to its left, so that a newcomer can read it from left to right.</summary>
public partial class LayersTests
{
    private static readonly string[] Folders =
        ["Data", "Journal", "Courriels", "Referentiels", "Organismes", "Comptes", "Programmes", "Offre", "Lheo", "Validation", "Gestion", "Diffusion", "Installation"];

    [Fact]
    public void Every_folder_of_Core_has_its_place() => Assert.Empty(
        Directory.EnumerateDirectories(Path.Combine(Depot.Root, "src/Sofi.Core")).Select(folder => Path.GetFileName(folder)!).Except(Folders).Except(["bin", "obj"]));

    [Fact]
    public void A_folder_of_Core_uses_only_those_to_its_left()
    {
        var faults = new List<string>();
        for (var i = 0; i < Folders.Length; i++)
        {
            var right = Folders[(i + 1)..].SelectMany(NamesOf).ToList();
            foreach (var file in Sources(Folders[i]))
            {
                var code = Comments().Replace(File.ReadAllText(file), "");
                faults.AddRange(right.Where(name => Regex.IsMatch(code, $@"(?<![\w.]){Regex.Escape(name)}(?!\w)")).Select(name => $"{Depot.Relative(file)} uses {name}"));
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public void The_namespace_of_a_file_of_Core_says_its_folder()
    {
        foreach (var folder in Folders)
            foreach (var file in Sources(folder))
                Assert.Matches($@"(?m)^namespace Sofi\.Core\.{folder}(\.\w+)?;", File.ReadAllText(file));
    }

    [Fact]
    public void Core_and_the_databases_know_no_HTTP()
    {
        foreach (var file in Depot.Files("src/Sofi.Core", "*.cs").Concat(Depot.Files("src/Sofi.Data.Sqlite", "*.cs")).Concat(Depot.Files("src/Sofi.Data.PostgreSql", "*.cs")))
            Assert.DoesNotMatch(@"using (Microsoft\.AspNetCore\.(?!Identity)|System\.Net\.Http)", File.ReadAllText(file));
    }

    [Fact]
    public void No_code_reads_the_clock_of_the_machine()
    {
        foreach (var file in Depot.Files("src", "*.cs").Where(file => !file.Contains("Migrations", StringComparison.Ordinal)))
            Assert.DoesNotMatch(@"DateTime(Offset)?\.(Now|UtcNow|Today)|DateOnly\.FromDateTime\(DateTime\.", File.ReadAllText(file));
    }

    /// <summary>How another folder may name this one: by its namespace, or by one of its types from the common root.</summary>
    private static IEnumerable<string> NamesOf(string folder) => typeof(SofiDbContext).Assembly.GetTypes()
        .Where(type => type.Namespace is { } ns && (ns == $"Sofi.Core.{folder}" || ns.StartsWith($"Sofi.Core.{folder}.", StringComparison.Ordinal)) && !type.IsNested)
        .Select(type => $"{folder}.{type.Name.Split('`')[0]}").Append($"Sofi.Core.{folder}").Distinct();

    private static IEnumerable<string> Sources(string folder) =>
        Directory.Exists(Path.Combine(Depot.Root, "src/Sofi.Core", folder)) ? Depot.Files("src/Sofi.Core/" + folder, "*.cs") : [];

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comments();
}
