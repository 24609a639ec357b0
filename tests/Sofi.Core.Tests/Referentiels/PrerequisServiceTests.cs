using Microsoft.EntityFrameworkCore;
using Sofi.Core.Journal;
using Sofi.Core.Referentiels;
using Sofi.Testing;

namespace Sofi.Core.Tests.Referentiels;

public class PrerequisServiceTests
{
    private static readonly Auteur Administratrice = new(null, "Administratrice");

    [Theory, EveryDatabase]
    public async Task An_item_is_added_at_the_end_with_a_lasting_code(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        Assert.Null(await scope.Get<PrerequisService>().AddAsync(" Être majeur  à l’entrée ", Administratrice));
        var last = (await scope.Get<ReferentielService>().PrerequisAsync())[^1];
        Assert.Equal(("etre-majeur-a-l-entree", "Être majeur à l’entrée"), (last.Code, last.Libelle));
        var change = await scope.Db.Set<Evenement>().SingleAsync(e => e.Type == "PrerequisAjoute" && e.Cle == last.Code);
        Assert.Equal([new Changement("Libelle", null, "Être majeur à l’entrée")], change.Changements);
    }

    [Theory, EveryDatabase]
    public async Task A_libelle_that_is_blank_too_long_or_there_already_is_refused_with_its_reason(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var service = scope.Get<PrerequisService>();
        Assert.StartsWith("Le libellé est vide.", await service.AddAsync("  ", Administratrice), StringComparison.Ordinal);
        Assert.StartsWith("Le libellé a 256 caractères", await service.AddAsync(new string('a', 256), Administratrice), StringComparison.Ordinal);
        Assert.StartsWith("Ce pré-requis figure déjà", await service.AddAsync("LIRE ET ECRIRE LE FRANCAIS", Administratrice), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task An_item_is_renamed_and_the_journal_keeps_both_libelles(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        Assert.Null(await scope.Get<PrerequisService>().RenameAsync("calcul", "Calculer", 0, Administratrice));
        Assert.Null(await scope.Get<PrerequisService>().RenameAsync("calcul", "Calculer", 1, Administratrice));
        var change = await scope.Db.Set<Evenement>().SingleAsync(e => e.Type == "PrerequisModifie" && e.Cle == "calcul");
        Assert.Equal([new Changement("Libelle", "Maîtriser les quatre opérations et la proportionnalité", "Calculer")], change.Changements);
    }

    [Theory, EveryDatabase]
    public async Task A_withdrawn_item_is_offered_no_more_and_can_come_back(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        Assert.Null(await scope.Get<PrerequisService>().OfferAsync("permis-b", false, 0, Administratrice));
        Assert.DoesNotContain("permis-b", (await scope.Get<ReferentielService>().PrerequisAsync()).Select(p => p.Code));
        Assert.Contains("permis-b", (await scope.Get<ReferentielService>().PrerequisAsync(retires: true)).Select(p => p.Code));
        Assert.Null(await scope.Get<PrerequisService>().OfferAsync("permis-b", true, 1, Administratrice));
        Assert.Contains("permis-b", (await scope.Get<ReferentielService>().PrerequisAsync()).Select(p => p.Code));
    }

    [Theory, EveryDatabase]
    public async Task An_item_moves_one_rank_and_stays_at_the_ends(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        var before = (await scope.Get<ReferentielService>().PrerequisAsync(retires: true)).Select(p => p.Code).ToList();
        Assert.Null(await scope.Get<PrerequisService>().MoveAsync("francais-ecrit", up: true, 0, Administratrice));
        Assert.Null(await scope.Get<PrerequisService>().MoveAsync("aucun", up: true, 0, Administratrice));
        var after = (await scope.Get<ReferentielService>().PrerequisAsync(retires: true)).Select(p => p.Code).ToList();
        var rank = before.IndexOf("francais-ecrit");
        (before[rank - 1], before[rank]) = (before[rank], before[rank - 1]);
        Assert.Equal(before, after);
    }

    [Theory, EveryDatabase]
    public async Task An_editor_who_is_late_changes_nothing(DatabaseKind kind)
    {
        await using var scope = await CoreScope.ForAsync(kind, GetType());
        Assert.Null(await scope.Get<PrerequisService>().RenameAsync("experience", "Première", 0, Administratrice));
        Assert.StartsWith("La table a changé", await scope.Get<PrerequisService>().RenameAsync("experience", "Seconde", 0, Administratrice), StringComparison.Ordinal);
        Assert.Equal("Première", (await scope.Get<ReferentielService>().PrerequisAsync()).Single(p => p.Code == "experience").Libelle);
    }
}
