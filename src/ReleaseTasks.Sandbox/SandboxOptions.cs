namespace ReleaseTasks.Sandbox;

/// <summary>Where the sandbox keeps its world and how it serves it.</summary>
public sealed record SandboxOptions
{
    /// <summary>The folder of its state, databases and repositories, usually <c>.sandbox</c>.</summary>
    public required string Directory { get; init; }

    /// <summary>The loopback port. Default: 0, a free one.</summary>
    public int Port { get; init; }
}
