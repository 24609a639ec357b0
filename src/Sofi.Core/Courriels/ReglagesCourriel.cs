namespace Sofi.Core.Courriels;

/// <summary>The mail server.</summary>
/// <param name="Hote">Its name.</param>
/// <param name="Port">Its port; 587 for STARTTLS, 465 for TLS from the first byte, 25 in clear by default.</param>
/// <param name="Chiffrement">How the connection is protected.</param>
/// <param name="Utilisateur">Name to sign in with; <c>null</c> for a server that asks for none.</param>
/// <param name="MotDePasse">Its password.</param>
public sealed record ServeurSmtp(string Hote, int Port, Chiffrement Chiffrement, string? Utilisateur, string? MotDePasse)
{
    /// <summary>Reads <c>smtp://user:password@host:587</c> (STARTTLS, required), <c>smtps://…</c> (TLS), or <c>smtp://localhost:25?clair</c>.</summary>
    /// <exception cref="FormatException">The text is no such address; the message says so in French.</exception>
    public static ServeurSmtp Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("smtp" or "smtps") || uri.Host.Length == 0)
            throw new FormatException("SOFI_SMTP s’écrit smtp://utilisateur:motdepasse@serveur:587, smtps://… ou smtp://localhost:25?clair.");
        var chiffrement = uri.Scheme == "smtps" ? Chiffrement.Tls : uri.Query == "?clair" ? Chiffrement.Aucun : Chiffrement.StartTls;
        var port = uri.Port > 0 ? uri.Port : chiffrement switch { Chiffrement.Tls => 465, Chiffrement.StartTls => 587, _ => 25 };
        var user = uri.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        return new ServeurSmtp(uri.Host, port, chiffrement, user[0].Length == 0 ? null : user[0], user.Length == 2 ? user[1] : null);
    }
}

/// <summary>How the connection to the mail server is protected.</summary>
public enum Chiffrement
{
    /// <summary>STARTTLS, required: a server that does not offer it receives nothing, least of all the password.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>In clear: a relay on the same machine.</summary>
    Aucun,
}

/// <summary>How mails leave.</summary>
/// <param name="Dossier">Folder of the <c>.eml</c> files written when there is no server.</param>
public sealed record ReglagesCourriel(string Dossier)
{
    /// <summary>Mail server (<c>SOFI_SMTP</c>); <c>null</c>: mails are written to <see cref="Dossier"/>.</summary>
    public ServeurSmtp? Smtp { get; init; }

    /// <summary>Sender of every mail (<c>SOFI_EXPEDITEUR</c>).</summary>
    public string Expediteur { get; init; } = "offre@cariforef-pdl.org";

    /// <summary>Address of the site, without a slash at its end: where the links of mails lead (<c>SOFI_ADRESSE</c>).</summary>
    public string Adresse { get; init; } = "http://localhost:5080";

    /// <summary>Reads <c>SOFI_SMTP</c>, <c>SOFI_EXPEDITEUR</c> and <c>SOFI_ADRESSE</c>.</summary>
    /// <param name="read">Reads a setting by its name.</param>
    /// <param name="dossier">Folder of the <c>.eml</c> files.</param>
    public static ReglagesCourriel From(Func<string, string?> read, string dossier)
    {
        var byDefault = new ReglagesCourriel(dossier);
        return byDefault with
        {
            Smtp = read("SOFI_SMTP") is { Length: > 0 } server ? ServeurSmtp.Parse(server) : null,
            Expediteur = read("SOFI_EXPEDITEUR") is { Length: > 0 } sender ? sender : byDefault.Expediteur,
            Adresse = read("SOFI_ADRESSE") is { Length: > 0 } address ? address.TrimEnd('/') : byDefault.Adresse,
        };
    }
}
