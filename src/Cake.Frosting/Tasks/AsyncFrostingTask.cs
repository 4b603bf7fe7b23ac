using Cake.Core;

namespace Cake.Frosting;

/// <summary>An asynchronous task that needs nothing but Cake's own context.</summary>
public abstract class AsyncFrostingTask : AsyncFrostingTask<ICakeContext>;

/// <summary>A task that is awaited before the next one begins; in all else the same as <see cref="FrostingTask{T}"/>.</summary>
/// <typeparam name="T">The context it needs. Where the host's context is another one, the task doesn't exist.</typeparam>
public abstract class AsyncFrostingTask<T> : IFrostingTask, IShapedTask
    where T : ICakeContext
{
    TaskShape IShapedTask.Shape => TaskShape.Of<T>(typeof(AsyncFrostingTask<T>), RunAsync, ShouldRun, OnError, Finally);

    public virtual Task RunAsync(T context) => Task.CompletedTask;

    /// <inheritdoc cref="FrostingTask{T}.ShouldRun"/>
    public virtual bool ShouldRun(T context) => true;

    /// <inheritdoc cref="FrostingTask{T}.OnError"/>
    public virtual void OnError(Exception exception, T context)
    {
    }

    /// <inheritdoc cref="FrostingTask{T}.Finally"/>
    public virtual void Finally(T context)
    {
    }

    Task IFrostingTask.RunAsync(ICakeContext context) => RunAsync(context.As<T>());

    bool IFrostingTask.ShouldRun(ICakeContext context) => ShouldRun(context.As<T>());

    void IFrostingTask.OnError(Exception exception, ICakeContext context)
    {
        ArgumentNullException.ThrowIfNull(exception);
        OnError(exception, context.As<T>());
    }

    void IFrostingTask.Finally(ICakeContext context) => Finally(context.As<T>());
}
