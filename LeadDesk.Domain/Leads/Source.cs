using LeadDesk.Domain.Basics;

namespace LeadDesk.Domain.Leads;

/// <summary>The channel a lead came from. Two names that differ only in case are one source.</summary>
public sealed class Source
{
    private Source() { }

    public SourceId Id { get; private set; }
    public string Name { get; private set; } = "";

    public static Outcome<Source> Create(SourceId id, string name)
    {
        var source = new Source { Id = id };
        var outcome = source.Rename(name);
        return outcome.Refusal is { } refusal ? refusal : source;
    }

    public Outcome Rename(string name)
    {
        name = name.Trim();
        if (name.Length is 0 or > 100)
        {
            return new NotAcceptable(nameof(Name), "A source name has 1 to 100 characters.");
        }

        if (Name == name)
        {
            return Outcome.NothingToDo;
        }

        Name = name;
        return Outcome.Done;
    }
}
