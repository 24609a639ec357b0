using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Core.Data;
using Sofi.Core.Gestion;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Organisme;

/// <summary>Contacts and places from a file: choose it, read what it would do, apply all of it or nothing.</summary>
[RequestSizeLimit(MaxRequest)]
[RequestFormLimits(MultipartBodyLengthLimit = MaxRequest, ValueLengthLimit = MaxRequest)]
public class ImportModel(UtilisateurCourant courant, SofiDbContext db, ImportOrganismeService imports) : OrganismePage(courant, db)
{
    /// <summary>Lines shown in full before a mere count of the others.</summary>
    public const int MostShown = 100;

    /// <summary>Largest file: 2 MB.</summary>
    private const int MaxFile = 2 * 1024 * 1024;

    /// <summary>The file and its multipart envelope.</summary>
    private const int MaxRequest = MaxFile * 2 + Limits.Form;

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
    public ApercuImport? Apercu { get; private set; }

    /// <summary>What is wrong in the file.</summary>
    public IReadOnlyList<FileFault> Fautes { get; private set; } = [];

    /// <summary>The file previewed, as the hidden field keeps it.</summary>
    public string Garde { get; private set; } = "";

    /// <summary>True when the base changed since the preview: it is shown anew.</summary>
    public bool ARevoir { get; private set; }

    public IActionResult OnGet() => Modifiable ? Page() : NotFound();

    /// <summary>The workbook of what the établissement has.</summary>
    public async Task<IActionResult> OnGetClasseurAsync(CancellationToken cancellation) => !Modifiable ? NotFound()
        : File(await imports.ExportAsync(Etablissement.Numero, cancellation), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "contacts-et-lieux.xlsx");

    /// <summary>The model of a sheet: its header alone, as Excel opens it.</summary>
    public IActionResult OnGetModele(string? feuille) => !Modifiable || feuille is null || !FichierOrganisme.Colonnes.ContainsKey(feuille) ? NotFound()
        : File((byte[])[.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(FichierOrganisme.Header(feuille))], "text/csv; charset=utf-8", feuille + ".csv");

    public async Task<IActionResult> OnPostApercuAsync(CancellationToken cancellation)
    {
        if (Fichier is not { Length: > 0 }) return Refuse("Fichier : choisissez un classeur XLSX ou un fichier CSV.");
        if (Fichier.Length > MaxFile) return Refuse("Fichier : il dépasse 2 Mo ; vérifiez que c’est le bon, ou découpez-le.");
        using var content = new MemoryStream();
        await Fichier.CopyToAsync(content, cancellation);
        NomFichier = Texte.CleanLine(Path.GetFileName(Fichier.FileName)) ?? "fichier";
        return await ReadAsync(content.ToArray(), async bytes => Apercu = await imports.PreviewAsync(Etablissement.Numero, bytes, cancellation));
    }

    public async Task<IActionResult> OnPostAppliquerAsync(CancellationToken cancellation)
    {
        if (FichierGarde.Unpack(Request.Form["Garde"], MaxFile) is not { } bytes) return Refuse("Fichier : celui de l’aperçu n’est plus là ; choisissez-le de nouveau.");
        var done = false;
        var answer = await ReadAsync(bytes, async file => (Apercu, done) = await imports.ApplyAsync(Utilisateur, Etablissement.Numero, file, Empreinte ?? "", cancellation));
        if (done)
        {
            this.Announce($"Fichier importé : {Apercu!.Of(IssueLigne.Creee).Count} créés, {Apercu.Of(IssueLigne.Modifiee).Count} modifiés, {Apercu.Of(IssueLigne.Inchangee).Count} inchangés.");
            return Redirect(Adresse("/sofi/organisme/contacts"));
        }

        ARevoir = Apercu is { EstApplicable: true };
        if (ARevoir) Response.StatusCode = StatusCodes.Status409Conflict;
        return answer;
    }

    /// <summary>Name of a changed value, in the words of the screens.</summary>
    public static string NameOf(LigneImport ligne, Changement change) => change.Champ == "Actif" ? "Proposé"
        : (ligne.Feuille == FichierOrganisme.FeuilleLieux ? Champ.Of<FicheLieu>(change.Champ) : Champ.Of<FicheContact>(change.Champ)).Libelle;

    /// <summary>A changed value as a reader sees it.</summary>
    public static string WordsOf(Changement change, string? value) => change.Champ switch
    {
        _ when value is null => "(vide)",
        "Actif" => value == "O" ? "Oui" : "Non",
        nameof(FicheContact.Types) => string.Join(", ", Codes.Parse(value).Select(Listes.TypesContact.Libelle)),
        nameof(FicheContact.Civilite) => Listes.Civilites.Libelle(value),
        _ => value,
    };

    private async Task<IActionResult> ReadAsync(byte[] bytes, Func<byte[], Task> read)
    {
        try
        {
            await read(bytes);
            Garde = FichierGarde.Pack(bytes);
            ModelState.Clear();
            Fautes = Apercu!.Fautes;
        }
        catch (FileRefusedException refusal)
        {
            Fautes = refusal.Faults;
        }

        if (Fautes.Count > 0) ModelState.AddModelError(nameof(Fichier), Fautes.Count == 1 ? "Fichier : corrigez l’erreur ci-dessous." : $"Fichier : corrigez les {Fautes.Count} erreurs ci-dessous.");
        return Page();
    }

    private PageResult Refuse(string reason)
    {
        ModelState.AddModelError(nameof(Fichier), reason);
        return Page();
    }
}
