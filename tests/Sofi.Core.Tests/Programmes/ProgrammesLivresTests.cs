using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Programmes;
using Sofi.Core.Referentiels;
using Sofi.Testing;

namespace Sofi.Core.Tests.Programmes;

public class ProgrammesLivresTests
{
    private static readonly string Reference = Path.Combine(AppContext.BaseDirectory, "reference");

    [Theory, EveryDatabase]
    public async Task First_start_loads_dispositifs_and_settings_once_and_keeps_what_was_changed(DatabaseKind kind)
    {
        await using var core = await CoreScope.ForAsync(kind, GetType());
        await core.Db.Set<Dispositif>().Where(d => d.Code == 8).ExecuteUpdateAsync(d => d.SetProperty(x => x.Libelle, "Renommé"));
        await core.Get<ProgrammesLivres>().LoadAsync(Reference);
        Assert.Equal("Renommé", (await core.Db.Set<Dispositif>().SingleAsync(d => d.Code == 8)).Libelle);
        Assert.Equal(["PE2025", "PE2026", "PE2027"], await core.Db.Set<ReglagesProgramme>().Select(r => r.CodeProgramme).OrderBy(c => c).ToListAsync());
        Assert.Equal(
            [NatureDispositif.FormationInitiale, NatureDispositif.ContratApprentissage, NatureDispositif.ContratProfessionnalisation,
                NatureDispositif.ProgrammeRegional, NatureDispositif.Autre],
            (await core.Db.Set<Dispositif>().OrderBy(d => d.Code).ToListAsync()).Select(d => d.Nature));
    }

    [Theory, EveryDatabase]
    public async Task Pass_entreprendre_expects_what_the_procedure_says(DatabaseKind kind)
    {
        await using var core = await CoreScope.ForAsync(kind, GetType());
        var attentes = await core.Get<ProgrammeService>().AttentesAsync("PE2025", new(2025, 2, 12));
        Assert.Equal(["0", "cadencees"], attentes.Of("Session.Esp")!.Admises);
        Assert.Equal(["5"], attentes.Of("Session.Rythmes")!.Proposees);
        Assert.Equal(["4"], attentes.Of("Session.TypeParcours")!.Proposees);
        Assert.Equal(["etablissement", "entreprise", "96129"], attentes.Of("Session.ModalitesPedagogiques")!.Attendues);
        Assert.Equal(["1"], attentes.Of("Dispositif.PriseEnCharge")!.Proposees);
        Assert.Equal(["93561"], attentes.CodesCertifinfo);
        Assert.True(attentes.InformationCollectiveRequise);
        Assert.True(attentes.EstOuverteLe(new(2025, 2, 12)));
        Assert.Equal(
            "Pré-requis : Maîtriser les compétences générales et professionnelles, posséder la qualification professionnelle nécessaire à la future activité.\n"
            + "Public visé : Demandeurs d'emploi ayant un projet de création/reprise d'entreprise.",
            attentes.TextesProposes["Action.CommentairePrerequis"]);
    }

    [Theory, EveryDatabase]
    public async Task Every_shipped_expectation_names_a_field_and_values_that_exist(DatabaseKind kind)
    {
        await using var core = await CoreScope.ForAsync(kind, GetType());
        var known = (await core.Db.Set<Formacode>().Where(f => f.Liste == ListesFormacode.Public).Select(f => f.Code).ToListAsync()).ToHashSet();
        foreach (var settings in await core.Db.Set<ReglagesProgramme>().AsNoTracking().ToListAsync())
        {
            Assert.Empty(ChampsReglables.Verify(settings.Attentes));
            Assert.All(settings.Attentes.Of(ChampsReglables.Publics)!.Proposees, code => Assert.Contains(code, known));
        }
    }

    [Fact]
    public void Expectations_that_contradict_one_another_or_the_fiches_are_told()
    {
        static string[] Faults(AttenteChamp expected) => [.. ChampsReglables.Verify(new Attentes { Champs = [expected] }).Select(fault => fault.Faute)];
        Assert.Contains("existe pas", Assert.Single(Faults(new("Session.Inconnu", [], [], []))), StringComparison.Ordinal);
        Assert.Contains("« 9 »", Assert.Single(Faults(new("Session.Esp", [], ["9"], []))), StringComparison.Ordinal);
        Assert.Contains("qu'une valeur", Assert.Single(Faults(new("Session.Esp", ["0", "1"], [], []))), StringComparison.Ordinal);
        Assert.Contains("attendue", Assert.Single(Faults(new("Session.Esp", ["0"], ["1"], []))), StringComparison.Ordinal);
        Assert.Contains("admise", Assert.Single(Faults(new("Session.Esp", [], ["1"], ["0"]))), StringComparison.Ordinal);
        Assert.Contains("5 valeurs", Assert.Single(Faults(new("Session.ModalitesPedagogiques",
            ["96124", "96125", "96126", "96127", "96142", "96133"], [], []))), StringComparison.Ordinal);
        var text = new Attentes { TextesProposes = new Dictionary<string, string> { ["Action.PlusFormation"] = new('x', 251) } };
        Assert.Contains("250 caractères", Assert.Single(ChampsReglables.Verify(text)).Faute, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task The_shipped_2025_file_is_the_one_of_the_procedure(DatabaseKind kind)
    {
        await using var core = await CoreScope.ForAsync(kind, GetType());
        foreach (var year in new[] { 2025, 2026, 2027 })
        {
            var result = await core.Get<ImportProgrammeService>().ImportAsync("",
                File.ReadAllBytes(Path.Combine(Reference, "programmes", $"region-{year}.zip")), Auteur.Systeme);
            Assert.Equal((IssueImport.Applique, 0), (result.Issue, result.Fautes.Count));
        }

        Assert.Equal(
            ["1 emploi = 1 formation", "PREPA Avenir Sup", "PREPA Clés Avenir", "PREPA Sanitaire et social", "Pass entreprendre Pays de la Loire - Formation"],
            (await core.Db.Set<Programme>().Where(p => p.Annee == 2025).Select(p => p.Intitule).ToListAsync()).Order(StringComparer.Ordinal));
        var lot = await core.Db.Set<Lot>().Include(l => l.Programme).Include(l => l.Mandataire).Include(l => l.Formateurs)
            .SingleAsync(l => l.Numero == "PE2025_12");
        Assert.Equal("PROGRAMME REGION - Pass entreprendre Pays de la Loire - Formation", lot.Programme.Libelle);
        Assert.Equal("PE2025_12 - Lot 12 - Formations à la création-reprise d'entreprise en Loire-Atlantique", lot.Libelle);
        Assert.Equal(("4259", "386", "13000511900032", false, "93561"),
            (lot.IdActionCr, lot.CodeMandataireCr, lot.Mandataire.Siret, lot.ForfaitRecrutement, lot.CodesCertifinfo.ToString()));
        Assert.Equal(["80006"], lot.Programme.Publics);
        Assert.True(lot.Formateurs.Count > 1);
        Assert.True(await core.Db.Set<Lot>().AnyAsync(l => l.ForfaitRecrutement));
        Assert.All(await core.Db.Set<Lot>().Where(l => l.Numero != "PE2025_12").Select(l => l.Intitule).ToListAsync(), intitule =>
            Assert.EndsWith("(exemple)", intitule, StringComparison.Ordinal));
        Assert.All(await core.Db.Set<Etablissement>().Where(e => !e.Siret.StartsWith("130005119")).Select(e => e.RaisonSociale).ToListAsync(),
            name => Assert.Contains("(EXEMPLE)", name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2025)]
    [InlineData(2026)]
    [InlineData(2027)]
    public void The_shipped_archive_holds_its_readable_files(int year)
    {
        var folder = Path.Combine(Reference, "programmes", $"region-{year}");
        using var archive = ZipFile.OpenRead(folder + ".zip");
        Assert.Equal(Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), archive.Entries.Select(e => e.FullName)
            .Order(StringComparer.Ordinal));
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            Assert.Equal(File.ReadAllText(Path.Combine(folder, entry.FullName)), reader.ReadToEnd());
        }

        Assert.Empty(LecteurFichierRegion.Read(File.ReadAllBytes(folder + ".zip")).Fautes);
    }
}
