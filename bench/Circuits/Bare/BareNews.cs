namespace LeadDesk.Bench.Circuits.Bare;

/// <summary>One number, and everyone who shows it.</summary>
internal sealed class BareNews
{
    public event Action? Told;

    public int Number { get; private set; }

    public void Tell()
    {
        Number++;
        Told?.Invoke();
    }
}
