using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Sofi.Web.Tests;

/// <summary>A page as received, with the gestures of a person: read, fill in, press a button.</summary>
public sealed partial class PageHtml(Navigateur browser, HttpResponseMessage response, IHtmlDocument document, string html)
{
    private readonly Dictionary<string, (string FileName, byte[] Content)> attached = [];

    public HttpResponseMessage Response { get; } = response;

    public IHtmlDocument Document { get; } = document;

    public string Html { get; } = html;

    public HttpStatusCode Status => Response.StatusCode;

    /// <summary>Path and query of the page.</summary>
    public string Address => Response.RequestMessage!.RequestUri!.PathAndQuery;

    /// <summary>Where the answer leads, on this site its path and query; <c>null</c> for a page.</summary>
    public string? Location => Response.Headers.Location is not { } next ? null : next is { IsAbsoluteUri: true, Host: "localhost" } ? next.PathAndQuery : next.ToString();

    public string Title => Clean(Document.Title);

    /// <summary>Lines of the error summary; empty without one.</summary>
    public IReadOnlyList<string> Errors => [.. Document.QuerySelectorAll(".resume-erreurs li").Select(line => Clean(line.TextContent))];

    /// <summary>Announcements at the top of the page.</summary>
    public IReadOnlyList<string> Annonces => [.. Document.QuerySelectorAll(".annonce").Select(line => Clean(line.TextContent))];

    /// <summary>Text of the first element of a selector, spaces gathered; empty when there is none.</summary>
    public string Text(string selector = "main") => Clean(Document.QuerySelector(selector)?.TextContent);

    public IReadOnlyList<string> Texts(string selector) => [.. Document.QuerySelectorAll(selector).Select(element => Clean(element.TextContent))];

    /// <summary>The only element of a selector.</summary>
    public IElement One(string selector) => Assert.Single(Document.QuerySelectorAll(selector));

    /// <summary>The link with this text.</summary>
    public Task<PageHtml> FollowAsync(string text)
    {
        var link = Document.QuerySelectorAll<IHtmlAnchorElement>("a[href]").FirstOrDefault(a => Clean(a.TextContent) == text);
        Assert.True(link is not null, $"No link \"{text}\" on {Address}.");
        return browser.GetAsync(Resolve(link!.GetAttribute("href")!));
    }

    /// <summary>Types in the field of this label, legend or name: a text, a choice, or the choices to be ticked.</summary>
    public PageHtml Fill(string field, params string[] values)
    {
        switch (Control(field))
        {
            case IHtmlSelectElement select:
                var option = select.Options.FirstOrDefault(o => o.Value == values[0] || Clean(o.Text) == values[0]);
                Assert.True(option is not null, $"\"{field}\" does not offer \"{values[0]}\".");
                foreach (var other in select.Options) other.IsSelected = other == option;
                break;
            case IHtmlTextAreaElement area:
                area.Value = values[0];
                break;
            case IHtmlInputElement { Type: not ("checkbox" or "radio") } input:
                input.Value = values[0];
                break;
            case var group:
                Tick(field, group, values);
                break;
        }

        return this;
    }

    /// <summary>Chooses a file in the field of this label or name.</summary>
    public PageHtml Attach(string field, string fileName, byte[] content)
    {
        attached[Control(field).GetAttribute("name")!] = (fileName, content);
        return this;
    }

    /// <summary>Presses the button of this text or accessible name, within a part of the page when several have it.</summary>
    public async Task<PageHtml> PressAsync(string button, string within = "body", bool follow = true)
    {
        var element = Document.QuerySelectorAll<IHtmlButtonElement>(within + " button").FirstOrDefault(b => Clean(b.TextContent) == button && b.Type == "submit");
        Assert.True(element is not null, $"No button \"{button}\" on {Address}.");
        var form = element!.Form ?? throw new InvalidOperationException($"\"{button}\" belongs to no form.");
        var pairs = Pairs(form, element).ToList();
        var action = element.GetAttribute("formaction") ?? form.GetAttribute("action") ?? "";
        var target = action.Length == 0 ? Address : Resolve(action);
        if (form.Method == "post")
            return await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, target) { Content = form.Enctype == "multipart/form-data" ? Multipart(pairs) : new FormUrlEncodedContent(pairs) }, follow);
        var query = string.Join('&', pairs.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        return await browser.GetAsync(target.Split('?', '#')[0] + "?" + query);
    }

    public void AssertOk() => Assert.True(Status == HttpStatusCode.OK, $"{Address}: {(int)Status} {Text()}");

    /// <summary>The page is a refused form: 400, title prefixed, these lines in the summary, each leading to a field of the page.</summary>
    public void AssertErrors(params string[] lines)
    {
        Assert.Equal(lines, Errors);
        Assert.Equal(HttpStatusCode.BadRequest, Status);
        Assert.StartsWith("Erreur : ", Title);
        foreach (var link in Document.QuerySelectorAll(".resume-erreurs a"))
            Assert.True(Document.GetElementById(link.GetAttribute("href")![1..]) is not null, $"{link.GetAttribute("href")} leads nowhere.");
    }

    /// <summary>Value that the field of this label, legend or name shows: text, chosen option, ticked options.</summary>
    public string Value(string field) => Control(field) switch
    {
        IHtmlSelectElement select => select.Options.FirstOrDefault(o => o.IsSelected)?.Value ?? "",
        IHtmlTextAreaElement area => area.Value.ReplaceLineEndings("\n"),
        IHtmlInputElement { Type: not ("checkbox" or "radio") } input => input.Value,
        var group => string.Join('|', Boxes(group).Where(box => box.IsChecked).Select(box => box.Value)),
    };

    internal static string Clean(string? text) => Spaces().Replace(text ?? "", " ").Trim();

    private static void Tick(string field, IElement group, string[] values)
    {
        var boxes = Boxes(group).ToList();
        foreach (var box in boxes) box.IsChecked = values.Contains(box.Value) || values.Contains(LabelOf(box));
        Assert.True(boxes.Count(box => box.IsChecked) == values.Length, $"\"{field}\" does not offer all of {string.Join(", ", values)}.");
    }

    private static IEnumerable<IHtmlInputElement> Boxes(IElement group)
    {
        var inside = group is IHtmlInputElement { Name: { } name } ? group.Owner!.QuerySelectorAll("input").Where(input => input.GetAttribute("name") == name) : group.QuerySelectorAll("input");
        return inside.OfType<IHtmlInputElement>().Where(input => input.Type is "checkbox" or "radio");
    }

    private static string LabelOf(IElement input) =>
        Clean(input.Owner!.QuerySelectorAll("label").FirstOrDefault(label => label.GetAttribute("for") == input.Id)?.TextContent);

    private MultipartFormDataContent Multipart(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in pairs) content.Add(new StringContent(value), name);
        foreach (var (name, (fileName, bytes)) in attached) content.Add(new ByteArrayContent(bytes), name, fileName);
        return content;
    }

    /// <summary>What a browser sends: the controls of the form that count, then the button pressed.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Pairs(IHtmlFormElement form, IHtmlButtonElement button)
    {
        var controls = form.Owner!.QuerySelectorAll("input, select, textarea").OfType<IHtmlElement>().Where(control => FormOf(control) == form && !control.HasAttribute("disabled"));
        foreach (var control in controls)
        {
            if (control.GetAttribute("name") is not { Length: > 0 } name) continue;
            switch (control)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } box:
                    if (box.IsChecked) yield return new(name, box.Value);
                    break;
                case IHtmlInputElement { Type: "file" }:
                    break;
                case IHtmlInputElement input:
                    yield return new(name, input.Value);
                    break;
                case IHtmlSelectElement select:
                    yield return new(name, (select.Options.FirstOrDefault(o => o.IsSelected) ?? select.Options[0]).Value);
                    break;
                case IHtmlTextAreaElement area:
                    yield return new(name, area.Value.ReplaceLineEndings("\r\n"));
                    break;
            }
        }

        if (button.Name is { Length: > 0 } pressed) yield return new(pressed, button.Value);
    }

    private static IElement? FormOf(IElement control) =>
        control.GetAttribute("form") is { } id ? control.Owner!.GetElementById(id) : control.Closest("form");

    private IElement Control(string field)
    {
        foreach (var label in Document.QuerySelectorAll("label[for]").Where(label => Label(label) == field))
            if (Document.GetElementById(label.GetAttribute("for")!) is { } control) return control;
        var legend = Document.QuerySelectorAll("fieldset > legend").FirstOrDefault(legend => Label(legend) == field);
        return legend?.ParentElement
            ?? Document.QuerySelectorAll("input, select, textarea").FirstOrDefault(control => control.GetAttribute("name") == field)
            ?? throw new InvalidOperationException($"No field \"{field}\" on {Address}.");

        // The star and the words for screen readers are not part of the label.
        static string Label(IElement element) =>
            Clean(string.Concat(element.ChildNodes.Where(node => node is not IElement inner || !(inner.ClassList.Contains("etoile") || inner.ClassList.Contains("visually-hidden")))
                .Select(node => node.TextContent)));
    }

    private string Resolve(string address) =>
        address.StartsWith('/') ? address : new Uri(Response.RequestMessage!.RequestUri!, address).PathAndQuery;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
