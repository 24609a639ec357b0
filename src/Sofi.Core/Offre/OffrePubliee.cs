namespace Sofi.Core.Offre;

/// <summary>
/// A published action as every reader gets it: validated content, latest live facts, published contacts (DESIGN §2.4).
/// LHÉO, catalogue, index, pages and API are functions of this value; none of them sees the tables.
/// </summary>
/// <param name="Offre">The last validated snapshot, with the latest live facts put back in.</param>
/// <param name="VersionContenu">Version of the content, from 1.</param>
/// <param name="Contacts">Published contacts, by number.</param>
public sealed record OffrePubliee(OffreSaisie Offre, int VersionContenu, IReadOnlyDictionary<int, ContactVu> Contacts)
{
    /// <summary>Composes the value from its three parts.</summary>
    public static OffrePubliee Compose(OffreSaisie contenu, int version, FaitsAction faits, IEnumerable<ContactVu> contacts) => new(
        contenu with { Sessions = [.. contenu.Sessions.Select(session => faits.Sessions.FirstOrDefault(f => f.Numero == session.Numero)?.PutBack(session) ?? session)] },
        version, contacts.ToDictionary(contact => contact.Numero));
}

/// <summary>A published contact.</summary>
/// <param name="Numero">Number of the contact.</param>
/// <param name="Nom">Displayed name.</param>
/// <param name="Fonction">Function, or <c>null</c>.</param>
/// <param name="Courriel">E-mail address, or <c>null</c>.</param>
/// <param name="Telephone">Telephone number, or <c>null</c>.</param>
public sealed record ContactVu(int Numero, string Nom, string? Fonction, string? Courriel, string? Telephone);

/// <summary>The live facts of an action's sessions, as one revision keeps them.</summary>
public sealed record FaitsAction
{
    /// <summary>Schema of this record when it is serialised; an upcaster is added for each step.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>Facts by session.</summary>
    public IReadOnlyList<FaitsSession> Sessions { get; init; } = [];

    /// <summary>The same facts with a contact in the place of another.</summary>
    public FaitsAction ReplaceContact(int former, int next) => this with { Sessions = [.. Sessions.Select(session => session.ReplaceContact(former, next))] };

    /// <summary>Numbers of the contacts that the public sees (decision 26).</summary>
    public IEnumerable<int> ContactsPublics => Sessions.SelectMany(facts => facts.ContactsPublics).Distinct();
}

/// <summary>
/// The live facts of a session (decision 32): what the organisme changes at all times without a new validation.
/// </summary>
public sealed record FaitsSession
{
    /// <summary>Number of the session.</summary>
    public required int Numero { get; init; }

    /// <summary>État du recrutement.</summary>
    public string? EtatRecrutement { get; init; }

    /// <summary>Référent PMR.</summary>
    public int? ReferentPmr { get; init; }

    /// <summary>Référent PRF (not public).</summary>
    public int? ReferentPrf { get; init; }

    /// <summary>Référent mobilité.</summary>
    public int? ReferentMobilite { get; init; }

    /// <summary>Contact de la session.</summary>
    public int? ContactSession { get; init; }

    /// <summary>Mail de liaison (not public).</summary>
    public string? MailLiaison { get; init; }

    /// <summary>Informations collectives.</summary>
    public IReadOnlyList<LigneSaisie<FicheInformationCollective>> Informations { get; init; } = [];

    /// <summary>Périodes d'inscription.</summary>
    public IReadOnlyList<LigneSaisie<FichePeriodeInscription>> Periodes { get; init; } = [];

    /// <summary>Seats left, by row number of the dispositif.</summary>
    public IReadOnlyDictionary<int, int?> PlacesRestantes { get; init; } = new Dictionary<int, int?>();

    /// <summary>Takes the live facts out of a session.</summary>
    public static FaitsSession Of(SessionSaisie session) => new()
    {
        Numero = session.Numero,
        EtatRecrutement = session.Fiche.EtatRecrutement,
        ReferentPmr = session.Fiche.ReferentPmr,
        ReferentPrf = session.Fiche.ReferentPrf,
        ReferentMobilite = session.Fiche.ReferentMobilite,
        ContactSession = session.Fiche.ContactSession,
        MailLiaison = session.Fiche.MailLiaison,
        Informations = session.Informations,
        Periodes = session.Periodes,
        PlacesRestantes = session.Dispositifs.ToDictionary(d => d.Id, d => d.Fiche.NbPlacesRestantes),
    };

    /// <summary>What remains of a session once its live facts are taken out: the content that is validated.</summary>
    public static SessionSaisie TakeOut(SessionSaisie session) => new FaitsSession { Numero = session.Numero }.PutBack(session);

    /// <summary>The session with these live facts.</summary>
    public SessionSaisie PutBack(SessionSaisie session) => session with
    {
        Fiche = session.Fiche with
        {
            EtatRecrutement = EtatRecrutement,
            ReferentPmr = ReferentPmr,
            ReferentPrf = ReferentPrf,
            ReferentMobilite = ReferentMobilite,
            ContactSession = ContactSession,
            MailLiaison = MailLiaison,
        },
        Informations = Informations,
        Periodes = Periodes,
        Dispositifs = [.. session.Dispositifs.Select(d => d with { Fiche = d.Fiche with { NbPlacesRestantes = PlacesRestantes.GetValueOrDefault(d.Id) } })],
    };

    /// <summary>The same facts with a contact in the place of another.</summary>
    public FaitsSession ReplaceContact(int former, int next)
    {
        return this with
        {
            ReferentPmr = Other(ReferentPmr),
            ReferentPrf = Other(ReferentPrf),
            ReferentMobilite = Other(ReferentMobilite),
            ContactSession = Other(ContactSession),
        };

        int? Other(int? contact) => contact == former ? next : contact;
    }

    /// <summary>Numbers of the contacts that the public sees (decision 26).</summary>
    public IEnumerable<int> ContactsPublics => new[] { ReferentPmr, ReferentMobilite, ContactSession }.OfType<int>().Distinct();
}
