using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Data;

namespace Sofi.Core.Courriels;

/// <summary>
/// A mail of the outbox: written in the transaction of what it tells, sent afterwards, at least once, always under the same Message-ID.
/// Once it is sent its text is erased: it may hold a link that opens an account.
/// </summary>
public sealed class Courriel
{
    /// <summary>Number, in order of writing.</summary>
    public long Id { get; private set; }

    /// <summary>Message-ID without its angle brackets, up to 100 characters: the same at each try.</summary>
    public required string MessageId { get; init; }

    /// <summary>Address of the recipient, up to 256 characters.</summary>
    public required string Destinataire { get; init; }

    /// <summary>Name of the recipient, up to 100 characters.</summary>
    public required string NomDestinataire { get; init; }

    /// <summary>Subject, up to 200 characters.</summary>
    public required string Objet { get; init; }

    /// <summary>Plain text: paragraphs parted by blank lines, a link alone in its paragraph; <c>null</c> once sent.</summary>
    public required string? Texte { get; set; }

    /// <summary>When it was written (UTC).</summary>
    public required DateTime EcritLe { get; init; }

    /// <summary>When a server, or the folder, took it (UTC); <c>null</c> until then.</summary>
    public DateTime? EnvoyeLe { get; set; }

    /// <summary>When it is tried next (UTC); <c>null</c> once sent or given up.</summary>
    public DateTime? ProchainEssai { get; set; }

    /// <summary>How many times it was tried.</summary>
    public int Essais { get; set; }

    /// <summary>Why the last try failed, up to 500 characters; <c>null</c> when none did.</summary>
    public string? DerniereErreur { get; set; }
}

/// <summary>Writes mails to the outbox.</summary>
public sealed class CourrielService(SofiDbContext db, ReglagesCourriel reglages, TimeProvider clock)
{
    /// <summary>Adds a mail to what the caller is about to save; it leaves once that is committed.</summary>
    /// <param name="destinataire">Address of the recipient.</param>
    /// <param name="nom">Name of the recipient.</param>
    /// <param name="objet">Subject.</param>
    /// <param name="paragraphes">Text, in French; a paragraph that is an address becomes a link.</param>
    public void Post(string destinataire, string nom, string objet, params IEnumerable<string> paragraphes)
    {
        var now = clock.UtcInstant();
        db.Add(new Courriel
        {
            MessageId = $"{Guid.NewGuid():N}@{new Uri(reglages.Adresse).Host}",
            Destinataire = destinataire,
            NomDestinataire = nom,
            Objet = objet,
            Texte = string.Join("\n\n", [$"Bonjour {nom},", .. paragraphes, Signature]),
            EcritLe = now,
            ProchainEssai = now,
        });
    }

    private const string Signature =
        "Service Offre du Cariforef des Pays de la Loire\n02\u00A040\u00A020\u00A040\u00A020, de 9\u00A0h à 12\u00A0h – offre@cariforef-pdl.org\n"
        + "Ce message est envoyé par Sofi.";
}

internal sealed class CourrielMapping : IEntityTypeConfiguration<Courriel>
{
    public const int LongueurErreur = 500;

    public void Configure(EntityTypeBuilder<Courriel> builder)
    {
        builder.ToTable("courriel");
        builder.Property(c => c.MessageId).HasMaxLength(100);
        builder.Property(c => c.Destinataire).HasMaxLength(256);
        builder.Property(c => c.NomDestinataire).HasMaxLength(100);
        builder.Property(c => c.Objet).HasMaxLength(200);
        builder.Property(c => c.DerniereErreur).HasMaxLength(LongueurErreur);
        builder.HasIndex(c => c.ProchainEssai);
    }
}
