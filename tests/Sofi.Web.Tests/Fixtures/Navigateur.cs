using AngleSharp.Html.Parser;

namespace Sofi.Web.Tests;

/// <summary>A browser without script: keeps its cookies, follows redirections, sends forms as they stand.</summary>
public sealed class Navigateur(HttpClient http)
{
    private const int MostRedirections = 5;

    public Task<PageHtml> GetAsync(string address) => SendAsync(new HttpRequestMessage(HttpMethod.Get, address), follow: true);

    /// <summary>One answer, even when it leads elsewhere.</summary>
    public Task<PageHtml> GetWithoutFollowingAsync(string address) => SendAsync(new HttpRequestMessage(HttpMethod.Get, address), follow: false);

    /// <summary>Posts outside any form of a page, with a right antiforgery token or without.</summary>
    public async Task<PageHtml> PostAsync(string address, Dictionary<string, string> values, bool antiforgery = true)
    {
        if (antiforgery && (await TokenAsync()) is { } token) values["__RequestVerificationToken"] = token;
        return await SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(values) }, follow: false);
    }

    public async Task<PageHtml> SendAsync(HttpRequestMessage request, bool follow)
    {
        var response = await http.SendAsync(request);
        for (var i = 0; follow && i < MostRedirections && response.Headers.Location is { } next; i++)
            response = await http.GetAsync(next);
        var html = await response.Content.ReadAsStringAsync();
        var document = await new HtmlParser(new HtmlParserOptions(), AngleSharp.BrowsingContext.New()).ParseDocumentAsync(html);
        return new PageHtml(this, response, document, html);
    }

    /// <summary>A token valid for this person, read from any page that holds a form.</summary>
    private async Task<string?> TokenAsync() =>
        (await GetAsync("/compte")).Document.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value");
}
