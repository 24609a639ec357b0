using System.Globalization;
using Sofi.Core.Offre;
using Sofi.Core.Offre.Regles;
using Sofi.Web.Composants;

namespace Sofi.Web.Pages.Extranet;

/// <summary>Writes the four steps Formation, Action, Session, Dispositif of a fiche.</summary>
internal static class MarchesFasd
{
    public static IReadOnlyList<Marche> Of(FichePage page)
    {
        var (offre, session, dispositif) = (page.Offre, page.SessionMontree, page.DispositifMontre);
        return
        [
            Step("Formation", NatureFiche.Formation, offre.Formation.Numero, Text(offre.Formation.Numero), offre.Formation.Fiche.Intitule, $"/sofi/formations/{offre.Formation.Numero}"),
            Step("Action", NatureFiche.Action, offre.Action.Numero, Text(offre.Action.Numero), $"{offre.Formation.Dispensateur.RaisonSociale} – {offre.Formation.Dispensateur.Commune}", $"/sofi/actions/{offre.Action.Numero}"),
            Step("Session", NatureFiche.Session, session?.Numero ?? 0, Text(session?.Numero ?? 0), session is null ? Count(offre.Sessions.Count, "session") : Dates(session.Fiche), $"/sofi/sessions/{session?.Numero}"),
            Step("Dispositif", NatureFiche.Dispositif, dispositif?.Id ?? 0, dispositif?.Code.ToString(CultureInfo.InvariantCulture),
                dispositif is null ? Count(session?.Dispositifs.Count ?? 0, "dispositif") : Scheme(dispositif), $"/sofi/sessions/{session?.Numero}/dispositifs/{dispositif?.Id}"),
        ];

        Marche Step(string name, NatureFiche nature, int numero, string? code, string? detail, string address)
        {
            var current = page.Nature == nature;
            var missing = page.Constats.Count(c => c.Fiche == nature && c.Numero == numero && c.Regle.Gravite is Gravite.Bloquant or Gravite.Impossible);
            var exists = numero > 0;
            return new Marche(name)
            {
                Code = exists || current ? code : null,
                Detail = exists || current ? detail : nature == NatureFiche.Formation ? detail : null,
                Ton = missing == 0 ? Ton.Fait : Ton.Faire,
                Etat = !exists ? null : missing == 0 ? "Complète" : $"{missing} à compléter",
                Adresse = exists ? address : null,
                Courante = current,
            };
        }
    }

    private static string Text(int numero) => numero.ToString(CultureInfo.InvariantCulture);

    /// <summary>The dates of a session in words, also while one of them is missing.</summary>
    public static string Dates(FicheSession fiche) => (fiche.DateDebut, fiche.DateFin) switch
    {
        (null, null) => "Dates à indiquer",
        ({ } start, null) => $"Du {start:dd/MM/yyyy}, fin à indiquer",
        (null, { } end) => $"Jusqu’au {end:dd/MM/yyyy}, début à indiquer",
        var (start, end) => $"Du {start:dd/MM/yyyy} au {end:dd/MM/yyyy}",
    };

    private static string? Count(int count, string name) => count == 0 ? null : count == 1 ? $"1 {name}" : $"{count} {name}s";

    private static string Scheme(DispositifSaisie dispositif) => dispositif.Lot is { } lot ? $"{lot.IntituleProgramme} – {lot.Numero}" : dispositif.Libelle;
}
