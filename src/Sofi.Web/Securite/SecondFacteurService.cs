using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Web.Securite;

/// <summary>An enrolment under way: shown to the person, and brought back by her form.</summary>
/// <param name="Cle">Key, to be typed by hand.</param>
/// <param name="Adresse">What the QR code holds.</param>
/// <param name="Scelle">The key sealed for this account, held by the form: nothing is stored before a code proves that the telephone has it.</param>
public sealed record Enrolement(string Cle, string Adresse, string Scelle)
{
    private const int Group = 4;

    /// <summary>The key in groups of four, as one copies it.</summary>
    public string CleLisible => string.Join(' ', Cle.Chunk(Group).Select(chunk => new string(chunk)));
}

/// <summary>
/// The second factor: codes of an authenticator application (<see cref="Totp"/>), and recovery codes. Keys are sealed by the keys of the web:
/// whoever reads the database draws no code. A code is accepted once, in one statement, even when it comes twice at the same time.
/// </summary>
public sealed class SecondFacteurService(SofiDbContext db, IDataProtectionProvider protection, JournalService journal, TimeProvider clock)
{
    private readonly IDataProtector keys = protection.CreateProtector("Sofi.SecondFacteur.Cle");
    private readonly IDataProtector forms = protection.CreateProtector("Sofi.SecondFacteur.Enrolement");

    /// <summary>A new key for an account, or the one that its form holds already.</summary>
    /// <param name="utilisateur">The signed-in person.</param>
    /// <param name="courriel">Her e-mail address, under which the application shows the key.</param>
    /// <param name="scelle">What the form brought back; <c>null</c> at first.</param>
    public Enrolement Begin(Utilisateur utilisateur, string courriel, string? scelle)
    {
        var key = Open(utilisateur, scelle) ?? Totp.NewKey();
        return new Enrolement(key, Totp.AddressOf(key, courriel), forms.Protect($"{utilisateur.CompteId} {key}"));
    }

    /// <summary>Turns the second factor on when the code proves that the telephone has the key.</summary>
    /// <returns>The recovery codes, to be shown once; <c>null</c> when the code is wrong.</returns>
    public async Task<IReadOnlyList<string>?> ConfirmAsync(Utilisateur utilisateur, string? scelle, string code)
    {
        if (Open(utilisateur, scelle) is not { } key || Totp.Match(key, Digits(code), clock.GetUtcNow()) is not { } step) return null;
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Set<Compte>().Where(c => c.Id == utilisateur.CompteId).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.TwoFactorEnabled, true).SetProperty(c => c.CleTotp, keys.Protect(key)).SetProperty(c => c.PasTotp, step));
        var codes = await DrawCodesAsync(utilisateur);
        Tell(utilisateur, "SecondFacteurActive");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return codes;
    }

    /// <summary>Draws ten new recovery codes; the former ones open nothing more.</summary>
    public async Task<IReadOnlyList<string>> RenewCodesAsync(Utilisateur utilisateur)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var codes = await DrawCodesAsync(utilisateur);
        Tell(utilisateur, "CodesSecoursRenouveles");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return codes;
    }

    /// <summary>Turns the second factor off.</summary>
    public async Task DisableAsync(Utilisateur utilisateur)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Set<Compte>().Where(c => c.Id == utilisateur.CompteId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.TwoFactorEnabled, false).SetProperty(c => c.CleTotp, (string?)null));
        await db.Set<CodeSecours>().Where(c => c.CompteId == utilisateur.CompteId).ExecuteDeleteAsync();
        Tell(utilisateur, "SecondFacteurDesactive");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>Accepts a code of the application or a recovery code, and uses it up.</summary>
    public async Task<bool> AcceptAsync(Compte compte, string code)
    {
        if (compte.CleTotp is { } cle && Unseal(keys, cle) is { } key && Totp.Match(key, Digits(code), clock.GetUtcNow()) is { } step)
        {
            return await db.Set<Compte>().Where(c => c.Id == compte.Id && c.CleTotp == cle && c.PasTotp < step)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.PasTotp, step)) == 1;
        }

        var fingerprint = CodeSecours.FingerprintOf(code);
        if (await db.Set<CodeSecours>().Where(c => c.CompteId == compte.Id && c.Empreinte == fingerprint).ExecuteDeleteAsync() != 1) return false;
        journal.Begin(NatureProcessus.Compte, new Auteur(compte.Id, compte.Nom)).Add("CodeSecoursUtilise", "compte", compte.Id, [], evenIfEmpty: true);
        await db.SaveChangesAsync();
        return true;
    }

    private async Task<IReadOnlyList<string>> DrawCodesAsync(Utilisateur utilisateur)
    {
        var codes = Enumerable.Range(0, CodeSecours.Nombre).Select(_ => CodeSecours.Draw()).ToList();
        await db.Set<CodeSecours>().Where(c => c.CompteId == utilisateur.CompteId).ExecuteDeleteAsync();
        db.AddRange(codes.Select(code => new CodeSecours { CompteId = utilisateur.CompteId, Empreinte = CodeSecours.FingerprintOf(code) }));
        return codes;
    }

    private void Tell(Utilisateur utilisateur, string type) =>
        journal.Begin(NatureProcessus.Compte, utilisateur.Auteur).Add(type, "compte", utilisateur.CompteId, [], evenIfEmpty: true);

    /// <summary>The key that a form holds, when it was sealed for this account.</summary>
    private string? Open(Utilisateur utilisateur, string? scelle)
    {
        var parts = string.IsNullOrEmpty(scelle) ? null : Unseal(forms, scelle)?.Split(' ');
        return parts?[0] == utilisateur.CompteId.ToString(CultureInfo.InvariantCulture) ? parts[1] : null;
    }

    /// <summary>What was sealed; <c>null</c> when it was not by us, or the keys of the web were lost since.</summary>
    private static string? Unseal(IDataProtector protector, string sealedText)
    {
        try
        {
            return protector.Unprotect(sealedText);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Digits(string code) => string.Concat(code.Where(char.IsAsciiDigit));
}
