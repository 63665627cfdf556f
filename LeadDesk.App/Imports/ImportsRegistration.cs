using LeadDesk.App.Batches;

namespace LeadDesk.App.Imports;

public static class ImportsRegistration
{
    public static IServiceCollection AddImports(this IServiceCollection services) => services
        .AddSingleton<ImportFolder>()
        .AddSingleton<StartImport>()
        .AddSingleton<FailedRowsFile>()
        .AddSingleton<ImportWork>()
        .AddSingleton<IChunkedWork>(p => p.GetRequiredService<ImportWork>());
}
