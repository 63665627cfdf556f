using LeadDesk.Domain.Basics;

namespace LeadDesk.Domain.Pipeline;

public enum StageKind
{
    Open,
    Won,
    Lost,
}

/// <summary>An ordered step of the pipeline.</summary>
public sealed class Stage
{
    private Stage() { }

    public StageId Id { get; private set; }
    public string Name { get; private set; } = "";
    public int Position { get; private set; }
    public StageKind Kind { get; private set; }

    /// <summary>Whether leads in this stage retire. Won and Lost do not, unless someone says so.</summary>
    public bool Retires { get; private set; }

    public static Outcome<Stage> Create(StageId id, string name, int position, StageKind kind, bool? retires = null)
    {
        var stage = new Stage { Id = id, Position = position };
        var outcome = stage.Edit(name, kind, retires ?? kind is StageKind.Open);
        return outcome.Refusal is { } refusal ? refusal : stage;
    }

    public Outcome Edit(string name, StageKind kind, bool retires)
    {
        name = name.Trim();
        if (name.Length is 0 or > 60)
        {
            return new NotAcceptable(nameof(Name), "A stage name has 1 to 60 characters.");
        }

        if ((Name, Kind, Retires) == (name, kind, retires))
        {
            return Outcome.NothingToDo;
        }

        (Name, Kind, Retires) = (name, kind, retires);
        return Outcome.Done;
    }

    public void PlaceAt(int position) => Position = position;
}
