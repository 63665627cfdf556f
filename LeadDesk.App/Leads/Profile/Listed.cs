using System.Collections;

namespace LeadDesk.App.Leads.Profile;

/// <summary>A list that equals another with equal items, so that records which hold one compare by value.</summary>
public sealed class Listed<T>(IReadOnlyList<T> items) : IReadOnlyList<T>, IEquatable<Listed<T>>
{
    public int Count => items.Count;

    public T this[int index] => items[index];

    public bool Equals(Listed<T>? other) => other is not null && (ReferenceEquals(this, other) || this.SequenceEqual(other));

    public override bool Equals(object? obj) => Equals(obj as Listed<T>);

    public override int GetHashCode() => Count == 0 ? 0 : HashCode.Combine(Count, this[0]);

    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
