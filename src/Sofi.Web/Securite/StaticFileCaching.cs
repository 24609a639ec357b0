using Microsoft.AspNetCore.StaticFiles;

namespace Sofi.Web.Securite;

/// <summary>How long a browser keeps our files: for ever when their address carries their version, a week otherwise.</summary>
internal static class StaticFileCaching
{
    public static void Apply(StaticFileResponseContext context)
    {
        var versioned = context.Context.Request.Query.ContainsKey("v");
        context.Context.Response.Headers.CacheControl = versioned ? "public, max-age=31536000, immutable" : "public, max-age=604800";
    }
}
