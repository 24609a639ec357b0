using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sofi.Core.Data;
using Sofi.Core.Referentiels;
using Sofi.Testing;

namespace Sofi.Core.Tests.Referentiels;

public class ReferentielServiceTests
{
    [Theory]
    [EveryDatabase("93561")]
    [EveryDatabase("actions de formation créateurs repreneurs")]
    [EveryDatabase("REPRENEURS createurs d’entreprise")]
    [EveryDatabase("createurs-repreneurs")]
    public async Task A_certification_is_found_by_code_or_by_all_its_words_whatever_accents(DatabaseKind kind, string text)
    {
        var found = await UseAsync(kind, service => service.SearchCertificationsAsync(text));
        Assert.Equal(93561, found[0].Code);
        Assert.Equal("Autre certification sans niveau spécifique", found[0].LibelleType);
        Assert.True(found[0].Publiee && found[0].Fiche);
    }

    [Theory]
    [EveryDatabase("")]
    [EveryDatabase("  - ")]
    [EveryDatabase("coiffure zzzz")]
    [EveryDatabase("%")]
    public async Task Nothing_is_found_for_nothing_or_for_a_word_that_is_missing(DatabaseKind kind, string text) =>
        Assert.Empty(await UseAsync(kind, service => service.SearchCertificationsAsync(text)));

    [Theory, EveryDatabase]
    public async Task Those_that_may_be_chosen_come_first_and_a_replaced_one_offers_its_successor(DatabaseKind kind)
    {
        var found = await UseAsync(kind, service => service.SearchCertificationsAsync("cap coiffure"));
        Assert.Equal([106627, 54649], found.Select(c => c.Code));
        Assert.Equal((true, false), (found[0].Publiee, found[1].Publiee));
        Assert.Equal([new Successeur(106627, "CAP métiers de la coiffure")], found[1].Successeurs);
    }

    [Theory, EveryDatabase]
    public async Task A_chain_of_replacements_is_followed_to_its_live_ends_and_never_turns_for_ever(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        await using (var db = database.CreateContext())
        {
            db.AddRange(
                Certification(910001, "910002"), Certification(910002, "910003", "910004"), Certification(910003), Certification(910004, "910005"),
                Certification(910005), Certification(910006, "910007"), Certification(910007, "910006"), Certification(910008, "910009"));
            await db.SaveChangesAsync();
        }

        Assert.Equal([910003, 910005], (await UseAsync(kind, service => service.FindSuccesseursAsync(910001))).Select(s => s.Code));
        Assert.Empty(await UseAsync(kind, service => service.FindSuccesseursAsync(910006)));
        Assert.Empty(await UseAsync(kind, service => service.FindSuccesseursAsync(910008)));
        Assert.Empty(await UseAsync(kind, service => service.FindSuccesseursAsync(910003)));

        static Certification Certification(int code, params string[] successors) => new()
        {
            Code = code,
            Libelle = $"Maillon {code}",
            CodeType = 999,
            NiveauSortie = "1",
            Publiee = successors.Length == 0,
            Remplacants = Codes.From(successors),
            Recherche = $"maillon {code}",
        };
    }

    [Theory, EveryDatabase]
    public async Task A_list_is_paged_in_the_database_with_its_total(DatabaseKind kind)
    {
        var (first, total) = await UseAsync(kind, service => service.PageCertificationsAsync("master", FiltreCertifications.Toutes, 0, 10));
        var (second, _) = await UseAsync(kind, service => service.PageCertificationsAsync("master", FiltreCertifications.Toutes, 10, 10));
        Assert.True(total > 600);
        Assert.Equal((10, 10), (first.Count, second.Count));
        Assert.Empty(first.Select(c => c.Code).Intersect(second.Select(c => c.Code)));
        Assert.Equal(2, (await UseAsync(kind, service => service.PageCertificationsAsync(null, FiltreCertifications.AvecFiche, 0, 10))).Total);
        Assert.Contains(54649, (await UseAsync(kind, service => service.PageCertificationsAsync(null, FiltreCertifications.Remplacees, 0, 100))).Resultats.Select(c => c.Code));
    }

    [Theory, EveryDatabase]
    public async Task A_certification_takes_up_its_sheet_and_the_blocs_of_its_RNCP_code(DatabaseKind kind)
    {
        var certification = await UseAsync(kind, service => service.FindCertificationAsync(106627));
        Assert.Equal(("6", "13", "RNCP39266"), (certification!.ObjectifGeneral, certification.NiveauSortie, certification.CodeRncp));
        Assert.Equal(Enumerable.Range(1, 8).Select(i => $"RNCP39266BC0{i}"), certification.Blocs.Select(b => b.Code));
        Assert.Equal(("1", true), (certification.Blocs[0].TypeModule, certification.Blocs[0].Programme is not null));
        Assert.Equal(("0", "Français et histoire-géographie – Enseignement moral et civique"), (certification.Blocs[2].TypeModule, certification.Blocs[2].Intitule));
        Assert.Null(await UseAsync(kind, service => service.FindCertificationAsync(1)));
    }

    [Theory, EveryDatabase]
    public async Task Where_CertifInfo_gives_no_Formacode_those_of_the_RNCP_fiche_are_taken(DatabaseKind kind)
    {
        var certification = await UseAsync(kind, service => service.FindCertificationAsync(54649));
        Assert.Equal("RNCP5364", certification!.CodeRncp);
        var fiche = await UseAsync(kind, service => service.FindFicheRncpAsync("RNCP5364"));
        Assert.Equal(fiche!.Value.Fiche.Formacodes, certification.Formacodes);
    }

    [Theory, EveryDatabase]
    public async Task An_RNCP_fiche_gives_the_end_of_its_chain(DatabaseKind kind)
    {
        Assert.Equal(["RNCP39266"], (await UseAsync(kind, service => service.FindFicheRncpAsync("RNCP5364")))!.Value.Successeurs);
        Assert.Empty((await UseAsync(kind, service => service.FindFicheRncpAsync("RNCP39266")))!.Value.Successeurs);
        Assert.Null(await UseAsync(kind, service => service.FindFicheRncpAsync("RNCP0")));
    }

    [Theory]
    [EveryDatabase("création entreprise", "32047")]
    [EveryDatabase("CREATION pme", "32047")]
    [EveryDatabase("32048", "32048")]
    public async Task A_Formacode_is_found_by_code_words_or_synonyms(DatabaseKind kind, string text, string code) =>
        Assert.Contains(code, (await UseAsync(kind, service => service.SearchFormacodesAsync(text))).Select(f => f.Code));

    [Theory, EveryDatabase]
    public async Task Lists_of_Formacode_stay_apart(DatabaseKind kind)
    {
        Assert.Equal(73, (await UseAsync(kind, service => service.FormacodesAsync(ListesFormacode.Public))).Count);
        Assert.All(await UseAsync(kind, service => service.SearchFormacodesAsync("demandeur emploi", ListesFormacode.Public)), f => Assert.StartsWith("8", f.Code, StringComparison.Ordinal));
        Assert.Equal(["32048", "32047"], (await UseAsync(kind, service => service.FindFormacodesAsync(["32048", "00000", "32047"]))).Select(f => f.Code));
    }

    [Theory]
    [EveryDatabase("nantes", "44109")]
    [EveryDatabase("44000", "44109")]
    [EveryDatabase("Nantes 442", "44109")]
    [EveryDatabase("st nazaire", "44184")]
    [EveryDatabase("SAINT-NAZAIRE", "44184")]
    [EveryDatabase("la roche sur yon", "85191")]
    [EveryDatabase("chateau gontier", "53062")]
    public async Task A_commune_is_found_by_name_or_postal_code(DatabaseKind kind, string text, string insee) =>
        Assert.Equal(insee, (await UseAsync(kind, service => service.SearchCommunesAsync(text)))[0].CodeInsee);

    [Theory, EveryDatabase]
    public async Task Communes_can_be_kept_to_a_departement(DatabaseKind kind) =>
        Assert.All(await UseAsync(kind, service => service.SearchCommunesAsync("saint", 50, "72")), c => Assert.Equal("72", c.Departement));

    [Theory, EveryDatabase]
    public async Task Holidays_prerequisites_types_and_labels_are_read(DatabaseKind kind)
    {
        Assert.Equal(["Fête du travail", "Victoire 1945"], (await UseAsync(kind, s => s.JoursFeriesAsync(new(2025, 5, 1), new(2025, 5, 8)))).Select(j => j.Nom));
        Assert.Equal("aucun", (await UseAsync(kind, s => s.PrerequisAsync()))[0].Code);
        Assert.Equal(114, (await UseAsync(kind, s => s.TypesCertificationAsync())).Count);
        Assert.All(await UseAsync(kind, s => s.TypesCertificationAsync(sansCertification: true)), t => Assert.True(t.SansCertification));
        Assert.Equal("Loire-Atlantique", (await UseAsync(kind, s => s.LibellesAsync(Nomenclatures.Departement)))["44"]);
        Assert.Equal("Certification", (await UseAsync(kind, s => s.LibellesAsync("dict-AIS")))["6"]);
    }

    private static async Task<T> UseAsync<T>(DatabaseKind kind, Func<ReferentielService, Task<T>> use)
    {
        var database = await TestDatabase.ForAsync(kind, typeof(ReferentielServiceTests));
        await using var services = database.CreateServices();
        await using var scope = services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<ReferentielService>());
    }
}
