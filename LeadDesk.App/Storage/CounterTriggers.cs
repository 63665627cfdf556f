namespace LeadDesk.App.Storage;

/// <summary>
/// Keeps <see cref="LeadCount"/> in the transaction of each change to a lead, whoever writes it. A migration that rebuilds the table
/// <c>Leads</c> on SQLite loses the triggers and has to create them again; a test counts them.
/// </summary>
internal static class CounterTriggers
{
    public static readonly string[] Sqlite =
    [
        $"""CREATE TRIGGER "LeadCounts_insert" AFTER INSERT ON "Leads" BEGIN {Add("NEW", 1)} END""",
        $"""CREATE TRIGGER "LeadCounts_delete" AFTER DELETE ON "Leads" BEGIN {Add("OLD", -1)} END""",
        $"""
        CREATE TRIGGER "LeadCounts_update" AFTER UPDATE OF "OwnerId", "PoolId", "StageId", "RetiredAt", "ValueMinor" ON "Leads"
        WHEN OLD."OwnerId" IS NOT NEW."OwnerId" OR OLD."PoolId" IS NOT NEW."PoolId" OR OLD."StageId" IS NOT NEW."StageId"
            OR OLD."RetiredAt" IS NOT NEW."RetiredAt" OR OLD."ValueMinor" IS NOT NEW."ValueMinor"
        BEGIN {Add("OLD", -1)} {Add("NEW", 1)} END
        """,
    ];

    public static readonly string[] Postgres =
    [
        $"""
        CREATE FUNCTION lead_counts() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            -- Two who move leads in opposite directions take the same two counters: in one order they wait, in two they deadlock.
            IF TG_OP = 'UPDATE' AND ROW({Key("NEW")}) < ROW({Key("OLD")}) THEN
                {Add("NEW", 1)}
                {Add("OLD", -1)}
                RETURN NULL;
            END IF;
            IF TG_OP <> 'INSERT' THEN {Add("OLD", -1)} END IF;
            IF TG_OP <> 'DELETE' THEN {Add("NEW", 1)} END IF;
            RETURN NULL;
        END $$
        """,
        """CREATE TRIGGER "LeadCounts_insert_delete" AFTER INSERT OR DELETE ON "Leads" FOR EACH ROW EXECUTE FUNCTION lead_counts()""",
        """
        CREATE TRIGGER "LeadCounts_update" AFTER UPDATE OF "OwnerId", "PoolId", "StageId", "RetiredAt", "ValueMinor" ON "Leads" FOR EACH ROW
        WHEN (OLD."OwnerId" IS DISTINCT FROM NEW."OwnerId" OR OLD."PoolId" IS DISTINCT FROM NEW."PoolId" OR OLD."StageId" IS DISTINCT FROM NEW."StageId"
            OR OLD."RetiredAt" IS DISTINCT FROM NEW."RetiredAt" OR OLD."ValueMinor" IS DISTINCT FROM NEW."ValueMinor")
        EXECUTE FUNCTION lead_counts()
        """,
    ];

    /// <summary>All of them anew, after leads were written without the triggers.</summary>
    public static readonly string[] Recount =
    [
        """DELETE FROM "LeadCounts" """,
        $"""
        INSERT INTO "LeadCounts" ("OwnerKey", "PoolKey", "StageId", "Leads", "ValueMinor")
        SELECT {Key("l")}, count(*), coalesce(sum(l."ValueMinor"), 0) FROM "Leads" AS l GROUP BY 1, 2, 3
        """,
    ];

    private static string Add(string row, int sign) => $"""
        INSERT INTO "LeadCounts" ("OwnerKey", "PoolKey", "StageId", "Leads", "ValueMinor")
        VALUES ({Key(row)}, {sign}, {sign} * coalesce({row}."ValueMinor", 0))
        ON CONFLICT ("OwnerKey", "PoolKey", "StageId") DO UPDATE
        SET "Leads" = "LeadCounts"."Leads" + excluded."Leads", "ValueMinor" = "LeadCounts"."ValueMinor" + excluded."ValueMinor";
        """;

    private static string Key(string row) =>
        $"""coalesce({row}."OwnerId", CASE WHEN {row}."RetiredAt" IS NULL THEN {LeadCount.Unassigned} ELSE {LeadCount.Retired} END), coalesce({row}."PoolId", 0), {row}."StageId" """;
}
