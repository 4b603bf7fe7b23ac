using ReleaseTasks.Running;

namespace ReleaseTasks.Steps;

/// <summary>A task of the project's own. It is done when it has returned; where a run was interrupted in it, it runs again from its beginning.</summary>
internal sealed class RunProjectTask(string task, string title, IProjectTasks tasks, TimeSpan deadline) : Step<RunProjectTask.Before>
{
    public const string Prefix = "task:";

    private bool _hasRun;

    public override string Name => Prefix + task;

    public override string Title => title;

    public override TimeSpan? Deadline => deadline;

    protected override Task<Before> ObserveAsync(CancellationToken ct) => Task.FromResult(new Before(task));

    protected override string Effect(Before before) => $"this project's task {task} → run";

    protected override async Task ApplyAsync(Before before, CancellationToken ct)
    {
        await tasks.RunAsync(task, ct);
        _hasRun = true;
    }

    protected override Task<Reading> ReadBackAsync(Before before, CancellationToken ct) =>
        Task.FromResult<Reading>(_hasRun ? new Reading.Done(new { }, $"{task} has run") : new Reading.NotYet("not run"));

    internal sealed record Before(string Task);
}
