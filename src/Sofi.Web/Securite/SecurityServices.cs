using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Installation;

namespace Sofi.Web.Securite;

/// <summary>Accounts, cookies, lockout, antiforgery: everything about who may enter.</summary>
internal static class SecurityServices
{
    /// <summary>Registers identity with the CNIL 2022-100 rules: eight characters of three kinds at least, because tries are limited.</summary>
    public static IServiceCollection AddSofiSecurity(this IServiceCollection services, SofiSettings settings)
    {
        services.AddDataProtection().SetApplicationName("Sofi").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.DataFolder, "cles")));
        services.AddIdentityCore<Compte>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
                options.Password.RequiredLength = 8;
                options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
            })
            .AddUserStore<UserOnlyStore<Compte, SofiDbContext, int>>()
            .AddSignInManager();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, Cookie);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "sofi-formulaire";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddAuthorization(Acces.AddPolicies);
        services.AddHttpContextAccessor();
        services.AddScoped<UtilisateurCourant>();
        return services;
    }

    private static void Cookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "sofi-session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.LoginPath = "/connexion";
        options.AccessDeniedPath = "/acces-refuse";
        options.ReturnUrlParameter = "retour";
        options.ExpireTimeSpan = TimeSpan.FromHours(10);
        options.SlidingExpiration = true;
    }
}
