using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Sofi.Core.Data;
using Sofi.Core.Installation;
using Sofi.Core.Journal;
using Sofi.Core.Offre;
using Sofi.Core.Organismes;
using Sofi.Core.Programmes;
using Sofi.Testing;

namespace Sofi.Core.Tests.Programmes;

public class ImportProgrammeTests
{
    private static readonly Auteur Anne = new(null, "Anne Exemple");

    [Theory, EveryDatabase]
    public async Task A_new_file_creates_all_it_holds(DatabaseKind kind)
    {
        await using var sofi = await Sofi.StartAsync(kind);
        var result = await sofi.ImportAsync(FichierEssai.Correct("N1").AddProgrammation("N1_12;386;10/03/2025;28/03/2025;Nantes;12;BC 1").Zip());
        Assert.Equal(IssueImport.Applique, result.Issue);
        Assert.All(Enum.GetValues<NatureLigne>(), nature => Assert.Equal(nature == NatureLigne.Organisme ? 2 : 1,
            result.Rapport!.Count(nature, SortLigne.Creee)));
        Assert.Equal([FichierEssai.Siret("N1", 1), FichierEssai.Siret("N1", 2)], result.Rapport!.OrganismesNouveaux.Select(line => line.Cle).Order());

        await using var db = sofi.CreateContext();
        var lot = await db.Set<Lot>().Include(l => l.Programme).Include(l => l.Mandataire).Include(l => l.Formateurs)
            .ThenInclude(f => f.Etablissement).SingleAsync(l => l.Numero == "N1_12");
        Assert.Equal(("N1_12 - Lot 12 - Création", "PROGRAMME REGION - Pass entreprendre", "4259", "386", false, 40, "44", true),
            (lot.Libelle, lot.Programme.Libelle, lot.IdActionCr, lot.CodeMandataireCr, lot.ForfaitRecrutement, lot.NbPlaces, lot.Departement, lot.Present));
        Assert.Equal(["93561"], lot.CodesCertifinfo);
        Assert.Equal(["80006"], lot.Programme.Publics);
        Assert.Equal(("52449990044", "Nantes", "44109", "contact@mandataire.test"),
            (lot.Mandataire.Nda, lot.Mandataire.Adresse.Commune, lot.Mandataire.Adresse.CodeInsee, lot.Mandataire.Courriel));
        Assert.Contains("n1 (exemple) nantes", lot.Mandataire.Recherche, StringComparison.Ordinal);
        Assert.Equal("Angers", Assert.Single(lot.Formateurs).Etablissement.Adresse.Commune);
        var place = await db.Set<Lieu>().SingleAsync(l => l.EtablissementNumero == lot.MandataireNumero);
        Assert.Equal(("Principal", lot.Mandataire.Adresse), (place.Nom, place.Adresse));
        Assert.Equal(new DateOnly(2025, 3, 28), (await db.Set<Programmation>().SingleAsync(p => p.LotId == lot.Id)).DateFin);
    }

    [Theory, EveryDatabase]
    public async Task The_same_file_twice_changes_nothing(DatabaseKind kind)
    {
        await using var sofi = await Sofi.StartAsync(kind);
        var essai = FichierEssai.Correct("N2").AddProgrammation("N2_12;386;10/03/2025;28/03/2025;Nantes;12;BC 1");
        await sofi.ImportAsync(essai.Zip());
        var before = await sofi.DumpAsync();
        var again = await sofi.ImportAsync(essai.Xlsx());
        Assert.Equal(IssueImport.Applique, again.Issue);
        Assert.Empty(again.Rapport!.Lignes);
        Assert.Equal(6, again.Rapport.Inchangees.Values.Sum());
        Assert.Equal(before, await sofi.DumpAsync());
        await using var db = sofi.CreateContext();
        Assert.False(await db.Set<Evenement>().AnyAsync(e => e.Type == "ProgrammeRegionImporte" && e.Cle == $"{again.ImportId}"));
    }

    [Theory, EveryDatabase]
    public async Task Changes_are_shown_field_by_field_and_applied(DatabaseKind kind)
    {
        await using var sofi = await Sofi.StartAsync(kind);
        var essai = FichierEssai.Correct("N3").AddProgrammation("N3_12;386;10/03/2025;28/03/2025;Nantes;12;BC 1", "N3_12;386;05/05/2025;28/05/2025;Nantes;12;");
        await sofi.ImportAsync(essai.Zip());
        essai.Replace("lots", ";N;40;44;93561", ";O;25;;").Replace("programmes", "Pass entreprendre", "Pass").Replace("programmation",
            "28/03/2025;Nantes;12", "30/03/2025;Nantes;10")
            .Replace("formateurs", FichierEssai.Siret("N3", 2), FichierEssai.Siret("N3", 3)).Replace("programmation", "05/05/2025", "06/05/2025");
        var result = await sofi.ImportAsync(essai.Zip());

        Assert.Equal([new("forfait_recrutement", "N", "O"), new("nb_places", "40", "25"), new("departement", "44", null),
            new("codes_certifinfo", "93561", null)], Changes(NatureLigne.Lot));
        Assert.Equal([new("intitule", "Pass entreprendre", "Pass")], Changes(NatureLigne.Programme));
        Assert.Equal([new("date_fin", "28/03/2025", "30/03/2025"), new("nb_places", "12", "10")], Changes(NatureLigne.Programmation));
        Assert.Equal((1, 1), (result.Rapport!.Count(NatureLigne.Formateur, SortLigne.Creee), result.Rapport.Count(NatureLigne.Formateur, SortLigne.Retiree)));
        Assert.Equal((1, 1), (result.Rapport.Count(NatureLigne.Programmation, SortLigne.Creee),
            result.Rapport.Count(NatureLigne.Programmation, SortLigne.Retiree)));

        await using var db = sofi.CreateContext();
        var lot = await db.Set<Lot>().Include(l => l.Programme).Include(l => l.Formateurs).ThenInclude(f => f.Etablissement)
            .SingleAsync(l => l.Numero == "N3_12");
        Assert.Equal((true, 25, null, Codes.Aucun, "Pass"), (lot.ForfaitRecrutement, lot.NbPlaces, lot.Departement, lot.CodesCertifinfo,
            lot.Programme.Intitule));
        Assert.Equal(FichierEssai.Siret("N3", 3), Assert.Single(lot.Formateurs).Etablissement.Siret);
        Assert.Equal([(new DateOnly(2025, 3, 10), 10), (new DateOnly(2025, 5, 6), 12)],
            (await db.Set<Programmation>().Where(p => p.LotId == lot.Id).OrderBy(p => p.DateDebut).ToListAsync())
                .Select(p => (p.DateDebut, p.NbPlaces!.Value)));

        IReadOnlyList<Changement> Changes(NatureLigne nature) =>
            Assert.Single(result.Rapport!.Lignes, line => line.Nature == nature && line.Sort == SortLigne.Modifiee).Changements;
    }

    [Theory, EveryDatabase]
    public async Task What_the_file_no_longer_holds_goes_for_its_years_only(DatabaseKind kind)
    {
        await using var sofi = await Sofi.StartAsync(kind);
        await sofi.ImportAsync(FichierEssai.Correct("N4", 2031).Zip());
        await sofi.ImportAsync(FichierEssai.Correct("N5", 2032).AddProgrammation("N5_12;386;10/03/2032;28/03/2032;Nantes;12;").Zip());
        var result = await sofi.ImportAsync(FichierEssai.Correct("N6", 2032).Zip());
        Assert.Equal([("N5", NatureLigne.Programme), ("N5_12 × 386", NatureLigne.Lot)],
            result.Rapport!.Lignes.Where(line => line.Sort == SortLigne.Retiree).Select(line => (line.Cle, line.Nature)));
        await using var db = sofi.CreateContext();
        Assert.Equal(["N4", "N6"], await db.Set<Programme>().Where(p => p.Annee >= 2031 && p.Annee <= 2032).Select(p => p.Code).OrderBy(c => c).ToListAsync());
        Assert.Equal(2, await db.Set<Etablissement>().CountAsync(e => e.RaisonSociale.Contains("N5")));
    }

    [Theory, EveryDatabase]
    public async Task A_lot_that_carries_sessions_is_marked_never_removed_and_its_sessions_are_listed(DatabaseKind kind)
    {
        await using var sofi = await Sofi.StartAsync(kind);
        var essai = FichierEssai.Correct("N7", 2033);
        await sofi.ImportAsync(essai.Zip());
        var fas = await sofi.AddSessionAsync("N7_12", FichierEssai.Siret("N7", 2), new(2033, 3, 10));
        var before = await sofi.DumpOffreAsync();

        var changed = await sofi.ImportAsync(FichierEssai.Correct("N7", 2033).Replace("lots", ";40;", ";30;").Zip());
        Assert.Equal(fas, Assert.Single(Assert.Single(changed.Rapport!.Lignes).Saisies).Code);

        var other = FichierEssai.Correct("N8", 2033);
        var absent = await sofi.ImportAsync(other.Zip());
        Assert.Equal([SortLigne.Marquee, SortLigne.Marquee], absent.Rapport!.Lignes.Where(line => line.Cle.StartsWith("N7", StringComparison.Ordinal))
            .Select(line => line.Sort));
        Assert.Equal(fas, Assert.Single(absent.Rapport.Lignes.Single(line => line.Cle == "N7_12 × 386").Saisies).Code);
        Assert.Empty((await sofi.ImportAsync(other.Zip())).Rapport!.Lignes);
        Assert.Equal(before, await sofi.DumpOffreAsync());

        await using (var db = sofi.CreateContext())
        {
            Assert.False((await db.Set<Lot>().SingleAsync(l => l.Numero == "N7_12")).Present);
            Assert.False((await db.Set<Programme>().SingleAsync(p => p.Code == "N7")).Present);
        }

        var back = await sofi.ImportAsync(essai.Zip());
        Assert.Contains(back.Rapport!.Lignes, line => line.Cle == "N7_12 × 386" && line.Changements.Contains(new Changement("present", "N", "O")));
        await using var after = sofi.CreateContext();
        Assert.True((await after.Set<Lot>().SingleAsync(l => l.Numero == "N7_12")).Present);
    }

    [Theory, EveryDatabase]
    public async Task A_formateur_that_leaves_a_lot_has_its_sessions_listed_not_those_of_others(DatabaseKind kind)
    {
        await using var sofi = await Sofi.StartAsync(kind);
        var essai = FichierEssai.Correct("N9", 2034).Add("formateurs", $"N9_12;386;{FichierEssai.Siret("N9", 3)};AUTRE N9;;;;;;");
        await sofi.ImportAsync(essai.Zip());
        var fas = await sofi.AddSessionAsync("N9_12", FichierEssai.Siret("N9", 2), new(2034, 3, 10));
        await sofi.AddSessionAsync("N9_12", FichierEssai.Siret("N9", 3), new(2034, 3, 10));
        var result = await sofi.ImportAsync(essai.Replace("formateurs", FichierEssai.Siret("N9", 2), FichierEssai.Siret("N9", 4)).Zip());
        Assert.Equal(fas, Assert.Single(result.Rapport!.Lignes.Single(line =>
            line is { Nature: NatureLigne.Formateur, Sort: SortLigne.Retiree }).Saisies).Code);
    }

    [Theory, EveryDatabase]
    public async Task An_organisation_known_by_its_siret_is_completed_never_duplicated_nor_overwritten(DatabaseKind kind)
    {
        await using var sofi = await Sofi.StartAsync(kind);
        var siret = FichierEssai.Siret("O1", 1);
        await using (var db = sofi.CreateContext())
        {
            var known = new Etablissement { Siret = siret, RaisonSociale = "NOM TENU PAR L’ORGANISME", Telephone = "02.61.91.00.01", Courriel = "a@b.test" };
            known.Lieux.Add(new Lieu { Nom = "Principal" });
            db.Add(known);
            await db.SaveChangesAsync();
        }

        var result = await sofi.ImportAsync(FichierEssai.Correct("O1").Zip());
        Assert.Equal(["raison_sociale", "courriel"], result.Fautes.Select(fault => fault.Column));
        var line = Assert.Single(result.Rapport!.Lignes, line => line.Cle == siret);
        Assert.Equal(["nda", "adresse", "code_postal", "commune"], line.Changements.Select(change => change.Champ));
        await using var after = sofi.CreateContext();
        var stored = await after.Set<Etablissement>().Include(e => e.Lieux).SingleAsync(e => e.Siret == siret);
        Assert.Equal(("NOM TENU PAR L’ORGANISME", "52449990044", "a@b.test", "44109", 1),
            (stored.RaisonSociale, stored.Nda, stored.Courriel, stored.Adresse.CodeInsee, stored.Version));
        Assert.Equal(stored.Adresse, Assert.Single(stored.Lieux).Adresse);
        Assert.Contains("nantes", stored.Recherche, StringComparison.Ordinal);
    }

    /// <summary>Sheet, text replaced, replacement, column of the fault and words it must hold.</summary>
    public static TheoryData<DatabaseKind, string, string, string, string, string> BaseFaults()
    {
        var data = new TheoryData<DatabaseKind, string, string, string, string, string>();
        foreach (var kind in Enum.GetValues<DatabaseKind>())
        {
            data.Add(kind, "programmes", ";8;", ";77;", "code_dispositif", "n’existe pas");
            data.Add(kind, "programmes", ";8;", ";3;", "code_dispositif", "programme régional");
            data.Add(kind, "programmes", "80006", "80006|89999", "publics", "Formacode");
            data.Add(kind, "lots", "93561", "93561|99999999", "codes_certifinfo", "inconnu");
            data.Add(kind, "programmes", ";2035;", ";2036;", "annee", "déjà connu pour l’année 2035");
        }

        return data;
    }

    [Theory, MemberData(nameof(BaseFaults))]
    public async Task What_the_base_does_not_know_is_refused_and_nothing_is_written(
        DatabaseKind kind, string sheet, string text, string by, string column, string words)
    {
        await using var sofi = await Sofi.StartAsync(kind);
        await sofi.ImportAsync(FichierEssai.Correct("P1", 2035).Zip());
        var before = await sofi.DumpAsync();
        var result = await sofi.ImportAsync(FichierEssai.Correct("P1", 2035).Replace("lots", ";40;", ";41;").Replace(sheet, text, by).Zip());
        Assert.Equal(IssueImport.Refuse, result.Issue);
        Assert.Contains(result.Fautes, f => f.Blocking && f.Sheet == sheet && f.Line == 2 && f.Column == column
            && f.Message.Contains(words, StringComparison.Ordinal));
        Assert.Equal(before, await sofi.DumpAsync());
    }

    [Theory, EveryDatabase]
    public async Task A_lot_of_another_year_is_never_taken_over(DatabaseKind kind)
    {
        await using var sofi = await Sofi.StartAsync(kind);
        await sofi.ImportAsync(FichierEssai.Correct("Q1", 2037).Zip());
        var result = await sofi.ImportAsync(FichierEssai.Correct("Q2", 2038).Replace("lots", "Q2_12", "Q1_12").Replace("formateurs", "Q2_12", "Q1_12").Zip());
        Assert.Equal(IssueImport.Refuse, result.Issue);
        Assert.Contains("2037", Assert.Single(result.Fautes, f => f.Blocking).Message, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task A_preview_keeps_file_author_and_report_and_is_applied_once(DatabaseKind kind)
    {
        await using var sofi = await Sofi.StartAsync(kind);
        var file = FichierEssai.Correct("R1").Zip();
        await sofi.PreviewAsync(FichierEssai.Correct("R0").Zip());
        var before = await sofi.DumpAsync();
        var preview = await sofi.PreviewAsync(file, @"C:\Région\fichier 2025.zip");
        Assert.Equal(before, await sofi.DumpAsync());

        var applied = await sofi.ApplyAsync(preview.ImportId!.Value);
        Assert.Equal((IssueImport.Applique, preview.Rapport!.ToJson()), (applied.Issue, applied.Rapport!.ToJson()));
        var after = await sofi.DumpAsync();
        Assert.Equal(IssueImport.Applique, (await sofi.ApplyAsync(preview.ImportId.Value)).Issue);
        Assert.Equal(after, await sofi.DumpAsync());

        var (import, report) = (await sofi.RunAsync(s => s.FindAsync(preview.ImportId.Value)))!.Value;
        Assert.Equal(("fichier 2025.zip", Anne.Nom, Anne.Nom, EtatImport.Applique, report.Lignes.Count),
            (import.NomFichier, import.Auteur, import.AppliquePar, import.Etat, import.NbChangements));
        Assert.Equal((sofi.Clock.GetUtcNow().UtcDateTime, sofi.Clock.GetUtcNow().UtcDateTime), (import.DeposeLe, import.AppliqueLe!.Value));
        Assert.Equal(file, (await sofi.RunAsync(s => s.FileAsync(preview.ImportId.Value)))!.Value.Contenu);
        Assert.Equal(preview.Rapport.ToJson(), report.ToJson());
        var list = await sofi.RunAsync(s => s.ListAsync());
        Assert.Contains(list, i => i.Id == preview.ImportId);
        Assert.DoesNotContain(list, i => i.Etat == EtatImport.Apercu);

        await using var db = sofi.CreateContext();
        var happened = await db.Set<Evenement>().SingleAsync(e => e.Type == "ProgrammeRegionImporte" && e.Cle == $"{preview.ImportId}");
        Assert.Contains(new Changement("OrganismeCreee", null, "2"), happened.Changements);
    }

    [Theory, EveryDatabase]
    public async Task An_apply_is_refused_when_the_base_changed_since_its_preview(DatabaseKind kind)
    {
        await using var sofi = await Sofi.StartAsync(kind);
        await sofi.ImportAsync(FichierEssai.Correct("S1", 2039).Zip());
        var preview = await sofi.PreviewAsync(FichierEssai.Correct("S1", 2039).Replace("lots", ";40;", ";30;").Zip());
        await sofi.AddSessionAsync("S1_12", FichierEssai.Siret("S1", 2), new(2039, 3, 10));
        var before = await sofi.DumpAsync();
        Assert.Equal(IssueImport.BaseChangee, (await sofi.ApplyAsync(preview.ImportId!.Value)).Issue);
        Assert.Equal(before, await sofi.DumpAsync());
        Assert.Equal(IssueImport.Introuvable, (await sofi.ApplyAsync(preview.ImportId.Value + 1_000_000)).Issue);
    }

    [Theory, EveryDatabase]
    public async Task Two_applies_at_once_pass_one_after_the_other(DatabaseKind kind)
    {
        await using var sofi = await Sofi.StartAsync(kind);
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => sofi.ImportAsync(
            FichierEssai.Correct("T1", 2040).Replace("lots", ";40;", $";{i + 10};").Zip()))));
        Assert.All(results, result => Assert.Equal(IssueImport.Applique, result.Issue));
        Assert.Equal(1, results.Sum(result => result.Rapport!.Count(NatureLigne.Lot, SortLigne.Creee)));
        Assert.Equal(3, results.Sum(result => result.Rapport!.Count(NatureLigne.Lot, SortLigne.Modifiee)));
    }

    [Theory, EveryDatabase]
    public async Task All_or_nothing_even_when_the_end_of_the_work_fails(DatabaseKind kind)
    {
        await using var sofi = await Sofi.StartAsync(kind, failOn: "INSERT INTO evenement");
        var before = await sofi.DumpAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => sofi.ImportAsync(FichierEssai.Correct("U1").Zip()));
        Assert.Equal(before, await sofi.DumpAsync());
    }

    /// <summary>SQLite has one writer at a time: there, nobody can come in between.</summary>
    [Theory, InlineData(DatabaseKind.PostgreSql)]
    public async Task An_organisation_changed_between_reading_and_writing_stops_the_apply(DatabaseKind kind)
    {
        var siret = FichierEssai.Siret("V1", 1);
        await using var sofi = await Sofi.StartAsync(kind, before: ("CREATE TEMPORARY TABLE", async database =>
        {
            await using var db = database.CreateContext();
            await db.Set<Etablissement>().Where(e => e.Siret == siret).ExecuteUpdateAsync(e => e.SetProperty(x => x.Version, x => x.Version + 1));
        }
        ));
        await using (var db = sofi.CreateContext())
        {
            db.Add(new Etablissement { Siret = siret, RaisonSociale = "MANDATAIRE V1 (EXEMPLE)" });
            await db.SaveChangesAsync();
        }

        Assert.Equal(IssueImport.BaseChangee, (await sofi.ImportAsync(FichierEssai.Correct("V1").Zip())).Issue);
        await using var after = sofi.CreateContext();
        Assert.Null((await after.Set<Etablissement>().SingleAsync(e => e.Siret == siret)).Nda);
        Assert.False(await after.Set<Programme>().AnyAsync(p => p.Code == "V1"));
    }

    [Theory, EveryDatabase]
    public async Task Five_thousand_lots_apply_with_as_many_queries_as_fifty(DatabaseKind kind)
    {
        await using var sofi = await Sofi.StartAsync(kind);
        var few = await CountAsync("W1", 2041, 50);
        var many = await CountAsync("W2", 2042, 5_000);
        Assert.Equal(few, many);

        async Task<(int Creation, int Change, int Removal)> CountAsync(string prefix, int year, int lots)
        {
            byte[] Build(int seats, int from) => Big(prefix, year, lots, seats, from).Zip();
            var creation = await QueriesAsync(Build(40, 1), lots);
            var change = await QueriesAsync(Build(41, 1), lots);
            return (creation, change, await QueriesAsync(Build(41, lots / 2), lots / 2));
        }

        async Task<int> QueriesAsync(byte[] file, int expected)
        {
            sofi.Commands.Clear();
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var result = await sofi.ImportAsync(file);
            TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {expected} lots, {sofi.Commands.Count} queries, {watch.ElapsedMilliseconds} ms");
            Assert.Equal(IssueImport.Applique, result.Issue);
            Assert.InRange(result.Rapport!.Lignes.Count(line => line.Nature == NatureLigne.Lot), expected - 1, expected + 1);
            return sofi.Commands.Count;
        }
    }

    private static FichierEssai Big(string prefix, int year, int lots, int seats, int from)
    {
        var essai = new FichierEssai().Add("programmes", $"{prefix};Grand programme;{year};8;80006");
        for (var i = 1; i <= Math.Max(1, lots / 20); i++)
            essai.Add("mandataires", $"{i};{FichierEssai.Siret(prefix, i % 1000)};MANDATAIRE {prefix} {i % 1000};;;44000;Nantes;;");
        for (var i = from; i <= lots; i++)
        {
            var mandataire = i % Math.Max(1, lots / 20) + 1;
            essai.Add("lots", $"{prefix}_{i};Lot {i};{prefix};{i};{mandataire};N;{seats};44;93561");
            essai.Add("formateurs", $"{prefix}_{i};{mandataire};{FichierEssai.Siret(prefix, (i + seats) % Math.Min(lots, 997) + 1)};FORMATEUR;;;;;;");
            essai.AddProgrammation($"{prefix}_{i};{mandataire};10/03/{year};28/03/{year};Nantes;{seats};");
        }

        return essai;
    }

    /// <summary>Sofi over the clone of this class, each of its commands watched.</summary>
    private sealed class Sofi : IAsyncDisposable
    {
        private readonly TestDatabase database;
        private readonly ServiceProvider services;

        private Sofi(TestDatabase database, CommandWatch watch)
        {
            this.database = database;
            Commands = watch.Commands;
            services = new ServiceCollection().AddLogging().AddSofiCore(database.Engine, database.Settings)
                .ConfigureDbContext<SofiDbContext>(options =>
                    options.AddInterceptors(watch)).AddSingleton<TimeProvider>(Clock).BuildServiceProvider(validateScopes: true);
        }

        public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2025, 2, 3, 9, 0, 0, TimeSpan.Zero));

        public ConcurrentQueue<string> Commands { get; }

        public static async Task<Sofi> StartAsync(DatabaseKind kind, string? failOn = null, (string Sql, Func<TestDatabase, Task> Run)? before = null)
        {
            var database = await TestDatabase.ForAsync(kind, typeof(ImportProgrammeTests));
            return new Sofi(database, new CommandWatch(database, failOn, before));
        }

        public SofiDbContext CreateContext() => database.CreateContext();

        public Task<ResultatImport> ImportAsync(byte[] file) => RunAsync(service => service.ImportAsync("essai.zip", file, Anne));

        public Task<ResultatImport> PreviewAsync(byte[] file, string name = "essai.zip") => RunAsync(service => service.PreviewAsync(name, file, Anne));

        public Task<ResultatImport> ApplyAsync(int id) => RunAsync(service => service.ApplyAsync(id, Anne));

        public async Task<T> RunAsync<T>(Func<ImportProgrammeService, Task<T>> work)
        {
            await using var scope = services.CreateAsyncScope();
            return await work(scope.ServiceProvider.GetRequiredService<ImportProgrammeService>());
        }

        public async Task<string> AddSessionAsync(string numeroLot, string siret, DateOnly start)
        {
            await using var db = CreateContext();
            var lot = await db.Set<Lot>().SingleAsync(l => l.Numero == numeroLot);
            var etablissement = await db.Set<Etablissement>().SingleAsync(e => e.Siret == siret);
            var formation = new Formation { EtablissementNumero = etablissement.Numero, Fiche = new FicheFormation { Intitule = "Créer une entreprise" } };
            var action = new ActionFormation { FormationNumero = 0, LotId = lot.Id };
            var session = new SessionFormation { ActionNumero = 0, Fiche = new FicheSession { DateDebut = start } };
            session.Dispositifs.Add(new DispositifSession { SessionNumero = 0, CodeDispositif = 8, LotId = lot.Id });
            action.Sessions.Add(session);
            formation.Actions.Add(action);
            db.Add(formation);
            await db.SaveChangesAsync();
            return $"{formation.Numero}-{action.Numero}-{session.Numero}";
        }

        /// <summary>Everything that an import may write, but the imports themselves and the journal.</summary>
        public async Task<string> DumpAsync()
        {
            await using var db = CreateContext();
            return string.Join('\n', [.. await RowsAsync<Programme>(db), .. await RowsAsync<Lot>(db), .. await RowsAsync<LotFormateur>(db),
                .. await RowsAsync<Programmation>(db), .. await RowsAsync<Etablissement>(db), .. await RowsAsync<Lieu>(db)]);
        }

        /// <summary>Everything that was entered on lots.</summary>
        public async Task<string> DumpOffreAsync()
        {
            await using var db = CreateContext();
            return string.Join('\n', [.. await RowsAsync<ActionFormation>(db), .. await RowsAsync<SessionFormation>(db),
                .. await RowsAsync<DispositifSession>(db)]);
        }

        private static async Task<IEnumerable<string>> RowsAsync<TEntity>(SofiDbContext db)
            where TEntity : class
        {
            var rows = await db.Set<TEntity>().AsNoTracking().ToListAsync();
            var columns = BulkColumn.Of(db, rows, out var table);
            return rows.Select(row => $"{table}: {string.Join(';', columns.Select(column => $"{column.Name}={column.Read(row)}"))}")
                .Order(StringComparer.Ordinal);
        }

        public ValueTask DisposeAsync() => services.DisposeAsync();
    }

    /// <summary>Sees every command; fails one, or lets something happen just before one.</summary>
    private sealed class CommandWatch(TestDatabase database, string? failOn, (string Sql, Func<TestDatabase, Task> Run)? before) : DbCommandInterceptor
    {
        public ConcurrentQueue<string> Commands { get; } = [];

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            await SeeAsync(command);
            return result;
        }

        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            await SeeAsync(command);
            return result;
        }

        private async Task SeeAsync(DbCommand command)
        {
            Commands.Enqueue(command.CommandText);
            if (failOn is not null && command.CommandText.Replace("\"", "", StringComparison.Ordinal).Contains(failOn, StringComparison.Ordinal))
                throw new InvalidOperationException("The disk is full.");
            if (before is { } event_ && command.CommandText.Contains(event_.Sql, StringComparison.Ordinal)) await event_.Run(database);
        }
    }
}
