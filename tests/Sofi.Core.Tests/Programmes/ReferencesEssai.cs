using Microsoft.EntityFrameworkCore;
using Sofi.Core.Referentiels;
using Sofi.Testing;

namespace Sofi.Core.Tests.Programmes;

/// <summary>The few reference lines that a Région's file refers to, where the seeded template does not hold them.</summary>
internal static class ReferencesEssai
{
    public static async Task EnsureAsync(TestDatabase database)
    {
        await using var db = database.CreateContext();
        foreach (var (code, label) in new[] { ("80006", "Demandeur d'emploi"), ("81019", "Public en situation d'illettrisme"), ("81024", "Jeune 16-25 ans") })
        {
            if (!await db.Set<Formacode>().AnyAsync(f => f.Code == code)) db.Add(new Formacode { Code = code, Libelle = label, Liste = "public" });
        }

        if (!await db.Set<Certification>().AnyAsync(c => c.Code == 93561)) db.Add(new Certification { Code = 93561, Libelle = "Actions de formation dispensées aux créateurs et repreneurs d'entreprise", CodeType = 999, NiveauSortie = "1" });
        foreach (var (insee, name, postal) in new[] { ("44109", "Nantes", "44000"), ("49007", "Angers", "49000") })
        {
            if (!await db.Set<Commune>().AnyAsync(c => c.CodeInsee == insee))
                db.Add(new Commune { CodeInsee = insee, Nom = name, CodesPostaux = [postal], Departement = insee[..2], Region = "52", Recherche = Sofi.Core.Data.Texte.Fold(name) });
        }

        await db.SaveChangesAsync();
    }
}
