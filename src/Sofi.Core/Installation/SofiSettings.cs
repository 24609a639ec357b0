using Sofi.Core.Courriels;

namespace Sofi.Core.Installation;

/// <summary>Where Sofi keeps its data: the environment variables of the contract (README, "Exploiter").</summary>
/// <param name="Database">A SQLite path, or an Npgsql connection string (<c>SOFI_DB</c>).</param>
/// <param name="DataFolder">Folder of what is written (<c>SOFI_DATA</c>).</param>
/// <param name="ReferenceFolder">Folder of the reference files shipped with the application, read only.</param>
public sealed record SofiSettings(string Database, string DataFolder, string ReferenceFolder)
{
    /// <summary>True when <see cref="Database"/> is an Npgsql connection string.</summary>
    public bool IsPostgreSql => Database.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    /// <summary>How mails leave: by default as files in the folder <c>courriels</c> of <see cref="DataFolder"/>.</summary>
    public ReglagesCourriel Courriels { get; init; } = new(Path.Combine(DataFolder, "courriels"));

    /// <summary>True when the accounts of the Cariforef and of the Région must have a second factor (<c>SOFI_SECOND_FACTEUR=obligatoire</c>).</summary>
    public bool SecondFacteurObligatoire { get; init; }

    /// <summary>The settings of the environment of this process.</summary>
    public static SofiSettings FromEnvironment() => From(Environment.GetEnvironmentVariable);

    /// <summary>Reads <c>SOFI_DB</c>, <c>SOFI_DATA</c> and those of mails and accounts; by default <c>data/</c> below the current folder, with <c>sofi.db</c> in it.</summary>
    /// <param name="read">Reads a setting by its name.</param>
    public static SofiSettings From(Func<string, string?> read)
    {
        var folder = read("SOFI_DATA") is { Length: > 0 } given ? given : Path.Combine(Directory.GetCurrentDirectory(), "data");
        var database = read("SOFI_DB") is { Length: > 0 } setting ? setting : Path.Combine(folder, "sofi.db");
        return new SofiSettings(database, folder, Path.Combine(AppContext.BaseDirectory, "reference"))
        {
            Courriels = ReglagesCourriel.From(read, Path.Combine(folder, "courriels")),
            SecondFacteurObligatoire = read("SOFI_SECOND_FACTEUR") is "obligatoire",
        };
    }
}
