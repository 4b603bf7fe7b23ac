using Cake.Frosting;

namespace ReleaseTasks.Tasks;

/// <summary>Chat after three hours, private messages after six, the stand-up after a day; keeps no state.</summary>
[TaskName("RemindReviewers")]
[TaskDescription("Remind reviewers of pull requests without feedback")]
public sealed class RemindReviewersTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.RemindReviewersAsync();
}
