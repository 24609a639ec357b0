using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Comptes;

namespace Sofi.Web.Securite;

/// <summary>Which role enters which folder of pages: the only place that says so.</summary>
internal static class Acces
{
    public const string Organisme = "organisme";
    public const string Bureau = "bureau";
    public const string Gestion = "gestion";
    public const string Cariforef = "cariforef";
    public const string Administration = "administration";
    public const string Region = "region";

    public static void AddPolicies(AuthorizationOptions options)
    {
        Add(Organisme, Role.Redacteur, Role.Gestionnaire);
        Add(Bureau, Role.Redacteur, Role.Gestionnaire, Role.Administrateur);
        Add(Gestion, Role.Gestionnaire);
        Add(Cariforef, Role.Valideur, Role.Administrateur);
        Add(Administration, Role.Administrateur);
        Add(Region, Role.Region);
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();

        void Add(string name, params Role[] roles) => options.AddPolicy(name, policy => policy.RequireRole(roles.Select(role => role.ToString())));
    }
}

/// <summary>Applies <see cref="Acces"/> to the folders of pages.</summary>
internal static class SecurityConventions
{
    public static void Apply(RazorPagesOptions options)
    {
        options.Conventions.AllowAnonymousToFolder("/Public");
        options.Conventions.AllowAnonymousToPage("/Erreur");
        options.Conventions.AuthorizeFolder("/Extranet", Acces.Organisme);
        options.Conventions.AuthorizeFolder("/Organisme", Acces.Bureau);
        options.Conventions.AuthorizeFolder("/Extranet/Comptes", Acces.Gestion);
        options.Conventions.AuthorizeFolder("/Cariforef", Acces.Cariforef);
        options.Conventions.AuthorizeFolder("/Cariforef/Administration", Acces.Administration);
        options.Conventions.AuthorizeFolder("/Region", Acces.Region);
        options.Conventions.ConfigureFilter(new FormulaireAttendu());
        foreach (var folder in new[] { "/Extranet", "/Region" }) Check(folder, typeof(AccesOffre), AccesOffre.Values);
        Check("/Organisme", typeof(AccesOrganisme), AccesOrganisme.Values);

        void Check(string folder, Type filter, string[] values) => options.Conventions.AddFolderApplicationModelConvention(folder, page =>
        {
            page.Filters.Add(new TypeFilterAttribute(filter));
            foreach (var handler in page.HandlerMethods) ReadObjectFromPath(handler, values);
        });
    }

    /// <summary>The object of a page is the one of its path, which was checked: never one that a form or a query names beside it.</summary>
    private static void ReadObjectFromPath(PageHandlerModel handler, string[] values)
    {
        foreach (var parameter in handler.Parameters.Where(parameter => values.Contains(parameter.ParameterName)))
            parameter.BindingInfo = new BindingInfo { BindingSource = BindingSource.Path };
    }
}
