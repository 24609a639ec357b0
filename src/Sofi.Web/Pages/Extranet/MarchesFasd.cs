using System.Globalization;
using Sofi.Core.Offre;
using Sofi.Core.Offre.Regles;
using Sofi.Web.Composants;

namespace Sofi.Web.Pages.Extranet;

/// <summary>
/// Writes the four steps Formation, Action, Session, Dispositif of a fiche. Below the open one: the only fiche that there is, else how many,
/// with a link to the table that lists them.
/// </summary>
internal static class MarchesFasd
{
    public static IReadOnlyList<Marche> Of(FichePage page)
    {
        var offre = page.Offre;
        var session = page.SessionMontree ?? Only(offre.Sessions);
        var dispositif = page.Nature == NatureFiche.Dispositif ? page.DispositifMontre : Only(session?.Dispositifs ?? []);
        return
        [
            Step("Formation", NatureFiche.Formation, offre.Formation.Numero, Text(offre.Formation.Numero), offre.Formation.Fiche.Intitule, $"/sofi/formations/{offre.Formation.Numero}"),
            page.Nature == NatureFiche.Formation ? ActionBelow(page) : Step("Action", NatureFiche.Action, offre.Action.Numero, Text(offre.Action.Numero), Site(offre), $"/sofi/actions/{offre.Action.Numero}"),
            page.Nature == NatureFiche.Formation ? SessionsBelow(page)
                : session is not null ? Step("Session", NatureFiche.Session, session.Numero, Text(session.Numero), Dates(session.Fiche), $"/sofi/sessions/{session.Numero}")
                : Several("Session", offre.Sessions.Count, "#sessions"),
            dispositif is not null || page.Nature == NatureFiche.Dispositif
                ? Step("Dispositif", NatureFiche.Dispositif, dispositif?.Id ?? 0, dispositif is null ? null : Text(dispositif.Code), dispositif is null ? null : Scheme(dispositif),
                    $"/sofi/sessions/{session?.Numero}/dispositifs/{dispositif?.Id}")
                : Several("Dispositif", session?.Dispositifs.Count ?? 0, (page.Nature == NatureFiche.Session ? "" : $"/sofi/sessions/{session?.Numero}") + "#dispositifs"),
        ];

        Marche Step(string name, NatureFiche nature, int numero, string? code, string? detail, string address)
        {
            var missing = page.Constats.Count(c => c.Fiche == nature && c.Numero == numero && c.Regle.Gravite is Gravite.Bloquant or Gravite.Impossible);
            var exists = numero > 0;
            return new Marche(name)
            {
                Code = code,
                Detail = detail,
                Ton = missing == 0 ? Ton.Fait : Ton.Faire,
                Etat = !exists ? null : missing == 0 ? "Complète" : $"{missing} à compléter",
                Adresse = exists ? address : null,
                Courante = page.Nature == nature,
            };
        }
    }

    private static T? Only<T>(IReadOnlyList<T> all)
        where T : class => all.Count == 1 ? all[0] : null;

    private static Marche ActionBelow(FichePage page) => Only(page.ActionsMontrees) is not { } action
        ? Several("Action", page.ActionsMontrees.Count, "#actions")
        : new Marche("Action") { Code = Text(action.Numero), Detail = Site(page.Offre), Adresse = $"/sofi/actions/{action.Numero}" };

    private static Marche SessionsBelow(FichePage page) =>
        Several("Session", page.ActionsMontrees.Sum(a => a.Sessions), Only(page.ActionsMontrees) is { } action ? $"/sofi/actions/{action.Numero}#sessions" : null);

    private static Marche Several(string name, int count, string? address) => count == 0
        ? new Marche(name)
        : new Marche(name) { Detail = $"{count} {name.ToLowerInvariant()}{(count > 1 ? "s" : "")}", Adresse = address };

    private static string Site(OffreSaisie offre) => $"{offre.Formation.Dispensateur.RaisonSociale} – {offre.Formation.Dispensateur.Commune}";

    private static string? Text(int numero) => numero == 0 ? null : numero.ToString(CultureInfo.InvariantCulture);

    /// <summary>The dates of a session in words, also while one of them is missing.</summary>
    public static string Dates(FicheSession fiche) => (fiche.DateDebut, fiche.DateFin) switch
    {
        (null, null) => "Dates à indiquer",
        ({ } start, null) => $"Du {start:dd/MM/yyyy}, fin à indiquer",
        (null, { } end) => $"Jusqu’au {end:dd/MM/yyyy}, début à indiquer",
        var (start, end) => $"Du {start:dd/MM/yyyy} au {end:dd/MM/yyyy}",
    };

    private static string Scheme(DispositifSaisie dispositif) => dispositif.Lot is { } lot ? $"{lot.IntituleProgramme} – {lot.Numero}" : dispositif.Libelle;
}
