using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Journal;
using Sofi.Core.Organismes;
using Sofi.Testing;

namespace Sofi.Core.Tests.Organismes;

public class OrganismeServiceTests
{
    private static readonly Auteur Author = new(null, "Test");

    [Theory, EveryDatabase]
    public async Task A_new_etablissement_has_a_principal_place_at_its_address(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var organismes = scope.Get<OrganismeService>();
        var etablissement = New();
        var number = await organismes.CreateAsync(etablissement, Author);

        var place = Assert.Single(await organismes.LieuxAsync(number));
        Assert.Equal($"{number} - ÉCOLE DE L’ŒUVRE - Principal", place.Libelle);
        Assert.Equal(etablissement.Adresse, place.Adresse);
        var found = await organismes.FindAsync(etablissement.Siret);
        Assert.Equal((number, etablissement.Siret[..9], $"ecole de l'oeuvre rene {etablissement.Siret}"), (found!.Numero, found.Siren, found.Recherche));
    }

    [Theory, EveryDatabase]
    public async Task A_known_siret_is_found_never_duplicated_nor_changed(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var organismes = scope.Get<OrganismeService>();
        var etablissement = New();
        var number = await organismes.CreateAsync(etablissement, Author);
        Assert.Equal(number, await organismes.CreateAsync(New(etablissement.Siret, "AUTRE NOM"), Author));

        Assert.Equal("ÉCOLE DE L’ŒUVRE", (await organismes.FindAsync(etablissement.Siret))!.RaisonSociale);
        Assert.Single(await organismes.LieuxAsync(number));
        Assert.Single(await EventsAsync(scope, "etablissement", number));
    }

    [Theory, EveryDatabase]
    public async Task A_renamed_etablissement_is_found_under_its_new_name(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var organismes = scope.Get<OrganismeService>();
        var number = await organismes.CreateAsync(New(), Author);
        var etablissement = await scope.Db.Set<Etablissement>().SingleAsync(e => e.Numero == number);
        etablissement.RaisonSociale = "MÉTIERS D’ÉVRON";
        await scope.Db.SaveChangesAsync();
        Assert.Equal(number, (await scope.Db.Set<Etablissement>().SingleAsync(e => e.Recherche.Contains("metiers d'evron"))).Numero);
    }

    [Theory, EveryDatabase]
    public async Task Many_etablissements_take_as_many_queries_as_one(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var organismes = scope.Get<OrganismeService>();
        var known = New();
        var number = await organismes.CreateAsync(known, Author);
        var fresh = Enumerable.Range(0, 3000).Select(_ => New()).ToList();

        int forOne;
        using (var counter = QueryCounter.Start())
        {
            await organismes.EnsureAsync([New()]);
            forOne = counter.Count;
        }

        EtablissementsAssures ensured;
        using (var counter = QueryCounter.Start())
        {
            ensured = await organismes.EnsureAsync([known, .. fresh, fresh[0]]);
            Assert.InRange(counter.Count, 1, forOne);
        }

        Assert.Equal(number, ensured.Numeros[known.Siret]);
        Assert.Equal(fresh.Select(e => e.Siret), ensured.Nouveaux);
        Assert.Equal(3001, ensured.Numeros.Count);
        var numbers = ensured.Numeros.Values.ToList();
        Assert.Equal(3001, await scope.Db.Set<Lieu>().CountAsync(l => numbers.Contains(l.EtablissementNumero) && l.Nom == Lieu.NomPrincipal));
        Assert.Empty((await organismes.EnsureAsync(fresh)).Nouveaux);
    }

    [Theory, EveryDatabase]
    public async Task A_false_siret_is_never_written(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var organismes = scope.Get<OrganismeService>();
        await Assert.ThrowsAsync<ArgumentException>(() => organismes.EnsureAsync([New("13000511900033")]));
        Assert.Null(await organismes.FindAsync("13000511900033"));
    }

    [Theory, EveryDatabase]
    public async Task Numbers_go_on_after_a_number_that_was_given(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var organismes = scope.Get<OrganismeService>();
        var given = await organismes.CreateAsync(New(numero: 46364), Author);
        Assert.Equal((46364, 46365), (given, await organismes.CreateAsync(New(), Author)));
        Assert.Equal(2902, await organismes.AddContactAsync(new Contact { Numero = 2902, EtablissementNumero = given, Nom = "auto saisie" }, Author));
        Assert.Equal(2903, await organismes.AddContactAsync(new Contact { EtablissementNumero = given, Nom = "Zoé" }, Author));
        await organismes.CreateAsync(New(numero: 41000), Author);
        Assert.Equal(46366, await organismes.CreateAsync(New(), Author));
    }

    [Theory, EveryDatabase]
    public async Task Choices_are_the_active_places_and_the_one_in_use(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var organismes = scope.Get<OrganismeService>();
        var number = await organismes.CreateAsync(New(), Author);
        var other = await organismes.CreateAsync(New(), Author);
        var elsewhere = (await organismes.LieuxAsync(other)).Single().Id;
        await organismes.AddLieuAsync(new Lieu { EtablissementNumero = number, Nom = "Étang" }, Author);
        await organismes.AddLieuAsync(new Lieu { EtablissementNumero = number, Nom = "Annexe" }, Author);
        var closed = await organismes.AddLieuAsync(new Lieu { EtablissementNumero = number, Nom = "Zone fermée", Actif = false }, Author);

        Assert.Equal(["Principal", "Annexe", "Étang"], (await organismes.LieuxAsync(number)).Select(l => l.Nom));
        Assert.Equal(["Principal", "Annexe", "Étang", "Zone fermée"], (await organismes.LieuxAsync(number, closed)).Select(l => l.Nom));
        Assert.DoesNotContain(await organismes.LieuxAsync(number, elsewhere), l => l.Id == elsewhere);
    }

    [Theory, EveryDatabase]
    public async Task Choices_are_the_active_contacts_and_those_in_use(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var organismes = scope.Get<OrganismeService>();
        var etablissement = New();
        var number = await organismes.CreateAsync(etablissement, Author);
        var first = await organismes.AddContactAsync(new Contact { EtablissementNumero = number, Nom = "Zoé Lemonnier" }, Author);
        await organismes.AddContactAsync(new Contact { EtablissementNumero = number, Nom = "Émile Roy" }, Author);
        var gone = await organismes.AddContactAsync(new Contact { EtablissementNumero = number, Nom = "Guy Parti", Actif = false }, Author);
        var other = await organismes.CreateAsync(New(), Author);
        var elsewhere = await organismes.AddContactAsync(new Contact { EtablissementNumero = other, Nom = "Ailleurs" }, Author);

        Assert.Equal(["Émile Roy", "Zoé Lemonnier"], (await organismes.ContactsAsync(number)).Select(c => c.Nom));
        var inUse = await organismes.ContactsAsync(number, [gone, elsewhere]);
        Assert.Equal(["Émile Roy", "Guy Parti", "Zoé Lemonnier"], inUse.Select(c => c.Nom));
        Assert.Equal($"{first}, Zoé Lemonnier - {number}, ÉCOLE DE L’ŒUVRE, SIRET {etablissement.Siret}", inUse[^1].Libelle);
        Assert.Equal(first, (await organismes.FindAsync(etablissement.Siret))!.ContactPrincipalNumero);
    }

    [Theory, EveryDatabase]
    public async Task The_journal_tells_who_created_what(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var organismes = scope.Get<OrganismeService>();
        var number = await organismes.CreateAsync(New(), Author);
        var contact = await organismes.AddContactAsync(new Contact { EtablissementNumero = number, Nom = "Zoé", Fonction = "Accueil" }, Author);
        var created = Assert.Single(await EventsAsync(scope, "contact", contact));
        Assert.Equal("ContactCree", created.Type);
        Assert.Contains(new Changement("Fonction", null, "Accueil"), created.Changements);
        Assert.Equal("Test", (await scope.Db.Set<Processus>().SingleAsync(p => p.Id == created.ProcessusId)).Auteur);
    }

    private static Etablissement New(string? siret = null, string nom = "ÉCOLE DE L’ŒUVRE", int numero = 0) => new()
    {
        Numero = numero,
        Siret = siret ?? TestSiret.Next(),
        RaisonSociale = nom,
        Adresse = new Adresse { Voie = "1 rue de l’Exemple", CodePostal = "44000", Commune = "René" },
    };

    private static Task<List<Evenement>> EventsAsync(CoreScope scope, string objet, int number)
    {
        var key = number.ToString(CultureInfo.InvariantCulture);
        return scope.Db.Set<Evenement>().Where(e => e.Objet == objet && e.Cle == key).ToListAsync();
    }
}
