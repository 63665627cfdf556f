using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Imports;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Pools;
using LeadDesk.Domain.Requests;
using LeadDesk.Domain.Tags;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LeadDesk.App.Storage.Mapping;

internal sealed class EmployeeMapping : IEntityTypeConfiguration<Employee>
{
    public void Configure(EntityTypeBuilder<Employee> builder)
    {
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Ignore(e => e.FirstName);
        builder.HasOne<Team>().WithMany().HasForeignKey(e => e.TeamId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(e => e.Email).IsUnique();
    }
}

internal sealed class TeamMapping : IEntityTypeConfiguration<Team>
{
    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.HasIndex(t => t.LeadId);
    }
}

internal sealed class StageMapping : IEntityTypeConfiguration<Stage>
{
    public void Configure(EntityTypeBuilder<Stage> builder) => builder.Property(s => s.Id).ValueGeneratedNever();
}

internal sealed class SourceMapping : IEntityTypeConfiguration<Source>
{
    public void Configure(EntityTypeBuilder<Source> builder) => builder.Property(s => s.Id).ValueGeneratedNever();
}

internal sealed class TagMapping : IEntityTypeConfiguration<Tag>
{
    public void Configure(EntityTypeBuilder<Tag> builder) => builder.Property(t => t.Id).ValueGeneratedNever();
}

internal sealed class CallTagMapping : IEntityTypeConfiguration<CallTag>
{
    public void Configure(EntityTypeBuilder<CallTag> builder) => builder.Property(t => t.Id).ValueGeneratedNever();
}

internal sealed class PoolMapping : IEntityTypeConfiguration<Pool>
{
    public void Configure(EntityTypeBuilder<Pool> builder)
    {
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.HasMany(p => p.Members).WithOne().HasForeignKey(m => m.PoolId);
        builder.Navigation(p => p.Members).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class PoolMemberMapping : IEntityTypeConfiguration<PoolMember>
{
    public void Configure(EntityTypeBuilder<PoolMember> builder)
    {
        builder.ToTable("PoolMembers").HasKey(m => new { m.PoolId, m.EmployeeId });
        builder.HasOne<Employee>().WithMany().HasForeignKey(m => m.EmployeeId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class BatchMapping : IEntityTypeConfiguration<Batch>
{
    public void Configure(EntityTypeBuilder<Batch> builder)
    {
        builder.Property(b => b.Id).ValueGeneratedNever();
        builder.Ignore(b => b.IsOver);
        builder.HasIndex(b => new { b.State, b.Id });
        builder.HasIndex(b => new { b.Kind, b.Id });
    }
}

internal sealed class FailedRowMapping : IEntityTypeConfiguration<FailedRow>
{
    public void Configure(EntityTypeBuilder<FailedRow> builder)
    {
        builder.ToTable("FailedRows").HasKey(r => new { r.BatchId, r.Row });
        builder.HasOne<Batch>().WithMany().HasForeignKey(r => r.BatchId);
    }
}

internal sealed class RetirementSettingMapping : IEntityTypeConfiguration<RetirementSetting>
{
    public void Configure(EntityTypeBuilder<RetirementSetting> builder)
    {
        builder.Ignore(s => s.Policy);
        builder.Ignore(s => s.Brake);
        // Rows of desks that are older than the brake get the values a new desk starts with.
        builder.Property(s => s.BrakeShare).HasDefaultValue(0.2).HasSentinel(-1);
        builder.Property(s => s.BrakeFloor).HasDefaultValue(50).HasSentinel(-1);
    }
}

internal sealed class PersonalSettingMapping : IEntityTypeConfiguration<PersonalSetting>
{
    public void Configure(EntityTypeBuilder<PersonalSetting> builder) => builder.HasKey(s => new { s.EmployeeId, s.Name });
}

internal sealed class DeskEventMapping : IEntityTypeConfiguration<DeskEvent>
{
    public void Configure(EntityTypeBuilder<DeskEvent> builder) => builder.HasKey(e => e.Id);
}

internal sealed class IdBlockMapping : IEntityTypeConfiguration<IdBlock>
{
    public void Configure(EntityTypeBuilder<IdBlock> builder) => builder.HasKey(b => b.Kind);
}

internal sealed class AccountMapping : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("Accounts");
        builder.Property(a => a.Id).ValueGeneratedNever();
    }
}

internal sealed class DataChangeRequestMapping : IEntityTypeConfiguration<DataChangeRequest>
{
    public void Configure(EntityTypeBuilder<DataChangeRequest> builder)
    {
        builder.ToTable("Requests");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.HasOne<Lead>().WithMany().HasForeignKey(r => r.LeadId);
        builder.HasIndex(r => new { r.LeadId, r.TagId, r.PutsOn }).IsUnique().HasFilter("\"State\" = 1");
        builder.HasIndex(r => new { r.State, r.Id });
        builder.HasIndex(r => new { r.AskedAt, r.Id }).HasFilter("\"State\" = 1");
        builder.HasIndex(r => new { r.DecidedAt, r.Id }).HasFilter("\"DecidedAt\" IS NOT NULL");
        builder.HasIndex(r => new { r.AskedById, r.TagId });
    }
}

internal sealed class NotificationMapping : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.HasKey(n => n.Id);
        builder.HasIndex(n => new { n.EmployeeId, n.Id });
        builder.HasIndex(n => n.EmployeeId).HasFilter("\"ReadAt\" IS NULL");
        builder.HasIndex(n => new { n.BatchId, n.EmployeeId, n.Kind }).HasFilter("\"BatchId\" IS NOT NULL");
    }
}

internal sealed class SweepStopMapping : IEntityTypeConfiguration<SweepStop>
{
    public void Configure(EntityTypeBuilder<SweepStop> builder) => builder.HasKey(s => s.Id);
}
