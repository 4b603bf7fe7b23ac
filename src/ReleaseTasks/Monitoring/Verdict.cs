namespace ReleaseTasks.Monitoring;

/// <summary>What the evidence says of a release.</summary>
public enum Verdict
{
    Good,
    Bad,

    /// <summary>Nobody can tell: look for yourself.</summary>
    Inconclusive,
}
