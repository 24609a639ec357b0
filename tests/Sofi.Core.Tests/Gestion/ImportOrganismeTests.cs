using System.Text;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;
using Sofi.Core.Data;
using Sofi.Core.Gestion;
using Sofi.Core.Journal;
using Sofi.Core.Organismes;
using Sofi.Core.Validation;
using Sofi.Testing;

namespace Sofi.Core.Tests.Gestion;

/// <summary>Contacts and places from a file: preview, errors by line and column, upsert, all or nothing.</summary>
public class ImportOrganismeTests
{
    [Theory, EveryDatabase]
    public async Task A_file_creates_changes_and_leaves_as_the_preview_says(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var (kept, changed) = (await scene.AddContactAsync("Accueil", "accueil@exemple.test"), await scene.AddContactAsync("Direction", "direction@exemple.test"));
        var file = Csv(
            "numero;civilite;nom;prenom;telephone;courriel;types;actif", $"{kept};;Accueil;;;accueil@exemple.test;;O", $"{changed};;Direction;;02 40 20 20 40;direction@exemple.test;Direction | 6;N",
            ";Madame;Tanguy;Maëlle;;maelle@exemple.test;Référent handicap;", ";;AUTO SAISIE;;;auto@exemple.test;4;");
        var preview = await PreviewAsync(scene, file);
        Assert.Empty(preview.Fautes);
        Assert.Equal(
            [("Accueil", IssueLigne.Inchangee), ("Direction", IssueLigne.Modifiee), ("Maëlle Tanguy", IssueLigne.Creee), ("AUTO SAISIE", IssueLigne.Modifiee)],
            preview.Lignes.Select(l => (l.Libelle, l.Issue)));
        Assert.Equal([new Changement("Telephone", null, "02 40 20 20 40"), new Changement("Types", null, "5|6"), new Changement("Actif", "O", "N")], preview.Lignes[1].Changements);
        Assert.Equal(scene.Offre.Contact.Numero, preview.Lignes[3].Numero);
        Assert.Equal(3, await scene.ReadAsync(db => db.Set<Contact>().CountAsync(c => c.EtablissementNumero == scene.Etablissement)));

        var (_, done) = await ApplyAsync(scene, file, preview.Empreinte);
        Assert.True(done);
        var contacts = await scene.ReadAsync(db => db.Set<Contact>().Where(c => c.EtablissementNumero == scene.Etablissement).OrderBy(c => c.Numero).ToListAsync());
        Assert.Equal(["AUTO SAISIE", "Accueil", "Direction", "Maëlle Tanguy"], contacts.Select(c => c.NomComplet));
        Assert.Equal((false, "Mme", "1"), (contacts[2].Actif, contacts[3].Civilite, contacts[3].Types.ToString()));
        var imported = Assert.Single(await scene.EventsAsync("etablissement", scene.Etablissement));
        Assert.Equal("ContactsEtLieuxImportes", imported.Type);
        Assert.Equal([new Changement("ContactsCrees", null, "1"), new Changement("ContactsModifies", null, "2")], imported.Changements);
        // The same file again changes nothing.
        Assert.All((await PreviewAsync(scene, file)).Lignes, ligne => Assert.Equal(IssueLigne.Inchangee, ligne.Issue));
    }

    [Theory, EveryDatabase]
    public async Task A_file_with_one_fault_writes_nothing_and_says_where_and_how(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        await using var other = await SetAsync(kind);
        var file = Csv("numero;nom;telephone;courriel;types;actif", ";Bon;;bon@exemple.test;;", ";;;sans-nom@exemple.test;;", ";Injoignable;;;;", ";Mauvais;poste 12;m@exemple.test;Chef;peut-être",
            $"{other.Offre.Contact.Numero};Voisin;;v@exemple.test;;", ";Bon;;encore@exemple.test;;", $"{scene.Offre.Contact.Numero};auto saisie;;contact@exemple.test;;N");
        var preview = await PreviewAsync(scene, file);
        Assert.Equal(
            [
                "contacts, ligne 3, colonne nom : La valeur manque. Remplissez ce champ.",
                "contacts, ligne 4, colonne courriel : Le contact n’a ni courriel ni téléphone. Indiquez-en un.",
                "contacts, ligne 5, colonne telephone, « poste 12 » : « poste 12 » ne convient pas. Écrivez dix chiffres, par exemple 02 40 00 00 00, ou un numéro qui commence par +.",
                "contacts, ligne 5, colonne types, « Chef » : « Chef » n’est pas dans la liste. Choisissez une de ses valeurs.",
                $"contacts, ligne 6, colonne numero, « {other.Offre.Contact.Numero} » : Ce numéro n’est pas de cet établissement. Laissez la case vide pour créer.",
                "contacts, ligne 7, colonne nom, « Bon » : La ligne 2 dit déjà le même. Gardez-en une.",
                "contacts, ligne 8, colonne actif, « N » : C’est le contact principal de l’établissement. Choisissez-en un autre dans la fiche de l’établissement avant de le désactiver.",
            ], preview.Fautes.Select(f => f.ToString()));
        Assert.False((await ApplyAsync(scene, file, preview.Empreinte)).Fait);
        Assert.Equal(1, await scene.ReadAsync(db => db.Set<Contact>().CountAsync(c => c.EtablissementNumero == scene.Etablissement)));
    }

    [Theory, EveryDatabase]
    public async Task Places_find_their_commune_and_Principal_keeps_its_address(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var file = Csv("nom;voie;code_postal;commune;latitude;longitude;transport", "Antenne;2 place de l’Exemple;44210;PORNIC;47,1156;-2.104;Bus", "Principal;1 rue de l’Exemple;44000;Nantes;;;Tram", "Salle;;;49007;;;");
        var preview = await PreviewAsync(scene, file);
        Assert.Empty(preview.Fautes);
        Assert.Equal([IssueLigne.Creee, IssueLigne.Modifiee, IssueLigne.Creee], preview.Lignes.Select(l => l.Issue));
        Assert.True((await ApplyAsync(scene, file, preview.Empreinte)).Fait);
        var places = await scene.ReadAsync(db => db.Set<Lieu>().Where(l => l.EtablissementNumero == scene.Etablissement).OrderBy(l => l.Id).ToListAsync());
        Assert.Equal([("Principal", "44000 Nantes", "Tram"), ("Antenne", "44210 Pornic", "Bus"), ("Salle", "49000 Angers", null)],
            places.Select(l => (l.Nom, $"{l.Adresse.CodePostal} {l.Adresse.Commune}", l.Transport)));
        Assert.Equal((47.1156m, -2.104m), (places[1].Latitude, places[1].Longitude));
        preview = await PreviewAsync(scene, Csv("nom;voie;code_postal;commune;latitude", "Principal;ailleurs;44000;Nantes;", "Ville;;44210;Inconnue-sur-Mer;", "Point;;44210;Pornic;nord"));
        Assert.Equal(["lieux, ligne 2, colonne nom", "lieux, ligne 3, colonne commune", "lieux, ligne 4, colonne latitude"], preview.Fautes.Select(f => $"{f.Sheet}, ligne {f.Line}, colonne {f.Column}"));
    }

    [Theory, EveryDatabase]
    public async Task The_exported_workbook_comes_back_unchanged_then_changed(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        await scene.AddContactAsync("=1+1", "formule@exemple.test");
        await scene.AddLieuAsync();
        var file = await scene.DoAsync((ImportOrganismeService i) => i.ExportAsync(scene.Etablissement));
        var rows = new MemoryStream(file).Query(useHeaderRow: true, sheetName: "contacts").Cast<IDictionary<string, object?>>().ToList();
        Assert.Equal(["auto saisie", "'=1+1"], rows.Select(r => r["nom"]));
        await scene.ReadAsync(db => db.Set<Contact>().Where(c => c.Nom == "=1+1").ExecuteUpdateAsync(set => set.SetProperty(c => c.Nom, "Accueil")));
        file = await scene.DoAsync((ImportOrganismeService i) => i.ExportAsync(scene.Etablissement));
        var preview = await PreviewAsync(scene, file);
        Assert.Empty(preview.Fautes);
        Assert.Equal(4, preview.Lignes.Count);
        Assert.All(preview.Lignes, ligne => Assert.Equal((ligne.Libelle, IssueLigne.Inchangee), (ligne.Libelle, ligne.Issue)));
    }

    [Theory, EveryDatabase]
    public async Task What_changed_since_the_preview_is_shown_again_and_strangers_apply_nothing(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var file = Csv("nom;courriel", "auto saisie;nouveau@exemple.test");
        var preview = await PreviewAsync(scene, file);
        Assert.False((await scene.DoAsync((ImportOrganismeService i) => i.ApplyAsync(scene.Offre.Redacteur, scene.Etablissement, file, preview.Empreinte))).Fait);
        await scene.GestionAsync(g => g.SaveContactAsync(scene.Gestionnaire, scene.Offre.Contact.Numero, 0, new() { Nom = "auto saisie", Courriel = "autre@exemple.test" }));
        Assert.False((await ApplyAsync(scene, file, preview.Empreinte)).Fait);
        Assert.Equal("autre@exemple.test", await scene.ReadAsync(db => db.Set<Contact>().Where(c => c.Numero == scene.Offre.Contact.Numero).Select(c => c.Courriel).SingleAsync()));
    }

    [Theory, EveryDatabase]
    public async Task What_is_published_is_refreshed_with_the_file(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        var (action, _) = await scene.PublishAsync();
        var before = await GestionServiceTests.LastAsync(scene);
        var file = Csv("nom;courriel", "auto saisie;nouveau@exemple.test");
        Assert.True((await ApplyAsync(scene, file, (await PreviewAsync(scene, file)).Empreinte)).Fait);
        Assert.Equal([(before + 1, action, NaturePublication.Contact, 1, 1)], await GestionServiceTests.EntriesAsync(scene, before));
        Assert.Equal("nouveau@exemple.test", (await scene.DoAsync((PublicationService p) => p.FindAsync(action)))!.Contacts[scene.Offre.Contact.Numero].Courriel);
    }

    [Theory]
    [EveryDatabase("autre;colonne\r\nA;B")]
    [EveryDatabase("")]
    [EveryDatabase("nom;courriel\r\nA;\0")]
    public async Task A_file_that_is_something_else_is_refused(DatabaseKind kind, string content)
    {
        await using var scene = await SetAsync(kind);
        await Assert.ThrowsAsync<FileRefusedException>(() => PreviewAsync(scene, Encoding.UTF8.GetBytes(content)));
    }

    [Theory, EveryDatabase]
    public async Task Formulas_doubled_columns_and_long_sheets_are_refused(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        Assert.Contains("formule", Assert.Single((await PreviewAsync(scene, Csv("nom;courriel", "=1+1;a@exemple.test"))).Fautes).Message, StringComparison.Ordinal);
        Assert.Equal("La colonne figure deux fois.", Assert.Single((await PreviewAsync(scene, Csv("nom;nom", "A;B"))).Fautes).Message);
        var many = await PreviewAsync(scene, Csv(["nom;courriel", .. Enumerable.Range(0, FichierOrganisme.MostLines + 1).Select(i => $"N{i};n{i}@exemple.test")]));
        Assert.Equal("La feuille a plus de 500 lignes.", Assert.Single(many.Fautes).Message);
    }

    [Theory, EveryDatabase]
    public async Task A_preview_costs_as_many_queries_whatever_the_lines(DatabaseKind kind)
    {
        await using var scene = await SetAsync(kind);
        async Task<int> CountAsync(int lines)
        {
            using var counter = QueryCounter.Start();
            await PreviewAsync(scene, Csv(["nom;commune;code_postal", .. Enumerable.Range(0, lines).Select(i => $"N{i};Pornic;44210")]));
            return counter.Count;
        }

        Assert.Equal((4, 4), (await CountAsync(1), await CountAsync(300)));
    }

    private static byte[] Csv(params string[] lines) => Encoding.UTF8.GetBytes(string.Join("\r\n", lines));

    private static Task<ApercuImport> PreviewAsync(BureauScene scene, byte[] file) => scene.DoAsync((ImportOrganismeService i) => i.PreviewAsync(scene.Etablissement, file));

    private static Task<(ApercuImport Apercu, bool Fait)> ApplyAsync(BureauScene scene, byte[] file, string empreinte) =>
        scene.DoAsync((ImportOrganismeService i) => i.ApplyAsync(scene.Gestionnaire, scene.Etablissement, file, empreinte));

    private async Task<BureauScene> SetAsync(DatabaseKind kind) => await BureauScene.SetAsync(await TestDatabase.ForAsync(kind, GetType()));
}
