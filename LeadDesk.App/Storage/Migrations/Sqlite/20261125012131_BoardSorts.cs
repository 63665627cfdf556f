using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LeadDesk.App.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class BoardSorts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Leads_OwnerId_StageId_StageSince_Id",
                table: "Leads",
                columns: new[] { "OwnerId", "StageId", "StageSince", "Id" },
                filter: "\"OwnerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_OwnerId_StageId_ValueMinor_Id",
                table: "Leads",
                columns: new[] { "OwnerId", "StageId", "ValueMinor", "Id" },
                filter: "\"OwnerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_StageId_StageSince_Id",
                table: "Leads",
                columns: new[] { "StageId", "StageSince", "Id" },
                filter: "\"OwnerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_StageId_ValueMinor_Id",
                table: "Leads",
                columns: new[] { "StageId", "ValueMinor", "Id" },
                filter: "\"OwnerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_TeamId_StageId_StageSince_Id",
                table: "Leads",
                columns: new[] { "TeamId", "StageId", "StageSince", "Id" },
                filter: "\"TeamId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_TeamId_StageId_ValueMinor_Id",
                table: "Leads",
                columns: new[] { "TeamId", "StageId", "ValueMinor", "Id" },
                filter: "\"TeamId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Leads_OwnerId_StageId_StageSince_Id",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_OwnerId_StageId_ValueMinor_Id",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_StageId_StageSince_Id",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_StageId_ValueMinor_Id",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_TeamId_StageId_StageSince_Id",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_TeamId_StageId_ValueMinor_Id",
                table: "Leads");
        }
    }
}
