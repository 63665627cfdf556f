using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace LeadDesk.App.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class RequestsAndWarnings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "BrakeFloor",
                table: "RetirementSettings",
                type: "integer",
                nullable: false,
                defaultValue: 50);

            migrationBuilder.AddColumn<double>(
                name: "BrakeShare",
                table: "RetirementSettings",
                type: "double precision",
                nullable: false,
                defaultValue: 0.20000000000000001);

            migrationBuilder.AddColumn<bool>(
                name: "ManagersMaySet",
                table: "RetirementSettings",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "NudgedAt",
                table: "Leads",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "NudgedById",
                table: "Leads",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "WarnedAt",
                table: "Leads",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Notifications",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    EmployeeId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    ById = table.Column<long>(type: "bigint", nullable: true),
                    LeadId = table.Column<long>(type: "bigint", nullable: true),
                    LeadName = table.Column<string>(type: "text", nullable: true),
                    BatchId = table.Column<long>(type: "bigint", nullable: true),
                    TagId = table.Column<long>(type: "bigint", nullable: true),
                    Text = table.Column<string>(type: "text", nullable: true),
                    Count = table.Column<int>(type: "integer", nullable: false),
                    Leads = table.Column<string>(type: "text", nullable: true),
                    ReadAt = table.Column<long>(type: "bigint", nullable: true),
                    MailedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notifications", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Requests",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    LeadId = table.Column<long>(type: "bigint", nullable: false),
                    TagId = table.Column<long>(type: "bigint", nullable: false),
                    PutsOn = table.Column<bool>(type: "boolean", nullable: false),
                    AskedById = table.Column<long>(type: "bigint", nullable: false),
                    AskedAt = table.Column<long>(type: "bigint", nullable: false),
                    Reason = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    DecidedById = table.Column<long>(type: "bigint", nullable: true),
                    DecidedAt = table.Column<long>(type: "bigint", nullable: true),
                    Comment = table.Column<string>(type: "text", nullable: true),
                    RemindedAt = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Requests", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Requests_Leads_LeadId",
                        column: x => x.LeadId,
                        principalTable: "Leads",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SweepStops",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Reason = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    AsOf = table.Column<long>(type: "bigint", nullable: false),
                    Cutoff = table.Column<long>(type: "bigint", nullable: false),
                    Due = table.Column<int>(type: "integer", nullable: false),
                    Assigned = table.Column<int>(type: "integer", nullable: false),
                    Decision = table.Column<int>(type: "integer", nullable: true),
                    DecidedById = table.Column<long>(type: "bigint", nullable: true),
                    DecidedAt = table.Column<long>(type: "bigint", nullable: true),
                    DoneAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SweepStops", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Leads_Unwarned",
                table: "Leads",
                columns: new[] { "StageId", "ClockStart" },
                filter: "\"OwnerId\" IS NOT NULL AND \"WarnedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_BatchId_EmployeeId_Kind",
                table: "Notifications",
                columns: new[] { "BatchId", "EmployeeId", "Kind" },
                filter: "\"BatchId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_EmployeeId",
                table: "Notifications",
                column: "EmployeeId",
                filter: "\"ReadAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_EmployeeId_Id",
                table: "Notifications",
                columns: new[] { "EmployeeId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Requests_AskedById_TagId",
                table: "Requests",
                columns: new[] { "AskedById", "TagId" });

            migrationBuilder.CreateIndex(
                name: "IX_Requests_LeadId_TagId_PutsOn",
                table: "Requests",
                columns: new[] { "LeadId", "TagId", "PutsOn" },
                unique: true,
                filter: "\"State\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_Requests_State_Id",
                table: "Requests",
                columns: new[] { "State", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Notifications");

            migrationBuilder.DropTable(
                name: "Requests");

            migrationBuilder.DropTable(
                name: "SweepStops");

            migrationBuilder.DropIndex(
                name: "IX_Leads_Unwarned",
                table: "Leads");

            migrationBuilder.DropColumn(
                name: "BrakeFloor",
                table: "RetirementSettings");

            migrationBuilder.DropColumn(
                name: "BrakeShare",
                table: "RetirementSettings");

            migrationBuilder.DropColumn(
                name: "ManagersMaySet",
                table: "RetirementSettings");

            migrationBuilder.DropColumn(
                name: "NudgedAt",
                table: "Leads");

            migrationBuilder.DropColumn(
                name: "NudgedById",
                table: "Leads");

            migrationBuilder.DropColumn(
                name: "WarnedAt",
                table: "Leads");
        }
    }
}
