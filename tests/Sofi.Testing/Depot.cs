namespace Sofi.Testing;

/// <summary>The working copy that the tests were built from: for tests about the files it holds.</summary>
public static class Depot
{
    private static readonly string Root = Find(AppContext.BaseDirectory);

    /// <summary>Full path of a file of the repository.</summary>
    public static string File(string path) => Path.Combine(Root, path);

    private static string Find(string folder) => System.IO.File.Exists(Path.Combine(folder, "Sofi.slnx"))
        ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository."));
}
