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
        var tag = new Tag { Id = id };
        var outcome = tag.Edit(name, isModifiable);
        return outcome.Refusal is { } refusal ? refusal : tag;
    }

    public Outcome Edit(string name, bool isModifiable)
    {
        name = name.Trim();
        if (name.Length is 0 or > 60)
        {
            return new NotAcceptable(nameof(Name), "A tag name has 1 to 60 characters.");
        }

        if ((Name, IsModifiable) == (name, isModifiable))
        {
            return Outcome.NothingToDo;
        }

        (Name, IsModifiable) = (name, isModifiable);
        return Outcome.Done;
    }
}
