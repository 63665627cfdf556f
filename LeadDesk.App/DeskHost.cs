using LeadDesk.App.Access;
using LeadDesk.App.Assignment;
using LeadDesk.App.Batches;
using LeadDesk.App.Board;
using LeadDesk.App.Demo;
using LeadDesk.App.Imports;
using LeadDesk.App.Leads;
using LeadDesk.App.Notifications;
using LeadDesk.App.People;
using LeadDesk.App.Requests;
using LeadDesk.App.Retirement;
using LeadDesk.App.Settings;
using LeadDesk.App.Shell;
using LeadDesk.App.Storage;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace LeadDesk.App;

/// <summary>Puts the desk together. The command line, the server and the tests start here.</summary>
public static class DeskHost
{
    /// <param name="adjust">Runs after everything is registered; tests put their clock in here.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(DeskHost).Assembly.GetName().Name,
            // The one settings file lies beside the program, wherever it is started from.
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseStaticWebAssets();
        AddDesk(builder.Services, builder.Configuration);
        builder.Services.AddHostedService(p => p.GetRequiredService<BatchRunner>());
        builder.Services.AddHostedService(p => p.GetRequiredService<RetirementSweeper>());
        builder.Services.AddHostedService<RequestReminderTimer>();
        builder.Services.AddHostedService<MailTimer>();
        builder.Services.AddAccess();
        builder.Services.AddShell();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(o =>
        {
            o.DisconnectedCircuitMaxRetained = 250;
            o.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
        });
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: ["ready"]);
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.UseExceptionHandler("/error");
        app.UseMiddleware<SecurityHeaders>();
        app.UseAccess();
        app.MapStaticAssets().AllowAnonymous();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = c => c.Tags.Contains("ready") }).AllowAnonymous();
        app.MapAccess();
        app.MapImports();
        app.MapRazorComponents<Shell.App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = "'none'");
        return app;
    }

    /// <summary>The desk without its screens: what a verb of the command line needs.</summary>
    public static IServiceCollection AddDesk(IServiceCollection services, IConfiguration configuration)
    {
        services.AddStorage(configuration.GetSection("Database").Get<DatabaseOptions>() ?? new());
        services.AddOptions<RetirementOptions>().BindConfiguration("Retirement");
        services.AddSettings();
        services.AddAccounts();
        services.AddDemo();
        services.AddLeads();
        services.AddPeople();
        services.AddBatches();
        services.AddRetirement();
        services.AddRequests();
        services.AddNotifications();
        services.AddImports();
        services.AddAssignment();
        services.AddBoard();
        return services;
    }

    /// <summary>Database, migrations, what a new desk starts with. Before anything is served or done.</summary>
    /// <exception cref="DatabaseInUseException">Another process has the database.</exception>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken ct = default)
    {
        await PrepareBareAsync(services, ct);
        await services.GetRequiredService<DemoDesk>().RunAsync(ct);
    }

    /// <summary>The same without a demo: a verb works on the desk it is called for.</summary>
    /// <exception cref="DatabaseInUseException">Another process has the database.</exception>
    public static async Task PrepareBareAsync(IServiceProvider services, CancellationToken ct = default)
    {
        await services.GetRequiredService<DatabaseStart>().RunAsync(ct);
        await services.GetRequiredService<NewDesk>().RunAsync(ct);
    }
}
