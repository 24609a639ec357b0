using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sofi.Web.Composants;
using Sofi.Web.Securite;

namespace Sofi.Web.Pages;

/// <summary>Says in French why a page cannot be shown, and what to do: 400, 403, 404, 413, 429, 500. Never reached by a link.</summary>
[IgnoreAntiforgeryToken]
public class ErreurModel(UtilisateurCourant courant) : PageModel
{
    public string Titre { get; private set; } = "";

    public IReadOnlyList<string> Explication { get; private set; } = [];

    public string Accueil { get; private set; } = "/";

    public void OnGet() => Show();

    // The address that failed may have been posted to; its body, perhaps the cause, is not read again.
    public void OnPost() => Show();

    private void Show()
    {
        Response.StatusCode = Code();
        if (courant.OrNull is { } person) Accueil = Espaces.Of(person.Role).Home();
        (Titre, string[] sentences) = Response.StatusCode switch
        {
            403 when courant.OrNull is { LectureSeule: true } => ("Lecture seule", new[] { "Vous êtes au poste d’un organisme, en lecture seule. Rien n’a été enregistré." }),
            403 when courant.Poste is not null => ("Accès refusé", new[] { "Vous êtes au poste d’un organisme : quittez-le pour revenir aux pages du Cariforef." }),
            403 => ("Accès refusé", new[] { "Votre compte n’ouvre pas cette page. Si vous en avez besoin, demandez-le au service Offre du Cariforef." }),
            404 => ("Page introuvable", new[] { "L’adresse est inexacte, ou la page n’existe plus. Vérifiez l’adresse, ou repartez de l’accueil." }),
            413 => ("Envoi trop volumineux", new[] { "Ce que vous avez envoyé dépasse la taille admise. Rien n’a été enregistré.", "Revenez à la page précédente et envoyez un fichier plus petit." }),
            429 => ("Trop de demandes", new[] { $"Pour protéger les comptes, Sofi limite les essais venus d’une même connexion. Réessayez dans {Wait()}.", "Si vous êtes plusieurs à partager cette connexion, le service Offre du Cariforef peut vous aider." }),
            >= 500 => ("Une erreur s’est produite", new[] { "Elle vient de Sofi, pas de vous. Rien n’a été enregistré à moitié.", "Revenez à la page précédente et recommencez. Si l’erreur revient, prévenez le service Offre du Cariforef." }),
            _ => ("Demande non reçue", new[] { "Le formulaire a expiré, ou vous vous êtes connecté autrement depuis son affichage. Rien n’a été enregistré.", "Revenez à la page précédente, copiez votre saisie, rechargez la page puis envoyez de nouveau." }),
        };
        Explication = sentences;
    }

    /// <summary>The wait that the answer gives to machines in <c>Retry-After</c>, in minutes for people.</summary>
    private string Wait()
    {
        _ = int.TryParse(Response.Headers.RetryAfter, CultureInfo.InvariantCulture, out var seconds);
        var minutes = Math.Max(1, (seconds + 59) / 60);
        return minutes == 1 ? "une minute" : $"{minutes} minutes";
    }

    private int Code()
    {
        if (HttpContext.Features.Get<IExceptionHandlerFeature>() is not null) return Response.StatusCode;
        return HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is null
            ? StatusCodes.Status404NotFound
            : int.Parse((string)RouteData.Values["code"]!, CultureInfo.InvariantCulture);
    }
}
