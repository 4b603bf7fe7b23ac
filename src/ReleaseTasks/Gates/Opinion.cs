namespace ReleaseTasks.Gates;

/// <summary>What one person's reviews amount to.</summary>
internal enum Opinion
{
    None,

    /// <summary>Of the head as it is now.</summary>
    Approves,

    /// <summary>Approved of another head.</summary>
    Stale,

    Objects,

    /// <summary>GitHub said something that we don't know: it blocks until a person has looked.</summary>
    Unreadable,
}
