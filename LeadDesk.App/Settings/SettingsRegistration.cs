namespace LeadDesk.App.Settings;

public static class SettingsRegistration
{
    public static IServiceCollection AddSettings(this IServiceCollection services) => services
        .AddSingleton<NewDesk>()
        .AddSingleton<SettingUsesQuery>().AddSingleton<RetirementFactsQuery>()
        .AddSingleton<AddSource>().AddSingleton<RenameSource>().AddSingleton<DeleteSource>()
        .AddSingleton<AddPool>().AddSingleton<EditPool>().AddSingleton<DeletePool>()
        .AddSingleton<AddStage>().AddSingleton<EditStage>().AddSingleton<MoveStage>().AddSingleton<DeleteStage>()
        .AddSingleton<AddTag>().AddSingleton<EditTag>().AddSingleton<DeleteTag>()
        .AddSingleton<AddCallTag>().AddSingleton<RenameCallTag>().AddSingleton<MoveCallTag>().AddSingleton<DeleteCallTag>();
}
