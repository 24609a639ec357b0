using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Comptes;
using Sofi.Core.Referentiels;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Cariforef;

/// <summary>Certifications of CertifInfo: search, what the Cariforef completed, what was replaced and by what.</summary>
public class CertifinfoModel(UtilisateurCourant courant, ReferentielService referentiels) : PageModel
{
    /// <summary>The three views, by their name in the address.</summary>
    public static readonly IReadOnlyDictionary<string, (string Libelle, FiltreCertifications Filtre)> Vues = new Dictionary<string, (string, FiltreCertifications)>
    {
        ["toutes"] = ("Toutes", FiltreCertifications.Toutes),
        ["fiches"] = ("Complétées par une fiche", FiltreCertifications.AvecFiche),
        ["remplacees"] = ("Remplacées ou closes", FiltreCertifications.Remplacees),
    };

    /// <summary>Certifications found, one page.</summary>
    public PageListe<CertificationTrouvee> Certifications { get; private set; } = null!;

    /// <summary>View shown.</summary>
    public string Vue { get; private set; } = "toutes";

    /// <summary>True for who may open a sheet.</summary>
    public bool Administre => courant.Value.Role == Role.Administrateur;

    public async Task OnGetAsync(ListeParametres liste, string? vue, CancellationToken cancellation)
    {
        if (vue is not null && Vues.ContainsKey(vue)) Vue = vue;
        var (found, total) = await PageAsync(liste, cancellation);
        if (found.Count == 0 && total > 0) (found, total) = await PageAsync(liste = liste with { Page = (total + liste.Taille - 1) / liste.Taille }, cancellation);
        Certifications = new PageListe<CertificationTrouvee>(found, total, liste with { Page = total == 0 ? 1 : liste.Page });
    }

    private Task<(IReadOnlyList<CertificationTrouvee> Resultats, int Total)> PageAsync(ListeParametres liste, CancellationToken cancellation) =>
        referentiels.PageCertificationsAsync(liste.Recherche, Vues[Vue].Filtre, (int)Math.Min((liste.Page - 1L) * liste.Taille, int.MaxValue), liste.Taille, cancellation);
}
