using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sofi.Core.Data;
using Sofi.Core.Journal;

namespace Sofi.Core.Referentiels;

/// <summary>Whom to call, and where the tutorials are (procedure, page 12): one row, kept by the Cariforef.</summary>
public sealed class ServiceOffre
{
    /// <summary>Code of the only row.</summary>
    public const string CodeUnique = "offre";

    /// <summary>Always <see cref="CodeUnique"/>.</summary>
    public required string Code { get; init; }

    /// <summary>Name of the service, up to 100 characters.</summary>
    public required string Nom { get; set; }

    /// <summary>Telephone, up to 20 characters.</summary>
    public required string Telephone { get; set; }

    /// <summary>When one may call, up to 100 characters.</summary>
    public required string Horaires { get; set; }

    /// <summary>E-mail address, up to 256 characters.</summary>
    public required string Courriel { get; set; }

    /// <summary>Address of the tutorials, up to 400 characters.</summary>
    public required string Tutoriels { get; set; }

    /// <summary>Changes at each save.</summary>
    public int Version { get; set; }
}

/// <summary>A dated guide of a programme, or of all of them.</summary>
public sealed class Guide
{
    /// <summary>Number of the guide.</summary>
    public int Id { get; init; }

    /// <summary>Title, up to 200 characters.</summary>
    public required string Titre { get; set; }

    /// <summary>Programme as one names it, up to 100 characters; <c>null</c> for all programmes.</summary>
    public required string? Programme { get; set; }

    /// <summary>Date of this edition.</summary>
    public required DateOnly Date { get; set; }

    /// <summary>Where it is read, up to 400 characters.</summary>
    public required string Adresse { get; set; }

    /// <summary>Changes at each save.</summary>
    public int Version { get; set; }
}

/// <summary>Keeps "Ressources et contact". Each change answers what is wrong by field, or nothing when it is done.</summary>
public sealed class RessourceService(SofiDbContext db, JournalService journal)
{
    /// <summary>Longest title of a guide, in characters.</summary>
    public const int TitreMaximum = 200;

    private const int NomMaximum = 100;
    private const int AdresseMaximum = 400;

    private static readonly (string Champ, string Message)[] Gone = [("", "Quelqu’un a changé cette page pendant votre saisie : relisez-la, puis recommencez.")];

    /// <summary>Whom to call.</summary>
    public Task<ServiceOffre> ContactAsync(CancellationToken cancellation = default) =>
        db.Set<ServiceOffre>().AsNoTracking().FirstAsync(s => s.Code == ServiceOffre.CodeUnique, cancellation);

    /// <summary>The guides: those of all programmes, then by programme; the latest first.</summary>
    public async Task<IReadOnlyList<Guide>> GuidesAsync(CancellationToken cancellation = default)
    {
        var all = await db.Set<Guide>().AsNoTracking().ToListAsync(cancellation);
        return [.. all.OrderBy(g => Texte.Fold(g.Programme), StringComparer.Ordinal).ThenByDescending(g => g.Date).ThenBy(g => g.Id)];
    }

    /// <summary>Changes whom to call; silent when nothing changes.</summary>
    public async Task<IReadOnlyList<(string Champ, string Message)>> SaveContactAsync(ServiceOffre saisi, Auteur auteur, CancellationToken cancellation = default)
    {
        var faults = new List<(string, string)>();
        if (saisi.Nom.Length is 0 or > NomMaximum) faults.Add(("Nom", $"Écrivez le nom du service, en {NomMaximum} caractères au plus."));
        if (saisi.Telephone.Length is 0 or > 20) faults.Add(("Telephone", "Écrivez le numéro de téléphone."));
        if (saisi.Horaires.Length > NomMaximum) faults.Add(("Horaires", $"{NomMaximum} caractères au plus."));
        if (saisi.Courriel.Length > 256 || !saisi.Courriel.Contains('@', StringComparison.Ordinal)) faults.Add(("Courriel", "Écrivez une adresse e-mail."));
        if (!IsLink(saisi.Tutoriels)) faults.Add(("Tutoriels", "Écrivez une adresse qui commence par https://."));
        if (faults.Count > 0) return faults;

        var stored = await db.Set<ServiceOffre>().FirstAsync(s => s.Code == ServiceOffre.CodeUnique, cancellation);
        if (stored.Version != saisi.Version) return Gone;
        var changes = Changement.Between(Facts(stored), Facts(saisi));
        if (changes.Count == 0) return [];
        (stored.Nom, stored.Telephone, stored.Horaires, stored.Courriel, stored.Tutoriels) = (saisi.Nom, saisi.Telephone, saisi.Horaires, saisi.Courriel, saisi.Tutoriels);
        stored.Version++;
        journal.Begin(NatureProcessus.Referentiel, auteur).Add("ContactCariforefModifie", "ressource", stored.Code, changes);
        return await SaveAsync(cancellation);

        static FaitsContact Facts(ServiceOffre s) => new(s.Nom, s.Telephone, s.Horaires, s.Courriel, s.Tutoriels);
    }

    /// <summary>Adds a guide (number 0) or changes one.</summary>
    public async Task<IReadOnlyList<(string Champ, string Message)>> SaveGuideAsync(
        int id, int version, string? titre, string? programme, DateOnly? date, string? adresse, Auteur auteur, CancellationToken cancellation = default)
    {
        var faults = new List<(string, string)>();
        if (titre is not { Length: <= TitreMaximum }) faults.Add(("Titre", $"Écrivez le titre, en {TitreMaximum} caractères au plus."));
        if (programme?.Length > NomMaximum) faults.Add(("Programme", $"{NomMaximum} caractères au plus."));
        if (date is null) faults.Add(("Date", "Écrivez la date du guide."));
        if (!IsLink(adresse)) faults.Add(("Adresse", "Écrivez une adresse qui commence par https://."));
        if (faults.Count > 0) return faults;

        var guide = id == 0 ? null : await db.Set<Guide>().FirstOrDefaultAsync(g => g.Id == id && g.Version == version, cancellation);
        if (id != 0 && guide is null) return Gone;
        var before = guide is null ? null : Facts(guide);
        if (guide is null) db.Add(guide = new Guide { Titre = titre!, Programme = programme, Date = date!.Value, Adresse = adresse! });
        (guide.Titre, guide.Programme, guide.Date, guide.Adresse) = (titre!, programme, date!.Value, adresse!);
        var changes = Changement.Between(before, Facts(guide));
        if (changes.Count == 0) return [];
        guide.Version++;
        return await db.InTransactionAsync(
            async () =>
            {
                if (await SaveAsync(cancellation) is { Count: > 0 } gone) return gone;
                journal.Begin(NatureProcessus.Referentiel, auteur).Add(id == 0 ? "GuideAjoute" : "GuideModifie", "guide", guide.Id, changes);
                return await SaveAsync(cancellation);
            },
            cancellation);

        static FaitsGuide Facts(Guide g) => new(g.Titre, g.Programme, g.Date, g.Adresse);
    }

    /// <summary>Takes a guide away; one that is gone already changes nothing.</summary>
    public async Task RemoveGuideAsync(int id, Auteur auteur, CancellationToken cancellation = default)
    {
        if (await db.Set<Guide>().FirstOrDefaultAsync(g => g.Id == id, cancellation) is not { } guide) return;
        db.Remove(guide);
        journal.Begin(NatureProcessus.Referentiel, auteur).Add("GuideRetire", "guide", id, [new Changement("Titre", guide.Titre, null)]);
        await SaveAsync(cancellation);
    }

    /// <summary>What the journal tells of a contact.</summary>
    private sealed record FaitsContact(string Nom, string Telephone, string Horaires, string Courriel, string Tutoriels);

    /// <summary>What the journal tells of a guide.</summary>
    private sealed record FaitsGuide(string Titre, string? Programme, DateOnly Date, string Adresse);

    private static bool IsLink(string? text) =>
        text is { Length: <= AdresseMaximum } && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";

    private async Task<IReadOnlyList<(string, string)>> SaveAsync(CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
            return [];
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return Gone;
        }
    }
}

internal sealed class ServiceOffreMapping : IEntityTypeConfiguration<ServiceOffre>
{
    public void Configure(EntityTypeBuilder<ServiceOffre> builder)
    {
        builder.ToTable("service_offre");
        builder.HasKey(s => s.Code);
        builder.Property(s => s.Code).HasMaxLength(20);
        builder.Property(s => s.Nom).HasMaxLength(100);
        builder.Property(s => s.Telephone).HasMaxLength(20);
        builder.Property(s => s.Horaires).HasMaxLength(100);
        builder.Property(s => s.Courriel).HasMaxLength(256);
        builder.Property(s => s.Tutoriels).HasMaxLength(400);
        builder.Property(s => s.Version).IsConcurrencyToken();
    }
}

internal sealed class GuideMapping : IEntityTypeConfiguration<Guide>
{
    public void Configure(EntityTypeBuilder<Guide> builder)
    {
        builder.ToTable("guide");
        builder.Property(g => g.Titre).HasMaxLength(RessourceService.TitreMaximum);
        builder.Property(g => g.Programme).HasMaxLength(100);
        builder.Property(g => g.Adresse).HasMaxLength(400);
        builder.Property(g => g.Version).IsConcurrencyToken();
    }
}
