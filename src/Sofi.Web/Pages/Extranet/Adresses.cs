using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Sofi.Web.Pages.Extranet;

/// <summary>Second addresses of the pages that create as well as change: one page, one fiche, two doors.</summary>
internal static class Adresses
{
    public static void Add(PageConventionCollection conventions)
    {
        conventions.AddPageRoute("/Extranet/FicheFormation", "/sofi/formations/nouvelle/fiche");
        conventions.AddPageRoute("/Extranet/FicheAction", "/sofi/formations/{f:int}/actions/nouvelle");
        conventions.AddPageRoute("/Extranet/FicheSession", "/sofi/actions/{a:int}/sessions/nouvelle");
        conventions.AddPageRoute("/Extranet/FicheDispositif", "/sofi/sessions/{s:int}/dispositifs/nouveau");
        conventions.AddPageRoute("/Extranet/Suppression", "/sofi/sessions/{s:int}/suppression");
        conventions.AddPageRoute("/Extranet/Suppression", "/sofi/sessions/{s:int}/dispositifs/{d:int}/suppression");
        conventions.AddPageRoute("/Organisme/Etablissement", "/sofi/organisme/sites/nouveau");
        conventions.AddPageRoute("/Organisme/Lieu", "/sofi/organisme/sites/{e:int}/lieux/nouveau");
        conventions.AddPageRoute("/Organisme/Contact", "/sofi/organisme/contacts/nouveau");
        conventions.AddPageRoute("/Organisme/PorteOuverte", "/sofi/organisme/portes-ouvertes/nouvelle");
        conventions.AddPageRoute("/Organisme/Utilisation", "/sofi/organisme/sites/{e:int}/lieux/{l:int}/utilisation");
        conventions.AddPageRoute("/Cariforef/Validations", "/cariforef");
    }
}
