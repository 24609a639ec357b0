using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Web.Securite;

/// <summary>
/// Signs people in and out and changes their password: limited tries, and the same answer in the same time whether the account exists or not.
/// It never says why a sign-in is refused.
/// </summary>
public sealed class ConnexionService(
    SofiDbContext db, UserManager<Compte> users, SignInManager<Compte> signIn, JournalService journal, TimeProvider clock)
{
    /// <summary>Wrong passwords before the account is locked.</summary>
    public const int Tries = 5;

    /// <summary>How long a locked account refuses every password.</summary>
    public static readonly TimeSpan LockDuration = TimeSpan.FromMinutes(15);

    private static readonly Compte Nobody = new() { Nom = "", Role = Role.Region };
    private static string? nobodysHash;

    /// <summary>Opens a session when the password is right and the account not locked.</summary>
    /// <returns>The account, or <c>null</c> when refused.</returns>
    public async Task<Compte?> SignInAsync(string email, string password)
    {
        var compte = await users.FindByEmailAsync(email);
        if (!await TryPasswordAsync(compte, password)) return null;
        journal.Begin(NatureProcessus.Compte, new Auteur(compte!.Id, compte.Nom)).Add("ConnexionReussie", "compte", compte.Id, [], evenIfEmpty: true);
        await db.SaveChangesAsync();
        await signIn.SignInAsync(compte, isPersistent: false);
        return compte;
    }

    /// <summary>Closes the session.</summary>
    public async Task SignOutAsync(Utilisateur utilisateur)
    {
        journal.Begin(NatureProcessus.Compte, utilisateur.Auteur).Add("Deconnexion", "compte", utilisateur.CompteId, [], evenIfEmpty: true);
        await db.SaveChangesAsync();
        await signIn.SignOutAsync();
    }

    /// <summary>Changes the password of the signed-in person and closes her other sessions.</summary>
    /// <returns>What keeps it from being changed, by field: <c>Actuel</c> or <c>Nouveau</c>; empty when it is done.</returns>
    public async Task<IReadOnlyList<(string Field, string Message)>> ChangePasswordAsync(Utilisateur utilisateur, string current, string next)
    {
        var compte = await users.FindByIdAsync(utilisateur.CompteId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (!await TryPasswordAsync(compte, current))
            return [("Actuel", $"Le mot de passe actuel ne correspond pas. Après {Tries} essais, il est refusé pendant {LockDuration.Minutes} minutes.")];
        await db.Entry(compte!).ReloadAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var result = await users.ChangePasswordAsync(compte!, current, next);
        if (!result.Succeeded) return [.. result.Errors.Select(error => ("Nouveau", error.Description))];
        journal.Begin(NatureProcessus.Compte, utilisateur.Auteur).Add("MotDePasseChange", "compte", compte!.Id, [], evenIfEmpty: true);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        await signIn.RefreshSignInAsync(compte);
        return [];
    }

    /// <summary>
    /// Tries a password. The try is counted before the password is looked at, in one statement: a hundred guesses at once are five tries.
    /// </summary>
    private async Task<bool> TryPasswordAsync(Compte? compte, string password)
    {
        var granted = await CountTryAsync(compte?.Id ?? 0);
        nobodysHash ??= users.PasswordHasher.HashPassword(Nobody, Guid.NewGuid().ToString());
        var hash = granted && compte?.PasswordHash is { } known ? known : nobodysHash;
        var right = users.PasswordHasher.VerifyHashedPassword(compte ?? Nobody, hash, password) != PasswordVerificationResult.Failed && hash != nobodysHash;
        if (right)
        {
            await db.Set<Compte>().Where(c => c.Id == compte!.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.AccessFailedCount, 0).SetProperty(c => c.LockoutEnd, (DateTimeOffset?)null));
        }
        else if (granted)
        {
            await RecordRefusalAsync(compte!.Id);
        }

        return right;
    }

    /// <summary>Takes one of the tries; the last one locks the account at once, and a right password will unlock it.</summary>
    private async Task<bool> CountTryAsync(int compte)
    {
        var now = clock.GetUtcNow();
        DateTimeOffset? end = now + LockDuration;
        return await db.Set<Compte>().Where(c => c.Id == compte && (c.LockoutEnd == null || c.LockoutEnd <= now)).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.LockoutEnd, c => c.AccessFailedCount + 1 >= Tries ? end : null)
            .SetProperty(c => c.AccessFailedCount, c => c.AccessFailedCount + 1 >= Tries ? 0 : c.AccessFailedCount + 1)) == 1;
    }

    private async Task RecordRefusalAsync(int compte)
    {
        var now = clock.GetUtcNow();
        var entry = journal.Begin(NatureProcessus.Compte, Auteur.Systeme).Add("ConnexionRefusee", "compte", compte, [], evenIfEmpty: true);
        if (await db.Set<Compte>().AnyAsync(c => c.Id == compte && c.LockoutEnd > now)) entry.Add("CompteVerrouille", "compte", compte, [], evenIfEmpty: true);
        await db.SaveChangesAsync();
    }
}
