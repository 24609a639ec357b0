using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using MiniExcelLibs;
using Sofi.Core.Data;

namespace Sofi.Web.Composants;

/// <summary>A column of an exported list.</summary>
/// <param name="Titre">Its header.</param>
/// <param name="Valeur">Its text on a line; <c>null</c> or empty for a blank cell.</param>
public sealed record ColonneExport<T>(string Titre, Func<T, string?> Valeur);

/// <summary>
/// A whole list as a file, line after line in constant memory: CSV (<c>;</c>, UTF-8 with its mark, texts that a spreadsheet would take for a
/// formula neutralised) or XLSX, where every cell is a text. Dates are JJ/MM/AAAA.
/// </summary>
/// <param name="format"><c>csv</c> or <c>xlsx</c>; anything else is a 404.</param>
/// <param name="nom">Name of the file, without date and extension.</param>
/// <param name="colonnes">Columns.</param>
/// <param name="lignes">Lines, sorted.</param>
public sealed class ExportListe<T>(string format, string nom, IReadOnlyList<ColonneExport<T>> colonnes, IQueryable<T> lignes) : ActionResult
{
    /// <inheritdoc/>
    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        var today = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().Today();
        var cancellation = context.HttpContext.RequestAborted;
        if (format is not ("csv" or "xlsx"))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileNameStar = string.Create(CultureInfo.InvariantCulture, $"{nom}-{today:yyyy-MM-dd}.{format}"),
        }.ToString();
        response.ContentType = format == "csv" ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        await (format == "csv" ? WriteCsvAsync(response.Body, cancellation) : WriteXlsxAsync(response.Body, cancellation));
    }

    private async Task WriteCsvAsync(Stream body, CancellationToken cancellation)
    {
        await body.WriteAsync(System.Text.Encoding.UTF8.Preamble.ToArray(), cancellation);
        await using var csv = CsvWriter.Create(body, new CsvWriterOptions { Separator = ';', Injection = CsvInjection.Escape }, leaveOpen: true);
        await csv.WriteRecordAsync([.. colonnes.Select(colonne => colonne.Titre)], cancellation);
        await foreach (var ligne in lignes.AsAsyncEnumerable().WithCancellation(cancellation))
            await csv.WriteRecordAsync([.. colonnes.Select(colonne => colonne.Valeur(ligne) ?? "")], cancellation);
    }

    /// <summary>An XLSX is an archive, written where one can go back: a file that vanishes once sent.</summary>
    private async Task WriteXlsxAsync(Stream body, CancellationToken cancellation)
    {
        await using var file = new FileStream(Path.GetTempFileName(), FileMode.Truncate, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await file.SaveAsAsync(lignes.AsEnumerable().Select(ligne => colonnes.ToDictionary(colonne => colonne.Titre, colonne => (object)(colonne.Valeur(ligne) ?? ""))),
            cancellationToken: cancellation);
        file.Position = 0;
        await file.CopyToAsync(body, cancellation);
    }
}
