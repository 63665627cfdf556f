using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace LeadDesk.App.Storage;

/// <summary>For <c>dotnet ef</c>: both contexts as the app builds them, without a server.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteLeadDeskDb>
{
    public SqliteLeadDeskDb CreateDbContext(string[] args) => DesignTime.Create<SqliteLeadDeskDb>(DatabaseProvider.Sqlite);
}

internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresLeadDeskDb>
{
    public PostgresLeadDeskDb CreateDbContext(string[] args) => DesignTime.Create<PostgresLeadDeskDb>(DatabaseProvider.Postgres);
}

internal static class DesignTime
{
    public static TContext Create<TContext>(DatabaseProvider provider) where TContext : LeadDeskDb
    {
        var services = new ServiceCollection();
        services.AddStorage(new() { Provider = provider, ConnectionString = provider is DatabaseProvider.Sqlite ? "Data Source=design.db" : "Host=localhost;Database=design" });
        return services.BuildServiceProvider().GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext();
    }
}
