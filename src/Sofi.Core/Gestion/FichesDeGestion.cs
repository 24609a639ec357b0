using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Referentiels;

namespace Sofi.Core.Gestion;

/// <summary>What forms hold of établissements, places and contacts, and how it is written back.</summary>
public static class FichesDeGestion
{
    /// <summary>The sheet of an établissement.</summary>
    public static FicheEtablissement ToFiche(this Etablissement e) => new()
    {
        Siret = e.Siret,
        RaisonSociale = e.RaisonSociale,
        NomCommercial = e.NomCommercial,
        Nda = e.Nda,
        Uai = e.Uai,
        Qualiopi = e.Qualiopi,
        QualiopiJusquAu = e.QualiopiJusquAu,
        Voie = e.Adresse.Voie,
        Commune = [e.Adresse.CodeInsee ?? ""],
        CodePostal = e.Adresse.CodePostal,
        Telephone = e.Telephone,
        Courriel = e.Courriel,
        SiteWeb = e.SiteWeb,
        ContactPrincipal = e.ContactPrincipalNumero,
    };

    /// <summary>The fiche of a place.</summary>
    public static FicheLieu ToFiche(this Lieu l) => new()
    {
        Nom = l.Nom,
        Voie = l.Adresse.Voie,
        Commune = [l.Adresse.CodeInsee ?? ""],
        CodePostal = l.Adresse.CodePostal,
        Latitude = l.Latitude,
        Longitude = l.Longitude,
        AccesHandicapes = l.AccesHandicapes,
        Restauration = l.Restauration,
        Hebergement = l.Hebergement,
        Transport = l.Transport,
    };

    /// <summary>The fiche of a contact.</summary>
    public static FicheContact ToFiche(this Contact c) => new()
    {
        Civilite = c.Civilite,
        Nom = c.Nom,
        Prenom = c.Prenom,
        Fonction = c.Fonction,
        Telephone = c.Telephone,
        Portable = c.Portable,
        Courriel = c.Courriel,
        Types = c.Types,
    };

    /// <summary>Official numbers as they are kept: without spaces, letters in capitals.</summary>
    public static FicheEtablissement Tidy(this FicheEtablissement fiche)
    {
        return fiche with { Siret = Packed(fiche.Siret), Nda = Packed(fiche.Nda), Uai = Packed(fiche.Uai) };

        static string? Packed(string? text) => text is null ? null : string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
    }

    /// <summary>The fiche of the place "Principal" holds the établissement's own address, whatever the form says.</summary>
    public static FicheLieu At(this FicheLieu fiche, Lieu lieu) => !lieu.EstPrincipal ? fiche : fiche with
    {
        Nom = lieu.Nom,
        Voie = lieu.Adresse.Voie,
        Commune = [lieu.Adresse.CodeInsee ?? ""],
        CodePostal = lieu.Adresse.CodePostal,
    };

    internal static void Write(this Etablissement e, FicheEtablissement fiche, Adresse adresse)
    {
        (e.RaisonSociale, e.NomCommercial, e.Nda, e.Uai) = (fiche.RaisonSociale!, fiche.NomCommercial, fiche.Nda, fiche.Uai);
        (e.Qualiopi, e.QualiopiJusquAu, e.SiteWeb) = (fiche.Qualiopi, fiche.QualiopiJusquAu, fiche.SiteWeb);
        (e.Telephone, e.Courriel, e.ContactPrincipalNumero, e.Adresse) = (fiche.Telephone, fiche.Courriel, fiche.ContactPrincipal, adresse);
    }

    internal static void Write(this Lieu l, FicheLieu fiche, Adresse adresse)
    {
        (l.Nom, l.Adresse, l.Latitude, l.Longitude) = (fiche.Nom!, adresse, fiche.Latitude, fiche.Longitude);
        (l.AccesHandicapes, l.Restauration, l.Hebergement, l.Transport) = (fiche.AccesHandicapes, fiche.Restauration, fiche.Hebergement, fiche.Transport);
    }

    internal static void Write(this Contact c, FicheContact fiche)
    {
        (c.Civilite, c.Nom, c.Prenom, c.Fonction) = (fiche.Civilite, fiche.Nom!, fiche.Prenom, fiche.Fonction);
        (c.Telephone, c.Portable, c.Courriel, c.Types) = (fiche.Telephone, fiche.Portable, fiche.Courriel, fiche.Types);
    }

    /// <summary>The address typed: its commune comes from the table, its postal code from there too when it was left blank.</summary>
    internal static Adresse Address(string? voie, string? codePostal, Commune commune) => new()
    {
        Voie = voie,
        CodePostal = codePostal ?? (commune.CodesPostaux.Count > 0 ? commune.CodesPostaux[0] : null),
        Commune = commune.Nom,
        CodeInsee = commune.CodeInsee,
    };
}
