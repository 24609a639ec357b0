using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Core.Programmes;

/// <summary>How saving a setting ended.</summary>
public enum IssueReglage
{
    /// <summary>Saved, or already so.</summary>
    Enregistre,

    /// <summary>Someone else saved it meanwhile: nothing was written.</summary>
    VersionDepassee,

    /// <summary>Another line has the same key (date of settings, code of dispositif): nothing was written.</summary>
    DejaPris,
}

/// <summary>A programme on the Cariforef's list.</summary>
/// <param name="Code">Code of the programme.</param>
/// <param name="Programme">The programme; <c>null</c> while only its settings are known and the Région's file has not come.</param>
/// <param name="NbLots">Lots present, counted by numéro.</param>
/// <param name="NbReglages">Dated settings.</param>
public sealed record ProgrammeListe(string Code, Programme? Programme, int NbLots, int NbReglages);

/// <summary>
/// The Région's programmes as the rest of Sofi asks for them: what they expect on a date, what an établissement may enter on them,
/// and the settings and dispositifs that the Cariforef keeps.
/// </summary>
public sealed class ProgrammeService(SofiDbContext db, JournalService journal)
{
    /// <summary>What programmes expect on a day: the latest settings whose date is past, or none. One query for all of them.</summary>
    public async Task<IReadOnlyDictionary<string, Attentes>> AttentesAsync(
        IReadOnlyCollection<string> programmes, DateOnly day, CancellationToken cancellation = default)
    {
        var rows = await db.Set<ReglagesProgramme>().AsNoTracking()
            .Where(r => programmes.Contains(r.CodeProgramme) && r.ApplicableLe <= day).ToListAsync(cancellation);
        var latest = rows.GroupBy(r => r.CodeProgramme).ToDictionary(group => group.Key, group => group.MaxBy(r => r.ApplicableLe)!.Attentes);
        return programmes.Distinct().ToDictionary(code => code, code => latest.GetValueOrDefault(code, Attentes.Aucune));
    }

    /// <summary>What one programme expects on a day.</summary>
    public async Task<Attentes> AttentesAsync(string programme, DateOnly day, CancellationToken cancellation = default) =>
        (await AttentesAsync([programme], day, cancellation))[programme];

    /// <summary>Lots on which an établissement may enter, with their programme and mandataire: latest year first, then as the lists show them. One query.</summary>
    public async Task<IReadOnlyList<Lot>> LotsAsync(int etablissement, CancellationToken cancellation = default) =>
        await db.Set<Lot>().OpenTo(etablissement).AsNoTracking().Include(l => l.Programme).Include(l => l.Mandataire)
            .OrderByDescending(l => l.Programme.Annee).ThenBy(l => l.Programme.Intitule).ThenBy(l => l.Programme.Code).ThenBy(l => l.Numero)
            .ThenBy(l => l.CodeMandataireCr).ToListAsync(cancellation);

    /// <summary>Programmes and settings for the Cariforef, latest year first, then settings that still wait for their programme.</summary>
    public async Task<IReadOnlyList<ProgrammeListe>> ListAsync(CancellationToken cancellation = default)
    {
        var programmes = await db.Set<Programme>().AsNoTracking().ToListAsync(cancellation);
        var lots = await db.Set<Lot>().Where(l => l.Present).GroupBy(l => l.CodeProgramme)
            .Select(group => new { Code = group.Key, Lots = group.Select(l => l.Numero).Distinct().Count() })
            .ToDictionaryAsync(row => row.Code, row => row.Lots, cancellation);
        var settings = await db.Set<ReglagesProgramme>().GroupBy(r => r.CodeProgramme)
            .Select(group => new { Code = group.Key, Lines = group.Count() }).ToDictionaryAsync(row => row.Code, row => row.Lines, cancellation);
        return
        [
            .. programmes.OrderByDescending(p => p.Annee).ThenBy(p => p.Intitule, StringComparer.Ordinal)
                .Select(p => new ProgrammeListe(p.Code, p, lots.GetValueOrDefault(p.Code), settings.GetValueOrDefault(p.Code))),
            .. settings.Where(s => programmes.All(p => p.Code != s.Key)).OrderBy(s => s.Key, StringComparer.Ordinal)
                .Select(s => new ProgrammeListe(s.Key, null, 0, s.Value)),
        ];
    }

    /// <summary>A programme, or <c>null</c>.</summary>
    public Task<Programme?> FindAsync(string code, CancellationToken cancellation = default) =>
        db.Set<Programme>().AsNoTracking().FirstOrDefaultAsync(p => p.Code == code, cancellation);

    /// <summary>The dated settings of a programme, latest first.</summary>
    public async Task<IReadOnlyList<ReglagesProgramme>> ReglagesAsync(string programme, CancellationToken cancellation = default) =>
        await db.Set<ReglagesProgramme>().AsNoTracking().Where(r => r.CodeProgramme == programme).OrderByDescending(r => r.ApplicableLe)
            .ToListAsync(cancellation);

    /// <summary>
    /// Saves the settings of a programme from a date on: a new line when <see cref="ReglagesProgramme.Id"/> is 0, otherwise the line of that
    /// number if its version is still the one given.
    /// </summary>
    public async Task<IssueReglage> SaveAsync(ReglagesProgramme reglages, Auteur auteur, CancellationToken cancellation = default)
    {
        var stored = await db.Set<ReglagesProgramme>().FirstOrDefaultAsync(r => r.Id == reglages.Id && r.CodeProgramme == reglages.CodeProgramme, cancellation);
        if (reglages.Id != 0 && stored?.Version != reglages.Version) return IssueReglage.VersionDepassee;
        var others = db.Set<ReglagesProgramme>().Where(r => r.CodeProgramme == reglages.CodeProgramme && r.Id != reglages.Id);
        if (await others.AnyAsync(r => r.ApplicableLe == reglages.ApplicableLe, cancellation)) return IssueReglage.DejaPris;
        IReadOnlyList<Changement> changes =
        [
            .. Changement.Between(stored is null ? null : new { stored.ApplicableLe, stored.Remarque }, new { reglages.ApplicableLe, reglages.Remarque }),
            .. Changement.Between(stored?.Attentes, reglages.Attentes),
        ];
        if (changes.Count == 0) return IssueReglage.Enregistre;
        if (stored is null)
        {
            db.Add(reglages);
        }
        else
        {
            (stored.ApplicableLe, stored.Attentes, stored.Remarque) = (reglages.ApplicableLe, reglages.Attentes, reglages.Remarque);
            stored.Version++;
        }

        return await SaveAsync("ReglagesProgrammeEnregistres", "programme", reglages.CodeProgramme, changes, auteur, cancellation);
    }

    /// <summary>The table of dispositifs, by code.</summary>
    public async Task<IReadOnlyList<Dispositif>> DispositifsAsync(CancellationToken cancellation = default) =>
        await db.Set<Dispositif>().AsNoTracking().OrderBy(d => d.Code).ToListAsync(cancellation);

    /// <summary>Adds a dispositif to the table.</summary>
    public async Task<IssueReglage> AddAsync(Dispositif dispositif, Auteur auteur, CancellationToken cancellation = default)
    {
        if (await db.Set<Dispositif>().AnyAsync(d => d.Code == dispositif.Code, cancellation)) return IssueReglage.DejaPris;
        db.Add(dispositif);
        return await SaveAsync("DispositifAjoute", "dispositif", dispositif.Code,
            Changement.Between(null, new { dispositif.Libelle, dispositif.Nature, dispositif.Actif }), auteur, cancellation);
    }

    /// <summary>Saves a dispositif of the table, if its version is still the one given.</summary>
    public async Task<IssueReglage> SaveAsync(Dispositif dispositif, Auteur auteur, CancellationToken cancellation = default)
    {
        var stored = await db.Set<Dispositif>().FirstOrDefaultAsync(d => d.Code == dispositif.Code, cancellation);
        if (stored?.Version != dispositif.Version) return IssueReglage.VersionDepassee;
        var changes = Changement.Between(new { stored.Libelle, stored.Nature, stored.Actif }, new { dispositif.Libelle, dispositif.Nature, dispositif.Actif });
        if (changes.Count == 0) return IssueReglage.Enregistre;
        (stored.Libelle, stored.Nature, stored.Actif) = (dispositif.Libelle, dispositif.Nature, dispositif.Actif);
        stored.Version++;
        return await SaveAsync("DispositifModifie", "dispositif", dispositif.Code, changes, auteur, cancellation);
    }

    private async Task<IssueReglage> SaveAsync(
        string type, string objet, object key, IReadOnlyList<Changement> changes, Auteur auteur, CancellationToken cancellation)
    {
        journal.Begin(NatureProcessus.Referentiel, auteur).Add(type, objet, key, changes);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return IssueReglage.Enregistre;
        }
        catch (DbUpdateException e)
        {
            return e is DbUpdateConcurrencyException ? IssueReglage.VersionDepassee : IssueReglage.DejaPris;
        }
    }
}
