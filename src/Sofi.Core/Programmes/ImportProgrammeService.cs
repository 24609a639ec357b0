using System.Data.Common;
using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Organismes;

namespace Sofi.Core.Programmes;

/// <summary>How an import ended.</summary>
public enum IssueImport
{
    /// <summary>Nothing was written: the preview says what would be.</summary>
    Apercu,

    /// <summary>The whole file was applied.</summary>
    Applique,

    /// <summary>The file has faults: nothing was written.</summary>
    Refuse,

    /// <summary>The base changed since the preview: nothing was written, a new preview is needed.</summary>
    BaseChangee,

    /// <summary>The preview does not exist any more: its author made another one.</summary>
    Introuvable,
}

/// <summary>What an import or its preview gave.</summary>
/// <param name="Issue">How it ended.</param>
/// <param name="ImportId">Number of the import; <c>null</c> when none is kept.</param>
/// <param name="Rapport">The report; <c>null</c> when the file was refused.</param>
/// <param name="Fautes">Faults that block, then warnings.</param>
public sealed record ResultatImport(IssueImport Issue, int? ImportId, RapportImport? Rapport, IReadOnlyList<FileFault> Fautes);

/// <summary>A past import, without its file.</summary>
/// <param name="Id">Number.</param>
/// <param name="NomFichier">Name of the file.</param>
/// <param name="Auteur">Who brought it.</param>
/// <param name="DeposeLe">When it was brought (UTC).</param>
/// <param name="Etat">Where it stands.</param>
/// <param name="AppliquePar">Who applied it.</param>
/// <param name="AppliqueLe">When it was applied (UTC).</param>
/// <param name="NbChangements">Number of lines created, changed or absent.</param>
public sealed record ImportPasse(
    int Id, string NomFichier, string Auteur, DateTime DeposeLe, EtatImport Etat, string? AppliquePar, DateTime? AppliqueLe, int NbChangements);

/// <summary>
/// Imports the Région's file: preview, then apply, all or nothing. The writes are made by set, in a number of queries that does not depend on
/// the lines. It never removes a lot on which something was entered, and never touches a session.
/// </summary>
public sealed class ImportProgrammeService(
    SofiDbContext db, IDatabaseEngine engine, OrganismeService organismes, ILotUsage usage, JournalService journal, TimeProvider clock)
{
    private const string Verrou = "import-programme";

    private static readonly Expression<Func<ImportProgramme, ImportPasse>> WithoutFile =
        i => new ImportPasse(i.Id, i.NomFichier, i.Auteur, i.DeposeLe, i.Etat, i.AppliquePar, i.AppliqueLe, i.NbChangements);

    /// <summary>Says what a file would do; writes nothing and keeps nothing.</summary>
    public async Task<ResultatImport> CompareAsync(byte[] file, CancellationToken cancellation = default)
    {
        var (plan, faults) = await PlanAsync(file, cancellation);
        return new ResultatImport(plan is null ? IssueImport.Refuse : IssueImport.Apercu, null, plan?.Rapport, faults);
    }

    /// <summary>Says what a file would do, and keeps it so that it can be applied: it takes the place of the author's former preview.</summary>
    public async Task<ResultatImport> PreviewAsync(string name, byte[] file, Auteur auteur, CancellationToken cancellation = default)
    {
        var compared = await CompareAsync(file, cancellation);
        if (compared.Rapport is not { } report) return compared;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.Set<ImportProgramme>().Where(i => i.Etat == EtatImport.Apercu && i.CompteId == auteur.CompteId).ExecuteDeleteAsync(cancellation);
        var import = Start(name, file, auteur, report);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return compared with { ImportId = import.Id };
    }

    /// <summary>Applies a previewed file, unless the base would now give another report. Applying twice is applying once.</summary>
    public Task<ResultatImport> ApplyAsync(int importId, Auteur auteur, CancellationToken cancellation = default) => WriteAsync(
        async () =>
        {
            var import = await db.Set<ImportProgramme>().FirstOrDefaultAsync(i => i.Id == importId, cancellation);
            if (import is null) return new ResultatImport(IssueImport.Introuvable, null, null, []);
            if (import.Etat == EtatImport.Applique) return new ResultatImport(IssueImport.Applique, import.Id, RapportImport.FromJson(import.Rapport), []);
            var (plan, faults) = await PlanAsync(import.Contenu, cancellation);
            if (plan is null || plan.Rapport.ToJson() != import.Rapport) return new ResultatImport(IssueImport.BaseChangee, import.Id, plan?.Rapport, faults);
            await ApplyAsync(plan, import, auteur, cancellation);
            return new ResultatImport(IssueImport.Applique, import.Id, plan.Rapport, faults);
        },
        importId, cancellation);

    /// <summary>Compares and applies a file at once: the command line, the demonstration set.</summary>
    public Task<ResultatImport> ImportAsync(string name, byte[] file, Auteur auteur, CancellationToken cancellation = default) => WriteAsync(
        async () =>
        {
            var (plan, faults) = await PlanAsync(file, cancellation);
            if (plan is null) return new ResultatImport(IssueImport.Refuse, null, null, faults);
            var import = Start(name, file, auteur, plan.Rapport);
            await db.SaveChangesAsync(cancellation);
            await ApplyAsync(plan, import, auteur, cancellation);
            return new ResultatImport(IssueImport.Applique, import.Id, plan.Rapport, faults);
        },
        null, cancellation);

    /// <summary>Every import, latest first: a few a year.</summary>
    public async Task<IReadOnlyList<ImportPasse>> ListAsync(CancellationToken cancellation = default) =>
        await db.Set<ImportProgramme>().OrderByDescending(i => i.Id).Select(WithoutFile).ToListAsync(cancellation);

    /// <summary>An import with its report, or <c>null</c>.</summary>
    public async Task<(ImportPasse Import, RapportImport Rapport)?> FindAsync(int id, CancellationToken cancellation = default)
    {
        var row = db.Set<ImportProgramme>().Where(i => i.Id == id);
        if (await row.Select(WithoutFile).FirstOrDefaultAsync(cancellation) is not { } import) return null;
        return (import, RapportImport.FromJson(await row.Select(i => i.Rapport).SingleAsync(cancellation)));
    }

    /// <summary>The file of an import, byte for byte, or <c>null</c>.</summary>
    public async Task<(string Nom, byte[] Contenu)?> FileAsync(int id, CancellationToken cancellation = default)
    {
        var found = await db.Set<ImportProgramme>().Where(i => i.Id == id).Select(i => new { i.NomFichier, i.Contenu }).FirstOrDefaultAsync(cancellation);
        return found is null ? null : (found.NomFichier, found.Contenu);
    }

    private async Task<(PlanImport? Plan, IReadOnlyList<FileFault> Faults)> PlanAsync(byte[] file, CancellationToken cancellation)
    {
        var (fichier, faults) = LecteurFichierRegion.Read(file);
        if (fichier is null) return (null, faults);
        var plan = PlanImport.Compare(fichier, await EtatBase.LoadAsync(db, usage, fichier, cancellation), faults);
        return plan.Fautes.Any(fault => fault.Blocking) ? (null, [.. plan.Fautes.OrderByDescending(fault => fault.Blocking)]) : (plan, plan.Fautes);
    }

    private ImportProgramme Start(string name, byte[] file, Auteur auteur, RapportImport report)
    {
        var import = new ImportProgramme
        {
            NomFichier = Texte.CleanLine(Path.GetFileName(name.Replace('\\', '/'))) is { } clean ? clean[..Math.Min(clean.Length, 200)] : "fichier",
            Contenu = file,
            CompteId = auteur.CompteId,
            Auteur = auteur.Nom,
            DeposeLe = clock.UtcInstant(),
            Etat = EtatImport.Apercu,
            Rapport = report.ToJson(),
            NbChangements = report.Lignes.Count,
        };
        db.Add(import);
        return import;
    }

    /// <summary>Runs the work of an apply in its transaction, one apply at a time; commits only when it was applied.</summary>
    private async Task<ResultatImport> WriteAsync(Func<Task<ResultatImport>> work, int? importId, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        try
        {
            await db.LockAsync(Verrou, cancellation);
            var result = await work();
            if (result.Issue == IssueImport.Applique) await transaction.CommitAsync(cancellation);
            return result;
        }
        catch (Exception e) when (e is BaseChangedException || IsConflict(e as DbException ?? e.InnerException as DbException))
        {
            // Someone wrote between our reading and our writing: an organisation created or changed, a session entered on a lot to remove.
            return new ResultatImport(IssueImport.BaseChangee, importId, null, []);
        }
    }

    private async Task ApplyAsync(PlanImport plan, ImportProgramme import, Auteur auteur, CancellationToken cancellation)
    {
        var numbers = await WriteOrganismesAsync(plan, cancellation);
        await engine.BulkInsertAsync(db, plan.ProgrammesCrees, cancellation);
        await UpdateAsync(plan.ProgrammesModifies, cancellation);
        var lots = await WriteLotsAsync(plan, numbers, cancellation);
        await WriteFormateursAsync(plan, lots, numbers, cancellation);
        await WriteProgrammationAsync(plan, lots, cancellation);
        if (plan.LotsRetires.Count > 0) await db.Set<Lot>().Where(l => EF.Parameter(plan.LotsRetires).Contains(l.Id)).ExecuteDeleteAsync(cancellation);
        if (plan.ProgrammesRetires.Count > 0)
            await db.Set<Programme>().Where(p => EF.Parameter(plan.ProgrammesRetires).Contains(p.Code)).ExecuteDeleteAsync(cancellation);

        import.Etat = EtatImport.Applique;
        import.AppliquePar = auteur.Nom;
        import.AppliqueLe = clock.UtcInstant();
        journal.Begin(NatureProcessus.Import, auteur).Add("ProgrammeRegionImporte", "import", import.Id, Counts(plan.Rapport));
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Creates and completes organisations; gives the number of each SIRET of the file.</summary>
    private async Task<Dictionary<string, int>> WriteOrganismesAsync(PlanImport plan, CancellationToken cancellation)
    {
        var ensured = await organismes.EnsureAsync(plan.OrganismesCrees, cancellation);
        if (ensured.Nouveaux.Count != plan.OrganismesCrees.Count) throw new BaseChangedException();
        await UpdateAsync(plan.OrganismesModifies, cancellation);

        // The place "Principal" is the établissement's own address: it is completed with it.
        var moved = plan.OrganismesModifies.ToDictionary(e => e.Numero, e => e.Adresse);
        var movedNumbers = moved.Keys.ToList();
        var places = await db.Set<Lieu>().AsNoTracking()
            .Where(l => EF.Parameter(movedNumbers).Contains(l.EtablissementNumero) && l.Nom == Lieu.NomPrincipal && l.Adresse.Commune == null)
            .ToListAsync(cancellation);
        foreach (var place in places) place.Adresse = moved[place.EtablissementNumero];
        await UpdateAsync(places, cancellation);
        return await db.Set<Etablissement>().Where(e => EF.Parameter(plan.Sirets).Contains(e.Siret))
            .ToDictionaryAsync(e => e.Siret, e => e.Numero, cancellation);
    }

    /// <summary>Creates, changes and marks lots; gives the number of each line of the file.</summary>
    private async Task<Dictionary<(string Numero, string Mandataire), int>> WriteLotsAsync(
        PlanImport plan, Dictionary<string, int> numbers, CancellationToken cancellation)
    {
        Lot Of(LigneLot line, int id = 0) => new()
        {
            Id = id,
            Numero = line.Numero,
            CodeMandataireCr = line.CodeMandataireCr,
            Intitule = line.Intitule,
            CodeProgramme = line.CodeProgramme,
            IdActionCr = line.IdActionCr,
            MandataireNumero = numbers[plan.SiretOf(line)],
            ForfaitRecrutement = line.ForfaitRecrutement,
            NbPlaces = line.NbPlaces,
            Departement = line.Departement,
            CodesCertifinfo = line.CodesCertifinfo,
        };

        foreach (var (lot, _) in plan.LotsModifies.Where(changed => changed.Ligne is null)) lot.Present = false;
        await UpdateAsync(plan.LotsModifies.Select(changed => changed.Ligne is { } line ? Of(line, changed.Lot.Id) : changed.Lot).ToList(), cancellation);
        await engine.BulkInsertAsync(db, plan.LotsCrees.Select(line => Of(line)).ToList(), cancellation);
        return await db.Set<Lot>().Where(l => EF.Parameter(plan.Numeros).Contains(l.Numero))
            .ToDictionaryAsync(l => (l.Numero, l.CodeMandataireCr), l => l.Id, cancellation);
    }

    /// <summary>Writes the formateurs anew on each line where they differ.</summary>
    private async Task WriteFormateursAsync(
        PlanImport plan, Dictionary<(string Numero, string Mandataire), int> lots, Dictionary<string, int> numbers, CancellationToken cancellation)
    {
        var emptied = plan.LotsAuxFormateursModifies.Select(key => lots[key]).Concat(plan.LotsRetires).ToList();
        if (emptied.Count == 0) return;
        await db.Set<LotFormateur>().Where(f => EF.Parameter(emptied).Contains(f.LotId)).ExecuteDeleteAsync(cancellation);
        var rows = plan.FormateursAEcrire
            .Select(f => new LotFormateur { LotId = lots[(f.NumeroLot, f.CodeMandataireCr)], EtablissementNumero = numbers[f.Siret] });
        await engine.BulkInsertAsync(db, rows.ToList(), cancellation);
    }

    private async Task WriteProgrammationAsync(PlanImport plan, Dictionary<(string Numero, string Mandataire), int> lots, CancellationToken cancellation)
    {
        if (plan.ProgrammationsRetirees.Count + plan.LotsRetires.Count > 0)
        {
            await db.Set<Programmation>()
                .Where(p => EF.Parameter(plan.ProgrammationsRetirees).Contains(p.Id) || EF.Parameter(plan.LotsRetires).Contains(p.LotId))
                .ExecuteDeleteAsync(cancellation);
        }

        await UpdateAsync(plan.ProgrammationsModifiees, cancellation);
        var rows = plan.ProgrammationsCreees.Select(line => new Programmation
        {
            LotId = lots[(line.NumeroLot, line.CodeMandataireCr)],
            DateDebut = line.DateDebut,
            DateFin = line.DateFin,
            Commune = line.Commune,
            NbPlaces = line.NbPlaces,
            BonDeCommande = line.BonDeCommande,
        });
        await engine.BulkInsertAsync(db, rows.ToList(), cancellation);
    }

    private async Task UpdateAsync<TEntity>(IReadOnlyCollection<TEntity> rows, CancellationToken cancellation)
        where TEntity : class
    {
        if (await engine.BulkUpdateAsync(db, rows, cancellation) != rows.Count) throw new BaseChangedException();
    }

    private static List<Changement> Counts(RapportImport report) =>
    [
        .. report.Lignes.GroupBy(line => (line.Nature, line.Sort)).OrderBy(group => group.Key)
            .Select(group => new Changement($"{group.Key.Nature}{group.Key.Sort}", null, group.Count().ToString(CultureInfo.InvariantCulture))),
    ];

    /// <summary>Foreign key or unique key broken, serialization failure, deadlock: someone else wrote at the same time.</summary>
    private static bool IsConflict(DbException? e) => e?.SqlState is "23503" or "23505" or "40001" or "40P01";

    /// <summary>A row that we read was changed or removed by someone else before we wrote it.</summary>
    private sealed class BaseChangedException : Exception;
}
