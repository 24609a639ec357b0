using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Gestion;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Referentiels;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Organisme;

/// <summary>An open day: typed, copied from another, or repeated on dates that are reviewed before they are saved.</summary>
public class PorteOuverteModel(
    UtilisateurCourant courant, SofiDbContext db, GestionService gestion, ReferentielService referentiels, TimeProvider clock) : FicheOrganismePage(courant, db)
{
    /// <summary>How often it comes back, in words.</summary>
    internal static readonly (Rythme Rythme, string Libelle)[] Rythmes =
        [(Rythme.Unique, "Une seule fois"), (Rythme.Semaine, "Chaque semaine, le même jour"), (Rythme.Mois, "Chaque mois, le même jour de la même semaine")];

    [BindProperty]
    public FichePorteOuverte Fiche { get; set; } = new();

    /// <summary>How often it comes back.</summary>
    [BindProperty]
    public Rythme Rythme { get; set; }

    /// <summary>How many times, the first included.</summary>
    [BindProperty]
    public int? Nombre { get; set; }

    /// <summary>The choice of dates that was reviewed: another one is reviewed again.</summary>
    [BindProperty]
    public string? Revue { get; set; }

    /// <summary>The dates kept at the review.</summary>
    [BindProperty]
    public List<string> Retenues { get; set; } = [];

    /// <summary>The open day shown; <c>null</c> for a new one.</summary>
    public PorteOuverte? Porte { get; private set; }

    /// <summary>Dates to review; empty without repetition.</summary>
    public IReadOnlyList<DateOnly> Dates { get; private set; } = [];

    /// <summary>Public holidays among them.</summary>
    public IReadOnlyDictionary<DateOnly, string> Feries { get; private set; } = new Dictionary<DateOnly, string>();

    /// <summary>The number as it was typed.</summary>
    public string? NombreTexte => ModelState[nameof(Nombre)]?.AttemptedValue ?? Nombre?.ToString(CultureInfo.InvariantCulture);

    /// <summary>What the dates under review follow from.</summary>
    public string CleDesDates => $"{Fiche.Date:yyyy-MM-dd}|{Rythme}|{Nombre}";

    /// <summary>True for a date kept; at the first review, all but public holidays.</summary>
    public bool EstRetenue(DateOnly date) => Revue == CleDesDates ? Retenues.Contains(Iso(date)) : !Feries.ContainsKey(date);

    public async Task<IActionResult> OnGetAsync(int? p, int? copie)
    {
        if (p is null && !Modifiable) return NotFound();
        if (copie is { } source)
        {
            if (await Db.Set<PorteOuverte>().AsNoTracking().FirstOrDefaultAsync(x => x.Numero == source && x.EtablissementNumero == Etablissement.Numero) is not { } copied) return NotFound();
            Fiche = copied.Fiche with { Date = null };
        }

        await LoadAsync(p);
        if (Porte is not null) (Fiche, Version) = (Porte.Fiche, Porte.Version);
        await ShowAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? p)
    {
        await LoadAsync(p);
        var typed = Fiche;
        Fiche = Settle(Porte?.Fiche, typed);
        await ShowAsync();
        if (Porte is null && Rythme != Rythme.Unique && (Nombre is null or < 2 or > Recurrence.MostDates) && ModelState.IsValid)
            ModelState.AddModelError(nameof(Nombre), $"Nombre de journées : écrivez un nombre de 2 à {Recurrence.MostDates}.");
        if (!ModelState.IsValid) return Page();
        if (Porte is not null)
        {
            if (Unwritten(await gestion.SavePorteAsync(Utilisateur, Porte.Numero, VersionDepart, Fiche), typed) is { } refused) return refused;
            this.Announce("La journée est enregistrée.");
            return Redirect(Adresse("/sofi/organisme/portes-ouvertes"));
        }

        var dates = Fiche.Date is { } first ? Recurrence.Dates(first, Rythme, Nombre ?? 1) : [];
        if (dates.Count > 1)
        {
            Dates = dates;
            Feries = (await referentiels.JoursFeriesAsync(dates[0], dates[^1])).ToDictionary(j => j.Date, j => j.Nom);
            if (Revue != CleDesDates) return Page();
            dates = [.. dates.Where(date => Retenues.Contains(Iso(date)))];
            if (dates.Count == 0)
            {
                ModelState.AddModelError(nameof(Retenues), "Dates : gardez-en au moins une.");
                return Page();
            }
        }

        var result = await gestion.CreatePortesAsync(Utilisateur, Etablissement.Numero, Fiche, dates, Jeton);
        if (Unwritten(result, typed) is { } answer) return answer;
        this.Announce(dates.Count == 1 ? "La journée est enregistrée." : $"{dates.Count} journées sont enregistrées.");
        return Redirect(Adresse("/sofi/organisme/portes-ouvertes"));
    }

    public async Task<IActionResult> OnPostSupprimerAsync(int? p)
    {
        if (p is not { } numero || await gestion.DeletePorteAsync(Utilisateur, numero) == ResultatSaisie.Introuvable) return NotFound();
        this.Announce("La journée est supprimée.");
        return Redirect(Adresse("/sofi/organisme/portes-ouvertes"));
    }

    public async Task<IActionResult> OnGetAgendaAsync(int? p)
    {
        await LoadAsync(p);
        if (Porte is null) return NotFound();
        var lieu = Porte.Fiche.ADistance == Listes.Oui ? null : await Db.Set<Lieu>().AsNoTracking().FirstOrDefaultAsync(l => l.Id == Porte.Fiche.LieuId);
        return File(Encoding.UTF8.GetBytes(Agenda.Write(Porte, lieu, clock.UtcInstant())), "text/calendar; charset=utf-8", $"portes-ouvertes-{Porte.Numero}.ics");
    }

    /// <summary>A day in words: "jeudi 1er mai 2025".</summary>
    public static string Jour(DateOnly date) => date.ToString(date.Day == 1 ? "dddd '1er' MMMM yyyy" : "dddd d MMMM yyyy", CultureInfo.CurrentCulture);

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task LoadAsync(int? p) => Porte = p is null ? null : await Db.Set<PorteOuverte>().AsNoTracking().FirstAsync(x => x.Numero == p);

    private async Task ShowAsync() => await ShowAsync(Fiche, await gestion.ContexteAsync(Etablissement.Numero, [], Porte?.Fiche.LieuId));
}
