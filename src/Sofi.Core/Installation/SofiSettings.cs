namespace Sofi.Core.Installation;

/// <summary>Where Sofi keeps its data: the environment variables of the contract (README, "Exploiter").</summary>
/// <param name="Database">A SQLite path, or an Npgsql connection string (<c>SOFI_DB</c>).</param>
/// <param name="DataFolder">Folder of what is written (<c>SOFI_DATA</c>).</param>
/// <param name="ReferenceFolder">Folder of the reference files shipped with the application, read only.</param>
public sealed record SofiSettings(string Database, string DataFolder, string ReferenceFolder)
{
    /// <summary>True when <see cref="Database"/> is an Npgsql connection string.</summary>
    public bool IsPostgreSql => Database.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>SOFI_DB</c> and <c>SOFI_DATA</c>; by default <c>data/</c> below the current folder, with <c>sofi.db</c> in it.</summary>
    public static SofiSettings FromEnvironment()
    {
        var folder = Environment.GetEnvironmentVariable("SOFI_DATA") is { Length: > 0 } given ? given : Path.Combine(Directory.GetCurrentDirectory(), "data");
        var database = Environment.GetEnvironmentVariable("SOFI_DB") is { Length: > 0 } setting ? setting : Path.Combine(folder, "sofi.db");
        return new SofiSettings(database, folder, Path.Combine(AppContext.BaseDirectory, "reference"));
    }
}
