namespace LeadDesk.Bench.Circuits;

/// <summary>What a browser would show: every render batch applied as its script applies it.</summary>
internal sealed class Page
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Piece> _components = [];
    private readonly Piece _root = new(null);

    /// <summary>In the order of the page.</summary>
    public IReadOnlyList<Piece> All()
    {
        lock (_lock)
        {
            return [.. _root.All];
        }
    }

    public Piece? Find(Func<Piece, bool> which) => All().FirstOrDefault(which);

    public Piece? ByTestId(string id) => Find(p => p["data-testid"] == id);

    /// <summary>Numbers of the leads in its rows and cards.</summary>
    public IReadOnlyList<string> Leads() => [.. All().Select(p => p["data-lead-id"]).OfType<string>()];

    /// <summary>Nothing says that it is being read.</summary>
    public bool IsStill() => All().All(p => p["data-testid"] != "loading" && p["aria-busy"] != "true");

    public void Apply(byte[] content)
    {
        var batch = new RenderBatch(content);
        lock (_lock)
        {
            foreach (var (component, edits) in batch.Changed)
            {
                Apply(batch, Place(component), edits);
            }

            foreach (var gone in batch.Disposed)
            {
                _components.Remove(gone);
            }
        }
    }

    private Piece Place(int component)
    {
        if (!_components.TryGetValue(component, out var place))
        {
            _components[component] = place = new(null);
            _root.Insert(_root.Children.Count, place);
        }

        return place;
    }

    private void Apply(RenderBatch batch, Piece at, IEnumerable<Edit> edits)
    {
        List<(int From, int To)> moves = [];
        foreach (var edit in edits)
        {
            switch (edit.Kind)
            {
                case EditKind.Insert:
                    Insert(batch, at, edit.Place, edit.Number);
                    break;
                case EditKind.Remove:
                    at.Children.RemoveAt(edit.Place);
                    break;
                case EditKind.SetAttribute:
                    at.Children[edit.Place].Set(batch.Text(edit.Number)!, batch.Value(edit.Number), batch.Handler(edit.Number));
                    break;
                case EditKind.RemoveAttribute:
                    at.Children[edit.Place].Forget(edit.Name!);
                    break;
                case EditKind.SetText or EditKind.SetMarkup:
                    at.Children[edit.Place].Text = batch.Text(edit.Number);
                    break;
                case EditKind.StepIn:
                    at = at.Children[edit.Place];
                    break;
                case EditKind.StepOut:
                    at = at.Parent!;
                    break;
                case EditKind.Move:
                    moves.Add((edit.Place, edit.Number));
                    break;
                case EditKind.MovesEnd:
                    at.Permute(moves);
                    moves.Clear();
                    break;
            }
        }
    }

    /// <returns>How many pieces came.</returns>
    private int Insert(RenderBatch batch, Piece into, int place, int frame)
    {
        switch (batch.Kind(frame))
        {
            case FrameKind.Element:
                var element = new Piece(batch.Name(frame));
                into.Insert(place, element);
                InsertAll(batch, element, 0, frame + 1, frame + batch.Length(frame));
                return 1;
            case FrameKind.Text or FrameKind.Markup:
                into.Insert(place, new(null, batch.Text(frame)));
                return 1;
            case FrameKind.Component:
                var component = _components[batch.ComponentId(frame)] = new(null);
                into.Insert(place, component);
                return 1;
            case FrameKind.Region:
                return InsertAll(batch, into, place, frame + 1, frame + batch.Length(frame));
            case FrameKind.Attribute:
                into.Set(batch.Text(frame)!, batch.Value(frame), batch.Handler(frame));
                return 0;
            case FrameKind.ElementReference:
                into.Reference = batch.Text(frame);
                return 0;
            default:
                return 0;
        }
    }

    private int InsertAll(RenderBatch batch, Piece into, int place, int from, int to)
    {
        var came = 0;
        for (var frame = from; frame < to; frame += batch.Kind(frame) is FrameKind.Element or FrameKind.Component or FrameKind.Region ? batch.Length(frame) : 1)
        {
            came += Insert(batch, into, place + came, frame);
        }

        return came;
    }
}
