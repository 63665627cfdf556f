namespace LeadDesk.App.Batches;

public static class BatchesRegistration
{
    public static IServiceCollection AddBatches(this IServiceCollection services) => services
        .AddSingleton<BatchSignal>()
        .AddSingleton<ActOnLeads>()
        .AddSingleton<StopBatch>()
        .AddSingleton<BatchQuery>()
        .AddSingleton<IChunkedWork, LeadOrderWork>()
        .AddSingleton<BatchRunner>();
}
