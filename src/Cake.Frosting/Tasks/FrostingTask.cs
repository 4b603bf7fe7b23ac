using Cake.Core;

namespace Cake.Frosting;

/// <summary>A task that needs nothing but Cake's own context.</summary>
public abstract class FrostingTask : FrostingTask<ICakeContext>;

/// <summary>A task. What isn't overridden plays no part in the run: a task without <see cref="Run"/> only brings others together.</summary>
/// <typeparam name="T">The context it needs. Where the host's context is another one, the task doesn't exist.</typeparam>
public abstract class FrostingTask<T> : IFrostingTask, IShapedTask
    where T : ICakeContext
{
    TaskShape IShapedTask.Shape => TaskShape.Of<T>(typeof(FrostingTask<T>), Run, ShouldRun, OnError, Finally);

    public virtual void Run(T context)
    {
    }

    /// <summary>Asked when the task's turn comes. A target that is skipped fails the run; a dependency that is skipped doesn't.</summary>
    public virtual bool ShouldRun(T context) => true;

    /// <summary>Overridden, it handles the failure: tasks that depend on this one run, unless it throws.</summary>
    public virtual void OnError(Exception exception, T context)
    {
    }

    /// <summary>Called after the task has run, well or not.</summary>
    public virtual void Finally(T context)
    {
    }

    Task IFrostingTask.RunAsync(ICakeContext context)
    {
        Run(context.As<T>());
        return Task.CompletedTask;
    }

    bool IFrostingTask.ShouldRun(ICakeContext context) => ShouldRun(context.As<T>());

    void IFrostingTask.OnError(Exception exception, ICakeContext context)
    {
        ArgumentNullException.ThrowIfNull(exception);
        OnError(exception, context.As<T>());
    }

    void IFrostingTask.Finally(ICakeContext context) => Finally(context.As<T>());
}
