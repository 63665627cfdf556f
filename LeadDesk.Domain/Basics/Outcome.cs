namespace LeadDesk.Domain.Basics;

public enum OutcomeKind
{
    Done,
    NothingToDo,
    Refused,
}

/// <summary>What a verb answers. Exceptions are for bugs and for the world failing, never for a no.</summary>
public readonly record struct Outcome(OutcomeKind Kind, Refusal? Refusal = null)
{
    public static Outcome Done => new(OutcomeKind.Done);
    public static Outcome NothingToDo => new(OutcomeKind.NothingToDo);

    public bool IsRefused => Kind is OutcomeKind.Refused;

    public static implicit operator Outcome(Refusal refusal) => new(OutcomeKind.Refused, refusal);
}

/// <summary>An outcome that carries something when it is not refused.</summary>
public readonly record struct Outcome<T>(OutcomeKind Kind, T? Value, Refusal? Refusal = null)
{
    public bool IsRefused => Kind is OutcomeKind.Refused;

    public Outcome Plain => new(Kind, Refusal);

    public static implicit operator Outcome<T>(T value) => new(OutcomeKind.Done, value);
    public static implicit operator Outcome<T>(Refusal refusal) => new(OutcomeKind.Refused, default, refusal);
}
