using LeadDesk.App.Imports;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Imports;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Imports;

public sealed class ImportLeadsTests(PostgresCluster cluster) : IDisposable
{
    private readonly FileBox _box = new();

    /// <summary>The made file on both databases; the real one too, where it is named.</summary>
    public static TheoryData<DatabaseProvider, string> Files =>
        [.. from database in new[] { DatabaseProvider.Sqlite, DatabaseProvider.Postgres } from file in ImportDesk.Files select new TheoryDataRow<DatabaseProvider, string>(database, file)];

    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    public void Dispose() => _box.Dispose();

    private Task<TestDesk> OpenAsync(DatabaseProvider provider) => ImportDesk.OpenAsync(provider, cluster, _box);

    [Theory, MemberData(nameof(Files))]
    public async Task Every_row_becomes_a_lead_in_the_pool_with_what_the_file_says(DatabaseProvider provider, string file)
    {
        await using var desk = await OpenAsync(provider);
        var rows = ReadRows(file);

        var batch = await desk.ImportAsync(file);

        Assert.Equal((BatchState.Done, rows.Count, rows.Count, 0, 0), (batch.State, batch.Total, batch.Done, batch.Unchanged, batch.Refused));
        Assert.Equal(FormattableString.Invariant($"{rows.Count:N0} created, 0 updated, 0 skipped, 0 failed"), ImportWords.Result(batch));
        var (leads, read) = (await desk.LeadsAsync(), await desk.Get<DeskDirectory>().GetAsync());
        Assert.Equal(
            rows.Select(r => Describe(r.Details.ExternalId, r.Details.Name, r.Details.City, r.Details.Country, r.DoNotCall, r.DoNotMail, r.Source ?? "Import", r.Tags)),
            leads.Select(l => Describe(l.ExternalId, l.Name, l.City, l.Country, l.DoNotCall, l.DoNotMail, read.Source(l.SourceId)!.Name, l.Tags.Select(t => read.Tag(t.TagId)!.Name))));
        Assert.True(leads.All(l => l.PoolId == desk.Inbound.Id && l is { OwnerId: null, SearchText.Length: > 0 }));
        await using var db = desk.Database();
        Assert.Equal(rows.Sum(r => r.Further.Count), await db.FurtherDetails.CountAsync());
        Assert.Equal(rows.Count, await db.LeadEvents.CountAsync(e => e.Kind == LeadEventKind.Created && e.Cause == Cause.Import && e.BatchId == batch.Id));
        Assert.Equal(rows.Count, await db.LeadCounts.Where(c => c.OwnerKey == LeadCount.Unassigned && c.PoolKey == desk.Inbound.Id.Value).SumAsync(c => c.Leads));
        Assert.DoesNotContain(await db.FurtherDetails.Select(d => d.Text).Distinct().ToListAsync(), text => text is "" or "Select");
    }

    [Theory, MemberData(nameof(Files))]
    public async Task The_same_file_twice_creates_nothing_new_with_or_without_the_external_id(DatabaseProvider provider, string file)
    {
        await using var desk = await OpenAsync(provider);
        var rows = ImportDesk.Rows(file);
        await desk.ImportAsync(file);

        var again = await desk.ImportAsync(file);
        var without = await desk.ImportAsync(file, ImportDesk.Order(file, ImportDesk.WithoutExternalId));

        Assert.Equal((0, rows, 0), (again.Done, again.Unchanged, again.Refused));
        Assert.Equal((0, rows, 0), (without.Done, without.Unchanged, without.Refused));
        Assert.Equal(rows, (await desk.LeadsAsync()).Count);
    }

    [Theory, MemberData(nameof(Files))]
    public async Task Rows_without_any_id_are_recognised_by_their_whole_content(DatabaseProvider provider, string file)
    {
        await using var desk = await OpenAsync(provider);
        var rows = ImportDesk.Rows(file);

        var first = await desk.ImportAsync(file, ImportDesk.Order(file, ImportDesk.WithoutExternalId));
        var second = await desk.ImportAsync(file, ImportDesk.Order(file, ImportDesk.WithoutExternalId));
        var withId = await desk.ImportAsync(file);

        Assert.Equal((rows, 0, 0), (first.Done, first.Unchanged, first.Refused));
        Assert.Equal((0, rows, 0), (second.Done, second.Unchanged, second.Refused));
        Assert.Equal((0, rows, 0), (withId.Done, withId.Unchanged, withId.Refused));
    }

    [Theory, MemberData(nameof(Files))]
    public async Task Three_changed_rows_change_three_leads_when_asked_to_update(DatabaseProvider provider, string file)
    {
        await using var desk = await OpenAsync(provider);
        await desk.ImportAsync(file);
        var before = (await desk.LeadsAsync()).ToDictionary(l => l.Id, l => l.Version);
        var changed = Changed(file, (2, "City", "Pune"), (17, "Last Activity", "Met at the fair"), (44, "Tags", "Brand new tag"));

        var skipped = await desk.ImportAsync(changed);
        var updated = await desk.ImportAsync(changed, ImportDesk.Order(changed, onDuplicate: OnDuplicate.Update));
        var twice = await desk.ImportAsync(changed, ImportDesk.Order(changed, onDuplicate: OnDuplicate.Update));

        Assert.Equal((0, before.Count), (skipped.Done, skipped.Unchanged));
        Assert.Equal((3, before.Count - 3, 0), (updated.Done, updated.Unchanged, updated.Refused));
        Assert.Equal((0, before.Count, 0), (twice.Done, twice.Unchanged, twice.Refused));
        var after = await desk.LeadsAsync();
        Assert.Equal(before.Count, after.Count);
        Assert.Equal(3, after.Count(l => l.Version != before[l.Id]));
        Assert.Single(after, l => l.Version != before[l.Id] && l.City == "Pune");
        await using var db = desk.Database();
        Assert.Equal(1, await db.FurtherDetails.CountAsync(d => d.Text == "Met at the fair"));
        var tag = await db.Tags.SingleAsync(t => t.Name == "Brand new tag");
        Assert.Equal(1, await db.LeadTags.CountAsync(t => t.TagId == tag.Id));
    }

    [Theory, MemberData(nameof(Files))]
    public async Task Google_and_google_are_one_source(DatabaseProvider provider, string file)
    {
        await using var desk = await OpenAsync(provider);

        await desk.ImportAsync(file);

        await using var db = desk.Database();
        var source = Assert.Single(await db.Sources.ToListAsync(), s => string.Equals(s.Name, "google", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("Google", source.Name);
        Assert.Equal(ReadRows(file).Count(r => r.Source is "google" or "Google"), await db.Leads.CountAsync(l => l.SourceId == source.Id));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Duplicates_are_found_by_address_and_number_within_the_file_and_on_the_desk(DatabaseProvider provider)
    {
        await using var desk = await OpenAsync(provider);
        await desk.LeadAsync(details: new() { Name = "Known", Emails = ["known@example.org"], Phones = [new("030 123456", "+4930123456")] });
        var file = _box.Put("leads.csv", """
            Name,Email,Phone,Country
            Known again,KNOWN@example.org,,
            Known by number,,030/123456,Germany
            New,new@example.org,,
            New again,"other@example.org, New@Example.org",,
            Without anything,,,
            Without anything,,,
            """);

        var batch = await desk.ImportAsync(file);

        Assert.Equal((2, 4, 0), (batch.Done, batch.Unchanged, batch.Refused));
        Assert.Equal(["Known", "New", "Without anything"], (await desk.LeadsAsync()).Select(l => l.Name));
    }

    [Fact]
    public async Task Create_makes_every_row_a_lead()
    {
        await using var desk = await OpenAsync(DatabaseProvider.Sqlite);
        var file = _box.Put("leads.csv", "Name,External id\nLena,1\nLena,1\n");
        await desk.ImportAsync(file);

        var batch = await desk.ImportAsync(file, ImportDesk.Order(file, onDuplicate: OnDuplicate.Create));

        Assert.Equal((2, 0, 0), (batch.Done, batch.Unchanged, batch.Refused));
        Assert.Equal(3, (await desk.LeadsAsync()).Count);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task An_update_takes_changed_fields_over_and_starts_no_clock(DatabaseProvider provider)
    {
        await using var desk = await OpenAsync(provider);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: TimeSpan.FromDays(3), details: new()
        {
            Name = "Lena",
            ExternalId = "7",
            Emails = ["lena@old.example"],
            City = "Köln",
            DoNotCall = true,
            ValueMinor = 100_00,
        });
        var file = _box.Put("leads.csv", "External id,Name,Email,City,Value,Score,Tags,Source,Budget\n7,Lena Fischer,lena@new.example,,\"2,500\",80,French,Trade fair,high\n");

        var batch = await desk.ImportAsync(file, ImportDesk.Order(file, onDuplicate: OnDuplicate.Update));
        var again = await desk.ImportAsync(file, ImportDesk.Order(file, onDuplicate: OnDuplicate.Update));

        Assert.Equal((1, 0, 0), (batch.Done, batch.Unchanged, batch.Refused));
        Assert.Equal((0, 1, 0), (again.Done, again.Unchanged, again.Refused));
        var after = await desk.ReadAsync(lead.Id);
        Assert.Equal(("Lena Fischer", "Köln", 2_500_00L, 80, true), (after.Name, after.City, after.ValueMinor, after.Score, after.DoNotCall));
        Assert.Equal(["lena@new.example", "lena@old.example"], after.Contacts.OrderBy(c => c.Position).Select(c => c.Typed));
        Assert.Equal((lead.OwnerId, lead.PoolId, lead.SourceId, lead.ClockStart, true), (after.OwnerId, after.PoolId, after.SourceId, after.ClockStart, after.IsFresh));
        Assert.Equal(desk.French.Id, Assert.Single(after.Tags).TagId);
        Assert.Contains("lena@new.example", after.SearchText, StringComparison.Ordinal);
        var news = (await desk.HistoryAsync(lead.Id)).Where(e => e.BatchId == batch.Id).ToList();
        Assert.Equal([LeadEventKind.DetailsEdited, LeadEventKind.Tagged, LeadEventKind.AlsoSeenFrom], news.Select(e => e.Kind));
        Assert.All(news, e => Assert.False(e.Verdict.StartsTheClock()));
        Assert.All(["Name", "E-mail", "Value", "Score", "Budget"], field => Assert.Contains($"\"{field}\"", news[0].Text, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task An_owner_by_column_gets_the_lead_with_a_full_period(DatabaseProvider provider)
    {
        await using var desk = await OpenAsync(provider);
        var file = _box.Put("leads.csv", "Name,Owner,Pool\nBy mail,ASHA@leaddesk.test,\nBy name,ravi nair,\nIn VIP,Asha Rao,vip\nNobody,,\n");

        var batch = await desk.ImportAsync(file);

        Assert.Equal((4, 0, 0), (batch.Done, batch.Unchanged, batch.Refused));
        var leads = await desk.LeadsAsync();
        Assert.Equal([desk.Asha.Id, desk.Ravi.Id, desk.Asha.Id, null], leads.Select(l => l.OwnerId));
        Assert.Equal([desk.Inbound.Id, desk.Inbound.Id, desk.Vip.Id, desk.Inbound.Id], leads.Select(l => l.PoolId));
        Assert.Equal((desk.Now, desk.Pune.Id, true), (leads[0].ClockStart, leads[0].TeamId, leads[0].IsFresh));
        Assert.Equal(ClockVerdict.NewOwner, (await desk.HistoryAsync(leads[0].Id)).Single(e => e.Kind is LeadEventKind.Assigned).Verdict);
        Assert.Null(leads[3].ClockStart);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Rows_that_fail_come_back_with_their_reason_and_cost_the_others_nothing(DatabaseProvider provider)
    {
        await using var desk = await OpenAsync(provider);
        var file = _box.Put("leads.csv", """
            Name,Email,Owner,Pool,Value
            Good,,,,
            Bad mail,nobody,,,
            Unknown owner,,Zoe Zed,,
            Not in pool,,Ravi Nair,VIP,
            No agent,,Meera Shah,,
            No amount,,,,much
            ,,,,12
            "=SUM(A1)","x@",,,
            Good too,,,,
            """);

        var batch = await desk.ImportAsync(file);

        Assert.Equal((BatchState.Done, 2, 0, 7), (batch.State, batch.Done, batch.Unchanged, batch.Refused));
        Assert.Equal(
            [
                (3, "“nobody” is not an e-mail address."), (4, "No employee is called “Zoe Zed”."), (5, "Ravi is not in pool VIP, so they cannot own this lead."),
                (6, "Meera Shah is not an active agent, so they cannot own leads."), (7, "“much” under “Value” is no amount."),
                (8, "A lead needs a name, a company, an e-mail, a phone number or an external id."), (9, "“x@” is not an e-mail address."),
            ],
            (await desk.FailedRowsAsync(batch.Id)).Select(r => (r.Row, r.Reason)));

        using var written = new MemoryStream();
        await desk.Get<FailedRowsFile>().WriteAsync(batch.Id, written);
        var mended = _box.Put("mended.csv", written.ToArray());
        var lines = File.ReadAllLines(mended);
        Assert.Equal("Why it failed,Name,Email,Owner,Pool,Value", lines[0]);
        Assert.Equal("“nobody” is not an e-mail address.,Bad mail,nobody,,,", lines[1]);
        Assert.Contains("'=SUM(A1)", lines[7], StringComparison.Ordinal);
        Assert.Equal("leads-failed.csv", await desk.Get<FailedRowsFile>().FindNameAsync(batch.Id, await desk.As(desk.Meera)));
        Assert.Null(await desk.Get<FailedRowsFile>().FindNameAsync(batch.Id, await desk.As(desk.Asha)));

        File.WriteAllText(mended, File.ReadAllText(mended).Replace(",nobody,", ",some@body.example,", StringComparison.Ordinal).Replace(",x@,", ",x@y.example,", StringComparison.Ordinal));
        var again = await desk.ImportAsync(mended);
        Assert.Equal((2, 0, 5), (again.Done, again.Unchanged, again.Refused));
        Assert.Contains("=SUM(A1)", (await desk.LeadsAsync()).Select(l => l.Name));
    }

    [Fact]
    public async Task What_was_not_asked_to_be_created_fails_its_rows()
    {
        await using var desk = await OpenAsync(DatabaseProvider.Sqlite);
        var file = _box.Put("leads.csv", "Name,Source,Tags,Pool\nA,Trade fair,,\nB,Web form,Cold,\nC,web FORM,french,Nowhere\nD,web FORM,french,\n");

        var batch = await desk.ImportAsync(file, create: false);

        Assert.Equal((1, 3), (batch.Done, batch.Refused));
        Assert.Equal(["No source is called “Trade fair”.", "No tag is called “Cold”.", "No pool is called “Nowhere”."], (await desk.FailedRowsAsync(batch.Id)).Select(r => r.Reason));
    }

    [Fact]
    public async Task Only_managers_import()
    {
        await using var desk = await OpenAsync(DatabaseProvider.Sqlite);
        var order = ImportDesk.Order(ImportDesk.MadeFile);

        foreach (var employee in new[] { desk.Asha, desk.Tara })
        {
            var outcome = await desk.Get<StartImport>().RunAsync(order, ImportDesk.MadeFile, 60, NewNames.None, await desk.As(employee));
            Assert.IsType<NotAllowed>(outcome.Refusal);
        }

        await using var db = desk.Database();
        Assert.False(await db.Batches.AnyAsync());
    }

    private static string Describe(string? id, string? name, string? city, string? country, bool? call, bool? mail, string source, IEnumerable<string> tags) =>
        $"{id} {name} {city} {country} {call} {mail} {source.ToUpperInvariant()} {string.Join('/', tags)}";

    private static List<ImportRow> ReadRows(string file)
    {
        var (order, rows) = (ImportDesk.Order(file), new List<ImportRow>());
        var reader = new RowReader(order.Mapping);
        using var cells = new ImportFileReader(file, order.Shape.Encoding, order.Shape.Separator);
        cells.Read();
        while (cells.Read())
        {
            rows.Add(reader.Read(cells.Number, cells.Cells));
        }

        return rows;
    }

    /// <summary>The file with other cells: by row as a spreadsheet counts, and header.</summary>
    private string Changed(string file, params (int Row, string Header, string Text)[] changes)
    {
        var shape = ImportDesk.Order(file).Shape;
        var path = _box.Path("changed.csv");
        using var cells = new ImportFileReader(file, shape.Encoding, shape.Separator);
        using var csv = CsvHelper.CsvWriter.ToFile(path);
        while (cells.Read())
        {
            var row = cells.Cells.ToArray();
            foreach (var (_, header, text) in changes.Where(c => c.Row == cells.Number))
            {
                row[shape.Headers.ToList().IndexOf(header)] = text;
            }

            csv.WriteRecord(row);
        }

        return path;
    }
}
