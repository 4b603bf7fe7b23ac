using System.Collections;
using System.Runtime.CompilerServices;

namespace ReleaseTasks.Plans;

/// <summary>A read-only list that is equal to another with the same items in the same order, as records need it.</summary>
[CollectionBuilder(typeof(Steps), nameof(Steps.Create))]
public sealed class Steps<T>(IEnumerable<T> items) : IReadOnlyList<T>, IEquatable<Steps<T>>
{
    private readonly T[] _items = [.. items];

    public int Count => _items.Length;

    public T this[int index] => _items[index];

    public bool Equals(Steps<T>? other) => other is not null && _items.SequenceEqual(other._items);

    public override bool Equals(object? obj) => Equals(obj as Steps<T>);

    public override int GetHashCode() => _items.Aggregate(17, (hash, item) => HashCode.Combine(hash, item));

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Makes <c>[a, b]</c> a <see cref="Steps{T}"/>.</summary>
public static class Steps
{
    public static Steps<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());
}
