using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Data;

namespace Sofi.Core.Programmes;

/// <summary>What a programme expects of one field (decisions 15 and 16).</summary>
/// <param name="Champ">Stable name of the field: fiche and property, such as <c>Session.Esp</c>.</param>
/// <param name="Proposees">Values preset on a new fiche; the first alone for a single-choice field.</param>
/// <param name="Attendues">Values expected: outside them, a warning. Empty: anything.</param>
/// <param name="Admises">Values allowed: outside them, blocking. Empty: anything.</param>
public sealed record AttenteChamp(string Champ, Codes Proposees, Codes Attendues, Codes Admises);

/// <summary>What a programme expects (decision 15): data kept by the Cariforef, never code.</summary>
public sealed record Attentes
{
    /// <summary>A programme from which nothing particular is expected.</summary>
    public static readonly Attentes Aucune = new();

    /// <summary>Expectations by field.</summary>
    public IReadOnlyList<AttenteChamp> Champs { get; init; } = [];

    /// <summary>Texts proposed on new fiches, by field (<c>Action.CommentairePrerequis</c>).</summary>
    public IReadOnlyDictionary<string, string> TextesProposes { get; init; } = new Dictionary<string, string>();

    /// <summary>Pré-requis that may be chosen; empty: the whole table.</summary>
    public Codes Prerequis { get; init; } = Codes.Aucun;

    /// <summary>CertifInfo codes that may be entered; empty: any.</summary>
    public Codes CodesCertifinfo { get; init; } = Codes.Aucun;

    /// <summary>First day on which offers may be created and sent; <c>null</c>: no limit.</summary>
    public DateOnly? OuvertureSaisie { get; init; }

    /// <summary>Last day on which offers may be created and sent; <c>null</c>: no limit (decision 50: saving stays allowed).</summary>
    public DateOnly? FermetureSaisie { get; init; }

    /// <summary>True when an information collective is needed to feed Kairos, Ouiform and the regional sites.</summary>
    public bool InformationCollectiveRequise { get; init; } = true;

    /// <summary>Expectation of a field, or <c>null</c>.</summary>
    public AttenteChamp? Of(string champ) => Champs.FirstOrDefault(attente => attente.Champ == champ);

    /// <summary>True while offers may be created and sent on <paramref name="day"/>.</summary>
    public bool EstOuverteLe(DateOnly day) => (OuvertureSaisie is not { } first || day >= first) && (FermetureSaisie is not { } last || day <= last);
}

/// <summary>The expectations of a programme from a date on: the latest line whose date is past applies.</summary>
public sealed class ReglagesProgramme
{
    /// <summary>Row number.</summary>
    public int Id { get; init; }

    /// <summary>
    /// Code of the programme concerned. The programme may not be there yet: shipped settings wait for the Région's file, and survive its programmes.
    /// </summary>
    public required string CodeProgramme { get; init; }

    /// <summary>First day on which these expectations apply.</summary>
    public required DateOnly ApplicableLe { get; set; }

    /// <summary>The expectations.</summary>
    public required Attentes Attentes { get; set; }

    /// <summary>Where these expectations come from, for the Cariforef, up to 500 characters.</summary>
    public string? Remarque { get; set; }

    /// <summary>Changes at each save.</summary>
    public int Version { get; set; }
}

internal sealed class ReglagesProgrammeMapping : IEntityTypeConfiguration<ReglagesProgramme>
{
    public void Configure(EntityTypeBuilder<ReglagesProgramme> builder)
    {
        builder.ToTable("reglages_programme");
        builder.Property(r => r.Attentes).HasConversion(
            attentes => JsonSerializer.Serialize(attentes, JsonSerializerOptions.Web),
            json => JsonSerializer.Deserialize<Attentes>(json, JsonSerializerOptions.Web)!);
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.Property(r => r.CodeProgramme).HasMaxLength(40);
        builder.Property(r => r.Remarque).HasMaxLength(500);
        builder.HasIndex(r => new { r.CodeProgramme, r.ApplicableLe }).IsUnique();
    }
}
