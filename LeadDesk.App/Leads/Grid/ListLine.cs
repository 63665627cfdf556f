using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Leads.Grid;

/// <summary>One line of an open list: a lead, for a while with what just happened to it, or the place that a lead left.</summary>
public sealed class ListLine(LeadRow row)
{
    public LeadId Id => Row.Id;

    public LeadRow Row { get; private set; } = row;

    /// <summary>"Ben tagged it"; for a few seconds.</summary>
    public string? Note { get; private set; }

    /// <summary>Who took it away and when; then the line is no lead any more and counts for nothing.</summary>
    public string? Gone { get; private set; }

    /// <summary>It changed a moment ago.</summary>
    public bool IsHit { get; private set; }

    /// <summary>When note and pulse end, or the place closes.</summary>
    public DateTimeOffset? Until { get; private set; }

    /// <summary>In the whole list, from 0.</summary>
    public int Place { get; private set; }

    public bool IsTicked { get; private set; }

    /// <summary>Goes up with everything that shows: who paints the line compares it.</summary>
    public int Beat { get; private set; }

    public bool IsLead => Gone is null;

    /// <summary>False when nothing that shows is different.</summary>
    public bool Swap(LeadRow row, string? note, bool hit, DateTimeOffset until)
    {
        if (row == Row)
        {
            return false;
        }

        (Row, Note, IsHit, Until) = (row, note, hit, hit ? until : Until);
        Beat++;
        return true;
    }

    public void Leave(string words, DateTimeOffset until)
    {
        (Gone, Note, IsHit, Until) = (words, null, false, until);
        Beat++;
    }

    public void Stand(int place, bool ticked)
    {
        Beat += (Place, IsTicked) == (place, ticked) ? 0 : 1;
        (Place, IsTicked) = (place, ticked);
    }

    public void Calm()
    {
        (Note, IsHit, Until) = (null, false, null);
        Beat++;
    }
}
