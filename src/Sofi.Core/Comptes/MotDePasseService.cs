using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Courriels;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Core.Comptes;

/// <summary>What keeps something from being done, and on which field.</summary>
/// <param name="Champ">Name of the field, empty for the whole.</param>
/// <param name="Message">The sentence, in French.</param>
public sealed record Faute(string Champ, string Message);

/// <summary>Outcome of a password given through a link.</summary>
/// <param name="Compte">The account, when the link opened one.</param>
/// <param name="Fautes">What the password lacks; empty when it was taken.</param>
public sealed record MotDePasseDonne(Compte? Compte, IReadOnlyList<string> Fautes)
{
    /// <summary>True when the password was taken.</summary>
    public bool Fait => Compte is not null && Fautes.Count == 0;
}

/// <summary>Passwords given through a link sent by mail: the first one, and a new one for one that was forgotten.</summary>
public sealed class MotDePasseService(
    SofiDbContext db, LienService liens, CourrielService courriels, JournalService journal, IPasswordHasher<Compte> hasher)
{
    /// <summary>
    /// Sends the link of a new password. Nothing says whether the account exists; a deactivated one receives nothing, one that has not chosen its first
    /// password receives its invitation again.
    /// </summary>
    public Task RequestAsync(string courriel, CancellationToken cancellation = default) => db.InTransactionAsync(
        async () =>
        {
            var normalized = CompteService.Normalize(courriel.Trim());
            var compte = await db.Set<Compte>().AsNoTracking().FirstOrDefaultAsync(c => c.NormalizedEmail == normalized && c.DesactiveLe == null, cancellation);
            if (compte is null) return false;
            if (compte.PasswordHash is null)
            {
                courriels.PostInvitation(compte, await liens.CreateAsync(compte.Id, NatureLien.Invitation, cancellation), null);
            }
            else
            {
                var address = await liens.CreateAsync(compte.Id, NatureLien.MotDePasse, cancellation);
                courriels.Post(compte.Email!, compte.Nom, "Sofi : choisir un nouveau mot de passe",
                    "Un nouveau mot de passe a été demandé pour votre compte Sofi. Pour le choisir, ouvrez ce lien dans l’heure ; il ne sert qu’une fois :",
                    address,
                    "Vous n’avez rien demandé ? Ne faites rien : votre mot de passe reste le même.");
            }

            journal.Begin(NatureProcessus.Compte, Auteur.Systeme).Add("MotDePasseDemande", "compte", compte.Id, [], evenIfEmpty: true);
            await db.SaveChangesAsync(cancellation);
            return true;
        },
        cancellation);

    /// <summary>Takes the password given through a link: the link is used up, every session of the account closed, a lockout released.</summary>
    public Task<MotDePasseDonne> SetAsync(string jeton, NatureLien nature, string password, CancellationToken cancellation = default) => db.InTransactionAsync(
        async () =>
        {
            if (await liens.FindAsync(jeton, nature, cancellation) is not { } found) return new MotDePasseDonne(null, []);
            var faults = RegleMotDePasse.Faults(password, found.Nom, found.Email);
            if (faults.Count > 0) return new MotDePasseDonne(found, faults);
            if (await liens.UseAsync(jeton, nature, cancellation) is not { } compte) return new MotDePasseDonne(null, []);

            compte.PasswordHash = hasher.HashPassword(compte, password);
            compte.SecurityStamp = Guid.NewGuid().ToString("N");
            compte.EmailConfirmed = true;
            compte.AccessFailedCount = 0;
            compte.LockoutEnd = null;
            await db.CloseSessionsAsync(compte.Id, cancellation);
            journal.Begin(NatureProcessus.Compte, new Auteur(compte.Id, compte.Nom))
                .Add(nature == NatureLien.Invitation ? "InvitationAcceptee" : "MotDePasseReinitialise", "compte", compte.Id, [], evenIfEmpty: true);
            await db.SaveChangesAsync(cancellation);
            return new MotDePasseDonne(compte, []);
        },
        cancellation);
}
