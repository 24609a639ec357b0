using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Sofi.Web.Composants.Saisie;

/// <summary>
/// After each form: a refused one is answered 400, unless its page has a better answer (409); an accepted one whose texts were cleaned says so on the next page (decision 27).
/// </summary>
internal sealed class SaisieFilter(ITempDataDictionaryFactory tempData) : IAlwaysRunResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        var http = context.HttpContext;
        if (context.Result is PageResult && !context.ModelState.IsValid && HttpMethods.IsPost(http.Request.Method) && http.Response.StatusCode == StatusCodes.Status200OK)
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        if (context.Result is not (RedirectResult or LocalRedirectResult or RedirectToPageResult)) return;
        foreach (var (libelle, phrase) in Nettoyages.Of(http).Values)
            Annonces.Add(tempData.GetTempData(http), new Annonce($"{libelle} – {phrase}", TonAnnonce.Information));
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
