namespace ReleaseTasks.Gates;

/// <summary>Something that gates look at: what was read, or why it couldn't be. What isn't known opens no gate.</summary>
internal sealed class Fact<T>
{
    private readonly T? _value;

    public Fact(T value) => _value = value;

    private Fact(string unread) => Unread = unread;

    /// <summary>Why it couldn't be read, a sentence; null where it was.</summary>
    public string? Unread { get; }

    /// <exception cref="UnreadException">It couldn't be read.</exception>
    public T Value => Unread is null ? _value! : throw new UnreadException(Unread);

    public static Fact<T> Unknown(string why) => new(why);

    /// <summary>What follows from it, which is as unknown as it is.</summary>
    public Fact<TNext> Then<TNext>(Func<T, TNext> next) => Unread is null ? new(next(_value!)) : Fact<TNext>.Unknown(Unread);
}

/// <summary>A gate asked for what couldn't be read.</summary>
internal sealed class UnreadException(string why) : Exception(why);
