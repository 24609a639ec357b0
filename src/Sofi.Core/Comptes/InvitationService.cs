using Microsoft.EntityFrameworkCore;
using Sofi.Core.Courriels;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Core.Comptes;

/// <summary>A person to be invited.</summary>
/// <param name="Courriel">E-mail address: she signs in with it.</param>
/// <param name="Nom">Displayed name, up to 100 characters.</param>
/// <param name="Role">What the account may do.</param>
/// <param name="Sirets">Établissements that it is attached to: at least one for an organisme de formation, none otherwise.</param>
public sealed record Invitation(string? Courriel, string? Nom, Role? Role, IReadOnlyCollection<string> Sirets);

/// <summary>Outcome of a gesture on an account.</summary>
/// <param name="CompteId">The account, when it was done.</param>
/// <param name="Fautes">Why it was refused; empty when done.</param>
public sealed record Geste(int? CompteId, IReadOnlyList<Faute> Fautes)
{
    /// <summary>True when it was done.</summary>
    public bool Fait => Fautes.Count == 0;

    internal static Geste Refuse(string champ, string message) => new(null, [new Faute(champ, message)]);
}

/// <summary>
/// Invitations by mail: a gestionnaire invites to the établissements of her organisation (decision 45), the Cariforef invites anyone. The account
/// exists from the invitation on, without password: nobody signs in with it until the link of the mail gave it one.
/// </summary>
public sealed class InvitationService(SofiDbContext db, LienService liens, CourrielService courriels, JournalService journal)
{
    /// <summary>Roles that a person may give.</summary>
    public static IReadOnlyList<Role> RolesGivenBy(Utilisateur par) => par.Role switch
    {
        Role.Administrateur => Enum.GetValues<Role>(),
        Role.Gestionnaire => [Role.Redacteur, Role.Gestionnaire],
        _ => [],
    };

    /// <summary>Creates the account and sends the invitation, or says on each field what keeps it from being sent.</summary>
    public Task<Geste> InviteAsync(Invitation invitation, Utilisateur par, CancellationToken cancellation = default) => db.InTransactionAsync(
        async () =>
        {
            // A form sent twice at once finds its first account.
            await db.LockAsync(GestionComptes.Verrou, cancellation);
            var (courriel, nom) = (Texte.CleanLine(invitation.Courriel) ?? "", Texte.CleanLine(invitation.Nom) ?? "");
            var faults = new List<Faute>();
            if (CompteService.CourrielFault(courriel) is { } badMail) faults.Add(new("Courriel", courriel.Length == 0 ? "Écrivez l’adresse e-mail." : badMail));
            else if (await ExistingAsync(courriel, par, cancellation) is { } existing) faults.Add(new("Courriel", existing));
            if (CompteService.NomFault(nom) is { } badName) faults.Add(new("Nom", badName));
            if (invitation.Role is not { } role || !RolesGivenBy(par).Contains(role)) return new Geste(null, [.. faults, new("Role", "Choisissez un rôle.")]);

            var refused = new List<string>();
            var etablissements = await CompteService.FindEtablissementsAsync(db, role, invitation.Sirets, refused, cancellation);
            if (par.Role == Role.Gestionnaire && etablissements.Values.Except(par.Etablissements).Any()) refused.Add("Choisissez des établissements de votre organisme.");
            faults.AddRange(refused.Select(message => new Faute("Sirets", message)));
            if (faults.Count > 0) return new Geste(null, faults);

            var compte = CompteService.NewCompte(courriel, nom, role);
            compte.Etablissements.AddRange(etablissements.Values.Select(numero => new CompteEtablissement { EtablissementNumero = numero }));
            db.Add(compte);
            await db.SaveChangesAsync(cancellation);
            journal.Begin(NatureProcessus.Compte, par.Auteur).Add("CompteInvite", "compte", compte.Id,
                Changement.Between(null, new { Courriel = courriel, Nom = nom, Role = role.ToString(), Etablissements = Codes.From(etablissements.Keys) }));
            courriels.PostInvitation(compte, await liens.CreateAsync(compte.Id, NatureLien.Invitation, cancellation), par.Nom);
            await db.SaveChangesAsync(cancellation);
            return new Geste(compte.Id, []);
        },
        cancellation);

    /// <summary>Sends the invitation of an account again; its former link opens nothing more.</summary>
    /// <param name="id">The account, within the person's reach.</param>
    /// <param name="par">Who sends it.</param>
    /// <param name="cancellation">Stops the work; nothing is written then.</param>
    public Task<Geste> ResendAsync(int id, Utilisateur par, CancellationToken cancellation = default) => db.InTransactionAsync(
        async () =>
        {
            var compte = await db.Set<Compte>().VisibleTo(par).AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancellation);
            if (compte is null) return Geste.Refuse("", GestionComptes.Inconnu);
            if (compte.DesactiveLe is not null) return Geste.Refuse("", "Ce compte est désactivé : réactivez-le d’abord.");
            if (compte.PasswordHash is not null) return Geste.Refuse("", "Cette personne a déjà choisi son mot de passe. Si elle l’a oublié, elle en demande un autre à la connexion.");
            courriels.PostInvitation(compte, await liens.CreateAsync(id, NatureLien.Invitation, cancellation), par.Nom);
            journal.Begin(NatureProcessus.Compte, par.Auteur).Add("InvitationRenvoyee", "compte", id, [], evenIfEmpty: true);
            await db.SaveChangesAsync(cancellation);
            return new Geste(id, []);
        },
        cancellation);

    private async Task<string?> ExistingAsync(string courriel, Utilisateur par, CancellationToken cancellation)
    {
        var normalized = CompteService.Normalize(courriel);
        if (!await db.Set<Compte>().AnyAsync(c => c.NormalizedEmail == normalized, cancellation)) return null;
        return await db.Set<Compte>().VisibleTo(par).AnyAsync(c => c.NormalizedEmail == normalized, cancellation)
            ? $"Un compte existe déjà pour «\u00A0{courriel}\u00A0» : ouvrez sa fiche."
            : $"Un compte existe déjà pour «\u00A0{courriel}\u00A0» : demandez au service Offre du Cariforef de le rattacher à vos établissements.";
    }
}

/// <summary>The mail of the invitation, the same from every door.</summary>
internal static class CourrielInvitation
{
    public static void PostInvitation(this CourrielService courriels, Compte compte, string address, string? par) => courriels.Post(
        compte.Email!, compte.Nom, "Votre accès à Sofi",
        par is null ? "Un compte Sofi vous attend." : $"{par} vous ouvre un compte Sofi, l’outil où se décrit l’offre de formation des Pays de la Loire.",
        "Pour choisir votre mot de passe et entrer, ouvrez ce lien dans les sept jours ; il ne sert qu’une fois :",
        address,
        $"Vous vous connecterez ensuite avec votre adresse {compte.Email}.");
}
