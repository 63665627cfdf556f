using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LeadDesk.App.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class LeadCounters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            foreach (var sql in CounterTriggers.Sqlite)
            {
                migrationBuilder.Sql(sql);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER \"LeadCounts_insert\"");
            migrationBuilder.Sql("DROP TRIGGER \"LeadCounts_delete\"");
            migrationBuilder.Sql("DROP TRIGGER \"LeadCounts_update\"");
        }
    }
}
