using LeadDesk.App.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Kit;

/// <summary>A database that cannot be reached while it is on, or that takes its time: <c>TestDesk.OpenAsync(..., adjust: trouble.Enter)</c>.</summary>
public sealed class Trouble
{
    private readonly TaskCompletionSource _struck = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsOn { get; set; }

    /// <summary>Nobody gets to the database before this.</summary>
    public Task Until { get; set; } = Task.CompletedTask;

    /// <summary>Somebody asked for the database in vain.</summary>
    public Task Struck => _struck.Task;

    public void Enter(IServiceCollection services)
    {
        var sound = services.Last(s => s.ServiceType == typeof(IDbContextFactory<LeadDeskDb>));
        services.AddSingleton<IDbContextFactory<LeadDeskDb>>(p =>
            new Factory((IDbContextFactory<LeadDeskDb>)ActivatorUtilities.CreateInstance(p, sound.ImplementationType!), this));
    }

    private sealed class Factory(IDbContextFactory<LeadDeskDb> inner, Trouble trouble) : IDbContextFactory<LeadDeskDb>
    {
        public LeadDeskDb CreateDbContext()
        {
            if (!trouble.IsOn)
            {
                return inner.CreateDbContext();
            }

            trouble._struck.TrySetResult();
            throw new IOException("The disk is away.");
        }

        public async Task<LeadDeskDb> CreateDbContextAsync(CancellationToken cancellationToken = default)
        {
            await trouble.Until;
            return CreateDbContext();
        }
    }
}
