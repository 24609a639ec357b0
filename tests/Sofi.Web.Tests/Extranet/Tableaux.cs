namespace Sofi.Web.Tests.Extranet;

/// <summary>Reads tables as a person sees them.</summary>
internal static class Tableaux
{
    /// <summary>Rows of a table: the cells that hold something, put end to end; the buttons of a line are left out.</summary>
    public static List<string> Rows(this PageHtml page, string within) => [.. page.Document.QuerySelectorAll(within + " tbody tr").Select(row =>
        string.Join(" | ", row.Children.Where(cell => cell.QuerySelector(".actions-ligne, input") is null).Select(cell => PageHtml.Clean(cell.TextContent)).Where(text => text.Length > 0)))];

    /// <summary>The first cell of each row.</summary>
    public static List<string> Heads(this PageHtml page, string within) => [.. page.Document.QuerySelectorAll(within + " tbody tr").Select(row => PageHtml.Clean(row.Children[0].TextContent))];
}
