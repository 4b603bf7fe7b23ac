using ReleaseTasks.Sandbox.Databases;
using ReleaseTasks.Sandbox.Dynos;
using ReleaseTasks.Sandbox.Heroku;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary>What the stand-ins have in common. A test makes one of its own, with the parts that it needs.</summary>
internal sealed record SandboxParts
{
    public required SandboxOptions Options { get; init; }

    public required SandboxClock Clock { get; init; }

    public required IDatabaseEngine Databases { get; init; }

    public required IDynos Dynos { get; init; }

    public required Troubles Troubles { get; init; }

    public required Faults Faults { get; init; }

    /// <summary>Every app's log lines: written by Heroku's parts, read by log sessions and by Papertrail.</summary>
    public required AppLogs Logs { get; init; }

    /// <summary>The sandbox's folder: each stand-in keeps its state in a file or folder of its own name.</summary>
    public string Directory => Options.Directory;

    /// <summary>The sandbox's own address. Its port is known once it listens, which is before the first request.</summary>
    public Uri Address { get; set; } = new("http://127.0.0.1/");
}
