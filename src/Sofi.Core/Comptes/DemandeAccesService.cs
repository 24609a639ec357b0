using Microsoft.EntityFrameworkCore;
using Sofi.Core.Courriels;
using Sofi.Core.Data;
using Sofi.Core.Journal;
using Sofi.Core.Organismes;

namespace Sofi.Core.Comptes;

/// <summary>A request for access as typed.</summary>
/// <param name="RaisonSociale">Raison sociale.</param>
/// <param name="Siret">SIRET, with or without spaces.</param>
/// <param name="Nda">Numéro de déclaration d'activité; <c>null</c> when being asked for.</param>
/// <param name="Nom">Name of the person.</param>
/// <param name="Courriel">Her e-mail address.</param>
/// <param name="Telephone">Her telephone.</param>
/// <param name="Precisions">What she adds.</param>
public sealed record AccesDemande(string? RaisonSociale, string? Siret, string? Nda, string? Nom, string? Courriel, string? Telephone, string? Precisions);

/// <summary>Requests for access: received from anyone, answered by the Cariforef. The answer given at the form says nothing of existing accounts.</summary>
public sealed class DemandeAccesService(
    SofiDbContext db, OrganismeService organismes, InvitationService invitations, CourrielService courriels, JournalService journal, TimeProvider clock)
{
    private const int RaisonMaximum = 255;
    /// <summary>Longest text of a request and of its answer, in characters.</summary>
    public const int TexteMaximum = 1000;

    private const int TelephoneMaximum = 20;
    private const string Verrou = "demandes";
    private const string DejaTraitee = "Cette demande a déjà reçu sa réponse.";

    /// <summary>
    /// Keeps a request, or says on each field what is wrong. One that waits already is kept once. No mail leaves before the Cariforef has read it:
    /// the form must not write to strangers.
    /// </summary>
    public Task<IReadOnlyList<Faute>> ReceiveAsync(AccesDemande demande, CancellationToken cancellation = default) => db.InTransactionAsync<IReadOnlyList<Faute>>(
        async () =>
        {
            var demand = new DemandeAcces
            {
                RaisonSociale = Texte.CleanLine(demande.RaisonSociale) ?? "",
                Siret = WithoutSpaces(demande.Siret) ?? "",
                Nda = WithoutSpaces(demande.Nda),
                Nom = Texte.CleanLine(demande.Nom) ?? "",
                Courriel = Texte.CleanLine(demande.Courriel) ?? "",
                Telephone = Texte.CleanLine(demande.Telephone),
                Precisions = Texte.Clean(demande.Precisions).Texte,
                RecueLe = clock.UtcInstant(),
            };
            var faults = FaultsOf(demand);
            if (faults.Count > 0) return faults;

            await db.LockAsync(Verrou, cancellation);
            var known = await db.Set<DemandeAcces>().AnyAsync(
                d => d.Etat == EtatDemande.EnAttente && d.Siret == demand.Siret && d.Courriel == demand.Courriel, cancellation);
            if (known) return [];
            db.Add(demand);
            await db.SaveChangesAsync(cancellation);
            journal.Begin(NatureProcessus.Compte, Auteur.Systeme).Add("AccesDemande", "demande", demand.Id,
                Changement.Between(null, new { demand.RaisonSociale, demand.Siret, demand.Nda, demand.Nom, demand.Courriel }));
            await db.SaveChangesAsync(cancellation);
            return [];
        },
        cancellation);

    /// <summary>
    /// Accepts: the établissement is created when its SIRET is new, the person invited to it as gestionnaire or rédacteur; one who has an account of an
    /// organisme is attached to it.
    /// </summary>
    public Task<Geste> AcceptAsync(int id, Role? role, Utilisateur par, CancellationToken cancellation = default) => db.InTransactionAsync(
        async () =>
        {
            if (role is not (Role.Redacteur or Role.Gestionnaire)) return Geste.Refuse("Role", "Choisissez un rôle.");
            if (await TakeAsync(id, cancellation) is not { } demand) return Geste.Refuse("", DejaTraitee);
            var normalized = CompteService.Normalize(demand.Courriel);
            var existing = await db.Set<Compte>().Include(c => c.Etablissements).FirstOrDefaultAsync(c => c.NormalizedEmail == normalized, cancellation);
            if (existing is { EstOrganisme: false } or { DesactiveLe: not null })
                return Geste.Refuse("", $"«\u00A0{demand.Courriel}\u00A0» a un compte d’une autre nature ou désactivé : réglez-le d’abord dans les comptes, ou refusez la demande.");
            await organismes.CreateAsync(new Etablissement { Siret = demand.Siret, RaisonSociale = demand.RaisonSociale, Nda = demand.Nda }, par.Auteur, cancellation);
            if (existing is null)
            {
                var invited = await invitations.InviteAsync(new Invitation(demand.Courriel, demand.Nom, role, [demand.Siret]), par, cancellation);
                // What the request was accepted with was checked when it was received: a refusal here must undo the établissement.
                if (!invited.Fait) throw new InvalidOperationException(string.Join(' ', invited.Fautes.Select(fault => fault.Message)));
                existing = await db.Set<Compte>().FirstAsync(c => c.Id == invited.CompteId, cancellation);
            }
            else
            {
                await AttachAsync(existing, demand, par, cancellation);
            }

            Answer(demand, EtatDemande.Acceptee, null, par);
            await db.SaveChangesAsync(cancellation);
            return new Geste(existing.Id, []);
        },
        cancellation);

    /// <summary>Refuses, with a reason that the person receives by mail.</summary>
    public Task<Geste> RefuseAsync(int id, string? motif, Utilisateur par, CancellationToken cancellation = default) => db.InTransactionAsync(
        async () =>
        {
            if (Texte.Clean(motif).Texte is not { Length: <= TexteMaximum } reason)
                return Geste.Refuse("Motif", $"Écrivez le motif, en {TexteMaximum} caractères au plus : la personne le recevra.");
            if (await TakeAsync(id, cancellation) is not { } demand) return Geste.Refuse("", DejaTraitee);
            courriels.Post(demand.Courriel, demand.Nom, "Votre demande d’accès à Sofi",
                $"Votre demande d’accès à Sofi pour {demand.RaisonSociale}, SIRET {demand.Siret}, n’est pas acceptée. En voici la raison :",
                reason,
                "Pour en parler, appelez le service Offre ou répondez à son adresse.");
            Answer(demand, EtatDemande.Refusee, reason, par);
            await db.SaveChangesAsync(cancellation);
            return new Geste(null, []);
        },
        cancellation);

    /// <summary>Requests from their search; newest first is left to the caller.</summary>
    public IQueryable<DemandeAcces> All() => db.Set<DemandeAcces>().AsNoTracking();

    /// <summary>The request while it waits, locked until the transaction ends: two answers pass one after the other.</summary>
    private async Task<DemandeAcces?> TakeAsync(int id, CancellationToken cancellation)
    {
        await db.LockAsync(Verrou, cancellation);
        return await db.Set<DemandeAcces>().FirstOrDefaultAsync(d => d.Id == id && d.Etat == EtatDemande.EnAttente, cancellation);
    }

    private async Task AttachAsync(Compte compte, DemandeAcces demand, Utilisateur par, CancellationToken cancellation)
    {
        var number = await db.Set<Etablissement>().Where(e => e.Siret == demand.Siret).Select(e => e.Numero).FirstAsync(cancellation);
        if (compte.Etablissements.Exists(a => a.EtablissementNumero == number)) return;
        compte.Etablissements.Add(new CompteEtablissement { EtablissementNumero = number });
        journal.Begin(NatureProcessus.Compte, par.Auteur).Add("EtablissementsChanges", "compte", compte.Id, [new Changement("Etablissements", null, demand.Siret)]);
        courriels.Post(demand.Courriel, demand.Nom, "Votre demande d’accès à Sofi",
            $"Votre compte Sofi ouvre désormais aussi {demand.RaisonSociale}, SIRET {demand.Siret}.");
    }

    private void Answer(DemandeAcces demand, EtatDemande etat, string? motif, Utilisateur par)
    {
        demand.Etat = etat;
        demand.Motif = motif;
        demand.TraiteeLe = clock.UtcInstant();
        demand.TraiteePar = par.Nom;
        journal.Begin(NatureProcessus.Compte, par.Auteur).Add(etat == EtatDemande.Acceptee ? "AccesAccorde" : "AccesRefuse", "demande", demand.Id,
            motif is null ? [] : [new Changement("Motif", null, motif)], evenIfEmpty: true);
    }

    private static List<Faute> FaultsOf(DemandeAcces demand)
    {
        var faults = new List<Faute>();
        if (demand.RaisonSociale.Length is 0 or > RaisonMaximum) faults.Add(new("RaisonSociale", $"Écrivez la raison sociale, en {RaisonMaximum} caractères au plus."));
        if (!Identifiants.IsSiret(demand.Siret)) faults.Add(new("Siret", "Le SIRET compte 14 chiffres, dont la clé est juste : recopiez-le d’un document officiel."));
        if (demand.Nda is not null && !Identifiants.IsNda(demand.Nda)) faults.Add(new("Nda", "Le NDA compte 11 chiffres ; laissez vide s’il est en cours."));
        if (CompteService.NomFault(demand.Nom) is not null) faults.Add(new("Nom", "Écrivez votre prénom et votre nom."));
        if (CompteService.CourrielFault(demand.Courriel) is { } mail) faults.Add(new("Courriel", demand.Courriel.Length == 0 ? "Écrivez votre adresse e-mail." : mail));
        if (demand.Telephone?.Length > TelephoneMaximum) faults.Add(new("Telephone", $"{TelephoneMaximum} caractères au plus."));
        if (demand.Precisions?.Length > TexteMaximum) faults.Add(new("Precisions", $"{TexteMaximum} caractères au plus."));
        return faults;
    }

    private static string? WithoutSpaces(string? text) => Texte.CleanLine(text) is { } line ? string.Concat(line.Where(c => !char.IsWhiteSpace(c))) : null;
}
