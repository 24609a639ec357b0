using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Referentiels;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Cariforef.Administration;

/// <summary>Import of CertifInfo sheets: choose a file, read what it would do, apply all of it or nothing.</summary>
[RequestSizeLimit(MaxRequest)]
[RequestFormLimits(MultipartBodyLengthLimit = MaxRequest, ValueLengthLimit = MaxRequest)]
public class ImportFichesModel(UtilisateurCourant courant, FicheCertifinfoImporter importer) : PageModel
{
    /// <summary>Sheets shown in full before a mere count of the others.</summary>
    public const int MostShown = 50;

    /// <summary>The file and its multipart envelope.</summary>
    private const int MaxRequest = (int)FicheCertifinfoImporter.TailleMax + Limits.Form;

    /// <summary>File chosen.</summary>
    [BindProperty]
    public IFormFile? Fichier { get; set; }

    /// <summary>Name of the file previewed.</summary>
    [BindProperty]
    public string? NomFichier { get; set; }

    /// <summary>Digest of the preview that is accepted.</summary>
    [BindProperty]
    public string? Empreinte { get; set; }

    /// <summary>What the file would do; <c>null</c> until one is chosen.</summary>
    public ApercuFiches? Apercu { get; private set; }

    /// <summary>The file previewed, as the hidden field keeps it.</summary>
    public string Garde { get; private set; } = "";

    /// <summary>True when the base changed since the preview: it is shown anew.</summary>
    public bool ARevoir { get; private set; }

    /// <summary>The model file: the header alone, as Excel opens it.</summary>
    public IActionResult OnGetModele() =>
        File((byte[])[.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(string.Join(';', FicheCertifinfoImporter.Colonnes) + "\r\n")], "text/csv; charset=utf-8", "fiches-certifinfo.csv");

    public async Task<IActionResult> OnPostApercuAsync(CancellationToken cancellation)
    {
        if (Fichier is null || Fichier.Length == 0) return Refuse("Choisissez un fichier CSV.");
        using var content = new MemoryStream();
        await Fichier.CopyToAsync(content, cancellation);
        NomFichier = Texte.CleanLine(Path.GetFileName(Fichier.FileName)) ?? "fiches.csv";
        return await ReadAsync(content.ToArray(), bytes => importer.PreviewAsync(new MemoryStream(bytes), NomFichier, cancellation));
    }

    public async Task<IActionResult> OnPostAppliquerAsync(CancellationToken cancellation)
    {
        if (FichierGarde.Unpack(Request.Form["Garde"], FicheCertifinfoImporter.TailleMax) is not { } bytes) return Refuse("Le fichier de l’aperçu n’est plus là. Choisissez-le de nouveau.");
        var applied = false;
        var answer = await ReadAsync(bytes, async file =>
        {
            var (preview, done) = await importer.ApplyAsync(new MemoryStream(file), NomFichier ?? "fiches.csv", Empreinte ?? "", courant.Value.Auteur, cancellation);
            applied = done;
            return preview;
        });
        if (!applied)
        {
            ARevoir = Apercu is not null;
            if (ARevoir) Response.StatusCode = StatusCodes.Status409Conflict;
            return answer;
        }

        this.Announce($"Fiches importées : {Apercu!.Creees.Count()} créées, {Apercu.Modifiees.Count()} modifiées, {Apercu.Inchangees.Count()} inchangées.");
        return Redirect("/cariforef/certifinfo?vue=fiches");
    }

    /// <summary>Name of a changed value, in the words of the screen: "Objectif", "RNCP39266BC01, Intitulé module".</summary>
    public static string NameOf(Changement change)
    {
        if (!change.Champ.StartsWith("Blocs[", StringComparison.Ordinal)) return Champ.Of<CertifinfoSaisi>(change.Champ).Libelle;
        var end = change.Champ.IndexOf(']', StringComparison.Ordinal);
        return $"{change.Champ[6..end]}, {Champ.Of<BlocSaisi>(change.Champ[(end + 2)..]).Libelle}";
    }

    /// <summary>A changed value as a reader sees it.</summary>
    public static string WordsOf(Changement change, string? value)
    {
        if (value is null) return "(vide)";
        if (change.Champ == nameof(CertifinfoSaisi.ObjectifGeneral)) return Listes.ObjectifGeneral.Libelle(value);
        return change.Champ.EndsWith("." + nameof(BlocSaisi.TypeModule), StringComparison.Ordinal) ? Listes.TypeModule.Libelle(value) : value.Replace("|", ", ", StringComparison.Ordinal);
    }

    private async Task<IActionResult> ReadAsync(byte[] bytes, Func<byte[], Task<ApercuFiches>> read)
    {
        try
        {
            Apercu = await read(bytes);
            (Garde, Empreinte) = (FichierGarde.Pack(bytes), Apercu.Empreinte);
            ModelState.Clear();
            foreach (var fault in Apercu.Erreurs) ModelState.AddModelError("", fault.ToString());
        }
        catch (FileRefusedException refusal)
        {
            foreach (var fault in refusal.Faults) ModelState.AddModelError("", fault.ToString());
        }

        return Page();
    }

    private PageResult Refuse(string reason)
    {
        ModelState.AddModelError(nameof(Fichier), reason);
        return Page();
    }
}
