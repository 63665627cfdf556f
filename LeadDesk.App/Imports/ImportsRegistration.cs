using LeadDesk.App.Access;
using LeadDesk.App.Batches;
using LeadDesk.App.Storage;
using Microsoft.AspNetCore.Mvc;

namespace LeadDesk.App.Imports;

public static class ImportsRegistration
{
    public static IServiceCollection AddImports(this IServiceCollection services) => services
        .AddSingleton(p => new ImportFolder(Path.Combine(p.GetRequiredService<DatabaseOptions>().DataFolder, "imports")))
        .AddSingleton<WaitingFiles>()
        .AddSingleton<StartImport>()
        .AddSingleton<ImportPreviewQuery>()
        .AddSingleton<ImportsQuery>()
        .AddSingleton<OpenDraft>()
        .AddSingleton<FailedRowsFile>()
        .AddSingleton<ImportWork>()
        .AddSingleton<IChunkedWork>(p => p.GetRequiredService<ImportWork>());

    public static void MapImports(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/import/upload", UploadImport.HandleAsync).RequireAuthorization(Policies.Import).DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(UploadImport.MostBytesDrained));
        endpoints.MapGet("/import/{batch:long}/failed.csv", UploadImport.FailedAsync).RequireAuthorization(Policies.Import);
    }
}
