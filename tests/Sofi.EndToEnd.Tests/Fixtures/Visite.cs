using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Sofi.EndToEnd.Tests;

/// <summary>A person before her browser window. What the browser complained of (script, content security policy) fails the test at the end.</summary>
public sealed class Visite : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    internal Visite(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        // A refused form is answered 400, which the browser also writes in its console: that is no complaint.
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.Contains("status of 4", StringComparison.Ordinal)) complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>Path and query of the present page.</summary>
    public string Address => new Uri(Page.Url).PathAndQuery;

    public Task<IResponse?> GoAsync(string path) => Page.GotoAsync(path);

    /// <summary>The button or the link of this name.</summary>
    public ILocator Control(string name) =>
        Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).Or(Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true })).First;

    /// <summary>Presses the button or follows the link of this name.</summary>
    public Task PressAsync(string name) => Control(name).ClickAsync();

    /// <summary>The field of this label, by its accessible name: the star is not part of it.</summary>
    public ILocator Field(string label)
    {
        var options = new PageGetByRoleOptions { Name = label, Exact = true };
        return new[] { AriaRole.Combobox, AriaRole.Searchbox }.Aggregate(Page.GetByRole(AriaRole.Textbox, options), (field, role) => field.Or(Page.GetByRole(role, options)))
            .Or(Page.GetByLabel(label, new() { Exact = true }).And(Page.Locator("input[type=password]")));
    }

    /// <summary>Types in the field of this label.</summary>
    public Task FillAsync(string label, string value) => Field(label).FillAsync(value);

    /// <summary>Chooses in the list of this label.</summary>
    public Task ChooseAsync(string label, string option) => Field(label).SelectOptionAsync(new SelectOptionValue { Label = option });

    /// <summary>Ticks a choice of the group of this legend.</summary>
    public Task CheckAsync(string group, string choice) =>
        Page.Locator("fieldset").Filter(new() { Has = Page.Locator("legend", new() { HasText = group }) }).GetByLabel(choice, new() { Exact = true }).CheckAsync();

    /// <summary>Waits until the browser is at this address.</summary>
    public Task ArriveAsync(string path) => Page.WaitForURLAsync(url => new Uri(url).PathAndQuery == path);

    /// <summary>Waits until the error summary has the focus, as a refused form gives it.</summary>
    public Task SeeRefusalAsync() => Assertions.Expect(Page.Locator(".resume-erreurs")).ToBeFocusedAsync();

    /// <summary>The page breaks no rule of axe (WCAG 2.1 A and AA, best practices).</summary>
    public async Task AssertAccessibleAsync() => Assert.Empty(await AxeFaultsAsync());

    /// <summary>The page does not scroll sideways.</summary>
    public async Task AssertFitsAsync() => Assert.Null(await OverflowAsync());

    /// <summary>What axe finds, and what does not fit, on a wide screen then on a phone; empty when all is well.</summary>
    public async Task<List<string>> JudgeAsync(string capture, params int[] widths)
    {
        var faults = new List<string>();
        foreach (var width in widths is [] ? [1280, 375] : widths)
        {
            await Page.SetViewportSizeAsync(width, width < 600 ? 740 : 900);
            await CaptureAsync(capture);
            if (await OverflowAsync() is { } fault) faults.Add($"{width}: {fault}");
            faults.AddRange((await AxeFaultsAsync()).Select(axe => $"{width}: {axe}"));
        }

        return faults;
    }

    private async Task<IEnumerable<string>> AxeFaultsAsync()
    {
        var result = await Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return result.Violations.Select(violation => $"{Address} {violation.Id}: {violation.Help}\n  " + string.Join("\n  ", violation.Nodes.Select(node => node.Html)));
    }

    private async Task<string?> OverflowAsync() => await Page.EvaluateAsync<string?>("""
        () => {
          const { scrollWidth, clientWidth } = document.documentElement;
          const beyond = element => element.getBoundingClientRect().right > clientWidth + 1;
          return scrollWidth <= clientWidth ? null
            : location.pathname + ' scrolls sideways: ' + ([...document.body.querySelectorAll('*')].filter(beyond).at(-1) ?? document.body).outerHTML.slice(0, 200);
        }
        """);

    /// <summary>Keeps a picture of the whole page in <c>artifacts/captures</c>, for a person to look at.</summary>
    public async Task CaptureAsync(string name)
    {
        var width = Page.ViewportSize!.Width;
        await Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "../../../captures", $"{name}-{width}.png"), FullPage = true });
    }

    public async ValueTask DisposeAsync()
    {
        await context.CloseAsync();
        Assert.Empty(complaints);
    }
}
