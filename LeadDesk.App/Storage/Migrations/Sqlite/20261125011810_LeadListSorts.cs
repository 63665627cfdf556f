using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LeadDesk.App.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class LeadListSorts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "SortName",
                table: "Leads",
                type: "TEXT",
                maxLength: 60,
                nullable: false,
                defaultValue: "");

            migrationBuilder.Sql("""
                UPDATE "Leads" SET "SortName" = substr(CASE WHEN instr("SearchText", char(10)) > 0
                    THEN substr("SearchText", 1, instr("SearchText", char(10)) - 1) ELSE "SearchText" END, 1, 60)
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Leads_ClockStart_Id",
                table: "Leads",
                columns: new[] { "ClockStart", "Id" },
                filter: "\"ClockStart\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_FollowUpOn_Id",
                table: "Leads",
                columns: new[] { "FollowUpOn", "Id" },
                filter: "\"FollowUpOn\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_Fresh",
                table: "Leads",
                columns: new[] { "ClockStart", "Id" },
                filter: "\"IsFresh\"");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_LastActivityAt_Id",
                table: "Leads",
                columns: new[] { "LastActivityAt", "Id" },
                filter: "\"LastActivityAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_SortName_Id",
                table: "Leads",
                columns: new[] { "SortName", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_StageId_Id",
                table: "Leads",
                columns: new[] { "StageId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_ValueMinor_Id",
                table: "Leads",
                columns: new[] { "ValueMinor", "Id" },
                filter: "\"ValueMinor\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Leads_ClockStart_Id",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_FollowUpOn_Id",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_Fresh",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_LastActivityAt_Id",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_SortName_Id",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_StageId_Id",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_ValueMinor_Id",
                table: "Leads");

            migrationBuilder.DropColumn(
                name: "SortName",
                table: "Leads");
        }
    }
}
