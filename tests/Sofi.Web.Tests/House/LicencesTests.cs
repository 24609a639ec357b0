using System.Text.Json;
using System.Xml.Linq;

namespace Sofi.Web.Tests.House;

/// <summary>What Sofi stands on may be used by anyone for anything: permissive licences only, read from the packages themselves.</summary>
public class LicencesTests
{
    private static readonly string[] Permissive = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "MS-PL", "ISC", "PostgreSQL"];
    private static readonly string[] Fonts = ["OFL-1.1"];
    private static readonly string[] TestsOnly = ["MPL-2.0"];

    [Fact]
    public void Every_NuGet_package_is_permissive()
    {
        var faults = new List<string>();
        var packages = 0;
        foreach (var assets in Depot.Files("artifacts/obj", "project.assets.json"))
        {
            var allowed = Path.GetFileName(Path.GetDirectoryName(assets))!.Contains("Test", StringComparison.Ordinal) ? [.. Permissive, .. TestsOnly] : Permissive;
            using var json = JsonDocument.Parse(File.ReadAllText(assets));
            var folders = json.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
            foreach (var library in json.RootElement.GetProperty("libraries").EnumerateObject().Where(l => l.Value.GetProperty("type").GetString() == "package"))
            {
                var folder = folders.Select(root => Path.Combine(root, library.Value.GetProperty("path").GetString()!)).First(Directory.Exists);
                var licence = LicenceOf(folder);
                packages++;
                if (!licence.Split(" OR ").Any(allowed.Contains)) faults.Add($"{library.Name}: {licence}");
            }
        }

        Assert.NotEqual(0, packages);
        Assert.Empty(faults.Distinct().Order());
    }

    [Fact]
    public void Every_npm_package_is_permissive()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Depot.Root, "src/Sofi.Web/package-lock.json")));
        var packages = json.RootElement.GetProperty("packages").EnumerateObject().Where(package => package.Name.Length > 0).ToList();
        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Contains(package.Value.GetProperty("license").GetString(), (string[])[.. Permissive, .. Fonts]));
    }

    private static string LicenceOf(string folder)
    {
        var metadata = XDocument.Load(Directory.EnumerateFiles(folder, "*.nuspec").Single()).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
        var licence = metadata.Elements().FirstOrDefault(e => e.Name.LocalName == "license");
        if (licence?.Attribute("type")?.Value == "expression") return licence.Value.Trim('(', ')');
        return $"unknown, to be read ({licence?.Value ?? metadata.Elements().FirstOrDefault(e => e.Name.LocalName == "licenseUrl")?.Value ?? "none"})";
    }
}
