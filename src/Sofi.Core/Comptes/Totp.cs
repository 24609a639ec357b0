using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sofi.Core.Comptes;

/// <summary>Codes of six digits that change every thirty seconds (RFC 6238, HMAC-SHA-1), as every authenticator application draws them.</summary>
public static class Totp
{
    /// <summary>Digits of a code.</summary>
    public const int Chiffres = 6;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int KeyBytes = 20;
    private const int StepInSeconds = 30;

    /// <summary>A new key, 32 letters and digits of Base 32.</summary>
    public static string NewKey() => RandomNumberGenerator.GetString(Base32, KeyBytes * 8 / 5);

    /// <summary>The address that an authenticator application reads in a QR code.</summary>
    public static string AddressOf(string key, string courriel) =>
        $"otpauth://totp/Sofi:{Uri.EscapeDataString(courriel)}?secret={key}&issuer=Sofi&digits={Chiffres}&period={StepInSeconds}";

    /// <summary>The step of an instant: how many periods since 1970.</summary>
    public static long StepOf(DateTimeOffset instant) => instant.ToUnixTimeSeconds() / StepInSeconds;

    /// <summary>The code of a key at a step.</summary>
    public static string CodeOf(string key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(counter, step);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, Decode(key));
        hmac.AppendData(counter);
        var hash = hmac.GetHashAndReset();
        var number = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code this is: the present one, or a neighbour for a clock that is slow or fast; <c>null</c> when it is none.</summary>
    public static long? Match(string key, string code, DateTimeOffset now)
    {
        var step = StepOf(now);
        foreach (var candidate in (long[])[step, step - 1, step + 1])
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CodeOf(key, candidate)), Encoding.UTF8.GetBytes(code))) return candidate;
        return null;
    }

    private static byte[] Decode(string key)
    {
        var bytes = new List<byte>(KeyBytes);
        var (buffer, bits) = (0, 0);
        foreach (var letter in key)
        {
            buffer = (buffer << 5) | Base32.IndexOf(letter, StringComparison.Ordinal);
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
            buffer &= (1 << bits) - 1;
        }

        return [.. bytes];
    }
}

/// <summary>A recovery code, for a telephone that was lost: the database holds its fingerprint; used, it is gone.</summary>
public sealed class CodeSecours
{
    /// <summary>How many are drawn at once.</summary>
    public const int Nombre = 10;

    private const string Signs = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>Account that it opens.</summary>
    public required int CompteId { get; init; }

    /// <summary>SHA-256 of the code, 64 hexadecimal digits.</summary>
    public required string Empreinte { get; init; }

    /// <summary>A new code, such as <c>k7f4p-3qn8t-9wme2</c>: about 74 bits.</summary>
    public static string Draw() => string.Join('-', Enumerable.Range(0, 3).Select(_ => RandomNumberGenerator.GetString(Signs, 5)));

    /// <summary>Fingerprint of a code as typed: spaces, dashes and capitals do not count.</summary>
    public static string FingerprintOf(string code) => Convert.ToHexString(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsLetterOrDigit)).ToLowerInvariant())));
}

internal sealed class CodeSecoursMapping : IEntityTypeConfiguration<CodeSecours>
{
    public void Configure(EntityTypeBuilder<CodeSecours> builder)
    {
        builder.ToTable("code_secours");
        builder.HasKey(c => new { c.CompteId, c.Empreinte });
        builder.Property(c => c.Empreinte).HasMaxLength(64);
        builder.HasOne<Compte>().WithMany().HasForeignKey(c => c.CompteId);
    }
}
