using Sofi.Core.Comptes;
using Sofi.Web.Composants;
using Sofi.Web.Pages.Comptes;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Extranet.Comptes;

/// <summary>Accounts of one's organisation (decision 45): one of them.</summary>
public class CompteModel(GestionComptes gestion, InvitationService invitations, EtablissementsAccessibles etablissements, UtilisateurCourant courant)
    : FicheCompte(gestion, invitations, etablissements, courant)
{
    public override string Liste => "/sofi/organisme/comptes";
}
