using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Data;

namespace Sofi.Core.Journal;

/// <summary>Who acts: an account, or Sofi itself (first start, command line, nightly work).</summary>
/// <param name="CompteId">Number of the account; <c>null</c> for Sofi itself.</param>
/// <param name="Nom">Displayed name, kept as it was at that moment.</param>
public sealed record Auteur(int? CompteId, string Nom)
{
    /// <summary>Sofi itself: first start, command line.</summary>
    public static readonly Auteur Systeme = new(null, "Sofi");
}

/// <summary>What a process was for. Stored by name: names are stable.</summary>
public enum NatureProcessus
{
    /// <summary>A fiche was created or saved by an organisme de formation.</summary>
    Saisie,

    /// <summary>An action was sent to the Cariforef, withdrawn, or a session set aside.</summary>
    Envoi,

    /// <summary>The Cariforef validated or refused an action.</summary>
    Validation,

    /// <summary>A file was imported (Région, CertifInfo, RNCP…).</summary>
    Import,

    /// <summary>The Cariforef changed reference data: CertifInfo sheet, programme settings, dispositifs.</summary>
    Referentiel,

    /// <summary>An account was created, changed, locked or signed in.</summary>
    Compte,

    /// <summary>An organisation, place or contact was created or changed.</summary>
    Organisme,
}

/// <summary>One value that changed.</summary>
/// <param name="Champ">Name of the property, as in the code (stable).</param>
/// <param name="Avant">Former value as text; <c>null</c> when there was none.</param>
/// <param name="Apres">New value as text; <c>null</c> when it was erased.</param>
public sealed record Changement(string Champ, string? Avant, string? Apres)
{
    /// <summary>The properties that differ between two values of the same type; all filled ones when <paramref name="before"/> is <c>null</c>.</summary>
    public static IReadOnlyList<Changement> Between<T>(T? before, T after) where T : class
    {
        var changes = new List<Changement>();
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0))
        {
            var (old, current) = (before is null ? null : Format(property.GetValue(before)), Format(property.GetValue(after)));
            if (old != current) changes.Add(new Changement(property.Name, old, current));
        }

        return changes;
    }

    private static string? Format(object? value) => value switch
    {
        null => null,
        string text => text.Length == 0 ? null : text,
        // 0 and 0.00 are one amount, whichever the database gives back.
        decimal number => number.ToString("0.############", System.Globalization.CultureInfo.InvariantCulture),
        Codes codes => codes.Count == 0 ? null : codes.ToString(),
        IFormattable formattable => formattable.ToString(value is DateOnly ? "yyyy-MM-dd" : null, System.Globalization.CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value, JournalJson.Options),
    };
}

internal static class JournalJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}

/// <summary>One thing done by one author at one instant; its events say what changed. Never updated, never deleted.</summary>
public sealed class Processus
{
    /// <summary>Number, in order of writing.</summary>
    public long Id { get; private set; }

    /// <summary>What the process was for.</summary>
    public required NatureProcessus Nature { get; init; }

    /// <summary>Account of the author; <c>null</c> for Sofi itself.</summary>
    public required int? CompteId { get; init; }

    /// <summary>Name of the author at that moment.</summary>
    public required string Auteur { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTime Instant { get; init; }

    /// <summary>What changed; never empty once saved.</summary>
    public List<Evenement> Evenements { get; } = [];
}

/// <summary>One event of a process: its type, its object, the values that changed.</summary>
public sealed class Evenement
{
    /// <summary>Number, in order of writing.</summary>
    public long Id { get; private set; }

    /// <summary>Process that it belongs to.</summary>
    public long ProcessusId { get; private set; }

    /// <summary>Type, stable name such as <c>SessionModifiee</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Kind of object: <c>formation</c>, <c>action</c>, <c>session</c>, <c>dispositif</c>, <c>compte</c>, <c>import</c>…</summary>
    public required string Objet { get; init; }

    /// <summary>Number or code of the object.</summary>
    public required string Cle { get; init; }

    /// <summary>Action concerned, when there is one: the history of an action reads it.</summary>
    public int? ActionNumero { get; init; }

    /// <summary>Changed values (<see cref="Changement"/>), as JSON.</summary>
    public required string Detail { get; init; }

    /// <summary>The changed values, read from <see cref="Detail"/>.</summary>
    public IReadOnlyList<Changement> Changements => JsonSerializer.Deserialize<List<Changement>>(Detail, JournalJson.Options)!;
}

/// <summary>
/// The journal: each change is written here in the transaction of the change itself. Silent when nothing changed.
/// </summary>
public sealed class JournalService(SofiDbContext db, TimeProvider clock)
{
    /// <summary>Opens a process. Nothing is written until an event is added and the context is saved.</summary>
    public Ecriture Begin(NatureProcessus nature, Auteur auteur) => new(db, nature, auteur, clock.UtcInstant());
}

/// <summary>A process being written.</summary>
public sealed class Ecriture
{
    private readonly SofiDbContext db;
    private readonly Processus process;

    internal Ecriture(SofiDbContext db, NatureProcessus nature, Auteur auteur, DateTime instant)
    {
        this.db = db;
        process = new Processus { Nature = nature, CompteId = auteur.CompteId, Auteur = auteur.Nom, Instant = instant };
    }

    /// <summary>Adds an event with its changed values.</summary>
    /// <param name="type">Stable name of the event.</param>
    /// <param name="objet">Kind of object.</param>
    /// <param name="cle">Number or code of the object.</param>
    /// <param name="changes">What changed; with <paramref name="evenIfEmpty"/> false an empty list adds nothing.</param>
    /// <param name="action">Action concerned, when there is one.</param>
    /// <param name="evenIfEmpty">True for events that are facts by themselves (sent, validated…).</param>
    public Ecriture Add(string type, string objet, object cle, IReadOnlyList<Changement> changes, int? action = null, bool evenIfEmpty = false)
    {
        if (changes.Count == 0 && !evenIfEmpty) return this;
        if (process.Evenements.Count == 0) db.Add(process);
        process.Evenements.Add(new Evenement
        {
            Type = type,
            Objet = objet,
            Cle = Convert.ToString(cle, System.Globalization.CultureInfo.InvariantCulture)!,
            ActionNumero = action,
            Detail = JsonSerializer.Serialize(changes, JournalJson.Options),
        });
        return this;
    }
}

internal sealed class ProcessusMapping : IEntityTypeConfiguration<Processus>
{
    public void Configure(EntityTypeBuilder<Processus> builder)
    {
        builder.ToTable("processus");
        builder.Property(p => p.Nature).HasConversion<string>().HasMaxLength(40);
        builder.Property(p => p.Auteur).HasMaxLength(200);
        builder.HasMany(p => p.Evenements).WithOne().HasForeignKey(e => e.ProcessusId);
        builder.HasIndex(p => p.Instant);
    }
}

internal sealed class EvenementMapping : IEntityTypeConfiguration<Evenement>
{
    public void Configure(EntityTypeBuilder<Evenement> builder)
    {
        builder.ToTable("evenement");
        builder.Property(e => e.Type).HasMaxLength(80);
        builder.Property(e => e.Objet).HasMaxLength(40);
        builder.Property(e => e.Cle).HasMaxLength(80);
        builder.Ignore(e => e.Changements);
        builder.HasIndex(e => new { e.Objet, e.Cle });
        builder.HasIndex(e => e.ActionNumero);
    }
}
