using Sofi.Core.Comptes;

namespace Sofi.Core.Offre;

/// <summary>
/// What a person may see and change: every query over offers starts here. An object outside is a 404, never a 403:
/// nobody learns that it exists.
/// </summary>
public static class Portee
{
    /// <summary>
    /// Formations that the person sees: those of her établissements; for the Cariforef all;
    /// a mandataire also reads those entered on its lots (decision 7), the Région those of its programmes once sent, never a draft.
    /// </summary>
    public static IQueryable<Formation> VisibleTo(this IQueryable<Formation> formations, Utilisateur utilisateur) => utilisateur.Role switch
    {
        Role.Valideur or Role.Administrateur => formations,
        Role.Region => formations.Where(f => f.Actions.Any(a => a.Sessions.Any(s => s.EnvoyeeLe != null && s.Dispositifs.Any(d => d.LotId != null)))),
        _ => formations.Where(f => utilisateur.Etablissements.Contains(f.EtablissementNumero)
            || f.Actions.Any(a => a.Sessions.Any(s => s.Dispositifs.Any(d => d.Lot != null && utilisateur.Etablissements.Contains(d.Lot.MandataireNumero))))),
    };

    /// <inheritdoc cref="VisibleTo(IQueryable{Formation}, Utilisateur)"/>
    public static IQueryable<ActionFormation> VisibleTo(this IQueryable<ActionFormation> actions, Utilisateur utilisateur) => utilisateur.Role switch
    {
        Role.Valideur or Role.Administrateur => actions,
        Role.Region => actions.Where(a => a.Sessions.Any(s => s.EnvoyeeLe != null && s.Dispositifs.Any(d => d.LotId != null))),
        _ => actions.Where(a => utilisateur.Etablissements.Contains(a.Formation.EtablissementNumero)
            || a.Sessions.Any(s => s.Dispositifs.Any(d => d.Lot != null && utilisateur.Etablissements.Contains(d.Lot.MandataireNumero)))),
    };

    /// <inheritdoc cref="VisibleTo(IQueryable{Formation}, Utilisateur)"/>
    public static IQueryable<SessionFormation> VisibleTo(this IQueryable<SessionFormation> sessions, Utilisateur utilisateur) => utilisateur.Role switch
    {
        Role.Valideur or Role.Administrateur => sessions,
        Role.Region => sessions.Where(s => s.EnvoyeeLe != null && s.Dispositifs.Any(d => d.LotId != null)),
        _ => sessions.Where(s => utilisateur.Etablissements.Contains(s.Action.Formation.EtablissementNumero)
            || s.Dispositifs.Any(d => d.Lot != null && utilisateur.Etablissements.Contains(d.Lot.MandataireNumero))),
    };

    /// <summary>The same offer with the sessions alone that the person sees.</summary>
    public static OffreSaisie VisibleTo(this OffreSaisie offre, Utilisateur utilisateur) => utilisateur.Role switch
    {
        Role.Valideur or Role.Administrateur => offre,
        Role.Region => offre.Only(session => session.Regional() is not null),
        _ when utilisateur.Etablissements.Contains(offre.Formation.Dispensateur.Numero) => offre,
        _ => offre.Only(session => session.Dispositifs.Any(d => d.Lot is { } lot && utilisateur.Etablissements.Contains(lot.Mandataire.Numero))),
    };

    /// <inheritdoc cref="VisibleTo(OffreSaisie, Utilisateur)"/>
    public static ActionChargee VisibleTo(this ActionChargee action, Utilisateur utilisateur) => action with { Offre = action.Offre.VisibleTo(utilisateur) };

    private static OffreSaisie Only(this OffreSaisie offre, Func<SessionSaisie, bool> seen) => offre with { Sessions = [.. offre.Sessions.Where(seen)] };

    /// <summary>True when the person may change the offers of an établissement: an account of that organisme, or its desk opened to act for it.</summary>
    public static bool CanEdit(this Utilisateur utilisateur, int etablissementNumero) =>
        utilisateur is { EstOrganisme: true, LectureSeule: false } && utilisateur.Etablissements.Contains(etablissementNumero);
}
