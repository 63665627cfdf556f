using LeadDesk.Domain.Basics;

namespace LeadDesk.Domain.Tags;

/// <summary>A label on a lead.</summary>
public sealed class Tag
{
    private Tag() { }

    public TagId Id { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>Anyone who may work the lead puts a modifiable tag on and takes it off, at once.</summary>
    public bool IsModifiable { get; private set; } = true;

    public static Outcome<Tag> Create(TagId id, string name, bool isModifiable = true)
    {
        var tag = new Tag { Id = id, IsModifiable = isModifiable };
        var outcome = tag.Rename(name);
        return outcome.Refusal is { } refusal ? refusal : tag;
    }

    public Outcome Rename(string name)
    {
        name = name.Trim();
        if (name.Length is 0 or > 60)
        {
            return new NotAcceptable(nameof(Name), "A tag name has 1 to 60 characters.");
        }

        if (Name == name)
        {
            return Outcome.NothingToDo;
        }

        Name = name;
        return Outcome.Done;
    }
}
