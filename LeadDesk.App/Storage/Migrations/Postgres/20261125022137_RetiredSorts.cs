using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LeadDesk.App.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class RetiredSorts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Leads_QuietSince_Id",
                table: "Leads",
                columns: new[] { "QuietSince", "Id" },
                filter: "\"RetiredAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_RetiredFromId_RetiredAt_Id",
                table: "Leads",
                columns: new[] { "RetiredFromId", "RetiredAt", "Id" },
                filter: "\"RetiredAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Leads_RetiredValue",
                table: "Leads",
                columns: new[] { "ValueMinor", "Id" },
                filter: "\"RetiredAt\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Leads_QuietSince_Id",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_RetiredFromId_RetiredAt_Id",
                table: "Leads");

            migrationBuilder.DropIndex(
                name: "IX_Leads_RetiredValue",
                table: "Leads");
        }
    }
}
