using System.Text;
using CsvHelper;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Programmes;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Cariforef.Administration;

/// <summary>One import of the Région's file: its preview, then its report; the file and the whole report can be downloaded.</summary>
public class RapportProgrammeModel(UtilisateurCourant courant, ImportProgrammeService imports) : PageModel
{
    /// <summary>Lines of one nature and fate shown before a mere count of the others.</summary>
    public const int MostShown = 100;

    /// <summary>The counts shown for each nature.</summary>
    public static readonly IReadOnlyList<(string Libelle, Func<RapportImport, NatureLigne, int> Count)> Bilan =
    [
        ("Créés", (report, nature) => report.Count(nature, SortLigne.Creee)),
        ("Modifiés", (report, nature) => report.Count(nature, SortLigne.Modifiee)),
        ("Absents", (report, nature) => report.Count(nature, SortLigne.Retiree, SortLigne.Marquee)),
        ("Inchangés", (report, nature) => report.Inchangees[nature]),
    ];

    /// <summary>The import.</summary>
    public ImportPasse Import { get; private set; } = null!;

    /// <summary>What it does, or would do.</summary>
    public RapportImport Rapport { get; private set; } = null!;

    /// <summary>True while it can be applied.</summary>
    public bool AAppliquer => Import.Etat == EtatImport.Apercu && Rapport.Lignes.Count > 0;

    /// <summary>True when the base changed since the preview.</summary>
    public bool BaseChangee { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellation) => await LoadAsync(id, cancellation) ? Page() : NotFound();

    public async Task<IActionResult> OnGetFichierAsync(int id, CancellationToken cancellation) =>
        await imports.FileAsync(id, cancellation) is { } file ? File(file.Contenu, "application/octet-stream", file.Nom) : NotFound();

    /// <summary>The whole report, one line for each change, as a spreadsheet opens it.</summary>
    public async Task<IActionResult> OnGetRapportAsync(int id, CancellationToken cancellation)
    {
        if (!await LoadAsync(id, cancellation)) return NotFound();
        using var content = new MemoryStream();
        content.Write(Encoding.UTF8.Preamble);
        using (var csv = CsvWriter.Create(content, new CsvWriterOptions { Separator = ';', Injection = CsvInjection.Escape }, leaveOpen: true))
        {
            csv.WriteRecord("nature", "devenir", "cle", "libelle", "colonne", "avant", "apres", "deja_saisi");
            foreach (var line in Rapport.Lignes)
            {
                var entered = string.Join(", ", line.Saisies.Select(s => s.Code));
                if (line.Changements.Count == 0) csv.WriteRecord(line.Nature.Libelle(), line.Sort.Libelle(), line.Cle, line.Libelle, "", "", "", entered);
                foreach (var change in line.Changements)
                    csv.WriteRecord(line.Nature.Libelle(), line.Sort.Libelle(), line.Cle, line.Libelle, change.Champ, change.Avant ?? "",
                        change.Apres ?? "", entered);
            }

            foreach (var fault in Rapport.Avertissements)
                csv.WriteRecord("Avertissement", "", fault.Sheet ?? "", $"ligne {fault.Line}", fault.Column ?? "", fault.Value ?? "",
                    $"{fault.Message} {fault.Remedy}", "");
        }

        return File(content.ToArray(), "text/csv; charset=utf-8", $"rapport-{id}.csv");
    }

    public async Task<IActionResult> OnPostAppliquerAsync(int id, CancellationToken cancellation)
    {
        var result = await imports.ApplyAsync(id, courant.Value.Auteur, cancellation);
        if (result.Issue == IssueImport.Introuvable) return Gone();
        if (result.Issue == IssueImport.Applique)
        {
            this.Announce("Le fichier est appliqué.");
            return Redirect($"/cariforef/imports/programme/{id}");
        }

        await LoadAsync(id, cancellation);
        BaseChangee = true;
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    /// <summary>The preview again, on the base as it is now.</summary>
    public async Task<IActionResult> OnPostRefaireAsync(int id, CancellationToken cancellation)
    {
        if (await imports.FileAsync(id, cancellation) is not { } file) return Gone();
        var result = await imports.PreviewAsync(file.Nom, file.Contenu, courant.Value.Auteur, cancellation);
        if (result.ImportId is { } made) return Redirect($"/cariforef/imports/programme/{made}");
        this.Announce("Le fichier ne peut plus être appliqué : " + result.Fautes[0], TonAnnonce.Attention);
        return Redirect("/cariforef/imports/programme");
    }

    private RedirectResult Gone()
    {
        this.Announce("Cet aperçu n’existe plus : un autre l’a remplacé.", TonAnnonce.Attention);
        return Redirect("/cariforef/imports/programme");
    }

    private async Task<bool> LoadAsync(int id, CancellationToken cancellation)
    {
        if (await imports.FindAsync(id, cancellation) is not { } found) return false;
        (Import, Rapport) = found;
        return true;
    }
}
