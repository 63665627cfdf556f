namespace LeadDesk.App.People;

public static class PeopleRegistration
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<PeopleQuery>()
        .AddSingleton<AddEmployee>()
        .AddSingleton<EditEmployee>()
        .AddSingleton<DisableEmployee>()
        .AddSingleton<EnableEmployee>()
        .AddSingleton<SetOneTimePassword>()
        .AddSingleton<AddTeam>()
        .AddSingleton<EditTeam>();
}
