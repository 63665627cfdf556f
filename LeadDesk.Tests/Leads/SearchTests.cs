using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using LeadDesk.App.Leads;
using LeadDesk.App.Leads.Grid;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Leads;

/// <summary>Name, e-mail, phone and company, without case and accents; three characters or more anywhere, fewer at the beginning of a word.</summary>
public sealed partial class SearchTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_search_finds_what_plain_reading_finds(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var read = await desk.Get<DeskDirectory>().GetAsync();
        await Gen.Select(Details.Array[20], Gen.Select(Gen.Int[0, 19], Gen.Int[0, 5], Gen.Int[0, 30], Gen.Int[1, 6]).Array[40], Text.Array[15]).SampleAsync(async (details, cuts, made) =>
        {
            var leads = await AddAsync(desk, details);
            try
            {
                // Pieces of what is there, and what is made up; both in the way of a person who types.
                var terms = cuts.Select(c => Cut(details[c.Item1], c.Item2, c.Item3, c.Item4)).Concat(made).Concat(["%", "_", "\"", "*", "' OR 1=1", "NEAR(a b)", "a OR b", "\\", "a\0b", "\ud83d", "-", "^a", "Text:a"]);
                await using var db = desk.Database();
                foreach (var typed in terms)
                {
                    var expected = Holders(leads, typed);
                    var filter = new LeadFilter { Search = typed };
                    var (indexed, plain) = (await Ids(await filter.MatchAsync(db, Actor.System("test"), read, desk.Now)), await Ids(filter.Apply(db.Leads, Actor.System("test"), read, desk.Now)));
                    Assert.True(expected.SequenceEqual(indexed) && expected.SequenceEqual(plain), $"{Codes(typed)}: {Joined(expected)}, but the index says {Joined(indexed)} and reading says {Joined(plain)}. "
                        + string.Join("; ", leads.Where(l => (expected.Contains(l.Id) ? 1 : 0) + (indexed.Contains(l.Id) ? 1 : 0) + (plain.Contains(l.Id) ? 1 : 0) is 1 or 2).Select(l => Codes(l.SearchText))));
                }
            }
            finally
            {
                await using var db = desk.Database();
                await db.LeadEvents.ExecuteDeleteAsync();
                await db.LeadContacts.ExecuteDeleteAsync();
                await db.Leads.ExecuteDeleteAsync();
            }
        }, iter: provider is DatabaseProvider.Sqlite ? 25 : 12, threads: 1);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_phone_number_is_found_however_it_is_written(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(details: new() { Name = "Lena Fischer", Phones = [new("030 / 1234-567", "+49301234567"), new("+43 1 99 88 77", null)] });
        await desk.LeadAsync("Omar Haddad", details: new() { Name = "Omar Haddad", Phones = [new("12", null)] });

        foreach (var typed in new[] { "+49 30 1234567", "030/1234567", "(030) 1234-567", "4930", "1234-5", "+43 1 998", "49" })
        {
            Assert.Equal([lead.Id], await FindAsync(desk, typed, desk.Meera));
        }
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Further_addresses_companies_and_external_ids_are_found_too(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(details: new() { Name = "Łukasz Dvořák", Company = "Ærø Straße & Søn", Emails = ["first@one.example", "second_try@two.example"], ExternalId = "2024-17" });
        await desk.LeadAsync("Second-Try of another", details: new() { Name = "secondXtry" });

        foreach (var typed in new[] { "DVORAK", "lukasz", "aero STRASSE", "søn", "son", "second_try", "2024-17", "two.example" })
        {
            Assert.Equal([lead.Id], await FindAsync(desk, typed, desk.Meera));
        }
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Everyone_finds_within_their_scope(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var hers = (await desk.LeadAsync("Weber of Asha", ownedBy: desk.Asha)).Id;
        var his = (await desk.LeadAsync("Weber of Omar", ownedBy: desk.Omar)).Id;
        var nobodys = (await desk.LeadAsync("Weber of nobody")).Id;

        Assert.Equal([hers], await FindAsync(desk, "weber", desk.Asha));
        Assert.Empty(await FindAsync(desk, "weber", desk.Ravi));
        Assert.Equal([hers], await FindAsync(desk, "weber", desk.Tara));
        Assert.Equal([his], await FindAsync(desk, "web", desk.Nils));
        Assert.Equal([hers, his, nobodys], await FindAsync(desk, "we", desk.Meera));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_term_that_most_leads_hold_and_one_whose_parts_they_hold_find_what_plain_reading_finds(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var leads = await AddAsync(desk, [.. Enumerable.Range(0, 2_500).Select(n => new LeadDetails { Name = n % 700 == 9 ? "abcdefgh" : "abcd efgh cdef bcde defg", Company = $"Company {n}" })]);
        await using var db = desk.Database();
        var read = await desk.Get<DeskDirectory>().GetAsync();

        foreach (var typed in new[] { "abcdefgh", "abcd", "company", "c", "any 77" })
        {
            Assert.Equal(Holders(leads, typed), await Ids(await new LeadFilter { Search = typed }.MatchAsync(db, Actor.System("test"), read, desk.Now)));
        }
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task What_is_edited_imported_or_gone_is_found_as_it_is_now(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync("Lena Fischer", ownedBy: desk.Asha);
        var many = await AddAsync(desk, [new() { Name = "Imported Weber" }, new() { Name = "Imported Rossi" }]);

        await desk.Get<EditLeadDetails>().RunAsync(lead.Id, new() { Name = "Lena Novak" }, lead.Version, await desk.As(desk.Asha));

        Assert.Empty(await FindAsync(desk, "fischer", desk.Meera));
        Assert.Equal([lead.Id], await FindAsync(desk, "novak", desk.Meera));
        Assert.Equal([many[0].Id], await FindAsync(desk, "ted web", desk.Meera));
        await using var db = desk.Database();
        await db.LeadEvents.Where(e => e.LeadId == many[0].Id).ExecuteDeleteAsync();
        await db.Leads.Where(l => l.Id == many[0].Id).ExecuteDeleteAsync();
        Assert.Empty(await FindAsync(desk, "ted web", desk.Meera));
        Assert.Equal(2, await IndexedAsync(db));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_change_that_leaves_the_search_text_alone_leaves_the_index_alone(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync("Lena Fischer", ownedBy: desk.Asha);
        await using var db = desk.Database();
        // Whoever touches the index now fails.
        await db.Database.ExecuteSqlRawAsync("""DROP TABLE "LeadSearch" """);
        if (provider is DatabaseProvider.Sqlite)
        {
            await db.Database.ExecuteSqlRawAsync("""CREATE TABLE "LeadSearch" ("Text" TEXT CHECK ("Text" = ''))""");
            await db.Database.ExecuteSqlRawAsync("""INSERT INTO "LeadSearch" (rowid, "Text") SELECT "Id", '' FROM "Leads" """);
        }

        var moved = await desk.Get<SetLeadStage>().RunAsync(lead.Id, desk.Stages[1].Id, lead.StageId, await desk.As(desk.Asha));
        await db.Database.ExecuteSqlRawAsync("""UPDATE "Leads" SET "SearchText" = "SearchText" """);

        Assert.False(moved.IsRefused);
        await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync("""UPDATE "Leads" SET "SearchText" = 'other' """));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_index_made_anew_holds_the_same(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync("Lena Fischer");
        await using var db = desk.Database();

        foreach (var sql in provider is DatabaseProvider.Sqlite ? SearchTables.RefillSqlite : SearchTables.RefillPostgres)
        {
            await db.Database.ExecuteSqlRawAsync(sql);
        }

        Assert.Equal(1, await IndexedAsync(db));
        Assert.Equal([lead.Id], await FindAsync(desk, "fisch", desk.Meera));
        await db.Database.ExecuteSqlRawAsync("""UPDATE "Leads" SET "SearchText" = 'lena novak' """);
        Assert.Empty(await FindAsync(desk, "fisch", desk.Meera));
        Assert.Equal([lead.Id], await FindAsync(desk, "nov", desk.Meera));
    }

    private static string Codes(string text) => string.Join(' ', text.Select(c => ((int)c).ToString("x", null)));

    private static string Joined(IEnumerable<LeadId> ids) => $"[{string.Join(' ', ids)}]";

    private static Task<int> IndexedAsync(LeadDeskDb db) => db.Database.SqlQuery<int>($"""SELECT count(*) AS "Value" FROM "LeadSearch" """).SingleAsync();

    private static async Task<List<LeadId>> FindAsync(TestDesk desk, string typed, Employee by)
    {
        var filter = new LeadFilter { Search = typed };
        var rows = await desk.Get<LeadListQuery>().AtAsync(filter, ListOrder.StandardOf(filter), 0, 50, await desk.As(by));
        return [.. rows.Select(r => r.Id).Order()];
    }

    private static Task<List<LeadId>> Ids(IQueryable<Lead> leads) => leads.OrderBy(l => l.Id).Select(l => l.Id).ToListAsync();

    private static async Task<List<Lead>> AddAsync(TestDesk desk, IReadOnlyCollection<LeadDetails> details)
    {
        await desk.Get<IdSource>().ReserveAsync<LeadId>(details.Count, default);
        var made = new List<Lead>();
        await desk.Get<Transactor>().RunAsync(Actor.System("test"), work =>
        {
            made = [.. details.Select(d => Lead.Create(work.NewId<LeadId>(), d, desk.WebForm.Id, desk.Inbound.Id, desk.Stages[0].Id, work.By, Cause.Import, work.Now).Value!)];
            work.Add(made, []);
            return Task.FromResult(Outcome.Done);
        });
        return made;
    }

    // What the product promises, spelled the slow way.
    private static List<LeadId> Holders(IEnumerable<Lead> leads, string typed)
    {
        var plain = Plain(typed);
        var digits = typed.Any(char.IsAsciiDigit) && typed.All(c => char.IsAsciiDigit(c) || "+ -/().".Contains(c, StringComparison.Ordinal)) ? string.Concat(typed.Where(char.IsAsciiDigit)) : "";
        return [.. leads.Where(l => plain.Length == 0 || Fields(l).Any(f => Has(f, plain) || (digits.Length > 0 && Has(f, digits)))).Select(l => l.Id).Order()];
    }

    private static IEnumerable<string> Fields(Lead lead) =>
        new[] { lead.Name, lead.Company, lead.ExternalId }.Concat(lead.Contacts.Where(c => c.Kind is ContactKind.Email).Select(c => c.Typed)).OfType<string>().Select(Plain)
            .Concat(lead.Contacts.Where(c => c.Kind is ContactKind.Phone).SelectMany(c => new[] { c.Typed, c.Comparable ?? "" }).Select(p => string.Concat(p.Where(char.IsAsciiDigit))));

    private static bool Has(string field, string what) =>
        what.EnumerateRunes().Count() < 3 ? field.Split(' ').Any(word => word.StartsWith(what, StringComparison.Ordinal))
        : field.Contains(what, StringComparison.Ordinal);

    private static string Plain(string text)
    {
        text = string.Concat(text.EnumerateRunes()).Replace('\ufffe', '\ufffd').Replace('\uffff', '\ufffd');
        text = string.Concat(text.Normalize(NormalizationForm.FormD).EnumerateRunes().Where(r => Rune.GetUnicodeCategory(r) is not UnicodeCategory.NonSpacingMark));
        text = string.Concat(text.EnumerateRunes().Select(r => Rune.ToLowerInvariant(r)));
        text = text.Replace("ß", "ss", StringComparison.Ordinal).Replace("æ", "ae", StringComparison.Ordinal).Replace("œ", "oe", StringComparison.Ordinal)
            .Replace('ø', 'o').Replace('ł', 'l').Replace('đ', 'd').Replace('ı', 'i');
        return Spaces().Replace(text, " ").Trim(' ').Normalize(NormalizationForm.FormC);
    }

    private static string Cut(LeadDetails details, int field, int from, int runes)
    {
        var text = (field switch { 0 => details.Name, 1 => details.Company, 2 => details.ExternalId, 3 => details.Emails[0], 4 => details.Phones[0].Typed, _ => details.Phones[0].E164 }) ?? details.Name!;
        var all = text.EnumerateRunes().ToList();
        return string.Concat(all.Skip(from % all.Count).Take(runes));
    }

    [GeneratedRegex(@"[\s\p{Cc}]+")]
    private static partial Regex Spaces();

    private static Gen<string> Any(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static readonly Gen<string> Letters = Gen.OneOf(
        Any("a", "b", "ab", "an", "ba", "A", "B", " ", "  ", "é", "E\u0301", "ü", "ß", "ø", "Æ", "ł", "İ", "ı", "Å", "ñ", "%", "_", "\"", "'", "*", "\\", "-", "+", "@", ".", "^", ":", "(", ")", "\t", "\u00a0", "\u200d", "\u2028", "\ufffe"),
        Any("😀", "𝔞", "𐐀", "王", "小", "明", "가", "각", "я", "Σ", "ς", "ﬁ", "ก", "\u0301", "אָ"),
        Gen.Int[0x20, 0x2fff].Select(c => char.ConvertFromUtf32(c)),
        Gen.Int[0x10000, 0x2ffff].Select(char.ConvertFromUtf32));

    private static readonly Gen<string> Text = Letters.Array[1, 12].Select(string.Concat);

    private static readonly Gen<string> Named = Text.Select(t => string.IsNullOrWhiteSpace(t) ? "a" : t);

    private static readonly Gen<string> Number = Any("1", "2", "3", "12", " ", "-", "/").Array[1, 9].Select(p => "0" + string.Concat(p));

    private static readonly Gen<LeadDetails> Details = Gen.Select(Named, Named, Named, Text, Number).Select((name, company, external, mail, phone) => new LeadDetails
    {
        Name = name,
        Company = company,
        ExternalId = external,
        Emails = ["a" + string.Concat(mail.Where(c => c is not (' ' or '@'))) + "@b.example"],
        Phones = [new(phone, "+49" + string.Concat(phone.Where(char.IsAsciiDigit).Skip(1)) + "9")],
    });
}
