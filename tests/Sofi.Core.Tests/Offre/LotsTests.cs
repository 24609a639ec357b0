using Sofi.Core.Offre;
using Sofi.Core.Programmes;
using Sofi.Testing;

namespace Sofi.Core.Tests.Offre;

public class LotsTests
{
    [Theory, EveryDatabase]
    public async Task A_mandataire_sees_the_seats_of_each_formateur_and_no_other_lot(DatabaseKind kind)
    {
        var database = await TestDatabase.ForAsync(kind, GetType());
        await using var mandataire = await OffreScene.SetAsync(database);
        await using var formateur = await OffreScene.SetAsync(database);
        await using (var db = database.CreateContext())
        {
            db.Add(new LotFormateur { LotId = mandataire.Lot.Id, EtablissementNumero = formateur.Etablissement.Numero });
            await db.SaveChangesAsync();
        }

        await mandataire.CreateFullOffreAsync();
        var formation = await formateur.CreateFormationAsync();
        var action = (await formateur.SaisieAsync(s =>
            s.CreateActionAsync(formateur.Redacteur, formation, mandataire.Lot.Id, formateur.Lieu.Id, new FicheAction(), null, Guid.NewGuid()))).Numero;
        await formateur.CreateSessionAsync(action);

        var lot = Assert.Single(await mandataire.DoAsync((LotsService s) => s.MandatesOfAsync(mandataire.Etablissement.Numero)));
        Assert.Equal(mandataire.Lot.Id, lot.Lot.Id);
        Assert.Equal(
            [(mandataire.Etablissement.Numero, 1, 12), (formateur.Etablissement.Numero, 1, 0)],
            lot.Formateurs.Select(f => (f.EtablissementNumero, f.Sessions, f.Places)));
        Assert.Equal([action], lot.Formateurs[1].Actions);
        Assert.False(lot.EstDepasse);
    }
}
