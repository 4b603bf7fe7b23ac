namespace ReleaseTasks.Sandbox;

/// <summary>Another sandbox serves this directory's world: stop it, or use it.</summary>
public sealed class SandboxInUseException(string directory, Exception inner)
    : IOException($"{directory} is in use by another sandbox. Stop that one first, or give this one its own directory.", inner);
