using Sofi.Core.Gestion;
using Sofi.Core.Offre;
using Sofi.Testing;

namespace Sofi.Web.Tests.Securite;

/// <summary>The objects that addresses name.</summary>
/// <param name="Formation">Number F.</param>
/// <param name="Action">Number A.</param>
/// <param name="Session">Number S.</param>
/// <param name="Dispositif">Row number of the dispositif.</param>
public sealed record Objets(int Formation, int Action, int Session, int Dispositif)
{
    /// <summary>Number of an account of the organisation.</summary>
    public int Compte { get; init; } = 9_999_999;

    /// <summary>Objects that do not exist.</summary>
    public static readonly Objets Inconnus = new(9_999_999, 9_999_999, 9_999_999, 9_999_999);

    /// <summary>Number of the établissement.</summary>
    public int Etablissement { get; init; } = 9_999_999;

    /// <summary>Number of the place.</summary>
    public int Lieu { get; init; } = 9_999_999;

    /// <summary>Number of the contact.</summary>
    public int Contact { get; init; } = 9_999_999;

    /// <summary>Number of the open day.</summary>
    public int Porte { get; init; } = 9_999_999;
}

/// <summary>
/// How to reach each page whose address carries a value: every such page must be declared here, so that
/// <see cref="IsolationTests"/> proves that it gives nothing of another organisation.
/// </summary>
internal static class Adresses
{
    /// <summary>Address by route template.</summary>
    public static readonly Dictionary<string, Func<Objets, string>> WithValues = new()
    {
        ["/erreur/{code:int}"] = _ => "/erreur/404",
        ["/sofi/formations/{f:int}"] = o => $"/sofi/formations/{o.Formation}",
        ["/sofi/formations/{f:int}/actions/nouvelle"] = o => $"/sofi/formations/{o.Formation}/actions/nouvelle",
        ["/sofi/actions/{a:int}"] = o => $"/sofi/actions/{o.Action}",
        ["/sofi/actions/{a:int}/etat"] = o => $"/sofi/actions/{o.Action}/etat",
        ["/sofi/actions/{a:int}/historique"] = o => $"/sofi/actions/{o.Action}/historique",
        ["/sofi/actions/{a:int}/suppression"] = o => $"/sofi/actions/{o.Action}/suppression",
        ["/sofi/actions/{a:int}/sessions/nouvelle"] = o => $"/sofi/actions/{o.Action}/sessions/nouvelle",
        ["/sofi/sessions/{s:int}"] = o => $"/sofi/sessions/{o.Session}",
        ["/sofi/sessions/{s:int}/suppression"] = o => $"/sofi/sessions/{o.Session}/suppression",
        ["/sofi/sessions/{s:int}/dispositifs/nouveau"] = o => $"/sofi/sessions/{o.Session}/dispositifs/nouveau",
        ["/sofi/sessions/{s:int}/dispositifs/{d:int}"] = o => $"/sofi/sessions/{o.Session}/dispositifs/{o.Dispositif}",
        ["/sofi/sessions/{s:int}/dispositifs/{d:int}/suppression"] = o => $"/sofi/sessions/{o.Session}/dispositifs/{o.Dispositif}/suppression",
        ["/sofi/organisme/sites/{e:int}"] = o => $"/sofi/organisme/sites/{o.Etablissement}",
        ["/sofi/organisme/sites/{e:int}/lieux/nouveau"] = o => $"/sofi/organisme/sites/{o.Etablissement}/lieux/nouveau",
        ["/sofi/organisme/sites/{e:int}/lieux/{l:int}"] = o => $"/sofi/organisme/sites/{o.Etablissement}/lieux/{o.Lieu}",
        ["/sofi/organisme/sites/{e:int}/lieux/{l:int}/utilisation"] = o => $"/sofi/organisme/sites/{o.Etablissement}/lieux/{o.Lieu}/utilisation",
        ["/sofi/organisme/contacts/{c:int}"] = o => $"/sofi/organisme/contacts/{o.Contact}",
        ["/sofi/organisme/contacts/{c:int}/utilisation"] = o => $"/sofi/organisme/contacts/{o.Contact}/utilisation",
        ["/sofi/organisme/portes-ouvertes/{p:int}"] = o => $"/sofi/organisme/portes-ouvertes/{o.Porte}",
        ["/sofi/organisme/comptes/{id:int}"] = o => $"/sofi/organisme/comptes/{o.Compte}",
        ["/invitation/{jeton}"] = _ => "/invitation/inconnu",
        ["/mot-de-passe/{jeton}"] = _ => "/mot-de-passe/inconnu",
        ["/region/actions/{a:int}"] = o => $"/region/actions/{o.Action}",
        // The Cariforef sees every organisation: for its own objects, only those that do not exist matter.
        ["/cariforef/validations/{id:int}"] = _ => "/cariforef/validations/9999999",
        ["/cariforef/certifinfo/{code:int}"] = _ => "/cariforef/certifinfo/9999999",
        ["/cariforef/programmes/{code}"] = _ => "/cariforef/programmes/INCONNU",
        ["/cariforef/comptes/{id:int}"] = _ => "/cariforef/comptes/9999999",
        ["/cariforef/demandes/{id:int}"] = _ => "/cariforef/demandes/9999999",
        ["/cariforef/imports/programme/{id:int}"] = _ => "/cariforef/imports/programme/9999999",
    };

    /// <summary>A whole offer of an organisation, on a lot of the Région.</summary>
    public static async Task<Objets> OfAsync(OffreScene scene)
    {
        var (formation, action, session, dispositif) = await scene.CreateFullOffreAsync();
        await using var db = scene.Database.CreateContext();
        var porte = new PorteOuverte
        {
            EtablissementNumero = scene.Etablissement.Numero,
            Fiche = new FichePorteOuverte { Titre = "Portes ouvertes", Date = new DateOnly(2025, 3, 15), HeureDebut = new TimeOnly(9, 30), LieuId = scene.Lieu.Id },
        };
        db.Add(porte);
        await db.SaveChangesAsync();
        return new Objets(formation, action, session, dispositif)
        {
            Compte = scene.Redacteur.CompteId,
            Etablissement = scene.Etablissement.Numero,
            Lieu = scene.Lieu.Id,
            Contact = scene.Contact.Numero,
            Porte = porte.Numero,
        };
    }
}
