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

/// <summary>Reads the reference data: certifications, Formacodes, communes, nomenclatures.</summary>
public sealed class ReferentielService(SofiDbContext db)
{
    /// <summary>A certification with its sheet and blocs, or <c>null</c> when the code is unknown. A fixed number of queries.</summary>
    public async Task<CertificationComplete?> FindCertificationAsync(int code, CancellationToken cancellation = default)
    {
        var row = await (
            from certification in db.Set<Certification>()
            join type in db.Set<TypeCertification>() on certification.CodeType equals type.Code into types
            from type in types.DefaultIfEmpty()
            where certification.Code == code
            select new { certification, LibelleType = type == null ? "" : type.Libelle }).AsNoTracking().FirstOrDefaultAsync(cancellation);
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
            sheet is { Formacodes.Count: > 0 } ? sheet.Formacodes : c.Formacodes, c.Romes, c.Nsfs, c.Publiee, c.Remplacants,
            sheet?.ObjectifGeneral ?? "6", sheet?.Objectif, sheet?.Programme, sheet?.ResultatsAttendus, blocs);
    }
}
