using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LeadDesk.App.Imports;

/// <summary>
/// The two ways of an import that are plain HTTP: the file comes in as a form, streamed to disk as it arrives and not through the circuit, and
/// the rows that failed go out as a file.
/// </summary>
internal static class UploadImport
{
    /// <summary>What is too large is read to its end and thrown away up to here, so that the person gets a sentence and not a broken connection.</summary>
    public const long MostBytesDrained = 1024L * 1024 * 1024;

    private const int LongestToken = 4_096;

    public static async Task<IResult> HandleAsync(HttpContext context, WaitingFiles waiting, IAntiforgery antiforgery)
    {
        if (context.User.EmployeeId() is not { } owner || Boundary(context.Request) is not { } boundary)
        {
            return Results.BadRequest();
        }

        var (reader, isTrusted) = (new MultipartReader(boundary, context.Request.Body), false);
        while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
        {
            if (section.AsFormDataSection() is { Name: "__RequestVerificationToken" } field)
            {
                isTrusted = await IsTrustedAsync(context, antiforgery, field);
            }
            else if (section.AsFileSection() is { Name: "file", FileStream: { } content } file)
            {
                // The token stands in front of the file; without it nothing is kept.
                return !isTrusted ? Results.BadRequest()
                    : file.FileName.Length == 0 ? Results.LocalRedirect("/import?problem=none")
                    : await waiting.PutAsync(owner, file.FileName, content, context.RequestAborted) is { } token ? Results.LocalRedirect($"/import?file={token}")
                    : Results.LocalRedirect("/import?problem=large");
            }
        }

        return Results.BadRequest();
    }

    /// <summary>For managers; asked again here, since an address can be typed.</summary>
    public static async Task<IResult> FailedAsync(long batch, HttpContext context, FailedRowsFile rows, DeskDirectory directory)
    {
        var (id, ct) = (new BatchId(batch), context.RequestAborted);
        if (context.User.EmployeeId() is not { } me || await directory.ActorAsync(me, ct) is not { } actor || await rows.FindNameAsync(id, actor, ct) is not { } name)
        {
            return Results.NotFound();
        }

        return Results.Stream(to => rows.WriteAsync(id, to, ct), "text/csv; charset=utf-8", name);
    }

    private static async Task<bool> IsTrustedAsync(HttpContext context, IAntiforgery antiforgery, FormMultipartSection field)
    {
        using var text = new StreamReader(field.Section.Body);
        var buffer = new char[LongestToken];
        var length = await text.ReadBlockAsync(buffer, context.RequestAborted);
        context.Request.Headers["RequestVerificationToken"] = new string(buffer, 0, length);
        return await antiforgery.IsRequestValidAsync(context);
    }

    private static string? Boundary(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= 70 } boundary ? boundary : null
            : null;
}
