namespace ReleaseTasks;

/// <summary>What the process tells its caller; the same on a terminal and in CI.</summary>
public enum ExitCode
{
    /// <summary>0: what was asked for is done, and was read back.</summary>
    Done = 0,

    /// <summary>1: a step failed; the state is as printed.</summary>
    Failed = 1,

    /// <summary>2: bad arguments, configuration or plan; nothing was changed.</summary>
    Refused = 2,

    /// <summary>3: a gate is closed; nothing was changed.</summary>
    GateClosed = 3,

    /// <summary>4: a step failed and all that was done has been undone.</summary>
    RolledBack = 4,

    /// <summary>5: a person has to do or confirm something; the same command goes on afterwards.</summary>
    Waiting = 5,

    /// <summary>130: interrupted by a signal; the same command goes on.</summary>
    Interrupted = 130,
}
