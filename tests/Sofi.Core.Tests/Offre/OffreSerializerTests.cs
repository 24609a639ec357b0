using FsCheck;
using FsCheck.Fluent;
using Sofi.Core.Offre;
using Sofi.Core.Programmes;
using Sofi.Testing;

namespace Sofi.Core.Tests.Offre;

/// <summary>Snapshots: what was stored once is read for ever, and is the offer itself.</summary>
public class OffreSerializerTests
{
    [Fact]
    public void An_offer_of_schema_1_is_still_read()
    {
        var read = OffreSerializer.ReadOffre(Golden("offre-1.json"));
        Assert.Equivalent(OffreEssai.Offre, read, strict: true);
        Assert.Equal(Golden("offre-1.json"), OffreSerializer.Write(read));
    }

    [Fact]
    public void Live_facts_of_schema_1_are_still_read()
    {
        var read = OffreSerializer.ReadFaits(Golden("faits-1.json"));
        Assert.Equivalent(FaitsSession.Of(OffreEssai.Session()), Assert.Single(read.Sessions), strict: true);
        Assert.Equal(Golden("faits-1.json"), OffreSerializer.Write(read));
    }

    [Fact]
    public void A_snapshot_of_a_later_Sofi_is_refused()
    {
        Assert.Contains("schema 2", Assert.Throws<NotSupportedException>(() => OffreSerializer.ReadOffre(Golden("offre-1.json").Replace("\"schema\":1", "\"schema\":2", StringComparison.Ordinal))).Message);
        Assert.Contains("schema 2", Assert.Throws<NotSupportedException>(() => OffreSerializer.ReadFaits("{\"schema\":2,\"sessions\":[]}")).Message);
    }

    [Fact]
    public void A_snapshot_names_no_person_and_keeps_no_trace_of_the_saisie()
    {
        var offre = OffreEssai.Offre with { Action = OffreEssai.Offre.Action with { Version = 12, Trace = Trace.Start("Claire Moreau", DateTime.UnixEpoch) } };
        Assert.Equal(Golden("offre-1.json"), OffreSerializer.Write(offre));
    }

    [Theory]
    [InlineData("2400.5", "2400.50")]
    [InlineData("0", "0.00")]
    [InlineData("999999.99", "999999.990")]
    [InlineData("100", "100.000")]
    public void An_amount_has_one_writing(string written, string stored)
    {
        var fiche = new FicheDispositif { FraisHt = decimal.Parse(stored, System.Globalization.CultureInfo.InvariantCulture) };
        Assert.Contains($"\"fraisHt\":{written},", OffreSerializer.Write(fiche), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_offer_is_read_as_it_was_written() => Check(offre =>
    {
        var text = OffreSerializer.Write(offre);
        var read = OffreSerializer.ReadOffre(text);
        Assert.Equal(text, OffreSerializer.Write(read));
        Assert.Equal(offre.Formation.Fiche, read.Formation.Fiche);
        Assert.Equal(offre.Action.Fiche, read.Action.Fiche);
        Assert.Equal(offre.Action.Equipements, read.Action.Equipements);
        Assert.Equal(offre.Sessions.Select(s => s.Fiche), read.Sessions.Select(s => s.Fiche));
        Assert.Equal(offre.Sessions.SelectMany(s => s.Informations), read.Sessions.SelectMany(s => s.Informations));
        Assert.Equal(offre.Sessions.SelectMany(s => s.Periodes), read.Sessions.SelectMany(s => s.Periodes));
        Assert.Equal(offre.Sessions.SelectMany(s => s.Dispositifs), read.Sessions.SelectMany(s => s.Dispositifs));
    });

    [Fact]
    public void Content_and_live_facts_together_are_the_session() => Check(offre =>
    {
        foreach (var session in offre.Sessions)
        {
            var facts = Assert.Single(OffreSerializer.ReadFaits(OffreSerializer.Write(new FaitsAction { Sessions = [FaitsSession.Of(session)] })).Sessions);
            var content = FaitsSession.TakeOut(session);
            Assert.Equal(OffreSerializer.Write(session), OffreSerializer.Write(facts.PutBack(content)));
            Assert.Equal(OffreSerializer.Write(content), OffreSerializer.Write(FaitsSession.TakeOut(content)));
            Assert.Equal(OffreSerializer.Write(FaitsSession.TakeOut(session with { Fiche = session.Fiche with { EtatRecrutement = "3", ReferentPmr = 1, MailLiaison = "a@b.fr" } })), OffreSerializer.Write(content));
        }
    });

    [Fact]
    public void The_public_reads_the_contacts_of_a_session_but_not_its_referent_PRF()
    {
        var session = OffreEssai.Session() with { Fiche = OffreEssai.Session().Fiche with { ReferentPmr = 1, ReferentMobilite = 2, ContactSession = 1, ReferentPrf = 9 } };
        Assert.Equal([1, 2], FaitsSession.Of(session).ContactsPublics);
    }

    [Fact]
    public void A_published_offer_is_its_content_with_the_latest_live_facts()
    {
        var content = OffreEssai.Offre with { Sessions = [FaitsSession.TakeOut(OffreEssai.Session()), FaitsSession.TakeOut(OffreEssai.Session(143843, 502))] };
        var latest = OffreEssai.Session() with { Fiche = OffreEssai.Session().Fiche with { EtatRecrutement = "2", DureeCentre = 1 } };
        var published = OffrePubliee.Compose(content, 4, new FaitsAction { Sessions = [FaitsSession.Of(latest)] }, [new ContactVu(1902, "auto saisie", null, null, null)]);
        Assert.Equal(("2", 165), (published.Offre.Sessions[0].Fiche.EtatRecrutement, published.Offre.Sessions[0].Fiche.DureeCentre));
        Assert.Null(published.Offre.Sessions[1].Fiche.EtatRecrutement);
        Assert.Equal((4, "auto saisie"), (published.VersionContenu, published.Contacts[1902].Nom));
    }

    private static string Golden(string file) => File.ReadAllText(Depot.File("tests/Sofi.Core.Tests/Offre/golden/" + file)).TrimEnd('\n');

    private static void Check(Action<OffreSaisie> promise) => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => promise(Hasard.Offre(new Random(seed)))).QuickCheckThrowOnFailure();

    /// <summary>Offers at random, by their seed: any field may be blank, any text, date, number or code may stand in it.</summary>
    private static class Hasard
    {
        private static readonly string[] Pieces = ["a", "É", "œ", " ", "\n", "\"", "\\", "« »", "’", "€", "–", "<b>", "&", "\u00A0", "𝒜", "'", "0", "{}"];

        public static OffreSaisie Offre(Random random) => OffreEssai.Offre with
        {
            Formation = OffreEssai.Offre.Formation with { CodeCertifinfo = Maybe(random, () => random.Next()), CodeRs = Maybe(random, () => "RS" + random.Next(9999)), Fiche = Fiche<FicheFormation>(random) },
            Action = OffreEssai.Offre.Action with { Fiche = Fiche<FicheAction>(random), Equipements = Lines<FicheEquipement>(random) },
            Sessions = [.. Enumerable.Range(1, random.Next(4)).Select(numero => OffreEssai.Session(numero) with
            {
                MiseDeCote = random.Next(2) == 0,
                Fiche = Fiche<FicheSession>(random),
                Informations = Lines<FicheInformationCollective>(random),
                Periodes = Lines<FichePeriodeInscription>(random),
                Dispositifs = [.. Enumerable.Range(1, random.Next(3)).Select(id => OffreEssai.Session().Dispositifs[0] with
                {
                    Id = id,
                    Nature = (NatureDispositif)random.Next(Enum.GetValues<NatureDispositif>().Length),
                    Lot = random.Next(2) == 0 ? null : OffreEssai.Lot with { NbPlaces = Maybe(random, () => random.Next(500)) },
                    Fiche = Fiche<FicheDispositif>(random),
                })],
            })],
        };

        private static LigneSaisie<TFiche>[] Lines<TFiche>(Random random)
            where TFiche : new() => [.. Enumerable.Range(1, random.Next(3)).Select(rang => new LigneSaisie<TFiche>(rang, $"{rang:00}_1", Fiche<TFiche>(random)))];

        private static TFiche Fiche<TFiche>(Random random)
            where TFiche : new()
        {
            var fiche = new TFiche();
            foreach (var champ in Champ.Of<TFiche>()) champ.Property.SetValue(fiche, Value(random, champ));
            return fiche;
        }

        private static object? Value(Random random, Champ champ) => champ.Type switch
        {
            var type when type == typeof(Core.Data.Codes) => Core.Data.Codes.From(Enumerable.Range(0, random.Next(4)).Select(_ => $"{random.Next(99999):00000}")),
            _ when random.Next(4) == 0 => null,
            var type when type == typeof(string) => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pieces[random.Next(Pieces.Length)])),
            var type when type == typeof(int) => random.Next(99999),
            var type when type == typeof(decimal) => new decimal(random.Next(), 0, 0, isNegative: false, scale: (byte)random.Next(4)),
            var type when type == typeof(DateOnly) => DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber)),
            var type when type == typeof(TimeOnly) => new TimeOnly(random.Next(24), random.Next(60)),
            var type => throw new NotSupportedException($"{type.Name} has no random value."),
        };

        private static T? Maybe<T>(Random random, Func<T> value) => random.Next(2) == 0 ? default : value();

        private static int? Maybe(Random random, Func<int> value) => random.Next(2) == 0 ? null : value();
    }
}
