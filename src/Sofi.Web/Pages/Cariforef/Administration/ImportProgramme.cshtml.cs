using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Data;
using Sofi.Core.Programmes;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Cariforef.Administration;

/// <summary>The Région's file: choose one to preview it; below, the past imports.</summary>
[RequestSizeLimit(MaxRequest)]
[RequestFormLimits(MultipartBodyLengthLimit = MaxRequest)]
public class ImportProgrammeModel(UtilisateurCourant courant, ImportProgrammeService imports) : PageModel
{
    /// <summary>The file and its multipart envelope.</summary>
    private const int MaxRequest = Workbook.MaxBytes + Limits.Form;

    private static readonly ColonnesListe<ImportPasse> Tris = new ColonnesListe<ImportPasse>(i => i.Id, "-depose")
        .By("depose", i => i.DeposeLe)
        .By("fichier", i => i.NomFichier)
        .By("auteur", i => i.Auteur)
        .By("changements", i => i.NbChangements);

    /// <summary>File chosen.</summary>
    [BindProperty]
    public IFormFile? Fichier { get; set; }

    /// <summary>What is wrong in the file; empty when none was refused.</summary>
    public IReadOnlyList<FileFault> Fautes { get; private set; } = [];

    /// <summary>Past imports, one page.</summary>
    public PageListe<ImportPasse> Imports { get; private set; } = null!;

    public async Task OnGetAsync(ListeParametres liste, CancellationToken cancellation) =>
        Imports = (await imports.ListAsync(cancellation)).ToPage(liste, Tris, i => $"{i.NomFichier} {i.Auteur}");

    public async Task<IActionResult> OnPostAsync(ListeParametres liste, CancellationToken cancellation)
    {
        if (Fichier is not { Length: > 0 })
        {
            ModelState.AddModelError(nameof(Fichier), "Fichier de la Région : choisissez un classeur XLSX ou une archive ZIP.");
        }
        else
        {
            using var content = new MemoryStream();
            await Fichier.CopyToAsync(content, cancellation);
            var result = await imports.PreviewAsync(Fichier.FileName, content.ToArray(), courant.Value.Auteur, cancellation);
            if (result.ImportId is { } id) return Redirect($"/cariforef/imports/programme/{id}");
            Fautes = result.Fautes;
            var errors = Fautes.Count(fault => fault.Blocking);
            ModelState.AddModelError(nameof(Fichier), errors == 1
                ? "Le fichier est refusé : corrigez l'erreur ci-dessous."
                : $"Le fichier est refusé : corrigez les {errors} erreurs ci-dessous.");
        }

        await OnGetAsync(liste, cancellation);
        return Page();
    }
}
