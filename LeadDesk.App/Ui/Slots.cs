namespace LeadDesk.App.Ui;

/// <summary>The places of the frame that a page fills.</summary>
public static class Slots
{
    /// <summary>The app bar: title, one quiet fact, acts. Filled by <see cref="PageHead"/>.</summary>
    public const string Head = "head";

    /// <summary>The end of the app bar: what is new for the reader. Filled by the frame.</summary>
    public const string Bell = "bell";

    /// <summary>Under the app bar, full width, one at a time.</summary>
    public const string Banner = "banner";
}
