namespace Sofi.Web.Securite;

/// <summary>Names a browser to its owner, from what it says of itself: enough to know one's own, never a version.</summary>
public static class Navigateurs
{
    // The first mark found counts: browsers also claim to be those they descend from.
    private static readonly (string Mark, string Name)[] Families =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>"Firefox sur Windows", or "Navigateur inconnu".</summary>
    public static string NameOf(string? userAgent)
    {
        var (family, system) = (Find(Families, userAgent), Find(Systems, userAgent));
        return (family ?? "Navigateur inconnu") + (system is null ? "" : " sur " + system);
    }

    private static string? Find((string Mark, string Name)[] known, string? userAgent) =>
        userAgent is null ? null : known.FirstOrDefault(pair => userAgent.Contains(pair.Mark, StringComparison.Ordinal)).Name;
}
