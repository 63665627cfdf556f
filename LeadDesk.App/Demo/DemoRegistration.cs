using LeadDesk.App.Access;
using Microsoft.Extensions.Options;

namespace LeadDesk.App.Demo;

public static class DemoRegistration
{
    public static IServiceCollection AddDemo(this IServiceCollection services)
    {
        services.AddOptions<DemoOptions>().BindConfiguration("Demo")
            .PostConfigure<IServiceProvider>((o, provider) => o.Enabled ??= provider.GetService<IHostEnvironment>()?.IsDevelopment() ?? false);
        services.AddOptions<SignInPage>().Configure<IOptions<DemoOptions>>((page, demo) => page.Demo = demo.Value.Enabled == true ? DemoCast.Doors : []);
        return services.AddSingleton<DemoDesk>();
    }
}
