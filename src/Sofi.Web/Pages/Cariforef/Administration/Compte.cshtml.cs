using Sofi.Core.Comptes;
using Sofi.Web.Composants;
using Sofi.Web.Pages.Comptes;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Cariforef.Administration;

/// <summary>All accounts: one of them.</summary>
public class CompteModel(GestionComptes gestion, InvitationService invitations, EtablissementsAccessibles etablissements, UtilisateurCourant courant)
    : FicheCompte(gestion, invitations, etablissements, courant)
{
    public override string Liste => "/cariforef/comptes";
}
