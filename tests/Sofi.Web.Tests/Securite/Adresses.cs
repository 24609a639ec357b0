using Sofi.Testing;

namespace Sofi.Web.Tests.Securite;

/// <summary>The objects that addresses name.</summary>
/// <param name="Formation">Number F.</param>
/// <param name="Action">Number A.</param>
/// <param name="Session">Number S.</param>
/// <param name="Dispositif">Row number of the dispositif.</param>
public sealed record Objets(int Formation, int Action, int Session, int Dispositif)
{
    /// <summary>Objects that do not exist.</summary>
    public static readonly Objets Inconnus = new(9_999_999, 9_999_999, 9_999_999, 9_999_999);
}

/// <summary>
/// How to reach each page whose address carries a value: every such page must be declared here, so that
/// <see cref="IsolationTests"/> proves that it gives nothing of another organisation.
/// </summary>
internal static class Adresses
{
    /// <summary>Address by route template.</summary>
    public static readonly Dictionary<string, Func<Objets, string>> WithValues = new()
    {
        ["/erreur/{code:int}"] = _ => "/erreur/404",
    };

    /// <summary>A whole offer of an organisation, on a lot of the Région.</summary>
    public static async Task<Objets> OfAsync(OffreScene scene)
    {
        var (formation, action, session, dispositif) = await scene.CreateFullOffreAsync();
        return new Objets(formation, action, session, dispositif);
    }
}
