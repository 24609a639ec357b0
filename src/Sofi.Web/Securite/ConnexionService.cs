using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Web.Securite;

/// <summary>
/// Signs people in and out and changes their password: limited tries, and the same answer in the same time whether the account exists or not.
/// It never says why a sign-in is refused. Each open session is a row that the cookie names.
/// </summary>
public sealed class ConnexionService(
    SofiDbContext db, UserManager<Compte> users, SignInManager<Compte> signIn, SecondFacteurService secondFacteur, JournalService journal,
    IHttpContextAccessor http, TimeProvider clock)
{
    /// <summary>Wrong passwords or codes before the account is locked.</summary>
    public const int Tries = 5;

    /// <summary>Claim of the cookie that names the session.</summary>
    public const string SessionClaim = "sofi-session";

    /// <summary>How long a locked account refuses every password.</summary>
    public static readonly TimeSpan LockDuration = TimeSpan.FromMinutes(15);

    private static readonly Compte Nobody = new() { Nom = "", Role = Role.Region };
    private static string? nobodysHash;

    private HttpContext Http => http.HttpContext!;

    /// <summary>
    /// Opens a session when the password is right and the account not locked; with a second factor it only remembers that the password was right,
    /// until the code comes (<see cref="SignInWithCodeAsync"/>).
    /// </summary>
    /// <returns>The account, or <c>null</c> when refused.</returns>
    public async Task<Compte?> SignInAsync(string email, string password)
    {
        var compte = await users.FindByEmailAsync(email);
        if (!await TryPasswordAsync(compte, password, forget: compte is { TwoFactorEnabled: false })) return null;
        if (compte!.TwoFactorEnabled) await Http.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, PrincipalOf(compte));
        else await OpenAsync(compte);
        return compte;
    }

    /// <summary>The account whose password was right and whose code is awaited; <c>null</c> when there is none, or it waited too long.</summary>
    public async Task<Compte?> AwaitingCodeAsync()
    {
        var principal = (await Http.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal;
        if (principal?.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id) return null;
        var stamp = principal.FindFirstValue(StampClaim);
        var number = int.Parse(id, CultureInfo.InvariantCulture);
        return await db.Set<Compte>().FirstOrDefaultAsync(c => c.Id == number && c.SecurityStamp == stamp && c.DesactiveLe == null);
    }

    /// <summary>Opens the session of an account that awaits its code. Wrong codes count with wrong passwords.</summary>
    /// <returns>True when the code was right.</returns>
    public async Task<bool> SignInWithCodeAsync(Compte compte, string code)
    {
        if (!await CountTryAsync(compte.Id)) return false;
        if (!await secondFacteur.AcceptAsync(compte, code))
        {
            await RecordRefusalAsync(compte.Id);
            return false;
        }

        await ForgetTriesAsync(compte.Id);
        await Http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await OpenAsync(compte);
        return true;
    }

    /// <summary>Opens a session of an account whose person has proved who she is.</summary>
    public async Task OpenAsync(Compte compte)
    {
        var now = clock.UtcInstant();
        var session = new SessionCompte
        {
            Id = Guid.NewGuid(),
            CompteId = compte.Id,
            OuverteLe = now,
            VueLe = now,
            Navigateur = Navigateurs.NameOf(Http.Request.Headers.UserAgent),
        };
        var over = now - SessionCompte.Duree;
        await db.Set<SessionCompte>().Where(s => s.VueLe < over).ExecuteDeleteAsync();
        await db.Set<Compte>().Where(c => c.Id == compte.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.DerniereConnexion, now));
        db.Add(session);
        journal.Begin(NatureProcessus.Compte, new Auteur(compte.Id, compte.Nom)).Add("ConnexionReussie", "compte", compte.Id, [], evenIfEmpty: true);
        await db.SaveChangesAsync();
        await signIn.SignInWithClaimsAsync(compte, isPersistent: false, [ClaimOf(session.Id)]);
    }

    /// <summary>Closes the session.</summary>
    public async Task SignOutAsync(UtilisateurCourant courant)
    {
        await db.Set<SessionCompte>().Where(s => s.Id == courant.SessionId).ExecuteDeleteAsync();
        journal.Begin(NatureProcessus.Compte, courant.Value.Auteur).Add("Deconnexion", "compte", courant.Value.CompteId, [], evenIfEmpty: true);
        await db.SaveChangesAsync();
        await signIn.SignOutAsync();
    }

    /// <summary>Closes every session of the person, this one included.</summary>
    public async Task SignOutEverywhereAsync(UtilisateurCourant courant)
    {
        var id = courant.Value.CompteId;
        await using var transaction = await db.Database.BeginTransactionAsync();
        var closed = await db.CloseSessionsAsync(id);
        journal.Begin(NatureProcessus.Compte, courant.Value.Auteur).Add("DeconnexionPartout", "compte", id,
            [new Changement("Sessions", closed.ToString(CultureInfo.InvariantCulture), "0")]);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        await signIn.SignOutAsync();
    }

    /// <summary>Changes the password of the signed-in person and closes her other sessions.</summary>
    /// <returns>What keeps it from being changed, by field: <c>Actuel</c> or <c>Nouveau</c>; empty when it is done.</returns>
    public async Task<IReadOnlyList<(string Field, string Message)>> ChangePasswordAsync(UtilisateurCourant courant, string current, string next)
    {
        var compte = await FindAsync(courant.Value);
        if (!await TryPasswordAsync(compte, current, forget: true)) return [("Actuel", WrongPassword)];
        await db.Entry(compte).ReloadAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var result = await users.ChangePasswordAsync(compte, current, next);
        if (!result.Succeeded) return [.. result.Errors.Select(error => ("Nouveau", error.Description))];
        await db.Set<SessionCompte>().Where(s => s.CompteId == compte.Id && s.Id != courant.SessionId).ExecuteDeleteAsync();
        journal.Begin(NatureProcessus.Compte, courant.Value.Auteur).Add("MotDePasseChange", "compte", compte.Id, [], evenIfEmpty: true);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        await signIn.SignInWithClaimsAsync(compte, isPersistent: false, [ClaimOf(courant.SessionId)]);
        return [];
    }

    /// <summary>Says whether this is the password of the signed-in person, before a gesture that weakens her account; tries are counted.</summary>
    public async Task<bool> ConfirmAsync(Utilisateur utilisateur, string password) => await TryPasswordAsync(await FindAsync(utilisateur), password, forget: true);

    /// <summary>What a person is told when she gave a wrong present password.</summary>
    public static string WrongPassword { get; } =
        $"Le mot de passe actuel ne correspond pas. Après {Tries} essais, il est refusé pendant {LockDuration.Minutes} minutes.";

    internal static string StampClaim { get; } = new ClaimsIdentityOptions().SecurityStampClaimType;

    private Task<Compte> FindAsync(Utilisateur utilisateur) => db.Set<Compte>().FirstAsync(c => c.Id == utilisateur.CompteId);

    private static Claim ClaimOf(Guid session) => new(SessionClaim, session.ToString("N"));

    private static ClaimsPrincipal PrincipalOf(Compte compte) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, compte.Id.ToString(CultureInfo.InvariantCulture)), new Claim(StampClaim, compte.SecurityStamp!)],
        IdentityConstants.TwoFactorUserIdScheme));

    /// <summary>
    /// Tries a password. The try is counted before the password is looked at, in one statement: a hundred guesses at once are five tries.
    /// </summary>
    /// <param name="compte">The account, or <c>null</c> for an unknown one.</param>
    /// <param name="password">The password.</param>
    /// <param name="forget">
    /// True when a right password forgets the wrong ones. While a code is still to come it only gives its own try back: otherwise whoever knows
    /// the password could guess codes without end.
    /// </param>
    private async Task<bool> TryPasswordAsync(Compte? compte, string password, bool forget)
    {
        var granted = await CountTryAsync(compte?.Id ?? 0);
        nobodysHash ??= users.PasswordHasher.HashPassword(Nobody, Guid.NewGuid().ToString());
        var hash = granted && compte is { PasswordHash: { } known, DesactiveLe: null } ? known : nobodysHash;
        var right = users.PasswordHasher.VerifyHashedPassword(compte ?? Nobody, hash, password) != PasswordVerificationResult.Failed && hash != nobodysHash;
        if (right && forget) await ForgetTriesAsync(compte!.Id);
        else if (right) await GiveTryBackAsync(compte!.Id);
        else if (granted) await RecordRefusalAsync(compte!.Id);
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

    private Task<int> ForgetTriesAsync(int compte) => db.Set<Compte>().Where(c => c.Id == compte)
        .ExecuteUpdateAsync(set => set.SetProperty(c => c.AccessFailedCount, 0).SetProperty(c => c.LockoutEnd, (DateTimeOffset?)null));

    /// <summary>Undoes <see cref="CountTryAsync"/>: the counter stands at zero only when this try was the one that locked.</summary>
    private Task<int> GiveTryBackAsync(int compte) => db.Set<Compte>().Where(c => c.Id == compte).ExecuteUpdateAsync(set => set
        .SetProperty(c => c.AccessFailedCount, c => c.AccessFailedCount == 0 ? Tries - 1 : c.AccessFailedCount - 1)
        .SetProperty(c => c.LockoutEnd, (DateTimeOffset?)null));

    private async Task RecordRefusalAsync(int compte)
    {
        var now = clock.GetUtcNow();
        var entry = journal.Begin(NatureProcessus.Compte, Auteur.Systeme).Add("ConnexionRefusee", "compte", compte, [], evenIfEmpty: true);
        if (await db.Set<Compte>().AnyAsync(c => c.Id == compte && c.LockoutEnd > now)) entry.Add("CompteVerrouille", "compte", compte, [], evenIfEmpty: true);
        await db.SaveChangesAsync();
    }
}
