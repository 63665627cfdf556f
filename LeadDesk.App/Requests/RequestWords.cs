using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Requests;

namespace LeadDesk.App.Requests;

/// <summary>What is said about data change requests.</summary>
public static class RequestWords
{
    public static string Tag(TagId id, Desk desk) => desk.Tag(id)?.Name ?? "a tag that is gone";

    public static string Act(bool putsOn) => putsOn ? "put on" : "take off";

    /// <summary>"put on VIP", for sentences.</summary>
    public static string Wish(RequestRow request, Desk desk) => $"{Act(request.PutsOn)} {Tag(request.TagId, desk)}";

    /// <summary>"Omar approved this"; the time stands behind it. None while it waits.</summary>
    public static string? Fate(RequestRow request, Desk desk, EmployeeId? reader)
    {
        var who = request.DecidedById is { } by && by == reader ? "You" : desk.Employee(request.DecidedById)?.FirstName ?? "Somebody";
        return request.State switch
        {
            RequestState.Waiting => null,
            RequestState.Approved => $"{who} approved this",
            RequestState.Rejected => $"{who} rejected this",
            RequestState.Withdrawn => $"{who} withdrew this",
            RequestState.Closed => $"It closed itself: {LowerFirst(request.Comment ?? "nothing was left to decide.").TrimEnd('.')}",
        };
    }

    public static string Icon(RequestState state) => state switch
    {
        RequestState.Waiting => "waiting",
        RequestState.Approved => "check",
        RequestState.Rejected => "close",
        RequestState.Withdrawn => "back",
        RequestState.Closed => "info",
    };

    /// <summary>How it is read out: "Lena Fischer, put on VIP, asked by Ana Costa, waiting 31 minutes".</summary>
    public static string Spoken(RequestRow request, Desk desk, DateTimeOffset now) =>
        $"{request.Lead}, {Wish(request, desk)}, asked by {desk.Employee(request.AskedById)?.Name ?? "somebody"}, "
        + (request.Waits ? $"waiting {TimeWords.LeftInFull(Age(request.AskedAt, now))}" : Fate(request, desk, null));

    /// <summary>How long it has waited; never nothing, so that it has words.</summary>
    public static TimeSpan Age(DateTimeOffset askedAt, DateTimeOffset now) => now - askedAt is var age && age > TimeSpan.Zero ? age : TimeSpan.FromTicks(1);

    /// <summary>"12 requests for VIP in 90 days: 11 approved, 1 rejected."</summary>
    public static string Record(AskerRecord record, string tag) => record.Decided switch
    {
        0 => $"No request for {tag} was decided in 90 days.",
        1 => $"1 request for {tag} in 90 days: {(record.Approved == 1 ? "approved" : "rejected")}.",
        var n => $"{n:N0} requests for {tag} in 90 days: {record.Approved:N0} approved, {record.Rejected:N0} rejected.",
    };

    /// <summary>"3 tags go on, 1 comes off, on 4 leads."; what approving all of these does.</summary>
    public static string Sum(IReadOnlyCollection<RequestRow> requests)
    {
        var (on, off) = (requests.Count(r => r.PutsOn), requests.Count(r => !r.PutsOn));
        var leads = requests.Select(r => r.LeadId).Distinct().Count();
        var puts = on switch { 0 => null, 1 => "1 tag goes on", _ => $"{on:N0} tags go on" };
        var takes = (on, off) switch
        {
            (_, 0) => null,
            (0, 1) => "1 tag comes off",
            (0, _) => $"{off:N0} tags come off",
            (_, 1) => "1 comes off",
            _ => $"{off:N0} come off",
        };
        return $"{string.Join(", ", new[] { puts, takes }.Where(w => w is not null))}, on {(leads == 1 ? "1 lead" : $"{leads:N0} leads")}.";
    }

    /// <summary>"Approved 3. VIP on Lena Fischer stayed: Omar approved this at 13:58."; what became of an act on several.</summary>
    public static string Done(bool approved, int done, IReadOnlyList<(RequestRow Request, string Why)> stayed, Desk desk)
    {
        var sentence = (approved, done) switch
        {
            (true, 0) => "Approved none.",
            (true, _) => $"Approved {done:N0}.",
            (false, 0) => "Rejected none.",
            (false, _) => $"Rejected {done:N0}.",
        };
        return sentence + stayed.Count switch
        {
            0 => "",
            1 => $" {Tag(stayed[0].Request.TagId, desk)} on {stayed[0].Request.Lead} stayed: {stayed[0].Why}",
            _ when stayed.All(s => s.Why == stayed[0].Why) => $" {stayed.Count:N0} stayed: {stayed[0].Why}",
            _ => $" {stayed.Count:N0} stayed, for several reasons.",
        };
    }

    private static string LowerFirst(string text) => text.StartsWith("The ", StringComparison.Ordinal) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
}
