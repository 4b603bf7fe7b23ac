namespace ReleaseTasks.Monitoring;

/// <summary>What something says about a release.</summary>
public enum Sign
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>That it works.</summary>
    Good,

    /// <summary>That one can't tell.</summary>
    Doubt,

    /// <summary>That it doesn't work.</summary>
    Bad,
}
