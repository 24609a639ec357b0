using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Data;

namespace Sofi.Core.Offre;

/// <summary>
/// A published session as lists and counters read it: projected from the publication, never edited. It holds dates, never "is active" flags:
/// what the calendar changes needs no write.
/// </summary>
public sealed class SessionPubliee
{
    /// <summary>Number S.</summary>
    public required int SessionNumero { get; init; }

    /// <summary>Number A.</summary>
    public required int ActionNumero { get; init; }

    /// <summary>Number F.</summary>
    public required int FormationNumero { get; init; }

    /// <summary>Établissement that owns the offer.</summary>
    public required int EtablissementNumero { get; init; }

    /// <summary>Intitulé of the formation, with the action's complement.</summary>
    public required string Intitule { get; init; }

    /// <summary>Raison sociale of the Site dispensateur.</summary>
    public required string SiteDispensateur { get; init; }

    /// <summary>Commune of the Site lieu.</summary>
    public required string CommuneLieu { get; init; }

    /// <summary>Start.</summary>
    public required DateOnly DateDebut { get; init; }

    /// <summary>End.</summary>
    public required DateOnly DateFin { get; init; }

    /// <summary>Codes of its dispositifs: "Code dispositif" (decision 3).</summary>
    public required Codes CodesDispositif { get; init; }

    /// <summary>Intitulés of its regional programmes; empty for none.</summary>
    public required string Programmes { get; init; }

    /// <summary>Numbers of its lots; empty for none.</summary>
    public required string Lots { get; init; }

    /// <summary>True with a dispositif of a regional programme.</summary>
    public required bool ProgrammeRegional { get; init; }

    /// <summary>True with a contrat d'apprentissage.</summary>
    public required bool Apprentissage { get; init; }

    /// <summary>True with a contrat de professionnalisation.</summary>
    public required bool Professionnalisation { get; init; }

    /// <summary>True with a formation initiale.</summary>
    public required bool Initiale { get; init; }

    /// <summary>True when taught mixte or à distance, or with FOAD (decision 29).</summary>
    public required bool ADistance { get; init; }

    /// <summary>Folded intitulé, for search and sort.</summary>
    public required string IntituleRecherche { get; init; }

    /// <summary>Folded Site dispensateur, for search and sort.</summary>
    public required string SiteRecherche { get; init; }

    /// <summary>Folded commune, for search and sort.</summary>
    public required string CommuneRecherche { get; init; }

    /// <summary>Codes of the dispositifs as the list shows them, for search and sort.</summary>
    public required string DispositifsRecherche { get; init; }

    /// <summary>Folded programmes and lots, for search and sort.</summary>
    public required string LotsRecherche { get; init; }

    /// <summary>All that is shown of the line, folded, for "Rechercher".</summary>
    public required string Recherche { get; init; }

    /// <summary>Code FAS: <c>19482-89393-143842</c>.</summary>
    public string CodeFas => $"{FormationNumero}-{ActionNumero}-{SessionNumero}";
}

internal sealed class SessionPublieeMapping : IEntityTypeConfiguration<SessionPubliee>
{
    public void Configure(EntityTypeBuilder<SessionPubliee> builder)
    {
        builder.ToTable("session_publiee");
        builder.HasKey(s => s.SessionNumero);
        builder.Property(s => s.SessionNumero).ValueGeneratedNever();
        builder.Ignore(s => s.CodeFas);
        builder.HasIndex(s => new { s.EtablissementNumero, s.DateFin });
        builder.HasIndex(s => s.ActionNumero);
    }
}
