using Cake.Core;

namespace Cake.Frosting;

/// <summary>
/// A task as the host sees it. Derive from <see cref="FrostingTask{T}"/> or <see cref="AsyncFrostingTask{T}"/> to write one.
/// </summary>
public interface IFrostingTask
{
    /// <summary>Why the task is skipped when <see cref="ShouldRun"/> says no. Read once, before the run. Default: empty.</summary>
    string SkippedMessage => string.Empty;

    Task RunAsync(ICakeContext context);

    bool ShouldRun(ICakeContext context);

    void OnError(Exception exception, ICakeContext context);

    void Finally(ICakeContext context);
}
