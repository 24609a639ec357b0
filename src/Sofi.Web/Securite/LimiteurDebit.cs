using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Sofi.Web.Securite;

/// <summary>Counts requests by key over a window of time. In the memory of each node: two nodes let through twice as much, still little.</summary>
public sealed class LimiteurDebit(TimeProvider clock)
{
    private const int MostKeys = 20_000;
    private readonly ConcurrentDictionary<string, Fenetre> windows = new();

    /// <summary>Takes one request of a key.</summary>
    /// <param name="key">What is counted.</param>
    /// <param name="most">Requests let through in a window.</param>
    /// <param name="length">Length of a window, from its first request on.</param>
    /// <returns><c>null</c> when it is let through, else how long to wait.</returns>
    public TimeSpan? Take(string key, int most, TimeSpan length)
    {
        var now = clock.GetUtcNow();
        if (windows.Count >= MostKeys) Forget(now);
        var window = windows.AddOrUpdate(key, _ => new Fenetre(now + length, 1), (_, w) => w.Fin <= now ? new Fenetre(now + length, 1) : w with { Nombre = w.Nombre + 1 });
        return window.Nombre <= most ? null : window.Fin - now;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, window) in windows)
            if (window.Fin <= now) windows.TryRemove(key, out _);
    }

    private sealed record Fenetre(DateTimeOffset Fin, int Nombre);
}

/// <summary>
/// Limits the forms of a page to a number in some minutes for each network address (IPv6: for each /64). Beyond it the answer is a 429 that says
/// in French how long to wait. A request without address (a socket of the same machine) is not counted: it would be everyone's.
/// </summary>
/// <param name="nombre">Forms let through.</param>
/// <param name="minutes">Length of the window.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LimiteAttribute(int nombre, int minutes) : Attribute, IAuthorizationFilter
{
    private const int PrefixBytes = 8;

    /// <summary>Forms let through in a window.</summary>
    public int Nombre => nombre;

    /// <summary>Length of a window, in minutes.</summary>
    public int Minutes => minutes;

    /// <inheritdoc/>
    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method) || http.Connection.RemoteIpAddress is not { } address) return;
        var key = $"{((PageActionDescriptor)context.ActionDescriptor).ViewEnginePath} {NetworkOf(address)}";
        if (http.RequestServices.GetRequiredService<LimiteurDebit>().Take(key, nombre, TimeSpan.FromMinutes(minutes)) is not { } wait) return;
        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        context.Result = new StatusCodeResult(StatusCodes.Status429TooManyRequests);
    }

    private static string NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() : Convert.ToHexString(address.GetAddressBytes().AsSpan(0, PrefixBytes));
    }
}
