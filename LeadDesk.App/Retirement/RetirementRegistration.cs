using LeadDesk.App.Batches;

namespace LeadDesk.App.Retirement;

public static class RetirementRegistration
{
    public static IServiceCollection AddRetirement(this IServiceCollection services) => services
        .AddSingleton<RetirementSweep>()
        .AddSingleton<SweepBrake>()
        .AddSingleton<SweepClock>()
        .AddSingleton<RetirementSweeper>()
        .AddSingleton<DecideSweep>()
        .AddSingleton<NudgeOwner>()
        .AddSingleton<BrakeQuery>()
        .AddSingleton<Stale.StaleQuery>()
        .AddSingleton<IChunkedWork, DropSweepWork>()
        .AddSingleton<ChangePeriod>()
        .AddSingleton<RetiredQuery>()
        .AddSingleton<RetiredCountQuery>()
        .AddSingleton<LostLeadsQuery>();
}
