namespace LeadDesk.App.Leads.Profile;

public static class ProfileRegistration
{
    public static IServiceCollection AddProfile(this IServiceCollection services) => services
        .AddSingleton<ProfileQuery>()
        .AddSingleton<OwnerChoicesQuery>();
}
