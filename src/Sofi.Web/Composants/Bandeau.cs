using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Organismes;
using Sofi.Web.Securite;

namespace Sofi.Web.Composants;

/// <summary>One établissement of the switcher.</summary>
/// <param name="Numero">Its number.</param>
/// <param name="Siret">SIRET, 14 digits.</param>
/// <param name="RaisonSociale">Raison sociale.</param>
/// <param name="Commune">Commune, or <c>null</c>.</param>
public sealed record EtablissementAccessible(int Numero, string Siret, string RaisonSociale, string? Commune)
{
    /// <summary>SIRET in groups, as one reads it aloud: 130 005 119 00032.</summary>
    public string SiretLisible => $"{Siret[..3]}\u00A0{Siret[3..6]}\u00A0{Siret[6..9]}\u00A0{Siret[9..]}";

    /// <summary>Raison sociale and commune.</summary>
    public string Libelle => Commune is null ? RaisonSociale : $"{RaisonSociale} – {Commune}";
}

/// <summary>The établissements within the reach of the present person: one query a request at most.</summary>
public sealed class EtablissementsAccessibles(SofiDbContext db, UtilisateurCourant courant)
{
    private IReadOnlyList<EtablissementAccessible>? all;

    /// <summary>All of them, by name then commune; empty for the Cariforef and the Région.</summary>
    public async Task<IReadOnlyList<EtablissementAccessible>> AllAsync()
    {
        if (all is not null) return all;
        var numbers = courant.OrNull?.Etablissements ?? [];
        return all = numbers.Count == 0 ? [] : await db.Set<Etablissement>().AsNoTracking().Where(e => numbers.Contains(e.Numero))
            .OrderBy(e => e.RaisonSociale).ThenBy(e => e.Adresse.Commune).ThenBy(e => e.Siret)
            .Select(e => new EtablissementAccessible(e.Numero, e.Siret, e.RaisonSociale, e.Adresse.Commune)).ToListAsync();
    }
}

/// <summary>What the banner shows.</summary>
/// <param name="Espace">Where one is.</param>
/// <param name="Utilisateur">Who is signed in; <c>null</c> on a public page.</param>
/// <param name="Entrees">Main menu.</param>
/// <param name="Courante">Entry of the menu under which the page stands.</param>
/// <param name="Etablissements">Établissements of the switcher.</param>
/// <param name="Retour">Address to come back to after a choice in the switcher.</param>
public sealed record BandeauModel(
    Espace Espace, Utilisateur? Utilisateur, IReadOnlyList<EntreeMenu> Entrees, EntreeMenu? Courante,
    IReadOnlyList<EtablissementAccessible> Etablissements, string Retour)
{
    /// <summary>The établissement chosen.</summary>
    public EtablissementAccessible? EtablissementCourant => Etablissements.FirstOrDefault(e => e.Numero == Utilisateur?.EtablissementCourant);

    /// <summary>What stands under the name of a person who has no établissement to choose.</summary>
    public string Qualite => Utilisateur?.Role switch
    {
        Role.Valideur => "Valideur · toute la région",
        Role.Administrateur => "Administrateur · toute la région",
        Role.Region => "Région Pays de la Loire",
        _ => "Aucun établissement rattaché",
    };
}

/// <summary>The banner: brand, main menu, name of the person, and below it her établissement (procedure, "Créer une formation").</summary>
public sealed class BandeauViewComponent(Menu menu, EtablissementsAccessibles etablissements, UtilisateurCourant courant) : ViewComponent
{
    /// <summary>Shows the banner of a space.</summary>
    public async Task<IViewComponentResult> InvokeAsync(Espace espace)
    {
        var entries = await menu.OfAsync(espace);
        var original = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        var (path, query) = original is null ? (Request.Path.Value!, Request.QueryString.Value) : (original.OriginalPath, original.OriginalQueryString);
        return View(new BandeauModel(
            espace, espace == Espace.Public ? null : courant.OrNull, entries, Menu.Current(entries, path),
            espace == Espace.Public ? [] : await etablissements.AllAsync(), path + query));
    }
}
