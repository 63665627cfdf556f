using LeadDesk.Domain.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Storage;

/// <summary>For desks that outgrew one process.</summary>
public sealed class PostgresLeadDeskDb(DbContextOptions<PostgresLeadDeskDb> options) : LeadDeskDb(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // Folded already, and in the same order as on SQLite.
        builder.Entity<Lead>().Property(l => l.SortName).UseCollation("C");
    }
}
