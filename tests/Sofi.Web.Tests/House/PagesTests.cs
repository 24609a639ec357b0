using System.Text.RegularExpressions;

namespace Sofi.Web.Tests.House;

/// <summary>What every page is written like.</summary>
public partial class PagesTests
{
    private static IEnumerable<string> Views => Depot.Files("src/Sofi.Web/Pages", "*.cshtml");

    [Fact]
    public void No_page_holds_inline_script_or_style()
    {
        Assert.NotEmpty(Views);
        Assert.All(Views, view =>
        {
            var fault = Inline().Match(File.ReadAllText(view));
            Assert.False(fault.Success, $"{Depot.Relative(view)}: {fault.Value}");
        });
    }

    [Fact]
    public void Every_page_says_what_it_is_for()
    {
        var models = Depot.Files("src/Sofi.Web/Pages", "*.cshtml.cs").ToList();
        Assert.NotEmpty(models);
        Assert.All(models, model =>
        {
            var source = File.ReadAllText(model);
            Assert.True(Documented().IsMatch(source), $"{Depot.Relative(model)}: a page model needs its docstring.");
        });
    }

    [Fact]
    public void Every_page_has_its_model_beside_it()
    {
        var pages = Views.Where(view => File.ReadLines(view).FirstOrDefault()?.StartsWith("@page", StringComparison.Ordinal) == true).ToList();
        Assert.All(pages, page => Assert.True(File.Exists(page + ".cs"), $"{Depot.Relative(page)} has no page model."));
    }

    [GeneratedRegex("""<script(?![^>]*\ssrc=)|<style|\sstyle="|\son[a-z]+="|javascript:""", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex(@"/// (<summary>.+</summary>|</summary>)\r?\n(\[.*\]\r?\n)*public (sealed )?(partial )?(abstract )?class \w+Model\b")]
    private static partial Regex Documented();
}
