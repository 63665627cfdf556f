using System.Buffers.Binary;
using System.Text;

namespace LeadDesk.Bench.Circuits;

internal enum EditKind
{
    Insert = 1,
    Remove = 2,
    SetAttribute = 3,
    RemoveAttribute = 4,
    SetText = 5,
    StepIn = 6,
    StepOut = 7,
    SetMarkup = 8,
    Move = 9,
    MovesEnd = 10,
}

internal enum FrameKind
{
    Element = 1,
    Text = 2,
    Attribute = 3,
    Component = 4,
    Region = 5,
    ElementReference = 6,
    Markup = 8,
}

/// <param name="Number">The frame that comes, or where a moved one goes.</param>
internal readonly record struct Edit(EditKind Kind, int Place, int Number, string? Name);

/// <summary>One render batch as it comes over the wire: what changes in each component, and the frames that come new.</summary>
internal sealed class RenderBatch(byte[] content)
{
    private const int FrameSize = 20;
    private const int EditSize = 16;

    public IEnumerable<(int Component, IEnumerable<Edit> Edits)> Changed
    {
        get
        {
            var table = Number(content.Length - 20);
            for (var i = 0; i < Number(table); i++)
            {
                var at = Number(table + 4 + (i * 4));
                yield return (Number(at), EditsAt(at + 4));
            }
        }
    }

    public IEnumerable<int> Disposed
    {
        get
        {
            var table = Number(content.Length - 12);
            return Enumerable.Range(0, Number(table)).Select(i => Number(table + 4 + (i * 4)));
        }
    }

    public FrameKind Kind(int frame) => (FrameKind)Number(At(frame));

    /// <summary>Of an element, a component or a region, itself included.</summary>
    public int Length(int frame) => Number(At(frame) + 4);

    public int ComponentId(int frame) => Number(At(frame) + 8);

    /// <summary>Of an element its name.</summary>
    public string? Name(int frame) => Words(Number(At(frame) + 8));

    /// <summary>Of an attribute its name, of anything else its content.</summary>
    public string? Text(int frame) => Words(Number(At(frame) + 4));

    /// <summary>None where it is false.</summary>
    public string? Value(int frame) => Words(Number(At(frame) + 8));

    public ulong Handler(int frame) => BinaryPrimitives.ReadUInt64LittleEndian(content.AsSpan(At(frame) + 12));

    private IEnumerable<Edit> EditsAt(int start)
    {
        for (var i = 0; i < Number(start); i++)
        {
            var at = start + 4 + (i * EditSize);
            yield return new((EditKind)Number(at), Number(at + 4), Number(at + 8), Words(Number(at + 12)));
        }
    }

    private int At(int frame) => Number(content.Length - 16) + 4 + (frame * FrameSize);

    private string? Words(int index)
    {
        if (index < 0)
        {
            return null;
        }

        var (at, length, shift) = (Number(Number(content.Length - 4) + (index * 4)), 0, 0);
        byte part;
        do
        {
            part = content[at++];
            length |= (part & 0x7f) << shift;
            shift += 7;
        }
        while (part >= 0x80);

        return Encoding.UTF8.GetString(content, at, length);
    }

    private int Number(int at) => BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(at));
}
