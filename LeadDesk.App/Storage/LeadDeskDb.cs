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

    /// <summary>Inserts past the change tracker, in the transaction that is open. For hundreds of rows at a time.</summary>
    internal abstract Task InsertAsync<T>(IReadOnlyCollection<T> rows, CancellationToken ct) where T : class;

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
    }
}
