using System.Text.Json;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Tags;

namespace LeadDesk.Domain.Leads;

/// <summary>What a person says about a call; <paramref name="HappenedAt"/> may be given afterwards, never ahead.</summary>
public sealed record Call(CallTag? Outcome, string? Note, TimeSpan? Duration, DateTimeOffset? HappenedAt, DateOnly? NextFollowUp, TimeOnly? NextFollowUpAt);

public sealed partial class Lead
{
    public const int LongestText = 4_000;

    private static readonly TimeSpan _clockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Decided on the stage that the actor's screen showed: <paramref name="seen"/>. The app says who was faster.</summary>
    public Outcome MoveTo(Stage stage, StageId seen, Actor by, Cause cause, DateTimeOffset at, BatchId? batch = null)
    {
        if (MayNotWork(by, at) is { } refusal)
        {
            return refusal;
        }

        if (stage.Id == StageId)
        {
            return Outcome.NothingToDo;
        }

        if (StageId != seen)
        {
            return new ChangedMeanwhile("Somebody moved this lead a moment ago. It is shown there now.");
        }

        var from = StageId;
        (StageId, StageSince) = (stage.Id, at);
        var happened = Record(LeadEventKind.StageChanged, by, cause, at, batch);
        (happened.FromId, happened.ToId) = (from.Value, stage.Id.Value);
        return Outcome.Done;
    }

    /// <param name="lastByAuthor">The same author's last comment on this lead: equal text is kept and starts no clock.</param>
    public Outcome Comment(string text, string? lastByAuthor, Actor by, Cause cause, DateTimeOffset at, BatchId? batch = null)
    {
        var isLastWord = JustLeft(by, at) && !MayBeWorkedBy(by);
        if (!isLastWord && !MayBeWorkedBy(by))
        {
            return new NoLeadHere();
        }

        text = text.Trim();
        if (text.Length == 0)
        {
            return new EmptyComment();
        }

        if (text.Length > LongestText)
        {
            return new TextTooLong(LongestText);
        }

        var repeats = string.Equals(text, lastByAuthor?.Trim(), StringComparison.OrdinalIgnoreCase);
        Record(LeadEventKind.Commented, by, cause, at, batch, repeats, isLastWord).Text = text;
        return Outcome.Done;
    }

    public Outcome LogCall(Call call, Actor by, Cause cause, DateTimeOffset at)
    {
        var isLastWord = JustLeft(by, at) && !MayBeWorkedBy(by);
        if (!isLastWord && !MayBeWorkedBy(by))
        {
            return new NoLeadHere();
        }

        var note = string.IsNullOrWhiteSpace(call.Note) ? null : call.Note.Trim();
        if (call.Outcome is null && note is null)
        {
            return new EmptyCall();
        }

        if (note?.Length > LongestText)
        {
            return new TextTooLong(LongestText);
        }

        if (call.HappenedAt > at + _clockSkew)
        {
            return new CallInTheFuture();
        }

        if (call.Duration is { } duration && (duration < TimeSpan.Zero || duration > TimeSpan.FromDays(1)))
        {
            return new ImpossibleDuration();
        }

        var happened = Record(LeadEventKind.Called, by, cause, at, null, afterLeaving: isLastWord);
        (happened.ToId, happened.Text, happened.HappenedAt) = (call.Outcome?.Id.Value, note, call.HappenedAt);
        happened.DurationSeconds = (int?)call.Duration?.TotalSeconds;
        if (isLastWord)
        {
            return Outcome.Done;
        }

        CallTagId = call.Outcome?.Id ?? CallTagId;
        if (call.NextFollowUp is not null)
        {
            SetFollowUp(call.NextFollowUp, call.NextFollowUpAt, by, cause, at);
        }

        return Outcome.Done;
    }

    public Outcome ApplyCallTag(CallTag tag, Actor by, Cause cause, DateTimeOffset at, BatchId? batch = null)
    {
        if (MayNotWork(by, at) is { } refusal)
        {
            return refusal;
        }

        var from = CallTagId;
        CallTagId = tag.Id;
        var happened = Record(LeadEventKind.CallTagApplied, by, cause, at, batch);
        (happened.FromId, happened.ToId) = (from?.Value, tag.Id.Value);
        return Outcome.Done;
    }

    public Outcome Tag(Tag tag, Actor by, Cause cause, DateTimeOffset at, BatchId? batch = null)
    {
        if (MayNotTag(tag, by, at) is { } refusal)
        {
            return refusal;
        }

        if (_tags.Exists(t => t.TagId == tag.Id))
        {
            return Outcome.NothingToDo;
        }

        _tags.Add(new(Id, tag.Id));
        Record(LeadEventKind.Tagged, by, cause, at, batch).ToId = tag.Id.Value;
        return Outcome.Done;
    }

    public Outcome Untag(Tag tag, Actor by, Cause cause, DateTimeOffset at, BatchId? batch = null)
    {
        if (MayNotTag(tag, by, at) is { } refusal)
        {
            return refusal;
        }

        if (_tags.RemoveAll(t => t.TagId == tag.Id) == 0)
        {
            return Outcome.NothingToDo;
        }

        Record(LeadEventKind.Untagged, by, cause, at, batch).FromId = tag.Id.Value;
        return Outcome.Done;
    }

    /// <summary>Puts into the history what happened to a wish for a tag. The wish itself is a data change request.</summary>
    public void NoteRequest(LeadEventKind kind, TagId tag, bool putOn, string? text, Actor by, Cause cause, DateTimeOffset at)
    {
        var happened = Record(kind, by, cause, at, null);
        (happened.ToId, happened.FromId, happened.Text) = (putOn ? tag.Value : null, putOn ? null : tag.Value, text);
    }

    /// <summary>None takes the follow-up off. The date counts in the owner's time zone.</summary>
    public Outcome SetFollowUp(DateOnly? on, TimeOnly? time, Actor by, Cause cause, DateTimeOffset at, BatchId? batch = null)
    {
        if (MayNotWork(by, at) is { } refusal)
        {
            return refusal;
        }

        time = on is null ? null : time;
        if ((FollowUpOn, FollowUpAt) == (on, time))
        {
            return Outcome.NothingToDo;
        }

        (FollowUpOn, FollowUpAt) = (on, time);
        Record(LeadEventKind.FollowUpSet, by, cause, at, batch).Text =
            on is null ? null : FormattableString.Invariant($"{on:yyyy-MM-dd}{(time is { } t ? FormattableString.Invariant($" {t:HH\\:mm}") : "")}");
        return Outcome.Done;
    }

    /// <summary>Needs the contacts loaded. The source never changes.</summary>
    public Outcome EditDetails(LeadDetails details, Actor by, Cause cause, DateTimeOffset at, BatchId? batch = null)
    {
        if (MayNotWork(by, at) is { } refusal)
        {
            return refusal;
        }

        details = details.Tidied();
        if (details.Check() is { } unacceptable)
        {
            return unacceptable;
        }

        var before = Details();
        var changes = Changes(before, details);
        if (changes.Count == 0)
        {
            return Outcome.NothingToDo;
        }

        Take(details);
        Record(LeadEventKind.DetailsEdited, by, cause, at, batch).Text = JsonSerializer.Serialize(changes);
        return Outcome.Done;
    }

    /// <summary>Noted when an import brings the lead again from another channel: the source itself stays.</summary>
    public void NoteAlsoSeenFrom(SourceId source, Actor by, Cause cause, DateTimeOffset at, BatchId? batch)
    {
        if (source != SourceId)
        {
            Record(LeadEventKind.AlsoSeenFrom, by, cause, at, batch).ToId = source.Value;
        }
    }

    /// <summary>Needs the contacts loaded.</summary>
    public LeadDetails Details() => new()
    {
        Name = Name,
        Company = Company,
        Emails = [.. _contacts.Where(c => c.Kind is ContactKind.Email).OrderBy(c => c.Position).Select(c => c.Typed)],
        Phones = [.. _contacts.Where(c => c.Kind is ContactKind.Phone).OrderBy(c => c.Position).Select(c => new Phone(c.Typed, c.Comparable))],
        ExternalId = ExternalId,
        Country = Country,
        City = City,
        Language = Language,
        TimeZone = TimeZone,
        ValueMinor = ValueMinor,
        DoNotCall = DoNotCall,
        DoNotMail = DoNotMail,
    };

    private static List<FieldChange> Changes(LeadDetails from, LeadDetails to)
    {
        (string Field, string? From, string? To)[] fields =
        [
            ("Name", from.Name, to.Name),
            ("Company", from.Company, to.Company),
            ("E-mail", string.Join(", ", from.Emails), string.Join(", ", to.Emails)),
            ("Phone", string.Join(", ", from.Phones.Select(p => p.Typed)), string.Join(", ", to.Phones.Select(p => p.Typed))),
            ("External id", from.ExternalId, to.ExternalId),
            ("Country", from.Country, to.Country),
            ("City", from.City, to.City),
            ("Language", from.Language, to.Language),
            ("Time zone", from.TimeZone, to.TimeZone),
            ("Value", Text(from.ValueMinor), Text(to.ValueMinor)),
            ("Do not call", YesNo(from.DoNotCall), YesNo(to.DoNotCall)),
            ("Do not mail", YesNo(from.DoNotMail), YesNo(to.DoNotMail)),
        ];
        return [.. fields.Where(f => (f.From ?? "") != (f.To ?? "")).Select(f => new FieldChange(f.Field, f.From, f.To))];

        static string? Text(long? minor) => minor is { } m ? (m / 100m).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) : null;
        static string YesNo(bool value) => value ? "yes" : "no";
    }

    private Refusal? MayNotWork(Actor by, DateTimeOffset at) =>
        MayBeWorkedBy(by) ? null
        : JustLeft(by, at) && LeavingOf(by) is { } left ? new LeadLeft(left.Why, left.At)
        : new NoLeadHere();

    private Refusal? MayNotTag(Tag tag, Actor by, DateTimeOffset at) =>
        MayNotWork(by, at) ?? (tag.IsModifiable || by.MayUseNonModifiableTags ? null : new TagNeedsManager(tag.Name));
}
