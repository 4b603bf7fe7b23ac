namespace ReleaseTasks.Steps;

/// <summary>What was read back about a step's effect.</summary>
internal abstract record Reading
{
    private Reading()
    {
    }

    /// <summary>The effect is there.</summary>
    /// <param name="After">What it left behind, for the journal.</param>
    /// <param name="Evidence">What was read, in one line for people.</param>
    public sealed record Done(object After, string Evidence) : Reading
    {
        /// <summary>Carried out by a stand-in that has no real part behind it.</summary>
        public bool Simulated { get; init; }
    }

    /// <summary>The effect isn't there. <c>Waiting</c> says for what, in a few words.</summary>
    public sealed record NotYet(string Waiting) : Reading
    {
        /// <summary>It has begun and only has to be waited for: asking for it again would be wrong.</summary>
        public bool UnderWay { get; init; }
    }

    /// <summary>The effect can't come about any more.</summary>
    public sealed record Failed(string Why) : Reading;
}
