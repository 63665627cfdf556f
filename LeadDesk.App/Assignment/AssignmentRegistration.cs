namespace LeadDesk.App.Assignment;

public static class AssignmentRegistration
{
    public static IServiceCollection AddAssignment(this IServiceCollection services) => services
        .AddSingleton<AgentLoads>()
        .AddSingleton<AssignQuery>();
}
