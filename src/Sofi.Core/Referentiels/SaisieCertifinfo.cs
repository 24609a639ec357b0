using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Core.Referentiels;

/// <summary>What the Cariforef types on a CertifInfo sheet, by screen or by file (decision 11).</summary>
public sealed record SaisieCertifinfo
{
    /// <summary>Objectif général, LHÉO dict-AIS code.</summary>
    public string? ObjectifGeneral { get; init; }

    /// <summary>Objectif, up to 3,000 characters.</summary>
    public string? Objectif { get; init; }

    /// <summary>Programme, up to 3,000 characters.</summary>
    public string? Programme { get; init; }

    /// <summary>Résultats attendus, up to 3,000 characters.</summary>
    public string? ResultatsAttendus { get; init; }

    /// <summary>Formacodes, up to five, the first being the principal one.</summary>
    public Codes Formacodes { get; init; } = Codes.Aucun;

    /// <summary>Blocs de compétences completed by the Cariforef.</summary>
    public IReadOnlyList<SaisieBloc> Blocs { get; init; } = [];

    /// <summary>What a stored sheet holds; the empty sheet when there is none.</summary>
    public static SaisieCertifinfo Of(FicheCertifinfo? fiche) => fiche is null ? new() : new()
    {
        ObjectifGeneral = fiche.ObjectifGeneral,
        Objectif = fiche.Objectif,
        Programme = fiche.Programme,
        ResultatsAttendus = fiche.ResultatsAttendus,
        Formacodes = fiche.Formacodes,
        Blocs = [.. fiche.Blocs.OrderBy(b => b.Code, StringComparer.Ordinal).Select(b => new SaisieBloc
        {
            Code = b.Code, TypeModule = b.TypeModule, Intitule = b.Intitule, Objectif = b.Objectif, Programme = b.Programme,
        })],
    };

    /// <summary>The same sheet with its texts cleaned and its blocs in order, those left wholly blank being dropped.</summary>
    public SaisieCertifinfo Cleaned() => this with
    {
        ObjectifGeneral = Texte.CleanLine(ObjectifGeneral),
        Objectif = Texte.Clean(Objectif).Texte,
        Programme = Texte.Clean(Programme).Texte,
        ResultatsAttendus = Texte.Clean(ResultatsAttendus).Texte,
        Blocs = [.. Blocs.Select(b => b.Cleaned()).Where(b => !b.EstVide)],
    };

    /// <summary>What changes from a sheet to this one, bloc by bloc: <c>Objectif</c>, <c>Blocs[RNCP12281BC01].Intitule</c>.</summary>
    public IReadOnlyList<Changement> ChangesFrom(SaisieCertifinfo before)
    {
        var changes = Changement.Between(before with { Blocs = [] }, this with { Blocs = [] }).ToList();
        var (old, current) = (before.Blocs.ToDictionary(b => b.Code ?? ""), Blocs.ToDictionary(b => b.Code ?? ""));
        foreach (var code in old.Keys.Union(current.Keys).Order(StringComparer.Ordinal))
        {
            var blocChanges = Changement.Between(old.GetValueOrDefault(code) ?? SaisieBloc.Vide, current.GetValueOrDefault(code) ?? SaisieBloc.Vide);
            changes.AddRange(blocChanges.Where(c => c.Champ != nameof(SaisieBloc.Code)).Select(c => c with { Champ = $"Blocs[{code}].{c.Champ}" }));
        }

        return changes;
    }
}

/// <summary>A bloc of a CertifInfo sheet, as typed.</summary>
public sealed record SaisieBloc
{
    /// <summary>A line left blank.</summary>
    public static readonly SaisieBloc Vide = new();

    /// <summary>Code of the bloc, 8 to 40 characters (<c>RNCP12281BC01</c>).</summary>
    public string? Code { get; init; }

    /// <summary>Type de module, LHÉO dict-type-module code; <c>null</c> counts as 0, unknown.</summary>
    public string? TypeModule { get; init; }

    /// <summary>Intitulé of the module, 1 to 500 characters.</summary>
    public string? Intitule { get; init; }

    /// <summary>Objectif of the module, up to 3,000 characters.</summary>
    public string? Objectif { get; init; }

    /// <summary>Programme of the module, up to 3,000 characters.</summary>
    public string? Programme { get; init; }

    /// <summary>True when nothing but a type was typed.</summary>
    public bool EstVide => Code is null && Intitule is null && Objectif is null && Programme is null;

    internal SaisieBloc Cleaned() => new()
    {
        Code = Texte.CleanLine(Code)?.ToUpperInvariant(),
        TypeModule = Texte.CleanLine(TypeModule) ?? "0",
        Intitule = Texte.CleanLine(Intitule),
        Objectif = Texte.Clean(Objectif).Texte,
        Programme = Texte.Clean(Programme).Texte,
    };
}

/// <summary>A value that cannot be stored, on its field.</summary>
/// <param name="Champ">Path of the field: <c>Objectif</c>, <c>Blocs[2].Code</c> (counted from 0).</param>
/// <param name="Message">What is wrong, in French.</param>
/// <param name="Remede">How to put it right.</param>
public sealed record FauteSaisie(string Champ, string Message, string Remede);

/// <summary>What a sheet may hold: limits, and the lists that its codes come from, read once.</summary>
internal sealed class ReglesCertifinfo
{
    public const int MaxTexte = 3000;
    public const int MaxIntituleBloc = 500;
    public const int MaxFormacodes = 5;
    public const int MaxBlocs = 100;

    private readonly IReadOnlyDictionary<string, string> objectives;
    private readonly IReadOnlyDictionary<string, string> moduleTypes;
    private readonly HashSet<string> formacodes;

    private ReglesCertifinfo(IReadOnlyDictionary<string, string> objectives, IReadOnlyDictionary<string, string> moduleTypes, HashSet<string> formacodes) =>
        (this.objectives, this.moduleTypes, this.formacodes) = (objectives, moduleTypes, formacodes);

    public static async Task<ReglesCertifinfo> LoadAsync(SofiDbContext db, CancellationToken cancellation)
    {
        var items = await db.Set<Nomenclature>().AsNoTracking().Where(n => n.Liste == "dict-AIS" || n.Liste == "dict-type-module").ToListAsync(cancellation);
        var formacodes = await db.Set<Formacode>().Where(f => f.Liste == ListesFormacode.Domaine).Select(f => f.Code).ToListAsync(cancellation);
        // dict-AIS 1 stands for obsolete codes: it cannot be given to a sheet.
        return new ReglesCertifinfo(
            items.Where(n => n.Liste == "dict-AIS" && n.Code != "1").ToDictionary(n => n.Code, n => n.Libelle),
            items.Where(n => n.Liste == "dict-type-module").ToDictionary(n => n.Code, n => n.Libelle), [.. formacodes]);
    }

    /// <summary>The code of an objectif général written as a code or as its libellé; the text itself when it is neither.</summary>
    public string? ObjectiveCode(string? text) => CodeOf(objectives, text);

    /// <summary>The code of a type de module written as a code or as its libellé; the text itself when it is neither.</summary>
    public string? ModuleTypeCode(string? text) => CodeOf(moduleTypes, text);

    /// <summary>The faults of a cleaned sheet.</summary>
    public IReadOnlyList<FauteSaisie> Check(SaisieCertifinfo saisie)
    {
        var faults = new List<FauteSaisie>();
        if (saisie.ObjectifGeneral is { } objective && !objectives.ContainsKey(objective))
            Fault(nameof(saisie.ObjectifGeneral), "Cet objectif général n’existe pas.", "Choisissez-le dans la liste.");
        CheckText(nameof(saisie.Objectif), saisie.Objectif);
        CheckText(nameof(saisie.Programme), saisie.Programme);
        CheckText(nameof(saisie.ResultatsAttendus), saisie.ResultatsAttendus);
        if (saisie.Formacodes.Count > MaxFormacodes) Fault(nameof(saisie.Formacodes), $"{saisie.Formacodes.Count} Formacodes pour {MaxFormacodes} au plus.", "Retirez-en.");
        foreach (var code in saisie.Formacodes.Where(code => !formacodes.Contains(code)))
            Fault(nameof(saisie.Formacodes), $"Le Formacode {code} est inconnu.", "Choisissez-le dans la liste.");
        if (saisie.Blocs.Count > MaxBlocs) Fault(nameof(saisie.Blocs), $"{saisie.Blocs.Count} blocs pour {MaxBlocs} au plus.", "Retirez-en.");
        for (var i = 0; i < saisie.Blocs.Count; i++) CheckBloc(saisie.Blocs, i);
        return faults;

        void CheckBloc(IReadOnlyList<SaisieBloc> blocs, int i)
        {
            var (bloc, path) = (blocs[i], $"{nameof(saisie.Blocs)}[{i}].");
            if (bloc.Code is not { Length: >= 8 and <= 40 }) Fault(path + nameof(bloc.Code), "Le code du bloc a de 8 à 40 caractères.", "Par exemple RNCP12281BC01.");
            else if (blocs.Take(i).Any(other => other.Code == bloc.Code)) Fault(path + nameof(bloc.Code), $"Le bloc {bloc.Code} figure deux fois.", "Gardez une seule ligne.");
            if (bloc.TypeModule is { } type && !moduleTypes.ContainsKey(type)) Fault(path + nameof(bloc.TypeModule), "Ce type de module n’existe pas.", "Choisissez-le dans la liste.");
            if (bloc.Intitule is null) Fault(path + nameof(bloc.Intitule), "L’intitulé du module manque.", "Indiquez-le.");
            CheckText(path + nameof(bloc.Intitule), bloc.Intitule, MaxIntituleBloc);
            CheckText(path + nameof(bloc.Objectif), bloc.Objectif);
            CheckText(path + nameof(bloc.Programme), bloc.Programme);
        }

        void CheckText(string path, string? text, int max = MaxTexte)
        {
            if (text?.Length > max) Fault(path, $"{text.Length} caractères pour {max} au plus.", "Raccourcissez le texte.");
        }

        void Fault(string path, string message, string remedy) => faults.Add(new FauteSaisie(path, message, remedy));
    }

    private static string? CodeOf(IReadOnlyDictionary<string, string> list, string? text) =>
        text is null || list.ContainsKey(text) ? text : list.FirstOrDefault(item => Texte.Fold(item.Value) == Texte.Fold(text)).Key ?? text;
}
