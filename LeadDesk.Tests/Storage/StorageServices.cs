using LeadDesk.App.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Storage;

/// <summary>The storage room alone, put together as the app does it.</summary>
internal sealed class StorageServices : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private StorageServices(ServiceProvider services) => _services = services;

    public IDbContextFactory<LeadDeskDb> Factory => _services.GetRequiredService<IDbContextFactory<LeadDeskDb>>();

    public static StorageServices Of(DatabaseOptions options, Action<IServiceCollection>? adjust = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddStorage(options);
        adjust?.Invoke(services);
        return new(services.BuildServiceProvider());
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
