using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Sofi.Web.Pages.Public;

/// <summary>Public home: what Sofi is, and the door of the training organisations (procedure, page 4).</summary>
public class IndexModel : PageModel;
