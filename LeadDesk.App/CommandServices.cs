namespace LeadDesk.App;

/// <summary>The desk for a verb: the same settings, database and rooms as the server, without a web host.</summary>
public static class CommandServices
{
    /// <summary>Ready to work: migrated, with what a new desk starts with. Also on a desk that was never started.</summary>
    public static async Task<ServiceProvider> OpenAsync(CancellationToken ct)
    {
        var configuration = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables("ASPNETCORE_")
            .AddEnvironmentVariables("DOTNET_")
            .AddEnvironmentVariables()
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(l => l.AddConfiguration(configuration.GetSection("Logging")).AddFilter("LeadDesk", LogLevel.Warning).AddSimpleConsole(o => o.SingleLine = true)
            .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace));
        DeskHost.AddDesk(services, configuration);
        var provider = services.BuildServiceProvider();
        try
        {
            await DeskHost.PrepareBareAsync(provider, ct);
            return provider;
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }
    }
}
