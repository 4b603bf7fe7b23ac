using Cake.Core;

namespace Cake.Frosting.Tests.Running;

/// <summary>What happened, in order, as those who took part tell it.</summary>
public sealed class Story : List<string>;

public sealed class StoryContext(ICakeContext context, Story story) : FrostingContext(context)
{
    public Story Story => story;
}

/// <summary>A task that only tells its name.</summary>
public abstract class Told : FrostingTask<StoryContext>
{
    public override void Run(StoryContext context) => context.Story.Add(GetType().Name);
}

/// <summary>A task that fails with <c>boom</c>.</summary>
public abstract class Failing : FrostingTask<StoryContext>
{
    public override void Run(StoryContext context) => throw new InvalidOperationException("boom");
}

/// <summary>Tells what the host says about the run and each task.</summary>
public sealed class Narrator(Story story) : FrostingLifetime<StoryContext>, IFrostingTaskLifetime
{
    public override void Setup(StoryContext context, ISetupContext info) =>
        story.Add($"set up {string.Join(", ", info.TasksToExecute.Select(task => task.Name))} for {info.TargetTask.Name}");

    public override void Teardown(StoryContext context, ITeardownContext info) =>
        story.Add($"tear down {Describe(info.Successful, info.ThrownException)}");

    void IFrostingTaskSetup.Setup(ICakeContext context, ITaskSetupContext info) => story.Add($"before {info.Task.Name}");

    void IFrostingTaskTeardown.Teardown(ICakeContext context, ITaskTeardownContext info) =>
        story.Add($"after {info.Task.Name}{(info.Skipped ? " (skipped)" : "")} {Describe(info.Successful, info.ThrownException)}");

    private static string Describe(bool successful, Exception? exception) =>
        exception is null ? successful ? "well" : "badly" : $"{(successful ? "well" : "badly")}: {exception.Message}";
}
