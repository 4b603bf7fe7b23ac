namespace ReleaseTasks.Running;

/// <summary>The tasks that the project's own build program has beside ours.</summary>
internal interface IProjectTasks
{
    /// <summary>Their names as they are typed.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>Runs one, without those that it depends on.</summary>
    Task RunAsync(string name, CancellationToken ct);
}

internal sealed class NoProjectTasks : IProjectTasks
{
    public IReadOnlyCollection<string> Names => [];

    public Task RunAsync(string name, CancellationToken ct) => throw new InvalidOperationException($"this program has no task {name}.");
}

/// <summary>In a rehearsal: what a project's task does is not known, so none is run.</summary>
internal sealed class RehearsedTasks(IProjectTasks tasks) : IProjectTasks
{
    public IReadOnlyCollection<string> Names => tasks.Names;

    public Task RunAsync(string name, CancellationToken ct) => Task.CompletedTask;
}
