namespace LeadDesk.App.Notifications;

/// <summary>A line where it stands in the open inbox.</summary>
/// <param name="IsNew">It was unread when it came; it stays among the new ones after it was read, so that nothing moves under the hand.</param>
public sealed record OpenLine(InboxLine Line, bool IsNew);

/// <summary>An inbox while someone looks at it.</summary>
public sealed class OpenInbox
{
    private readonly List<OpenLine> _lines = [];

    public IReadOnlyList<OpenLine> Lines => _lines;

    /// <summary>From where older ones are read on; none where there are none.</summary>
    public long? Before { get; private set; }

    public long Newest => _lines.SelectMany(l => l.Line.Ids).DefaultIfEmpty().Max();

    public bool HasUnread => _lines.Exists(l => l.Line.IsUnread);

    public void Open(InboxPage page)
    {
        _lines.Clear();
        _lines.AddRange(page.Unread.Select(l => new OpenLine(l, true)));
        Append(page);
    }

    public void Append(InboxPage older)
    {
        _lines.AddRange(older.Read.Select(l => new OpenLine(l, false)));
        Before = older.Before;
    }

    /// <summary>Takes in how the newest stand now: known ones change in their place, what came stands on top. True when anything shown is different.</summary>
    public bool Merge(InboxPage page)
    {
        var different = false;
        foreach (var line in page.Unread.Concat(page.Read).Reverse())
        {
            var places = Enumerable.Range(0, _lines.Count).Where(i => _lines[i].Line.Ids.Intersect(line.Ids).Any()).ToList();
            if (places.Count == 0)
            {
                if (line.IsUnread)
                {
                    _lines.Insert(0, new(line, true));
                    different = true;
                }

                continue;
            }

            for (var i = places.Count - 1; i > 0; i--)
            {
                // They were folded meanwhile.
                _lines.RemoveAt(places[i]);
                different = true;
            }

            if (_lines[places[0]].Line != line)
            {
                _lines[places[0]] = _lines[places[0]] with { Line = line };
                different = true;
            }
        }

        return different;
    }
}
