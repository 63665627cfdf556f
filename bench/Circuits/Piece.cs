namespace LeadDesk.Bench.Circuits;

/// <summary>A piece of a page: an element, a text, or the place of a component, which has neither name nor text.</summary>
internal sealed class Piece(string? name, string? text = null)
{
    private readonly Dictionary<string, string> _attributes = [];
    private readonly Dictionary<string, ulong> _handlers = [];

    public string? Name => name;

    public string? Text { get; set; } = text;

    public Piece? Parent { get; private set; }

    public List<Piece> Children { get; } = [];

    /// <summary>By which scripts are given the element.</summary>
    public string? Reference { get; set; }

    public string? this[string attribute] => _attributes.GetValueOrDefault(attribute);

    /// <summary>In the order of the page, itself first.</summary>
    public IEnumerable<Piece> All => Children.SelectMany(c => c.All).Prepend(this);

    public string Words => string.Concat(All.Select(p => p.Text));

    /// <param name="what">"onclick".</param>
    public ulong? Handler(string what) => _handlers.TryGetValue(what, out var id) ? id : null;

    public void Set(string attribute, string? value, ulong handler)
    {
        Forget(attribute);
        if (handler > 0)
        {
            _handlers[attribute] = handler;
        }
        else if (value is not null)
        {
            _attributes[attribute] = value;
        }
    }

    public void Forget(string attribute)
    {
        _attributes.Remove(attribute);
        _handlers.Remove(attribute);
    }

    public void Insert(int place, Piece child)
    {
        child.Parent = this;
        Children.Insert(place, child);
    }

    /// <summary>All at once: each is taken from where it was before any moved.</summary>
    public void Permute(IReadOnlyList<(int From, int To)> moves)
    {
        var moved = moves.Select(m => (m.To, Piece: Children[m.From])).ToList();
        foreach (var (to, piece) in moved)
        {
            Children[to] = piece;
        }
    }
}
