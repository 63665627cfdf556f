using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LeadDesk.App.Live;

public static class LiveRegistration
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ChangeFeed>();
        services.TryAddSingleton<SharedQueries>();
        services.TryAddSingleton<Presence>();
        services.TryAddScoped<PresenceHere>();
        return services;
    }
}
