using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LeadDesk.App.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class CoveredFigures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Leads_StageId_ClockStart_Id",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_TeamId_StageId_ClockStart_Id",
                table: "Leads");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_StageId_ClockStart_Id_OwnerId",
                table: "Leads",
                columns: new[] { "StageId", "ClockStart", "Id", "OwnerId" },
                filter: "\"OwnerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_TeamId_StageId_ClockStart_Id_OwnerId",
                table: "Leads",
                columns: new[] { "TeamId", "StageId", "ClockStart", "Id", "OwnerId" },
                filter: "\"TeamId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Leads_StageId_ClockStart_Id_OwnerId",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_TeamId_StageId_ClockStart_Id_OwnerId",
                table: "Leads");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_StageId_ClockStart_Id",
                table: "Leads",
                columns: new[] { "StageId", "ClockStart", "Id" },
                filter: "\"OwnerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_TeamId_StageId_ClockStart_Id",
                table: "Leads",
                columns: new[] { "TeamId", "StageId", "ClockStart", "Id" },
                filter: "\"TeamId\" IS NOT NULL");
        }
    }
}
