using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;

namespace Sofi.Core.Referentiels;

/// <summary>A bloc de compétences that a formation may take up: from the RNCP code, completed by the CertifInfo sheet.</summary>
/// <param name="Code">Code of the bloc.</param>
/// <param name="TypeModule">LHÉO dict-type-module code.</param>
/// <param name="Intitule">Intitulé of the module.</param>
/// <param name="Objectif">Objectif of the module.</param>
/// <param name="Programme">Programme of the module.</param>
public sealed record BlocPropose(string Code, string TypeModule, string Intitule, string? Objectif, string? Programme);

/// <summary>A certification as a Fiche Formation takes it up: open data completed by the Cariforef's sheet and the RNCP blocs.</summary>
/// <param name="Code">Code CertifInfo.</param>
/// <param name="Libelle">Libellé.</param>
/// <param name="CodeType">Type of certification.</param>
/// <param name="LibelleType">Libellé of the type.</param>
/// <param name="NiveauSortie">Exit level, LHÉO dict-niveaux code.</param>
/// <param name="CodeRncp">RNCP code with prefix, or <c>null</c>.</param>
/// <param name="CodeRs">RS code with prefix, or <c>null</c>.</param>
/// <param name="Formacodes">Formacodes: those of the sheet, else of the open data.</param>
/// <param name="Romes">ROME codes.</param>
/// <param name="Nsfs">NSF codes.</param>
/// <param name="Publiee">False when it may no longer be chosen.</param>
/// <param name="Remplacants">Successors.</param>
/// <param name="ObjectifGeneral">Objectif général of the sheet (dict-AIS), else 6 (certification).</param>
/// <param name="Objectif">Objectif of the sheet.</param>
/// <param name="Programme">Programme of the sheet.</param>
/// <param name="ResultatsAttendus">Résultats attendus of the sheet.</param>
/// <param name="Blocs">Blocs known.</param>
public sealed record CertificationComplete(
    int Code, string Libelle, int CodeType, string LibelleType, string NiveauSortie, string? CodeRncp, string? CodeRs,
    Codes Formacodes, Codes Romes, Codes Nsfs, bool Publiee, Codes Remplacants,
    string ObjectifGeneral, string? Objectif, string? Programme, string? ResultatsAttendus, IReadOnlyList<BlocPropose> Blocs);

/// <summary>A certification that stands in the place of a replaced one.</summary>
/// <param name="Code">Code CertifInfo.</param>
/// <param name="Libelle">Libellé.</param>
public sealed record Successeur(int Code, string Libelle);

/// <summary>A certification found by a search.</summary>
/// <param name="Code">Code CertifInfo.</param>
/// <param name="Libelle">Libellé.</param>
/// <param name="LibelleType">Libellé of its type.</param>
/// <param name="NiveauSortie">Exit level, LHÉO dict-niveaux code.</param>
/// <param name="CodeRncp">RNCP code with prefix, or <c>null</c>.</param>
/// <param name="Publiee">False when it may no longer be chosen.</param>
/// <param name="Fiche">True when the Cariforef completed a sheet for it.</param>
/// <param name="Successeurs">For one that may no longer be chosen: those that may, at the end of the chain; several need a human choice.</param>
public sealed record CertificationTrouvee(
    int Code, string Libelle, string LibelleType, string NiveauSortie, string? CodeRncp, bool Publiee, bool Fiche, IReadOnlyList<Successeur> Successeurs);

/// <summary>Which certifications a list shows.</summary>
public enum FiltreCertifications
{
    /// <summary>All of them.</summary>
    Toutes,

    /// <summary>Those completed by a sheet.</summary>
    AvecFiche,

    /// <summary>Those that may no longer be chosen.</summary>
    Remplacees,
}

/// <summary>Reads the reference data: certifications, Formacodes, communes, nomenclatures. Each method makes a fixed number of queries.</summary>
public sealed class ReferentielService(SofiDbContext db)
{
    /// <summary>Most results that a search gives.</summary>
    public const int MaxResultats = 100;

    /// <summary>A certification with its sheet and blocs, or <c>null</c> when the code is unknown.</summary>
    public async Task<CertificationComplete?> FindCertificationAsync(int code, CancellationToken cancellation = default)
    {
        var row = await (
            from certification in db.Set<Certification>()
            join type in db.Set<TypeCertification>() on certification.CodeType equals type.Code into types
            from type in types.DefaultIfEmpty()
            join fiche in db.Set<FicheRncp>() on certification.CodeRncp equals fiche.Code into fiches
            from fiche in fiches.DefaultIfEmpty()
            where certification.Code == code
            select new { certification, LibelleType = type == null ? "" : type.Libelle, fiche }).AsNoTracking().FirstOrDefaultAsync(cancellation);
        if (row is null) return null;
        var sheet = await db.Set<FicheCertifinfo>().AsNoTracking().Include(f => f.Blocs).FirstOrDefaultAsync(f => f.Code == code, cancellation);
        var rncp = row.certification.CodeRncp is { } codeRncp
            ? await db.Set<BlocRncp>().AsNoTracking().Where(b => b.CodeRncp == codeRncp).ToListAsync(cancellation)
            : [];
        var own = sheet?.Blocs.ToDictionary(b => b.Code) ?? [];
        var blocs = rncp.Where(b => !own.ContainsKey(b.Code)).Select(b => new BlocPropose(b.Code, "0", b.Libelle, null, null))
            .Concat(own.Values.Select(b => new BlocPropose(b.Code, b.TypeModule, b.Intitule, b.Objectif, b.Programme)))
            .OrderBy(b => b.Code, StringComparer.Ordinal).ToList();
        var c = row.certification;
        return new CertificationComplete(
            c.Code, c.Libelle, c.CodeType, row.LibelleType, c.NiveauSortie, c.CodeRncp, c.CodeRs,
            FirstFilled(sheet?.Formacodes, c.Formacodes, row.fiche?.Formacodes), FirstFilled(c.Romes, row.fiche?.Romes), FirstFilled(c.Nsfs, row.fiche?.Nsfs),
            c.Publiee, c.Remplacants, sheet?.ObjectifGeneral ?? "6", sheet?.Objectif, sheet?.Programme, sheet?.ResultatsAttendus, blocs);
    }

    /// <summary>
    /// Certifications by code or by words, all of which must match, whatever accents and case: those that may be chosen first, and
    /// among them the exact code, then those that begin with what was typed.
    /// </summary>
    /// <param name="text">Words or code; blank finds nothing.</param>
    /// <param name="limit">Most results, 1 to <see cref="MaxResultats"/>.</param>
    /// <param name="cancellation">Stops the search.</param>
    public async Task<IReadOnlyList<CertificationTrouvee>> SearchCertificationsAsync(string? text, int limit = 20, CancellationToken cancellation = default)
    {
        var words = Texte.Words(text);
        return words.Count == 0 ? [] : await ReadCertificationsAsync(Matching(words), words, 0, limit, cancellation);
    }

    /// <summary>The same among a few codes, those that a lot admits.</summary>
    /// <param name="codes">Codes searched among.</param>
    /// <param name="text">Words or code; blank finds all of them.</param>
    /// <param name="cancellation">Stops the search.</param>
    public async Task<IReadOnlyList<CertificationTrouvee>> SearchCertificationsAsync(IReadOnlyList<int> codes, string? text, CancellationToken cancellation = default)
    {
        var words = Texte.Words(text);
        return await ReadCertificationsAsync(Matching(words).Where(c => codes.Contains(c.Code)), words, 0, MaxResultats, cancellation);
    }

    /// <summary>A page of certifications, with the number of all that match.</summary>
    /// <param name="text">Words or code; blank for all.</param>
    /// <param name="filtre">Which ones.</param>
    /// <param name="skip">How many come before the page.</param>
    /// <param name="limit">Size of the page, 1 to <see cref="MaxResultats"/>.</param>
    /// <param name="cancellation">Stops the search.</param>
    public async Task<(IReadOnlyList<CertificationTrouvee> Resultats, int Total)> PageCertificationsAsync(
        string? text, FiltreCertifications filtre, int skip, int limit, CancellationToken cancellation = default)
    {
        var words = Texte.Words(text);
        var query = Matching(words);
        if (filtre == FiltreCertifications.AvecFiche) query = query.Where(c => db.Set<FicheCertifinfo>().Any(f => f.Code == c.Code));
        if (filtre == FiltreCertifications.Remplacees) query = query.Where(c => !c.Publiee);
        return (await ReadCertificationsAsync(query, words, skip, limit, cancellation), await query.CountAsync(cancellation));
    }

    /// <summary>
    /// The certifications that may be chosen in the place of a replaced one, at the end of the chain of successors: none, one, or several
    /// (then a human chooses). A chain that turns in circles ends.
    /// </summary>
    public async Task<IReadOnlyList<Successeur>> FindSuccesseursAsync(int code, CancellationToken cancellation = default) =>
        (await SuccessorsOfAsync([code], cancellation)).GetValueOrDefault(code) ?? [];

    /// <summary>An RNCP or RS fiche and the active fiches at the end of its chain of successors, or <c>null</c> when it is unknown.</summary>
    public async Task<(FicheRncp Fiche, IReadOnlyList<string> Successeurs)?> FindFicheRncpAsync(string code, CancellationToken cancellation = default)
    {
        if (await db.Set<FicheRncp>().AsNoTracking().FirstOrDefaultAsync(f => f.Code == code, cancellation) is not { } fiche) return null;
        if (fiche.Remplacants.Count == 0) return (fiche, []);
        var links = await db.Set<FicheRncp>().AsNoTracking().Where(f => f.Remplacants != Codes.Aucun).Select(f => new { f.Code, f.Remplacants })
            .ToDictionaryAsync(f => f.Code, f => f.Remplacants, cancellation);
        return (fiche, ChaineRemplacements.Ends(code, links));
    }

    /// <summary>Formacodes of a list by code or by words, all of which must match in libellé or synonyms.</summary>
    /// <param name="text">Words or code; blank finds nothing.</param>
    /// <param name="liste">One of <see cref="ListesFormacode"/>.</param>
    /// <param name="limit">Most results, 1 to <see cref="MaxResultats"/>.</param>
    /// <param name="cancellation">Stops the search.</param>
    public async Task<IReadOnlyList<Formacode>> SearchFormacodesAsync(
        string? text, string liste = ListesFormacode.Domaine, int limit = 20, CancellationToken cancellation = default)
    {
        var words = Texte.Words(text);
        if (words.Count == 0) return [];
        var query = db.Set<Formacode>().AsNoTracking().Where(f => f.Liste == liste);
        foreach (var word in words) query = query.Where(f => f.Recherche.Contains(word));
        var first = words[0];
        return await query.OrderBy(f => f.Code == first ? 0 : f.Recherche.StartsWith(first) ? 1 : 2).ThenBy(f => f.Recherche).ThenBy(f => f.Code)
            .Take(Math.Clamp(limit, 1, MaxResultats)).ToListAsync(cancellation);
    }

    /// <summary>A whole list of Formacode, in the order of the libellés: publics, modalités pédagogiques, périodes.</summary>
    public async Task<IReadOnlyList<Formacode>> FormacodesAsync(string liste, CancellationToken cancellation = default) =>
        await db.Set<Formacode>().AsNoTracking().Where(f => f.Liste == liste).OrderBy(f => f.Recherche).ThenBy(f => f.Code).ToListAsync(cancellation);

    /// <summary>The Formacodes of these codes, in the order given; unknown codes are left out.</summary>
    public async Task<IReadOnlyList<Formacode>> FindFormacodesAsync(IEnumerable<string> codes, CancellationToken cancellation = default)
    {
        var wanted = codes.Distinct().ToList();
        var found = wanted.Count == 0 ? [] : await db.Set<Formacode>().AsNoTracking().Where(f => wanted.Contains(f.Code)).ToListAsync(cancellation);
        return [.. found.OrderBy(f => wanted.IndexOf(f.Code))];
    }

    /// <summary>
    /// Communes by name or postal code ("St Nazaire", "44000", "nantes 442"): the exact name first, then those that begin with it, the most
    /// populated first.
    /// </summary>
    /// <param name="text">Words or postal code, or the beginning of one; blank finds nothing.</param>
    /// <param name="limit">Most results, 1 to <see cref="MaxResultats"/>.</param>
    /// <param name="departement">Code of a département to stay in, or <c>null</c>.</param>
    /// <param name="cancellation">Stops the search.</param>
    public async Task<IReadOnlyList<Commune>> SearchCommunesAsync(
        string? text, int limit = 20, string? departement = null, CancellationToken cancellation = default)
    {
        var words = Texte.Words(text).Select(word => word switch { "st" => "saint", "ste" => "sainte", _ => word }).ToList();
        if (words.Count == 0) return [];
        var query = db.Set<Commune>().AsNoTracking();
        if (departement is not null) query = query.Where(c => c.Departement == departement);
        foreach (var word in words) query = query.Where(c => c.Recherche.Contains(word));
        // The folded name is followed by the postal codes: "nantes 44000".
        var (exact, start) = (string.Join(' ', words) + " ", words[0]);
        return await query.OrderBy(c => c.Recherche.StartsWith(exact) ? 0 : c.Recherche.StartsWith(start) ? 1 : 2)
            .ThenByDescending(c => c.Population ?? 0).ThenBy(c => c.CodeInsee)
            .Take(Math.Clamp(limit, 1, MaxResultats)).ToListAsync(cancellation);
    }

    /// <summary>The types of certification, in the order of the libellés.</summary>
    /// <param name="sansCertification">True for those open to a free formation alone (decision 49).</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<IReadOnlyList<TypeCertification>> TypesCertificationAsync(bool sansCertification = false, CancellationToken cancellation = default)
    {
        var types = await db.Set<TypeCertification>().AsNoTracking().Where(t => !sansCertification || t.SansCertification).ToListAsync(cancellation);
        return [.. types.OrderBy(t => Texte.Fold(t.Libelle), StringComparer.Ordinal).ThenBy(t => t.Code)];
    }

    /// <summary>The pré-requis in their order: those offered, or all with the withdrawn ones.</summary>
    public async Task<IReadOnlyList<Prerequis>> PrerequisAsync(bool retires = false, CancellationToken cancellation = default) =>
        await db.Set<Prerequis>().AsNoTracking().Where(p => retires || p.Actif).OrderBy(p => p.Ordre).ThenBy(p => p.Code).ToListAsync(cancellation);

    /// <summary>The public holidays from a day to another, both included.</summary>
    public async Task<IReadOnlyList<JourFerie>> JoursFeriesAsync(DateOnly from, DateOnly to, CancellationToken cancellation = default) =>
        await db.Set<JourFerie>().AsNoTracking().Where(j => j.Date >= from && j.Date <= to).OrderBy(j => j.Date).ToListAsync(cancellation);

    /// <summary>The libellés of a list of <see cref="Nomenclatures"/> or of a LHÉO table, by code.</summary>
    public async Task<IReadOnlyDictionary<string, string>> LibellesAsync(string liste, CancellationToken cancellation = default) =>
        await db.Set<Nomenclature>().Where(n => n.Liste == liste).ToDictionaryAsync(n => n.Code, n => n.Libelle, cancellation);

    private static Codes FirstFilled(params ReadOnlySpan<Codes?> lists)
    {
        foreach (var codes in lists)
            if (codes is { Count: > 0 }) return codes;
        return Codes.Aucun;
    }

    private IQueryable<Certification> Matching(IReadOnlyList<string> words)
    {
        var query = db.Set<Certification>().AsNoTracking();
        foreach (var word in words) query = query.Where(c => c.Recherche.Contains(word));
        return query;
    }

    private async Task<List<CertificationTrouvee>> ReadCertificationsAsync(
        IQueryable<Certification> query, IReadOnlyList<string> words, int skip, int limit, CancellationToken cancellation)
    {
        var start = words.Count > 0 ? words[0] : "";
        _ = int.TryParse(start, out var code);
        var rows = await query
            .OrderBy(c => c.Publiee ? 0 : 1).ThenBy(c => c.Code == code ? 0 : c.Recherche.StartsWith(start) ? 1 : 2).ThenBy(c => c.Recherche).ThenBy(c => c.Code)
            .Skip(Math.Max(skip, 0)).Take(Math.Clamp(limit, 1, MaxResultats))
            .Select(c => new
            {
                c.Code,
                c.Libelle,
                c.NiveauSortie,
                c.CodeRncp,
                c.Publiee,
                LibelleType = db.Set<TypeCertification>().Where(t => t.Code == c.CodeType).Select(t => t.Libelle).FirstOrDefault() ?? "",
                Fiche = db.Set<FicheCertifinfo>().Any(f => f.Code == c.Code),
            })
            .ToListAsync(cancellation);
        var successors = await SuccessorsOfAsync([.. rows.Where(r => !r.Publiee).Select(r => r.Code)], cancellation);
        return [.. rows.Select(r => new CertificationTrouvee(
            r.Code, r.Libelle, r.LibelleType, r.NiveauSortie, r.CodeRncp, r.Publiee, r.Fiche, successors.GetValueOrDefault(r.Code) ?? []))];
    }

    /// <summary>Two queries, whatever the length of the chains: every link of the base, then the libellés of the ends.</summary>
    private async Task<Dictionary<int, IReadOnlyList<Successeur>>> SuccessorsOfAsync(IReadOnlyList<int> codes, CancellationToken cancellation)
    {
        if (codes.Count == 0) return [];
        var links = await db.Set<Certification>().AsNoTracking().Where(c => c.Remplacants != Codes.Aucun && !c.Publiee).Select(c => new { c.Code, c.Remplacants })
            .ToDictionaryAsync(c => $"{c.Code}", c => c.Remplacants, cancellation);
        var ends = codes.ToDictionary(code => code, code => ChaineRemplacements.Ends($"{code}", links).Select(int.Parse).ToList());
        var wanted = ends.Values.SelectMany(e => e).Distinct().ToList();
        var live = await db.Set<Certification>().Where(c => wanted.Contains(c.Code) && c.Publiee).ToDictionaryAsync(c => c.Code, c => c.Libelle, cancellation);
        return ends.ToDictionary(e => e.Key, IReadOnlyList<Successeur> (e) => [.. e.Value.Where(live.ContainsKey).Select(code => new Successeur(code, live[code]))]);
    }
}
