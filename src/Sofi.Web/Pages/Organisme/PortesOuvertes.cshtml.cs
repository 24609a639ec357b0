using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Gestion;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Organisme;

/// <summary>The open days of an établissement: those to come, or those that are over.</summary>
public class PortesOuvertesModel(UtilisateurCourant courant, SofiDbContext db, TimeProvider clock) : OrganismePage(courant, db)
{
    /// <summary>An open day and the name of its place.</summary>
    public sealed record Ligne(PorteOuverte Porte, string? Lieu);

    private static readonly ColonnesListe<PorteOuverte> AVenir = new ColonnesListe<PorteOuverte>(p => p.Numero, "date").By("date", p => p.Fiche.Date).By("titre", p => p.Recherche);
    private static readonly ColonnesListe<PorteOuverte> Archives = new ColonnesListe<PorteOuverte>(p => p.Numero, "-date").By("date", p => p.Fiche.Date).By("titre", p => p.Recherche);

    /// <summary>True for those that are over.</summary>
    public bool Passees { get; private set; }

    /// <summary>One page of them.</summary>
    public PageListe<Ligne> Portes { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string? rubrique, ListeParametres liste, CancellationToken cancellation)
    {
        if (rubrique is not (null or "passees")) return NotFound();
        Passees = rubrique is not null;
        var page = await Db.Set<PorteOuverte>().AsNoTracking().Where(p => p.EtablissementNumero == Etablissement.Numero).At(clock.Today(), Passees)
            .Matching(liste, p => p.Recherche).ToPageAsync(liste, Passees ? Archives : AVenir, cancellation);
        var places = page.Lignes.Select(p => p.Fiche.LieuId).OfType<int>().Distinct().ToList();
        var names = await Db.Set<Lieu>().Where(l => places.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.Adresse.Commune == null ? l.Nom : l.Nom + " – " + l.Adresse.Commune, cancellation);
        Portes = new([.. page.Lignes.Select(p => new Ligne(p, names.GetValueOrDefault(p.Fiche.LieuId ?? 0)))], page.Total, page.Parametres) { Filtres = page.Filtres };
        return Page();
    }

    /// <summary>From when to when, in words.</summary>
    public string Heures(FichePorteOuverte fiche)
    {
        var champ = Champ.Of<FichePorteOuverte>(nameof(FichePorteOuverte.HeureDebut));
        return fiche.HeureFin is { } end ? $"{champ.FormatValue(fiche.HeureDebut)} – {champ.FormatValue(end)}" : champ.FormatValue(fiche.HeureDebut);
    }
}
