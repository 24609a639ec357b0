using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.AspNetCore.Mvc;
using Sofi.Core.Comptes;
using Sofi.Core.Data;
using Sofi.Core.Installation;
using Sofi.Web.Taches;

namespace Sofi.Web.Securite;

/// <summary>Accounts, cookies, antiforgery: everything about who may enter.</summary>
internal static class SecurityServices
{
    /// <summary>Registers identity; limited tries are in <see cref="ConnexionService"/>, the password rule in <see cref="RegleMotDePasse"/>.</summary>
    public static IServiceCollection AddSofiSecurity(this IServiceCollection services, SofiSettings settings, IHostEnvironment environment)
    {
        // Only ./run on a developer's machine speaks plain HTTP.
        var secure = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        services.AddDataProtection().SetApplicationName("Sofi").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.DataFolder, "cles")));
        services.AddScoped<IPasswordValidator<Compte>, ReglePasswordValidator>();
        services.AddIdentityCore<Compte>(options => options.User.RequireUniqueEmail = true)
            .AddUserStore<UserOnlyStore<Compte, SofiDbContext, int>>()
            .AddSignInManager();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, options => SessionCookie(options, secure))
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, options => CodeCookie(options, secure));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "sofi-formulaire";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = secure;
            // The content security policy says it, more strictly.
            options.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<CookieTempDataProviderOptions>(options =>
        {
            options.Cookie.Name = "sofi-annonce";
            options.Cookie.SecurePolicy = secure;
        });
        services.AddAuthorization(Acces.AddPolicies);
        services.AddHttpContextAccessor();
        services.AddScoped<UtilisateurCourant>();
        services.AddScoped<ConnexionService>();
        services.AddScoped<SecondFacteurService>();
        services.AddScoped<PosteService>();
        services.AddSingleton<LimiteurDebit>();
        services.AddHostedService<EnvoiCourriels>();
        return services;
    }

    private static void SessionCookie(CookieAuthenticationOptions options, CookieSecurePolicy secure)
    {
        options.Cookie.Name = "sofi-session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = secure;
        options.LoginPath = "/connexion";
        options.ReturnUrlParameter = "retour";
        options.ExpireTimeSpan = SessionCompte.Duree;
        options.SlidingExpiration = true;
        var redirect = options.Events.OnRedirectToLogin;
        options.Events.OnRedirectToLogin = context => context.Request.Headers.ContainsKey("HX-Request") ? LeaveForLogin(context) : redirect(context);
        // A page that the role does not open is refused where it stands, under its own address.
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    /// <summary>Between a right password and its code: ten minutes.</summary>
    private static void CodeCookie(CookieAuthenticationOptions options, CookieSecurePolicy secure)
    {
        options.Cookie.Name = "sofi-code";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = secure;
        options.ExpireTimeSpan = TimeSpan.FromMinutes(10);
        options.SlidingExpiration = false;
    }

    /// <summary>A list refreshed after the session ended: the whole page goes to the sign-in, and comes back.</summary>
    private static Task LeaveForLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var back = Uri.TryCreate(context.Request.Headers["HX-Current-URL"], UriKind.Absolute, out var page) ? page.PathAndQuery : "/";
        context.Response.Headers["HX-Redirect"] = "/connexion?retour=" + Uri.EscapeDataString(back);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
