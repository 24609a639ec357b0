using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Offre.Regles;
using Sofi.Core.Organismes;
using Sofi.Core.Programmes;
using Sofi.Core.Referentiels;

namespace Sofi.Core.Offre;

/// <summary>Loads the <see cref="Contexte"/> of an offer in a fixed number of queries, whatever its sessions.</summary>
public sealed class ContexteLoader(SofiDbContext db, ProgrammeService programmes, TimeProvider clock)
{
    /// <summary>The context of an offer today.</summary>
    public async Task<Contexte> LoadAsync(OffreSaisie offre, CancellationToken cancellation = default)
    {
        var today = clock.Today();
        var dispositifs = offre.Sessions.SelectMany(s => s.Dispositifs).ToList();
        var lots = dispositifs.Select(d => d.Lot).Append(offre.Action.Lot).OfType<LotSaisie>().DistinctBy(lot => lot.Id).ToList();
        return new Contexte
        {
            Aujourdhui = today,
            Offre = offre,
            Attentes = await programmes.AttentesAsync([.. lots.Select(lot => lot.CodeProgramme).Distinct()], today, cancellation),
            PlacesAilleurs = await PlacesAilleursAsync([.. lots.Select(lot => lot.Id)], offre.Action.Numero, cancellation),
            JoursFeries = await JoursFeriesAsync(offre, cancellation),
            Libelles = await LibellesAsync(offre, cancellation),
        };
    }

    private async Task<Dictionary<int, int>> PlacesAilleursAsync(List<int> lots, int actionNumero, CancellationToken cancellation) =>
        await db.Set<DispositifSession>()
            .Where(d => d.LotId != null && lots.Contains(d.LotId.Value) && d.Session.ActionNumero != actionNumero)
            .GroupBy(d => d.LotId!.Value).Select(group => new { group.Key, Places = group.Sum(d => d.Fiche.NbPlaces ?? 0) })
            .ToDictionaryAsync(row => row.Key, row => row.Places, cancellation);

    private async Task<Dictionary<DateOnly, string>> JoursFeriesAsync(OffreSaisie offre, CancellationToken cancellation)
    {
        var dates = offre.Sessions.SelectMany(s => new[] { s.Fiche.DateDebut, s.Fiche.DateFin }).OfType<DateOnly>().Distinct().ToList();
        return await db.Set<JourFerie>().Where(j => dates.Contains(j.Date)).ToDictionaryAsync(j => j.Date, j => j.Nom, cancellation);
    }

    /// <summary>
    /// Open lists: whole where they are short; of the Formacodes only those used. A place or contact of another établissement is no value.
    /// </summary>
    private async Task<Libelles> LibellesAsync(OffreSaisie offre, CancellationToken cancellation)
    {
        var free = offre.Formation.CodeCertifinfo is null;
        var types = await db.Set<TypeCertification>().Where(t => !free || t.SansCertification).OrderBy(t => t.Libelle)
            .Select(t => new { t.Code, t.Libelle }).ToListAsync(cancellation);
        var used = offre.Formation.Fiche.Formacodes.ToList();
        var formacodes = await db.Set<Formacode>()
            .Where(f => f.Liste == ListesFormacode.Public || (f.Liste == ListesFormacode.Domaine && used.Contains(f.Code))).OrderBy(f => f.Code)
            .Select(f => new { f.Code, f.Libelle, f.Liste }).ToListAsync(cancellation);
        var chosen = offre.Action.Fiche.Prerequis.ToList();
        var prerequis = await db.Set<Prerequis>().Where(p => p.Actif || chosen.Contains(p.Code)).OrderBy(p => p.Ordre)
            .Select(p => new { p.Code, p.Libelle }).ToListAsync(cancellation);
        var owner = offre.Formation.Dispensateur;
        var usedPlaces = offre.Sessions.Select(s => s.Fiche.LieuId ?? 0).ToList();
        var lieux = await db.Set<Lieu>().Where(l => l.EtablissementNumero == owner.Numero && (l.Actif || usedPlaces.Contains(l.Id))).OrderBy(l => l.Id)
            .Select(l => new { l.Id, l.Nom }).ToListAsync(cancellation);
        var usedContacts = offre.Sessions.SelectMany(s => new[] { s.Fiche.ReferentPmr, s.Fiche.ReferentPrf, s.Fiche.ReferentMobilite, s.Fiche.ContactSession })
            .OfType<int>().Distinct().ToList();
        var contacts = await db.Set<Contact>().Where(c => c.EtablissementNumero == owner.Numero && (c.Actif || usedContacts.Contains(c.Numero)))
            .OrderBy(c => c.Numero).Select(c => new { c.Numero, c.Nom }).ToListAsync(cancellation);
        return new Libelles(new Dictionary<ListeOuverte, IReadOnlyDictionary<string, string>>
        {
            [ListeOuverte.TypesCertification] = types.ToDictionary(
                t => Text(t.Code), t => types.Count(other => other.Libelle == t.Libelle) > 1 ? $"{t.Libelle} (type {t.Code})" : t.Libelle),
            [ListeOuverte.Formacodes] = formacodes.Where(f => f.Liste == ListesFormacode.Domaine).ToDictionary(f => f.Code, f => $"{f.Code} {f.Libelle}"),
            [ListeOuverte.Publics] = formacodes.Where(f => f.Liste == ListesFormacode.Public).ToDictionary(f => f.Code, f => f.Libelle),
            [ListeOuverte.Prerequis] = prerequis.ToDictionary(p => p.Code, p => p.Libelle),
            [ListeOuverte.Blocs] = offre.Formation.Blocs.ToDictionary(b => b.Code, b => $"{b.Code} {b.Intitule}"),
            [ListeOuverte.Lieux] = lieux.ToDictionary(l => Text(l.Id), l => $"{owner.Numero} - {owner.RaisonSociale} - {l.Nom}"),
            [ListeOuverte.Contacts] = contacts.ToDictionary(c => Text(c.Numero), c => $"{c.Numero}, {c.Nom} - {owner.Numero}, {owner.RaisonSociale}, SIRET {owner.Siret}"),
        });
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
