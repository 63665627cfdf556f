using System.Globalization;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;

namespace LeadDesk.App.Leads.Profile;

/// <summary>Puts the parts of a profile together from the lead and the desk.</summary>
internal static class ProfileParts
{
    public static LeadFacts Facts(Lead lead, Desk desk, Actor actor, bool isTheirs) => new(lead.Id, lead.Version, lead.DisplayName, lead.Name, lead.Company)
    {
        Emails = new([.. Typed(lead, ContactKind.Email)]),
        Phones = new([.. Typed(lead, ContactKind.Phone, c => new PhoneFact(c.Typed, c.Comparable ?? Dialled(c.Typed)))]),
        ExternalId = lead.ExternalId,
        CountryCode = lead.Country,
        Country = lead.Country is { } country ? CountryName(country) : null,
        City = lead.City,
        LanguageTag = lead.Language,
        Language = lead.Language is { } language ? LanguageName(language) : null,
        TimeZone = lead.TimeZone,
        ValueMinor = lead.ValueMinor,
        Score = lead.Score,
        DoNotCall = lead.DoNotCall,
        DoNotMail = lead.DoNotMail,
        Source = desk.Source(lead.SourceId)?.Name ?? "",
        PoolId = lead.PoolId,
        Pool = desk.Pool(lead.PoolId)?.Name,
        StageId = lead.StageId,
        Stage = desk.Stage(lead.StageId)?.Name ?? "",
        OwnerId = lead.OwnerId,
        Owner = desk.Employee(lead.OwnerId)?.Name,
        FollowUpOn = lead.FollowUpOn,
        FollowUpAt = lead.FollowUpAt,
        FollowUpZone = desk.Employee(lead.OwnerId)?.TimeZone ?? actor.TimeZone,
        CallTag = desk.CallTag(lead.CallTagId)?.Name,
        Tags = new([.. lead.Tags.Select(t => desk.Tag(t.TagId)).OfType<Domain.Tags.Tag>().OrderBy(t => t.Name, StringComparer.CurrentCultureIgnoreCase)
            .Select(t => new TagFact(t.Id, t.Name, t.IsModifiable))]),
        IsFresh = isTheirs && lead.IsFresh,
        IsSecondChance = isTheirs && lead.IsSecondChance,
        IsRetired = lead.IsRetired,
        TimesRetired = lead.TimesRetired,
        CreatedAt = lead.CreatedAt,
    };

    public static LeadFacts Bare(Lead lead, string? name, string? company) => new(lead.Id, 0, name ?? company ?? $"Lead {lead.Id.Value}", name, company, IsBare: true);

    public static ClockFacts Clock(Lead lead, Desk desk, DateTimeOffset now)
    {
        var policy = desk.Policy;
        var reading = desk.Clock(lead.ClockStart, lead.StageId, now);
        var state = reading is not null ? ClockState.Runs
            : lead.IsRetired ? ClockState.Retired
            : lead.OwnerId is null ? ClockState.NoOwner
            : !desk.Retires(lead.StageId) ? ClockState.StageDoesNotRetire
            : ClockState.Off;
        var waits = policy.InForceFrom is { } from && now < from;
        return new(
            state,
            reading is { } r ? new Countdown(r.Start, r.OldFrom, r.StaleFrom, r.RetiresAt) : null,
            policy.PeriodAt(now),
            waits ? policy.InForceFrom : null,
            waits ? policy.Period : null)
        {
            RetiredAt = lead.RetiredAt,
            QuietSince = lead.QuietSince,
            RetiredFrom = desk.Employee(lead.RetiredFromId)?.Name,
        };
    }

    public static DeskChoices Choices(Desk desk, Actor actor) => new(
        new([.. desk.Stages.Select(s => new StageChoice(s.Id, s.Name, s.Kind, s.Retires))]),
        new([.. desk.Tags.Select(t => new TagFact(t.Id, t.Name, t.IsModifiable))]),
        new([.. desk.CallTags.Select(t => new CallTagChoice(t.Id, t.Name))]),
        actor.MayAssign ? new([.. desk.Pools.Select(p => new PoolChoice(p.Id, p.Name))]) : new Listed<PoolChoice>([]));

    private static IEnumerable<string> Typed(Lead lead, ContactKind kind) => Typed(lead, kind, c => c.Typed);

    private static IEnumerable<T> Typed<T>(Lead lead, ContactKind kind, Func<LeadContact, T> show) =>
        lead.Contacts.Where(c => c.Kind == kind).OrderBy(c => c.Position).Select(show);

    private static string Dialled(string typed) => string.Concat(typed.Where(c => char.IsAsciiDigit(c) || c == '+'));

    private static string CountryName(string code)
    {
        try
        {
            return new RegionInfo(code).EnglishName;
        }
        catch (ArgumentException)
        {
            return code;
        }
    }

    private static string LanguageName(string tag)
    {
        try
        {
            return CultureInfo.GetCultureInfo(tag, predefinedOnly: true).EnglishName;
        }
        catch (CultureNotFoundException)
        {
            return tag;
        }
    }
}
