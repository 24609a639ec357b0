using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Organismes;
using Sofi.Core.Programmes;
using Sofi.Core.Referentiels;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet;

/// <summary>
/// Créer une formation (procedure, page 7): the two doors. Formations publiques: programme, lot, mandataire and site in dependent lists,
/// then the CertifInfo code; Autres formations: the code alone. Nothing is written here: the choices are carried in the address.
/// </summary>
public class NouvelleFormationModel(
    UtilisateurCourant courant, SofiDbContext db, ProgrammeService programmes, ReferentielService referentiels, TimeProvider clock) : PageModel
{
    private Attentes attentes = Attentes.Aucune;

    /// <summary><c>publique</c> or <c>autre</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string Porte { get; set; } = "publique";

    /// <summary>Code of the programme chosen.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Programme { get; set; }

    /// <summary>Number of the lot chosen.</summary>
    [BindProperty(SupportsGet = true)]
    public string? NumeroLot { get; set; }

    /// <summary>Line of the Région's file: the lot and its mandataire.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Mandataire { get; set; }

    /// <summary>Site de réalisation: a place of the current établissement.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Lieu { get; set; }

    /// <summary>True once the first step is passed.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Suite { get; set; }

    /// <summary>Référence Certifinfo: <c>oui</c> or <c>non</c>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Reference { get; set; }

    /// <summary>CertifInfo code, or words of its libellé.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Certifinfo { get; set; }

    /// <summary>True once a button of the second step was pressed: the code is opened; before, it is only searched as it is typed.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Ouvrir { get; set; }

    public bool EstPublique => Porte != "autre";

    /// <summary>True on the second step, "Référence Certifinfo".</summary>
    public bool EstCertifinfo { get; private set; }

    public Etablissement Etablissement { get; private set; } = null!;

    public IReadOnlyList<Choix> Programmes { get; private set; } = [];

    public IReadOnlyList<Choix> Lots { get; private set; } = [];

    public IReadOnlyList<Choix> Mandataires { get; private set; } = [];

    public IReadOnlyList<Choix> Lieux { get; private set; } = [];

    /// <summary>CertifInfo codes that the lot or its programme allows; empty: any.</summary>
    public Codes CodesAdmis { get; private set; } = Codes.Aucun;

    /// <summary>Certifications found for the words typed; <c>null</c> before a search.</summary>
    public IReadOnlyList<CertificationTrouvee>? Trouvees { get; private set; }

    /// <summary>True when no certification that the lot admits has the words typed: all those admitted are shown.</summary>
    public bool ToutesAdmises { get; private set; }

    /// <summary>The retired code typed, and those that may be taken in its place.</summary>
    public (CertificationComplete Certification, IReadOnlyList<Successeur> Successeurs)? Remplacee { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (courant.Value.EtablissementCourant is not { } numero) return NotFound();
        // What makes no sense in the address is as if absent: the lists ask for it again.
        ModelState.Clear();
        Etablissement = await db.Set<Etablissement>().AsNoTracking().Include(e => e.Lieux).FirstAsync(e => e.Numero == numero, cancellation);
        if (EstPublique) await ShowListsAsync(numero, cancellation);
        EstCertifinfo = !EstPublique || (Suite && Mandataire is not null && Lieu is not null);
        if (EstPublique && Suite && !EstCertifinfo) RequireAll();
        if (EstPublique && EstCertifinfo && Closed() is { } closed)
        {
            ModelState.AddModelError(nameof(Programme), closed);
            EstCertifinfo = false;
        }

        var destination = !EstCertifinfo ? null : Ouvrir ? await OpenAsync(cancellation) : await SearchAsync(cancellation);
        if (destination is not null) return Redirect(destination);
        if (!ModelState.IsValid) Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>Address of the Fiche Formation of a certification, or of a free formation.</summary>
    public string AddressOf(int? code) => "/sofi/formations/nouvelle/fiche" + Carried(code);

    /// <summary>True when the lot and its programme allow the code.</summary>
    private bool IsAllowed(int code) => CodesAdmis.Count == 0 || CodesAdmis.Contains(code.ToString(CultureInfo.InvariantCulture));

    /// <summary>What is being typed is searched among codes and words: among those that the lot admits, shown at once, when it admits only some.</summary>
    private async Task<string?> SearchAsync(CancellationToken cancellation)
    {
        var admitted = CodesAdmis.Select(code => int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToList();
        if (admitted.Count == 0)
        {
            if (Certifinfo is not null) Trouvees = await referentiels.SearchCertificationsAsync(Certifinfo, cancellation: cancellation);
            return null;
        }

        Trouvees = await referentiels.SearchCertificationsAsync(admitted, Certifinfo, cancellation);
        ToutesAdmises = Trouvees.Count == 0;
        if (ToutesAdmises) Trouvees = await referentiels.SearchCertificationsAsync(admitted, null, cancellation);
        return null;
    }

    /// <summary>"Non" opens a free formation, a code that may be chosen its fiche; a replaced one offers its successors; words are searched.</summary>
    private async Task<string?> OpenAsync(CancellationToken cancellation)
    {
        if (Reference == "non") return CodesAdmis.Count == 0 ? AddressOf(null) : Refuse($"Ce lot demande une référence Certifinfo. Codes admis : {string.Join(", ", CodesAdmis)}.");
        if (Certifinfo is null) return Refuse("Code Certifinfo : écrivez un code, ou des mots de l’intitulé.");
        if (!int.TryParse(Certifinfo, NumberStyles.None, CultureInfo.InvariantCulture, out var code)) return await SearchAsync(cancellation);
        if (await referentiels.FindCertificationAsync(code, cancellation) is not { } certification)
            return Refuse($"Le code Certifinfo {code} n’existe pas : vérifiez-le, ou cherchez avec des mots de l’intitulé.");
        if (!IsAllowed(code)) return Refuse($"Le code Certifinfo {code} n’est pas admis sur ce lot. Codes admis : {string.Join(", ", CodesAdmis)}.");
        if (certification.Publiee) return AddressOf(code);
        Remplacee = (certification, await referentiels.FindSuccesseursAsync(code, cancellation));
        return null;
    }

    private string? Refuse(string reason)
    {
        ModelState.AddModelError(nameof(Certifinfo), reason);
        return null;
    }

    private QueryString Carried(int? code)
    {
        var carried = new Dictionary<string, string?>
        {
            ["certifinfo"] = code?.ToString(CultureInfo.InvariantCulture),
            ["lot"] = EstPublique ? Mandataire?.ToString(CultureInfo.InvariantCulture) : null,
            ["lieu"] = EstPublique ? Lieu?.ToString(CultureInfo.InvariantCulture) : null,
        };
        return QueryString.Create(carried.Where(pair => pair.Value is not null));
    }

    /// <summary>Each list offers only what this établissement is mandataire or formateur of; a single choice is made for the person.</summary>
    private async Task ShowListsAsync(int etablissement, CancellationToken cancellation)
    {
        var lots = await programmes.LotsAsync(etablissement, cancellation);
        var offered = lots.Select(l => l.Programme).DistinctBy(p => p.Code).ToList();
        var expected = await programmes.AttentesAsync([.. offered.Select(p => p.Code)], clock.Today(), cancellation);
        Programmes =
        [
            .. offered.OrderByDescending(p => expected[p.Code].EstOuverteLe(clock.Today()))
                .Select(p => new Choix(p.Code, (offered.Count(other => other.Intitule == p.Intitule) > 1 ? $"{p.Libelle} ({p.Annee})" : p.Libelle) + Mention(expected[p.Code]))),
        ];
        Programme = Settle(Programme, Programmes);
        var ofProgramme = lots.Where(l => l.CodeProgramme == Programme).ToList();
        Lots = [.. ofProgramme.DistinctBy(l => l.Numero).Select(l => new Choix(l.Numero, l.Libelle))];
        NumeroLot = Settle(NumeroLot, Lots);
        var ofLot = ofProgramme.Where(l => l.Numero == NumeroLot).ToList();
        Mandataires = [.. ofLot.Select(l => new Choix(l.Id.ToString(CultureInfo.InvariantCulture), $"{l.CodeMandataireCr} - {l.Mandataire.RaisonSociale}"))];
        Mandataire = int.TryParse(Settle(Mandataire?.ToString(CultureInfo.InvariantCulture), Mandataires), out var id) ? id : null;
        Lieux = [.. Etablissement.Lieux.Where(l => l.Actif).OrderBy(l => l.Id)
            .Select(l => new Choix(l.Id.ToString(CultureInfo.InvariantCulture), $"{Etablissement.Numero} - {Etablissement.RaisonSociale} - {l.Nom}"))];
        Lieu = int.TryParse(Settle(Lieu?.ToString(CultureInfo.InvariantCulture), Lieux), out var place) ? place : null;
        var chosen = ofLot.FirstOrDefault(l => l.Id == Mandataire);
        if (chosen is null) return;
        attentes = expected[chosen.CodeProgramme];
        CodesAdmis = chosen.CodesCertifinfo.Count > 0 ? chosen.CodesCertifinfo : attentes.CodesCertifinfo;
    }

    /// <summary>What the list says of a programme on which nothing may be entered today.</summary>
    private string Mention(Attentes expected) => expected.EstOuverteLe(clock.Today()) ? ""
        : expected.OuvertureSaisie > clock.Today() ? $" (saisie à partir du {expected.OuvertureSaisie:dd/MM/yyyy})" : " (saisie close)";

    /// <summary>Why nothing may be created on the programme today (decision 50), or <c>null</c>.</summary>
    private string? Closed()
    {
        var today = clock.Today();
        return attentes.EstOuverteLe(today) ? null
            : attentes.OuvertureSaisie > today ? $"La saisie de ce programme ouvre le {attentes.OuvertureSaisie:dd/MM/yyyy} : rien ne peut y être créé avant."
            : $"La saisie de ce programme est close depuis le {attentes.FermetureSaisie:dd/MM/yyyy} : rien ne peut plus y être créé.";
    }

    private void RequireAll()
    {
        if (Programme is null) ModelState.AddModelError(nameof(Programme), "Programme : choisissez un programme.");
        else if (NumeroLot is null) ModelState.AddModelError(nameof(NumeroLot), "Intitulé du lot : choisissez un lot.");
        else if (Mandataire is null) ModelState.AddModelError(nameof(Mandataire), "Mandataire : choisissez le mandataire.");
        if (Lieu is null) ModelState.AddModelError(nameof(Lieu), "Site de réalisation : choisissez un site.");
    }

    private static string? Settle(string? asked, IReadOnlyList<Choix> choices) =>
        choices.Any(choice => choice.Code == asked) ? asked : choices.Count == 1 ? choices[0].Code : null;
}
