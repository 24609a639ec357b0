using Sofi.Core.Comptes;
using Sofi.Web.Pages.Comptes;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Cariforef.Administration;

/// <summary>All accounts: the list.</summary>
public class ComptesModel(GestionComptes gestion, UtilisateurCourant courant) : ListeComptes(gestion, courant)
{
    public override string Adresse => "/cariforef/comptes";
}
