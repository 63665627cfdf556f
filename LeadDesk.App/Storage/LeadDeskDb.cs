using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Imports;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Pools;
using LeadDesk.Domain.Requests;
using LeadDesk.Domain.Tags;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage;

namespace LeadDesk.App.Storage;

/// <summary>One model for both databases. Ask for it through <c>IDbContextFactory&lt;LeadDeskDb&gt;</c>; writes go through the <see cref="Transactor"/>.</summary>
public abstract class LeadDeskDb(DbContextOptions options) : IdentityUserContext<Account, long>(options), IDataProtectionKeyContext
{
    public DbSet<Lead> Leads => Set<Lead>();
    public DbSet<LeadEvent> LeadEvents => Set<LeadEvent>();
    public DbSet<LeadTag> LeadTags => Set<LeadTag>();
    public DbSet<LeadContact> LeadContacts => Set<LeadContact>();
    public DbSet<FurtherDetail> FurtherDetails => Set<FurtherDetail>();
    public DbSet<LeadCount> LeadCounts => Set<LeadCount>();
    public DbSet<Employee> Employees => Set<Employee>();
    public DbSet<Team> Teams => Set<Team>();
    public DbSet<Stage> Stages => Set<Stage>();
    public DbSet<Source> Sources => Set<Source>();
    public DbSet<Pool> Pools => Set<Pool>();
    public DbSet<Tag> Tags => Set<Tag>();
    public DbSet<CallTag> CallTags => Set<CallTag>();
    public DbSet<FailedRow> FailedRows => Set<FailedRow>();
    public DbSet<Batch> Batches => Set<Batch>();
    public DbSet<RetirementSetting> RetirementSettings => Set<RetirementSetting>();
    public DbSet<PersonalSetting> PersonalSettings => Set<PersonalSetting>();
    public DbSet<DeskEvent> DeskEvents => Set<DeskEvent>();
    public DbSet<DataChangeRequest> Requests => Set<DataChangeRequest>();
    public DbSet<Notification> Notifications => Set<Notification>();
    public DbSet<SweepStop> SweepStops => Set<SweepStop>();
    public DbSet<IdBlock> IdBlocks => Set<IdBlock>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Those that hold the term: from the search index, or by reading them where it would name too many.</summary>
    /// <param name="isWide">Whether the scope is more than one person's own leads.</param>
    internal abstract Task<IQueryable<Lead>> MatchAsync(IQueryable<Lead> leads, SearchTerm term, bool isWide, CancellationToken ct);

    /// <summary>After leads were written without their triggers.</summary>
    internal abstract IReadOnlyList<string> SearchRefill { get; }

    /// <summary>What the migrations cannot be sure of.</summary>
    /// <returns>Why searches have no index, if so.</returns>
    internal virtual Task<string?> PrepareSearchAsync(CancellationToken ct) => Task.FromResult<string?>(null);

    /// <summary>Saves everything that is tracked, and with the changed leads what happened to them. In the transaction that is open.</summary>
    /// <param name="tracked">All modified leads that the change tracker knows.</param>
    /// <param name="held">Those it does not know.</param>
    internal abstract Task SaveLeadsAsync(IReadOnlyList<EntityEntry<Lead>> tracked, IReadOnlyList<ChangedLead> held, CancellationToken ct);

    private protected static DbUpdateConcurrencyException Overtaken(ChangedLead lead) => new($"Lead {lead.Lead.Id} is no longer of version {lead.Version}.");

    /// <summary>Inserts past the change tracker, in the transaction that is open. For hundreds of rows at a time.</summary>
    internal Task InsertAsync<T>(IReadOnlyCollection<T> rows, CancellationToken ct) where T : class =>
        rows.Count == 0 ? Task.CompletedTask : InsertAsync(RowPlan.For(this, typeof(T)), rows, ct);

    /// <summary>The same for rows that are no entities; the plan says how their values are read.</summary>
    internal abstract Task InsertAsync(RowPlan plan, IEnumerable<object> rows, CancellationToken ct);

    /// <summary>Before a transaction that fills these tables by the million. Nobody else may be at the database.</summary>
    internal abstract Task BeforeFillAsync(CancellationToken ct);

    /// <summary>
    /// In that transaction: takes secondary indexes, triggers and foreign keys off the tables. Answers with the statements that bring them back.
    /// </summary>
    internal abstract Task<IReadOnlyList<string>> StripAsync(IReadOnlyList<string> tables, CancellationToken ct);

    /// <summary>After that transaction, whether it was committed or not.</summary>
    internal abstract Task AfterFillAsync(CancellationToken ct);

    /// <summary>As it stands: without parameters, in the transaction that is open, as long as it takes.</summary>
    internal async Task RunPlainAsync(string sql, CancellationToken ct)
    {
        await using var command = Database.GetDbConnection().CreateCommand();
        (command.CommandText, command.CommandTimeout, command.Transaction) = (sql, 0, Database.CurrentTransaction?.GetDbTransaction());
        await command.ExecuteNonQueryAsync(ct);
    }

    private protected async Task<List<string[]>> ReadPlainAsync(string sql, CancellationToken ct)
    {
        await using var command = Database.GetDbConnection().CreateCommand();
        (command.CommandText, command.Transaction) = (sql, Database.CurrentTransaction?.GetDbTransaction());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<string[]>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return rows;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<LeadId>().HaveConversion<IdConverter<LeadId>>();
        configurationBuilder.Properties<EmployeeId>().HaveConversion<IdConverter<EmployeeId>>();
        configurationBuilder.Properties<TeamId>().HaveConversion<IdConverter<TeamId>>();
        configurationBuilder.Properties<SourceId>().HaveConversion<IdConverter<SourceId>>();
        configurationBuilder.Properties<PoolId>().HaveConversion<IdConverter<PoolId>>();
        configurationBuilder.Properties<StageId>().HaveConversion<IdConverter<StageId>>();
        configurationBuilder.Properties<TagId>().HaveConversion<IdConverter<TagId>>();
        configurationBuilder.Properties<CallTagId>().HaveConversion<IdConverter<CallTagId>>();
        configurationBuilder.Properties<RequestId>().HaveConversion<IdConverter<RequestId>>();
        configurationBuilder.Properties<BatchId>().HaveConversion<IdConverter<BatchId>>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(LeadDeskDb).Assembly);
        builder.Entity<SearchHit>().HasNoKey().ToView(null);
    }
}
