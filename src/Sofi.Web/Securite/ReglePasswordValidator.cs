using Microsoft.AspNetCore.Identity;
using Sofi.Core.Comptes;

namespace Sofi.Web.Securite;

/// <summary>Gives ASP.NET Core Identity the password rule of Sofi (<see cref="RegleMotDePasse"/>), in place of its own.</summary>
internal sealed class ReglePasswordValidator : IPasswordValidator<Compte>
{
    public Task<IdentityResult> ValidateAsync(UserManager<Compte> manager, Compte user, string? password)
    {
        var faults = RegleMotDePasse.Faults(password, user.Nom, user.Email);
        return Task.FromResult(faults.Count == 0
            ? IdentityResult.Success
            : IdentityResult.Failed([.. faults.Select(fault => new IdentityError { Code = nameof(RegleMotDePasse), Description = fault })]));
    }
}
