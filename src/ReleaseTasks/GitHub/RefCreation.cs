namespace ReleaseTasks.GitHub;

/// <summary>What came of creating a ref.</summary>
public enum RefCreation
{
    Created,

    /// <summary>Someone was first, or we were, in a run whose answer got lost: see where it points.</summary>
    Exists,
}
