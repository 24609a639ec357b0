using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sofi.Core.Data;

/// <summary>
/// Proof that a creating form was already received: the token drawn when the form was shown, and what it created.
/// Its primary key makes a double click or a resent form find its first result instead of creating twice.
/// </summary>
public sealed class JetonFormulaire
{
    /// <summary>The token, drawn at random when the form was shown.</summary>
    public required Guid Jeton { get; init; }

    /// <summary>Number of the object that the form created.</summary>
    public required int Resultat { get; init; }

    /// <summary>When the form was received (UTC).</summary>
    public required DateTime Instant { get; init; }
}

internal sealed class JetonFormulaireMapping : IEntityTypeConfiguration<JetonFormulaire>
{
    public void Configure(EntityTypeBuilder<JetonFormulaire> builder)
    {
        builder.ToTable("jeton_formulaire");
        builder.HasKey(jeton => jeton.Jeton);
    }
}
