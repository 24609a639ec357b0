using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Sofi.Web.Tests.Pages.Extranet;

/// <summary>A page that nobody declared, and that fails.</summary>
public class EssaiNumeroModel : PageModel
{
    public void OnGet(int numero) => throw new InvalidOperationException($"Number {numero} fails, as the test wants.");
}
