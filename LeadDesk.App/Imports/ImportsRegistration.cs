using LeadDesk.App.Batches;
using LeadDesk.App.Storage;

namespace LeadDesk.App.Imports;

public static class ImportsRegistration
{
    public static IServiceCollection AddImports(this IServiceCollection services) => services
        .AddSingleton(p => new ImportFolder(Path.Combine(p.GetRequiredService<DatabaseOptions>().DataFolder, "imports")))
        .AddSingleton<StartImport>()
        .AddSingleton<FailedRowsFile>()
        .AddSingleton<ImportWork>()
        .AddSingleton<IChunkedWork>(p => p.GetRequiredService<ImportWork>());
}
