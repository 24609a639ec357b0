using Sofi.Core.Comptes;
using Sofi.Web.Composants;
using Sofi.Web.Pages.Comptes;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages.Cariforef.Administration;

/// <summary>All accounts: an invitation.</summary>
public class InviterUnePersonneModel(InvitationService invitations, EtablissementsAccessibles etablissements, UtilisateurCourant courant)
    : InviterCompte(invitations, etablissements, courant)
{
    public override string Liste => "/cariforef/comptes";
}
