using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LeadDesk.App.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class LeadCounters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var sql in CounterTriggers.Postgres)
            {
                migrationBuilder.Sql(sql);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER \"LeadCounts_insert_delete\" ON \"Leads\"");
            migrationBuilder.Sql("DROP TRIGGER \"LeadCounts_update\" ON \"Leads\"");
            migrationBuilder.Sql("DROP FUNCTION lead_counts()");
        }
    }
}
