using Sofi.Web.Composants;

namespace Sofi.Web.Pages.Extranet;

/// <summary>A select whose values depend on the one above it ("Formations publiques").</summary>
/// <param name="Id">Id of the control, and key of its fault.</param>
/// <param name="Nom">Name in the address.</param>
/// <param name="Libelle">Label.</param>
/// <param name="Choix">Values offered.</param>
/// <param name="Valeur">Value chosen.</param>
/// <param name="Faute">What is missing.</param>
/// <param name="Vide">What the list says when it has no value to offer.</param>
public sealed record ListeDependante(
    string Id, string Nom, string Libelle, IReadOnlyList<Choix> Choix, string? Valeur, string? Faute, string Vide = "Choisissez d’abord la liste du dessus");
