using System.Text;

namespace Sofi.Core.Data;

/// <summary>Finds out how a text file is written: spreadsheets in French offices still write Windows-1252.</summary>
public static class TextEncoding
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>UTF-16 when its mark says so, UTF-8 when the whole content is, else Windows-1252; <c>null</c> when the content is not text.</summary>
    /// <param name="stream">Seekable content, left at its start.</param>
    public static Encoding? Detect(Stream stream)
    {
        stream.Position = 0;
        try
        {
            return Read(stream);
        }
        finally
        {
            stream.Position = 0;
        }
    }

    private static Encoding? Read(Stream stream)
    {
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var (bytes, chars) = (new byte[1 << 16], new char[1 << 16]);
        Encoding found = Encoding.UTF8;
        for (var block = 0; ; block++)
        {
            var content = bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
            if (block == 0 && content.StartsWith(Encoding.Unicode.Preamble)) return Encoding.Unicode;
            if (block == 0 && content.StartsWith(Encoding.BigEndianUnicode.Preamble)) return Encoding.BigEndianUnicode;
            if (content.Contains((byte)0)) return null;
            var last = content.Length < bytes.Length;
            try
            {
                if (found == Encoding.UTF8) decoder.GetChars(content, chars, flush: last);
            }
            catch (DecoderFallbackException)
            {
                found = Windows1252;
            }

            if (last) return found;
        }
    }
}
