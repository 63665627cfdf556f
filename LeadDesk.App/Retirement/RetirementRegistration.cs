namespace LeadDesk.App.Retirement;

public static class RetirementRegistration
{
    public static IServiceCollection AddRetirement(this IServiceCollection services) => services
        .AddSingleton<RetirementSweep>()
        .AddSingleton<RetirementSweeper>()
        .AddSingleton<ChangePeriod>();
}
