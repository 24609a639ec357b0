namespace Sofi.Core.Programmes;

/// <summary>Something already entered on a lot: a session, or an action that has none yet.</summary>
/// <param name="LotId">The lot.</param>
/// <param name="EtablissementNumero">Établissement that entered it.</param>
/// <param name="Code">Code FAS of the session, FA of the action.</param>
/// <param name="Intitule">Intitulé of the formation.</param>
/// <param name="DateDebut">Start of the session, when it is known.</param>
public sealed record SaisieSurLot(int LotId, int EtablissementNumero, string Code, string Intitule, DateOnly? DateDebut);

/// <summary>
/// What of the offer hangs on lots. The offer knows the programmes and not the other way round: it gives them this answer at registration.
/// </summary>
public interface ILotUsage
{
    /// <summary>Everything entered on these lots, by code. A fixed number of queries.</summary>
    /// <param name="lots">Numbers of the lots, as a query that the answer is composed with.</param>
    /// <param name="cancellation">Stops the reading.</param>
    Task<IReadOnlyList<SaisieSurLot>> FindAsync(IQueryable<int> lots, CancellationToken cancellation = default);
}
