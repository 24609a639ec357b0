using Microsoft.EntityFrameworkCore;
using Sofi.Core.Data;
using Sofi.Core.Organismes;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Organisme;

/// <summary>The contacts of an établissement: searched, sorted and cut in SQL.</summary>
public class ContactsModel(UtilisateurCourant courant, SofiDbContext db) : OrganismePage(courant, db)
{
    private static readonly ColonnesListe<Contact> Colonnes = new ColonnesListe<Contact>(c => c.Numero, "nom")
        .By("numero", c => c.Numero).By("nom", c => c.Recherche).By("fonction", c => c.Fonction).By("courriel", c => c.Courriel);

    /// <summary>One page of them.</summary>
    public PageListe<Contact> Contacts { get; private set; } = null!;

    public async Task OnGetAsync(ListeParametres liste, CancellationToken cancellation) => Contacts = await Db.Set<Contact>().AsNoTracking()
        .Where(c => c.EtablissementNumero == Etablissement.Numero).Matching(liste, c => c.Recherche).ToPageAsync(liste, Colonnes, cancellation);
}
