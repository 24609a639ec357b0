using Sofi.Core.Comptes;
using Sofi.Web.Pages.Comptes;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet.Comptes;

/// <summary>Accounts of one's organisation (decision 45): the list.</summary>
public class ComptesModel(GestionComptes gestion, UtilisateurCourant courant) : ListeComptes(gestion, courant)
{
    public override string Adresse => "/sofi/organisme/comptes";
}
