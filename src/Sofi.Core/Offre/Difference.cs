using System.Globalization;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Offre.Regles;

namespace Sofi.Core.Offre;

/// <summary>What an event of the journal changed in an offer, in the words of the screens.</summary>
/// <param name="Objet">What changed: "Session 143842", "Information collective de la session 143842".</param>
/// <param name="Libelle">Label of the field, or what was done: "mise de côté".</param>
/// <param name="Avant">Former value; empty when there was none, or for a deed.</param>
/// <param name="Apres">New value; empty when it was erased, or for a deed.</param>
public sealed record Difference(string Objet, string Libelle, string Avant, string Apres)
{
    private static readonly Dictionary<string, string> Gestes = new()
    {
        ["SessionMiseDeCote"] = "mise de côté",
        ["SessionReprise"] = "reprise dans l’envoi",
        ["SessionSupprimee"] = "supprimée",
        ["DispositifSupprime"] = "retiré",
        ["EquipementRetire"] = "retiré",
        ["InformationCollectiveRetiree"] = "retirée",
        ["PeriodeInscriptionRetiree"] = "retirée",
    };

    private static readonly Dictionary<string, string> Titres = new()
    {
        ["FormationCreee"] = "créée",
        ["FormationModifiee"] = "modifiée",
        ["ActionCreee"] = "créée",
        ["ActionModifiee"] = "modifiée",
        ["ActionEnvoyee"] = "envoyée en validation",
        ["ActionValidee"] = "validée par le Cariforef",
        ["ActionRefusee"] = "refusée par le Cariforef",
        ["ActionSupprimee"] = "supprimée",
        ["EquipementAjoutee"] = "ajouté",
        ["EquipementModifiee"] = "modifié",
        ["SessionCreee"] = "créée",
        ["SessionModifiee"] = "modifiée",
        ["InformationCollectiveAjoutee"] = "ajoutée",
        ["InformationCollectiveModifiee"] = "modifiée",
        ["PeriodeInscriptionAjoutee"] = "ajoutée",
        ["PeriodeInscriptionModifiee"] = "modifiée",
        ["DispositifCree"] = "créé",
        ["DispositifModifie"] = "modifié",
    };

    /// <summary>What an event was, in one sentence: "Session 143842 modifiée".</summary>
    public static string Title(Evenement evenement) =>
        $"{Concerned(evenement).Objet} {Gestes.GetValueOrDefault(evenement.Type) ?? Titres.GetValueOrDefault(evenement.Type) ?? evenement.Type}";

    /// <summary>The differences that an event tells; none for an event that changes no fiche.</summary>
    public static IEnumerable<Difference> Of(Evenement evenement, Libelles libelles)
    {
        var (fiche, objet) = Concerned(evenement);
        if (Gestes.TryGetValue(evenement.Type, out var done)) return [new Difference(objet, done, "", "")];
        var champs = Champ.Of(fiche);
        return from change in evenement.Changements
               let champ = champs.FirstOrDefault(champ => champ.Nom == change.Champ)
               where champ is not null
               select new Difference(objet, champ.Libelle, Words(champ, change.Avant, libelles), Words(champ, change.Apres, libelles));
    }

    private static (Type Fiche, string Objet) Concerned(Evenement evenement) => (evenement.Objet, evenement.Type) switch
    {
        ("formation", _) => (typeof(FicheFormation), $"Formation {evenement.Cle}"),
        ("action", var type) when type.StartsWith("Equipement", StringComparison.Ordinal) => (typeof(FicheEquipement), $"Équipement de l’action {evenement.Cle}"),
        ("action", _) => (typeof(FicheAction), $"Action {evenement.Cle}"),
        ("session", var type) when type.StartsWith("InformationCollective", StringComparison.Ordinal) =>
            (typeof(FicheInformationCollective), $"Information collective de la session {evenement.Cle}"),
        ("session", var type) when type.StartsWith("PeriodeInscription", StringComparison.Ordinal) =>
            (typeof(FichePeriodeInscription), $"Période d’inscription de la session {evenement.Cle}"),
        ("session", _) => (typeof(FicheSession), $"Session {evenement.Cle}"),
        _ => (typeof(FicheDispositif), $"Dispositif {evenement.Cle}"),
    };

    private static string Words(Champ champ, string? stored, Libelles libelles) => champ.FormatValue(Read(champ.Type, stored), libelles.Of(champ.Definition.Ouverte));

    /// <summary>Reads back a value as the journal writes it (<see cref="Changement"/>).</summary>
    private static object? Read(Type type, string? stored) => stored switch
    {
        null => null,
        _ when type == typeof(Codes) => Codes.Parse(stored),
        _ when type == typeof(DateOnly) => DateOnly.Parse(stored, CultureInfo.InvariantCulture),
        _ when type == typeof(TimeOnly) => TimeOnly.Parse(stored, CultureInfo.InvariantCulture),
        _ when type == typeof(int) => int.Parse(stored, CultureInfo.InvariantCulture),
        _ when type == typeof(decimal) => decimal.Parse(stored, CultureInfo.InvariantCulture),
        _ => stored,
    };
}
