using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Sofi.Core.Comptes;

namespace Sofi.Web.Composants;

/// <summary>Where one is: the colour of the banner says it (ink = organisme, estuary = Cariforef, slate = Région, white = public).</summary>
public enum Espace
{
    /// <summary>Pages that anyone reads.</summary>
    Public,

    /// <summary>Work space of an organisme de formation.</summary>
    Organisme,

    /// <summary>Work space of the Cariforef.</summary>
    Cariforef,

    /// <summary>Work space of the Région.</summary>
    Region,
}

/// <summary>Which space a page belongs to, and what follows from it.</summary>
public static class Espaces
{
    /// <summary>Public pages are the same for everyone; every other page is dressed for the person who reads it.</summary>
    public static Espace Of(ViewContext view, Utilisateur? utilisateur)
    {
        var page = (view.ActionDescriptor as PageActionDescriptor)?.ViewEnginePath ?? "";
        return utilisateur is null || page.StartsWith("/Public/", StringComparison.Ordinal) ? Espace.Public : Of(utilisateur.Role);
    }

    /// <summary>The work space of a role.</summary>
    public static Espace Of(Role role) => role switch
    {
        Role.Redacteur or Role.Gestionnaire => Espace.Organisme,
        Role.Valideur or Role.Administrateur => Espace.Cariforef,
        Role.Region => Espace.Region,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    /// <summary>Address of the first page of a space: where signing in leads.</summary>
    public static string Home(this Espace espace) => espace switch
    {
        Espace.Organisme => "/sofi",
        Espace.Cariforef => "/cariforef",
        Espace.Region => "/region",
        _ => "/",
    };

    /// <summary>Classes of the body: they colour the banner and set the density of the page.</summary>
    public static string BodyClass(this Espace espace) => espace switch
    {
        Espace.Organisme => "espace-travail",
        Espace.Cariforef => "espace-travail cariforef",
        Espace.Region => "espace-travail region",
        _ => "public",
    };
}
