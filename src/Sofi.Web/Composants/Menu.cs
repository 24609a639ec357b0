using Microsoft.AspNetCore.Authorization;

namespace Sofi.Web.Composants;

/// <summary>An entry of the main menu: a link, or a group of links.</summary>
/// <param name="Libelle">Words shown.</param>
/// <param name="Adresse">Address, with its query; for a group, the address below which its pages live.</param>
/// <param name="Entrees">Links of a group; <c>null</c> for a link.</param>
public sealed record EntreeMenu(string Libelle, string Adresse, IReadOnlyList<EntreeMenu>? Entrees = null)
{
    /// <summary>Path of the address.</summary>
    public string Chemin => Adresse.Split('?')[0];
}

/// <summary>The main menu of each space: only links to pages that exist and that the person may enter.</summary>
public sealed class Menu(EndpointDataSource endpoints, IAuthorizationPolicyProvider policies, IAuthorizationService authorization, IHttpContextAccessor http)
{
    private static readonly Dictionary<Espace, EntreeMenu[]> All = new()
    {
        [Espace.Public] =
        [
            new("Accueil", "/"),
            new("Espace organismes", "/connexion"),
        ],
        [Espace.Organisme] =
        [
            new("Tableau de bord", "/sofi"),
            new("Formations", "/sofi/formations",
            [
                new("Formations publiques", "/sofi/formations/nouvelle?porte=publique"),
                new("Autres formations", "/sofi/formations/nouvelle?porte=autre"),
                new("Toutes mes formations", "/sofi/formations"),
            ]),
            new("Actions", "/sofi/actions"),
            new("Sessions", "/sofi/sessions"),
            new("Lots", "/sofi/lots"),
            new("Organisme", "/sofi/organisme",
            [
                new("Sites et lieux", "/sofi/organisme/sites"),
                new("Contacts", "/sofi/organisme/contacts"),
                new("Référents", "/sofi/organisme/referents"),
                new("Portes ouvertes", "/sofi/organisme/portes-ouvertes"),
                new("Comptes", "/sofi/organisme/comptes"),
            ]),
            new("Ressources", "/sofi/ressources"),
        ],
        [Espace.Cariforef] =
        [
            new("File de validation", "/cariforef/validations"),
            new("Certifinfo", "/cariforef/certifinfo"),
            new("Programmes", "/cariforef/programmes"),
            new("Dispositifs", "/cariforef/dispositifs"),
            new("Pré-requis", "/cariforef/prerequis"),
            new("Imports", "/cariforef/imports/programme"),
            new("Organismes", "/cariforef/organismes",
            [
                new("Sites et lieux", "/sofi/organisme/sites"),
                new("Postes des organismes", "/cariforef/postes"),
                new("Demandes d’accès", "/cariforef/demandes"),
                new("Comptes", "/cariforef/comptes"),
                new("Ressources et contacts", "/cariforef/ressources"),
            ]),
        ],
        [Espace.Region] = [new("Offres de mes programmes", "/region")],
    };

    /// <summary>The entries of a space for the present person.</summary>
    public async Task<IReadOnlyList<EntreeMenu>> OfAsync(Espace espace)
    {
        var entries = new List<EntreeMenu>();
        foreach (var entry in All[espace])
        {
            if (entry.Entrees is null)
            {
                if (await IsOpenAsync(entry)) entries.Add(entry);
                continue;
            }

            var open = new List<EntreeMenu>();
            foreach (var inner in entry.Entrees)
                if (await IsOpenAsync(inner)) open.Add(inner);
            if (open.Count > 0) entries.Add(entry with { Entrees = open });
        }

        return entries;
    }

    /// <summary>The entry under which an address stands: that page, or the nearest page above it; a first page has nothing below it.</summary>
    public static EntreeMenu? Current(IEnumerable<EntreeMenu> entries, string path)
    {
        return entries.Where(entry => Covers(entry) || entry.Entrees?.Any(Covers) == true).MaxBy(entry => entry.Chemin.Length);

        bool Covers(EntreeMenu entry) =>
            entry.Chemin == path || (!IsHome(entry.Chemin) && path.StartsWith(entry.Chemin + "/", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsHome(string path) => Enum.GetValues<Espace>().Any(espace => espace.Home() == path);

    private async Task<bool> IsOpenAsync(EntreeMenu entry)
    {
        var page = endpoints.Endpoints.OfType<RouteEndpoint>().FirstOrDefault(endpoint =>
            ('/' + (endpoint.RoutePattern.RawText ?? "").Trim('/')).Equals(entry.Chemin, StringComparison.OrdinalIgnoreCase));
        if (page is null) return false;
        if (page.Metadata.GetMetadata<IAllowAnonymous>() is not null) return true;
        var policy = await AuthorizationPolicy.CombineAsync(policies, page.Metadata.GetOrderedMetadata<IAuthorizeData>());
        return policy is null || (await authorization.AuthorizeAsync(http.HttpContext!.User, policy)).Succeeded;
    }
}
