using System.Linq.Expressions;

namespace Sofi.Core.Offre.Regles;

/// <summary>What a broken rule holds back.</summary>
public enum Gravite
{
    /// <summary>The value cannot be stored: holds back the save, on its field, with the input kept (decision 10).</summary>
    Impossible,

    /// <summary>Holds back the sending, never the save.</summary>
    Bloquant,

    /// <summary>Holds back nothing; shown as advice.</summary>
    Avertissement,

    /// <summary>Closes one or several channels of diffusion until met (decision 41).</summary>
    Canal,
}

/// <summary>
/// A rule is data: a stable code, the fields it concerns, what it holds back, its message, and a pure predicate.
/// Forms, récapitulatif, imports, API and the printed list use the catalogue and nothing else.
/// </summary>
public abstract class Regle
{
    private protected Regle(string code, Type fiche, IReadOnlyList<Champ> champs, Gravite gravite, string message, DateOnly? depuis, string? ancre)
    {
        Code = code;
        TypeFiche = fiche;
        Champs = champs;
        Gravite = gravite;
        Message = message;
        Depuis = depuis;
        Ancre = ancre;
    }

    /// <summary>
    /// Stable code, such as <c>SES-DATE-FIN-10</c>. 01: star, 02: length or bounds, 03: list or form, 04: expected by the programme, 05: allowed by it,
    /// 10 and more: coherence.
    /// </summary>
    public string Code { get; }

    /// <summary>Record that the rule judges: a fiche, or a line of an inner table.</summary>
    public Type TypeFiche { get; }

    /// <summary>Fields concerned; the first is the one that the link lands on. Empty for a rule about an inner table (<see cref="Ancre"/>).</summary>
    public IReadOnlyList<Champ> Champs { get; }

    /// <summary>Id of the section that the link lands on, for a rule about no single field: <c>sessions</c>, <c>informations</c>, <c>dispositifs</c>…</summary>
    public string? Ancre { get; }

    /// <summary>What it holds back.</summary>
    public Gravite Gravite { get; }

    /// <summary>Message in French: what is wrong and how to mend it.</summary>
    public string Message { get; }

    /// <summary>First day on which the rule applies; <c>null</c>: always.</summary>
    public DateOnly? Depuis { get; }

    /// <summary>Fiche on which the rule shows.</summary>
    public NatureFiche Fiche => Fiches.NatureOf(TypeFiche);

    /// <summary>The fault of a value, or <c>null</c> when the rule holds or does not apply yet.</summary>
    public abstract string? Fault(object fiche, Contexte contexte);
}

/// <inheritdoc cref="Regle"/>
public sealed class Regle<TFiche> : Regle
    where TFiche : class
{
    private readonly Func<TFiche, Contexte, bool> holds;
    private readonly Func<TFiche, Contexte, string>? detail;

    /// <summary>Writes a rule of coherence by hand.</summary>
    /// <param name="code">Stable code.</param>
    /// <param name="fields">Fields concerned; the first is the one that the link lands on.</param>
    /// <param name="severity">What it holds back.</param>
    /// <param name="message">Message of the printed list.</param>
    /// <param name="holds">True when the rule is met.</param>
    /// <param name="detail">Message with the values at hand; without it <paramref name="message"/> is shown.</param>
    /// <param name="depuis">First day on which the rule applies.</param>
    public Regle(
        string code,
        Expression<Func<TFiche, object?>>[] fields,
        Gravite severity,
        string message,
        Func<TFiche, Contexte, bool> holds,
        Func<TFiche, Contexte, string>? detail = null,
        DateOnly? depuis = null)
        : this(code, [.. fields.Select(NameOf)], severity, message, holds, detail, depuis)
    {
    }

    /// <summary>Writes a rule about no single field: its link lands on a section of the fiche.</summary>
    /// <param name="code">Stable code.</param>
    /// <param name="ancre">Id of the section.</param>
    /// <param name="severity">What it holds back.</param>
    /// <param name="message">Message of the printed list.</param>
    /// <param name="holds">True when the rule is met.</param>
    /// <param name="detail">Message with the values at hand; without it <paramref name="message"/> is shown.</param>
    public Regle(string code, string ancre, Gravite severity, string message, Func<TFiche, Contexte, bool> holds, Func<TFiche, Contexte, string>? detail = null)
        : base(code, typeof(TFiche), [], severity, message, null, ancre)
    {
        this.holds = holds;
        this.detail = detail;
    }

    internal Regle(string code, Champ[] champs, Gravite gravite, string message, Func<TFiche, Contexte, bool> holds,
        Func<TFiche, Contexte, string>? detail = null, DateOnly? depuis = null)
        : base(code, typeof(TFiche), champs, gravite, message, depuis, null)
    {
        this.holds = holds;
        this.detail = detail;
    }

    /// <inheritdoc/>
    public override string? Fault(object fiche, Contexte contexte)
    {
        var typed = (TFiche)fiche;
        if (contexte.Aujourdhui < Depuis || holds(typed, contexte)) return null;
        return detail is null ? Message : detail(typed, contexte);
    }

    private static Champ NameOf(Expression<Func<TFiche, object?>> field)
    {
        var body = field.Body is UnaryExpression { Operand: MemberExpression inner } ? inner : (MemberExpression)field.Body;
        return Champ.Of<TFiche>(body.Member.Name);
    }
}

/// <summary>The records that rules judge and the place where each shows.</summary>
public static class Fiches
{
    /// <summary>Every record that holds fields, in the order of the procedure.</summary>
    public static readonly IReadOnlyList<Type> Types =
    [
        typeof(FicheFormation), typeof(FicheAction), typeof(FicheEquipement), typeof(FicheSession), typeof(FicheInformationCollective),
        typeof(FichePeriodeInscription), typeof(FicheDispositif),
        typeof(FicheEtablissement), typeof(FicheLieu), typeof(FicheContact), typeof(FichePorteOuverte),
    ];

    /// <summary>Fiche on which a record shows.</summary>
    public static NatureFiche NatureOf(Type fiche) => fiche.Name switch
    {
        nameof(FicheFormation) => NatureFiche.Formation,
        nameof(FicheAction) or nameof(FicheEquipement) => NatureFiche.Action,
        nameof(FicheDispositif) => NatureFiche.Dispositif,
        nameof(FicheEtablissement) => NatureFiche.Etablissement,
        nameof(FicheLieu) => NatureFiche.Lieu,
        nameof(FicheContact) => NatureFiche.Contact,
        nameof(FichePorteOuverte) => NatureFiche.PorteOuverte,
        _ => NatureFiche.Session,
    };

    /// <summary>True for a fiche of which a programme may expect or allow values: the four of the procedure, not the lines of their tables.</summary>
    public static bool OfProgramme(Type fiche) => PrefixOf(fiche) == "Fiche" && NatureOf(fiche) <= NatureFiche.Dispositif;

    /// <summary>First step of the path of a field on its screen: <c>Fiche</c>, or the name of the line being edited.</summary>
    public static string PrefixOf(Type fiche) => fiche.Name switch
    {
        nameof(FicheEquipement) => "Equipement",
        nameof(FicheInformationCollective) => "Information",
        nameof(FichePeriodeInscription) => "Periode",
        _ => "Fiche",
    };
}

/// <summary>A broken rule on one fiche of an offer.</summary>
/// <param name="Regle">The rule.</param>
/// <param name="Numero">Number of the formation, action or session, or row number of the dispositif.</param>
/// <param name="Rang">Rank of the line of an inner table; <c>null</c> for the fiche itself.</param>
/// <param name="Message">Message with the values at hand.</param>
public sealed record Constat(Regle Regle, int Numero, int? Rang, string Message)
{
    /// <summary>Fiche concerned.</summary>
    public NatureFiche Fiche => Regle.Fiche;

    /// <summary>Field that the link lands on; <c>null</c> for a rule about an inner table.</summary>
    public Champ? Champ => Regle.Champs.Count > 0 ? Regle.Champs[0] : null;

    /// <summary>Path of that field on its screen: <c>Fiche.DateDebut</c>, <c>Information.Date</c>; empty for a rule about an inner table.</summary>
    public string Chemin => Champ is { } champ ? Fiches.PrefixOf(Regle.TypeFiche) + "." + champ.Nom : "";

    /// <summary>Id of the element that the link lands on.</summary>
    public string Cible => Regle.Ancre ?? Chemin.Replace('.', '_');
}
