namespace LeadDesk.App.Leads.Grid;

internal static class GridRegistration
{
    public static IServiceCollection AddGrid(this IServiceCollection services) => services
        .AddSingleton<LeadListQuery>()
        .AddSingleton<ColumnsQuery>()
        .AddSingleton<KeepColumns>()
        .AddSingleton<NewLeadQuery>()
        .AddSingleton<HomeQuery>();
}
