using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Sofi.Web.Pages.Extranet;

/// <summary>Ressources et contact (procedure, page 12).</summary>
public class RessourcesModel : PageModel;
