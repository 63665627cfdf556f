using LeadDesk.Domain.Basics;

namespace LeadDesk.Domain.Tags;

/// <summary>The outcome of a call: No answer, Call back, Wrong number, Interested.</summary>
public sealed class CallTag
{
    private CallTag() { }

    public CallTagId Id { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>The order on the call form; the first nine have the keys 1 to 9.</summary>
    public int Position { get; private set; }

    public static Outcome<CallTag> Create(CallTagId id, string name, int position)
    {
        var tag = new CallTag { Id = id, Position = position };
        var outcome = tag.Rename(name);
        return outcome.Refusal is { } refusal ? refusal : tag;
    }

    public Outcome Rename(string name)
    {
        name = name.Trim();
        if (name.Length is 0 or > 60)
        {
            return new NotAcceptable(nameof(Name), "A call tag name has 1 to 60 characters.");
        }

        if (Name == name)
        {
            return Outcome.NothingToDo;
        }

        Name = name;
        return Outcome.Done;
    }

    public void PlaceAt(int position) => Position = position;
}
