using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LeadDesk.App.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class FiguresInTheIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Leads_OwnerId_StageId_StageSince_Id",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_StageId_StageSince_Id",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_TeamId_StageId_StageSince_Id",
                table: "Leads");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_OwnerId_StageId_StageSince_Id_ValueMinor",
                table: "Leads",
                columns: new[] { "OwnerId", "StageId", "StageSince", "Id", "ValueMinor" },
                filter: "\"OwnerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_StageId_StageSince_Id_ValueMinor",
                table: "Leads",
                columns: new[] { "StageId", "StageSince", "Id", "ValueMinor" },
                filter: "\"OwnerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_TeamId_StageId_StageSince_Id_ValueMinor",
                table: "Leads",
                columns: new[] { "TeamId", "StageId", "StageSince", "Id", "ValueMinor" },
                filter: "\"TeamId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Leads_OwnerId_StageId_StageSince_Id_ValueMinor",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_StageId_StageSince_Id_ValueMinor",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_TeamId_StageId_StageSince_Id_ValueMinor",
                table: "Leads");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_OwnerId_StageId_StageSince_Id",
                table: "Leads",
                columns: new[] { "OwnerId", "StageId", "StageSince", "Id" },
                filter: "\"OwnerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_StageId_StageSince_Id",
                table: "Leads",
                columns: new[] { "StageId", "StageSince", "Id" },
                filter: "\"OwnerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_TeamId_StageId_StageSince_Id",
                table: "Leads",
                columns: new[] { "TeamId", "StageId", "StageSince", "Id" },
                filter: "\"TeamId\" IS NOT NULL");
        }
    }
}
