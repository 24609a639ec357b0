namespace Sofi.Web.Securite;

/// <summary>Largest bodies received. A page that takes files raises its own with <c>[RequestSizeLimit]</c> and <c>[RequestFormLimits]</c>.</summary>
public static class Limits
{
    /// <summary>A form without file: 1 MiB, ten times the longest fiche filled to its limits.</summary>
    public const int Form = 1024 * 1024;
}
