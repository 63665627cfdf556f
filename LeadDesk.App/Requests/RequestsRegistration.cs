namespace LeadDesk.App.Requests;

public static class RequestsRegistration
{
    public static IServiceCollection AddRequests(this IServiceCollection services)
    {
        services.AddOptions<RequestOptions>().BindConfiguration("Requests");
        return services
            .AddSingleton<RequestTagChange>()
            .AddSingleton<DecideRequest>()
            .AddSingleton<WithdrawRequest>()
            .AddSingleton<ApprovalsQuery>()
            .AddSingleton<RequestPreviewQuery>()
            .AddSingleton<RequestReminder>();
    }
}
