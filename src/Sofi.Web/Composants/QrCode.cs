using System.Globalization;
using System.Text;
using QRCoder;

namespace Sofi.Web.Composants;

/// <summary>A QR code as the path of a drawing: one small square for each dark module, within the quiet zone that readers ask for.</summary>
/// <param name="Cote">Modules on a side.</param>
/// <param name="Trace">Path of the dark modules (SVG).</param>
public sealed record QrCode(int Cote, string Trace)
{
    /// <summary>Draws a text.</summary>
    public static QrCode Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var y = 0; y < data.ModuleMatrix.Count; y++)
            for (var x = 0; x < data.ModuleMatrix[y].Count; x++)
                if (data.ModuleMatrix[y][x]) path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        return new QrCode(data.ModuleMatrix.Count, path.ToString());
    }
}
