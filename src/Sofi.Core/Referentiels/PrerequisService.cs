using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Core.Referentiels;

/// <summary>
/// Keeps the table of pré-requis (decision 18). A code never changes and never goes: fiches hold it; an item is withdrawn from the choices
/// instead. Each method answers <c>null</c> when done, or the reason of the refusal in French.
/// </summary>
public sealed class PrerequisService(SofiDbContext db, JournalService journal)
{
    /// <summary>Longest libellé, in characters.</summary>
    public const int MaxLibelle = 255;

    private const int MaxCode = 40;
    private const string Gone = "La table a changé entre-temps. Relisez-la puis recommencez.";

    /// <summary>Adds an item at the end of the list; its code comes from its libellé.</summary>
    public async Task<string?> AddAsync(string? libelle, Auteur auteur, CancellationToken cancellation = default)
    {
        var all = await db.Set<Prerequis>().OrderBy(p => p.Ordre).ToListAsync(cancellation);
        if (Fault(libelle = Texte.CleanLine(libelle), all, null) is { } fault) return fault;
        var added = new Prerequis { Code = NewCode(libelle!, all), Libelle = libelle!, Ordre = all.Select(p => p.Ordre).DefaultIfEmpty().Max() + 1 };
        db.Add(added);
        journal.Begin(NatureProcessus.Referentiel, auteur).Add("PrerequisAjoute", "prerequis", added.Code, [new Changement(nameof(Prerequis.Libelle), null, libelle)]);
        return await SaveAsync(cancellation);
    }

    /// <summary>Changes the libellé of an item; silent when it is the same.</summary>
    public async Task<string?> RenameAsync(string code, string? libelle, int version, Auteur auteur, CancellationToken cancellation = default)
    {
        var all = await db.Set<Prerequis>().ToListAsync(cancellation);
        if (all.Find(p => p.Code == code && p.Version == version) is not { } item) return Gone;
        if (Fault(libelle = Texte.CleanLine(libelle), all, code) is { } fault) return fault;
        if (item.Libelle == libelle) return null;
        journal.Begin(NatureProcessus.Referentiel, auteur).Add("PrerequisModifie", "prerequis", code, [new Changement(nameof(Prerequis.Libelle), item.Libelle, libelle)]);
        item.Libelle = libelle!;
        item.Version++;
        return await SaveAsync(cancellation);
    }

    /// <summary>Withdraws an item from the choices, or offers it again.</summary>
    public async Task<string?> OfferAsync(string code, bool actif, int version, Auteur auteur, CancellationToken cancellation = default)
    {
        if (await db.Set<Prerequis>().FirstOrDefaultAsync(p => p.Code == code && p.Version == version, cancellation) is not { } item) return Gone;
        if (item.Actif == actif) return null;
        journal.Begin(NatureProcessus.Referentiel, auteur).Add(actif ? "PrerequisRetabli" : "PrerequisRetire", "prerequis", code,
            [new Changement(nameof(Prerequis.Actif), $"{item.Actif}", $"{actif}")]);
        item.Actif = actif;
        item.Version++;
        return await SaveAsync(cancellation);
    }

    /// <summary>Moves an item one rank up or down; silent at the end of the list.</summary>
    public async Task<string?> MoveAsync(string code, bool up, int version, Auteur auteur, CancellationToken cancellation = default)
    {
        var all = await db.Set<Prerequis>().OrderBy(p => p.Ordre).ThenBy(p => p.Code).ToListAsync(cancellation);
        var rank = all.FindIndex(p => p.Code == code && p.Version == version);
        if (rank < 0) return Gone;
        var other = rank + (up ? -1 : 1);
        if (other < 0 || other >= all.Count) return null;
        journal.Begin(NatureProcessus.Referentiel, auteur).Add("PrerequisDeplace", "prerequis", code,
            [new Changement(nameof(Prerequis.Ordre), $"{rank + 1}", $"{other + 1}")]);
        (all[rank], all[other]) = (all[other], all[rank]);
        // Ranks are written anew where they differ: two items may have come with the same one.
        foreach (var (item, order) in all.Select((item, i) => (item, i + 1)).Where(x => x.item.Ordre != x.Item2))
        {
            item.Ordre = order;
            item.Version++;
        }

        return await SaveAsync(cancellation);
    }

    private static string? Fault(string? libelle, List<Prerequis> all, string? code) => libelle switch
    {
        null => "Le libellé est vide. Écrivez le pré-requis tel qu’il sera proposé.",
        { Length: > MaxLibelle } => $"Le libellé a {libelle.Length} caractères pour {MaxLibelle} au plus. Raccourcissez-le.",
        _ when all.Exists(p => p.Code != code && Texte.Fold(p.Libelle) == Texte.Fold(libelle)) => "Ce pré-requis figure déjà dans la table. Rétablissez-le s’il a été retiré.",
        _ => null,
    };

    private static string NewCode(string libelle, List<Prerequis> all)
    {
        var words = string.Join('-', Texte.Words(libelle));
        var stem = words.Length <= MaxCode - 4 ? words : words[..(MaxCode - 4)].Trim('-');
        if (stem.Length == 0) stem = "prerequis";
        return Enumerable.Range(1, all.Count + 1).Select(i => i == 1 ? stem : $"{stem}-{i}").First(code => all.TrueForAll(p => p.Code != code));
    }

    private async Task<string?> SaveAsync(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return null;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return Gone;
        }
    }
}
