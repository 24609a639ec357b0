using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Organismes;
using Sofi.Core.Programmes;
using Sofi.Testing;

namespace Sofi.Core.Tests.Programmes;

public class ProgrammeServiceTests
{
    private static readonly Auteur Anne = new(null, "Anne Exemple");

    [Theory, EveryDatabase]
    public async Task The_latest_settings_whose_date_is_past_apply(DatabaseKind kind)
    {
        await using var core = await CoreScope.ForAsync(kind, GetType());
        var service = core.Get<ProgrammeService>();
        foreach (var (day, code) in new[] { ("2025-01-01", "93561"), ("2025-03-01", "93562") })
            Assert.Equal(IssueReglage.Enregistre, await service.SaveAsync(Reglages("A", DateOnly.Parse(day, null),
                new Attentes { CodesCertifinfo = [code] }), Anne));
        Assert.Empty((await service.AttentesAsync("A", new(2024, 12, 31))).CodesCertifinfo);
        Assert.Equal(["93561"], (await service.AttentesAsync("A", new(2025, 2, 28))).CodesCertifinfo);
        using var queries = QueryCounter.Start();
        var both = await service.AttentesAsync(["A", "nothing"], new(2025, 3, 1));
        Assert.Equal((1, "93562", Attentes.Aucune), (queries.Count, both["A"].CodesCertifinfo.ToString(), both["nothing"]));
    }

    [Theory, EveryDatabase]
    public async Task Entry_is_open_from_its_first_day_to_its_last(DatabaseKind kind)
    {
        await using var core = await CoreScope.ForAsync(kind, GetType());
        var service = core.Get<ProgrammeService>();
        await service.SaveAsync(Reglages("B", new(2024, 1, 1), new Attentes { OuvertureSaisie = new(2024, 10, 1), FermetureSaisie = new(2025, 12, 31) }), Anne);
        var attentes = await service.AttentesAsync("B", new(2025, 2, 1));
        Assert.Equal([false, true, true, false], new DateOnly[] { new(2024, 9, 30), new(2024, 10, 1), new(2025, 12, 31), new(2026, 1, 1) }
            .Select(attentes.EstOuverteLe));
    }

    [Theory, EveryDatabase]
    public async Task Settings_are_never_overwritten_silently_and_changes_are_journaled(DatabaseKind kind)
    {
        await using var core = await CoreScope.ForAsync(kind, GetType());
        var service = core.Get<ProgrammeService>();
        await service.SaveAsync(Reglages("C", new(2025, 1, 1), Attentes.Aucune), Anne);
        var stored = Assert.Single(await service.ReglagesAsync("C"));
        var edited = Edit(stored, Attentes.Aucune with { Champs = [new AttenteChamp("Session.Rythmes", ["5"], ["5"], [])] });
        Assert.Equal(IssueReglage.Enregistre, await service.SaveAsync(edited, Anne));
        Assert.Equal(IssueReglage.VersionDepassee, await service.SaveAsync(Edit(stored, Attentes.Aucune), Anne));
        Assert.Equal(IssueReglage.DejaPris, await service.SaveAsync(Reglages("C", new(2025, 1, 1), Attentes.Aucune), Anne));
        var again = Assert.Single(await service.ReglagesAsync("C"));
        Assert.Equal(["5"], again.Attentes.Of("Session.Rythmes")!.Proposees);
        Assert.Equal(IssueReglage.Enregistre, await service.SaveAsync(Edit(again, again.Attentes), Anne));

        var events = await core.Db.Set<Evenement>().AsNoTracking().Where(e => e.Objet == "programme" && e.Cle == "C").OrderBy(e => e.Id).ToListAsync();
        Assert.Equal(2, events.Count);
        Assert.Equal("Champs", Assert.Single(events[1].Changements).Champ);
    }

    [Theory, EveryDatabase]
    public async Task The_table_of_dispositifs_is_kept_by_the_cariforef(DatabaseKind kind)
    {
        await using var core = await CoreScope.ForAsync(kind, GetType());
        var service = core.Get<ProgrammeService>();
        Assert.Equal([1, 3, 4, 8, 9], (await service.DispositifsAsync()).Select(d => d.Code).Take(5));
        var added = new Dispositif { Code = 77, Libelle = "Nouveau", Nature = NatureDispositif.Autre };
        Assert.Equal(IssueReglage.Enregistre, await service.AddAsync(added, Anne));
        Assert.Equal(IssueReglage.DejaPris, await service.AddAsync(new Dispositif { Code = 77, Libelle = "Autre", Nature = NatureDispositif.Autre }, Anne));
        Assert.Equal(IssueReglage.Enregistre, await service.SaveAsync(new Dispositif
        {
            Code = 77,
            Libelle = "Renommé",
            Nature = NatureDispositif.Autre,
            Actif = false
        }, Anne));
        Assert.Equal(IssueReglage.VersionDepassee, await service.SaveAsync(new Dispositif
        {
            Code = 77,
            Libelle = "Trop tard",
            Nature = NatureDispositif.Autre
        }, Anne));
        var stored = (await service.DispositifsAsync()).Single(d => d.Code == 77);
        Assert.Equal(("Renommé", false, 1), (stored.Libelle, stored.Actif, stored.Version));
    }

    [Theory, EveryDatabase]
    public async Task The_door_offers_only_what_the_etablissement_is_mandataire_or_formateur_of(DatabaseKind kind)
    {
        await using var core = await CoreScope.ForAsync(kind, GetType());
        var (carif, formateur, other) = (await AddAsync(core.Db), await AddAsync(core.Db), await AddAsync(core.Db));
        core.Db.AddRange(
            new Programme { Code = "D25", Intitule = "Pass", Annee = 2025, CodeDispositif = 8 },
            new Programme { Code = "D26", Intitule = "Pass 2026", Annee = 2026, CodeDispositif = 8 },
            new Programme { Code = "D24", Intitule = "Pass 2024", Annee = 2024, CodeDispositif = 8, Present = false });
        var twelve = Lot("D25_12", "D25", "386", carif);
        twelve.Formateurs.Add(new LotFormateur { EtablissementNumero = formateur });
        var absent = Lot("D25_14", "D25", "386", carif);
        absent.Present = false;
        core.Db.AddRange(twelve, Lot("D25_12", "D25", "387", formateur), Lot("D25_13", "D25", "387", other), absent,
            Lot("D26_12", "D26", "386", carif), Lot("D24_12", "D24", "386", carif));
        await core.Db.SaveChangesAsync();

        var service = core.Get<ProgrammeService>();
        using var queries = QueryCounter.Start();
        Assert.Equal([("D26_12", carif), ("D25_12", carif)], Lines(await service.LotsAsync(carif)));
        Assert.Equal([("D25_12", carif), ("D25_12", formateur)], Lines(await service.LotsAsync(formateur)));
        Assert.Equal([("D25_13", other)], Lines(await service.LotsAsync(other)));
        Assert.Equal(3, queries.Count);

        static IEnumerable<(string, int)> Lines(IEnumerable<Lot> lots) => lots.Select(l => (l.Numero, l.Mandataire.Numero));
    }

    private static ReglagesProgramme Reglages(string code, DateOnly day, Attentes attentes) =>
        new() { CodeProgramme = code, ApplicableLe = day, Attentes = attentes };

    private static ReglagesProgramme Edit(ReglagesProgramme stored, Attentes attentes) =>
        new() { Id = stored.Id, CodeProgramme = stored.CodeProgramme, ApplicableLe = stored.ApplicableLe, Attentes = attentes, Version = stored.Version };

    private static Lot Lot(string numero, string programme, string mandataire, int etablissement) => new()
    {
        Numero = numero,
        CodeMandataireCr = mandataire,
        Intitule = "Lot",
        CodeProgramme = programme,
        IdActionCr = "1",
        MandataireNumero = etablissement,
    };

    private static async Task<int> AddAsync(SofiDbContext db)
    {
        var etablissement = new Etablissement { Siret = TestSiret.Next(), RaisonSociale = "ORGANISME" };
        db.Add(etablissement);
        await db.SaveChangesAsync();
        return etablissement.Numero;
    }
}
