using Sofi.Core.Programmes;

namespace Sofi.Core.Offre.Regles;

/// <summary>
/// What a rule may look at beyond its fiche: a value, loaded once per action in a fixed number of queries
/// (<see cref="ContexteLoader"/>). Pure: the same context gives the same verdict.
/// </summary>
public sealed record Contexte
{
    private readonly OffreSaisie? offre;

    /// <summary>Civil date of the verdict.</summary>
    public required DateOnly Aujourdhui { get; init; }

    /// <summary>The whole offer; a fiche of an organisation's own desk is judged outside any offer, and its rules ask for none.</summary>
    public OffreSaisie Offre
    {
        get => offre ?? throw new InvalidOperationException("Judged outside an offer.");
        init => offre = value;
    }

    /// <summary>Session being judged, or that of the line or dispositif being judged; <c>null</c> above it.</summary>
    public SessionSaisie? Session { get; init; }

    /// <summary>Dispositif being judged; <c>null</c> elsewhere.</summary>
    public DispositifSaisie? Dispositif { get; init; }

    /// <summary>Expectations by programme code.</summary>
    public IReadOnlyDictionary<string, Attentes> Attentes { get; init; } = new Dictionary<string, Attentes>();

    /// <summary>Seats of the sessions of other actions on each line of the Région's file.</summary>
    public IReadOnlyDictionary<int, int> PlacesAilleurs { get; init; } = new Dictionary<int, int>();

    /// <summary>Public holidays between the first and last date of the offer.</summary>
    public IReadOnlyDictionary<DateOnly, string> JoursFeries { get; init; } = new Dictionary<DateOnly, string>();

    /// <summary>Known values of the open lists, with their libellés: what the établissement and the référentiels offer.</summary>
    public Libelles Libelles { get; init; } = Libelles.Vides;

    /// <summary>Line of the Région's file that applies: the dispositif's, else the session's, else the action's.</summary>
    public LotSaisie? Lot => Dispositif is not null ? Dispositif.Lot : Session is not null ? Session.Regional()?.Lot : Offre.Action.Lot;

    /// <summary>Expectations of the programme that applies.</summary>
    public Attentes AttentesDuProgramme => Lot is { } lot ? AttentesDe(lot) : Programmes.Attentes.Aucune;

    /// <summary>Expectations of the programme of a lot.</summary>
    public Attentes AttentesDe(LotSaisie lot) => Attentes.GetValueOrDefault(lot.CodeProgramme, Programmes.Attentes.Aucune);
}

/// <summary>Libellés of the values of open lists that an offer uses or may use.</summary>
public sealed class Libelles
{
    /// <summary>No value at all.</summary>
    public static readonly Libelles Vides = new(new Dictionary<ListeOuverte, IReadOnlyDictionary<string, string>>());

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();
    private readonly IReadOnlyDictionary<ListeOuverte, IReadOnlyDictionary<string, string>> lists;

    /// <summary>Holds libellés by list and code.</summary>
    public Libelles(IReadOnlyDictionary<ListeOuverte, IReadOnlyDictionary<string, string>> lists) => this.lists = lists;

    /// <summary>Libellés of a list by code, in the order of the screen.</summary>
    public IReadOnlyDictionary<string, string> Of(ListeOuverte list) => lists.TryGetValue(list, out var values) ? values : None;

    /// <summary>A field of a fiche as a reader sees it.</summary>
    public string Format(Champ champ, object fiche) => champ.Format(fiche, Of(champ.Definition.Ouverte));
}
