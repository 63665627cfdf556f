namespace LeadDesk.Domain.Basics;

/// <summary>An id that the app hands out before the insert; never reused, also not after a deletion.</summary>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    long Value { get; }

    static abstract TSelf From(long value);
}

public readonly record struct LeadId(long Value) : IId<LeadId>, IComparable<LeadId>
{
    public static LeadId From(long value) => new(value);
    public int CompareTo(LeadId other) => Value.CompareTo(other.Value);
    public static bool operator <(LeadId left, LeadId right) => left.Value < right.Value;
    public static bool operator >(LeadId left, LeadId right) => left.Value > right.Value;
    public static bool operator <=(LeadId left, LeadId right) => left.Value <= right.Value;
    public static bool operator >=(LeadId left, LeadId right) => left.Value >= right.Value;
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

public readonly record struct EmployeeId(long Value) : IId<EmployeeId>, IComparable<EmployeeId>
{
    public static EmployeeId From(long value) => new(value);
    public int CompareTo(EmployeeId other) => Value.CompareTo(other.Value);
    public static bool operator <(EmployeeId left, EmployeeId right) => left.Value < right.Value;
    public static bool operator >(EmployeeId left, EmployeeId right) => left.Value > right.Value;
    public static bool operator <=(EmployeeId left, EmployeeId right) => left.Value <= right.Value;
    public static bool operator >=(EmployeeId left, EmployeeId right) => left.Value >= right.Value;
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

public readonly record struct TeamId(long Value) : IId<TeamId>, IComparable<TeamId>
{
    public static TeamId From(long value) => new(value);
    public int CompareTo(TeamId other) => Value.CompareTo(other.Value);
    public static bool operator <(TeamId left, TeamId right) => left.Value < right.Value;
    public static bool operator >(TeamId left, TeamId right) => left.Value > right.Value;
    public static bool operator <=(TeamId left, TeamId right) => left.Value <= right.Value;
    public static bool operator >=(TeamId left, TeamId right) => left.Value >= right.Value;
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

public readonly record struct SourceId(long Value) : IId<SourceId>, IComparable<SourceId>
{
    public static SourceId From(long value) => new(value);
    public int CompareTo(SourceId other) => Value.CompareTo(other.Value);
    public static bool operator <(SourceId left, SourceId right) => left.Value < right.Value;
    public static bool operator >(SourceId left, SourceId right) => left.Value > right.Value;
    public static bool operator <=(SourceId left, SourceId right) => left.Value <= right.Value;
    public static bool operator >=(SourceId left, SourceId right) => left.Value >= right.Value;
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

public readonly record struct PoolId(long Value) : IId<PoolId>, IComparable<PoolId>
{
    public static PoolId From(long value) => new(value);
    public int CompareTo(PoolId other) => Value.CompareTo(other.Value);
    public static bool operator <(PoolId left, PoolId right) => left.Value < right.Value;
    public static bool operator >(PoolId left, PoolId right) => left.Value > right.Value;
    public static bool operator <=(PoolId left, PoolId right) => left.Value <= right.Value;
    public static bool operator >=(PoolId left, PoolId right) => left.Value >= right.Value;
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

public readonly record struct StageId(long Value) : IId<StageId>, IComparable<StageId>
{
    public static StageId From(long value) => new(value);
    public int CompareTo(StageId other) => Value.CompareTo(other.Value);
    public static bool operator <(StageId left, StageId right) => left.Value < right.Value;
    public static bool operator >(StageId left, StageId right) => left.Value > right.Value;
    public static bool operator <=(StageId left, StageId right) => left.Value <= right.Value;
    public static bool operator >=(StageId left, StageId right) => left.Value >= right.Value;
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

public readonly record struct TagId(long Value) : IId<TagId>, IComparable<TagId>
{
    public static TagId From(long value) => new(value);
    public int CompareTo(TagId other) => Value.CompareTo(other.Value);
    public static bool operator <(TagId left, TagId right) => left.Value < right.Value;
    public static bool operator >(TagId left, TagId right) => left.Value > right.Value;
    public static bool operator <=(TagId left, TagId right) => left.Value <= right.Value;
    public static bool operator >=(TagId left, TagId right) => left.Value >= right.Value;
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

public readonly record struct CallTagId(long Value) : IId<CallTagId>, IComparable<CallTagId>
{
    public static CallTagId From(long value) => new(value);
    public int CompareTo(CallTagId other) => Value.CompareTo(other.Value);
    public static bool operator <(CallTagId left, CallTagId right) => left.Value < right.Value;
    public static bool operator >(CallTagId left, CallTagId right) => left.Value > right.Value;
    public static bool operator <=(CallTagId left, CallTagId right) => left.Value <= right.Value;
    public static bool operator >=(CallTagId left, CallTagId right) => left.Value >= right.Value;
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

public readonly record struct BatchId(long Value) : IId<BatchId>, IComparable<BatchId>
{
    public static BatchId From(long value) => new(value);
    public int CompareTo(BatchId other) => Value.CompareTo(other.Value);
    public static bool operator <(BatchId left, BatchId right) => left.Value < right.Value;
    public static bool operator >(BatchId left, BatchId right) => left.Value > right.Value;
    public static bool operator <=(BatchId left, BatchId right) => left.Value <= right.Value;
    public static bool operator >=(BatchId left, BatchId right) => left.Value >= right.Value;
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

public readonly record struct RequestId(long Value) : IId<RequestId>, IComparable<RequestId>
{
    public static RequestId From(long value) => new(value);
    public int CompareTo(RequestId other) => Value.CompareTo(other.Value);
    public static bool operator <(RequestId left, RequestId right) => left.Value < right.Value;
    public static bool operator >(RequestId left, RequestId right) => left.Value > right.Value;
    public static bool operator <=(RequestId left, RequestId right) => left.Value <= right.Value;
    public static bool operator >=(RequestId left, RequestId right) => left.Value >= right.Value;
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
