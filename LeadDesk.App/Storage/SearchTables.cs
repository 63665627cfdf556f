namespace LeadDesk.App.Storage;

/// <summary>
/// The table <c>LeadSearch</c>: per lead its search text with two spaces before each word, so that one index of three characters finds infixes and the
/// beginnings of words alike. Triggers keep it in the transaction of the change, whoever writes it; a change that leaves the search text alone does not touch it.
/// A migration that rebuilds the table <c>Leads</c> on SQLite loses the triggers and has to create them again; a test counts them.
/// </summary>
internal static class SearchTables
{
    public static readonly string[] Sqlite =
    [
        """CREATE VIRTUAL TABLE "LeadSearch" USING fts5("Text", content='', contentless_delete=1, detail=none, tokenize='trigram case_sensitive 1')""",
        $"""CREATE TRIGGER "LeadSearch_insert" AFTER INSERT ON "Leads" BEGIN INSERT INTO "LeadSearch" (rowid, "Text") VALUES (NEW."Id", {Spaced("NEW", "char(10)")}); END""",
        """CREATE TRIGGER "LeadSearch_delete" AFTER DELETE ON "Leads" BEGIN DELETE FROM "LeadSearch" WHERE rowid = OLD."Id"; END""",
        $"""
        CREATE TRIGGER "LeadSearch_update" AFTER UPDATE OF "SearchText" ON "Leads" WHEN OLD."SearchText" IS NOT NEW."SearchText"
        BEGIN UPDATE "LeadSearch" SET "Text" = {Spaced("NEW", "char(10)")} WHERE rowid = NEW."Id"; END
        """,
    ];

    public static readonly string[] Postgres =
    [
        """CREATE TABLE "LeadSearch" ("LeadId" bigint PRIMARY KEY, "Text" text NOT NULL)""",
        $"""
        CREATE FUNCTION lead_search() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN INSERT INTO "LeadSearch" ("LeadId", "Text") VALUES (NEW."Id", {Spaced("NEW", "chr(10)")});
            ELSIF TG_OP = 'UPDATE' THEN UPDATE "LeadSearch" SET "Text" = {Spaced("NEW", "chr(10)")} WHERE "LeadId" = NEW."Id";
            ELSE DELETE FROM "LeadSearch" WHERE "LeadId" = OLD."Id";
            END IF;
            RETURN NULL;
        END $$
        """,
        """CREATE TRIGGER "LeadSearch_insert_delete" AFTER INSERT OR DELETE ON "Leads" FOR EACH ROW EXECUTE FUNCTION lead_search()""",
        """
        CREATE TRIGGER "LeadSearch_update" AFTER UPDATE OF "SearchText" ON "Leads" FOR EACH ROW
        WHEN (OLD."SearchText" IS DISTINCT FROM NEW."SearchText") EXECUTE FUNCTION lead_search()
        """,
    ];

    /// <summary>All of it anew: for leads that were written before the triggers or without them.</summary>
    public static readonly string[] RefillSqlite =
    [
        """INSERT INTO "LeadSearch" ("LeadSearch") VALUES ('delete-all')""",
        $"""INSERT INTO "LeadSearch" (rowid, "Text") SELECT l."Id", {Spaced("l", "char(10)")} FROM "Leads" AS l ORDER BY l."Id" """,
    ];

    /// <summary>The same, and its index built after.</summary>
    public static readonly string[] RefillPostgres =
    [
        """DROP INDEX IF EXISTS "IX_LeadSearch_Text" """,
        """TRUNCATE "LeadSearch" """,
        $"""INSERT INTO "LeadSearch" ("LeadId", "Text") SELECT l."Id", {Spaced("l", "chr(10)")} FROM "Leads" AS l ORDER BY l."Id" """,
        // Without the right to the extension a search reads the table; the next start tries again and says so.
        $"""
        DO $$ BEGIN
            {string.Join(";\n    ", TrigramIndex)};
        EXCEPTION WHEN OTHERS THEN NULL;
        END $$
        """,
    ];

    /// <summary>Of PostgreSQL; fails where the extension is not installed or the user may not create it.</summary>
    public static string[] TrigramIndex =>
    [
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        """CREATE INDEX IF NOT EXISTS "IX_LeadSearch_Text" ON "LeadSearch" USING gin ("Text" gin_trgm_ops)""",
    ];

    private static string Spaced(string row, string newLine) => $"""'  ' || replace(replace({row}."SearchText", ' ', '  '), {newLine}, {newLine} || '  ')""";
}
