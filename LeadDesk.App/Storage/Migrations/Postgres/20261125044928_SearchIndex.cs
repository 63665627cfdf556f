using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace LeadDesk.App.Storage.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class SearchIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Search texts that were folded before these letters were.
            string Plain(string column) => new[] { ("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("ø", "o"), ("ł", "l"), ("đ", "d"), ("ı", "i") }
                .Aggregate(column, (sql, letter) => $"replace({sql}, '{letter.Item1}', '{letter.Item2}')");
            migrationBuilder.Sql($"""
                UPDATE "Leads" SET "SearchText" = {Plain("\"SearchText\"")}, "SortName" = substr({Plain("\"SortName\"")}, 1, 60)
                WHERE "SearchText" <> {Plain("\"SearchText\"")}
                """);
            foreach (var sql in (string[])[.. SearchTables.Postgres, .. SearchTables.RefillPostgres])
            {
                migrationBuilder.Sql(sql);
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER \"LeadSearch_insert_delete\" ON \"Leads\"");
            migrationBuilder.Sql("DROP TRIGGER \"LeadSearch_update\" ON \"Leads\"");
            migrationBuilder.Sql("DROP FUNCTION lead_search()");
            migrationBuilder.Sql("DROP TABLE \"LeadSearch\"");
        }
    }
}
