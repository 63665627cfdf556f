namespace LeadDesk.App.Requests;

/// <summary>What the keys of the queue ask for; js/queue.js says the same words.</summary>
public enum QueueKey
{
    Next,
    Previous,
    First,
    Last,
    Tick,
    All,
    None,
    Reject,
    Open,
    More,
}
