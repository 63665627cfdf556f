using System.Collections;

namespace LeadDesk.App.Ui;

/// <summary>A list that is compared by what is in it, so that rows which hold one can be compared by value.</summary>
public sealed class ValueList<T>(IReadOnlyList<T> values) : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    public int Count => values.Count;

    public T this[int index] => values[index];

    public bool Equals(ValueList<T>? other) => other is not null && values.SequenceEqual(other);

    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    public override int GetHashCode() => values.Aggregate(0, HashCode.Combine);

    public IEnumerator<T> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
