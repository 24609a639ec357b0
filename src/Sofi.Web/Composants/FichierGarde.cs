using System.IO.Compression;

namespace Sofi.Web.Composants;

/// <summary>
/// A small file kept in its own page between the preview and the apply, compressed in a hidden field: nothing to store, nothing to clean,
/// and the page can be left. What comes back is a file like another, read under the same limits.
/// </summary>
public static class FichierGarde
{
    /// <summary>The file as the value of a hidden field.</summary>
    public static string Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(content);
        return Convert.ToBase64String(packed.ToArray());
    }

    /// <summary>The file of a hidden field; <c>null</c> when it is damaged or larger than <paramref name="maxBytes"/>.</summary>
    public static byte[]? Unpack(string? value, long maxBytes)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(value ?? "")), CompressionMode.Decompress);
            using var content = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int read; (read = gzip.Read(buffer)) > 0;)
            {
                if (content.Length + read > maxBytes) return null;
                content.Write(buffer, 0, read);
            }

            return content.Length == 0 ? null : content.ToArray();
        }
        catch (Exception damaged) when (damaged is FormatException or InvalidDataException)
        {
            return null;
        }
    }
}
