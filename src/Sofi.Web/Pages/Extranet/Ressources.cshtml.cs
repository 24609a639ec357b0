using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Sofi.Web.Pages.Extranet;

/// <summary>Ressources et contacts (procedure, page 12).</summary>
public class RessourcesModel : PageModel;
