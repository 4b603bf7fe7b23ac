using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox;

/// <summary>From a moment on, a sandbox's time ran at this speed: enough for another process to know what time it is there.</summary>
/// <param name="Machine">The moment on the machine.</param>
/// <param name="Sandbox">The same moment in the sandbox.</param>
/// <param name="Speed">How much faster than the machine's time it goes by.</param>
public sealed record SandboxTime(DateTimeOffset Machine, DateTimeOffset Sandbox, double Speed)
{
    /// <summary>A clock that shows it.</summary>
    public TimeProvider Clock(TimeProvider machine) => new StretchedClock(machine, this);

    /// <summary>What time it is, was or will be in the sandbox at a moment on the machine.</summary>
    public DateTimeOffset SandboxAt(DateTimeOffset machine) => Sandbox + ((machine - Machine) * Speed);

    /// <summary>When on the machine it is, was or will be this time in the sandbox.</summary>
    public DateTimeOffset MachineAt(DateTimeOffset sandbox) => Machine + ((sandbox - Sandbox) / Speed);
}
