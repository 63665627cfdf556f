using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Pools;
using LeadDesk.Domain.Tags;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LeadDesk.App.Storage.Mapping;

internal sealed class LeadMapping : IEntityTypeConfiguration<Lead>
{
    public void Configure(EntityTypeBuilder<Lead> builder)
    {
        builder.ToTable("Leads");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Version).IsConcurrencyToken();
        builder.Ignore(l => l.NewEvents);
        builder.HasOne<Source>().WithMany().HasForeignKey(l => l.SourceId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Pool>().WithMany().HasForeignKey(l => l.PoolId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Stage>().WithMany().HasForeignKey(l => l.StageId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Employee>().WithMany().HasForeignKey(l => l.OwnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(l => l.Tags).WithOne().HasForeignKey(t => t.LeadId);
        builder.HasMany(l => l.Contacts).WithOne().HasForeignKey(c => c.LeadId);
        builder.Navigation(l => l.Tags).UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.Navigation(l => l.Contacts).UsePropertyAccessMode(PropertyAccessMode.Field);

        // With owner or value at their end the figures of a column are counted in the index alone.
        builder.HasIndex(l => new { l.StageId, l.ClockStart, l.Id, l.OwnerId }).HasFilter("\"OwnerId\" IS NOT NULL");
        builder.HasIndex(l => new { l.StageId, l.ClockStart }, "IX_Leads_Unwarned").HasFilter("\"OwnerId\" IS NOT NULL AND \"WarnedAt\" IS NULL");
        builder.HasIndex(l => new { l.OwnerId, l.StageId, l.ClockStart, l.Id });
        builder.HasIndex(l => new { l.TeamId, l.StageId, l.ClockStart, l.Id, l.OwnerId }).HasFilter("\"TeamId\" IS NOT NULL");
        builder.HasIndex(l => new { l.OwnerId, l.ClockStart, l.Id }).HasFilter("\"OwnerId\" IS NOT NULL");
        builder.HasIndex(l => new { l.StageId, l.StageSince, l.Id, l.ValueMinor }).HasFilter("\"OwnerId\" IS NOT NULL");
        builder.HasIndex(l => new { l.OwnerId, l.StageId, l.StageSince, l.Id, l.ValueMinor }).HasFilter("\"OwnerId\" IS NOT NULL");
        builder.HasIndex(l => new { l.TeamId, l.StageId, l.StageSince, l.Id, l.ValueMinor }).HasFilter("\"TeamId\" IS NOT NULL");
        builder.HasIndex(l => new { l.StageId, l.ValueMinor, l.Id }).HasFilter("\"OwnerId\" IS NOT NULL");
        builder.HasIndex(l => new { l.OwnerId, l.StageId, l.ValueMinor, l.Id }).HasFilter("\"OwnerId\" IS NOT NULL");
        builder.HasIndex(l => new { l.TeamId, l.StageId, l.ValueMinor, l.Id }).HasFilter("\"TeamId\" IS NOT NULL");
        builder.HasIndex(l => new { l.OwnerId, l.FollowUpOn, l.Id }).HasFilter("\"FollowUpOn\" IS NOT NULL");
        builder.HasIndex(l => new { l.RetiredAt, l.Id }).HasFilter("\"RetiredAt\" IS NOT NULL");
        builder.HasIndex(l => new { l.RetiredFromTeamId, l.RetiredAt, l.Id }).HasFilter("\"RetiredAt\" IS NOT NULL");
        builder.HasIndex(l => new { l.RetiredFromId, l.RetiredAt, l.Id }).HasFilter("\"RetiredAt\" IS NOT NULL");
        builder.HasIndex(l => new { l.ValueMinor, l.Id }, "IX_Leads_RetiredValue").HasFilter("\"RetiredAt\" IS NOT NULL");
        builder.HasIndex(l => new { l.QuietSince, l.Id }).HasFilter("\"RetiredAt\" IS NOT NULL");
        builder.HasIndex(l => new { l.PoolId, l.CreatedAt, l.Id }).HasFilter("\"OwnerId\" IS NULL AND \"RetiredAt\" IS NULL");
        builder.HasIndex(l => new { l.CreatedAt, l.Id });
        builder.HasIndex(l => l.ExternalId).HasFilter("\"ExternalId\" IS NOT NULL");
        builder.HasIndex(l => l.ContentKey).HasFilter("\"ContentKey\" IS NOT NULL");

        // The lists' sorts, each walked from its index.
        builder.Property(l => l.SortName).HasMaxLength(Lead.LongestSortName).HasDefaultValue("");
        builder.HasIndex(l => new { l.SortName, l.Id });
        builder.HasIndex(l => new { l.StageId, l.Id });
        builder.HasIndex(l => new { l.ClockStart, l.Id }).HasFilter("\"ClockStart\" IS NOT NULL");
        builder.HasIndex(l => new { l.FollowUpOn, l.Id }).HasFilter("\"FollowUpOn\" IS NOT NULL");
        builder.HasIndex(l => new { l.LastActivityAt, l.Id }).HasFilter("\"LastActivityAt\" IS NOT NULL");
        builder.HasIndex(l => new { l.ValueMinor, l.Id }).HasFilter("\"ValueMinor\" IS NOT NULL");
        builder.HasIndex(l => new { l.ClockStart, l.Id }, "IX_Leads_Fresh").HasFilter("\"IsFresh\"");
    }
}

internal sealed class LeadTagMapping : IEntityTypeConfiguration<LeadTag>
{
    public void Configure(EntityTypeBuilder<LeadTag> builder)
    {
        builder.HasKey(t => new { t.LeadId, t.TagId });
        builder.HasOne<Tag>().WithMany().HasForeignKey(t => t.TagId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(t => new { t.TagId, t.LeadId });
    }
}

internal sealed class LeadContactMapping : IEntityTypeConfiguration<LeadContact>
{
    public void Configure(EntityTypeBuilder<LeadContact> builder)
    {
        builder.HasKey(c => new { c.LeadId, c.Kind, c.Position });
        builder.HasIndex(c => new { c.Kind, c.Comparable }).HasFilter("\"Comparable\" IS NOT NULL");
    }
}

internal sealed class FurtherDetailMapping : IEntityTypeConfiguration<FurtherDetail>
{
    public void Configure(EntityTypeBuilder<FurtherDetail> builder)
    {
        builder.HasKey(d => new { d.LeadId, d.Name });
        builder.HasOne<Lead>().WithMany().HasForeignKey(d => d.LeadId);
    }
}

internal sealed class LeadEventMapping : IEntityTypeConfiguration<LeadEvent>
{
    public void Configure(EntityTypeBuilder<LeadEvent> builder)
    {
        builder.ToTable("LeadEvents");
        builder.HasOne<Lead>().WithMany().HasForeignKey(e => e.LeadId);
        builder.HasIndex(e => new { e.LeadId, e.Id });
        builder.HasIndex(e => e.BatchId).HasFilter("\"BatchId\" IS NOT NULL");
    }
}

internal sealed class LeadCountMapping : IEntityTypeConfiguration<LeadCount>
{
    public void Configure(EntityTypeBuilder<LeadCount> builder) => builder.ToTable("LeadCounts").HasKey(c => new { c.OwnerKey, c.PoolKey, c.StageId });
}
