using CsvHelper;

namespace Sofi.Core.Installation.Demonstration;

/// <summary>Reads the files of the demonstration set: CSV, semicolons, UTF-8.</summary>
internal static class DemonstrationFile
{
    /// <summary>The lines of a file, each as its values by header; a blank value is <c>null</c>.</summary>
    public static List<IReadOnlyDictionary<string, string?>> Read(SofiSettings settings, string file)
    {
        var text = File.ReadAllText(Path.Combine(settings.ReferenceFolder, "demonstration", file));
        using var reader = CsvReader.FromText(text, new CsvReaderOptions { Separator = ';' });
        var lines = new List<IReadOnlyDictionary<string, string?>>();
        while (reader.Read())
            lines.Add(reader.Headers.ToDictionary(header => header, header => reader.GetString(header) is { Length: > 0 } value ? value : null));
        return lines;
    }
}
