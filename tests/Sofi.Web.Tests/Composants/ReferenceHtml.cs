using System.Runtime.CompilerServices;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Sofi.Web.Tests.Composants;

/// <summary>
/// Compares a component with its reference HTML (<c>References/*.html</c>): same elements, attributes and texts, whatever the indentation
/// and the order of attributes. A missing reference is written beside the others, to be read before it is committed.
/// </summary>
internal static class ReferenceHtml
{
    public static void AssertSame(string name, IElement component, [CallerFilePath] string here = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(here)!, "References", name + ".html");
        var actual = Normalize(component);
        if (!File.Exists(file))
        {
            File.WriteAllText(file, actual);
            Assert.Fail($"{name}.html did not exist and was written: read it, then commit it.");
        }

        var reference = new HtmlParser().ParseDocument(File.ReadAllText(file)).Body!.FirstElementChild!;
        Assert.Equal(Normalize(reference), actual);
    }

    /// <summary>One element a line, indented, attributes sorted, versions of files left out.</summary>
    private static string Normalize(IElement element)
    {
        var lines = new List<string>();
        Write(element, 0, lines);
        return string.Join('\n', lines) + "\n";
    }

    private static void Write(INode node, int depth, List<string> lines)
    {
        var indent = new string(' ', depth * 2);
        if (node is IText text)
        {
            var content = PageHtml.Clean(text.Data);
            if (content.Length > 0) lines.Add(indent + Encode(content));
            return;
        }

        if (node is not IElement element) return;
        var attributes = string.Concat(element.Attributes.OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => $" {a.Name}=\"{Value(a)}\""));
        var isVoid = element.LocalName is "input" or "br";
        lines.Add($"{indent}<{element.LocalName}{attributes}>");
        foreach (var child in element.ChildNodes) Write(child, depth + 1, lines);
        if (!isVoid) lines.Add($"{indent}</{element.LocalName}>");
    }

    private static string Value(IAttr attribute)
    {
        var value = attribute.Value;
        if (attribute.Name == "href" && value.Contains("?v=", StringComparison.Ordinal)) value = value[..value.IndexOf('?', StringComparison.Ordinal)] + value[value.IndexOf('#', StringComparison.Ordinal)..];
        return Encode(value);
    }

    private static string Encode(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
