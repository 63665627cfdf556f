using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LeadDesk.App.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class QueueOfRequests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Requests_AskedAt_Id",
                table: "Requests",
                columns: new[] { "AskedAt", "Id" },
                filter: "\"State\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_Requests_DecidedAt_Id",
                table: "Requests",
                columns: new[] { "DecidedAt", "Id" },
                filter: "\"DecidedAt\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Requests_AskedAt_Id",
                table: "Requests");

            migrationBuilder.DropIndex(
                name: "IX_Requests_DecidedAt_Id",
                table: "Requests");
        }
    }
}
