namespace LeadDesk.App.Settings;

/// <summary>Orders of a dozen things.</summary>
internal static class Placing
{
    /// <summary>False when it stands there already.</summary>
    /// <param name="things">All of them, in their order.</param>
    /// <param name="thing">One of them.</param>
    /// <param name="index">Counted without the thing itself; out of range is the end it is nearer to.</param>
    public static bool MoveTo<T>(this List<T> things, T thing, int index)
    {
        var from = things.IndexOf(thing);
        var to = Math.Clamp(index, 0, things.Count - 1);
        things.RemoveAt(from);
        things.Insert(to, thing);
        return from != to;
    }

    public static void Place<T>(this List<T> things, Action<T, int> placeAt)
    {
        for (var n = 0; n < things.Count; n++)
        {
            placeAt(things[n], n);
        }
    }
}
