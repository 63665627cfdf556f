using LeadDesk.App.Access;
using LeadDesk.App.Demo.Generate;
using Microsoft.Extensions.Options;

namespace LeadDesk.App.Demo;

public static class DemoRegistration
{
    public static IServiceCollection AddDemo(this IServiceCollection services)
    {
        services.AddOptions<DemoOptions>().BindConfiguration("Demo")
            .PostConfigure<IServiceProvider>((o, provider) => o.Enabled ??= IsDevelopment(provider));
        services.AddOptions<SignInPage>().Configure<IOptions<DemoOptions>>((page, demo) => page.Demo = demo.Value.Enabled == true ? DemoCast.Doors : []);
        return services.AddSingleton<DemoDesk>().AddSingleton<GenerateDesk>();
    }

    /// <summary>A verb has no host; its configuration knows the environment by the same variable.</summary>
    private static bool IsDevelopment(IServiceProvider provider) => provider.GetService<IHostEnvironment>() is { } host
        ? host.IsDevelopment()
        : string.Equals(provider.GetService<IConfiguration>()?["ENVIRONMENT"], Environments.Development, StringComparison.OrdinalIgnoreCase);
}
