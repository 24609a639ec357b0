using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Referentiels;

namespace Sofi.Web.Pages.Extranet;

/// <summary>Ressources et contact (procedure, page 12), as the Cariforef keeps them.</summary>
public class RessourcesModel(RessourceService ressources) : PageModel
{
    /// <summary>Whom to call.</summary>
    public ServiceOffre Contact { get; private set; } = null!;

    /// <summary>The telephone as a telephone dials it.</summary>
    public string Appel => Contact.Telephone.StartsWith('0') ? "+33" + Digits[1..] : Digits;

    /// <summary>Guides, by programme.</summary>
    public IReadOnlyList<Guide> Guides { get; private set; } = [];

    private string Digits => string.Concat(Contact.Telephone.Where(c => char.IsAsciiDigit(c) || c == '+'));

    public async Task OnGetAsync(CancellationToken cancellation) =>
        (Contact, Guides) = (await ressources.ContactAsync(cancellation), await ressources.GuidesAsync(cancellation));
}
