using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Core.Referentiels;

/// <summary>What came of saving a sheet.</summary>
/// <param name="Fiche">The sheet as stored now; <c>null</c> when there is none.</param>
/// <param name="Fautes">Values that cannot be stored; nothing was written.</param>
/// <param name="Conflit">True when somebody else saved the sheet meanwhile; nothing was written.</param>
public sealed record ResultatFiche(FicheCertifinfo? Fiche, IReadOnlyList<FauteSaisie> Fautes, bool Conflit)
{
    /// <summary>True when the sheet holds what was typed.</summary>
    public bool Reussi => Fautes.Count == 0 && !Conflit;
}

/// <summary>Keeps the CertifInfo sheets (decision 11): the only writer of a sheet beside the import of sheets.</summary>
public sealed class FicheCertifinfoService(SofiDbContext db, JournalService journal, TimeProvider clock)
{
    /// <summary>The sheet of a code with its blocs, or <c>null</c>.</summary>
    public Task<FicheCertifinfo?> FindAsync(int code, CancellationToken cancellation = default) =>
        db.Set<FicheCertifinfo>().AsNoTracking().Include(f => f.Blocs).FirstOrDefaultAsync(f => f.Code == code, cancellation);

    /// <summary>Saves a sheet. Silent when nothing changes; a shipped example that is changed is an example no more.</summary>
    /// <param name="code">CertifInfo code, known.</param>
    /// <param name="saisie">What was typed; cleaned here.</param>
    /// <param name="version">Version of the sheet that the form showed, 0 when there was none.</param>
    /// <param name="auteur">Who saves.</param>
    /// <param name="cancellation">Stops the save.</param>
    public async Task<ResultatFiche> SaveAsync(int code, SaisieCertifinfo saisie, int version, Auteur auteur, CancellationToken cancellation = default)
    {
        saisie = saisie.Cleaned();
        var rules = await ReglesCertifinfo.LoadAsync(db, cancellation);
        var sheet = await db.Set<FicheCertifinfo>().Include(f => f.Blocs).FirstOrDefaultAsync(f => f.Code == code, cancellation);
        if (rules.Check(saisie) is { Count: > 0 } faults) return new ResultatFiche(sheet, faults, false);
        if ((sheet?.Version ?? 0) != version) return new ResultatFiche(sheet, [], Conflit: true);
        var changes = saisie.ChangesFrom(SaisieCertifinfo.Of(sheet));
        if (changes.Count == 0) return new ResultatFiche(sheet, [], false);

        var created = sheet is null;
        if (sheet is null) db.Add(sheet = new FicheCertifinfo { Code = code });
        Fill(sheet, saisie, auteur, clock.UtcInstant());
        journal.Begin(NatureProcessus.Referentiel, auteur).Add(created ? "FicheCertifinfoCreee" : "FicheCertifinfoModifiee", "certifinfo", code, changes);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return new ResultatFiche(sheet, [], false);
        }
        catch (DbUpdateException)
        {
            // Another editor's save came between our reading and our writing; without one the fault is another and goes on.
            db.ChangeTracker.Clear();
            var stored = await FindAsync(code, cancellation);
            if ((stored?.Version ?? 0) == version) throw;
            return new ResultatFiche(stored, [], Conflit: true);
        }
    }

    /// <summary>Writes a cleaned, checked sheet onto its entity.</summary>
    internal static void Fill(FicheCertifinfo sheet, SaisieCertifinfo saisie, Auteur auteur, DateTime instant)
    {
        sheet.ObjectifGeneral = saisie.ObjectifGeneral;
        sheet.Objectif = saisie.Objectif;
        sheet.Programme = saisie.Programme;
        sheet.ResultatsAttendus = saisie.ResultatsAttendus;
        sheet.Formacodes = saisie.Formacodes;
        sheet.Exemple = false;
        (sheet.ModifieePar, sheet.ModifieeLe) = (auteur.Nom, instant);
        sheet.Version++;
        sheet.Blocs.RemoveAll(b => saisie.Blocs.All(typed => typed.Code != b.Code));
        foreach (var typed in saisie.Blocs)
        {
            var bloc = sheet.Blocs.Find(b => b.Code == typed.Code);
            if (bloc is null) sheet.Blocs.Add(bloc = new BlocCertifinfo { CodeCertifinfo = sheet.Code, Code = typed.Code!, Intitule = typed.Intitule! });
            (bloc.TypeModule, bloc.Intitule, bloc.Objectif, bloc.Programme) = (typed.TypeModule ?? "0", typed.Intitule!, typed.Objectif, typed.Programme);
        }
    }
}
